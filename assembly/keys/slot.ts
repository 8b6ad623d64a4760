// Keys by meter: an open-addressing table in memory, so that a million keys cost one probe or two a telegram. No export
// reads a key back; `wipe` overwrites the whole table.

/** A slot: identification number (4), manufacturer (2), used (1), unused (1), key (16). */
const SLOT: usize = 24;

/** Stands for any identification number; FFFFFFFF is the wildcard of wired selection too (EN 13757-3 11.3). */
export const ANY_ID: u32 = 0xffffffff;
export const ANY_MANUFACTURER: u32 = 0xffff;

let table: usize = 0;
let capacity: u32 = 0;
let used: u32 = 0;
/** Whether there are slots for any meter of a manufacturer, for an id of any manufacturer, for any meter at all. */
let wildcards: u32 = 0;

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

function hash(manufacturer: u32, id: u32): u32 {
  let h = id ^ (manufacturer << 16) ^ (manufacturer >> 3);
  h *= 0x9e3779b1;
  h ^= h >> 15;
  h *= 0x85ebca77;
  return h ^ (h >> 13);
}

/** The slot of a meter: its own, or the free one where it would stand. `capacity` is a power of two, never full. */
function find(manufacturer: u32, id: u32): usize {
  let i = hash(manufacturer, id) & (capacity - 1);
  while (true) {
    const slot = table + <usize>i * SLOT;
    if (
      load<u8>(slot, 6) == 0 ||
      (load<u32>(slot) == id && <u32>load<u16>(slot, 4) == manufacturer)
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
  used = 0;
  for (let i: u32 = 0; i < count; i++) {
    const slot = from + <usize>i * SLOT;
    if (load<u8>(slot, 6)) putKey(load<u16>(slot, 4), load<u32>(slot), slot + 8);
  }
  if (count != 0) memory.fill(from, 0, <usize>count * SLOT);
}

/** Keeps the 16 bytes at `key`; a later key for the same meter replaces the earlier one. */
export function putKey(manufacturer: u32, id: u32, key: usize): void {
  const slot = find(manufacturer, id);
  if (load<u8>(slot, 6) == 0) used++;
  store<u32>(slot, id);
  store<u16>(slot, <u16>manufacturer, 4);
  store<u8>(slot, 1, 6);
  memory.copy(slot + 8, key, 16);
  if (id == ANY_ID) wildcards |= manufacturer == ANY_MANUFACTURER ? 4 : 2;
  else if (manufacturer == ANY_MANUFACTURER) wildcards |= 1;
}

export function setCallKey(key: usize): void {
  memory.copy(CALL_KEY, key, 16);
  callKey = true;
}

export function clearCallKey(): void {
  memory.fill(CALL_KEY, 0, 16);
  callKey = false;
}

function probe(manufacturer: u32, id: u32): usize {
  const slot = find(manufacturer, id);
  return load<u8>(slot, 6) ? slot + 8 : 0;
}

/** Address of the key for a meter, or 0: the call's own, then the meter's, its id's, its manufacturer's, anyone's. */
export function keyFor(manufacturer: u32, id: u32): usize {
  if (callKey) return CALL_KEY;
  if (used == 0) return 0;
  let key = probe(manufacturer, id);
  if (key == 0 && wildcards & 1) key = probe(ANY_MANUFACTURER, id);
  if (key == 0 && wildcards & 2) key = probe(manufacturer, ANY_ID);
  if (key == 0 && wildcards & 4) key = probe(ANY_MANUFACTURER, ANY_ID);
  return key;
}

export function wipeSlots(): void {
  if (capacity != 0) memory.fill(table, 0, <usize>capacity * SLOT);
  used = 0;
  wildcards = 0;
  clearCallKey();
}
