// Registers misbehave: decides, for retained readings in order, which count and how.
//
// Going forward from the last accepted reading a, with x the next, y and z those after it (conflicts left out):
//   x is lower than a                       roll-over, if going on through the capacity is a short way;
//                                           set aside, if y goes on from a: x alone is odd;
//                                           else a break: what was used between a and x is not known
//   y is lower than x, but not than a       set x aside: x alone is odd, unless z goes on from x (then y is)
// A break is called reset where the register begins again near zero, backward jump otherwise.
// An exchange is told by whoever did it, and so is believed; only its old value can be lower than a, which is a break.
import {
  CLASS_ASIDE,
  CLASS_BREAK,
  CLASS_MASK,
  CLASS_ROLL,
  HOT_MOMENTARY,
  HOT_ODD,
  KIND_OPEN,
  KIND_READING,
  MARK_CONFLICT,
  READING,
  TOLD_ASIDE,
  TOLD_BREAK,
  TOLD_EXCHANGE,
  TOLD_ROLL,
  coldOf,
  kindOf,
  timeOf,
  valueOf,
} from './register';
import { sayIssue } from './tables';

export const ISSUE_ROLL: u32 = 2;
export const ISSUE_RESET: u32 = 3;
export const ISSUE_JUMP: u32 = 4;
export const ISSUE_OUTLIER: u32 = 5;
export const ISSUE_EXCHANGE: u32 = 6;

/** Fewer digits than this say nothing of a register's capacity: 1000. */
const LEAST_CAPACITY: i64 = 10_000;
const MOST_CAPACITY: i64 = 1_000_000_000_000_000_000;

/**
 * What is added at the step from `from` down to `to` where it is a roll-over, else 0: the capacity, known or the next
 * power of ten above `from`, if the way on through it is at most a tenth of it.
 */
export function rollOver(from: i64, to: i64, known: i64): i64 {
  if (known < 0 || from < 0 || to < 0) return 0;
  let capacity = known;
  if (capacity == 0) {
    capacity = LEAST_CAPACITY;
    while (capacity <= from && capacity < MOST_CAPACITY) capacity *= 10;
    if (from < capacity / 10) return 0;
  }
  if (from >= capacity) return 0;
  return to - from + capacity <= capacity / 10 ? capacity : 0;
}

/** The next reading after `p` that is in no conflict, or 0. */
function following(p: usize, tail: usize): usize {
  for (p += READING; p < tail; p += READING) if ((load<i64>(p) & MARK_CONFLICT) == 0) return p;
  return 0;
}

function tell(p: usize, told: i64, code: u32, register: u32, before: i64): void {
  const key = load<i64>(p);
  if ((key & told) != 0) return;
  store<i64>(p, key | told);
  sayIssue(code, register, <f64>timeOf(p), before, valueOf(p), 0);
}

/** `to` follows `from` in a register that goes on: it is no lower, or rolled over. */
function goesOn(from: i64, to: i64, capacity: i64): bool {
  return to >= from || rollOver(from, to, capacity) != 0;
}

/** Sets the class of every retained reading of a counter. The first one stands as it is when `anchored`. */
export function judge(register: u32, hot: usize, anchored: bool): void {
  const flags = load<u32>(hot, 28);
  if ((flags & HOT_ODD) == 0 || (flags & HOT_MOMENTARY) != 0) return;
  const capacity = load<i64>(coldOf(register), 32);
  const base = <usize>load<u32>(hot, 16);
  const tail = <usize>load<u32>(hot, 20);
  let plain = true;
  let accepted: usize = 0;
  let broken = false; // an exchange with two stories lies between
  for (let x = base; x < tail; x += READING) {
    const key = load<i64>(x) & ~CLASS_MASK;
    const kind = kindOf(x);
    if (x == base && anchored) {
      accepted = x;
      if (kind != KIND_READING) plain = false;
      continue;
    }
    store<i64>(x, key);
    if (kind != KIND_READING) plain = false;
    if ((key & MARK_CONFLICT) != 0) {
      plain = false;
      if (kind != KIND_READING) broken = true;
      continue;
    }
    const value = valueOf(x);
    if (kind == KIND_OPEN) {
      if (accepted != 0) tell(x, TOLD_EXCHANGE, ISSUE_EXCHANGE, register, valueOf(accepted));
      if (broken) store<i64>(x, load<i64>(x) | CLASS_BREAK);
      broken = false;
      accepted = x;
      continue;
    }
    let y: usize = 0;
    let z: usize = 0;
    if (kind == KIND_READING) {
      y = following(x, tail);
      if (y != 0 && kindOf(y) == KIND_OPEN) y = 0;
      if (y != 0 && kindOf(y) == KIND_READING) {
        z = following(y, tail);
        if (z != 0 && kindOf(z) == KIND_OPEN) z = 0;
      }
    }
    let verdict: i64 = 0;
    if (accepted != 0 && !broken) {
      const before = valueOf(accepted);
      if (value < before) {
        if (rollOver(before, value, capacity) != 0) verdict = CLASS_ROLL;
        else if (y != 0 && goesOn(before, valueOf(y), capacity)) verdict = CLASS_ASIDE;
        else verdict = CLASS_BREAK;
      }
      if (
        (verdict == 0 || verdict == CLASS_ROLL) &&
        y != 0 &&
        !goesOn(value, valueOf(y), capacity) &&
        goesOn(before, valueOf(y), capacity) &&
        !(z != 0 && goesOn(value, valueOf(z), capacity))
      )
        verdict = CLASS_ASIDE;
      if (verdict == CLASS_ROLL) tell(x, TOLD_ROLL, ISSUE_ROLL, register, before);
      else if (verdict == CLASS_ASIDE) tell(x, TOLD_ASIDE, ISSUE_OUTLIER, register, before);
      else if (verdict == CLASS_BREAK)
        tell(x, TOLD_BREAK, value <= before / 10 ? ISSUE_RESET : ISSUE_JUMP, register, before);
    } else if (broken) verdict = CLASS_BREAK;
    if (verdict != 0) {
      plain = false;
      store<i64>(x, load<i64>(x) | verdict);
    }
    if (verdict != CLASS_ASIDE) {
      accepted = x;
      broken = false;
    }
  }
  if (plain) store<u32>(hot, flags & ~HOT_ODD, 28);
}
