// What has been said of intervals that may still change, so that an interval is said again only when it says something
// else, and then with a higher revision. While the final part of a register is counted, its entries are used up from the
// front; while the open part is counted, they are compared and replaced.
//
// counter, 16 bytes: value i64 (missing: energy of the gap that ends here), gap length u32, revision u16, quality u8
// momentary, 48 bytes: mean, min, minTime, max, maxTime i64, revision u32, quality u8
import { boundary } from './grid';
import { regrow } from './memory';
import { NEVER, coldOf } from './register';
import { sayGap, sayInterval, sayMomentary } from './tables';

export const MEASURED: u32 = 0;
export const INTERPOLATED: u32 = 1;
/** No value: the readings are too far apart. */
export const MISSING: u32 = 2;
/** No value: a fault in the readings took it. */
export const FAULT: u32 = 3;
const BLANK: u32 = 255;
/** Two shards said different things: neither is what is said now. */
const DIFFERENT: u32 = 254;

export const COUNTER_ENTRY: u32 = 16;
export const MOMENTARY_ENTRY: u32 = 48;

let register: u32 = 0;
let cold: usize = 0;
let open: bool = false;
let size: u32 = COUNTER_ENTRY;
let at: u32 = 0; // entry of the next interval
let plain: bool = false; // nothing is kept of what is said
let remembering: bool = true;

/** Whether what is said of open intervals will be needed again. */
export function remember(yes: bool): void {
  remembering = yes;
}

/** Entries of `wanted` intervals fit, and `said` stays. */
function ensure(wanted: u32): void {
  const room = load<u32>(cold, 48);
  if (wanted * size <= room) return;
  let bigger: u32 = room == 0 ? 64 : room;
  while (bigger < wanted * size) bigger <<= 1;
  store<u32>(cold, <u32>regrow(load<u32>(cold, 40), room, load<u32>(cold, 44) * size, bigger), 40);
  store<u32>(cold, bigger, 48);
}

/** Begins to say intervals of a register from interval `from` on. */
export function begin(which: u32, entrySize: u32, isOpen: bool, from: i64): void {
  register = which;
  cold = coldOf(which);
  size = entrySize;
  open = isOpen;
  at = 0;
  const said = load<u32>(cold, 44);
  plain = said == 0 && (!isOpen || !remembering);
  if (said == 0) {
    store<i64>(cold, from, 56);
    return;
  }
  const earlier = load<i64>(cold, 56) - from;
  if (earlier > 0) {
    // A late reading before everything that was known: intervals appear before those that were said.
    const more = <u32>earlier;
    ensure(said + more);
    const block = <usize>load<u32>(cold, 40);
    memory.copy(block + <usize>(more * size), block, said * size);
    memory.fill(block, <u8>BLANK, more * size);
    store<u32>(cold, said + more, 44);
    store<i64>(cold, from, 56);
  }
}

/** Nothing was said of what is open in a register, and nothing is kept of what is said now. */
export function keepsNothing(which: u32, isOpen: bool): bool {
  return load<u32>(coldOf(which), 44) == 0 && (!isOpen || !remembering);
}

/** Ends saying final intervals: the entries used up are dropped. `next` is the first interval that is still open. */
export function end(next: i64): void {
  if (open) return;
  const said = load<u32>(cold, 44);
  if (at >= said) {
    store<u32>(cold, 0, 44);
  } else if (at > 0) {
    const block = <usize>load<u32>(cold, 40);
    memory.copy(block, block + <usize>(at * size), (said - at) * size);
    store<u32>(cold, said - at, 44);
  }
  store<i64>(cold, next, 56);
}

/** The entry of the next interval, or 0 where nothing is kept of it. */
function entry(): usize {
  const index = at++;
  const said = load<u32>(cold, 44);
  if (index < said) return <usize>load<u32>(cold, 40) + <usize>(index * size);
  if (!open) return 0;
  ensure(index + 1);
  const slot = <usize>load<u32>(cold, 40) + <usize>(index * size);
  memory.fill(slot, <u8>BLANK, size);
  store<u32>(cold, index + 1, 44);
  return slot;
}

/** Says interval `k` of a counter. Of a missing one, `value` and `gapLength` tell of the gap that ends with it. */
export function sayCounter(k: i64, value: i64, quality: u32, gapLength: u32): void {
  if (plain) {
    sayInterval(register, boundary(k), quality < MISSING ? value : 0, 0, quality);
    return;
  }
  const slot = entry();
  const shown = quality < MISSING ? value : 0;
  if (slot == 0) {
    sayInterval(register, boundary(k), shown, 0, quality);
    return;
  }
  const before = <u32>load<u8>(slot, 14);
  const revision = before == BLANK ? 0 : min<u32>(<u32>load<u16>(slot, 12) + 1, 0xffff);
  const same =
    before != BLANK &&
    (quality < MISSING
      ? before == quality && load<i64>(slot) == value
      : before >= MISSING && before != DIFFERENT);
  if (!same) {
    sayInterval(register, boundary(k), shown, revision, quality);
    store<u16>(slot, <u16>revision, 12);
  }
  store<i64>(slot, value, 0);
  store<u32>(slot, gapLength, 8);
  store<u8>(slot, <u8>quality, 14);
}

