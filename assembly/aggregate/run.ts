// A run: rows of one register that stand together, ascend in time and do not fall in value. It is looked at as a whole, and
// what its own end makes final is counted from the columns as they stand.
import { mantissaColumn, notAfter, notBefore, registerColumn, timeColumn } from './columns';
import { covers } from './grid';
import { keepsNothing } from './issued';
import { closeFront } from './inbox';
import { countFrom, fits, pack, packable, packedTime, packedValue } from './packed';
import {
  HOT_ANCHORED,
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_PACKED,
  HOT_USED,
  LARGEST,
  PACKED,
  READING,
  TIME_SHIFT,
  hotOf,
  timeOf,
  valueOf,
  widen,
} from './register';
import { makeRoom, walk } from './settle';
import { walk as walkPlain } from './walk';

/** Rows of one register in a row that are worth looking at as a run. */
export const RUN: usize = 16;

/**
 * Past the last row of the run from `i` on: rows of one register that ascend strictly in time and do not fall in value,
 * with times and values in range. What is in between is not looked at but for order, as the ends bound it.
 */
function runEnd(i: usize, to: usize, register: u32): usize {
  const times = timeColumn;
  const mantissas = mantissaColumn;
  const registersOf = registerColumn;
  const first = load<f64>(times + (i << 3));
  const lowest = load<i64>(mantissas + (i << 3));
  if (!(first >= notBefore && trunc(first) == first) || lowest < -LARGEST) return i;
  let j = i;
  if (ASC_FEATURE_SIMD) {
    const four = i32x4.splat(register);
    // rows j+1 to j+4 against rows j to j+3
    while (j + 4 < to) {
      const time = times + (j << 3);
      const value = mantissas + (j << 3);
      const a = v128.load(time, 8);
      const b = v128.load(time, 24);
      const ascend = v128.and(
        f64x2.gt(a, v128.load(time)),
        v128.and(f64x2.gt(b, v128.load(time, 16)), f64x2.eq(f64x2.trunc(a), a)),
      );
      const hold = v128.and(
        i64x2.ge_s(v128.load(value, 8), v128.load(value)),
        v128.and(
          i64x2.ge_s(v128.load(value, 24), v128.load(value, 16)),
          f64x2.eq(f64x2.trunc(b), b),
        ),
      );
      const same = i32x4.eq(v128.load(registersOf + (j << 2), 4), four);
      if (!i32x4.all_true(v128.and(same, v128.and(ascend, hold)))) break;
      j += 4;
    }
  }
  for (; j + 1 < to; j++) {
    const time = load<f64>(times + (j << 3), 8);
    if (load<u32>(registersOf + (j << 2), 4) != register) break;
    if (!(time > load<f64>(times + (j << 3))) || trunc(time) != time) break;
    if (load<i64>(mantissas + (j << 3), 8) < load<i64>(mantissas + (j << 3))) break;
  }
  while (j >= i) {
    if (load<f64>(times + (j << 3)) < notAfter && load<i64>(mantissas + (j << 3)) <= LARGEST)
      return j + 1;
    if (j == i) break;
    j--;
  }
  return i;
}

/** First row in [i, to) of a run whose time is not before `horizon`. */
function firstNotBefore(horizon: f64, i: usize, to: usize): usize {
  while (i < to) {
    const middle = (i + to) >> 1;
    if (load<f64>(timeColumn + (middle << 3)) < horizon) i = middle + 1;
    else to = middle;
  }
  return i;
}

/** Writes the rows [i, to) of a run, which all fit, as packed readings. */
function packRows(hot: usize, i: usize, to: usize, into: usize): void {
  if (ASC_FEATURE_SIMD) {
    // In a float that is past 2^52, the lowest bits count ones.
    const shift = <f64>((1 << 52) - load<i64>(hot, 32));
    const floor = i64x2.splat(load<i64>(hot, 40));
    for (; i + 2 <= to; i += 2) {
      const time = f64x2.add(v128.load(timeColumn + (i << 3)), f64x2.splat(shift));
      const value = i64x2.sub(v128.load(mantissaColumn + (i << 3)), floor);
      v128.store(into, v128.or(i64x2.shl(time, 32), value));
      into += 2 * PACKED;
    }
  }
  for (; i < to; i++) {
    const time = <i64>load<f64>(timeColumn + (i << 3));
    store<u64>(into, pack(hot, time, load<i64>(mantissaColumn + (i << 3))));
    into += PACKED;
  }
}

