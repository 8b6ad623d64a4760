// Readings per second into hours: against a plain loop over typed arrays that does linear interpolation and nothing else,
// and against DuckDB where that is installed (bench/duckdb.mjs). METERGRAM_READINGS makes it smaller than 10 million.
import { createAggregatorSync } from '@metergram/aggregate';
import { duckDb } from './duckdb.mjs';
import { arriving, sorted, spoiled } from './readings.mjs';

const METERS = 10_000;
const READINGS = Number(process.env.METERGRAM_READINGS ?? 10_000_000);
const HOUR = 3_600_000;
/** Rows that are pushed before what became final is taken. */
const PORTION = 65_536;

export default async function aggregateBench() {
  const columns = sorted(METERS, READINGS / METERS);
  const { energy: expected, rows: count } = aggregate(columns, true);
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
    const arrived = arriving(columns, METERS, late);
    const { energy } = aggregate(arrived, true);
    if (energy !== expected) throw new Error(`${what}: ${energy} instead of ${expected}`);
    contenders.push({ name: `Metergram, ${what}`, run: () => aggregate(arrived, true).readings });
  }
  const duckdb = await duckDb();
  if (duckdb) {
    await sameRows(duckdb);
    contenders.push(...(await duckdb.contenders(columns, expected, count)));
  }
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
  let rows = 0;
  const take = ({ intervals }) => {
    energy += sumOf(intervals);
    rows += intervals.length;
  };
  for (let from = 0; from < columns.length; from += PORTION) {
    const to = Math.min(columns.length, from + PORTION);
    aggregator.push({
      length: to - from,
      register: columns.register.subarray(from, to),
      time: columns.time.subarray(from, to),
      mantissa: columns.mantissa.subarray(from, to),
    });
    take(aggregator.drain({ open: false }));
  }
  take(aggregator.finish());
  return { energy, rows, readings: columns.length };
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

/** Fails unless both say the same of readings with gaps, repeats and conflicts, hour by hour. */
async function sameRows(duckdb) {
  const columns = spoiled(20, 400);
  const aggregator = createAggregatorSync({ resolution: 'PT1H' });
  for (let register = 0; register < 20; register++) aggregator.addRegister({ scale: -3 });
  aggregator.push(columns);
  const { intervals } = aggregator.finish();
  const { register, start } = intervals;
  const order = Array.from(register.keys()).sort(
    (a, b) => register[a] - register[b] || start[a] - start[b],
  );
  const ours = order.map((row) => {
    const quality = Math.min(2, intervals.quality[row]); // 3: missing, by a fault
    const value = quality === 2 ? '' : intervals.mantissa[row];
    return `${register[row]} ${start[row] / HOUR} ${value} ${quality}`;
  });
  const theirs = await duckdb.rows(columns);
  const differs = ours.findIndex((row, at) => row !== theirs[at]);
  if (differs >= 0 || ours.length !== theirs.length)
    throw new Error(`row ${differs} of ${ours.length}: ${ours[differs]} or ${theirs[differs]}`);
}
