// The same aggregation in SQL: DuckDB where bench/against is installed (npm install --prefix bench/against), one thread,
// the table sorted and in memory before the clock starts. Only sums leave the database.
import { createRequire } from 'node:module';

/** Linear interpolation in floats at hours, and nothing else. */
const SHORT = `
WITH pairs AS (
  SELECT meter, time, value, lag(time) OVER w AS t0, lag(value) OVER w AS v0
  FROM readings WINDOW w AS (PARTITION BY meter ORDER BY time)
), crossings AS (
  SELECT meter, time, value, t0, v0,
    unnest(generate_series(t0 // 3600000 + 1, time // 3600000)) AS hour
  FROM pairs WHERE t0 // 3600000 < time // 3600000
), boundaries AS (
  SELECT meter, hour, v0 + (value - v0) * (hour * 3600000 - t0) / (time - t0) AS level
  FROM crossings
), hours AS (
  SELECT meter, hour, level - lag(level) OVER (PARTITION BY meter ORDER BY hour) AS energy
  FROM boundaries
)
SELECT count(*), sum(energy) FROM hours`;

/** What comes twice is taken once, and of two values for one instant neither. */
const ACCEPTED = `
accepted AS (
  SELECT meter, time, min(value) AS value FROM readings
  GROUP BY meter, time HAVING min(value) = max(value)
)`;

/**
 * Hours as our rules make them of readings that do not fall: exact, rounded half to even at each boundary, missing where
 * the readings around a boundary are more than three hours apart, with their quality.
 */
const hours = (accepted) => `
WITH ${accepted}, pairs AS (
  SELECT meter, time, value, lag(time) OVER w AS t0, lag(value) OVER w AS v0
  FROM accepted WINDOW w AS (PARTITION BY meter ORDER BY time)
), steps AS (
  SELECT *, unnest(generate_series(coalesce(t0 // 3600000 + 1, time // 3600000), time // 3600000)) AS hour
  FROM pairs
  WHERE t0 // 3600000 < time // 3600000 OR (t0 IS NULL AND time % 3600000 = 0)
), crossings AS (
  SELECT meter, hour, hour * 3600000 = time AS was_read, value, v0, time - t0 AS apart,
    (value - v0) * (hour * 3600000 - t0) AS product
  FROM steps
), boundaries AS (
  SELECT meter, hour, was_read,
    CASE WHEN was_read THEN value WHEN apart <= 10800000 THEN v0 + product // apart
      + (2 * (product % apart) > apart
        OR (2 * (product % apart) = apart AND (v0 + product // apart) % 2 = 1))::BIGINT
    END AS level
  FROM crossings
), hours AS (
  SELECT meter, lag(hour) OVER w AS hour, level - lag(level) OVER w AS energy,
    CASE WHEN level IS NULL OR lag(level) OVER w IS NULL THEN 2
      WHEN was_read AND lag(was_read) OVER w THEN 0 ELSE 1 END AS quality
  FROM boundaries WINDOW w AS (PARTITION BY meter ORDER BY hour)
)`;
const PLAIN = hours('accepted AS (SELECT * FROM readings)');
const RULES = hours(ACCEPTED);
const SUMS = `
SELECT count(*), sum(energy), count(*) FILTER (WHERE quality = 2) FROM hours WHERE hour IS NOT NULL`;
const ROWS = `
SELECT meter, hour, energy, quality FROM hours WHERE hour IS NOT NULL ORDER BY meter, hour`;

/** What DuckDB makes of readings in columns; undefined where it is not installed. */
export async function duckDb() {
  const from = createRequire(new URL('against/package.json', import.meta.url));
  let duckdb;
  try {
    duckdb = from('@duckdb/node-api');
  } catch {
    return undefined;
  }
  const { BIGINT, DuckDBDataChunk, DuckDBInstance, INTEGER } = duckdb;
  const connect = async (columns) => {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    await connection.run('CREATE TABLE readings (meter INTEGER, time BIGINT, value BIGINT)');
    const appender = await connection.createAppender('readings');
    for (let start = 0; start < columns.length; start += 2048) {
      const end = Math.min(columns.length, start + 2048);
      const chunk = DuckDBDataChunk.create([INTEGER, BIGINT, BIGINT], end - start);
      chunk.setColumns([
        Array.from(columns.register.subarray(start, end)),
        Array.from(columns.time.subarray(start, end), BigInt),
        Array.from(columns.mantissa.subarray(start, end)),
      ]);
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    return connection;
  };
  return {
    /** Each hour as text, by all the rules that the query has: meter, hour since 1970, value, quality. */
    async rows(columns) {
      const connection = await connect(columns);
      const answer = await connection.runAndReadAll(RULES + ROWS);
      return answer.getRows().map((row) => row.join(' '));
    },

    /** The queries to measure. `energy` and `count` of all hours are checked each time. */
    async contenders(columns, energy, count) {
      const connection = await connect(columns);
      const contender = (name, sql) => ({
        name: `DuckDB, one thread: ${name}`,
        run: async () => {
          const [row] = (await connection.runAndReadAll(sql)).getRows();
          if (sql !== SHORT && (Number(row[0]) !== count || Number(row[1]) !== energy))
            throw new Error(`${name}: ${row.join(' ')} instead of ${count} ${energy}`);
          return columns.length;
        },
      });
      return [
        contender('the same rows, repeats and conflicts left out', RULES + SUMS),
        contender('the same rows', PLAIN + SUMS),
        contender('floats, nothing but interpolation', SHORT),
      ];
    },
  };
}
