import {
  addIntervals,
  civilDate,
  civilTime,
  type EpochMs,
  type Instant,
  instantOfCivil,
  type Interval,
  type Resolution,
  resolutionMs,
  startOfInterval,
  type ZoneId,
} from '@metergram/model';
import { instantOf } from './json.ts';

/** A civil date, `2026-03-29`. */
export type LocalDate = string;

const dayMs = 86_400_000;

/** Days since 1970-01-01 of a civil date. Throws RangeError for text that is none. */
function dayNumber(date: LocalDate): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || dateOfDay(ms / dayMs) !== date) throw new RangeError(`no date: ${date}`);
  return ms / dayMs;
}

function dateOfDay(day: number): LocalDate {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/**
 * The instant at which a civil day begins in `zone`: its first instant, also where midnight itself is skipped.
 * Throws RangeError for a text that is no date or no zone.
 */
export function startOfDay(date: LocalDate, zone: ZoneId): EpochMs {
  dayNumber(date);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return instantOfCivil(zone, { year, month, day, hour: 0, minute: 0, second: 0 });
}

/** The civil date at an instant. */
export function dateAt(ms: EpochMs, zone: ZoneId): LocalDate {
  return civilDate(zone, ms);
}

/** The hour on the wall at an instant, 0 to 23; the hour that comes twice has the same number twice. */
export function hourAt(ms: EpochMs, zone: ZoneId): number {
  return civilTime(zone, ms).hour;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayNumber(date) + days);
}

/** Adds civil months to the first of a month. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const at = new Date(dayNumber(date) * dayMs);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, at.getUTCDate()))
    .toISOString()
    .slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The instants of civil days, half-open: `localInterval('2026-03-29', '2026-03-30', zone)` is 23 hours. */
export function localInterval(from: LocalDate, to: LocalDate, zone: ZoneId): Interval {
  return { start: instantOf(startOfDay(from, zone)), end: instantOf(startOfDay(to, zone)) };
}

/** Milliseconds of a resolution whose intervals are equally long; null for days and longer, which are civil. */
export function fixedLength(resolution: Resolution): number | null {
  return resolutionMs(resolution);
}

/**
 * The end of the interval that starts at `start`: in absolute time up to an hour, by the calendar of `zone` above. A day,
 * month or year that starts inside of one ends where that one ends.
 */
export function intervalEnd(start: EpochMs, resolution: Resolution, zone: ZoneId): EpochMs {
  const fixed = resolutionMs(resolution);
  if (fixed !== null) return start + fixed;
  return addIntervals(zone, startOfInterval(zone, start, resolution), resolution, 1);
}

/** An instant's text to epoch milliseconds; the model's instants are always UTC. */
export function epoch(instant: Instant): EpochMs {
  return Date.parse(instant);
}
