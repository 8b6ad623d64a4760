// The records that meters send most, decoded one behind the other in one go: at most two DIFEs, a VIF of the tables, in plain
// text or of the manufacturer, with at most four VIFEs, which narrow, scale or void it, and no value, an integer, BCD, a real,
// a time, bytes or text, least significant byte first, of which there is nothing to tell. Whatever is not that is left to record.ts, which
// decodes all; the tests hold both against a plain reference.
import { clean, frame, issue, keepRecords, recordCapacity, records } from '../batch/row';
import {
  ISSUE_RECORD_INVALID_TIME,
  KIND_BYTES,
  KIND_DATE,
  KIND_DATETIME_MINUTE,
  KIND_DATETIME_SECOND,
  KIND_DIGITS,
  KIND_NONE,
  KIND_NUMBER,
  KIND_TEXT,
  KIND_UNSIGNED_TEXT,
  VALIDITY_IMPOSSIBLE_TIME,
  VALIDITY_MARKED_INVALID,
  VALIDITY_NOT_A_NUMBER,
  VALIDITY_NO_DATA,
  VALIDITY_RECORD_ERROR,
  VALIDITY_VALID,
} from '../generated/codes';
import {
  R_FLAGS,
  R_FUNCTION,
  R_KIND,
  R_MANTISSA,
  R_MEANING,
  R_MODIFIERS,
  R_PLACE,
  R_SCALE,
  R_SIZE,
  R_STORAGE,
  R_SUBUNIT,
  R_TARIFF,
  R_VALIDITY,
} from '../generated/columns';
import {
  EFFECT_ERROR,
  EFFECT_QUALIFY,
  EFFECT_SCALE,
  EFFECT_TIME,
  EFFECT_TIMES,
  EFFECT_VENDOR,
  TYPE_TIME,
  VIFE_MAIN,
  VIF_FB,
  VIF_FD,
  VIF_MAIN,
} from '../generated/tables';
import { origin } from './emit';
import { exponent, mantissa, shortest } from './real';
import { seconds, typeF, typeG, typeI } from './time';
import { MOST_TEXT } from './value';
import { textFollows, vendorEntry } from './vib';

/** Ways of reading a value, most frequent first. */
const INTEGER: u32 = 1;
const BCD: u32 = 2;
const LONG_BCD: u32 = 3;
const UNSIGNED: u32 = 4;
const BITS: u32 = 5;
const DIGITS: u32 = 6;
const UNSIGNED_TEXT: u32 = 7;
const NONE: u32 = 8;
const BYTES: u32 = 9;
const TEXT: u32 = 10;
const LONG_BYTES: u32 = 11;
// What is finished behind the loop: reals, and times in the order of their kinds.
const REAL: u32 = 12;
const DATE: u32 = 13;
const MINUTE: u32 = 14;
const SECOND: u32 = 15;

