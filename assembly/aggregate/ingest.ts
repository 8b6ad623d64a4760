// Takes readings in columns. A run of one register is taken as it stands; where meters take turns, rows wait until there are
// many, and are dealt out together.
import * as columns from './columns';
import { clearColumns, deal } from './deal';
import { gather, isGood, noteTime, waitFrom, waitTo } from './gather';
import { covers } from './grid';
import { handful } from './hands';
import { unpack } from './packed';
import {
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_PACKED,
  HOT_USED,
  KIND_CLOSE,
  KIND_OPEN,
  KIND_SHIFT,
  LARGEST,
  READING,
  TIME_SHIFT,
  hotOf,
  registers,
  widen,
} from './register';
import { ISSUE_LATE, refuse } from './row';
import { takeRun } from './run';
import { lateness, makeRoom } from './settle';
import { sayIssue } from './tables';

/** Room for `rows` rows of input; returns the index of the first. Rows that wait are dealt out if there is none. */
export function stage(rows: u32): u32 {
  if (!columns.hasRoom(rows)) clearColumns();
  if (waitFrom == waitTo) columns.empty();
  return columns.stage(rows);
}

/** Takes the rows [from, to) of the input columns. Stops at a row for whose time the grid has no boundary yet. */
export function ingest(from: u32, to: u32, fixed: bool): u32 {
  let tried: u32 = 0xffff_ffff; // register whose rows here are no run
  let i: usize = from;
  for (;;) {
    if (waitTo - waitFrom >= handful()) clearColumns();
    const stop = min<usize>(to, i + handful() - (waitTo - waitFrom));
    i = gather(i, stop, to, tried, fixed);
    if (i == <usize>to) break;
    if (i == stop) continue;
    deal();
    const register = load<u32>(columns.registerColumn + (i << 2));
    if (!fixed && isGood(i) && !covers(<i64>load<f64>(columns.timeColumn + (i << 3)))) break;
    const end = takeRun(i, to, register, lateness, fixed);
    if (end == i) tried = register;
    else noteTime(<f64>load<i64>(hotOf(register)));
    i = end;
  }
  return <u32>i;
}

/** Takes an exchange of meters: the old one's last and the new one's first value. 0 taken, −1 no boundary yet, 1 refused. */
export function exchange(register: u32, time: f64, last: i64, first: i64): i32 {
  if (
    register >= registers() ||
    !(time >= columns.notBefore && time < columns.notAfter) ||
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
    noteTime(time);
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