/** Row `i` can be packed as its register stands. */
function rowFits(hot: usize, i: usize): bool {
  return fits(hot, <i64>load<f64>(timeColumn + (i << 3)), load<i64>(mantissaColumn + (i << 3)));
}

/** Puts rows [i, to) of a run behind a register's readings; returns the first that must go the long way. */
function append(register: u32, hot: usize, i: usize, to: usize): usize {
  while (i < to) {
    let tail = <usize>load<u32>(hot, 20);
    const packed = (load<u32>(hot, 28) & HOT_PACKED) != 0;
    if (packed && !(rowFits(hot, i) && rowFits(hot, to - 1))) return i;
    const size = packed ? PACKED : READING;
    const end = <usize>load<u32>(hot, 24);
    if (tail + size > end) {
      makeRoom(register, hot, <u32>READING);
      continue;
    }
    const space = (end - tail) / size;
    const stop = min(to, i + space);
    store<i64>(hot, <i64>load<f64>(timeColumn + ((stop - 1) << 3)));
    store<i64>(hot, load<i64>(mantissaColumn + ((stop - 1) << 3)), 8);
    if (packed) {
      packRows(hot, i, stop, tail);
      tail += (stop - i) * PACKED;
      i = stop;
    } else
      for (; i < stop; i++) {
        store<i64>(tail, (<i64>load<f64>(timeColumn + (i << 3))) << TIME_SHIFT);
        store<i64>(tail, load<i64>(mantissaColumn + (i << 3)), 8);
        tail += READING;
      }
    store<u32>(hot, <u32>tail, 20);
  }
  return i;
}

/**
 * Takes a run of one register at once, where that register is plain and the run goes on from it. What the run's own end
 * makes final is counted from the columns as it stands, and never copied. Returns the first row not taken; `i` where
 * there is no run worth it.
 */
export function takeRun(i: usize, to: usize, register: u32, lateness: i64, fixed: bool): usize {
  const hot = hotOf(register);
  closeFront(register, hot);
  const flags = load<u32>(hot, 28);
  if ((flags & (HOT_ODD | HOT_DISORDER | HOT_MOMENTARY)) != 0 || lateness < 0) return i;
  if (!keepsNothing(register, false)) return i;
  const t = load<f64>(timeColumn + (i << 3));
  if (!(t > <f64>load<i64>(hot)) || load<i64>(mantissaColumn + (i << 3)) < load<i64>(hot, 8))
    return i;
  const end = runEnd(i, to, register);
  if (end < i + RUN) return i;
  const newest = <i64>load<f64>(timeColumn + ((end - 1) << 3));
  if (!fixed && (!covers(<i64>t) || !covers(newest))) return i;
  const horizon = firstNotBefore(<f64>(newest - lateness), i, end);
  const base = <usize>load<u32>(hot, 16);
  const tail = <usize>load<u32>(hot, 20);
  if (horizon < i + RUN) {
    const first = (flags & HOT_USED) == 0 && packable(lateness);
    if (first) countFrom(hot, <i64>t - lateness, load<i64>(mantissaColumn + (i << 3)));
    store<u32>(hot, flags | (first ? HOT_PACKED : 0) | HOT_DIRTY | HOT_USED, 28);
    return append(register, hot, i, end);
  }
  const anchor = horizon - 3;
  let pt: i64 = 0;
  let pv: i64 = 0;
  if (tail != base) {
    const packed = (flags & HOT_PACKED) != 0;
    pt = packed ? packedTime(hot, tail - PACKED) : timeOf(tail - READING);
    pv = packed ? packedValue(hot, tail - PACKED) : valueOf(tail - READING);
    walk(register, hot, base, tail, false);
  }
  walkPlain<f64>(register, timeColumn, mantissaColumn, i << 3, anchor << 3, 0, 0, pt, pv, false);
  store<u32>(hot, <u32>base, 20);
  countFrom(
    hot,
    min(newest - lateness, <i64>load<f64>(timeColumn + (anchor << 3))),
    load<i64>(mantissaColumn + (anchor << 3)),
  );
  const packed = packable(lateness) && rowFits(hot, anchor) && rowFits(hot, end - 1);
  const kept = flags & ~HOT_PACKED;
  const format = packed ? HOT_PACKED : 0;
  store<u32>(hot, kept | format | HOT_DIRTY | HOT_USED | HOT_ANCHORED, 28);
  widen(hot, <u32>((end - anchor) * (packed ? PACKED : READING)));
  return append(register, hot, anchor, end);
}
