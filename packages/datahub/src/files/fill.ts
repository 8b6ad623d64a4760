import type { EpochMs, Interval, SeriesPoint, TimeSeries, ZoneId } from '@metergram/model';
import { instantOf } from '../core/json.ts';
import { dateAt, epoch, fixedLength, intervalEnd, startOfDay } from '../core/zone.ts';

/** The first boundary of a series' resolution at or after an instant. */
function firstBoundary(at: EpochMs, series: TimeSeries, zone: ZoneId): EpochMs {
  const { resolution } = series;
  const fixed = fixedLength(resolution);
  if (fixed !== null) return Math.ceil(at / fixed) * fixed;
  const date = dateAt(at, zone);
  const month = resolution === 'P1M' ? `${date.slice(0, 8)}01` : `${date.slice(0, 5)}01-01`;
  const start = startOfDay(resolution === 'P1D' ? date : month, zone);
  return start === at ? at : intervalEnd(start, resolution, zone);
}

/**
 * A series over a whole interval: every interval of its resolution that begins inside, as the source has it, and as
 * `missing` where it has none. Points that stand on no boundary are kept where they are; nothing overlaps them.
 */
export function fillSeries(series: TimeSeries, interval: Interval, zone: ZoneId): TimeSeries {
  const own = series.zone ?? zone;
  const from = epoch(interval.start);
  const to = epoch(interval.end);
  const given = series.points.filter((point) => {
    const start = epoch(point.start);
    return start >= from && start < to;
  });
  const points: SeriesPoint[] = [];
  let next = 0;
  let taken = -Infinity;
  for (let at = firstBoundary(from, series, own); at < to;) {
    const end = intervalEnd(at, series.resolution, own);
    for (let point = given[next]; point !== undefined && epoch(point.start) < end;) {
      points.push(point);
      taken = Math.max(taken, epoch(point.end));
      next += 1;
      point = given[next];
    }
    if (taken <= at) {
      points.push({ start: instantOf(at), end: instantOf(end), value: null, quality: 'missing' });
    }
    at = end;
  }
  return { ...series, points: [...points, ...given.slice(next)] };
}
