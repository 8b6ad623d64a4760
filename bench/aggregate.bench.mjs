// Readings per second into hours: against a plain loop over typed arrays that does linear interpolation and nothing else,
// and against DuckDB where bench/against is installed (npm install --prefix bench/against). METERGRAM_READINGS makes it
// smaller than 10 million.
import { createRequire } from 'node:module';
import { createAggregatorSync } from '@metergram/aggregate';
import { arriving, sorted } from './readings.mjs';

const METERS = 10_000;
const READINGS = Number(process.env.METERGRAM_READINGS ?? 10_000_000);
const HOUR = 3_600_000;
/** Rows that are pushed before what became final is taken. */
const PORTION = 65_536;

export default async function aggregateBench() {
  const columns = sorted(METERS, READINGS / METERS);
  const expected = aggregate(columns, true).energy;
  const contenders = [
    { name: 'Metergram, sorted, SIMD', run: () => aggregate(columns, true).readings },
    { name: 'Metergram, sorted, baseline', run: () => aggregate(columns, false).readings },
    plainLoop(columns),
  ];
  for (const [what, late] of [
    ['interleaved', 0],
    ['interleaved, a tenth late', 0.1],
    ['interleaved, every one late', 1],
  ]) {
    const rows = arriving(columns, METERS, late);
    const { energy } = aggregate(rows, true);
    if (energy !== expected) throw new Error(`${what}: ${energy} instead of ${expected}`);
    contenders.push({ name: `Metergram, ${what}`, run: () => aggregate(rows, true).readings });
  }
  const duckdb = await againstDuckDb(columns);
  if (duckdb) contenders.push(duckdb);
  return [
    {
      title: `${READINGS / 1e6} million readings of ${METERS} meters to hours`,
      unit: 'readings',
      contenders,
    },
  ];
}

/** All readings through a new aggregator; the sum of everything it says proves that it did the work. */
function aggregate(columns, simd) {
  const aggregator = createAggregatorSync({ resolution: 'PT1H' }, { simd });
  for (let register = 0; register < METERS; register++) aggregator.addRegister({ scale: -3 });
  let energy = 0;
  for (let from = 0; from < columns.length; from += PORTION) {
    const to = Math.min(columns.length, from + PORTION);
    aggregator.push({
      length: to - from,
      register: columns.register.subarray(from, to),
      time: columns.time.subarray(from, to),
      mantissa: columns.mantissa.subarray(from, to),
    });
    energy += sumOf(aggregator.drain({ open: false }).intervals);
  }
  energy += sumOf(aggregator.finish().intervals);
  return { energy, readings: columns.length };
}

/** The sum of all energies: of their low halves, so that no bigint is made, and no interval here is that large. */
function sumOf({ length, mantissa }) {
  const halves = new Int32Array(mantissa.buffer, mantissa.byteOffset, length * 2);
  let sum = 0;
  for (let row = 0; row < halves.length; row += 2) sum += halves[row];
  return sum;
}

/** What somebody would write who needs none of the rules: floats, meters in order, no gaps, no faults. */
function plainLoop(columns) {
  const { register: meter, time } = columns;
  const value = Float64Array.from(columns.mantissa, Number);
  const first = Math.floor(time.reduce((a, b) => Math.min(a, b)) / HOUR);
  const hours = Math.floor(time.reduce((a, b) => Math.max(a, b)) / HOUR) - first + 1;
  const run = () => {
    const lastTime = new Float64Array(METERS).fill(-1);
    const lastValue = new Float64Array(METERS);
    const boundary = new Float64Array(METERS);
    const energy = new Float64Array(METERS * hours);
    for (let row = 0; row < time.length; row++) {
      const m = meter[row];
      const t = time[row];
      const v = value[row];
      const before = lastTime[m];
      if (before >= 0) {
        const last = Math.floor(t / HOUR);
        for (let hour = Math.floor(before / HOUR) + 1; hour <= last; hour++) {
          const at = lastValue[m] + ((v - lastValue[m]) * (hour * HOUR - before)) / (t - before);
          energy[m * hours + hour - first - 1] = at - boundary[m];
          boundary[m] = at;
        }
      }
      lastTime[m] = t;
      lastValue[m] = v;
    }
    return energy.length > 0 ? time.length : 0;
  };
  return { name: 'plain loop over typed arrays, sorted', run };
}

const SQL = `
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

/** One thread, the table sorted and in memory. */
async function againstDuckDb(columns) {
  const from = createRequire(new URL('against/package.json', import.meta.url));
  let duckdb;
  try {
    duckdb = from('@duckdb/node-api');
  } catch {
    return undefined;
  }
  const { BIGINT, DuckDBDataChunk, DuckDBInstance, INTEGER } = duckdb;
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
  return {
    name: 'DuckDB, one thread, sorted',
    run: async () => {
      await connection.runAndReadAll(SQL);
      return columns.length;
    },
  };
}
