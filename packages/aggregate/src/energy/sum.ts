import {
  addIntervals,
  compareGranularity,
  type Decimal,
  formatInstant,
  type Issue,
  type Quality,
  type Resolution,
  type SeriesPoint,
  startOfInterval,
  sumDecimal,
  sumQuality,
  type TimeSeries,
  toEpochMs,
  type ZoneId,
} from '@metergram/model';

/** What the intervals of a series add up to. */
export interface SeriesSum {
  /** Sum of the intervals that have a value; null when none has. */
  readonly value: Decimal | null;
  /** `incomplete` when an interval is missing, or when there are holes; `missing` when there is no value. */
  readonly quality: Quality;
  /** Intervals without a value. */
  readonly missing: number;
  readonly intervals: number;
}

/** Adds up points; exact. */
export function sumPoints(points: readonly SeriesPoint[]): SeriesSum {
  const values = points.flatMap(({ value }) => value ?? []);
  return {
    value: values.length === 0 ? null : sumDecimal(values),
    quality: sumQuality(points.map(({ quality }) => quality)),
    missing: points.length - values.length,
    intervals: points.length,
  };
}

/** An error, as data. */
export function fault(code: string, message: string, pointer = ''): Issue {
  return { code, severity: 'error', message, pointer };
}

/**
 * A series of amounts added up to coarser intervals: quarters to hours, hours to the days, months and years of a zone.
 *
 * An interval of which a part is missing or not in the series is `incomplete`, its value the sum of the parts that are
 * there; one without any value is `missing`. Finer resolutions than the series' own give null.
 */
export function sumIntervals(
  series: TimeSeries,
  resolution: Resolution,
  zone: ZoneId,
): TimeSeries | null {
  if (compareGranularity(series.resolution, resolution) > 0) return null;
  if (series.resolution === resolution) return series;
  const groups = new Map<number, SeriesPoint[]>();
  for (const point of series.points) {
    const start = startOfInterval(zone, toEpochMs(point.start), resolution);
    const group = groups.get(start) ?? [];
    group.push(point);
    groups.set(start, group);
  }
  const points = [...groups].map(([start, parts]): SeriesPoint => {
    const end = addIntervals(zone, start, resolution, 1);
    const covered = parts.reduce((ms, part) => ms + toEpochMs(part.end) - toEpochMs(part.start), 0);
    const { value, quality } = sumPoints(parts);
    const whole = covered === end - start;
    return {
      start: formatInstant(start),
      end: formatInstant(end),
      value,
      quality: whole || value === null ? quality : 'incomplete',
    };
  });
  return { ...series, resolution, zone, points };
}
