// The tables that the host reads: columns in memory, grown by doubling, emptied by `clear`. The host finds the columns
// through the descriptor, and looks there again after every call, as tables move when they grow.
import { regrow } from './memory';

export const INTERVALS: i32 = 0;
export const MOMENTARY: i32 = 1;
export const GAPS: i32 = 2;
export const ISSUES: i32 = 3;
const TABLES: i32 = 4;
const COLUMNS: i32 = 10;

// per table: rows, room, then pointers of up to ten columns
const STRIDE: i32 = 48;
export const descriptor: usize = memory.data(192);

// bytes of each column, COLUMNS a table; 0 ends
const widths: usize = memory.data<u8>([
  4,
  8,
  8,
  4,
  1,
  0,
  0,
  0,
  0,
  0, // register, start, mantissa, revision, quality
  4,
  8,
  8,
  8,
  8,
  8,
  8,
  4,
  1,
  0, // register, start, mean, min, minTime, max, maxTime, revision, quality
  4,
  8,
  8,
  8,
  1,
  0,
  0,
  0,
  0,
  0, // register, start, end, mantissa, marks
  4,
  8,
  8,
  8,
  8,
  1,
  0,
  0,
  0,
  0, // register, time, a, b, row, code
]);

/** At most so many issues wait; the rest are only counted, by code, in `untold`. */
const ISSUE_ROOM: i32 = 65_536;
export const untold: usize = memory.data(256); // 32 codes, u64

/** Makes the columns of `table`, of which `rows` rows are written, hold `wanted` rows. */
function widen(table: i32, rows: i32, wanted: i32): void {
  const entry = descriptor + <usize>(table * STRIDE);
  const room = load<i32>(entry, 4);
  let bigger = room == 0 ? 1024 : room;
  while (bigger < wanted) bigger <<= 1;
  for (let column = 0; column < COLUMNS; column++) {
    const width = <i32>load<u8>(widths + <usize>(table * COLUMNS + column));
    if (width == 0) break;
    const at = entry + 8 + <usize>(column << 2);
    store<u32>(at, <u32>regrow(load<u32>(at), room * width, rows * width, bigger * width));
  }
  store<i32>(entry, bigger, 4);
}

/** Index of a new row of `table`. */
function row(table: i32): i32 {
  const entry = descriptor + <usize>(table * STRIDE);
  const rows = load<i32>(entry);
  if (rows == load<i32>(entry, 4)) widen(table, rows, rows + 1);
  store<i32>(entry, rows + 1);
  return rows;
}

/** Empties every table; the room stays. */
export function clear(): void {
  for (let table = 0; table < TABLES; table++) store<i32>(descriptor + <usize>(table * STRIDE), 0);
  memory.fill(untold, 0, 256);
  rows = 0;
}

// The table of intervals is written most, so its columns are kept at hand.
let rows: usize = 0;
let room: usize = 0;
let registers: usize = 0;
let starts: usize = 0;
let mantissas: usize = 0;
let revisions: usize = 0;
let qualities: usize = 0;

/** Makes room for `more` intervals: until so many are said, the columns stay where they are. */
export function reserveIntervals(more: usize): void {
  if (room - rows >= more) return;
  widen(INTERVALS, <i32>rows, <i32>(rows + more));
  room = load<u32>(descriptor, 4);
  registers = load<u32>(descriptor, 8);
  starts = load<u32>(descriptor, 12);
  mantissas = load<u32>(descriptor, 16);
  revisions = load<u32>(descriptor, 20);
  qualities = load<u32>(descriptor, 24);
}

/** Rows of the table of intervals, for who writes its columns; `setIntervals` ends that. */
export function intervalRows(): usize {
  return rows;
}

export function setIntervals(count: usize): void {
  rows = count;
  store<u32>(descriptor, <u32>count);
}

/** Address of a column of intervals: 0 register, 1 start, 2 mantissa, 3 revision, 4 quality. */
export function intervalColumn(which: i32): usize {
  return load<u32>(descriptor + 8 + ((<usize>which) << 2));
}

export function sayInterval(
  register: u32,
  start: i64,
  mantissa: i64,
  revision: u32,
  quality: u32,
): void {
  if (rows == room) reserveIntervals(1);
  const at = rows;
  store<u32>(registers + (at << 2), register);
  store<f64>(starts + (at << 3), <f64>start);
  store<i64>(mantissas + (at << 3), mantissa);
  store<u32>(revisions + (at << 2), revision);
  store<u8>(qualities + at, <u8>quality);
  rows = at + 1;
  store<u32>(descriptor, <u32>rows);
}

export function sayMomentary(
  register: u32,
  start: i64,
  figures: usize,
  revision: u32,
  quality: u32,
): void {
  const at = <usize>row(MOMENTARY);
  const entry = descriptor + <usize>(MOMENTARY * STRIDE);
  store<u32>(<usize>load<u32>(entry, 8) + (at << 2), register);
  store<f64>(<usize>load<u32>(entry, 12) + (at << 3), <f64>start);
  store<i64>(<usize>load<u32>(entry, 16) + (at << 3), load<i64>(figures));
  store<i64>(<usize>load<u32>(entry, 20) + (at << 3), load<i64>(figures, 8));
  store<f64>(<usize>load<u32>(entry, 24) + (at << 3), <f64>load<i64>(figures, 16));
  store<i64>(<usize>load<u32>(entry, 28) + (at << 3), load<i64>(figures, 24));
  store<f64>(<usize>load<u32>(entry, 32) + (at << 3), <f64>load<i64>(figures, 32));
  store<u32>(<usize>load<u32>(entry, 36) + (at << 2), revision);
  store<u8>(<usize>load<u32>(entry, 40) + at, quality);
}

export function sayGap(register: u32, start: i64, end: i64, mantissa: i64, marks: u32): void {
  const at = <usize>row(GAPS);
  const entry = descriptor + <usize>(GAPS * STRIDE);
  store<u32>(<usize>load<u32>(entry, 8) + (at << 2), register);
  store<f64>(<usize>load<u32>(entry, 12) + (at << 3), <f64>start);
  store<f64>(<usize>load<u32>(entry, 16) + (at << 3), <f64>end);
  store<i64>(<usize>load<u32>(entry, 20) + (at << 3), mantissa);
  store<u8>(<usize>load<u32>(entry, 24) + at, marks);
}

export function sayIssue(code: u32, register: u32, time: f64, a: i64, b: i64, line: f64): void {
  const entry = descriptor + <usize>(ISSUES * STRIDE);
  if (load<i32>(entry) >= ISSUE_ROOM) {
    const at = untold + ((<usize>code) << 3);
    store<u64>(at, load<u64>(at) + 1);
    return;
  }
  const at = <usize>row(ISSUES);
  store<u32>(<usize>load<u32>(entry, 8) + (at << 2), register);
  store<f64>(<usize>load<u32>(entry, 12) + (at << 3), time);
  store<i64>(<usize>load<u32>(entry, 16) + (at << 3), a);
  store<i64>(<usize>load<u32>(entry, 20) + (at << 3), b);
  store<f64>(<usize>load<u32>(entry, 24) + (at << 3), line);
  store<u8>(<usize>load<u32>(entry, 28) + at, code);
}
