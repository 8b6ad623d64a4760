// Diehl Metering (HYD, DME, EWT, SPL, SAP): PRIOS on CI A0 to A7, and the scrambling of ordinary records behind "security
// modes" 16 to 31. Facts from public descriptions (taps, seed, check byte, fields) and telegrams.
//
// What scrambles is no cipher: a shift register of 32 bits, whose two start values are public and the same in every
// meter. They are part of the format, as a CRC's polynomial is.
import {
  M_BATTERY_REMAINING_YEAR,
  M_DATE,
  M_TRANSMISSION_PERIOD_S,
  M_VENDOR_STATUS,
  M_VOLUME_M3,
} from '../generated/meanings';
import { clearPlace, putDate, putNumber, setPlace } from './sink';

const STARTS: usize = memory.data<u32>([0xdfd109e8, 0xb71f0ae8]);
const CHECK: u32 = 0x4b;

let register: u32 = 0;

/** Four bytes, most significant first. */
function be32(at: usize): u32 {
  return bswap<u32>(load<u32>(at));
}

/** Seeds from M, A, and four bytes from the CI field on, as received: before addresses are put in order. */
function seed(start: u32, frame: usize): void {
  register =
    load<u32>(STARTS + (start << 2)) ^ be32(frame + 2) ^ be32(frame + 6) ^ be32(frame + 10);
}

/** Eight steps of the register (taps 31, 11, 2, 1): its low byte is what the next byte is combined with. */
function nextByte(): u32 {
  for (let i = 0; i < 8; i++) {
    const bit = (register >> 1) ^ (register >> 2) ^ (register >> 11) ^ (register >> 31);
    register = (register << 1) | (bit & 1);
  }
  return register & 0xff;
}

const PLAIN: usize = memory.data(16);

/** PRIOS: `at` is behind the CI field, `frame` the first byte of the frame as received. */
export function diehlPrios(at: usize, end: usize, frame: usize): bool {
  if (at + 9 > end) return false;
  const length: usize = end - at - 4 < 11 ? end - at - 4 : 11;
  let found = false;
  for (let start: u32 = 0; start < 2 && !found; start++) {
    seed(start, frame);
    for (let i: usize = 0; i < length; i++)
      store<u8>(PLAIN + i, <u8>(<u32>load<u8>(at + 4 + i) ^ nextByte()));
    found = <u32>load<u8>(PLAIN) == CHECK;
  }
  if (!found) return false;
  const vif: u32 = load<u8>(at, 3);
  if (vif >> 3 != 2) return false;
  const scale = <i32>(vif & 7) - 6;
  putNumber(at + 5, 4, M_VOLUME_M3, <i64>load<u32>(PLAIN, 1), scale);
  const exponent: i64 = <i64>(load<u8>(at) & 15) + 2;
  const one: i64 = 1;
  putNumber(at, 1, M_TRANSMISSION_PERIOD_S, one << exponent, 0);
  putNumber(at + 1, 1, M_BATTERY_REMAINING_YEAR, <i64>(load<u8>(at, 1) & 31) * 5, -1);
  const alarms: u32 =
    (<u32>load<u8>(at) & 0x80) |
    ((<u32>load<u8>(at, 1) & 0xe0) << 8) |
    ((<u32>load<u8>(at, 2)) << 16);
  putNumber(at, 3, M_VENDOR_STATUS, <i64>alarms, 0);
  setPlace(1, 0, 0, 0);
  if (length >= 9) putNumber(at + 9, 4, M_VOLUME_M3, <i64>load<u32>(PLAIN, 5), scale);
  if (length >= 11) putDiehlDate(at + 13);
  clearPlace();
  return true;
}

/** The date is of type G, in the unscrambled bytes; the record says where its scrambled bytes stand. */
function putDiehlDate(at: usize): void {
  const w: u32 = load<u16>(PLAIN, 9);
  const yy = ((w >> 5) & 7) | ((w >> 9) & 0x78);
  putDate(at, 2, M_DATE, yy > 99 ? 0 : yy <= 80 ? 2000 + yy : 1900 + yy, (w >> 8) & 15, w & 31);
}

/**
 * Unscrambles `[at, end)`, records behind a short header, in place. The sum of the plain bytes stands in the high byte
 * `check` of the configuration field, but for the bit that marks the mode. False, and nothing changed, where neither start
 * value makes it fit.
 */
export function diehlUnscramble(at: usize, end: usize, frame: usize, check: u32): bool {
  for (let start: u32 = 0; start < 2; start++) {
    seed(start, frame);
    let sum: u32 = 0;
    for (let i = at; i < end; i++) sum += <u32>load<u8>(i) ^ nextByte();
    if (((sum ^ check) & 0xef) != 0) continue;
    seed(start, frame);
    for (let i = at; i < end; i++) store<u8>(i, <u8>(<u32>load<u8>(i) ^ nextByte()));
    return true;
  }
  return false;
}

/** Whether plain bytes have the sum that the configuration field says. */
export function diehlIsPlain(at: usize, end: usize, check: u32): bool {
  let sum: u32 = 0;
  for (let i = at; i < end; i++) sum += <u32>load<u8>(i);
  return ((sum ^ check) & 0xef) == 0;
}
