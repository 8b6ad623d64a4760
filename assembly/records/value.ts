// The value of one record: bytes at an address, read as the VIF's type and the DIF's data field say (EN 13757-3 annex A).
import { unsignedAt, unsignedMsbAt } from '../cursor';
import {
  ISSUE_RECORD_INVALID_BCD,
  ISSUE_RECORD_INVALID_TIME,
  ISSUE_RECORD_TIME_TYPE,
  KIND_BYTES,
  KIND_DATE,
  KIND_DATETIME_MINUTE,
  KIND_DATETIME_SECOND,
  KIND_DIGITS,
  KIND_NONE,
  KIND_NUMBER,
  KIND_REAL64,
  KIND_TEXT,
  KIND_TIME,
  KIND_UNSIGNED,
  KIND_UNSIGNED_TEXT,
  VALIDITY_DIGITS_THAT_ARE_NONE,
  VALIDITY_IMPOSSIBLE_TIME,
  VALIDITY_MARKED_INVALID,
  VALIDITY_MORE_DIGITS_THAN_FIT,
  VALIDITY_NO_DATA,
  VALIDITY_NOT_A_NUMBER,
  VALIDITY_VALID,
} from '../generated/codes';
import {
  TYPE_BITS,
  TYPE_BYTES,
  TYPE_FRACTION,
  TYPE_IDENTIFIER,
  TYPE_NUMBER,
  TYPE_RAW,
  TYPE_TIME,
  TYPE_UNSIGNED,
} from '../generated/tables';
import { issue } from '../batch/row';
import { bcd, bcdUnsigned, bcdValue } from './bcd';
import { exponent, mantissa as realMantissa, shortest } from './real';
import { seconds, typeF, typeG, typeI, typeJ } from './time';

/** Results of the calls below; `scale` is added to by reals and fractions, its other parts come from VIF and VIFE. */
export let kind: u32 = 0;
export let validity: u32 = 0;
export let mantissa: i64 = 0;
export let scale: i32 = 0;

export function setValue(ofKind: u32, ofValidity: u32, value: i64): void {
  kind = ofKind;
  validity = ofValidity;
  mantissa = value;
}

export function setNone(): void {
  setValue(KIND_NONE, VALIDITY_NO_DATA, 0);
}

/** 5^12: what makes n · 2^-12 a decimal of twelve places. */
const FIVE_12: i64 = 244140625;

function number(value: i64, type: u32): void {
  setValue(KIND_NUMBER, VALIDITY_VALID, value);
  if (type == TYPE_FRACTION) {
    if (value > i64.MAX_VALUE / FIVE_12 || value < i64.MIN_VALUE / FIVE_12) {
      validity = VALIDITY_MORE_DIGITS_THAN_FIT;
    } else {
      mantissa = value * FIVE_12;
      scale -= 12;
    }
  }
}

/** Integer of `n` bytes, 1 … 8, types B, C and D. */
export function integer(v: u64, n: u32, type: u32): void {
  const unused: u64 = <u64>((8 - n) << 3);
  if (type == TYPE_IDENTIFIER) {
    setValue(KIND_UNSIGNED_TEXT, VALIDITY_VALID, <i64>v);
  } else if (type == TYPE_UNSIGNED || type == TYPE_FRACTION) {
    // Type C: all ones are no value.
    if (v == u64.MAX_VALUE >> unused) setValue(KIND_NUMBER, VALIDITY_MARKED_INVALID, 0);
    else if (!(v >> 63)) number(<i64>v, type);
    else if (type == TYPE_FRACTION) setValue(KIND_NUMBER, VALIDITY_MORE_DIGITS_THAN_FIT, 0);
    else setValue(KIND_UNSIGNED, VALIDITY_VALID, <i64>v);
  } else if (type == TYPE_BITS) {
    setValue(v >> 63 ? KIND_UNSIGNED : KIND_NUMBER, VALIDITY_VALID, <i64>v);
  } else {
    // Type B: the most negative number is no value.
    const top = v << unused;
    if (top == (<u64>1) << 63) setValue(KIND_NUMBER, VALIDITY_MARKED_INVALID, 0);
    else setValue(KIND_NUMBER, VALIDITY_VALID, <i64>top >> <i64>unused);
  }
}

/** BCD of `n` bytes, 1 … 8, type A. */
export function decimal(v: u64, n: u32, type: u32, at: usize): void {
  if (type == TYPE_IDENTIFIER) {
    setValue(KIND_DIGITS, VALIDITY_VALID, <i64>v);
  } else if (bcd(v, n)) {
    number(bcdValue, type);
  } else {
    setValue(KIND_NUMBER, VALIDITY_DIGITS_THAT_ARE_NONE, 0);
    issue(ISSUE_RECORD_INVALID_BCD, at, 0);
  }
}

/** Four bytes, type H. */
export function real(bits: u32): void {
  if (shortest(bits)) {
    setValue(KIND_NUMBER, VALIDITY_VALID, realMantissa);
    scale += exponent;
  } else {
    setValue(KIND_NUMBER, VALIDITY_NOT_A_NUMBER, 0);
  }
}

