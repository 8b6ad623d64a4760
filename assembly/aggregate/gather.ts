// Rows that come while meters take turns wait in the input columns until there are many: then they are dealt out (deal.ts).
// Meanwhile they are looked at, while they are in the processor's cache: each is counted to its register, and it is noted how
// far their times and values reach.
import { mantissaColumn, notAfter, notBefore, registerColumn, timeColumn } from './columns';
import { ONES, isWhole } from './exact';
import { covers } from './grid';
import { LARGEST, countOf, registers } from './register';
import { RUN } from './run';
import { lateness } from './settle';

/** Rows that are looked at together. */
const BLOCK: usize = 32;

/** The rows [waitFrom, waitTo) of the input columns wait. */
export let waitFrom: usize = 0;
export let waitTo: usize = 0;
/** Some of them cannot be used; they are not counted. */
export let anyBad: bool = false;
/** Some of the values are not in 0 to 2^32 − 1. */
export let anyLarge: bool = false;
/** Some of them could be too late. */
export let anyLate: bool = false;
/** No register has a newer reading. */
let newest: f64 = -Infinity;
/** Where the times of those that can be used begin and end. */
export let earliest: f64 = Infinity;
export let latest: f64 = -Infinity;

/** Nothing waits. */
export function forgetWaiting(): void {
  waitFrom = waitTo = 0;
  anyBad = anyLarge = anyLate = false;
  earliest = Infinity;
  latest = -Infinity;
}

/** A reading at `time` was taken by another way. */
export function noteTime(time: f64): void {
  newest = max(newest, time);
}

/** No reading was ever taken. */
export function forgetTimes(): void {
  newest = -Infinity;
}

/** Times of rows that wait now reach from `from` to `to`. */
function span(from: f64, to: f64): void {
  earliest = min(earliest, from);
  latest = max(latest, to);
  newest = max(newest, to);
  if (from < newest - <f64>lateness) anyLate = true;
}

/** Row `i` can be used: its register exists, its time is whole and in range, and so is its value. */
export function isGood(i: usize): bool {
  const time = load<f64>(timeColumn + (i << 3));
  return (
    load<u32>(registerColumn + (i << 2)) < registers() &&
    time >= notBefore &&
    time < notAfter &&
    trunc(time) == time &&
    <u64>(load<i64>(mantissaColumn + (i << 3)) + LARGEST) <= <u64>(LARGEST << 1)
  );
}

/** The values of the rows [i, i + BLOCK) are in range. */
function inRange(i: usize): bool {
  const column = mantissaColumn + (i << 3);
  for (let p: usize = 0; p < BLOCK << 3; p += 8)
    if (<u64>(load<i64>(column + p) + LARGEST) > <u64>(LARGEST << 1)) return false;
  return true;
}

/** All of the rows [i, i + BLOCK) can be used, and none of them begins a run of another register than `tried`. */
function isPlainBlock(i: usize, tried: u32, fixed: bool): bool {
  const total = registers();
  const register = registerColumn + (i << 2);
  const time = timeColumn + (i << 3);
  const value = mantissaColumn + (i << 3);
  let from: f64;
  let to: f64;
  let bits: u64 = 0;
  if (ASC_FEATURE_SIMD) {
    const limit = i32x4.splat(total);
    const other = i32x4.splat(tried);
    const ones = f64x2.splat(ONES);
    let good = i32x4.splat(-1);
    let runs = i32x4.splat(0);
    let all = runs;
    let low = v128.load(time);
    let high = low;
    for (let p: usize = 0; p < BLOCK << 2; p += 16) {
      const four = v128.load(register + p);
      const again = v128.and(
        i32x4.eq(four, v128.load(register + p, 4)),
        i32x4.eq(four, v128.load(register + p, RUN * 4)),
      );
      runs = v128.or(runs, v128.andnot(again, i32x4.eq(four, other)));
      const a = v128.load(time + (p << 1));
      const b = v128.load(time + (p << 1), 16);
      good = v128.and(
        v128.and(good, i32x4.lt_u(four, limit)),
        v128.and(
          f64x2.eq(f64x2.sub(f64x2.add(a, ones), ones), a),
          f64x2.eq(f64x2.sub(f64x2.add(b, ones), ones), b),
        ),
      );
      low = f64x2.pmin(low, f64x2.pmin(a, b));
      high = f64x2.pmax(high, f64x2.pmax(a, b));
      all = v128.or(all, v128.or(v128.load(value + (p << 1)), v128.load(value + (p << 1), 16)));
    }
    if (!i32x4.all_true(v128.andnot(good, runs))) return false;
    from = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
    to = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
    bits = i64x2.extract_lane(all, 0) | i64x2.extract_lane(all, 1);
  } else {
    from = to = load<f64>(time);
    for (let p: usize = 0; p < BLOCK; p++) {
      const which = load<u32>(register + (p << 2));
      const t = load<f64>(time + (p << 3));
      if (which >= total || !isWhole(t)) return false;
      if (
        which == load<u32>(register + (p << 2), 4) &&
        which == load<u32>(register + (p << 2), RUN * 4) &&
        which != tried
      )
        return false;
      from = select(t, from, t < from);
      to = select(t, to, t > to);
      bits |= load<u64>(value + (p << 3));
    }
  }
  if (!(from >= notBefore && to < notAfter)) return false;
  if (!fixed && !(covers(<i64>from) && covers(<i64>to))) return false;
  if (bits >> 32 != 0) {
    if (!inRange(i)) return false;
    anyLarge = true;
  }
  span(from, to);
  return true;
}

/**
 * Lets the rows [i, end) wait, up to one that begins a run of another register than `tried`, or whose time is past the
 * calendar; there are rows up to `to`. Returns the first row that does not wait.
 */
export function gather(i: usize, end: usize, to: usize, tried: u32, fixed: bool): usize {
  if (waitFrom == waitTo) waitFrom = i;
  const counts = countOf(0);
  while (i < end) {
    const stop = min(i + BLOCK, end);
    if (stop == i + BLOCK && isPlainBlock(i, tried, fixed)) {
      const past = registerColumn + (stop << 2);
      for (let p = registerColumn + (i << 2); p < past; p += 4) {
        const count = counts + ((<usize>load<u32>(p)) << 2);
        store<u32>(count, load<u32>(count) + 1);
      }
      i = stop;
      continue;
    }
    for (; i < stop; i++) {
      const register = load<u32>(registerColumn + (i << 2));
      if (
        i + RUN < to &&
        register != tried &&
        load<u32>(registerColumn + (i << 2), 4) == register &&
        load<u32>(registerColumn + (i << 2), RUN * 4) == register
      ) {
        waitTo = i;
        return i;
      }
      if (!isGood(i)) {
        anyBad = true;
        continue;
      }
      const time = load<f64>(timeColumn + (i << 3));
      if (!fixed && !covers(<i64>time)) {
        waitTo = i;
        return i;
      }
      span(time, time);
      if (load<u64>(mantissaColumn + (i << 3)) >> 32 != 0) anyLarge = true;
      const count = countOf(register);
      store<u32>(count, load<u32>(count) + 1);
    }
  }
  waitTo = i;
  return i;
}
