// What vendor formats write: records that have no DIF and VIF of their own, in the same columns as all others.
import {
  KIND_DATE,
  KIND_DATETIME_MINUTE,
  KIND_DATETIME_SECOND,
  KIND_NUMBER,
  VALIDITY_IMPOSSIBLE_TIME,
  VALIDITY_MARKED_INVALID,
  VALIDITY_VALID,
} from '../generated/codes';
import { M_DATETIME } from '../generated/meanings';
import { FROM_VENDOR, VENDOR, put } from '../records/emit';
import { civilSeconds, isDate } from '../records/time';
import { setBytes, setScale, setValue } from '../records/value';

const FLAGS: u32 = VENDOR | FROM_VENDOR;
const INSTANTANEOUS: u32 = 0;

/** Storage number of the records that follow. */
let storage: u64 = 0;
let tariff: u32 = 0;
let subunit: u32 = 0;
let functionCode: u32 = INSTANTANEOUS;

/** Where the records that follow belong; {@link clearPlace} goes back to storage 0, momentary. */
export function setPlace(ofStorage: u32, ofTariff: u32, ofSubunit: u32, ofFunction: u32): void {
  storage = ofStorage;
  tariff = ofTariff;
  subunit = ofSubunit;
  functionCode = ofFunction;
}

export function clearPlace(): void {
  setPlace(0, 0, 0, INSTANTANEOUS);
}

/** `value · 10^scale` in the meaning's unit, read from the `size` bytes at `at`. */
export function putNumber(at: usize, size: u32, meaning: u32, value: i64, scale: i32): void {
  setScale(scale);
  setValue(KIND_NUMBER, VALIDITY_VALID, value);
  put(at, 0, 0, size, meaning, functionCode, storage, tariff, subunit, 0, FLAGS);
}

/** A value that the meter says it does not have. */
export function putMissing(at: usize, size: u32, meaning: u32): void {
  setScale(0);
  setValue(KIND_NUMBER, VALIDITY_MARKED_INVALID, 0);
  put(at, 0, 0, size, meaning, functionCode, storage, tariff, subunit, 0, FLAGS);
}

/** A date; one that is impossible is a record without a value. */
export function putDate(at: usize, size: u32, meaning: u32, year: u32, month: u32, day: u32): void {
  const valid = isDate(year, month, day);
  setScale(0);
  setValue(
    KIND_DATE,
    valid ? VALIDITY_VALID : VALIDITY_IMPOSSIBLE_TIME,
    valid ? civilSeconds(year, month, day, 0) : 0,
  );
  put(at, 0, 0, size, meaning, functionCode, storage, tariff, subunit, 0, FLAGS);
}

/** A date with a time of day, to the minute. */
export function putDateTime(
  at: usize,
  size: u32,
  year: u32,
  month: u32,
  day: u32,
  hour: u32,
  minute: u32,
): void {
  const valid = isDate(year, month, day) && hour < 24 && minute < 60;
  setScale(0);
  setValue(
    KIND_DATETIME_MINUTE,
    valid ? VALIDITY_VALID : VALIDITY_IMPOSSIBLE_TIME,
    valid ? civilSeconds(year, month, day, hour * 3600 + minute * 60) : 0,
  );
  put(at, 0, 0, size, M_DATETIME, functionCode, storage, tariff, subunit, 0, FLAGS);
}

/** Bytes that belong to a format and whose meaning is not known. */
export function putRaw(at: usize, size: u32, meaning: u32): void {
  setScale(0);
  setBytes();
  put(at, 0, 0, size, meaning, functionCode, storage, tariff, subunit, 0, FLAGS);
}

/** A date of type G (EN 13757-3 annex A); FFFF and 0 are none. */
export function putTypeG(at: usize, meaning: u32): void {
  const w: u32 = load<u16>(at);
  const yy = ((w >> 5) & 7) | ((w >> 9) & 0x78);
  putDate(at, 2, meaning, yy > 99 ? 0 : yy <= 80 ? 2000 + yy : 1900 + yy, (w >> 8) & 15, w & 31);
}

/** A date of Techem's and Apator's own: day in bits 0–4, month in 5–8, year from 2000 in 9–15. */
export function putLinear(at: usize, meaning: u32): void {
  const w: u32 = load<u16>(at);
  putDate(at, 2, meaning, 2000 + (w >> 9), (w >> 5) & 15, w & 31);
}

/** Eight BCD digits; -1 where a digit is none. */
export function bcd8(at: usize): i64 {
  let v: u32 = load<u32>(at);
  let value: i64 = 0;
  let power: i64 = 1;
  for (let i = 0; i < 8; i++) {
    const digit = v & 15;
    if (digit > 9) return -1;
    value += <i64>digit * power;
    power *= 10;
    v >>= 4;
  }
  return value;
}

/** Two BCD digits; 255 where they are none. */
export function bcd2(byte: u32): u32 {
  return (byte & 15) > 9 || byte >> 4 > 9 ? 255 : (byte >> 4) * 10 + (byte & 15);
}

/** Three bytes, least significant first. */
export function word24(at: usize): u32 {
  return <u32>load<u16>(at) | ((<u32>load<u8>(at, 2)) << 16);
}

export const MAXIMUM: u32 = 1;

/** A date and time as civil seconds since 1970-01-01. */
export function putCivil(at: usize, size: u32, seconds: i64): void {
  setScale(0);
  setValue(KIND_DATETIME_SECOND, VALIDITY_VALID, seconds);
  put(at, 0, 0, size, M_DATETIME, functionCode, storage, tariff, subunit, 0, FLAGS);
}
