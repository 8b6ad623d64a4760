// When readings become final: nothing older than `lateness` behind a register's newest reading is taken any more, so what
// lies before is counted once, said, and let go. The reading kept as anchor is the last accepted one with two more before
// that horizon, because judging a reading looks two ahead.
import { count } from './counter';
import { boundaryAtOrBefore, fixedStep } from './grid';
import { closeAll } from './ingest';
import { keepsNothing, remember } from './issued';
import { judge } from './judge';
import { give, take } from './memory';
import { average } from './momentary';
import { order } from './order';
import { isPlain, orderPacked } from './packed-order';
import { closeFront } from './inbox';
import { packAll, recount, spread, unpack } from './packed';
import {
  CLASS_ASIDE,
  CLASS_MASK,
  HOT_ANCHORED,
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_PACKED,
  MARK_CONFLICT,
  PACKED,
  READING,
  TIME_SHIFT,
  coldOf,
  forget,
  hotOf,
  registers,
  widen,
} from './register';
import { reserveIntervals } from './tables';
import { walk as walkPlain } from './walk';

let lateness: i64 = 172_800_000;

/** Milliseconds; below zero: nothing ever becomes final. */
export function setLateness(milliseconds: i64): void {
  lateness = milliseconds;
}

export function latest(): i64 {
  return lateness;
}

let wide: usize = 0; // packed readings, spread out for a walk that needs them so
let wideBytes: usize = 0;

/** Walks over the readings [from, to) of a register that goes on from (pt, pv), which matters only to plain ones. */
export function walk(register: u32, hot: usize, from: usize, to: usize, open: bool): void {
  const flags = load<u32>(hot, 28);
  if ((flags & HOT_MOMENTARY) != 0) average(register, from, to, open);
  else if ((flags & HOT_PACKED) == 0) count(register, from, to, open);
  else if (keepsNothing(register, open)) walkPacked(register, hot, from, to, open);
  else {
    const bytes = (to - from) << 1;
    if (bytes > wideBytes) {
      give(wide, wideBytes);
      wideBytes = bytes << 1;
      wide = take(wideBytes);
    }
    count(register, wide, spread(hot, from, to, wide), open);
  }
}

function walkPacked(register: u32, hot: usize, from: usize, to: usize, open: bool): void {
  const epoch = load<i64>(hot, 32);
  const floor = load<i64>(hot, 40);
  if ((load<u32>(hot, 28) & HOT_ANCHORED) == 0) {
    walkPlain<u64>(register, from, from, 0, to - from - PACKED, epoch, floor, 0, 0, open);
    return;
  }
  // the first one was counted: the register stands there
  const pt = epoch + <i64>load<u32>(from, 4);
  const pv = floor + <i64>load<u32>(from);
  walkPlain<u64>(register, from, from, PACKED, to - from - PACKED, epoch, floor, pt, pv, open);
}

/** The anchor: the last accepted reading that has two more after it before `horizon`; `base` where there is none. */
function anchor(hot: usize, base: usize, tail: usize, horizon: i64): usize {
  const key = horizon << TIME_SHIFT;
  let low = base;
  let high = tail;
  while (low < high) {
    const middle = low + (((high - low) >> 1) & ~(READING - 1));
    if (load<i64>(middle) < key) low = middle + READING;
    else high = middle;
  }
  if ((load<u32>(hot, 28) & HOT_ODD) == 0) {
    const behind = low - base;
    return behind > 3 * READING ? low - 3 * READING : base;
  }
  let behind = 0;
  for (let p = low - READING; p > base; p -= READING) {
    const marks = load<i64>(p);
    if ((marks & MARK_CONFLICT) != 0) continue;
    if (behind >= 2 && (marks & CLASS_MASK) != CLASS_ASIDE) return p;
    behind++;
  }
  return base;
}

/** Orders and judges a register's readings, counts what has become final, and lets it go. */
export function settle(register: u32, hot: usize): void {
  closeFront(register, hot);
  if ((load<u32>(hot, 28) & HOT_PACKED) != 0 && settlePacked(register, hot)) return;
  order(register, hot);
  judge(register, hot, (load<u32>(hot, 28) & HOT_ANCHORED) != 0);
  if (lateness < 0) return;
  const base = <usize>load<u32>(hot, 16);
  const tail = <usize>load<u32>(hot, 20);
  if (base == tail) return;
  letGo(register, hot, anchor(hot, base, tail, load<i64>(hot) - lateness), READING);
  packAll(hot, lateness);
}

/** Counts the readings up to the one at `to` as final; that one is the anchor from now on. */
function letGo(register: u32, hot: usize, to: usize, size: usize): void {
  const base = <usize>load<u32>(hot, 16);
  const tail = <usize>load<u32>(hot, 20);
  if (to == base) return;
  walk(register, hot, base, to + size, false);
  memory.copy(base, to, tail - to);
  store<u32>(hot, <u32>(base + (tail - to)), 20);
  store<u32>(hot, load<u32>(hot, 28) | HOT_ANCHORED, 28);
}

