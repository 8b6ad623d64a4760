// The records that meters send most, decoded in one go: at most two DIFEs, a VIF with no VIFEs but those that narrow or
// scale it, an integer, BCD, real or time of fixed length, least significant byte first, valid. Whatever is not that is
// left to record.ts, which decodes all; the tests hold both against a plain reference.
import { clean, frame, newRecord } from '../batch/row';
import {
  KIND_DATE,
  KIND_DATETIME_MINUTE,
  KIND_DATETIME_SECOND,
  KIND_NUMBER,
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
  EFFECT_PER,
  EFFECT_QUALIFY,
  EFFECT_SCALE,
  EFFECT_TIMES,
  EFFECT_VENDOR,
  TYPE_NUMBER,
  TYPE_TIME,
  TYPE_UNSIGNED,
  VIFE_MAIN,
  VIF_FB,
  VIF_FD,
  VIF_MAIN,
} from '../generated/tables';
import { origin } from './emit';
import { exponent, mantissa, shortest } from './real';
import { seconds, typeF, typeG, typeI } from './time';

/** Bytes of integers, reals and BCD by data field; 0 where this path does not apply. */
const SIZES: usize = memory.data<u8>([0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0]);
const REAL: u32 = 5;
const FIRST_BCD: u32 = 9;
const MOST_VIFES: u32 = 4;
const ONES: u64 = 0x1111111111111111;

/** Decodes the record at `start`; returns the address behind it, or 0 to leave it to the general path. */
export function ordinary(dif: u32, start: usize, end: usize): usize {
  const field = dif & 15;
  const n: u32 = load<u8>(SIZES + field);
  if (n == 0) return 0;
  let at = start + 1;
  let storage: u32 = (dif >> 6) & 1;
  let tariff: u32 = 0;
  let subunit: u32 = 0;
  if (dif & 0x80) {
    let dife: u32 = load<u8>(at++);
    storage |= (dife & 15) << 1;
    tariff = (dife >> 4) & 3;
    subunit = (dife >> 6) & 1;
    if (dife & 0x80) {
      dife = load<u8>(at++);
      if (dife & 0x80) return 0;
      storage |= (dife & 15) << 5;
      tariff |= ((dife >> 4) & 3) << 2;
      subunit |= ((dife >> 6) & 1) << 1;
    }
  }
  const vib = at;
  let byte: u32 = load<u8>(at++);
  let table = VIF_MAIN;
  if ((byte & 0x7f) >= 0x7b) {
    if (byte == 0xfd) table = VIF_FD;
    else if (byte == 0xfb) table = VIF_FB;
    else return 0;
    byte = load<u8>(at++);
    // FD FD: the second level.
    if (byte == 0xfd) return 0;
  }
  const entry = load<u32>(table + ((byte & 0x7f) << 2));
  const type = entry >> 24;
  if (entry == 0 || type > TYPE_TIME) return 0;
  let scale = <i32>(<i8>(entry >> 16));
  let modifiers: u32 = 0;
  if (byte & 0x80) {
    if (byte == 0xef && table == VIF_MAIN) return 0;
    let vendor: bool = false;
    let count: u32 = 0;
    do {
      if (count == MOST_VIFES) return 0;
      byte = load<u8>(at++);
      if (!vendor) {
        if (byte == 0xfc) return 0;
        const vife = load<u32>(VIFE_MAIN + ((byte & 0x7f) << 2));
        const effect = vife >> 24;
        if (effect == EFFECT_SCALE) scale += <i32>(<i8>(vife >> 16));
        else if (effect == EFFECT_VENDOR) vendor = true;
        else if (effect != EFFECT_QUALIFY && effect != EFFECT_PER && effect != EFFECT_TIMES)
          return 0;
        modifiers |= (vife & 0xff) << (count << 3);
      }
      count++;
    } while (byte & 0x80);
  }
  const next = at + n;
  if (next > end) return 0;
  const unused: u64 = <u64>((8 - n) << 3);
  const top = load<u64>(at) << unused;
  let value: i64 = 0;
  let kind: u32 = KIND_NUMBER;
  if (type == TYPE_NUMBER && field < FIRST_BCD) {
    if (field == REAL) {
      if (!shortest(<u32>(top >> 32))) return 0;
      value = mantissa;
      scale += exponent;
    } else {
      if (top == (<u64>1) << 63) return 0;
      value = <i64>top >> <i64>unused;
    }
  } else if (type == TYPE_TIME) {
    if (field == 2) {
      kind = KIND_DATE;
      if (typeG(<u32>(top >> 48)) != VALIDITY_VALID) return 0;
    } else if (field == 4) {
      kind = KIND_DATETIME_MINUTE;
      if (typeF(<u32>(top >> 32)) != VALIDITY_VALID) return 0;
    } else if (field == 6) {
      kind = KIND_DATETIME_SECOND;
      if (typeI(top >> 16) != VALIDITY_VALID) return 0;
    } else {
      return 0;
    }
    value = seconds;
  } else if (field >= FIRST_BCD) {
    let v = top >> unused;
    // A nibble above 9, or the sign nibble: the general path.
    if ((v >> 3) & ((v >> 2) | (v >> 1)) & ONES) return 0;
    v = (v & 0x0f0f0f0f0f0f) + 10 * ((v >> 4) & 0x0f0f0f0f0f0f);
    v = (v & 0x00ff00ff00ff) + 100 * ((v >> 8) & 0x00ff00ff00ff);
    value = <i64>((v & 0xffff) + 10000 * ((v >> 16) & 0xffff) + 100000000 * ((v >> 32) & 0xffff));
  } else {
    // Unsigned numbers whose ones say that there is none, and bits; what needs the 64th bit has a kind of its own.
    const v = top >> unused;
    if (field == REAL || v >> 63) return 0;
    if (type == TYPE_UNSIGNED && v == u64.MAX_VALUE >> unused) return 0;
    value = <i64>v;
  }
  const row: usize = <usize>newRecord();
  if (<i32>row < 0) return 0;
  const place = <u32>(start - frame) | ((<u32>(vib - start)) << 16) | ((<u32>(at - vib)) << 20);
  store<u32>(R_PLACE + (row << 2), place);
  store<u16>(R_SIZE + (row << 1), <u16>n);
  store<u16>(R_MEANING + (row << 1), <u16>entry);
  store<u8>(R_KIND + row, <u8>kind);
  store<i8>(R_SCALE + row, <i8>scale);
  store<i64>(R_MANTISSA + (row << 3), value);
  // All else is 0 in most records, and in clean rows already.
  if ((dif & 0xf0) | modifiers | origin | (<u32>row < clean ? 1 : 0)) {
    store<u8>(R_FUNCTION + row, <u8>((dif >> 4) & 3));
    store<u8>(R_VALIDITY + row, <u8>VALIDITY_VALID);
    store<u8>(R_FLAGS + row, <u8>origin);
    store<u32>(R_STORAGE + (row << 2), storage);
    store<u32>(R_TARIFF + (row << 2), tariff);
    store<u16>(R_SUBUNIT + (row << 1), <u16>subunit);
    store<u32>(R_MODIFIERS + (row << 2), modifiers);
  }
  return next;
}