/** Bytes of integers, reals and BCD, by data field. */
const SIZES: usize = memory.data<u8>([0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0]);
/** By data field how many bits of the eight bytes that end with the value are not the value's. */
const SHIFTS: usize = memory.data<u8>([0, 56, 48, 40, 32, 32, 16, 0, 0, 56, 48, 40, 32, 0, 16, 0]);
/** For each type of VIF, by data field: how its value is read; 0 where this path does not apply. */
const WAYS: usize = memory.data<u8>([
  // number
  8, 1, 1, 1, 1, 12, 1, 1, 8, 2, 2, 2, 2, 10, 3, 0,
  // unsigned number
  8, 4, 4, 4, 4, 0, 4, 4, 8, 2, 2, 2, 2, 10, 3, 0,
  // bits
  8, 5, 5, 5, 5, 0, 5, 5, 8, 2, 2, 2, 2, 10, 3, 0,
  // time
  8, 0, 13, 0, 14, 0, 15, 0, 8, 0, 0, 0, 0, 10, 0, 0,
  // identifier
  8, 7, 7, 7, 7, 0, 7, 0, 8, 6, 6, 6, 6, 10, 6, 0,
  // bytes
  8, 9, 9, 9, 9, 9, 9, 9, 8, 9, 9, 9, 9, 11, 9, 0,
  // unit as text, a number
  8, 1, 1, 1, 1, 12, 1, 1, 8, 2, 2, 2, 2, 10, 3, 0,
  // raw
  8, 9, 9, 9, 9, 9, 9, 9, 8, 9, 9, 9, 9, 11, 9, 0,
  // fraction
  8, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 10, 0, 0,
]);
/** The kind of a record, by way. */
const KINDS: usize = memory.data<u8>([
  <u8>KIND_NONE,
  <u8>KIND_NUMBER,
  <u8>KIND_NUMBER,
  <u8>KIND_NUMBER,
  <u8>KIND_NUMBER,
  <u8>KIND_NUMBER,
  <u8>KIND_DIGITS,
  <u8>KIND_UNSIGNED_TEXT,
  <u8>KIND_NONE,
  <u8>KIND_BYTES,
  <u8>KIND_TEXT,
  <u8>KIND_BYTES,
  <u8>KIND_NUMBER,
  <u8>KIND_DATE,
  <u8>KIND_DATETIME_MINUTE,
  <u8>KIND_DATETIME_SECOND,
]);
const MOST_VIFES: u32 = 4;
/** Marks of an integer that is none, by data field: its least value (EN 13757-3 annex A, type B). */
const MARKS: usize = memory.data<i64>([
  0,
  -0x80,
  -0x8000,
  -0x800000,
  -0x80000000,
  0,
  -0x800000000000,
  i64.MIN_VALUE,
]);
/** Rows of times and reals, which are finished behind the loop: calls in it would cost every record registers. */
const MOST_WAITING: usize = 64;
const WAITING: usize = memory.data(256, 4);
/** How many wait, times 4: no variable of the loop, as few records ask for it. */
let waiting: usize = 0;
/** Lengths of DIB and VIB, at their places in R_PLACE. */
const DIB_BYTE: u32 = 1 << 16;
const VIB_BYTE: u32 = 1 << 20;

/** Whether a nibble is none of the digits: its bit 3 and one of bits 2 and 1 are set. */
function hasNoDigit(v: u32): bool {
  return (v & ((v << 1) | (v << 2)) & 0x88888888) != 0;
}

/** Eight digits as a number: tens, hundreds and ten thousands weigh 16, 256 and 65536 before. */
function digits(v: u32): u32 {
  v -= 6 * ((v >> 4) & 0x0f0f0f0f);
  v -= 156 * ((v >> 8) & 0x00ff00ff);
  return v - 55536 * (v >> 16);
}

/** What is told of a record whose value is none: an error that a VIFE tells goes before. */
function invalid(told: u64, validity: u64): u64 {
  return told >> 32 ? told : told | (validity << 32);
}