/** As `settle`, of packed readings; false where they turn out not to be plain: they are wide then, and not in order. */
function settlePacked(register: u32, hot: usize): bool {
  const base = <usize>load<u32>(hot, 16);
  const flags = load<u32>(hot, 28);
  let sound: bool = (flags & HOT_ODD) == 0;
  if (sound && (flags & HOT_DISORDER) != 0) {
    const newest = <u32>min<i64>(load<i64>(hot) - load<i64>(hot, 32), u32.MAX_VALUE);
    const anchored = (flags & HOT_ANCHORED) != 0;
    const tail = orderPacked(base, load<u32>(hot, 20), anchored, newest);
    store<u32>(hot, <u32>tail, 20);
    sound = isPlain();
    if (sound) store<i64>(hot, load<i64>(hot, 40) + <i64>load<u32>(tail - PACKED), 8);
  }
  if (!sound) {
    unpack(hot);
    store<u32>(hot, load<u32>(hot, 28) | HOT_DISORDER | HOT_ODD, 28);
    return false;
  }
  store<u32>(hot, flags & ~HOT_DISORDER, 28);
  const tail = <usize>load<u32>(hot, 20);
  const behind = load<i64>(hot) - lateness - load<i64>(hot, 32);
  if (base == tail || behind <= 0) return true;
  // first reading that is not before the horizon
  let low = base;
  let high = tail;
  while (low < high) {
    const middle = low + (((high - low) >> 1) & ~(PACKED - 1));
    if (<i64>load<u32>(middle, 4) < behind) low = middle + PACKED;
    else high = middle;
  }
  letGo(register, hot, low - base > 3 * PACKED ? low - 3 * PACKED : base, PACKED);
  recount(hot, lateness);
  return true;
}

/** Room for at least `bytes` more readings of a register. */
export function makeRoom(register: u32, hot: usize, bytes: u32): void {
  const late = (load<u32>(hot, 28) & HOT_DISORDER) != 0;
  if (load<u32>(hot, 24) != load<u32>(hot, 16)) settle(register, hot);
  store<u32>(hot, 0, 56);
  // Where much of the room stays taken, there would soon be none again. Late readings are put in order each time.
  const base = load<u32>(hot, 16);
  const room = load<u32>(hot, 24) - base;
  const used = load<u32>(hot, 20) - base;
  let wanted: u32 = 0;
  if (used > (late ? room >> 1 : (room >> 1) + (room >> 3)))
    wanted = max(withSlack(used, late), expected(hot, used, late));
  widen(hot, max(used + bytes, wanted));
}

/** Room for `bytes` of retained readings that need not be settled all the time: nearly twice as much, for late ones more. */
function withSlack(bytes: u32, late: bool): u32 {
  return late ? (bytes << 1) + (bytes >> 1) : (bytes << 1) - (bytes >> 3);
}

/** Room that a packed register's readings will need, going on as they came so far: at most 32 times what they take. */
function expected(hot: usize, used: u32, late: bool): u32 {
  if ((load<u32>(hot, 28) & HOT_PACKED) == 0) return used << 1;
  const span = load<i64>(hot) - load<i64>(hot, 32) - <i64>load<u32>(load<u32>(hot, 16), 4);
  if (span <= 0 || lateness < span) return 0;
  const all = (<i64>(used - <u32>PACKED) * lateness) / span + 4 * PACKED;
  return withSlack(<u32>min<i64>(all, (<i64>used) << 4), late);
}

/**
 * Says what is open of every register that got readings since the last time. `last`: nothing comes any more, so nothing is
 * remembered of what is said, and the registers are forgotten.
 */
export function drainAll(last: bool): void {
  const total = registers();
  closeAll();
  if (last) reserveIntervals(openIntervals());
  for (let register: u32 = 0; register < total; register++) {
    const hot = hotOf(register);
    if ((load<u32>(hot, 28) & HOT_DIRTY) == 0) {
      if (last) forget(register);
      continue;
    }
    settle(register, hot);
    remember(!last);
    walk(register, hot, load<u32>(hot, 16), load<u32>(hot, 20), true);
    remember(true);
    if (last) {
      forget(register);
      continue;
    }
    store<u32>(hot, load<u32>(hot, 28) & ~HOT_DIRTY, 28);
  }
}

/** Intervals that packed registers will say when all comes to an end, so that the tables grow once. */
function openIntervals(): usize {
  if (fixedStep() == 0) return 0;
  const total = registers();
  let sum: i64 = 0;
  for (let register: u32 = 0; register < total; register++) {
    const hot = hotOf(register);
    const flags = load<u32>(hot, 28);
    if ((flags & HOT_DIRTY) != 0 && (flags & HOT_PACKED) != 0 && (flags & HOT_ANCHORED) != 0)
      sum += boundaryAtOrBefore(load<i64>(hot)) - load<i64>(coldOf(register));
  }
  return <usize>max<i64>(0, min<i64>(sum, 1 << 22));
}
