import { zoneOffsetMs } from './clocks.ts';
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

/**
 * Start of the interval of that resolution in which an instant lies; days and longer are those of the zone. Where clocks go
 * back over midnight, what shows the day before once more belongs to the day that had begun: a day begins once.
 */
export function startOfInterval(zone: ZoneId, ms: EpochMs, resolution: Resolution): EpochMs {
  if (resolution === 'PT15M') return Math.floor(ms / QUARTER) * QUARTER;
  if (resolution === 'PT1H') return Math.floor(ms / 3_600_000) * 3_600_000;
  const civil = civilTime(zone, ms);
  const start = instantOfCivil(zone, {
    year: civil.year,
    month: resolution === 'P1Y' ? 1 : civil.month,
    day: resolution === 'P1D' ? civil.day : 1,
    hour: 0,
    minute: 0,
    second: 0,
  });
  const next = addIntervals(zone, start, resolution, 1);
  return next > ms ? start : next;
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
