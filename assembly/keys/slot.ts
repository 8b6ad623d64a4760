// Keys by meter and by pattern: an open-addressing table in memory, so that a million keys cost one probe or two a
// telegram. No export reads a key back; `wipe` overwrites the whole table.
import { clearDerivations, derive } from './derivation';
import {
  clearShapes,
  exactness,
  idMask,
  manufacturerMask,
  restMask,
  shapeAt,
  shapeCount,
  shapeNumber,
} from './shape';

/** A slot: what is told of id(4), manufacturer(2), version(1) and type(1); kind(4), key(16). */
const SLOT: usize = 28;
const KEY: usize = 12;

// Kind, 0 in a free slot: 31–27 number of the shape, 26–24 number of the derivation or 0, 23–0 rank among later patterns.
const KIND: usize = 8;
const SHAPE_SHIFT: u32 = 27;
const DERIVATION_SHIFT: u32 = 24;
const RANK: u32 = 0xffffff;

/** Stands for any identification number; FFFFFFFF is the wildcard of wired selection too (EN 13757-3 11.3). */
export const ANY_ID: u32 = 0xffffffff;
export const ANY_MANUFACTURER: u32 = 0xffff;

let table: usize = 0;
let capacity: u32 = 0;
let used: u32 = 0;
/** Counts entries that are patterns: of equally exact ones the last wins. */
let rank: u32 = 0;

/** A key for this call alone. */
const CALL_KEY: usize = memory.data(16);
let callKey: bool = false;

export function slotBytes(keys: u32): usize {
  return <usize>keys * SLOT;
}

export function slotCapacity(): u32 {
  return capacity;
}

export function slotCount(): u32 {
  return used;
}

function hash(shape: u32, manufacturer: u32, id: u32, rest: u32): u32 {
  let h = id ^ (manufacturer << 16) ^ (manufacturer >> 3) ^ (rest << 8) ^ (shape - 1);
  h *= 0x9e3779b1;
  h ^= h >> 15;
  h *= 0x85ebca77;
  return h ^ (h >> 13);
}

/** The slot of an address under a shape: its own, or the free one where it would stand. `capacity` is a power of two, never full. */
function find(shape: u32, manufacturer: u32, id: u32, rest: u32): usize {
  let i = hash(shape, manufacturer, id, rest) & (capacity - 1);
  const more = manufacturer | (rest << 16);
  while (true) {
    const slot = table + <usize>i * SLOT;
    const kind = load<u32>(slot, KIND);
    if (
      kind == 0 ||
      (load<u32>(slot) == id && load<u32>(slot, 4) == more && kind >> SHAPE_SHIFT == shape)
    )
      return slot;
    i = (i + 1) & (capacity - 1);
  }
}

/** Moves all keys to an empty (zeroed) table of `slots` slots at `to`, and wipes the old one. */
export function moveSlots(to: usize, slots: u32): void {
  const from = table;
  const count = capacity;
  table = to;
  capacity = slots;
  for (let i: u32 = 0; i < count; i++) {
    const slot = from + <usize>i * SLOT;
    const kind = load<u32>(slot, KIND);
    if (kind == 0) continue;
    const place = find(
      kind >> SHAPE_SHIFT,
      load<u16>(slot, 4),
      load<u32>(slot),
      load<u16>(slot, 6),
    );
    memory.copy(place, slot, SLOT);
  }
  if (count != 0) memory.fill(from, 0, <usize>count * SLOT);
}

/** Keeps the 16 bytes at `key` for addresses of a shape; a later key for the same ones replaces the earlier. */
export function putKey(
  shape: usize,
  manufacturer: u32,
  id: u32,
  rest: u32,
  derivation: u32,
  key: usize,
): void {
  const number = shapeNumber(shape);
  const ofManufacturer = manufacturer & manufacturerMask(shape);
  const ofId = id & idMask(shape);
  const ofRest = rest & restMask(shape);
  const slot = find(number, ofManufacturer, ofId, ofRest);
  if (load<u32>(slot, KIND) == 0) used++;
  // No other shape is as exact as a whole number of one manufacturer, so rank counts patterns only.
  if (idMask(shape) != ANY_ID || manufacturerMask(shape) != ANY_MANUFACTURER)
    rank = (rank + 1) & RANK;
  store<u32>(slot, ofId);
  store<u16>(slot, <u16>ofManufacturer, 4);
  store<u16>(slot, <u16>ofRest, 6);
  store<u32>(slot, (number << SHAPE_SHIFT) | (derivation << DERIVATION_SHIFT) | rank, KIND);
  memory.copy(slot + KEY, key, 16);
}

export function setCallKey(key: usize): void {
  memory.copy(CALL_KEY, key, 16);
  callKey = true;
}

export function clearCallKey(): void {
  memory.fill(CALL_KEY, 0, 16);
  callKey = false;
}

/**
 * Address of the key for a meter, or 0: the call's own, then that of the most exact pattern, of equals the last. `rest` is
 * its version and, in the next byte, its type. A derived key is overwritten by the next look-up.
 */
export function keyFor(manufacturer: u32, id: u32, rest: u32): usize {
  if (callKey) return CALL_KEY;
  if (used == 0) return 0;
  let best: usize = 0;
  let exact: u32 = 0;
  for (let i: u32 = 0; i < shapeCount(); i++) {
    const shape = shapeAt(i);
    if (best != 0 && exactness(shape) != exact) break;
    const slot = find(
      shapeNumber(shape),
      manufacturer & manufacturerMask(shape),
      id & idMask(shape),
      rest & restMask(shape),
    );
    const kind = load<u32>(slot, KIND);
    if (kind == 0) continue;
    if (best == 0 || (kind & RANK) > (load<u32>(best, KIND) & RANK)) best = slot;
    exact = exactness(shape);
  }
  if (best == 0) return 0;
  const derivation = (load<u32>(best, KIND) >> DERIVATION_SHIFT) & 7;
  return derivation == 0 ? best + KEY : derive(derivation, best + KEY, manufacturer, id, rest);
}

export function wipeSlots(): void {
  if (capacity != 0) memory.fill(table, 0, <usize>capacity * SLOT);
  used = 0;
  rank = 0;
  clearShapes();
  clearDerivations();
  clearCallKey();
}
