// Brings the retained readings of a register into order, and makes one of what stands for one instant.
//
// Readings arrive mostly in order. So: one pass leaves the ascending ones where they are and puts the late ones aside;
// the late ones are sorted (by distribution, as times are spread evenly; insertion for few; merging where neither serves);
// one pass from behind puts the two together.
import { countRepeat } from './inbox';
import { give, take } from './memory';
import {
  HOT_DISORDER,
  HOT_ODD,
  KIND_OPEN,
  KIND_READING,
  KIND_SHIFT,
  MARK_CONFLICT,
  READING,
  TIME_SHIFT,
  TOLD_CONFLICT,
  kindOf,
  timeOf,
  valueOf,
} from './register';
import { sayIssue } from './tables';

export const ISSUE_CONFLICT: u32 = 1;

const FEW: i32 = 24;
const BUCKETS: i32 = 1024;
const counts: usize = memory.data(4096); // BUCKETS, u32
let scratch: usize = 0;
let other: usize = 0;
let scratchSize: usize = 0;

/** Makes both scratch blocks hold `bytes`. */
function prepare(bytes: usize): void {
  if (bytes <= scratchSize) return;
  give(scratch, scratchSize);
  give(other, scratchSize);
  scratchSize = bytes < 4096 ? 4096 : bytes;
  scratch = take(scratchSize);
  other = take(scratchSize);
}

function move(to: usize, from: usize): void {
  store<i64>(to, load<i64>(from));
  store<i64>(to, load<i64>(from, 8), 8);
}

/** Sorts [from, to) by insertion; gives up after `budget` moves and tells whether it came to the end. */
function insertionSort(from: usize, to: usize, budget: i32): bool {
  for (let p = from + READING; p < to; p += READING) {
    const key = load<i64>(p);
    if (load<i64>(p - READING) <= key) continue;
    const value = load<i64>(p, 8);
    let hole = p;
    do {
      move(hole, hole - READING);
      hole -= READING;
      budget--;
    } while (hole > from && load<i64>(hole - READING) > key);
    store<i64>(hole, key);
    store<i64>(hole, value, 8);
    if (budget < 0) return false;
  }
  return true;
}

/** Sorts [from, from + bytes) by merging, with `spare` of the same size; returns where the result is. */
function mergeSort(from: usize, spare: usize, bytes: usize): usize {
  for (let width: usize = READING; width < bytes; width <<= 1) {
    for (let start: usize = 0; start < bytes; start += width << 1) {
      let a = from + start;
      let b = from + min<usize>(start + width, bytes);
      const aEnd = b;
      const bEnd = from + min<usize>(start + (width << 1), bytes);
      for (let w = spare + start; w < spare + (bEnd - from); w += READING) {
        if (b >= bEnd || (a < aEnd && load<i64>(a) <= load<i64>(b))) {
          move(w, a);
          a += READING;
        } else {
          move(w, b);
          b += READING;
        }
      }
    }
    const swap = from;
    from = spare;
    spare = swap;
  }
  return from;
}

