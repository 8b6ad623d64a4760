// Takes readings in columns: checks each row, appends it to its register. Nothing is counted here.
import { count, countRows } from './counter';
import { covers } from './grid';
import { take, give } from './memory';
import {
  HOT_ANCHORED,
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_USED,
  KIND_CLOSE,
  KIND_OPEN,
  KIND_SHIFT,
  READING,
  TIME_SHIFT,
  hotOf,
  registers,
  timeOf,
  valueOf,
  widen,
} from './register';
import { latest, makeRoom } from './settle';
import { sayIssue } from './tables';

export const ISSUE_REGISTER: u32 = 8;
export const ISSUE_TIME: u32 = 9;
export const ISSUE_RANGE: u32 = 10;
export const ISSUE_VALUE: u32 = 11;
export const ISSUE_LATE: u32 = 12;

/** Mantissas have at most eighteen digits, so that no difference or sum of two overflows. */
export const LARGEST: i64 = 1_000_000_000_000_000_000;

/** Rows of one register in a row that are worth looking at as a run. */
const RUN: usize = 16;
const AHEAD: usize = 16;

let touched: u32 = 0; // keeps the compiler from leaving `prefetch` out
let room: u32 = 0;
let registerColumn: usize = 0;
let timeColumn: usize = 0;
let mantissaColumn: usize = 0;
let notBefore: f64 = 0;
let notAfter: f64 = 0;
let rows: f64 = 0; // taken so far
let repeated: f64 = 0;

export function setBounds(from: f64, to: f64): void {
  notBefore = from;
  notAfter = to;
}

export function rowsTaken(): f64 {
  return rows;
}

export function repeatsSeen(): f64 {
  return repeated;
}

/** Room for `wanted` rows in the three input columns; returns the first, the others follow by `columnAt`. */
export function stage(wanted: u32): void {
  if (wanted <= room) return;
  give(registerColumn, room << 2);
  give(timeColumn, room << 3);
  give(mantissaColumn, room << 3);
  registerColumn = take(wanted << 2);
  timeColumn = take(wanted << 3);
  mantissaColumn = take(wanted << 3);
  room = wanted;
}

export function columnAt(which: i32): usize {
  return which == 0 ? registerColumn : which == 1 ? timeColumn : mantissaColumn;
}

