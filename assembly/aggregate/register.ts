// What is kept for each register, and how a retained reading is written down.
//
// hot, 64 bytes                                          cold, 128 bytes: where the counting stands
//   0  newest   i64  newest instant seen                   0  E        i64  next interval to be said
//   8  last     i64  value of the newest reading           8  B        i64  last boundary that has a value
//  16  base     u32  first retained reading               16  acc      i64  energy since B, exact (momentary: low half)
//  20  tail     u32  past the last retained reading       24  first    i64  instant of the first reading of all
//  24  end      u32  past the room for readings           32  capacity i64  first value past the highest; 0 unknown
//  28  flags    u32  HOT_ flags                           40  issued   u32  block of what was said of open intervals
//  32  epoch    i64  packed: what its times count from    44  said     u32  number of them
//  40  floor    i64  packed: what its values count from   48  room     u32  bytes of that block
//  48  top      u64  packed: the newest reading           52  state    u32  STATE_ flags
//  56  early    u32  room not used before the first time  56  from     i64  interval of the first of them
//                    that the block is full               64  gapEnd   i64  end of the open gap said last
//                                                         72  gapAcc   i64  its energy
// a retained reading, wide, 16 bytes                      80  high     i64  momentary: high half of the integral
//   0  key      i64  instant << 12 | kind << 10 | marks   88  marks    i64  its marks (momentary: minimum)
//   8  value    i64  mantissa                             96  minT, 104 max, 112 maxT   momentary
// packed, 8 bytes: HOT_PACKED, all of them plain
//   0  value    u32  mantissa − floor
//   4  time     u32  instant − epoch
//
// In both the instant stands highest, so they sort by time; of wide ones at one instant: reading, close, open.
//
// Fronts and inboxes, which arriving readings of packed registers go through, are told of in inbox.ts.
import { LINE, bytesHeld, give, regrow, sizeFor } from './memory';

export const HOT: usize = 64;
export const FRONT: usize = 16;
/** Readings that an inbox holds. */
export const INBOX_ROOM: u32 = 8;
export const FRONT_CLOSED: u32 = 255;
export const COLD: usize = 128;
export const READING: usize = 16;
export const PACKED: usize = 8;

export const HOT_USED: u32 = 1;
/** Retained readings may be out of order or hold the same instant twice. */
export const HOT_DISORDER: u32 = 2;
/** Something among the retained readings is not plain: a fall, a conflict, an exchange. */
export const HOT_ODD: u32 = 4;
/** Something came since the last drain. */
export const HOT_DIRTY: u32 = 8;
/** The first retained reading is accepted for good, and the cold part says what is known up to it. */
export const HOT_ANCHORED: u32 = 16;
export const HOT_MOMENTARY: u32 = 32;
/** Retained readings are packed: eight bytes each, none of them marked. */
export const HOT_PACKED: u32 = 64;

export const KIND_READING: i64 = 0;
export const KIND_CLOSE: i64 = 1;
export const KIND_OPEN: i64 = 2;
export const KIND_SHIFT: i64 = 10;
export const TIME_SHIFT: i64 = 12;

/** Two different values for one instant: neither is used. */
export const MARK_CONFLICT: i64 = 1;
export const CLASS_MASK: i64 = 14;
export const CLASS_ROLL: i64 = 2;
export const CLASS_BREAK: i64 = 4;
export const CLASS_ASIDE: i64 = 6;
/** Kind and marks that make a reading count otherwise than a plain one. */
export const NOT_PLAIN: i64 = 15 | (3 << KIND_SHIFT);
export const TOLD_CONFLICT: i64 = 16;
export const TOLD_ROLL: i64 = 32;
export const TOLD_BREAK: i64 = 64;
export const TOLD_ASIDE: i64 = 128;
export const TOLD_EXCHANGE: i64 = 256;

/** Mantissas have at most eighteen digits, so that no difference or sum of two overflows. */
export const LARGEST: i64 = 1_000_000_000_000_000_000;

/** Far below every instant, and far enough above the lowest i64 to subtract from. */
export const NEVER: i64 = -0x2000_0000_0000_0000;

const FIRST_ROOM: u32 = 128; // bytes: sixteen packed readings
/** Blocks from so many bytes on are not all full at once. */
const STAGGERED: u32 = 1024;

let hotTable: usize = 0;
let coldTable: usize = 0;
let frontTable: usize = 0;
let waitingTable: usize = 0;
let inboxTable: usize = 0;
let total: u32 = 0;
let room: u32 = 0;

export function registers(): u32 {
  return total;
}

export function hotOf(register: u32): usize {
  return hotTable + <usize>register * HOT;
}