/** Decodes the records from `at` on that are ordinary, up to `end`; returns where the first one stands that is not. */
export function ordinary(at: usize, end: usize, toMeter: bool): usize {
  let row: usize = records;
  // A record has two bytes at least: before this address there are rows for all.
  const rows = at + ((<usize>recordCapacity - row) << 1);
  const until = rows < end ? rows : end;
  const always: u32 = origin | (records < clean ? 1 : 0);
  waiting = 0;
  let start = at;
  while (start < until) {
    at = start + 1;
    const dif: u32 = load<u8>(start);
    let place: u32 = <u32>(start - frame) + (DIB_BYTE | VIB_BYTE);
    let difes: u32 = 0;
    if (dif & 0x80) {
      difes = load<u8>(at++);
      place += DIB_BYTE;
      if (difes & 0x80) {
        difes |= (<u32>load<u8>(at++)) << 8;
        place += DIB_BYTE;
        if (difes & 0x8000) break;
      }
    }
    let byte: u32 = load<u8>(at++);
    let entry: u32 = 0;
    // Modifiers in bits 0–31, validity in 32–39.
    let told: u64 = 0;
    if (byte < 0x7b) {
      entry = load<u32>(byte << 2, VIF_MAIN);
      if (entry == 0) break;
    } else {
      let table = VIF_MAIN;
      let count: u32 = 0;
      let modifiers: u32 = 0;
      let validity = VALIDITY_VALID;
      if ((byte & 0x7f) >= 0x7b) {
        if (byte == 0xfd || byte == 0xfb) {
          table = byte == 0xfd ? VIF_FD : VIF_FB;
          byte = load<u8>(at++);
          place += VIB_BYTE;
          // FD FD: the second level.
          if (byte == 0xfd) break;
        } else if (byte == 0xff) {
          let codes: u32 = 0;
          do {
            byte = load<u8>(at++);
            place += VIB_BYTE;
            codes |= (byte & 0x7f) << (count++ << 3);
          } while (byte & 0x80 && count < MOST_VIFES);
          if (byte & 0x80) break;
          entry = vendorEntry(codes, count);
          byte = 0x7f;
        } else if ((byte & 0x7f) == 0x7c) {
          if (!textFollows(at, end)) break;
          const text: u32 = 1 + <u32>load<u8>(at);
          at += text;
          place += VIB_BYTE * text;
        }
      } else if (byte == 0xef) break;
      if (entry == 0) entry = load<u32>(table + ((byte & 0x7f) << 2));
      if (entry == 0) break;
      while (byte & 0x80) {
        byte = load<u8>(at++);
        place += VIB_BYTE;
        // What FC announces is no code of this table.
        const vife: u32 = byte == 0xfc ? 0 : load<u32>((byte & 0x7f) << 2, VIFE_MAIN);
        modifiers |= (vife & 0xff) << (count++ << 3);
        const effect = vife >> 24;
        if (effect - EFFECT_QUALIFY > EFFECT_TIMES - EFFECT_QUALIFY) {
          if (effect == EFFECT_SCALE)
            entry = (entry & 0xff00ffff) | ((entry + (vife & 0xff0000)) & 0xff0000);
          else if (effect == EFFECT_ERROR && !toMeter) validity = VALIDITY_RECORD_ERROR;
          else if (effect == EFFECT_TIME) entry = (entry & 0xffffff) | (TYPE_TIME << 24);
          else {
            // FF: the VIFEs that follow are the manufacturer's own.
            if (effect == EFFECT_VENDOR)
              for (; byte & 0x80 && count < MOST_VIFES; count++) {
                byte = load<u8>(at++);
                place += VIB_BYTE;
              }
            else byte = 0x80;
            break;
          }
        }
        if (count == MOST_VIFES) break;
      }
      // One VIFE more than fit, or one that does more.
      if (byte & 0x80) break;
      told = <u64>modifiers | ((<u64>validity) << 32);
    }
    const field: u32 = dif & 15;
    const way: u32 = load<u8>(((entry >> 24) << 4) + field, WAYS);
    // From the DIF alone: where the next record stands is what all else waits for.
    let n: u32 = load<u8>(field, SIZES);
    let next = at + n;
    if (next > end) break;
    let value: i64 = 0;
    if (way == INTEGER) {
      value = load<i64>(next - 8) >> <i64>load<u8>(field, SHIFTS);
      if (value == load<i64>(field << 3, MARKS)) {
        told = invalid(told, VALIDITY_MARKED_INVALID);
        value = 0;
      }
    } else if (way == BCD) {
      let top = load<u32>(next - 4);
      // Nibble F before all digits is a minus sign.
      const negative = top >= 0xf0000000;
      if (negative) top &= 0x0fffffff;
      top >>= load<u8>(field, SHIFTS) & 31;
      if (hasNoDigit(top)) break;
      value = <i64>digits(top);
      if (negative) value = -value;
    } else if (way == LONG_BCD) {
      const v = load<u64>(at) & 0xffffffffffff;
      if (hasNoDigit(<u32>v) || hasNoDigit(<u32>(v >> 32))) break;
      value = <i64>digits(<u32>v) + 100000000 * <i64>digits(<u32>(v >> 32));
    } else if (way - UNSIGNED <= UNSIGNED_TEXT - UNSIGNED) {
      const v = load<u64>(next - 8) >> <u64>load<u8>(field, SHIFTS);
      if (way < DIGITS) {
        // Unsigned numbers whose ones say that there is none, and bits; what needs the 64th bit has a kind of its own.
        if (v >> 63 || (way < BITS && v == u64.MAX_VALUE >> <u64>load<u8>(field, SHIFTS))) break;
      }
      value = <i64>v;
    } else if (way >= REAL) {
      // The rest of the work is done behind the loop.
      if (waiting == MOST_WAITING << 2) break;
      store<u32>(waiting, <u32>row, WAITING);
      waiting += 4;
      value = load<u64>(next - 8) >> <u64>load<u8>(field, SHIFTS);
    } else if (way == NONE) {
      told = invalid(told, VALIDITY_NO_DATA);
    } else {
      if (way == 0) break;
      if (way != BYTES) {
        // LVAR: how many characters, or bytes.
        n = load<u8>(at);
        if (n++ > MOST_TEXT) break;
        next = at + n;
        if (next > end) break;
      }
    }
    store<u32>(R_PLACE + (row << 2), place);
    store<u16>(R_SIZE + (row << 1), <u16>n);
    store<u16>(R_MEANING + (row << 1), <u16>entry);
    store<u8>(R_KIND + row, load<u8>(way, KINDS));
    store<u8>(R_SCALE + row, <u8>(entry >> 16));
    store<i64>(R_MANTISSA + (row << 3), value);
    // All else is 0 in most records, and in clean rows already.
    if ((dif & 0xf0) | always) {
      store<u8>(R_FUNCTION + row, <u8>((dif >> 4) & 3));
      // DIFEs: storage 0–3, tariff 4–5, subunit 6.
      let storage = (dif >> 6) & 1;
      if (difes | always) {
        storage |= ((difes << 1) & 0x1e) | ((difes >> 3) & 0x1e0);
        if ((difes & 0x7070) | always) {
          store<u32>(R_TARIFF + (row << 2), ((difes >> 4) & 3) | ((difes >> 10) & 12));
          store<u16>(R_SUBUNIT + (row << 1), <u16>(((difes >> 6) & 1) | ((difes >> 13) & 2)));
        }
      }
      store<u32>(R_STORAGE + (row << 2), storage);
    }
    if (told | <u64>always) {
      store<u8>(R_VALIDITY + row, <u8>(told >> 32));
      store<u8>(R_FLAGS + row, <u8>origin);
      store<u32>(R_MODIFIERS + (row << 2), <u32>told);
    }
    row++;
    start = next;
  }
  keepRecords(<u32>row);
  for (let i: usize = 0; i < waiting; i += 4) finish(load<u32>(WAITING + i));
  return start;
}

