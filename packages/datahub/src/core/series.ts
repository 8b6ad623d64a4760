import type { EpochMs, Interval, SeriesPoint, TimeSeries, ZoneId } from '@metergram/model';
import type { HubSeries } from './client.ts';
import { instantOf } from './json.ts';
import { epoch, intervalEnd } from './zone.ts';

/** What makes two pieces the same series. */
export function seriesKey(series: TimeSeries): string {
  const { meteringPoint, register, quantity, unit, direction, basis, resolution, zone } = series;
  return JSON.stringify([
    meteringPoint,
    register,
    quantity,
    unit,
    direction,
    basis,
    resolution,
    zone,
    (series as HubSeries).source,
  ]);
}

/** The series as the model has it, without the hub's own words for it: what the model's schema takes. */
export function modelSeries(series: HubSeries): TimeSeries {
  const { source: _, ...plain } = series;
  return plain;
}

/**
 * Joins pieces of the same series, in order of first appearance; points in order of time, without duplicates. Where two
 * pieces have a point for the same interval, the later piece wins, unless it is `missing` and the earlier is not.
 *
 * Splitting a request and merging its answers gives what the whole request gives.
 */
export function mergeSeries<S extends TimeSeries>(pieces: readonly S[]): S[] {
  const groups = new Map<string, S[]>();
  for (const piece of pieces) {
    const key = seriesKey(piece);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [piece]);
    else group.push(piece);
  }
  return Array.from(groups.values(), (group) => {
    const [only] = group as [S];
    const points = group.length === 1 ? only.points : group.flatMap((piece) => piece.points);
    return { ...only, points: orderPoints(points) };
  });
}

/** Points in order of time, one for each start; see {@link mergeSeries}. Returns the same array when it is in order. */
export function orderPoints(points: readonly SeriesPoint[]): readonly SeriesPoint[] {
  let ordered = true;
  for (let at = 1; at < points.length && ordered; at++)
    ordered = (points[at - 1] as SeriesPoint).start < (points[at] as SeriesPoint).start;
  if (ordered) return points;
  const byStart = new Map<EpochMs, SeriesPoint>();
  for (const point of points) {
    const start = epoch(point.start);
    const known = byStart.get(start);
    if (known === undefined || known.value === null || point.value !== null)
      byStart.set(start, point);
  }
  return Array.from(byStart.entries())
    .sort((a, b) => a[0] - b[0])
    .map(([, point]) => point);
}

/** The points that begin inside of `interval`. */
export function cutSeries<S extends TimeSeries>(series: S, interval: Interval): S {
  const start = epoch(interval.start);
  const end = epoch(interval.end);
  const first = series.points[0];
  const last = series.points.at(-1);
  // In order, so the ends tell of all between.
  if (first === undefined || last === undefined) return series;
  if (epoch(first.start) >= start && epoch(last.start) < end) return series;
  const points = series.points.filter((point) => {
    const at = epoch(point.start);
    return at >= start && at < end;
  });
  return { ...series, points };
}

/**
 * The series with a `missing` point for every interval of `interval` that it has none for: for users who want every hour
 * of a year in its place. Needs the series' zone for days and longer; `zone` stands in where it names none.
 */
export function fillGaps<S extends TimeSeries>(series: S, interval: Interval, zone: ZoneId): S {
  const where = series.zone ?? zone;
  const end = epoch(interval.end);
  const points: SeriesPoint[] = [];
  let at = epoch(interval.start);
  const fillTo = (until: EpochMs): void => {
    while (at < until) {
      const next = Math.min(intervalEnd(at, series.resolution, where), until);
      points.push({ start: instantOf(at), end: instantOf(next), value: null, quality: 'missing' });
      at = next;
    }
  };
  for (const point of cutSeries(series, interval).points) {
    fillTo(epoch(point.start));
    points.push(point);
    at = epoch(point.end);
  }
  fillTo(end);
  return { ...series, points };
}

/** A value that differs from what was read before. */
export interface Correction {
  readonly series: TimeSeries;
  /** Null: there was no such interval before. */
  readonly before: SeriesPoint | null;
  /** Null: the interval is no longer there. */
  readonly after: SeriesPoint | null;
}

/**
 * What changed between two readings of the same window: how corrections are found at hubs that announce none. Compared are
 * value, quality and the source's own code; decimals count (`0.10` is not `0.1`), because a hub that sends other digits
 * stores another value.
 */
export function corrections(
  before: readonly TimeSeries[],
  after: readonly TimeSeries[],
): Correction[] {
  const old = new Map(mergeSeries(before).map((series) => [seriesKey(series), series]));
  const found: Correction[] = [];
  for (const series of mergeSeries(after)) {
    const key = seriesKey(series);
    const known = new Map(old.get(key)?.points.map((point) => [point.start, point]));
    old.delete(key);
    for (const point of series.points) {
      const was = known.get(point.start) ?? null;
      known.delete(point.start);
      if (
        was === null ||
        was.value !== point.value ||
        was.quality !== point.quality ||
        was.source?.code !== point.source?.code
      )
        found.push({ series, before: was, after: point });
    }
    for (const was of known.values()) found.push({ series, before: was, after: null });
  }
  for (const series of old.values())
    for (const was of series.points) found.push({ series, before: was, after: null });
  return found;
}

/** The points of `after` with revisions: one more than before where {@link corrections} found a change, else as before. */
export function revise(before: readonly TimeSeries[], after: readonly TimeSeries[]): TimeSeries[] {
  const changed = new Set(corrections(before, after).map(({ after: point }) => point));
  const revisions = new Map<string, number>();
  for (const series of mergeSeries(before))
    for (const point of series.points)
      revisions.set(`${seriesKey(series)} ${point.start}`, point.revision ?? 0);
  return mergeSeries(after).map((series) => ({
    ...series,
    points: series.points.map((point) => {
      const was = revisions.get(`${seriesKey(series)} ${point.start}`);
      if (was === undefined) return { ...point, revision: 0 };
      return { ...point, revision: changed.has(point) ? was + 1 : was };
    }),
  }));
}
