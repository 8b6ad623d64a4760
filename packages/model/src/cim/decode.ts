import type { Report } from '../conversion.ts';
import { type Decimal, parseDecimal } from '../decimal.ts';
import { parseMeteringPointId, type ZoneId } from '../identifier.ts';
import { type EpochMs, formatInstant, parseEpochMs } from '../instant.ts';
import type { Quality, SourceCode } from '../quality.ts';
import { RESOLUTIONS, type Resolution, resolutionMs } from '../resolution.ts';
import type { FlowDirection, SeriesBasis, SeriesPoint, TimeSeries } from '../series.ts';
import { addIntervals } from '../zone.ts';
import { QUALITY_SCHEME, qualityOfCode, resolutionOfDuration, unitOfCode } from './codes.ts';
import type { RawPeriod, RawPoint, RawSeries } from './document.ts';

/**
 * Most intervals that so many points may stand for, holes included. Keeps the work in proportion to the document: a few
 * bytes cannot ask for a million missing points.
 */
function mostIntervals(points: number): number {
  return 100 + 100 * points;
}

/** No civil day is shorter (Nordic days have 23 hours; elsewhere zones moved by more), nor any month. */
const SHORTEST: Readonly<Record<Resolution, number>> = {
  PT15M: 900_000,
  PT1H: 3_600_000,
  P1D: 20 * 3_600_000,
  P1M: 27 * 86_400_000,
  P1Y: 364 * 86_400_000,
};

interface Value {
  readonly value: Decimal | null;
  readonly quality: Quality;
  readonly source?: SourceCode;
}

const ABSENT: Value = { value: null, quality: 'missing' };

