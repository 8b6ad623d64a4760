// A register's state as bytes, for saving and restoring: hot part, cold part, retained readings in order, what was said.
// Pointers are written as lengths and boundaries as instants, so a state fits a module whose calendar begins elsewhere. A
// register is settled before it is written, so equal states give equal bytes.
import { boundary, boundaryAtOrBefore, covers } from './grid';
import { regrow } from './memory';
import {
  COLD,
  HOT_ANCHORED,
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_PACKED,
  HOT_USED,
  LARGEST,
  NEVER,
  READING,
  coldOf,
  forget,
  hotOf,
  timeOf,
  valueOf,
  widen,
} from './register';
import { COUNTER_ENTRY, MOMENTARY_ENTRY, adopt } from './issued';
import { ISSUE_LATE } from './ingest';
import { closeFront } from './inbox';
import { spread, unpack } from './packed';
import { settle } from './settle';
import { sayIssue } from './tables';

/** Bytes of the hot part that a state has: readings are wide there, so what they count from is no part of it. */
const HOT: usize = 32;

let buffer: usize = 0;
let room: usize = 0;

/** The buffer through which states go, with room for `bytes`. */
export function stateBuffer(bytes: usize): usize {
  if (bytes > room) {
    let wanted: usize = 4096;
    while (wanted < bytes) wanted <<= 1;
    buffer = regrow(buffer, room, 0, wanted);
    room = wanted;
  }
  return buffer;
}

function entrySize(hot: usize): u32 {
  return (load<u32>(hot, 28) & HOT_MOMENTARY) != 0 ? MOMENTARY_ENTRY : COUNTER_ENTRY;
}

/** Boundary indexes in the cold part: next interval, last boundary with a value, first interval said. */
function translate(cold: usize, momentary: bool, toTime: bool): bool {
  for (let field: usize = 0; field < 3; field++) {
    const at = cold + (field == 2 ? 56 : field << 3);
    // a register without final intervals has only the last of them, and that only where something was said
    const meant = field == 2 ? load<u32>(cold, 44) != 0 : load<u32>(cold, 52) != 0;
    // momentary quantities have no boundary B; of a counter it stands only where it has a value
    if (!meant || (field == 1 && (momentary || (load<u32>(cold, 52) & 2) == 0))) {
      store<i64>(at, 0);
      continue;
    }
    const value = load<i64>(at);
    if (toTime) store<i64>(at, boundary(value));
    else if (!covers(value)) return false;
    else store<i64>(at, boundaryAtOrBefore(value));
  }
  return true;
}

/** The readings stand in order of time, on the grid, with values in range. */
function sound(from: usize, to: usize): bool {
  let before = i64.MIN_VALUE;
  for (let p = from; p < to; p += READING) {
    const t = timeOf(p);
    if (t < before || !covers(t)) return false;
    if (<u64>(valueOf(p) + LARGEST) > <u64>(LARGEST << 1)) return false;
    before = t;
  }
  return true;
}

/** Writes the state of a register into the buffer; returns its length in bytes. */
export function saveRegister(register: u32): usize {
  const hot = hotOf(register);
  const cold = coldOf(register);
  closeFront(register, hot);
  if (load<u32>(hot, 16) != load<u32>(hot, 20)) settle(register, hot);
  const packed = (load<u32>(hot, 28) & HOT_PACKED) != 0;
  const readings = (<usize>(load<u32>(hot, 20) - load<u32>(hot, 16))) << (packed ? 1 : 0);
  const said = <usize>(load<u32>(cold, 44) * entrySize(hot));
  const to = stateBuffer(HOT + COLD + readings + said);
  memory.copy(to, hot, HOT);
  memory.copy(to + HOT, cold, COLD);
  store<u32>(to, 0, 16);
  store<u32>(to, <u32>readings, 20);
  store<u32>(to, 0, 24);
  store<u32>(to, load<u32>(hot, 28) & ~HOT_PACKED, 28);
  store<u32>(to + HOT, 0, 40);
  store<u32>(to + HOT, 0, 48);
  translate(to + HOT, (load<u32>(hot, 28) & HOT_MOMENTARY) != 0, true);
  if (packed) spread(hot, load<u32>(hot, 16), load<u32>(hot, 20), to + HOT + COLD);
  else memory.copy(to + HOT + COLD, load<u32>(hot, 16), readings);
  memory.copy(to + HOT + COLD + readings, load<u32>(cold, 40), said);
  return HOT + COLD + readings + said;
}

