import type { Interval, ZoneId } from '@metergram/model';
import type { Period } from './period.ts';
import { addDays, dateAt, epoch, localInterval } from './zone.ts';

/** The civil days that an interval touches, which must not be empty. */
export function touchedDays(interval: Interval, zone: ZoneId): Period {
  const last = dateAt(epoch(interval.end) - 1, zone);
  return { from: dateAt(epoch(interval.start), zone), to: addDays(last, 1) };
}

/** What of an interval lies within the days of a part of it. */
export function withinDays(part: Period, interval: Interval, zone: ZoneId): Interval {
  const days = localInterval(part.from, part.to, zone);
  return {
    start: epoch(days.start) > epoch(interval.start) ? days.start : interval.start,
    end: epoch(days.end) < epoch(interval.end) ? days.end : interval.end,
  };
}
