// The grid of interval boundaries. Boundary k begins interval k and ends interval k − 1.
// Quarters and hours are instants: k steps since 1970. Days and longer are civil: a table that the host fills from its
// zone, which reaches beyond every reading that the module is given.
import { give, take } from './memory';

let step: i64 = 3_600_000;
let table: usize = 0;
let base: i64 = 0;
let count: i64 = 0;

/** Fixed steps of `milliseconds`; 0 means that a table will be given. */
export function setStep(milliseconds: i64): void {
  step = milliseconds;
}

/** Milliseconds of a step, 0 for civil boundaries. */
export function fixedStep(): i64 {
  return step;
}

/** Room for a table of `entries` instants, the first of which is boundary `first`. Replaces the table before. */
export function newTable(first: i64, entries: i32): usize {
  give(table, (<usize>count) << 3);
  table = take((<usize>entries) << 3);
  base = first;
  count = entries;
  return table;
}

/** True when a reading at `t` has a boundary at or before it and one after it. */
export function covers(t: i64): bool {
  if (step != 0) return true;
  return count > 1 && t >= load<i64>(table) && t < load<i64>(table + ((<usize>(count - 1)) << 3));
}

/** First instant that the grid covers. */
export function coverFrom(): i64 {
  return step != 0 || count < 2 ? i64.MIN_VALUE : load<i64>(table);
}

/** First instant that the grid covers no more. */
export function coverTo(): i64 {
  if (step != 0) return i64.MAX_VALUE;
  return count < 2 ? i64.MIN_VALUE : load<i64>(table + ((<usize>(count - 1)) << 3));
}

/** Instant of boundary `k`. */
export function boundary(k: i64): i64 {
  return step != 0 ? k * step : load<i64>(table + ((<usize>(k - base)) << 3));
}

/** The last boundary at or before `t`. */
export function boundaryAtOrBefore(t: i64): i64 {
  if (step != 0) {
    const quotient = t / step;
    return quotient * step > t ? quotient - 1 : quotient;
  }
  let low: i64 = 0;
  let high = count - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (load<i64>(table + ((<usize>middle) << 3)) <= t) low = middle;
    else high = middle;
  }
  return base + low;
}
