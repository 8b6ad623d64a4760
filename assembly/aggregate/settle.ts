// When readings become final: nothing older than `lateness` behind a register's newest reading is taken any more, so what
// lies before is counted once, said, and let go. The reading kept as anchor is the last accepted one with two more before
// that horizon, because judging a reading looks two ahead.
import { count } from './counter';
import { remember } from './issued';
import { judge } from './judge';
import { average } from './momentary';
import { order } from './order';
import {
  CLASS_ASIDE,
  CLASS_MASK,
  HOT_ANCHORED,
  HOT_DIRTY,
  HOT_MOMENTARY,
  HOT_ODD,
  MARK_CONFLICT,
  READING,
  TIME_SHIFT,
  forget,
  hotOf,
  registers,
  widen,
} from './register';

let lateness: i64 = 172_800_000;

/** Milliseconds; below zero: nothing ever becomes final. */
export function setLateness(milliseconds: i64): void {
  lateness = milliseconds;
}

export function latest(): i64 {
  return lateness;
}

function walk(register: u32, hot: usize, from: usize, to: usize, open: bool): void {
  if ((load<u32>(hot, 28) & HOT_MOMENTARY) != 0) average(register, from, to, open);
  else count(register, from, to, open);
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
  order(register, hot);
  judge(register, hot, (load<u32>(hot, 28) & HOT_ANCHORED) != 0);
  if (lateness < 0) return;
  const base = <usize>load<u32>(hot, 16);
  const tail = <usize>load<u32>(hot, 20);
  if (base == tail) return;
  const to = anchor(hot, base, tail, load<i64>(hot) - lateness);
  if (to == base) return;
  walk(register, hot, base, to + READING, false);
  memory.copy(base, to, tail - to);
  store<u32>(hot, <u32>(base + (tail - to)), 20);
  store<u32>(hot, load<u32>(hot, 28) | HOT_ANCHORED, 28);
}

/** Room for at least `bytes` more readings of a register. */
export function makeRoom(register: u32, hot: usize, bytes: u32): void {
  if (load<u32>(hot, 24) != load<u32>(hot, 16)) settle(register, hot);
  // Where more than three quarters stay, there would soon be no room again.
  const base = load<u32>(hot, 16);
  const room = load<u32>(hot, 24) - base;
  const used = load<u32>(hot, 20) - base;
  widen(hot, max(used + bytes, used > room - (room >> 2) ? room << 1 : 0));
}

/**
 * Says what is open of every register that got readings since the last time. `last`: nothing comes any more, so nothing is
 * remembered of what is said, and the registers are forgotten.
 */
export function drainAll(last: bool): void {
  const total = registers();
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
