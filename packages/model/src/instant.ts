import type { Brand } from './brand.ts';

/** A point in time: ISO 8601 in UTC, `2026-01-31T23:00:00Z`, with milliseconds only where they are not zero. */
export type Instant = Brand<string, 'Instant'>;

/** Milliseconds since 1970-01-01T00:00:00Z, a whole number; what columns and arithmetic use. */
export type EpochMs = number;

/** Half-open: `start` is inside, `end` is not. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** Half-open, in epoch milliseconds; `null` means without bound on that side. */
export interface OpenInterval {
  readonly start: EpochMs | null;
  readonly end: EpochMs | null;
}

/** 0000-01-01T00:00:00Z. */
export const MIN_EPOCH_MS: EpochMs = -62_167_219_200_000;
/** 9999-12-31T23:59:59.999Z. */
export const MAX_EPOCH_MS: EpochMs = 253_402_300_799_999;

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar; `month` 1 … 12. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Number of days in a month of the Gregorian calendar; `month` 1 … 12. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The digits from `from` up to `to` as a number, −1 when one is no digit. */
function digits(text: string, from: number, to: number): number {
  if (to > text.length) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Offset in minutes from `at` to the end of the text; NaN when it is none. */
function offsetMinutes(text: string, at: number): number {
  const mark = text[at];
  if ((mark === 'Z' || mark === 'z') && at + 1 === text.length) return 0;
  if (mark !== '+' && mark !== '-') return Number.NaN;
  const rest = text.length - at;
  const colon = text[at + 3] === ':';
  if (rest !== 3 && rest !== (colon ? 6 : 5)) return Number.NaN;
  const hours = digits(text, at + 1, at + 3);
  const minutes = rest === 3 ? 0 : digits(text, text.length - 2, text.length);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return Number.NaN;
  return (mark === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * Milliseconds of an ISO 8601 date and time with `Z` or an offset, or null when it is none.
 *
 * `YYYY-MM-DDThh:mm[:ss[.fraction]]` and `Z`, `±hh`, `±hh:mm` or `±hhmm`; a blank may stand for `T`, a comma for the
 * point. `24:00` is the end of the day. Digits beyond the millisecond are cut off. A time without zone is null: which
 * instant it is cannot be known. Leap seconds (`:60`) are null too. Reads from year 0000 to 9999.
 */
export function parseEpochMs(text: string): EpochMs | null {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const separator = text[10];
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':') return null;
  if (separator !== 'T' && separator !== 't' && separator !== ' ') return null;
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59) return null;
  let at = 16;
  let second = 0;
  let milli = 0;
  if (text[at] === ':') {
    second = digits(text, 17, 19);
    if (second < 0 || second > 59) return null;
    at = 19;
    if (text[at] === '.' || text[at] === ',') {
      const first = ++at;
      while (at < text.length && digits(text, at, at + 1) >= 0) at++;
      if (at === first || at - first > 30) return null;
      milli = Number(text.slice(first, Math.min(at, first + 3)).padEnd(3, '0'));
    }
  }
  if (hour === 24 && (minute > 0 || second > 0 || milli > 0)) return null;
  const offset = offsetMinutes(text, at);
  if (Number.isNaN(offset)) return null;
  const ms =
    daysFromCivil(year, month, day) * DAY +
    (hour * 60 + minute - offset) * MINUTE +
    second * 1000 +
    milli;
  return ms < MIN_EPOCH_MS || ms > MAX_EPOCH_MS ? null : ms;
}

/**
 * Reads a date and time as {@link parseEpochMs} does and gives its one form in UTC; null when it is none.
 *
 * @example
 * parseInstant('2026-02-01T00:00:00+01:00'); // '2026-01-31T23:00:00Z'
 */
export function parseInstant(text: string): Instant | null {
  const ms = parseEpochMs(text);
  return ms === null ? null : formatInstant(ms);
}

/** True for text in the one form of {@link Instant}. */
export function isInstant(value: unknown): value is Instant {
  return typeof value === 'string' && value.length <= 24 && parseInstant(value) === value;
}

/**
 * A time written in a program: {@link parseInstant}, but it throws.
 *
 * @throws RangeError when `text` is no date and time with a zone or offset.
 */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === null) throw new RangeError(`not an instant: ${text.slice(0, 40)}`);
  return parsed;
}

/**
 * The instant of epoch milliseconds.
 *
 * @throws RangeError unless `ms` is a whole number from {@link MIN_EPOCH_MS} to {@link MAX_EPOCH_MS}.
 */
export function formatInstant(ms: EpochMs): Instant {
  if (!Number.isInteger(ms) || ms < MIN_EPOCH_MS || ms > MAX_EPOCH_MS) {
    throw new RangeError(`epoch milliseconds out of range: ${ms}`);
  }
  const text = new Date(ms).toISOString();
  return (text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text) as Instant;
}

/**
 * Epoch milliseconds of an instant.
 *
 * @throws RangeError when a cast put something else into an {@link Instant}.
 */
export function toEpochMs(value: Instant): EpochMs {
  const ms = parseEpochMs(value);
  if (ms === null) throw new RangeError(`not an instant: ${value.slice(0, 40)}`);
  return ms;
}

/** −1, 0 or 1 as `a` is before, at or after `b`. */
export function compareInstant(a: Instant, b: Instant): -1 | 0 | 1 {
  const difference = toEpochMs(a) - toEpochMs(b);
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/** The interval between two epoch milliseconds; null unless `start` is before `end`. */
export function makeInterval(start: EpochMs, end: EpochMs): Interval | null {
  return start < end ? { start: formatInstant(start), end: formatInstant(end) } : null;
}

/** Length in milliseconds. */
export function intervalMs(interval: Interval): number {
  return toEpochMs(interval.end) - toEpochMs(interval.start);
}

/** Either form of interval as epoch milliseconds; null stays null: without bound. */
export function toOpenInterval(interval: Interval | OpenInterval): OpenInterval {
  return {
    start: typeof interval.start === 'string' ? toEpochMs(interval.start) : interval.start,
    end: typeof interval.end === 'string' ? toEpochMs(interval.end) : interval.end,
  };
}

/** True when `time` is at or after the start and before the end. */
export function intervalContains(interval: Interval | OpenInterval, time: EpochMs): boolean {
  const { start, end } = toOpenInterval(interval);
  return (start === null || start <= time) && (end === null || time < end);
}

/** True when every instant of `inner` is in `outer`; an empty `inner` is in every one. */
export function intervalCovers(
  outer: Interval | OpenInterval,
  inner: Interval | OpenInterval,
): boolean {
  const o = toOpenInterval(outer);
  const i = toOpenInterval(inner);
  if (i.start !== null && i.end !== null && i.start >= i.end) return true;
  return (
    (o.start === null || (i.start !== null && o.start <= i.start)) &&
    (o.end === null || (i.end !== null && i.end <= o.end))
  );
}

/** What two intervals share; null when that is nothing (touching ends share nothing). */
export function intersectIntervals(
  a: Interval | OpenInterval,
  b: Interval | OpenInterval,
): OpenInterval | null {
  const x = toOpenInterval(a);
  const y = toOpenInterval(b);
  const start =
    x.start === null ? y.start : y.start === null ? x.start : Math.max(x.start, y.start);
  const end = x.end === null ? y.end : y.end === null ? x.end : Math.min(x.end, y.end);
  return start !== null && end !== null && start >= end ? null : { start, end };
}

/** True when two intervals share an instant. */
export function intervalsOverlap(a: Interval | OpenInterval, b: Interval | OpenInterval): boolean {
  return intersectIntervals(a, b) !== null;
}