function refuse(register: u32, time: f64, value: i64, row: f64): void {
  let code = ISSUE_RANGE;
  if (register >= registers()) code = ISSUE_REGISTER;
  else if (!(trunc(time) == time && abs(time) < Infinity)) code = ISSUE_TIME;
  else if (time >= notBefore && time < notAfter) code = ISSUE_VALUE;
  sayIssue(code, register, time, value, 0, row);
}

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
    const pair = i64x2.splat(((<i64>register) << 32) | <i64>register);
    // rows j+1 and j+2 against rows j and j+1
    while (j + 2 < to) {
      const time = v128.load(times + (j << 3), 8);
      const good = v128.and(
        v128.and(f64x2.gt(time, v128.load(times + (j << 3))), f64x2.eq(f64x2.trunc(time), time)),
        v128.and(
          i64x2.ge_s(v128.load(mantissas + (j << 3), 8), v128.load(mantissas + (j << 3))),
          i64x2.eq(v128.load64_splat(registersOf + (j << 2), 4), pair),
        ),
      );
      if (!i64x2.all_true(good)) break;
      j += 2;
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

/** Puts the rows [i, to) of a run behind a register's readings. */
function append(register: u32, hot: usize, i: usize, to: usize): void {
  while (i < to) {
    let tail = <usize>load<u32>(hot, 20);
    let space = (<usize>load<u32>(hot, 24) - tail) / READING;
    if (space == 0) {
      store<i64>(hot, <i64>load<f64>(timeColumn + (i << 3)));
      makeRoom(register, hot, <u32>READING);
      tail = <usize>load<u32>(hot, 20);
      space = (<usize>load<u32>(hot, 24) - tail) / READING;
    }
    const stop = min(to, i + space);
    for (; i < stop; i++) {
      store<i64>(tail, (<i64>load<f64>(timeColumn + (i << 3))) << TIME_SHIFT);
      store<i64>(tail, load<i64>(mantissaColumn + (i << 3)), 8);
      tail += READING;
    }
    store<u32>(hot, <u32>tail, 20);
  }
}

/**
 * Takes a run of one register at once, where that register is plain and the run goes on from it. What the run's own end
 * makes final is counted from the columns as it stands, and never copied. Returns the first row not taken; `i` where
 * there is no run worth it.
 */
function takeRun(i: usize, to: usize, register: u32, lateness: i64, fixed: bool): usize {
  const hot = hotOf(register);
  const flags = load<u32>(hot, 28);
  if ((flags & (HOT_ODD | HOT_DISORDER | HOT_MOMENTARY)) != 0 || lateness < 0) return i;
  const t = load<f64>(timeColumn + (i << 3));
  if (!(t > <f64>load<i64>(hot)) || load<i64>(mantissaColumn + (i << 3)) < load<i64>(hot, 8))
    return i;
  const end = runEnd(i, to, register);
  if (end < i + RUN) return i;
  const newest = <i64>load<f64>(timeColumn + ((end - 1) << 3));
  if (!fixed && (!covers(<i64>t) || !covers(newest))) return i;
  let anchor = firstNotBefore(<f64>(newest - lateness), i, end);
  const base = <usize>load<u32>(hot, 16);
  let tail = <usize>load<u32>(hot, 20);
  if (anchor >= i + RUN) {
    anchor -= 3;
    let pt: i64 = 0;
    let pv: i64 = 0;
    if (tail != base) {
      count(register, base, tail, false);
      pt = timeOf(tail - READING);
      pv = valueOf(tail - READING);
    }
    countRows(register, timeColumn, mantissaColumn, i << 3, anchor << 3, pt, pv);
    store<u32>(hot, <u32>base, 20);
    widen(hot, <u32>((end - anchor) * READING));
    store<u32>(hot, flags | HOT_DIRTY | HOT_USED | HOT_ANCHORED, 28);
    append(register, hot, anchor, end);
  } else {
    store<u32>(hot, flags | HOT_DIRTY | HOT_USED, 28);
    append(register, hot, i, end);
  }
  store<i64>(hot, newest);
  store<i64>(hot, load<i64>(mantissaColumn + ((end - 1) << 3)), 8);
  return end;
}

function putBack(hot: usize, newest: i64, last: i64, tail: u32, flags: u32): void {
  if (hot == 0) return;
  store<i64>(hot, newest);
  store<i64>(hot, last, 8);
  store<u32>(hot, tail, 20);
  store<u32>(hot, flags, 28);
}

/** Asks for the place where a row a little ahead will be written, so that the cache has it by then. */
function prefetch(i: usize, to: u32): void {
  const ahead = i + AHEAD;
  if (ahead >= <usize>to) return;
  const register = load<u32>(registerColumn + (ahead << 2));
  if (register >= registers()) return;
  const tail = <usize>load<u32>(hotOf(register), 20);
  touched += load<u32>(tail);
}

/** Takes the rows [from, to) of the input columns. Stops at a row for whose time the grid has no boundary yet. */
export function ingest(from: u32, to: u32, fixed: bool): u32 {
  const total = registers();
  const lateness = latest();
  const low = notBefore;
  const high = notAfter;
  const before = rows - <f64>from; // rows taken before row 0 of this chunk
  // The hot part of the register of the row before, which often is the register of this row too.
  let current: u32 = 0xffff_ffff;
  let hot: usize = 0;
  let newest: i64 = 0;
  let last: i64 = 0;
  let flags: u32 = 0;
  let tail: u32 = 0;
  let stop: u32 = 0;
  let i: usize = from;
  for (; i < <usize>to; i++) {
    const register = load<u32>(registerColumn + (i << 2));
    if (
      register != current &&
      register < total &&
      i + RUN < <usize>to &&
      load<u32>(registerColumn + ((i + RUN) << 2)) == register
    ) {
      putBack(hot, newest, last, tail, flags);
      hot = 0;
      current = 0xffff_ffff;
      const end = takeRun(i, to, register, lateness, fixed);
      if (end > i) {
        i = end - 1;
        continue;
      }
    }
    const time = load<f64>(timeColumn + (i << 3));
    const value = load<i64>(mantissaColumn + (i << 3));
    if (
      register >= total ||
      !(time >= low && time < high) ||
      trunc(time) != time ||
      <u64>(value + LARGEST) > <u64>(LARGEST << 1)
    ) {
      refuse(register, time, value, before + <f64>i);
      continue;
    }
    const t = <i64>time;
    if (!fixed && !covers(t)) break;
    if (register != current) {
      putBack(hot, newest, last, tail, flags);
      prefetch(i, to);
      current = register;
      hot = hotOf(register);
      newest = load<i64>(hot);
      last = load<i64>(hot, 8);
      tail = load<u32>(hot, 20);
      stop = load<u32>(hot, 24);
      flags = load<u32>(hot, 28) | (HOT_DIRTY | HOT_USED);
    }
    let mark: u32 = 0;
    if (t > newest) {
      if (value < last) mark = HOT_ODD;
      newest = t;
      last = value;
    } else {
      if (lateness >= 0 && t < newest - lateness) {
        sayIssue(ISSUE_LATE, register, time, value, newest, before + <f64>i);
        continue;
      }
      if (t == newest && value == last) {
        repeated++;
        continue;
      }
      mark = HOT_DISORDER;
    }
    if (tail == stop) {
      store<i64>(hot, newest);
      store<u32>(hot, tail, 20);
      store<u32>(hot, flags, 28);
      makeRoom(register, hot, <u32>READING);
      flags = load<u32>(hot, 28);
      tail = load<u32>(hot, 20);
      stop = load<u32>(hot, 24);
    }
    flags |= mark; // not before: making room puts in order, and judges, what was there
    store<i64>(tail, t << TIME_SHIFT);
    store<i64>(tail, value, 8);
    tail += <u32>READING;
  }
  putBack(hot, newest, last, tail, flags);
  rows = before + <f64>i;
  return <u32>i;
}

/** Takes an exchange of meters: the old one's last and the new one's first value. 0 taken, −1 no boundary yet, 1 refused. */
export function exchange(register: u32, time: f64, last: i64, first: i64): i32 {
  if (
    register >= registers() ||
    !(time >= notBefore && time < notAfter) ||
    trunc(time) != time ||
    <u64>(last + LARGEST) > <u64>(LARGEST << 1) ||
    <u64>(first + LARGEST) > <u64>(LARGEST << 1) ||
    (load<u32>(hotOf(register), 28) & HOT_MOMENTARY) != 0
  ) {
    refuse(register, time, last, -1);
    return 1;
  }
  const t = <i64>time;
  if (!covers(t)) return -1;
  const hot = hotOf(register);
  const newest = load<i64>(hot);
  const lateness = latest();
  if (lateness >= 0 && t < newest - lateness) {
    sayIssue(ISSUE_LATE, register, time, last, newest, -1);
    return 1;
  }
  makeRoom(register, hot, <u32>(READING << 1));
  if (t >= newest) {
    store<i64>(hot, t);
    store<i64>(hot, first, 8);
  }
  const tail = load<u32>(hot, 20);
  store<i64>(tail, (t << TIME_SHIFT) | (KIND_CLOSE << KIND_SHIFT));
  store<i64>(tail, last, 8);
  store<i64>(tail, (t << TIME_SHIFT) | (KIND_OPEN << KIND_SHIFT), 16);
  store<i64>(tail, first, 24);
  store<u32>(hot, tail + <u32>(READING << 1), 20);
  const flags = load<u32>(hot, 28);
  store<u32>(hot, flags | HOT_DIRTY | HOT_USED | HOT_DISORDER | HOT_ODD, 28);
  return 0;
}
