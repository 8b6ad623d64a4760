// Brings packed readings into order. Times of one register are spread evenly, so each goes straight to a slot of its own,
// and the slots are read in order; the few that find theirs taken are sorted and merged.
import { countRepeat } from './inbox';
import { give, take } from './memory';
import { PACKED } from './register';

let slots: usize = 0; // all 0 between two uses
let slotCount: usize = 0;
let spare: usize = 0; // room for as many readings, twice
let spareBytes: usize = 0;

/** Makes ready for `bytes` of readings; returns how many slots to use. */
function prepare(bytes: usize): usize {
  // half as many again: of readings that come late, not all are there yet
  const wanted = (((bytes >> 3) + (bytes >> 4)) | 1) + 1;
  if (wanted > slotCount) {
    give(slots, slotCount << 3);
    slotCount = max<usize>(256, wanted + (wanted >> 1)) & ~1;
    slots = take(slotCount << 3);
    memory.fill(slots, 0, slotCount << 3);
  }
  if (bytes > spareBytes) {
    give(spare, spareBytes << 1);
    spareBytes = slotCount << 3;
    spare = take(spareBytes << 1);
  }
  return wanted;
}

/** Sorts `bytes` of readings by merging, with as much room behind them; returns where the result is. */
function mergeSort(from: usize, bytes: usize): usize {
  let into = from + bytes;
  for (let width: usize = PACKED; width < bytes; width <<= 1) {
    for (let start: usize = 0; start < bytes; start += width << 1) {
      let a = from + start;
      let b = from + min<usize>(start + width, bytes);
      const aEnd = b;
      const bEnd = from + min<usize>(start + (width << 1), bytes);
      for (let to = into + start; to < into + (bEnd - from); to += PACKED) {
        if (b >= bEnd || (a < aEnd && load<u64>(a) <= load<u64>(b))) {
          store<u64>(to, load<u64>(a));
          a += PACKED;
        } else {
          store<u64>(to, load<u64>(b));
          b += PACKED;
        }
      }
    }
    const swap = from;
    from = into;
    into = swap;
  }
  return from;
}

/** Times ascend strictly, and values do not fall. */
function ascends(base: usize, tail: usize): bool {
  let p = base;
  if (ASC_FEATURE_SIMD) {
    const times = i32x4(0, -1, 0, -1);
    for (; p + 3 * PACKED <= tail; p += 2 * PACKED) {
      const here = v128.load(p);
      const next = v128.load(p, 8);
      const good = v128.bitselect(i32x4.gt_u(next, here), i32x4.ge_u(next, here), times);
      if (!i32x4.all_true(good)) return false;
    }
  }
  for (; p + 2 * PACKED <= tail; p += PACKED)
    if (load<u32>(p, 12) <= load<u32>(p, 4) || load<u32>(p, 8) < load<u32>(p)) return false;
  return true;
}

let plain: bool = false;
let factor: u64 = 0; // slots for each millisecond · 2^32; in a local, engines divide anew for every reading

/** What was ordered last has one value for each instant, and values do not fall. */
export function isPlain(): bool {
  return plain;
}

/**
 * Orders the packed readings [base, tail), and leaves out what came twice; returns past them. `sure`: the first of them is
 * the oldest, and none is past `newest`.
 */
export function orderPacked(base: usize, tail: usize, sure: bool, newest: u32): usize {
  const count = prepare(tail - base);
  let lowest = load<u32>(base, 4);
  let highest = newest;
  if (!sure)
    for (let p = base; p < tail; p += PACKED) {
      const time = load<u32>(p, 4);
      lowest = min(lowest, time);
      highest = max(highest, time);
    }
  // (time − lowest) · factor is below count · 2^32
  factor = ((<u64>count) << 32) / (<u64>(highest - lowest) + 1);
  const last = count - 1;
  let taken = base; // what is put into slots leaves room for this much
  let over = spare;
  for (let p = base; p < tail; p += PACKED) {
    const reading = load<u64>(p);
    const time = <u32>(reading >> 32) - lowest;
    const slot = slots + (min(<usize>((<u64>time * factor) >> 32), last) << 3);
    const other = load<u64>(slot);
    if (other == 0) {
      store<u64>(slot, reading);
      taken += PACKED;
    } else if (other != reading) {
      store<u64>(over, reading);
      over += PACKED;
    } else countRepeat();
  }
  let slot = slots;
  let to = base;
  for (; to + PACKED < taken; slot += 16) {
    const one = load<u64>(slot);
    const two = load<u64>(slot, 8);
    store<u64>(to, one);
    to += one != 0 ? PACKED : 0;
    store<u64>(to, two);
    to += two != 0 ? PACKED : 0;
    if (ASC_FEATURE_SIMD) v128.store(slot, i64x2.splat(0));
    else {
      store<u64>(slot, 0);
      store<u64>(slot, 0, 8);
    }
  }
  for (; to < taken; slot += 8) {
    const reading = load<u64>(slot);
    store<u64>(slot, 0);
    store<u64>(to, reading);
    to += reading != 0 ? PACKED : 0;
  }
  tail = taken;
  if (over != spare) {
    const bytes = over - spare;
    const sorted = mergeSort(spare, bytes);
    tail += bytes;
    let a = taken - PACKED;
    let b = sorted + bytes - PACKED;
    for (to = tail - PACKED; b >= sorted; to -= PACKED) {
      if (a >= base && load<u64>(a) > load<u64>(b)) {
        store<u64>(to, load<u64>(a));
        a -= PACKED;
      } else {
        store<u64>(to, load<u64>(b));
        b -= PACKED;
      }
    }
  }
  plain = ascends(base, tail);
  return tail;
}
