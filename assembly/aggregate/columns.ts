// The columns that readings come in, and the times that are taken.
import { give, take } from './memory';

let room: u32 = 0;
export let registerColumn: usize = 0;
export let timeColumn: usize = 0;
export let mantissaColumn: usize = 0;
export let notBefore: f64 = 0;
export let notAfter: f64 = 0;

export function setBounds(from: f64, to: f64): void {
  notBefore = from;
  notAfter = to;
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
