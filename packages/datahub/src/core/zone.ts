import type { EpochMs, Instant, Interval, Resolution, ZoneId } from '@metergram/model';
import { instantOf } from './json.ts';

/** A civil date, `2026-03-29`. */
export type LocalDate = string;

const dayMs = 86_400_000;
const formats: Map<string, Intl.DateTimeFormat> = new Map();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-CA-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, found);
  }
  return found;
}

/** What the clock on the wall shows, as if it were UTC: the difference to `ms` is the zone's offset. */
function wall(ms: EpochMs, zone: string): EpochMs {
  const part: Record<string, number> = {};
  for (const { type, value } of format(zone).formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Days since 1970-01-01 of a civil date. Throws RangeError for text that is none. */
function dayNumber(date: LocalDate): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || dateOfDay(ms / dayMs) !== date) throw new RangeError(`no date: ${date}`);
  return ms / dayMs;
}

function dateOfDay(day: number): LocalDate {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

const midnights: Map<string, EpochMs> = new Map();

/**
 * The instant at which a civil day begins in `zone`: its first instant, also where midnight itself is skipped.
 * Throws RangeError for a text that is no date or no zone.
 */
export function startOfDay(date: LocalDate, zone: ZoneId): EpochMs {
  const key = `${zone} ${date}`;
  const known = midnights.get(key);
  if (known !== undefined) return known;
  const target = dayNumber(date) * dayMs;
  // The offsets of the days around; the day begins at the earliest instant whose wall clock shows this date.
  const offsets = [-dayMs, 0, dayMs].map((shift) => wall(target + shift, zone) - (target + shift));
  const candidates = [...new Set(offsets)].map((offset) => target - offset).sort((a, b) => a - b);
  let found = candidates.find((ms) => wall(ms, zone) === target);
  if (found === undefined) {
    // Midnight is skipped: the first quarter of the hour whose wall clock shows the date.
    let ms = candidates[0] as number;
    while (wall(ms, zone) < target) ms += 900_000;
    found = ms;
  }
  if (midnights.size > 20_000) midnights.clear();
  midnights.set(key, found);
  return found;
}

/** The civil date at an instant. */
export function dateAt(ms: EpochMs, zone: ZoneId): LocalDate {
  return new Date(wall(ms, zone)).toISOString().slice(0, 10);
}

/** The hour on the wall at an instant, 0 to 23; the hour that comes twice has the same number twice. */
export function hourAt(ms: EpochMs, zone: ZoneId): number {
  return new Date(wall(ms, zone)).getUTCHours();
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
  if (resolution === 'PT15M') return 900_000;
  return resolution === 'PT1H' ? 3_600_000 : null;
}

/**
 * The end of the interval that starts at `start`: in absolute time up to an hour, by the calendar of `zone` above. A day,
 * month or year that starts inside of one ends where that one ends.
 */
export function intervalEnd(start: EpochMs, resolution: Resolution, zone: ZoneId): EpochMs {
  const fixed = fixedLength(resolution);
  if (fixed !== null) return start + fixed;
  const date = dateAt(start, zone);
  if (resolution === 'P1D') return startOfDay(addDays(date, 1), zone);
  if (resolution === 'P1M') return startOfDay(addMonths(`${date.slice(0, 8)}01`, 1), zone);
  return startOfDay(addMonths(`${date.slice(0, 5)}01-01`, 12), zone);
}

/** An instant's text to epoch milliseconds; the model's instants are always UTC. */
export function epoch(instant: Instant): EpochMs {
  return Date.parse(instant);
}
