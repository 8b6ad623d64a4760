// Fragments put together (EN 13757-7 6.2.2): those of one sender, in rising order, until one says that none follows.
// Memory is bounded: so many messages at once, so many bytes each; the oldest gives way. Time is the caller's: each
// {@link age} makes what was not touched since the last two calls of it be forgotten.

import { AFL_STATE, restoreAfl, saveAfl } from './afl';

/** Messages at once; firmware has memory for one. */
const SLOTS: u32 = ASC_LOW_MEMORY_LIMIT == 0 ? 4 : 1;
const BYTES: usize = 2048;
/** M(2) ID(4) next fragment(1) age(1) length(4) what the layer said(48) bytes. */
const HEAD: usize = 12;
const DATA: usize = HEAD + AFL_STATE;
const SLOT: usize = DATA + BYTES;
const TABLE: usize = memory.data(ASC_LOW_MEMORY_LIMIT == 0 ? 8432 : 2108);
const NEVER: u8 = 0xff;

/** Results of {@link addFragment} where the message is complete. */
export let messageAt: usize = 0;
export let messageBytes: usize = 0;

export const FRAGMENT_WAITS: u32 = 0;
export const FRAGMENT_COMPLETES: u32 = 1;
/** Not the next one of its message: what came before is forgotten. */
export const FRAGMENT_LOST: u32 = 2;

let clock: u32 = 0;

export function clearFragments(): void {
  memory.fill(TABLE, 0, <usize>SLOTS * SLOT);
}

/** Forgets messages that two calls of this in a row have found untouched. */
export function age(): void {
  for (let i: u32 = 0; i < SLOTS; i++) {
    const slot = TABLE + <usize>i * SLOT;
    if (load<u8>(slot, 6) == 0) continue;
    const old = load<u8>(slot, 7) + 1;
    if (old >= 2) store<u8>(slot, 0, 6);
    else store<u8>(slot, old, 7);
  }
  clock = 0;
}

function slotOf(manufacturer: u32, id: u32): usize {
  for (let i: u32 = 0; i < SLOTS; i++) {
    const slot = TABLE + <usize>i * SLOT;
    if (load<u8>(slot, 6) != 0 && load<u32>(slot, 2) == id && <u32>load<u16>(slot) == manufacturer)
      return slot;
  }
  return 0;
}

/** Takes up what earlier fragments of a sender said of counter and MAC. */
export function recallAfl(manufacturer: u32, id: u32): void {
  const slot = slotOf(manufacturer, id);
  if (slot != 0) restoreAfl(slot + HEAD);
}

/** A free slot, or the next one in turn. */
function freeSlot(): usize {
  for (let i: u32 = 0; i < SLOTS; i++) {
    const slot = TABLE + <usize>i * SLOT;
    if (load<u8>(slot, 6) == 0) return slot;
  }
  clock = (clock + 1) % SLOTS;
  return TABLE + <usize>clock * SLOT;
}

/** Takes fragment `number` of a sender, the bytes `[at, end)`. */
export function addFragment(
  manufacturer: u32,
  id: u32,
  number: u32,
  more: bool,
  at: usize,
  end: usize,
): u32 {
  let slot = slotOf(manufacturer, id);
  if (number == 1) {
    if (slot == 0) slot = freeSlot();
    store<u16>(slot, <u16>manufacturer);
    store<u32>(slot, id, 2);
    store<u8>(slot, 1, 6);
    store<u32>(slot, 0, 8);
  } else if (slot == 0 || <u32>load<u8>(slot, 6) != number) {
    if (slot != 0) store<u8>(slot, 0, 6);
    return FRAGMENT_LOST;
  }
  const before = <usize>load<u32>(slot, 8);
  const length = end - at;
  if (before + length > BYTES || number == <u32>NEVER) {
    store<u8>(slot, 0, 6);
    return FRAGMENT_LOST;
  }
  memory.copy(slot + DATA + before, at, length);
  store<u32>(slot, <u32>(before + length), 8);
  saveAfl(slot + HEAD);
  if (more) {
    store<u8>(slot, <u8>(number + 1), 6);
    store<u8>(slot, 0, 7);
    return FRAGMENT_WAITS;
  }
  store<u8>(slot, 0, 6);
  messageAt = slot + DATA;
  messageBytes = before + length;
  return FRAGMENT_COMPLETES;
}