interface Span extends Value {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

function direction(raw: RawSeries, report: Report, pointer: string): FlowDirection {
  const { businessType, direction: flow } = raw;
  if (businessType === 'A01' || (businessType === null && flow === 'A01')) return 'production';
  if (businessType !== 'A04' && businessType !== 'A64' && flow !== 'A02') {
    report.warning(
      'cim/unknown-direction',
      pointer,
      `business type ${businessType}: taken as consumption`,
    );
  }
  return 'consumption';
}

function valueOf(point: RawPoint, report: Report, pointer: string): Value {
  const source =
    point.quality === null ? {} : { source: { scheme: QUALITY_SCHEME, code: point.quality } };
  const quality = point.quality === null ? 'unknown' : qualityOfCode(point.quality);
  if (quality === 'missing') {
    if (point.quantity !== null) {
      report.warning(
        'cim/quantity-not-available',
        pointer,
        'marked not available: its quantity is left out',
      );
    }
    return { value: null, quality: 'missing', ...source };
  }
  const value = point.quantity === null ? null : parseDecimal(point.quantity);
  if (value === null) {
    const broken = point.quantity !== null;
    if (broken) report.error('cim/not-a-number', pointer, 'the quantity is no decimal number');
    return { value: null, quality: 'missing', ...source };
  }
  return { value, quality, ...source };
}

/** Boundaries of a period's positions, or null (and an issue) where they cannot be known. */
function boundaries(
  period: RawPeriod,
  resolution: Resolution,
  zone: ZoneId | undefined,
  report: Report,
  pointer: string,
): readonly EpochMs[] | null {
  const start = parseEpochMs(period.start);
  const end = parseEpochMs(period.end);
  if (start === null || end === null || start >= end) {
    report.error('cim/period-times', pointer, 'start and end are no interval of time');
    return null;
  }
  const length = resolutionMs(resolution);
  if (length === null && period.points.length <= 1) return [start, end];
  if (length === null && zone === undefined) {
    report.error('cim/zone-needed', pointer, 'days and longer need the zone whose days they are');
    return null;
  }
  if ((end - start) / SHORTEST[resolution] > mostIntervals(period.points.length)) {
    report.error('cim/period-too-long', pointer, 'is far longer than its points');
    return null;
  }
  const found: EpochMs[] = [start];
  for (let n = 1; (found.at(-1) ?? end) < end; n++) {
    found.push(
      length === null ? addIntervals(zone as ZoneId, start, resolution, n) : start + n * length,
    );
  }
  if (found.at(-1) !== end) {
    report.error('cim/period-length', pointer, 'is no whole number of intervals');
    return null;
  }
  return found;
}

function spansOf(
  period: RawPeriod,
  edges: readonly EpochMs[],
  report: Report,
  pointer: string,
): readonly Span[] {
  const count = edges.length - 1;
  const values = new Map<number, Value>();
  const base = period.points.some(({ position }) => position === '0') ? 0 : 1;
  if (base === 0) report.info('cim/position-from-zero', pointer, 'positions are counted from 0');
  for (const [i, point] of period.points.entries()) {
    const at = `${pointer}/Point/${i}`;
    const index = /^[0-9]{1,7}$/.test(point.position) ? Number(point.position) - base : -1;
    if (index < 0 || index >= count) {
      report.error(
        'cim/position-outside',
        at,
        `position ${point.position.slice(0, 20)} is outside the period`,
      );
    } else if (values.has(index)) {
      report.error('cim/position-repeated', at, 'this position came before: the first one holds');
    } else {
      values.set(index, valueOf(point, report, at));
    }
  }
  return Array.from({ length: count }, (_, i) => ({
    start: edges[i] as EpochMs,
    end: edges[i + 1] as EpochMs,
    ...(values.get(i) ?? ABSENT),
  }));
}

/** In order, without overlap, holes of fixed length filled with missing points. */
function tidy(
  spans: Span[],
  length: number | null,
  report: Report,
  pointer: string,
): SeriesPoint[] {
  spans.sort((a, b) => a.start - b.start);
  const points: SeriesPoint[] = [];
  let last: EpochMs | null = null;
  let filled = 0;
  for (const { start, end, ...value } of spans) {
    if (last !== null && start < last) {
      report.error(
        'cim/overlap',
        pointer,
        `an interval at ${formatInstant(start)} overlaps another`,
      );
      continue;
    }
    const hole = last === null || length === null ? 0 : (start - last) / length;
    if (last !== null && length !== null && hole > 0) {
      filled += Math.ceil(hole);
      if (!Number.isInteger(hole) || filled > mostIntervals(spans.length)) {
        report.warning(
          'cim/long-hole',
          pointer,
          `the hole before ${formatInstant(start)} is not filled`,
        );
      } else {
        for (let at = last; at < start; at += length) {
          points.push({ start: formatInstant(at), end: formatInstant(at + length), ...ABSENT });
        }
      }
    }
    points.push({ start: formatInstant(start), end: formatInstant(end), ...value });
    last = end;
  }
  return points;
}

/**
 * The series of a raw series: one for each resolution in it, intervals in order, holes as missing points. What cannot be
 * read is told and left out; the rest stays.
 */
export function decodeSeries(
  raw: RawSeries,
  zone: ZoneId | undefined,
  report: Report,
  pointer: string,
): readonly TimeSeries[] {
  const spans = new Map<Resolution, Span[]>();
  for (const [i, period] of raw.periods.entries()) {
    const at = `${pointer}/Period/${i}`;
    const resolution = resolutionOfDuration(period.resolution);
    if (resolution === null) {
      report.error(
        'cim/unknown-resolution',
        at,
        `no resolution of ours: ${period.resolution.slice(0, 40)}`,
      );
      continue;
    }
    const edges = boundaries(period, resolution, zone, report, at);
    if (edges === null) continue;
    const found = spans.get(resolution) ?? [];
    found.push(...spansOf(period, edges, report, at));
    spans.set(resolution, found);
  }
  const { unit, quantity } = unitOfCode(raw.unit);
  const basis: SeriesBasis = raw.businessType === 'A64' ? 'profiled' : 'metered';
  const flow = direction(raw, report, pointer);
  const id = raw.meteringPoint === null ? null : parseMeteringPointId(raw.meteringPoint);
  if (id === null) report.warning('cim/no-metering-point', pointer, 'names no metering point');
  return RESOLUTIONS.filter((resolution) => spans.has(resolution)).map((resolution) => ({
    ...(id === null ? {} : { meteringPoint: id }),
    quantity,
    unit,
    direction: flow,
    basis,
    resolution,
    ...(zone === undefined ? {} : { zone }),
    points: tidy(spans.get(resolution) ?? [], resolutionMs(resolution), report, pointer),
  }));
}