/** Sorts the first `bytes` of the scratch block; returns where the result is. */
function sortScratch(bytes: usize): usize {
  const n = <i32>(bytes / READING);
  const end = scratch + bytes;
  if (n <= FEW) {
    insertionSort(scratch, end, i32.MAX_VALUE);
    return scratch;
  }
  let lowest = i64.MAX_VALUE;
  let highest = i64.MIN_VALUE;
  for (let p = scratch; p < end; p += READING) {
    const time = timeOf(p);
    lowest = min(lowest, time);
    highest = max(highest, time);
  }
  let buckets: i32 = 32;
  while (buckets < n && buckets < BUCKETS) buckets <<= 1;
  // (time − lowest) · factor >> 32 is below `buckets`, and the product below buckets · 2^32.
  const factor = ((<u64>buckets) << 32) / (<u64>(highest - lowest) + 1);
  memory.fill(counts, 0, (<usize>buckets) << 2);
  for (let p = scratch; p < end; p += READING) {
    const slot = counts + ((<usize>((<u64>(timeOf(p) - lowest) * factor) >> 32)) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  let start: u32 = <u32>other;
  for (let slot = counts; slot < counts + ((<usize>buckets) << 2); slot += 4) {
    const count = load<u32>(slot);
    store<u32>(slot, start);
    start += count << 4;
  }
  for (let p = scratch; p < end; p += READING) {
    const slot = counts + ((<usize>((<u64>(timeOf(p) - lowest) * factor) >> 32)) << 2);
    const to = load<u32>(slot);
    move(<usize>to, p);
    store<u32>(slot, to + <u32>READING);
  }
  if (insertionSort(other, other + bytes, n << 4)) return other;
  return mergeSort(other, scratch, bytes);
}

/** Sorts the retained readings of a register. */
function sort(base: usize, tail: usize): void {
  prepare(tail - base);
  let newest = i64.MIN_VALUE;
  let kept = base;
  let late = scratch;
  for (let p = base; p < tail; p += READING) {
    const key = load<i64>(p);
    if (key >= newest) {
      newest = key;
      if (kept != p) move(kept, p);
      kept += READING;
    } else {
      move(late, p);
      late += READING;
    }
  }
  if (late == scratch) return;
  const bytes = late - scratch;
  const first = sortScratch(bytes);
  let b = first + bytes - READING;
  let a = kept - READING;
  let to = tail - READING;
  while (b >= first) {
    if (a >= base && load<i64>(a) > load<i64>(b)) {
      move(to, a);
      a -= READING;
    } else {
      move(to, b);
      b -= READING;
    }
    to -= READING;
  }
}

/**
 * Makes one reading of several with one instant, from `p` on: equal ones are one, different ones a conflict; beside an
 * exchange a plain reading is superfluous, and a conflict where it is neither of its two values. Returns past the group;
 * `write` is where the result goes, `written()` past it.
 */
let wrote: usize = 0;
function unite(register: u32, p: usize, tail: usize, write: usize): usize {
  const time = timeOf(p);
  let end = p;
  while (end < tail && timeOf(end) == time) end += READING;
  const exchange = kindOf(end - READING) == KIND_OPEN;
  let out = write;
  for (let from = p; from < end;) {
    // one kind at a time: reading, close, open
    const kind = kindOf(from);
    let marks: i64 = 0;
    let value = valueOf(from);
    let differs = value;
    const one = from;
    for (; from < end && kindOf(from) == kind; from += READING) {
      marks |= load<i64>(from) & 1023;
      const another = valueOf(from);
      if (kind == KIND_READING && from != one && (another == value || another == differs))
        countRepeat();
      if (another != value) {
        if (another < value) {
          differs = max(differs, value);
          value = another;
        } else differs = max(differs, another);
      }
    }
    if (differs != value) marks |= MARK_CONFLICT;
    let drop = false;
    if (kind == 0 && exchange) {
      const old = valueOf(end - READING);
      let fits = false;
      for (let q = from; q < end; q += READING)
        if (valueOf(q) == value && (marks & MARK_CONFLICT) == 0) fits = true;
      drop = true;
      if (!fits) sayIssue(ISSUE_CONFLICT, register, <f64>time, value, old, 0);
    } else if ((marks & MARK_CONFLICT) != 0 && (marks & TOLD_CONFLICT) == 0) {
      marks |= TOLD_CONFLICT;
      sayIssue(ISSUE_CONFLICT, register, <f64>time, value, differs, 0);
    }
    if (!drop) {
      store<i64>(out, (time << TIME_SHIFT) | (kind << KIND_SHIFT) | marks);
      store<i64>(out, value, 8);
      out += READING;
    }
  }
  if (exchange) {
    // two stories of one exchange: neither half of it is used
    let marks: i64 = 0;
    for (let q = write; q < out; q += READING) marks |= load<i64>(q) & MARK_CONFLICT;
    for (let q = write; q < out; q += READING) store<i64>(q, load<i64>(q) | marks);
  }
  wrote = out;
  return end;
}

/** Puts the retained readings of a register in order, one for each instant; sets HOT_ODD where something is not plain. */
export function order(register: u32, hot: usize): void {
  const flags = load<u32>(hot, 28);
  if ((flags & HOT_DISORDER) == 0) return;
  const base = <usize>load<u32>(hot, 16);
  const tail = <usize>load<u32>(hot, 20);
  sort(base, tail);
  let odd = flags & HOT_ODD;
  let p = base;
  let write = base;
  let value = i64.MIN_VALUE;
  while (p < tail) {
    if (p + READING < tail && timeOf(p) == timeOf(p + READING)) {
      p = unite(register, p, tail, write);
      if ((load<i64>(wrote - READING) & 1023) != 0 || wrote != write + READING) odd = HOT_ODD;
      write = wrote;
      if (valueOf(write - READING) < value) odd = HOT_ODD;
      value = valueOf(write - READING);
      continue;
    }
    if (write != p) move(write, p);
    const here = valueOf(write);
    if (here < value) odd = HOT_ODD;
    value = here;
    write += READING;
    p += READING;
  }
  store<u32>(hot, <u32>write, 20);
  store<i64>(hot, value, 8);
  store<u32>(hot, (flags & ~HOT_DISORDER) | odd, 28);
}
