// One row of the input columns, whatever it is: what is not taken as one of many comes here.
import {
  mantissaColumn,
  notAfter,
  notBefore,
  registerColumn,
  rowNumber,
  timeColumn,
} from './columns';
import { isGood } from './gather';
import { countFrom, fits, pack, packable, unpack } from './packed';
import {
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_PACKED,
  HOT_USED,
  PACKED,
  READING,
  TIME_SHIFT,
  hotOf,
  registers,
} from './register';
import { lateness, makeRoom, settle } from './settle';
import { sayIssue } from './tables';

export const ISSUE_REGISTER: u32 = 8;
export const ISSUE_TIME: u32 = 9;
export const ISSUE_RANGE: u32 = 10;
export const ISSUE_VALUE: u32 = 11;
export const ISSUE_LATE: u32 = 12;

let repeats: f64 = 0;

/** Readings that came again just as they were. */
export function repeatsSeen(): f64 {
  return repeats;
}

export function addRepeats(more: f64): void {
  repeats += more;
}

/** Says why a reading cannot be used. */
export function refuse(register: u32, time: f64, value: i64, row: f64): void {
  let code = ISSUE_RANGE;
  if (register >= registers()) code = ISSUE_REGISTER;
  else if (!(trunc(time) == time && abs(time) < Infinity)) code = ISSUE_TIME;
  else if (time >= notBefore && time < notAfter) code = ISSUE_VALUE;
  sayIssue(code, register, time, value, 0, row);
}

/** Takes row `i`, whose time the grid covers. */
export function takeRow(i: usize): void {
  const register = load<u32>(registerColumn + (i << 2));
  const time = load<f64>(timeColumn + (i << 3));
  const value = load<i64>(mantissaColumn + (i << 3));
  if (isGood(i)) takeReading(register, <i64>time, value, rowNumber(i));
  else refuse(register, time, value, rowNumber(i));
}

/** Takes a reading that can be used, unless it is too late; `row` is its number for who asks. */
export function takeReading(register: u32, t: i64, value: i64, row: f64): void {
  const hot = hotOf(register);
  const newest = load<i64>(hot);
  const last = load<i64>(hot, 8);
  let mark: u32 = 0;
  if (t > newest) {
    if (value < last) mark = HOT_ODD;
  } else {
    if (lateness >= 0 && t < newest - lateness) {
      sayIssue(ISSUE_LATE, register, <f64>t, value, newest, row);
      return;
    }
    if (t == newest && value == last) {
      addRepeats(1);
      return;
    }
    mark = HOT_DISORDER;
  }
  if ((load<u32>(hot, 28) & (HOT_USED | HOT_MOMENTARY)) == 0 && packable(lateness)) {
    countFrom(hot, t - lateness, value);
    store<u32>(hot, HOT_USED | HOT_PACKED, 28);
  }
  if (load<u32>(hot, 24) < load<u32>(hot, 20) + <u32>READING) makeRoom(register, hot, <u32>READING);
  if ((load<u32>(hot, 28) & HOT_PACKED) != 0 && !fits(hot, t, value)) settle(register, hot);
  if ((load<u32>(hot, 28) & HOT_PACKED) != 0 && !fits(hot, t, value)) unpack(hot);
  const tail = load<u32>(hot, 20);
  const flags = load<u32>(hot, 28);
  if ((flags & HOT_PACKED) != 0) {
    store<u64>(tail, pack(hot, t, value));
    store<u32>(hot, tail + <u32>PACKED, 20);
  } else {
    store<i64>(tail, t << TIME_SHIFT);
    store<i64>(tail, value, 8);
    store<u32>(hot, tail + <u32>READING, 20);
  }
  store<i64>(hot, max(t, newest));
  store<i64>(hot, t > newest ? value : last, 8);
  // the mark comes last: making room puts in order, and judges, what was there
  store<u32>(hot, flags | mark | (HOT_DIRTY | HOT_USED), 28);
}
