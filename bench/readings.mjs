// Readings to measure aggregation with: quarter-hourly, each meter at its own moment of the quarter, a little unsteady.
const QUARTER = 900_000;
const START = 1_767_225_600_000; // 2026-01-01T00:00:00Z
/** Late readings come up to so many quarters late: 47 hours, within the default lateness. */
const LATEST = 188;

function generator(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Meter after meter, each in order of time. */
export function sorted(meters, each) {
  const random = generator(20_260_101);
  const columns = empty(meters * each);
  let row = 0;
  for (let meter = 0; meter < meters; meter++) {
    let value = Math.floor(random() * 1e6);
    const moment = Math.floor(random() * QUARTER * 0.99);
    for (let quarter = 0; quarter < each; quarter++, row++) {
      columns.register[row] = meter;
      columns.time[row] = START + quarter * QUARTER + moment + Math.floor(random() * 5000);
      value += Math.floor(random() * 500);
      columns.mantissa[row] = BigInt(value);
    }
  }
  return columns;
}

/**
 * The same as they arrive from all meters at once, `late` of them (a share) with a delay of up to 47 hours. The order is
 * that of arrival.
 */
export function arriving(columns, meters, late) {
  const each = columns.length / meters;
  const random = generator(4711);
  const steps = each + LATEST + 1;
  const delays = new Uint8Array(columns.length);
  const from = new Uint32Array(steps + 1);
  for (let quarter = 0; quarter < each; quarter++)
    for (let meter = 0; meter < meters; meter++) {
      const delay = random() < late ? 1 + Math.floor(random() * LATEST) : 0;
      delays[meter * each + quarter] = delay;
      from[quarter + delay + 1]++;
    }
  for (let step = 0; step < steps; step++) from[step + 1] += from[step];
  const into = empty(columns.length);
  for (let quarter = 0; quarter < each; quarter++)
    for (let meter = 0; meter < meters; meter++) {
      const row = meter * each + quarter;
      const at = from[quarter + delays[row]]++;
      into.register[at] = columns.register[row];
      into.time[at] = columns.time[row];
      into.mantissa[at] = columns.mantissa[row];
    }
  return into;
}

/** As `sorted`, on whole minutes, with gaps of all lengths, readings that came twice, and instants with two values. */
export function spoiled(meters, each) {
  const random = generator(97);
  const columns = sorted(meters, each);
  const rows = [];
  let skip = 0;
  for (let row = 0; row < columns.length; row++) {
    const end = row % each === 0 || row % each === each - 1;
    if (skip > 0 && !end) {
      skip--;
      continue;
    }
    const register = columns.register[row];
    const time = Math.floor(columns.time[row] / 60_000) * 60_000;
    const mantissa = columns.mantissa[row];
    rows.push({ register, time, mantissa });
    if (end) continue;
    if (random() < 0.05) rows.push({ register, time, mantissa });
    if (random() < 0.03) rows.push({ register, time, mantissa: mantissa + 1n });
    if (random() < 0.04) skip = Math.floor(random() * 30);
  }
  return {
    length: rows.length,
    register: Uint32Array.from(rows, ({ register }) => register),
    time: Float64Array.from(rows, ({ time }) => time),
    mantissa: BigInt64Array.from(rows, ({ mantissa }) => mantissa),
  };
}

function empty(length) {
  return {
    length,
    register: new Uint32Array(length),
    time: new Float64Array(length),
    mantissa: new BigInt64Array(length),
  };
}