/** Makes a number of a real, or seconds of a time point, whose bytes stand for its value. */
function finish(row: usize): void {
  const value = R_MANTISSA + (row << 3);
  const bytes = load<u64>(value);
  const kind: u32 = load<u8>(R_KIND + row);
  let validity: u32 = VALIDITY_VALID;
  if (kind == KIND_NUMBER) {
    if (shortest(<u32>bytes)) {
      store<i64>(value, mantissa);
      store<i8>(R_SCALE + row, <i8>(<i32>load<i8>(R_SCALE + row) + exponent));
      return;
    }
    validity = VALIDITY_NOT_A_NUMBER;
  } else {
    if (kind == KIND_DATE) validity = typeG(<u32>bytes);
    else if (kind == KIND_DATETIME_MINUTE) validity = typeF(<u32>bytes);
    else validity = typeI(bytes);
    if (validity == VALIDITY_VALID) {
      store<i64>(value, seconds);
      return;
    }
    if (validity == VALIDITY_IMPOSSIBLE_TIME)
      issue(ISSUE_RECORD_INVALID_TIME, frame + (load<u32>(R_PLACE + (row << 2)) & 0xffff), 0);
  }
  store<i64>(value, 0);
  if (load<u8>(R_VALIDITY + row) == VALIDITY_VALID) store<u8>(R_VALIDITY + row, <u8>validity);
}