export function coldOf(register: u32): usize {
  return coldTable + <usize>register * COLD;
}

export function frontOf(register: u32): usize {
  return frontTable + <usize>register * FRONT;
}

/** Address of the number of readings that wait in a register's inbox, a byte; FRONT_CLOSED where none is used. */
export function waitingOf(register: u32): usize {
  return waitingTable + <usize>register;
}

export function inboxOf(register: u32): usize {
  return inboxTable + <usize>register * LINE;
}

export function timeOf(record: usize): i64 {
  return load<i64>(record) >> TIME_SHIFT;
}

export function valueOf(record: usize): i64 {
  return load<i64>(record, 8);
}

export function kindOf(record: usize): i64 {
  return (load<i64>(record) >> KIND_SHIFT) & 3;
}

/** Makes registers `total` to `count − 1`, cumulative and of unknown capacity. */
export function grow(count: u32): void {
  if (count <= total) return;
  if (count > room) {
    let bigger: u32 = room == 0 ? 16 : room;
    while (bigger < count) bigger <<= 1;
    const from = <usize>room;
    const used = <usize>total;
    const to = <usize>bigger;
    hotTable = regrow(hotTable, from * HOT, used * HOT, to * HOT);
    coldTable = regrow(coldTable, from * COLD, used * COLD, to * COLD);
    frontTable = regrow(frontTable, from * FRONT, used * FRONT, to * FRONT);
    waitingTable = regrow(waitingTable, from, used, to);
    inboxTable = regrow(inboxTable, from * LINE, used * LINE, to * LINE);
    room = bigger;
  }
  const more = <usize>(count - total);
  memory.fill(hotOf(total), 0, more * HOT);
  memory.fill(coldOf(total), 0, more * COLD);
  for (let register = total; register < count; register++) forget(register);
  total = count;
}

/** Sets a register back to never having seen a reading; kind and capacity stay. */
export function forget(register: u32): void {
  const hot = hotOf(register);
  const cold = coldOf(register);
  give(load<u32>(hot, 16), load<u32>(hot, 24) - load<u32>(hot, 16));
  give(load<u32>(cold, 40), load<u32>(cold, 48));
  const kind = load<u32>(hot, 28) & HOT_MOMENTARY;
  const capacity = load<i64>(cold, 32);
  memory.fill(hot, 0, HOT);
  memory.fill(cold, 0, COLD);
  store<i64>(hot, NEVER);
  store<i64>(hot, i64.MIN_VALUE, 8);
  store<u32>(hot, kind, 28);
  store<i64>(cold, capacity, 32);
  store<i64>(cold, NEVER, 64);
  store<u8>(waitingOf(register), <u8>FRONT_CLOSED);
}

/**
 * Makes room for `bytes` of readings of a register in all, at least by half of what it had. The first time that a block of
 * this size is full is told earlier, by a part of it that depends on the register: otherwise those that are read at the
 * same pace would all be full at once, and all would say what is final in one portion.
 */
export function widen(hot: usize, bytes: u32): void {
  const base = load<u32>(hot, 16);
  const used = load<u32>(hot, 20) - base;
  const before = load<u32>(hot, 24) - base;
  if (bytes <= before) return;
  const after = <u32>sizeFor(max(bytes, before == 0 ? FIRST_ROOM : before + (before >> 1)));
  const block = <u32>regrow(base, before, used, after);
  store<u32>(hot, block, 16);
  store<u32>(hot, block + used, 20);
  store<u32>(hot, block + after, 24);
  store<u32>(hot, after < STAGGERED ? 0 : (((<u32>hot >> 6) * 5) & 7) * (after >> 4), 56);
}

/** Bytes in use: `what` 0 everything, 1 register tables, 2 retained readings, 3 what was said of open intervals. */
export function bytesOf(what: u32): usize {
  if (what == 0) return bytesHeld();
  if (what == 1) return <usize>room * (HOT + COLD + FRONT + 1 + LINE);
  let sum: usize = 0;
  for (let register: u32 = 0; register < total; register++) {
    if (what == 2) sum += load<u32>(hotOf(register), 24) - load<u32>(hotOf(register), 16);
    else sum += load<u32>(coldOf(register), 48);
  }
  return sum;
}

/** Gives back the register tables themselves; every register is forgotten first. */
export function dropAll(): void {
  for (let register: u32 = 0; register < total; register++) forget(register);
  give(hotTable, <usize>room * HOT);
  give(coldTable, <usize>room * COLD);
  give(frontTable, <usize>room * FRONT);
  give(waitingTable, <usize>room);
  give(inboxTable, <usize>room * LINE);
  hotTable = coldTable = frontTable = waitingTable = inboxTable = 0;
  total = room = 0;
}
