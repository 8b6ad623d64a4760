// The time types F, G, I and J of EN 13757-3, annex A. All of them are civil time without a zone.
//
//   G  2 bytes   day 4..0 | year 2..0 in 7..5 ; month 3..0 | year 6..3 in 7..4
//   F  4 bytes   minute 5..0, invalid 7 ; hour 4..0, century 6..5, summer time 7 ; then G
//   I  6 bytes   second 5..0, summer time 6, leap year 7 ; minute 5..0, invalid 7 ; hour 4..0, weekday 7..5 ; G ; week 5..0
//   J  3 bytes   second 5..0 ; minute 5..0 ; hour 4..0

import { EncodeFault } from './fault.ts';
import { join } from './octets.ts';

export type CivilCoding = 'date' | 'datetime' | 'datetime-seconds' | 'time';

/** True for the codings that hold a date or a time. */
export function isCivil(coding: string): coding is CivilCoding {
  return /^(date|datetime|datetime-seconds|time)$/.test(coding);
}

const SHAPE: Record<CivilCoding, RegExp> = {
  date: /^(\d{4})-(\d\d)-(\d\d)$/,
  datetime: /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/,
  'datetime-seconds': /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/,
  time: /^()()()(\d\d):(\d\d):(\d\d)$/,
};

function invalid(coding: CivilCoding): Uint8Array {
  if (coding === 'date') return Uint8Array.of(0xff, 0xff);
  if (coding === 'time') return Uint8Array.of(0xff, 0xff, 0xff);
  return coding === 'datetime' ? Uint8Array.of(0x80, 0, 0, 0) : Uint8Array.of(0, 0x80, 0, 0, 0, 0);
}

/** The type's bytes, low first; null gives its mark of an invalid value. */
export function civilBytes(
  value: string | null,
  coding: CivilCoding,
  summer: boolean,
  pointer: string,
): Uint8Array {
  if (value === null) return invalid(coding);
  const match = SHAPE[coding].exec(value);
  if (match === null) {
    throw new EncodeFault('encode/bad-value', pointer, `${value} is no ${coding} in ISO 8601`);
  }
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (coding !== 'time') checkDate(year, month, day, pointer);
  if (hour > 23 || minute > 59 || second > 59) {
    throw new EncodeFault('encode/bad-value', pointer, `${value} is no time of day`);
  }
  if (coding === 'date') {
    return dateBytes(yearWithin(year, 1981, 2080, pointer) % 100, month, day);
  }
  if (coding === 'time') return Uint8Array.of(second, minute, hour);
  if (coding === 'datetime-seconds') {
    const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1 ? 0x80 : 0;
    return join(
      second | (summer ? 0x40 : 0) | leap,
      minute,
      hour | (weekday(year, month, day) << 5),
      dateBytes(yearWithin(year, 2000, 2080, pointer) % 100, month, day),
      0,
    );
  }
  // 1900 plus hundreds of years; a receiver that does not know the century bits reads 2000 to 2080 alike.
  const century = Math.floor((yearWithin(year, 1981, 2099, pointer) - 1900) / 100);
  return join(
    minute,
    hour | (century << 5) | (summer ? 0x80 : 0),
    dateBytes(year % 100, month, day),
  );
}

function dateBytes(year: number, month: number, day: number): Uint8Array {
  return Uint8Array.of(day | ((year & 7) << 5), month | ((year >> 3) << 4));
}

function checkDate(year: number, month: number, day: number, pointer: string): void {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    throw new EncodeFault('encode/bad-value', pointer, `${year}-${month}-${day} is no date`);
  }
}

function yearWithin(year: number, low: number, high: number, pointer: string): number {
  if (year < low || year > high) {
    throw new EncodeFault('encode/out-of-range', pointer, `year ${year} is not ${low} to ${high}`);
  }
  return year;
}

/** 1 is Monday, 7 Sunday. */
function weekday(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}
