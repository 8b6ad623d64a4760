// The columns that readings come in, and the times that are taken.
import { give, take } from './memory';

/** Rows that the columns hold: few, as long as never more came together. */
const SMALL: u32 = 256;
const ROOM: u32 = 65_536;

let room: u32 = 0;
let staged: u32 = 0; // rows that were put there, or will be
let before: f64 = 0; // number of row 0, of all rows that ever came
export let registerColumn: usize = 0;
export let timeColumn: usize = 0;
export let mantissaColumn: usize = 0;
export let notBefore: f64 = 0;
export let notAfter: f64 = 0;

export function setBounds(from: f64, to: f64): void {
  notBefore = from;
  notAfter = to;
}

/** There is room for `more` rows behind those that are there. */
export function hasRoom(more: u32): bool {
  return staged + more <= room;
}

/** The columns are empty: the next row comes first. */
export function empty(): void {
  before += <f64>staged;
  staged = 0;
}

/** Room for `more` rows in the three input columns, which are empty where there is none; returns the first of them. */
export function stage(more: u32): u32 {
  if (more > room) {
    give(registerColumn, room << 2);
    give(timeColumn, room << 3);
    give(mantissaColumn, room << 3);
    room = more > SMALL ? ROOM : SMALL;
    registerColumn = take(room << 2);
    timeColumn = take(room << 3);
    mantissaColumn = take(room << 3);
  }
  const at = staged;
  staged += more;
  return at;
}

/** Number of row `i`, of all that ever came. */
export function rowNumber(i: usize): f64 {
  return before + <f64>i;
}

/** Rows that came so far. */
export function rowsTaken(): f64 {
  return before + <f64>staged;
}

export function columnAt(which: i32): usize {
  return which == 0 ? registerColumn : which == 1 ? timeColumn : mantissaColumn;
}
