// Deals the rows that wait out to their registers. Readings of registers that take turns lie in blocks of their own, and the
// processor would wait for one after the other. So the rows are sorted by register first (hands.ts), and then played out:
// what one register gets of several hands goes to its block at once, register after register, and only there it is seen
// whether it is in order. What is not plain takes the long way, reading by reading.
import { registerColumn } from './columns';
import {
  anyBad,
  anyLate,
  earliest,
  forgetWaiting,
  isGood,
  latest,
  waitFrom,
  waitTo,
} from './gather';
import {
  HAND,
  areFull,
  dropHands,
  endOf,
  hands,
  handsEnd,
  held,
  heldFrom,
  heldTo,
  isAlike,
  large,
  origin,
  pickUp,
  startOf,
  timeIn,
  valueIn,
} from './hands';
import { LINE } from './memory';
import { countFrom, fits, pack, packable } from './packed';
import {
  HOT,
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_MOMENTARY,
  HOT_PACKED,
  HOT_USED,
  countOf,
  hotOf,
  registers,
  widen,
} from './register';
import { addRepeats, takeReading, takeRow } from './row';
import { lateness, makeRoom, withSlack } from './settle';

/** Fewer rows than registers by so many powers of two are not worth a look at each register. */
const FEW: u32 = 3;
/** Registers whose memory is asked for together. */
const TOGETHER: u32 = 16;

let touched: u32 = 0; // keeps the compiler from leaving out loads that only ask for memory

/** One of a register's readings is too late, where its newest so far is at `newest`. */
function isTooLate(register: u32, newest: i64): bool {
  for (let hand = hands; hand < handsEnd; hand += HAND) {
    const to = endOf(hand, register);
    for (let p = startOf(hand, register); p < to; p += 8 << large) {
      const time = timeIn(p);
      if (time < newest - lateness) return true;
      newest = max(newest, time);
    }
  }
  return false;
}

// What is seen of readings while they are put behind those of their register.
let range: i64 = 0; // a bit above the lowest 32: something does not fit
let ordered: bool = true; // times ascend, and values do not fall
let again: bool = false; // one may be just what was before it
let top: u64 = 0; // the newest

/** Puts the readings of a register in hands, as they are there, at `into`; returns past them. */
function gatherUp(register: u32, into: usize): usize {
  for (let hand = hands; hand < handsEnd; hand += HAND) {
    const from = startOf(hand, register);
    const bytes = endOf(hand, register) - from;
    // behind the readings of a hand and of a block there is always a line more
    for (let p: usize = 0; p < bytes; p += LINE)
      if (ASC_FEATURE_SIMD) {
        v128.store(into + p, v128.load(from + p));
        v128.store(into + p, v128.load(from + p, 16), 16);
        v128.store(into + p, v128.load(from + p, 32), 32);
        v128.store(into + p, v128.load(from + p, 48), 48);
      } else for (let q = p; q < p + LINE; q += 8) store<u64>(into + q, load<u64>(from + q));
    into += bytes;
  }
  return into;
}

/** Makes packed readings of a register of what stands at [from, to) as in hands; `before` is its newest. */
function count(hot: usize, from: usize, to: usize, before: u64): void {
  const shift = origin - load<i64>(hot, 32);
  const floor = load<i64>(hot, 40);
  let p = from;
  let bits: i64 = 0;
  let good: bool = true;
  let same: bool = false;
  let most = before;
  let previous = before;
  if (ASC_FEATURE_SIMD) {
    const shifts = i64x2.splat(shift);
    const floors = i64x2.splat(floor);
    const low = i64x2.splat(0xffff_ffff);
    const times = i32x4(0, -1, 0, -1);
    let rise = i64x2.splat(-1);
    let equal = i64x2.splat(0);
    let high = equal;
    let signs = equal;
    let greatest = i64x2.splat(before);
    let last = greatest;
    for (; p + 16 <= to; p += 16) {
      const two = v128.load(p);
      const time = i64x2.add(i64x2.shr_u(two, 32), shifts);
      const value = i64x2.sub(v128.and(two, low), floors);
      const reading = v128.or(i64x2.shl(time, 32), value);
      const prior = v128.shuffle<u64>(last, reading, 1, 2);
      last = reading;
      high = v128.or(high, v128.or(time, value));
      signs = v128.or(signs, reading);
      // times must be later, and values not lower: neither must be lower, and no time the same
      rise = v128.and(rise, i32x4.ge_u(reading, prior));
      equal = v128.or(equal, v128.and(i32x4.eq(reading, prior), times));
      greatest = v128.bitselect(reading, greatest, i64x2.gt_s(reading, greatest));
      v128.store(p, reading);
    }
    bits = i64x2.extract_lane(high, 0) | i64x2.extract_lane(high, 1);
    same = v128.any_true(equal);
    if (same || !i32x4.all_true(rise)) good = false;
    most = max(<u64>i64x2.extract_lane(greatest, 0), <u64>i64x2.extract_lane(greatest, 1));
    // that was a comparison with a sign; times are below 2^31 nearly always
    if ((i64x2.extract_lane(signs, 0) | i64x2.extract_lane(signs, 1)) < 0) {
      most = before;
      for (let q = from; q < p; q += 8) most = max(most, load<u64>(q));
    }
    previous = i64x2.extract_lane(last, 1);
  }
  for (; p < to; p += 8) {
    const time = <i64>load<u32>(p, 4) + shift;
    const value = <i64>load<u32>(p) - floor;
    const reading = ((<u64>time) << 32) | <u64>value;
    bits |= time | value;
    if (reading >> 32 <= previous >> 32 || <u32>reading < <u32>previous) good = false;
    if (reading >> 32 == previous >> 32) same = true;
    previous = reading;
    most = max(most, reading);
    store<u64>(p, reading);
  }
  range = bits;
  ordered = good;
  again = same;
  top = most;
}

