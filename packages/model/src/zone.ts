import type { ZoneId } from './identifier.ts';
import { daysFromCivil, daysInMonth, type EpochMs } from './instant.ts';
import type { Resolution } from './resolution.ts';

/** A date and time of day as a clock on the wall shows it. */
export interface CivilTime {
  readonly year: number;
  /** 1 … 12. */
  readonly month: number;
  /** 1 … 31. */
  readonly day: number;
  /** 0 … 23. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const QUARTER = 900_000;
const CACHE_LIMIT = 100_000;
const formats = new Map<ZoneId, Intl.DateTimeFormat>();
const offsets = new Map<ZoneId, Map<number, number>>();

function formatOf(zone: ZoneId): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

function askEngine(zone: ZoneId, ms: EpochMs): number {
  const field: Record<string, string> = {};
  for (const part of formatOf(zone).formatToParts(ms)) field[part.type] = part.value;
  const year = field['era'] === 'BC' ? 1 - Number(field['year']) : Number(field['year']);
  const days = daysFromCivil(year, Number(field['month']), Number(field['day']));
  const seconds =
    days * 86_400 +
    Number(field['hour']) * 3600 +
    Number(field['minute']) * 60 +
    Number(field['second']);
  return seconds * 1000 - Math.floor(ms / 1000) * 1000;
}

/**
 * Milliseconds by which the zone's clocks are ahead of UTC at an instant, by the rules of the engine's `Intl`.
 *
 * Clocks change at whole quarters of an hour, so each quarter is asked for once and remembered.
 *
 * @throws RangeError when the engine does not know the zone.
 */
export function zoneOffsetMs(zone: ZoneId, ms: EpochMs): number {
  let known = offsets.get(zone);
  if (known === undefined) {
    known = new Map();
    offsets.set(zone, known);
  }
  const quarter = Math.floor(ms / QUARTER);
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = askEngine(zone, quarter * QUARTER);
    if (known.size >= CACHE_LIMIT) known.clear();
    known.set(quarter, offset);
  }
  return offset;
}

function civilOfShifted(shifted: number): CivilTime {
  const date = new Date(shifted);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** What the clocks of a zone show at an instant. */
export function civilTime(zone: ZoneId, ms: EpochMs): CivilTime {
  return civilOfShifted(ms + zoneOffsetMs(zone, ms));
}

/**
 * The instant of a civil time in a zone. Of two equal times (clocks went back) the first; a time that was skipped (clocks
 * went forward) is as much later as the clocks were moved, which for a day that begins in the gap is its first instant.
 */
export function instantOfCivil(zone: ZoneId, civil: CivilTime): EpochMs {
  const wall =
    daysFromCivil(civil.year, civil.month, civil.day) * 86_400_000 +
    (civil.hour * 3600 + civil.minute * 60 + civil.second) * 1000;
  const before = zoneOffsetMs(zone, wall - 86_400_000);
  const after = zoneOffsetMs(zone, wall + 86_400_000);
  const fits = [wall - before, wall - after].filter((ms) => ms + zoneOffsetMs(zone, ms) === wall);
  return fits.length > 0 ? Math.min(...fits) : wall - before;
}

/** The civil date `steps` days, months or years later, at midnight; a day that the month lacks becomes its last. */
function stepped(from: CivilTime, resolution: Resolution, steps: number): CivilTime {
  const midnight = { hour: 0, minute: 0, second: 0 };
  if (resolution === 'P1D') {
    const days = daysFromCivil(from.year, from.month, from.day) + steps;
    return { ...civilOfShifted(days * 86_400_000), ...midnight };
  }
  const months = from.year * 12 + from.month - 1 + (resolution === 'P1M' ? steps : 12 * steps);
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return { year, month, day: Math.min(from.day, daysInMonth(year, month)), ...midnight };
}

/** Start of the interval of that resolution in which an instant lies; days and longer are those of the zone. */
export function startOfInterval(zone: ZoneId, ms: EpochMs, resolution: Resolution): EpochMs {
  if (resolution === 'PT15M') return Math.floor(ms / QUARTER) * QUARTER;
  if (resolution === 'PT1H') return Math.floor(ms / 3_600_000) * 3_600_000;
  const civil = civilTime(zone, ms);
  return instantOfCivil(zone, {
    year: civil.year,
    month: resolution === 'P1Y' ? 1 : civil.month,
    day: resolution === 'P1D' ? civil.day : 1,
    hour: 0,
    minute: 0,
    second: 0,
  });
}

/** The instant `steps` intervals after `start`: by the clock for hours and quarters, by the calendar of the zone above. */
export function addIntervals(
  zone: ZoneId,
  start: EpochMs,
  resolution: Resolution,
  steps: number,
): EpochMs {
  if (resolution === 'PT15M') return start + steps * QUARTER;
  if (resolution === 'PT1H') return start + steps * 3_600_000;
  return instantOfCivil(zone, stepped(civilTime(zone, start), resolution, steps));
}

/** `YYYY-MM-DD` of an instant in a zone. */
export function civilDate(zone: ZoneId, ms: EpochMs): string {
  return new Date(ms + zoneOffsetMs(zone, ms)).toISOString().slice(0, 10);
}
