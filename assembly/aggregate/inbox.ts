// Where an arriving reading of a packed register goes first. Meters take turns, and the readings of each lie in a block of
// their own: so what one reading touches is small, and that of all registers lies side by side.
//
// front, 16 bytes                                        inbox, 64 bytes, a line of the cache
//   0  epoch    i64  what times count from, as the bits    eight packed readings, in the order that they came
//                    of a float (`bitsOf`)
//   8  floor    i64  what values count from              waiting, a byte: how many there are; FRONT_CLOSED: see the hot
//                                                          part
//
// Eight readings go to the register's block together, a line of the cache there, and only then it is seen whether they
// are in order. Until then the hot part does not know of them.
import { bitsOf } from './exact';
import { LINE } from './memory';
import { fits, pack } from './packed';
import {
  FRONT_CLOSED,
  HOT_DIRTY,
  HOT_DISORDER,
  HOT_PACKED,
  INBOX_ROOM,
  PACKED,
  frontOf,
  hotOf,
  inboxOf,
  waitingOf,
  widen,
} from './register';

let repeats: f64 = 0;

/** Readings that came again just as they were. */
export function repeatsSeen(): f64 {
  return repeats;
}

export function countRepeat(): void {
  repeats++;
}

/** Puts `waiting` readings of the inbox behind those at `tail`, and tells the hot part of them; returns past them. */
function moveOut(hot: usize, inbox: usize, waiting: u32, tail: usize): usize {
  let top = load<u64>(hot, 48);
  if (ASC_FEATURE_SIMD) {
    if (waiting == INBOX_ROOM) {
      // each against the one before it: times ascend, and values do not fall
      const a = v128.load(inbox);
      const b = v128.load(inbox, 16);
      const c = v128.load(inbox, 32);
      const d = v128.load(inbox, 48);
      const before = i64x2.replace_lane(v128.load64_splat(inbox), 0, top);
      const ab = v128.load(inbox, 8);
      const bc = v128.load(inbox, 24);
      const cd = v128.load(inbox, 40);
      const later = v128.and(
        v128.and(i32x4.gt_u(a, before), i32x4.gt_u(b, ab)),
        v128.and(i32x4.gt_u(c, bc), i32x4.gt_u(d, cd)),
      );
      const higher = v128.and(
        v128.and(i32x4.ge_u(a, before), i32x4.ge_u(b, ab)),
        v128.and(i32x4.ge_u(c, bc), i32x4.ge_u(d, cd)),
      );
      if (i32x4.all_true(v128.bitselect(later, higher, i32x4(0, -1, 0, -1)))) {
        v128.store(tail, a);
        v128.store(tail, b, 16);
        v128.store(tail, c, 32);
        v128.store(tail, d, 48);
        tell(hot, i64x2.extract_lane(d, 1), HOT_DIRTY);
        return tail + LINE;
      }
      // Times are below 2^31 nearly always. What comes again at once goes the long way.
      const same = v128.or(
        v128.or(i64x2.eq(a, before), i64x2.eq(b, ab)),
        v128.or(i64x2.eq(c, bc), i64x2.eq(d, cd)),
      );
      const signs = v128.or(v128.or(a, b), v128.or(c, d));
      if (!v128.any_true(v128.or(same, i64x2.lt_s(signs, i64x2.splat(0))))) {
        const ba = v128.bitselect(a, b, i64x2.gt_s(a, b));
        const dc = v128.bitselect(c, d, i64x2.gt_s(c, d));
        const most = v128.bitselect(ba, dc, i64x2.gt_s(ba, dc));
        v128.store(tail, a);
        v128.store(tail, b, 16);
        v128.store(tail, c, 32);
        v128.store(tail, d, 48);
        const one = <u64>i64x2.extract_lane(most, 0);
        tell(hot, max(top, max(one, <u64>i64x2.extract_lane(most, 1))), HOT_DIRTY | HOT_DISORDER);
        return tail + LINE;
      }
    }
  }
  let wrong: u32 = 0;
  for (let p = inbox; p < inbox + ((<usize>waiting) << 3); p += PACKED) {
    const reading = load<u64>(p);
    if (reading == top) {
      repeats++;
      continue;
    }
    if (reading >> 32 <= top >> 32 || <u32>reading < <u32>top) wrong = HOT_DISORDER;
    top = max(top, reading);
    store<u64>(tail, reading);
    tail += PACKED;
  }
  tell(hot, top, HOT_DIRTY | wrong);
  return tail;
}

/** The hot part learns which reading is the newest, and of marks. */
function tell(hot: usize, top: u64, marks: u32): void {
  store<u64>(hot, top, 48);
  store<i64>(hot, load<i64>(hot, 32) + <i64>(top >> 32));
  store<i64>(hot, load<i64>(hot, 40) + <i64>(top & 0xffff_ffff), 8);
  store<u32>(hot, load<u32>(hot, 28) | marks, 28);
}

/** Closes a register's front: the hot part knows everything from now on, and the inbox is empty. */
export function closeFront(register: u32, hot: usize): void {
  const waiting = <u32>load<u8>(waitingOf(register));
  if (waiting == FRONT_CLOSED) return;
  store<u8>(waitingOf(register), <u8>FRONT_CLOSED);
  if (waiting == 0) return;
  if (load<u32>(hot, 20) == 0) widen(hot, waiting << 3);
  // Of a full block, into the line behind its room: a front is only open where what the block has is in its room.
  const tail = moveOut(hot, inboxOf(register), waiting, load<u32>(hot, 20));
  store<u32>(hot, <u32>tail, 20);
}

/**
 * Opens the front of a packed register whose newest reading can be packed. Where its readings are in order, the last of
 * them go back into the inbox, so that those of the block end with a line.
 */
export function openFront(register: u32, hot: usize): void {
  const flags = load<u32>(hot, 28);
  const base = load<u32>(hot, 16);
  let tail = load<u32>(hot, 20);
  if ((flags & HOT_PACKED) == 0 || tail > load<u32>(hot, 24)) return;
  if (!fits(hot, load<i64>(hot), load<i64>(hot, 8))) return;
  let waiting: u32 = 0;
  let top = pack(hot, load<i64>(hot), load<i64>(hot, 8));
  if ((flags & HOT_DISORDER) == 0) {
    waiting = ((tail - base) >> 3) & (INBOX_ROOM - 1);
    tail -= waiting << 3;
    const inbox = inboxOf(register);
    for (let p: u32 = 0; p < waiting << 3; p += <u32>PACKED)
      store<u64>(inbox + p, load<u64>(tail + p));
    store<u32>(hot, tail, 20);
    if (waiting != 0) top = tail > base ? load<u64>(tail - <u32>PACKED) : 0;
  }
  store<u64>(hot, top, 48);
  const front = frontOf(register);
  store<i64>(front, bitsOf(load<i64>(hot, 32)));
  store<i64>(front, load<i64>(hot, 40), 8);
  store<u8>(waitingOf(register), <u8>waiting);
}

/** Puts a full inbox behind the readings of the block; false where that has no room. */
export function moveInbox(register: u32): bool {
  const hot = hotOf(register);
  const tail = load<u32>(hot, 20);
  if (tail + <u32>LINE > load<u32>(hot, 24) - load<u32>(hot, 56)) return false;
  store<u32>(hot, <u32>moveOut(hot, inboxOf(register), INBOX_ROOM, tail), 20);
  store<u8>(waitingOf(register), 0);
  return true;
}