/** As `count`, of rows in hands that are large. */
function countLarge(hot: usize, register: u32, into: usize, before: u64): void {
  const epoch = load<i64>(hot, 32);
  const floor = load<i64>(hot, 40);
  range = 0;
  ordered = false;
  again = true;
  top = before;
  for (let hand = hands; hand < handsEnd; hand += HAND) {
    const to = endOf(hand, register);
    for (let p = startOf(hand, register); p < to; p += 16) {
      const time = timeIn(p) - epoch;
      const value = valueIn(p) - floor;
      range |= time | value;
      const reading = ((<u64>time) << 32) | <u64>value;
      top = max(top, reading);
      store<u64>(into, reading);
      into += 8;
    }
  }
}

/** Leaves out of the readings [from, to) what is just what was before it; returns past the others. */
function leaveOut(from: usize, to: usize, before: u64): usize {
  let into = from;
  ordered = true;
  for (let p = from; p < to; p += 8) {
    const reading = load<u64>(p);
    if (reading == before) continue;
    if (reading >> 32 <= before >> 32 || <u32>reading < <u32>before) ordered = false;
    before = reading;
    store<u64>(into, reading);
    into += 8;
  }
  addRepeats(<f64>((to - into) >> 3));
  return into;
}

/** Room that a new register will need where others are read at the same pace as it so far: at most 16 times what it has. */
function likely(bytes: usize): usize {
  const span = <i64>heldTo - <i64>heldFrom;
  if (span <= 0 || lateness < span) return 0;
  return withSlack(<u32>min<i64>((<i64>bytes * lateness) / span, (<i64>bytes) << 4));
}

/** Makes ready for `bytes` of readings in hands of a register; false where it is not plain. */
function prepare(register: u32, hot: usize, bytes: usize): bool {
  if (anyLate && isTooLate(register, load<i64>(hot))) return false;
  if ((load<u32>(hot, 28) & (HOT_USED | HOT_MOMENTARY)) == 0 && packable(lateness)) {
    let hand = hands;
    while (endOf(hand, register) == startOf(hand, register)) hand += HAND;
    const first = startOf(hand, register);
    countFrom(hot, timeIn(first) - lateness, valueIn(first));
    store<u32>(hot, HOT_PACKED, 28);
    widen(hot, <u32>max(bytes, likely(bytes)));
    return true;
  }
  if ((load<u32>(hot, 28) & HOT_PACKED) == 0) return false;
  if (<usize>load<u32>(hot, 20) + bytes > <usize>(load<u32>(hot, 24) - load<u32>(hot, 56))) {
    makeRoom(register, hot, <u32>bytes);
    if ((load<u32>(hot, 28) & HOT_PACKED) == 0) return false;
  }
  return fits(hot, load<i64>(hot), load<i64>(hot, 8));
}

