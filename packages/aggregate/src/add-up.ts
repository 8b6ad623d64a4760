import {
  formatInstant,
  fromScaled,
  type Resolution,
  type SeriesPoint,
  sumDecimal,
  sumQuality,
  type TimeSeries,
  toEpochMs,
} from '@metergram/model';
import { boundaries } from './calendar/boundaries.ts';
import { AggregateError } from './error.ts';

/**
 * A coarser series made by adding up given intervals, as for a hub's series, of which the registers are not known. (From
 * readings, let the aggregator make the coarse intervals: it does so from register boundaries.)
 *
 * An interval of which parts are missing is `incomplete`, and its value is the sum of those that are there; one without any
 * is `missing`. A sum has the worst quality of its parts. Only whole coarse intervals between the first and the last given
 * one are made up of parts that could be there; the first and last are `incomplete` where the series begins or ends inside.
 *
 * @throws AggregateError `option/missing-zone` for days and longer where neither the series nor `zone` names one,
 * `series/not-tiled` where an interval of the series crosses a boundary of the coarser grid.
 */
export function addUp(series: TimeSeries, resolution: Resolution, zone?: string): TimeSeries {
  const where = zone ?? series.zone;
  const civil = resolution !== 'PT15M' && resolution !== 'PT1H';
  if (civil && where === undefined)
    throw new AggregateError('option/missing-zone', `${resolution} needs a zone: days are civil`);
  const head = {
    ...series,
    resolution,
    ...(civil ? { zone: where as NonNullable<TimeSeries['zone']> } : {}),
  };
  const [first] = series.points;
  if (first === undefined) return { ...head, points: [] };
  const last = series.points.at(-1)!;
  const grid = boundaries(
    resolution,
    where ?? 'UTC',
    toEpochMs(first.start),
    toEpochMs(last.end) - 1,
  );
  const points: SeriesPoint[] = [];
  let at = 0;
  for (let k = 0; k + 1 < grid.length; k++) {
    const [start, end] = [grid[k]!, grid[k + 1]!] as const;
    const parts: SeriesPoint[] = [];
    let covered = 0;
    for (; at < series.points.length && toEpochMs(series.points[at]!.start) < end; at++) {
      const part = series.points[at]!;
      if (toEpochMs(part.end) > end || toEpochMs(part.start) < start)
        throw new AggregateError(
          'series/not-tiled',
          `${part.start} to ${part.end} crosses a boundary of ${resolution}`,
        );
      if (part.value === null) continue;
      parts.push(part);
      if (part.quality !== 'incomplete') covered += toEpochMs(part.end) - toEpochMs(part.start);
    }
    points.push(pointOf(start, end, parts, covered));
  }
  return { ...head, points };
}

function pointOf(
  start: number,
  end: number,
  parts: readonly SeriesPoint[],
  covered: number,
): SeriesPoint {
  const interval = { start: formatInstant(start), end: formatInstant(end) };
  if (parts.length === 0) return { ...interval, value: null, quality: 'missing' };
  const whole = covered === end - start;
  return {
    ...interval,
    value: sumDecimal(parts.map(({ value }) => value ?? fromScaled(0n, 0))),
    quality: whole ? sumQuality(parts.map(({ quality }) => quality)) : 'incomplete',
  };
}
