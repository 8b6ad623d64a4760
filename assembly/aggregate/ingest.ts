// Takes readings in columns: checks each row, appends it to its register. What is plain takes a short way, a run of one
// register a shorter one.
import { mantissaColumn, notAfter, notBefore, registerColumn, timeColumn } from './columns';
import { integerOf, isWhole } from './exact';
import { coverFrom, coverTo, covers } from './grid';
import { closeFront, countFrom, fits, openFront, pack, packable, unpack } from './packed';
import {
  FRONT,
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_PACKED,
  HOT_USED,
  INBOX,
  INBOX_ROOM,
  KIND_CLOSE,
  KIND_OPEN,
  KIND_SHIFT,
  LARGEST,
  PACKED,
  READING,
  TIME_SHIFT,
  frontOf,
  hotOf,
  registers,
  widen,
} from './register';
import { RUN, takeRun } from './run';
import { latest, makeRoom, settle } from './settle';
import { sayIssue } from './tables';

export const ISSUE_REGISTER: u32 = 8;
export const ISSUE_TIME: u32 = 9;
export const ISSUE_RANGE: u32 = 10;
export const ISSUE_VALUE: u32 = 11;
export const ISSUE_LATE: u32 = 12;

/** Rows that are asked for at once. */
const AHEAD: usize = 48;

let touched: u32 = 0; // keeps the compiler from leaving `prefetch` out
let rows: f64 = 0; // taken so far
let repeated: f64 = 0;

export function rowsTaken(): f64 {
  return rows;
}

export function repeatsSeen(): f64 {
  return repeated;
}

function refuse(register: u32, time: f64, value: i64, row: f64): void {
  let code = ISSUE_RANGE;
  if (register >= registers()) code = ISSUE_REGISTER;
  else if (!(trunc(time) == time && abs(time) < Infinity)) code = ISSUE_TIME;
  else if (time >= notBefore && time < notAfter) code = ISSUE_VALUE;
  sayIssue(code, register, time, value, 0, row);
}

/** Every time that a packed register reaches which counts from `epoch` is one that is taken, and has boundaries. */
function allTaken(epoch: i64): bool {
  const end = epoch + (1 << 32);
  if (epoch < coverFrom() || end > coverTo()) return false;
  return <f64>epoch >= notBefore && <f64>end <= notAfter;
}