/** Says the gap that ends with interval `k − 1`, unless the same was said before. To be called before `sayCounter`. */
export function sayGapTo(k: i64, start: i64, energy: i64, marks: u32, gapLength: u32): void {
  const said = load<u32>(cold, 44);
  if (at < said) {
    const slot = <usize>load<u32>(cold, 40) + <usize>(at * size);
    const before = <u32>load<u8>(slot, 14);
    if (
      before >= MISSING &&
      before < DIFFERENT &&
      load<i64>(slot) == energy &&
      load<u32>(slot, 8) == gapLength
    )
      return;
  }
  sayGap(register, start, boundary(k), energy, marks);
}

/** Says interval `k` of a momentary quantity; `figures` holds mean, min, minTime, max, maxTime. */
export function sayMoment(k: i64, figures: usize, quality: u32): void {
  const slot: usize = plain ? 0 : entry();
  if (slot == 0) {
    sayMomentary(register, boundary(k), figures, 0, quality);
    return;
  }
  const before = <u32>load<u8>(slot, 44);
  const revision = before == BLANK ? 0 : load<u32>(slot, 40) + 1;
  let same = before == quality || (before >= MISSING && quality >= MISSING && before < DIFFERENT);
  if (same && quality < MISSING)
    for (let figure: usize = 0; figure < 40; figure += 8)
      if (load<i64>(slot + figure) != load<i64>(figures + figure)) same = false;
  if (!same) {
    sayMomentary(register, boundary(k), figures, revision, quality);
    store<u32>(slot, revision, 40);
  }
  memory.copy(slot, figures, 40);
  store<u8>(slot, <u8>quality, 44);
}

/**
 * Takes over what another shard said of a register: `count` entries at `theirs`, the first of interval `from`. Where both
 * said something, the higher revision stands, and what differs is said again.
 */
export function adopt(which: u32, entrySize: u32, theirs: usize, count: u32, from: i64): void {
  const ours = coldOf(which);
  join(which, entrySize, theirs, count, from);
  if (entrySize != COUNTER_ENTRY) return;
  store<i64>(ours, NEVER, 64);
  const block = <usize>load<u32>(ours, 40);
  for (let i: u32 = 0; i < load<u32>(ours, 44); i++)
    store<u32>(block + <usize>(i * COUNTER_ENTRY), 0xffff_ffff, 8);
}

function join(which: u32, entrySize: u32, theirs: usize, count: u32, from: i64): void {
  const ours = coldOf(which);
  // What is final here is not said again; and an interval of ours before theirs stays the first.
  const firstOpen = load<u32>(ours, 52) != 0 ? load<i64>(ours) : i64.MIN_VALUE;
  while (count > 0 && from < firstOpen) {
    theirs += entrySize;
    count--;
    from++;
  }
  if (count == 0) return;
  begin(which, entrySize, true, load<u32>(ours, 44) == 0 ? from : min(from, load<i64>(ours, 56)));
  const offset = <u32>(from - load<i64>(ours, 56));
  const before = load<u32>(ours, 44);
  ensure(offset + count);
  const block = <usize>load<u32>(ours, 40);
  if (offset + count > before) {
    memory.fill(block + <usize>(before * size), <u8>BLANK, (offset + count - before) * size);
    store<u32>(ours, offset + count, 44);
  }
  const quality: usize = size == COUNTER_ENTRY ? 14 : 44;
  for (let i: u32 = 0; i < count; i++) {
    const slot = block + <usize>((offset + i) * size);
    const other = theirs + <usize>(i * size);
    if (load<u8>(other + quality) == <u8>BLANK) continue;
    if (load<u8>(slot + quality) == <u8>BLANK) {
      memory.copy(slot, other, size);
      continue;
    }
    const figures: usize = size == COUNTER_ENTRY ? 12 : 40;
    let same = load<u8>(slot + quality) == load<u8>(other + quality);
    for (let word: usize = 0; word < figures; word += 4)
      if (load<u32>(slot + word) != load<u32>(other + word)) same = false;
    if (size == COUNTER_ENTRY) store<u16>(slot, max(load<u16>(slot, 12), load<u16>(other, 12)), 12);
    else store<u32>(slot, max(load<u32>(slot, 40), load<u32>(other, 40)), 40);
    if (!same) store<u8>(slot + quality, <u8>DIFFERENT);
  }
}
