// Civil dates and times of EN 13757-3 annex A, as seconds since 1970-01-01 of the meter's own clock. Meters send civil
// time without a zone; making instants of it is not the decoder's business.
import {
  VALIDITY_IMPOSSIBLE_TIME,
  VALIDITY_MARKED_INVALID,
  VALIDITY_VALID,
} from '../generated/codes';

/** Result of the last call that returned VALIDITY_VALID. */
export let seconds: i64 = 0;

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar; years 1900 … 4000. */
function daysFromCivil(year: u32, month: u32, day: u32): i32 {
  // Years and months from March on, so that the leap day ends its year; 979 / 32 is the length of a month.
  const early = month <= 2;
  const y = early ? year - 1 : year;
  const m = early ? month + 9 : month - 3;
  // y / 100, exact up to 43 698.
  const centuries = (y * 5243) >> 19;
  const days = y * 365 + (y >> 2) - centuries + (centuries >> 2) + ((m * 979 + 16) >> 5) + day;
  return <i32>days - 719469;
}

function daysInMonth(year: u32, month: u32): u32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  // 30 days in April, June, September and November: bits 4, 6, 9, 11.
  return (0xa50 >> month) & 1 ? 30 : 31;
}

/** Whether the calendar has this date; years 1900 … 2155. */
export function isDate(year: u32, month: u32, day: u32): bool {
  return month - 1 < 12 && day != 0 && (day <= 28 || day <= daysInMonth(year, month));
}

/** Civil seconds since 1970-01-01 of a date that {@link isDate}. */
export function civilSeconds(year: u32, month: u32, day: u32, secondOfDay: u32): i64 {
  return <i64>daysFromCivil(year, month, day) * 86400 + <i64>secondOfDay;
}

function setDate(year: u32, month: u32, day: u32, secondOfDay: u32): u32 {
  if (!isDate(year, month, day)) return VALIDITY_IMPOSSIBLE_TIME;
  seconds = civilSeconds(year, month, day, secondOfDay);
  return VALIDITY_VALID;
}

/** Two-digit years: 00 … 80 are 2000 … 2080, 81 … 99 are 1981 … 1999; above 99 there is no year (annex A, type G). */
function fullYear(yy: u32): u32 {
  return yy <= 80 ? 2000 + yy : 1900 + yy;
}

/** Type G, CP16: day 0–4, year 5–7 and 12–15, month 8–11. */
export function typeG(v: u32): u32 {
  if (v == 0xffff) return VALIDITY_MARKED_INVALID;
  const yy = ((v >> 5) & 7) | ((v >> 9) & 0x78);
  if (yy > 99) return VALIDITY_IMPOSSIBLE_TIME;
  return setDate(fullYear(yy), (v >> 8) & 15, v & 31, 0);
}

/**
 * Type F, CP32: minute 0–5, invalid 7, hour 8–12, century 13–14, summer time 15, then as type G.
 * With century 0 a year up to 80 means 2000 + year, as old meters do not fill the century; 2 and 3 say no more than 0, as no
 * meter means the years from 2100 on (docs/decisions/0005).
 */
export function typeF(v: u32): u32 {
  if (v == 0xffffffff || v & 0x80) return VALIDITY_MARKED_INVALID;
  const minute = v & 63;
  const hour = (v >> 8) & 31;
  if (minute > 59 || hour > 23) return VALIDITY_IMPOSSIBLE_TIME;
  const date = v >> 16;
  const yy = ((date >> 5) & 7) | ((date >> 9) & 0x78);
  const century = (v >> 13) & 3;
  if (yy > 99) return VALIDITY_IMPOSSIBLE_TIME;
  const year = century == 1 ? 2000 + yy : fullYear(yy);
  return setDate(year, (date >> 8) & 15, date & 31, hour * 3600 + minute * 60);
}

/** Type I, CP48: second 0–5, minute 8–13, invalid 15, hour 16–20, date as type G in 24–39, week 40–45. */
export function typeI(v: u64): u32 {
  if (v == 0xffffffffffff || v & 0x8000) return VALIDITY_MARKED_INVALID;
  const second = <u32>v & 63;
  const minute = <u32>(v >> 8) & 63;
  const hour = <u32>(v >> 16) & 31;
  if (second > 59 || minute > 59 || hour > 23) return VALIDITY_IMPOSSIBLE_TIME;
  const date = <u32>(v >> 24) & 0xffff;
  const yy = ((date >> 5) & 7) | ((date >> 9) & 0x78);
  if (yy > 99) return VALIDITY_IMPOSSIBLE_TIME;
  return setDate(fullYear(yy), (date >> 8) & 15, date & 31, hour * 3600 + minute * 60 + second);
}

/** Type J, CP24: second, minute, hour in a byte each. */
export function typeJ(v: u32): u32 {
  if (v == 0xffffff) return VALIDITY_MARKED_INVALID;
  const second = v & 63;
  const minute = (v >> 8) & 63;
  const hour = (v >> 16) & 31;
  if (second > 59 || minute > 59 || hour > 23) return VALIDITY_IMPOSSIBLE_TIME;
  seconds = hour * 3600 + minute * 60 + second;
  return VALIDITY_VALID;
}

/**
 * `time`, in civil seconds, half months later (or earlier). Two are a month: the same day, or the last one where that
 * month is shorter; one leads from day d to d + 15, and from there to day d of the next month.
 */
export function addHalfMonths(time: i64, halfMonths: i32): i64 {
  const secondOfDay = ((time % 86400) + 86400) % 86400;
  // Days counted from 0000-03-01, so that the leap day ends its year; 1900 and later is positive.
  const z = <u32>((time - secondOfDay) / 86400 + 719468);
  const era = z / 146097;
  const dayOfEra = z - era * 146097;
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const shifted = (5 * dayOfYear + 2) / 153;
  const day = dayOfYear - (153 * shifted + 2) / 5 + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const half: u32 = halfMonths & 1 && day > 15 ? 1 : 0;
  const total = <i32>((year * 12 + month - 1) * 2 + half) + halfMonths;
  const toYear = <u32>(total / 24);
  const toMonth = <u32>(total / 2) - toYear * 12 + 1;
  const toDay = halfMonths & 1 ? day - 15 * half + 15 * (<u32>total & 1) : day;
  const last = daysInMonth(toYear, toMonth);
  return <i64>daysFromCivil(toYear, toMonth, toDay < last ? toDay : last) * 86400 + secondOfDay;
}
