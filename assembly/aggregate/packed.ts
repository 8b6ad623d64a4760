// Readings of a register whose readings are plain take eight bytes: time and value as distances from where the register
// stands, one u64 that sorts by time. What fits that no more, or needs a mark, makes the register wide; once it is plain
// again, it is packed again.
import { give, take } from './memory';
import {
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_ODD,
  HOT_PACKED,
  LARGEST,
  PACKED,
  READING,
  TIME_SHIFT,
  timeOf,
  valueOf,
  widen,
} from './register';

/** Twelve days: a window that leaves room to go on for a month. */
const LONGEST_LATENESS: i64 = 1 << 30;
const HALF: i64 = 1 << 31;

/** A register with this lateness can be packed at all. */
export function packable(lateness: i64): bool {
  return lateness >= 0 && lateness <= LONGEST_LATENESS;
}

/** The register's packed readings count from before `oldest`, and from half of the room below `value`. */
export function countFrom(hot: usize, oldest: i64, value: i64): void {
  store<i64>(hot, oldest - 1, 32); // one below, so that no packed reading is 0
  store<i64>(hot, max(-LARGEST, min(value - HALF, LARGEST - (HALF << 1))), 40);
}

/** A reading of this time and value can be packed. */
export function fits(hot: usize, t: i64, value: i64): bool {
  return <u64>((t - load<i64>(hot, 32)) | (value - load<i64>(hot, 40))) >> 32 == 0;
}

export function pack(hot: usize, t: i64, value: i64): u64 {
  return ((<u64>(t - load<i64>(hot, 32))) << 32) | <u64>(value - load<i64>(hot, 40));
}

export function packedTime(hot: usize, record: usize): i64 {
  return load<i64>(hot, 32) + <i64>load<u32>(record, 4);
}

export function packedValue(hot: usize, record: usize): i64 {
  return load<i64>(hot, 40) + <i64>load<u32>(record);
}

/** Writes the packed readings [from, to) of a register as wide ones; returns past them. */
export function spread(hot: usize, from: usize, to: usize, into: usize): usize {
  for (let p = from; p < to; p += PACKED) {
    store<i64>(into, packedTime(hot, p) << TIME_SHIFT);
    store<i64>(into, packedValue(hot, p), 8);
    into += READING;
  }
  return into;
}

/** Makes a packed register, whose front is closed, wide, with room for one more reading at least. */
export function unpack(hot: usize): void {
  const base = load<u32>(hot, 16);
  const tail = load<u32>(hot, 20);
  const end = load<u32>(hot, 24);
  let size: u32 = 256;
  while (size < ((tail - base) << 1) + <u32>READING) size <<= 1;
  const block = <u32>take(size);
  store<u32>(hot, <u32>spread(hot, base, tail, block), 20);
  give(base, end - base);
  store<u32>(hot, block, 16);
  store<u32>(hot, block + size, 24);
  store<u32>(hot, load<u32>(hot, 28) & ~HOT_PACKED, 28);
}

/** Packs the readings of a wide register that is in order, if they all are plain and fit. */
export function packAll(hot: usize, lateness: i64): void {
  const flags = load<u32>(hot, 28);
  if ((flags & (HOT_MOMENTARY | HOT_ODD | HOT_DISORDER | HOT_PACKED)) != 0) return;
  const base = <usize>load<u32>(hot, 16);
  const tail = <usize>load<u32>(hot, 20);
  if (!packable(lateness) || base == tail) return;
  for (let p = base; p < tail; p += READING)
    if ((load<i64>(p) & ((1 << TIME_SHIFT) - 1)) != 0) return;
  const newest = load<i64>(hot);
  countFrom(hot, min(timeOf(base), newest - lateness), valueOf(base));
  // they ascend, so the ends bound what is in between
  if (!fits(hot, timeOf(base), valueOf(base))) return;
  if (!fits(hot, newest, valueOf(tail - READING))) return;
  let to = base;
  for (let p = base; p < tail; p += READING) {
    store<u64>(to, pack(hot, timeOf(p), valueOf(p)));
    to += PACKED;
  }
  store<u32>(hot, <u32>to, 20);
  store<u32>(hot, flags | HOT_PACKED, 28);
}

/** Lets a packed register that is in order count from its own oldest reading again, once little room is left. */
export function recount(hot: usize, lateness: i64): void {
  const base = <usize>load<u32>(hot, 16);
  const last = <usize>load<u32>(hot, 20) - PACKED;
  if (last < base) return;
  const newest = load<i64>(hot);
  const epoch = load<i64>(hot, 32);
  const floor = load<i64>(hot, 40);
  if (newest - epoch < HALF && <i64>load<u32>(last) < HALF + (HALF >> 1)) return;
  const t = packedTime(hot, last);
  const value = packedValue(hot, last);
  countFrom(hot, min(packedTime(hot, base), newest - lateness), packedValue(hot, base));
  if (!fits(hot, t, value)) {
    store<i64>(hot, epoch, 32);
    store<i64>(hot, floor, 40);
    return;
  }
  const less = ((<u64>(load<i64>(hot, 32) - epoch)) << 32) + <u64>(load<i64>(hot, 40) - floor);
  for (let p = base; p <= last; p += PACKED) store<u64>(p, load<u64>(p) - less);
}
