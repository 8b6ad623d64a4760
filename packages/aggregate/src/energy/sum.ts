import {
  compareGranularity,
  type Decimal,
  type Issue,
  type Quality,
  type Resolution,
  type SeriesPoint,
  sumDecimal,
  sumQuality,
  type TimeSeries,
  type ZoneId,
} from '@metergram/model';
import { addUp } from '../add-up.ts';

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
 * A series of amounts added up to coarser intervals, by the rules of `addUp`: quarters to hours, hours to the days, months and
 * years of a zone. The same series where it has this resolution already; null for one finer than its own.
 *
 * @throws AggregateError `series/not-tiled` where an interval of the series crosses a boundary of the coarser grid,
 * `calendar/unknown-zone`.
 */
export function sumIntervals(
  series: TimeSeries,
  resolution: Resolution,
  zone: ZoneId,
): TimeSeries | null {
  if (compareGranularity(series.resolution, resolution) > 0) return null;
  if (series.resolution === resolution) return series;
  return addUp(series, resolution, zone);
}