/** A time point: its type follows from the number of bytes (2 G, 3 J, 4 F, 6 I). */
export function time(v: u64, n: u32, at: usize): void {
  let result: u32 = VALIDITY_VALID;
  if (n == 2) {
    kind = KIND_DATE;
    result = typeG(<u32>v);
  } else if (n == 4) {
    kind = KIND_DATETIME_MINUTE;
    result = typeF(<u32>v);
  } else if (n == 6) {
    kind = KIND_DATETIME_SECOND;
    result = typeI(v);
  } else if (n == 3) {
    kind = KIND_TIME;
    result = typeJ(<u32>v);
  } else {
    setValue(KIND_BYTES, VALIDITY_VALID, 0);
    issue(ISSUE_RECORD_TIME_TYPE, at, n);
    return;
  }
  validity = result;
  mantissa = result == VALIDITY_VALID ? seconds : 0;
  if (result == VALIDITY_IMPOSSIBLE_TIME) issue(ISSUE_RECORD_INVALID_TIME, at, 0);
}

/** LVAR codes up to this one count bytes of text, or of a container (EN 13757-3 table 5). */
export const MOST_TEXT: u32 = 0xbf;

/** Bytes behind an LVAR, or 0xffff where the code is reserved (EN 13757-3 table 5). */
export function lvarSize(lvar: u32): u32 {
  if (lvar <= MOST_TEXT) return lvar;
  if (lvar <= 0xef) return lvar & 15;
  if (lvar <= 0xf4) return (lvar - 0xec) << 2;
  if (lvar == 0xf5) return 48;
  if (lvar == 0xf6) return 64;
  return lvar == 0xf8 ? 8 : 0xffff;
}

/** `n` bytes at `at` behind the byte `lvar`. */
export function variable(lvar: u32, at: usize, n: u32, type: u32, msb: bool): void {
  if (type == TYPE_BYTES || type == TYPE_RAW) {
    setBytes();
  } else if (lvar <= MOST_TEXT) {
    setValue(KIND_TEXT, VALIDITY_VALID, 0);
  } else if (n == 0) {
    setNone();
  } else if (lvar <= 0xdf) {
    binaryCodedDecimal(lvar, at, n, type, msb);
  } else if (lvar == 0xf8) {
    const bits = msb ? bswap<u64>(load<u64>(at)) : load<u64>(at);
    const finite = (bits & 0x7ff0000000000000) != 0x7ff0000000000000;
    setValue(KIND_REAL64, finite ? VALIDITY_VALID : VALIDITY_NOT_A_NUMBER, <i64>bits);
  } else if (n > 8 || type == TYPE_TIME) {
    // Long binaries are opaque in the field: keys, bit arrays, types L and M. {@link overflows} tells numbers among them.
    setBytes();
  } else {
    integer(msb ? unsignedMsbAt(at, n) : unsignedAt(at, n), n, type);
  }
}

/** Whether {@link variable} has just left a number of the VIF's `type` as bytes, because it has more digits than a value. */
export function overflows(lvar: u32, type: u32): bool {
  return (
    kind == KIND_BYTES &&
    lvar > MOST_TEXT &&
    (type == TYPE_NUMBER || type == TYPE_UNSIGNED || type == TYPE_FRACTION)
  );
}

function binaryCodedDecimal(lvar: u32, at: usize, n: u32, type: u32, msb: bool): void {
  if (type == TYPE_IDENTIFIER) {
    setValue(KIND_DIGITS, VALIDITY_VALID, 0);
    return;
  }
  if (n > 9) {
    setValue(KIND_BYTES, VALIDITY_VALID, 0);
    return;
  }
  const low = n < 8 ? n : 8;
  const high: u64 = n == 9 ? <u64>load<u8>(msb ? at : at + 8) : 0;
  const v = msb ? unsignedMsbAt(at + n - low, low) : unsignedAt(at, low);
  if (bcdUnsigned(v, high)) {
    number(lvar >= 0xd0 ? -bcdValue : bcdValue, type);
  } else {
    setValue(KIND_NUMBER, VALIDITY_DIGITS_THAT_ARE_NONE, 0);
    issue(ISSUE_RECORD_INVALID_BCD, at, 0);
  }
}

export function setBytes(): void {
  setValue(KIND_BYTES, VALIDITY_VALID, 0);
}

export function setScale(to: i32): void {
  scale = to;
}

/** Adds `thousandths` of the VIF's unit (VIFE 78 … 7B): both numbers go to the finer scale first. */
export function add(thousandths: i64): void {
  if (validity != VALIDITY_VALID) return;
  if (kind == KIND_UNSIGNED || kind == KIND_REAL64) validity = VALIDITY_MORE_DIGITS_THAN_FIT;
  if (kind != KIND_NUMBER) return;
  let addend = thousandths;
  while (scale > -3) {
    if (mantissa > i64.MAX_VALUE / 10 || mantissa < i64.MIN_VALUE / 10) {
      validity = VALIDITY_MORE_DIGITS_THAN_FIT;
      return;
    }
    mantissa *= 10;
    scale--;
  }
  for (let at = -3; at > scale; at--) {
    if (addend > i64.MAX_VALUE / 10) {
      validity = VALIDITY_MORE_DIGITS_THAN_FIT;
      return;
    }
    addend *= 10;
  }
  if (mantissa > i64.MAX_VALUE - addend) {
    validity = VALIDITY_MORE_DIGITS_THAN_FIT;
    return;
  }
  mantissa += addend;
}

/** Marks the value just read as none because the record itself reports an error. */
export function invalidate(reason: u32): void {
  validity = reason;
}