/** Takes row `i`, whatever it is; false where its time needs a wider calendar. `row` is its number for who asks. */
function takeRow(i: usize, row: f64): bool {
  const register = load<u32>(registerColumn + (i << 2));
  const time = load<f64>(timeColumn + (i << 3));
  const value = load<i64>(mantissaColumn + (i << 3));
  if (
    register >= registers() ||
    !(time >= notBefore && time < notAfter) ||
    trunc(time) != time ||
    <u64>(value + LARGEST) > <u64>(LARGEST << 1)
  ) {
    refuse(register, time, value, row);
    return true;
  }
  const t = <i64>time;
  if (!covers(t)) return false;
  const hot = hotOf(register);
  closeFront(register, hot);
  const newest = load<i64>(hot);
  const last = load<i64>(hot, 8);
  const lateness = latest();
  let mark: u32 = 0;
  if (t > newest) {
    if (value < last) mark = HOT_ODD;
  } else {
    if (lateness >= 0 && t < newest - lateness) {
      sayIssue(ISSUE_LATE, register, time, value, newest, row);
      return true;
    }
    if (t == newest && value == last) {
      repeated++;
      return true;
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
  if (allTaken(load<i64>(hot, 32))) openFront(register, hot);
  return true;
}

/**
 * Asks for what the rows whose registers stand at [row, to) will touch, so that the cache has it by then: a loop of nothing
 * but loads keeps more of them under way at once than the loop that uses them.
 */
function prefetch(row: usize, to: usize): void {
  const last = max<u32>(registers(), 1) - 1;
  const fronts = frontOf(0);
  let all: u32 = 0;
  for (; row < to; row += 4) all |= load<u32>(fronts + <usize>min(load<u32>(row), last) * FRONT);
  touched |= all;
}

/**
 * Takes rows [i, to) as long as each goes to an open front and is plain, or late, and none begins a run of a register other
 * than `tried`. Returns the first one not taken.
 */
function takeOpen(i: usize, to: usize, tried: u32): usize {
  const total = registers();
  const lateness = latest();
  const fronts = frontOf(0);
  const values = mantissaColumn - timeColumn; // from a row's time to its value
  const stop = registerColumn + (to << 2);
  const lastRun = stop - min(to, RUN) * 4;
  let time = timeColumn + (i << 3);
  let row = registerColumn + (i << 2);
  let asked = row;
  for (; row < stop; row += 4) {
    if (row >= asked) {
      asked = min(row + AHEAD * 4, stop);
      prefetch(row, asked);
    }
    const register = load<u32>(row);
    if (register >= total) break;
    if (load<u32>(row, RUN * 4) == register && row < lastRun && register != tried) break;
    const front = fronts + <usize>register * FRONT;
    const control = load<u32>(front, 28);
    const waiting = (control >> 16) & 0xff;
    const t = load<f64>(time);
    if (waiting >= INBOX_ROOM || !isWhole(t)) break;
    const since = integerOf(t) - load<i64>(front);
    const above = load<i64>(time + values) - load<i64>(front, 8);
    const top = load<u64>(front, 16);
    const newest = <i64>(top >> 32);
    if (<u64>(since | above) >> 32 != 0 || since == newest || since < newest - lateness) break;
    const reading = ((<u64>since) << 32) | <u64>above;
    const later = reading > top;
    // a branch here could not be foreseen
    const mark =
      select<u32>(select<u32>(HOT_ODD, 0, <u32>reading < <u32>top), HOT_DISORDER, later) |
      HOT_DIRTY;
    store<u64>(front, select(reading, top, later), 16);
    store<u64>(front + ((<usize>waiting) << 3), reading, INBOX);
    store<u32>(front, (control + 0x1_0000) | (mark << 24), 28);
    if (waiting == INBOX_ROOM - 1) moveInbox(front);
    time += 8;
  }
  return (row - registerColumn) >> 2;
}

/** Takes the rows [from, to) of the input columns. Stops at a row for whose time the grid has no boundary yet. */
export function ingest(from: u32, to: u32, fixed: bool): u32 {
  const lateness = latest();
  const before = rows - <f64>from; // rows taken before row 0 of this chunk
  let tried: u32 = 0xffff_ffff; // register whose rows here are no run
  let i: usize = from;
  while (i < <usize>to) {
    i = takeOpen(i, to, tried);
    if (i == <usize>to) break;
    const register = load<u32>(registerColumn + (i << 2));
    if (
      register != tried &&
      register < registers() &&
      i + RUN < <usize>to &&
      load<u32>(registerColumn + ((i + RUN) << 2)) == register
    ) {
      const end = takeRun(i, to, register, lateness, fixed);
      if (end == i) tried = register;
      i = end;
      continue;
    }
    if (!takeRow(i, before + <f64>i)) break;
    i++;
  }
  rows = before + <f64>i;
  return <u32>i;
}

/** Puts a full inbox behind the readings of the block, where that has room; where not, it stays until the next row. */
function moveInbox(front: usize): void {
  const lines = <u32>load<u16>(front, 28);
  if (lines == 0) return;
  const tail = <usize>load<u32>(front, 24);
  const inbox = front + INBOX;
  if (ASC_FEATURE_SIMD)
    for (let p: usize = 0; p < INBOX_ROOM << 3; p += 16) v128.store(tail + p, v128.load(inbox + p));
  else
    for (let p: usize = 0; p < INBOX_ROOM << 3; p += PACKED)
      store<u64>(tail + p, load<u64>(inbox + p));
  store<u32>(front, <u32>tail + (INBOX_ROOM << 3), 24);
  store<u16>(front, <u16>(lines - 1), 28);
  store<u8>(front, 0, 30);
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
  closeFront(register, hot);
  const newest = load<i64>(hot);
  const lateness = latest();
  if (lateness >= 0 && t < newest - lateness) {
    sayIssue(ISSUE_LATE, register, time, last, newest, -1);
    return 1;
  }
  makeRoom(register, hot, <u32>(READING << 1));
  if ((load<u32>(hot, 28) & HOT_PACKED) != 0) {
    unpack(hot);
    widen(hot, load<u32>(hot, 20) - load<u32>(hot, 16) + <u32>(READING << 1));
  }
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