/** Takes the readings, as in hands, behind a register's readings to these; false, and nothing is done, where one is not plain. */
function append(register: u32, hot: usize, bytes: usize): bool {
  const flags = load<u32>(hot, 28);
  const before: u64 = (flags & HOT_USED) == 0 ? 0 : pack(hot, load<i64>(hot), load<i64>(hot, 8));
  const tail = <usize>load<u32>(hot, 20);
  let to = tail + bytes;
  if (large != 0) countLarge(hot, register, tail, before);
  else count(hot, tail, to, before);
  if (<u64>range >> 32 != 0) return false;
  if (again) to = leaveOut(tail, to, before);
  store<i64>(hot, load<i64>(hot, 32) + <i64>(top >> 32));
  store<i64>(hot, load<i64>(hot, 40) + <i64>(top & 0xffff_ffff), 8);
  store<u32>(hot, <u32>to, 20);
  store<u32>(hot, flags | HOT_USED | HOT_DIRTY | (ordered ? 0 : HOT_DISORDER), 28);
  return true;
}

/**
 * Looks at where readings of the registers [first, last) will go: the processor fetches all these lines at the same time, but
 * for stores one after the other.
 */
function askFor(first: u32, last: u32, ahead: usize): void {
  let all: u32 = 0;
  const past = hotOf(last);
  for (let hot = hotOf(first); hot < past; hot += HOT) {
    const tail = <usize>load<u32>(hot, 20);
    const stop = min(<usize>load<u32>(hot, 24), tail + ahead);
    for (let p = tail; p < stop; p += LINE) all |= load<u32>(p);
  }
  touched |= all;
}

/** Bytes of a register's readings in all hands. */
function bytesOf(register: u32): usize {
  let bytes: usize = 0;
  for (let hand = hands; hand < handsEnd; hand += HAND)
    bytes += endOf(hand, register) - startOf(hand, register);
  return bytes >> <usize>large;
}

const bytesOfEach: usize = memory.data(64); // u32 for each of those together

/**
 * Plays all hands out. `rows`: they are of the rows that wait in the columns, and a register whose readings are not plain is
 * only marked, by its count; else its readings, all of which can be used, are taken one by one. True where one was marked.
 */
function playOut(rows: bool): bool {
  let marked = false;
  const total = registers();
  const ahead = (held << 3) / <usize>total + LINE;
  for (let first: u32 = 0; first < total; first += TOGETHER) {
    const last = min(first + TOGETHER, total);
    askFor(first, last, ahead);
    // All are put where they go before any is looked at: by then they stand there.
    for (let register = first; register < last; register++) {
      const hot = hotOf(register);
      let bytes = bytesOf(register);
      if (bytes != 0 && !prepare(register, hot, bytes)) {
        if (rows) {
          store<u32>(countOf(register), 1);
          marked = true;
        } else takeAll(register);
        bytes = 0;
      }
      if (bytes != 0 && large == 0) gatherUp(register, load<u32>(hot, 20));
      store<u32>(bytesOfEach + ((register - first) << 2), <u32>bytes);
    }
    for (let register = first; register < last; register++) {
      const bytes = load<u32>(bytesOfEach + ((register - first) << 2));
      if (bytes != 0 && !append(register, hotOf(register), bytes)) {
        if (rows) {
          store<u32>(countOf(register), 1);
          marked = true;
        } else takeAll(register);
      }
    }
  }
  dropHands();
  return marked;
}

/** Takes a register's readings in hands one by one. */
function takeAll(register: u32): void {
  for (let hand = hands; hand < handsEnd; hand += HAND) {
    const to = endOf(hand, register);
    for (let p = startOf(hand, register); p < to; p += 8 << large)
      takeReading(register, timeIn(p), valueIn(p), -1);
  }
}

/** Takes each of the waiting rows that cannot be used, or whose register's count is not 0, the long way. */
function takeSingly(): void {
  const total = registers();
  for (let i = waitFrom; i < waitTo; i++) {
    const register = load<u32>(registerColumn + (i << 2));
    if (register >= total || load<u32>(countOf(register)) != 0 || !isGood(i)) takeRow(i);
  }
  for (let i = waitFrom; i < waitTo; i++) {
    const register = load<u32>(registerColumn + (i << 2));
    if (register < total) store<u32>(countOf(register), 0);
  }
}

/** Makes the columns free. */
export function clearColumns(): void {
  if (anyBad || anyLate || (<u32>(waitTo - waitFrom)) << FEW < registers()) deal();
  if (waitFrom == waitTo) return;
  if (!isAlike()) playOut(false);
  pickUp();
  forgetWaiting();
  if (areFull()) playOut(false);
}

/** Deals out whatever waits. */
export function deal(): void {
  if (handsEnd != hands) playOut(false);
  if (waitFrom == waitTo) return;
  if ((<u32>(waitTo - waitFrom)) << FEW < registers() || earliest > latest) takeSingly();
  else {
    const bad = anyBad;
    pickUp();
    if (playOut(true) || bad) takeSingly();
  }
  forgetWaiting();
}
