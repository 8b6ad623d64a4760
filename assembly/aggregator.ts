// The aggregator's whole ABI. Readings go in by columns, what they mean comes out in tables; everything in between is in
// assembly/aggregate. No imports, no callbacks, no strings; bad input is a row of the table of issues, never a trap.
//
// Times are milliseconds since 1970-01-01T00:00:00Z, values are mantissas of the register's own power of ten.
//
// `figure(7)` points at four tables of twelve u32 each: rows, room, and the addresses of up to ten columns.
//   0 intervals  register u32 · start f64 · mantissa i64 · revision u32 · quality u8
//   1 momentary  register u32 · start f64 · mean, min i64 · minTime f64 · max i64 · maxTime f64 · revision u32 · quality u8
//   2 gaps       register u32 · start, end f64 · mantissa i64 · marks u8 (1 energy unknown, 2 by a fault, 4 still open)
//   3 issues     register u32 · time f64 · a, b i64 · row f64 · code u8
// quality: 0 measured, 1 interpolated, 2 missing, 3 missing because of a fault. Addresses change when tables grow.
import { setMaxGap } from './aggregate/counter';
import { newTable, setStep } from './aggregate/grid';
import * as columns from './aggregate/columns';
import { repeatsSeen } from './aggregate/inbox';
import * as input from './aggregate/ingest';
import { HOT_MOMENTARY, bytesOf, coldOf, dropAll, grow, hotOf } from './aggregate/register';
import { drainAll, setLateness } from './aggregate/settle';
import { loadRegister, saveRegister, stateBuffer } from './aggregate/state';
import * as tables from './aggregate/tables';

const VERSION: u32 = 1;
let fixed: bool = true;

/** Begins anew. `step` 0: boundaries come by `calendar`. `lateness` below 0: without bound. Readings are taken from
 *  `notBefore` on and before `notAfter`. */
export function configure(
  step: f64,
  maxGap: f64,
  lateness: f64,
  notBefore: f64,
  notAfter: f64,
): void {
  input.closeAll();
  dropAll();
  tables.clear();
  fixed = step != 0;
  setStep(<i64>step);
  setMaxGap(<i64>maxGap);
  setLateness(<i64>lateness);
  columns.setBounds(notBefore, notAfter);
}

/** Room for `count` boundaries (i64, ascending), the first of which has index `first`; returns where to write them. */
export function calendar(first: i32, count: i32): usize {
  return newTable(first, count);
}

/** Says what register is, before its first reading; all lower ones exist from then on too, cumulative and of unknown
 *  capacity. Capacity: 0 unknown (inferred), below 0: never rolls over. */
export function describe(register: u32, momentary: u32, capacity: i64): void {
  grow(register + 1);
  store<u32>(hotOf(register), momentary != 0 ? HOT_MOMENTARY : 0, 28);
  store<i64>(coldOf(register), capacity, 32);
}

/** Room for `rows` rows of input; returns the address of column 0 register u32, 1 time f64, 2 mantissa i64. */
export function column(which: i32, rows: u32): usize {
  columns.stage(rows);
  return columns.columnAt(which);
}

/** Takes rows [from, to) of the input; returns the first row not taken: its time needs a wider calendar. */
export function ingest(from: u32, to: u32): u32 {
  return input.ingest(from, to, fixed);
}

/** A meter was exchanged: 0 taken, 1 refused with an issue, −1 its time needs a wider calendar. */
export function exchange(register: u32, time: f64, last: i64, first: i64): i32 {
  return input.exchange(register, time, last, first);
}

/** Says everything that is new or different since the last drain. `last`: nothing comes any more, and all is forgotten. */
export function drain(last: u32): void {
  drainAll(last != 0);
}

/** The host has read the tables. */
export function clear(): void {
  tables.clear();
}

/** Address of the buffer for states, with room for `bytes`. */
export function buffer(bytes: usize): usize {
  return stateBuffer(bytes);
}

/** Writes the state of a register into the buffer; returns its length. */
export function save(register: u32): usize {
  return saveRegister(register);
}

/** Makes a register what `bytes` bytes of the buffer say, or adds their readings to its own; 0 bytes empty it. Returns 1
 *  done, 0 no sound state, 2 not possible: readings of both are final. */
export function restore(register: u32, bytes: usize): i32 {
  return loadRegister(register, bytes);
}

/**
 * 0 bytes in use · 1 of them for register tables · 2 for retained readings · 3 for open intervals · 4 rows taken · 5 repeats
 * left out · 6 version of this ABI and of saved states · 7 address of the descriptor · 8 address of 32 counters (u64) by
 * code, of issues for which the table had no room
 */
export function figure(which: u32): f64 {
  if (which == 4) return input.rowsTaken();
  if (which == 5) return repeatsSeen();
  if (which == 6) return VERSION;
  if (which == 7) return <f64>tables.descriptor;
  if (which == 8) return <f64>tables.untold;
  return <f64>bytesOf(which);
}
