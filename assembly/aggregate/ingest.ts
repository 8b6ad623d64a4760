// Takes readings in columns: checks each row, appends it to its register. What is plain takes a short way, a run of one
// register a shorter one.
import { mantissaColumn, notAfter, notBefore, registerColumn, timeColumn } from './columns';
import { ONES, integerOf, isWhole } from './exact';
import { coverFrom, coverTo, covers } from './grid';
import { closeFront, countRepeat, moveInbox, openFront } from './inbox';
import { countFrom, fits, pack, packable, packedTime, unpack } from './packed';
import {
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_PACKED,
  HOT_USED,
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
  inboxOf,
  registers,
  waitingOf,
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

/** Rows that are looked at together. */
const BLOCK: usize = 32;
/** Inboxes that are emptied together, at most. */
const FULL: usize = 128;
const full: usize = memory.data(516); // registers, u32
let fullCount: usize = 0;

/** No register with an open front has a newer reading. */
let newestOfOpen: f64 = -Infinity;

let touched: u32 = 0; // keeps the compiler from leaving out loads that only ask for memory
let rows: f64 = 0; // taken so far

export function rowsTaken(): f64 {
  return rows;
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
      countRepeat();
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
  open(register, hot);
  return true;
}

/**
 * The rows [i, i + BLOCK) look as nearly all do: registers that exist and none that begins a run, whole times, and none
 * that could be too late for any register with an open front.
 */
function isPlainBlock(i: usize): bool {
  const total = registers();
  const register = registerColumn + (i << 2);
  const time = timeColumn + (i << 3);
  let earliest: f64;
  let latestOfThem: f64;
  if (ASC_FEATURE_SIMD) {
    const limit = i32x4.splat(total);
    const ones = f64x2.splat(ONES);
    let known = i32x4.splat(-1);
    let runs = i32x4.splat(0);
    let whole = known;
    let low = v128.load(time);
    let high = low;
    for (let p: usize = 0; p < BLOCK << 2; p += 16) {
      const four = v128.load(register + p);
      known = v128.and(known, i32x4.lt_u(four, limit));
      runs = v128.or(runs, i32x4.eq(four, v128.load(register + p, RUN * 4)));
      const a = v128.load(time + (p << 1));
      const b = v128.load(time + (p << 1), 16);
      whole = v128.and(
        whole,
        v128.and(
          f64x2.eq(f64x2.sub(f64x2.add(a, ones), ones), a),
          f64x2.eq(f64x2.sub(f64x2.add(b, ones), ones), b),
        ),
      );
      low = f64x2.pmin(low, f64x2.pmin(a, b));
      high = f64x2.pmax(high, f64x2.pmax(a, b));
    }
    if (!i32x4.all_true(v128.andnot(v128.and(known, whole), runs))) return false;
    earliest = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
    latestOfThem = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  } else {
    earliest = latestOfThem = load<f64>(time);
    for (let p: usize = 0; p < BLOCK; p++) {
      const which = load<u32>(register + (p << 2));
      const t = load<f64>(time + (p << 3));
      if (which >= total || which == load<u32>(register + (p << 2), RUN * 4) || !isWhole(t))
        return false;
      earliest = select(t, earliest, t < earliest);
      latestOfThem = select(t, latestOfThem, t > latestOfThem);
    }
  }
  newestOfOpen = max(newestOfOpen, latestOfThem);
  return earliest >= newestOfOpen - <f64>latest();
}

/**
 * Puts the rows [i, to) into their registers' inboxes, as long as they can be packed and there is room; returns past them.
 * None of them is too late, so that none is at its register's epoch, and no packed reading is 0.
 */
function fillInboxes(i: usize, to: usize): usize {
  const fronts = frontOf(0);
  const waitings = waitingOf(0);
  const inboxes = inboxOf(0);
  const values = mantissaColumn - timeColumn; // from a row's time to its value
  const stop = registerColumn + (to << 2);
  const start = registerColumn + (i << 2);
  let time = timeColumn + (i << 3);
  let row = start;
  let counts: u32 = 0;
  for (; row < stop; row += 4, time += 8) {
    const register = <usize>load<u32>(row);
    const front = fronts + (register << 4);
    const waiting = <u32>load<u8>(waitings + register);
    const since = reinterpret<i64>(load<f64>(time) + ONES) - load<i64>(front);
    const above = load<i64>(time + values) - load<i64>(front, 8);
    if (<u64>(since | above) >> 32 != 0 || waiting >= INBOX_ROOM) break;
    store<u64>(inboxes + (register << 6) + ((<usize>waiting) << 3), (since << 32) | above);
    store<u8>(waitings + register, <u8>(waiting + 1));
    counts |= waiting + 1;
  }
  if ((counts & INBOX_ROOM) != 0) noteFull(start, row);
  return (row - registerColumn) >> 2;
}

/** Notes which of the rows whose registers stand at [row, stop) filled an inbox. */
function noteFull(row: usize, stop: usize): void {
  let list = full + (fullCount << 2);
  for (; row < stop; row += 4) {
    const register = load<u32>(row);
    // without a branch, as it could not be foreseen
    store<u32>(list, register);
    list += <u32>load<u8>(waitingOf(register)) == INBOX_ROOM ? 4 : 0;
  }
  fullCount = (list - full) >> 2;
}

/** Row `i` is too late for its register, whose front is open. */
function isLate(i: usize, register: u32): bool {
  const hot = hotOf(register);
  let newest = load<i64>(hot);
  const inbox = inboxOf(register);
  const end = inbox + ((<usize>load<u8>(waitingOf(register))) << 3);
  for (let p = inbox; p < end; p += PACKED) newest = max(newest, packedTime(hot, p));
  return integerOf(load<f64>(timeColumn + (i << 3))) < newest - latest();
}

/** Empties full inboxes: first asks for all that this will touch, so that the cache brings it at the same time. */
function emptyFull(): void {
  let all: u32 = 0;
  const end = full + (fullCount << 2);
  for (let p = full; p < end; p += 4) all |= load<u32>(hotOf(load<u32>(p)), 20);
  for (let p = full; p < end; p += 4) all |= load<u32>(load<u32>(hotOf(load<u32>(p)), 20));
  touched |= all;
  fullCount = 0;
  for (let p = full; p < end; p += 4) {
    const register = load<u32>(p);
    if (load<u8>(waitingOf(register)) != <u8>INBOX_ROOM || moveInbox(register)) continue;
    const hot = hotOf(register);
    closeFront(register, hot);
    makeRoom(register, hot, <u32>READING);
    open(register, hot);
  }
}

/** Opens a register's front, if all that fits there is taken. */
function open(register: u32, hot: usize): void {
  if (!allTaken(load<i64>(hot, 32))) return;
  openFront(register, hot);
  newestOfOpen = max(newestOfOpen, <f64>load<i64>(hot));
}

/** No front is open. */
export function closeAll(): void {
  const total = registers();
  for (let register: u32 = 0; register < total; register++) closeFront(register, hotOf(register));
  fullCount = 0;
  newestOfOpen = -Infinity;
}

/**
 * Takes rows [i, to) as long as each goes to an open front, can be packed and is not too late, and none begins a run of a
 * register other than `tried`. Returns the first one not taken.
 */
function takeOpen(i: usize, to: usize, tried: u32): usize {
  const total = registers();
  while (i < to) {
    if (fullCount > FULL - BLOCK) emptyFull();
    const stop = min(i + BLOCK, to);
    if (stop == i + BLOCK && isPlainBlock(i)) {
      i = fillInboxes(i, stop);
    } else
      for (; i < stop; i++) {
        const register = load<u32>(registerColumn + (i << 2));
        if (register >= total || <u32>load<u8>(waitingOf(register)) >= INBOX_ROOM) break;
        if (
          i + RUN < to &&
          load<u32>(registerColumn + (i << 2), RUN * 4) == register &&
          register != tried
        )
          return i;
        const t = load<f64>(timeColumn + (i << 3));
        if (!isWhole(t) || isLate(i, register) || fillInboxes(i, i + 1) == i) break;
        newestOfOpen = max(newestOfOpen, t);
      }
    if (i == stop) continue;
    const register = load<u32>(registerColumn + (i << 2));
    if (register >= total || <u32>load<u8>(waitingOf(register)) != INBOX_ROOM) return i;
    emptyFull();
  }
  return i;
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