/** What a register's state is, told by its length: the parts fit together, and everything is in range. */
function check(bytes: usize): bool {
  if (bytes < HOT + COLD || bytes > room) return false;
  const readings = <usize>load<u32>(buffer, 20);
  const entries = load<u32>(buffer + HOT, 44);
  if (readings % READING != 0 || readings > bytes || entries > <u32>bytes) return false;
  if (HOT + COLD + readings + <usize>(entries * entrySize(buffer)) != bytes) return false;
  const from = buffer + HOT + COLD;
  const momentary = (load<u32>(buffer, 28) & HOT_MOMENTARY) != 0;
  if (readings == 0 && (load<u32>(buffer, 28) & HOT_ANCHORED) != 0) return false;
  return sound(from, from + readings) && translate(buffer + HOT, momentary, false);
}

/** Readings of the buffer, marks included, come to those that a register has. */
function append(register: u32, hot: usize): void {
  const readings = load<u32>(buffer, 20);
  if (readings == 0) return;
  closeFront(register, hot);
  if ((load<u32>(hot, 28) & HOT_PACKED) != 0) unpack(hot);
  const newest = load<i64>(hot);
  const anchored = (load<u32>(hot, 28) & HOT_ANCHORED) != 0;
  const since = anchored ? timeOf(load<u32>(hot, 16)) : NEVER;
  widen(hot, load<u32>(hot, 20) - load<u32>(hot, 16) + readings);
  let tail = load<u32>(hot, 20);
  const from = buffer + HOT + COLD;
  for (let p = from; p < from + readings; p += READING) {
    if (anchored && timeOf(p) <= since) {
      sayIssue(ISSUE_LATE, register, <f64>timeOf(p), valueOf(p), newest, -1);
      continue;
    }
    store<i64>(tail, load<i64>(p));
    store<i64>(tail, valueOf(p), 8);
    tail += <u32>READING;
  }
  store<u32>(hot, tail, 20);
  store<i64>(hot, max(newest, load<i64>(buffer)));
  const flags = load<u32>(hot, 28) | (load<u32>(buffer, 28) & HOT_ODD);
  store<u32>(hot, flags | HOT_USED | HOT_DIRTY | HOT_DISORDER, 28);
}

export const RESTORE_UNSOUND: i32 = 0;
export const RESTORE_DONE: i32 = 1;
/** The buffer's readings are not all there are of that register: some are final, and so are some of ours. */
export const RESTORE_FINAL: i32 = 2;

/**
 * Makes a register what the buffer's `bytes` say; 0 bytes make it empty. A register that has readings gets the buffer's
 * beside its own, if those are all that the other ever had.
 */
export function loadRegister(register: u32, bytes: usize): i32 {
  if (bytes == 0) {
    forget(register);
    return RESTORE_DONE;
  }
  if (!check(bytes)) return RESTORE_UNSOUND;
  const hot = hotOf(register);
  const cold = coldOf(register);
  if ((load<u32>(hot, 28) & HOT_USED) != 0) {
    if ((load<u32>(buffer, 28) & HOT_ANCHORED) != 0) return RESTORE_FINAL;
    append(register, hot);
    adopt(
      register,
      entrySize(buffer),
      buffer + HOT + COLD + <usize>load<u32>(buffer, 20),
      load<u32>(buffer + HOT, 44),
      load<i64>(buffer + HOT, 56),
    );
    return RESTORE_DONE;
  }
  forget(register);
  const readings = <usize>load<u32>(buffer, 20);
  const said = <usize>(load<u32>(buffer + HOT, 44) * entrySize(buffer));
  if (readings > 0) widen(hot, <u32>readings);
  const base = load<u32>(hot, 16);
  const end = load<u32>(hot, 24);
  memory.copy(hot, buffer, HOT);
  store<u32>(hot, base, 16);
  store<u32>(hot, base + <u32>readings, 20);
  store<u32>(hot, end, 24);
  memory.copy(base, buffer + HOT + COLD, readings);
  memory.copy(cold, buffer + HOT, COLD);
  store<u32>(cold, said == 0 ? 0 : <u32>regrow(0, 0, 0, said), 40);
  store<u32>(cold, <u32>said, 48);
  memory.copy(load<u32>(cold, 40), buffer + HOT + COLD + readings, said);
  return RESTORE_DONE;
}
