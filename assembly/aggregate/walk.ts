// The walk over plain readings: times ascend, values do not fall, nothing is marked, and nothing is kept of what is said.
// That is what nearly all readings are, so it looks only at those on both sides of a boundary, and writes what it says
// straight into the columns. Whatever needs a second thought goes through `cross`, as in counter.ts.
//
// Readings stand in columns of the input (T is f64: times, and values beside them) or packed (T is u64: both in one).
import {
  STATE_READ,
  STATE_STARTED,
  STATE_BROKEN,
  STATE_VALUED,
  crossPlain,
  endPlain,
  firstInterval,
  longestGap,
  startPlain,
} from './counter';
import { interpolate, interpolateShort, integerOf } from './exact';
import { boundary, boundaryAtOrBefore, fixedStep } from './grid';
import { COUNTER_ENTRY, INTERPOLATED, MEASURED, begin, end } from './issued';
import { coldOf } from './register';
import { intervalColumn, intervalRows, reserveIntervals, setIntervals } from './tables';

/** What is below `bound<T>(next)` comes before the boundary at `next`. */
function bound<T>(next: i64, epoch: i64): T {
  if (isFloat<T>()) return <T>next;
  const distance = <u64>(next - epoch);
  return <T>(distance >> 32 != 0 ? u64.MAX_VALUE : distance << 32);
}

function timeAt<T>(times: usize, p: usize, epoch: i64): i64 {
  if (isFloat<T>()) return integerOf(load<f64>(times + p));
  return epoch + <i64>load<u32>(times + p, 4);
}

function valueAt<T>(values: usize, p: usize, floor: i64): i64 {
  if (isFloat<T>()) return load<i64>(values + p);
  return floor + <i64>load<u32>(values + p);
}

/**
 * Walks over the readings at byte offsets [from, to] of `times` and `values`. The register goes on from the reading
 * (pt, pv), which was the last; or it starts with the first of these. Not `open`: what is said is final. `open`: the
 * register is forgotten afterwards.
 */
export function walk<T>(
  register: u32,
  times: usize,
  values: usize,
  from: usize,
  to: usize,
  epoch: i64,
  floor: i64,
  pt: i64,
  pv: i64,
  open: bool,
): void {
  const cold = coldOf(register);
  let p = from;
  if ((load<u32>(cold, 52) & STATE_STARTED) == 0) {
    pt = timeAt<T>(times, p, epoch);
    pv = valueAt<T>(values, p, floor);
    p += 8;
    begin(register, COUNTER_ENTRY, open, firstInterval(pt));
    startPlain(cold, pt);
  } else begin(register, COUNTER_ENTRY, open, load<i64>(cold));
  const newest = timeAt<T>(times, to, epoch);
  const step = fixedStep();
  const maxGap = longestGap();
  let k = boundaryAtOrBefore(pt) + 1;
  let next = boundary(k); // always the first boundary after pt
  if (newest >= next) {
    // Every interval up to the last boundary is said once, so no column moves meanwhile.
    reserveIntervals(<usize>(boundaryAtOrBefore(newest) - load<i64>(cold) + 1));
    const registers = intervalColumn(0);
    const starts = intervalColumn(1);
    const mantissas = intervalColumn(2);
    const revisions = intervalColumn(3);
    const qualities = intervalColumn(4);
    let row = intervalRows();
    let state = load<u32>(cold, 52);
    let level = pv - load<i64>(cold, 16); // value at boundary k − 1, where that has one
    let steady = inStep(cold, k);
    let begun = steady ? boundary(k - 1) : 0;
    let limit = bound<T>(next, epoch);
    let ahead: usize = 0; // from the reading behind a boundary to that behind the next one, the last time
    for (;;) {
      // The first reading at or behind the boundary: where the one before lets it be expected, or near there.
      let q = p + ahead;
      if (q > to) q = to;
      if (load<T>(times + q) < limit) {
        do q += 8;
        while (q <= to && load<T>(times + q) < limit);
        if (q > to) break;
      } else while (q > p && load<T>(times + q - 8) >= limit) q -= 8;
      if (q > p) {
        pt = timeAt<T>(times, q - 8, epoch);
        pv = valueAt<T>(values, q - 8, floor);
      }
      ahead = q - p;
      p = q + 8;
      const t = timeAt<T>(times, q, epoch);
      const v = valueAt<T>(values, q, floor);
      if (!isFloat<T>() && t < next) {
        // the boundary is further off than packed times reach
        if (p > to) break;
        pt = t;
        pv = v;
        continue;
      }
      const delta = v - pv;
      const apart = t - pt;
      if (steady && apart <= maxGap) {
        do {
          let here = v;
          let quality = INTERPOLATED;
          if (next == t) {
            if ((state & STATE_READ) != 0) quality = MEASURED;
            state = STATE_STARTED | STATE_VALUED | STATE_READ;
          } else {
            const part = next - pt;
            here =
              pv +
              (!isFloat<T>() || <u64>(delta | apart) >> 32 == 0
                ? interpolateShort(pv, <u64>delta, <u64>part, <u64>apart)
                : interpolate(pv, delta, part, apart));
            state = STATE_STARTED | STATE_VALUED;
          }
          store<u32>(registers + (row << 2), register);
          store<f64>(starts + (row << 3), <f64>begun);
          store<i64>(mantissas + (row << 3), here - level);
          store<u32>(revisions + (row << 2), 0);
          store<u8>(qualities + row, <u8>quality);
          row++;
          level = here;
          begun = next;
          next = step != 0 ? next + step : boundary(++k);
        } while (next <= t);
        if (step != 0) k = NOT_KNOWN;
      } else {
        if (step != 0 && k == NOT_KNOWN) k = boundaryAtOrBefore(next);
        setIntervals(row);
        putState(cold, steady, k, state, pv - level);
        k = crossPlain(cold, pt, pv, t, delta, k, next);
        row = intervalRows();
        state = load<u32>(cold, 52);
        level = v - load<i64>(cold, 16);
        next = boundary(k);
        steady = inStep(cold, k);
        begun = steady ? boundary(k - 1) : 0;
      }
      if (p > to) break;
      pt = t;
      pv = v;
      limit = bound<T>(next, epoch);
    }
    if (k == NOT_KNOWN) k = boundaryAtOrBefore(next);
    setIntervals(row);
    putState(cold, steady, k, state, valueAt<T>(values, to, floor) - level);
  } else store<i64>(cold, load<i64>(cold, 16) + valueAt<T>(values, to, floor) - pv, 16);
  if (open) endPlain(register, cold, newest);
  else end(load<i64>(cold));
}

const NOT_KNOWN: i64 = i64.MIN_VALUE;

/** Writes where the walk stands into the register's cold part: all before boundary `k` − 1 is said while steady. */
function putState(cold: usize, steady: bool, k: i64, state: u32, acc: i64): void {
  if (steady) {
    store<i64>(cold, k - 1);
    store<i64>(cold, k - 1, 8);
  }
  store<i64>(cold, acc, 16);
  store<u32>(cold, state, 52);
}

/** The walk stands right behind boundary `k − 1`, which has a value, and has said all before it. */
function inStep(cold: usize, k: i64): bool {
  return (
    load<i64>(cold) == k - 1 &&
    load<i64>(cold, 8) == k - 1 &&
    (load<u32>(cold, 52) & (STATE_VALUED | STATE_BROKEN)) == STATE_VALUED
  );
}
