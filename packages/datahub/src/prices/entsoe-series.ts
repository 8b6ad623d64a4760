import type {
  Decimal,
  EpochMs,
  Interval,
  Issue,
  PricePoint,
  PriceSeries,
  Resolution,
} from '@metergram/model';
import { formatInstant, parseEpochMs } from '@metergram/model';
import type { PublicationDocument, DocumentPeriod, DocumentSeries } from './entsoe-document.ts';
import { ENTSOE_CURRENCY } from './areas.ts';

/** Which prices of a publication are wanted. */
export interface EntsoeChoice {
  /** Name that the series carry as `area`. */
  readonly area?: string;
  /**
   * Position of the auction where the area has several: in DE-LU and AT, 1 is the coupled auction (SDAC), 2 the earlier
   * one of EXAA. They are different prices, so they are never mixed. Default 1; a series that names none counts as 1.
   */
  readonly sequence?: number;
  /** `A01` (day-ahead) unless told; `A07` is intraday, which some areas send in the same answer. */
  readonly contractType?: string;
  /** Only what lies in here, half-open. ENTSO-E answers with whole market days whatever was asked. */
  readonly interval?: Interval;
}

/** Price series of one publication or several, one for each resolution, and what was odd about them. */
export interface EntsoePrices {
  readonly series: readonly PriceSeries[];
  readonly issues: readonly Issue[];
  /** Positions of auctions that the documents hold, chosen or not; `[1, 2]` for Germany. */
  readonly sequences: readonly number[];
}

const STEP: Readonly<Partial<Record<Resolution, number>>> = { PT15M: 900_000, PT1H: 3_600_000 };
const UNITS: Readonly<Record<string, string>> = { MWH: 'MWh', KWH: 'kWh' };

interface Slot {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly value: Decimal | null;
}

/**
 * The periods of a curve as one slot for each market time unit. In a curve of type A03 a position that is left out repeats
 * the one before it, up to the end of the period (ENTSO-E curve type guide); in any other it is not published: null.
 */
export function expandPeriod(
  period: DocumentPeriod,
  curveType: string | null,
  issues: Issue[],
): readonly Slot[] {
  const step = STEP[period.resolution] ?? 3_600_000;
  const count = Math.floor((period.end - period.start) / step);
  const sent = new Map<number, Decimal | null>();
  for (const point of period.points) {
    if (point.position > count) {
      issues.push({
        code: 'entsoe/position-beyond-period',
        severity: 'warning',
        message: `position ${point.position} lies beyond the ${count} of its period and was left out`,
      });
    } else if (sent.has(point.position) && sent.get(point.position) !== point.amount) {
      issues.push({
        code: 'entsoe/duplicate-position',
        severity: 'warning',
        message: `position ${point.position} is given twice with different amounts; the last one holds`,
      });
      sent.set(point.position, point.amount);
    } else {
      sent.set(point.position, point.amount);
    }
  }
  const slots: Slot[] = [];
  let last: Decimal | null = null;
  for (let position = 1; position <= count; position += 1) {
    const given = sent.get(position);
    if (given !== undefined) last = given;
    else if (curveType !== 'A03') last = null;
    const start = period.start + (position - 1) * step;
    slots.push({ start, end: start + step, value: last });
  }
  return slots;
}

function isWanted(series: DocumentSeries, choice: EntsoeChoice): boolean {
  const contract = choice.contractType ?? 'A01';
  return (
    (series.contractType === null || series.contractType === contract) &&
    (series.sequence ?? 1) === (choice.sequence ?? 1)
  );
}

interface Bucket {
  readonly resolution: Resolution;
  readonly currency: string;
  readonly unit: string;
  readonly slots: Map<EpochMs, Slot>;
}

/** A later document, or a later series, wins over an earlier one; that it changed a price is told. */
function putSlot(bucket: Bucket, slot: Slot, issues: Issue[]): void {
  const before = bucket.slots.get(slot.start);
  if (before !== undefined && before.value !== slot.value) {
    if (slot.value === null) return;
    if (before.value !== null) {
      issues.push({
        code: 'entsoe/conflicting-price',
        severity: 'warning',
        message: `two prices for ${formatInstant(slot.start)}: ${before.value}, then ${slot.value}`,
      });
    }
  }
  bucket.slots.set(slot.start, slot);
}

function bounds(interval: Interval | undefined): readonly [number, number] {
  if (interval === undefined) return [-Infinity, Infinity];
  return [parseEpochMs(interval.start) ?? -Infinity, parseEpochMs(interval.end) ?? Infinity];
}

/**
 * The chosen prices of publications, one series for each resolution (and currency) that they hold: an answer may mix
 * `PT15M` and `PT60M`. Points are exact text, in order, and null where nothing was published.
 *
 * Documents are given oldest first: where two speak of the same time, the later one holds.
 */
export function entsoePrices(
  documents: readonly PublicationDocument[],
  choice: EntsoeChoice = {},
): EntsoePrices {
  const issues: Issue[] = documents.flatMap((document) => document.issues);
  const [from, to] = bounds(choice.interval);
  const buckets = new Map<string, Bucket>();
  const sequences = new Set<number>();
  for (const series of documents.flatMap((document) => document.series)) {
    sequences.add(series.sequence ?? 1);
    if (!isWanted(series, choice)) continue;
    const currency = series.currency ?? ENTSOE_CURRENCY;
    const unit = UNITS[series.unit ?? 'MWH'] ?? series.unit ?? 'MWh';
    for (const period of series.periods) {
      const key = `${period.resolution} ${currency} ${unit}`;
      const bucket: Bucket = buckets.get(key) ?? {
        resolution: period.resolution,
        currency,
        unit,
        slots: new Map(),
      };
      buckets.set(key, bucket);
      for (const slot of expandPeriod(period, series.curveType, issues)) {
        if (slot.start >= from && slot.start < to) putSlot(bucket, slot, issues);
      }
    }
  }
  const series = [...buckets.values()]
    .filter((bucket) => bucket.slots.size > 0)
    .map((bucket) => toSeries(bucket, choice));
  return { series, issues, sequences: [...sequences].sort((a, b) => a - b) };
}

function toSeries(bucket: Bucket, choice: EntsoeChoice): PriceSeries {
  const sequence = choice.sequence ?? 1;
  const points: PricePoint[] = [...bucket.slots.values()]
    .sort((a, b) => a.start - b.start)
    .map((slot) => ({
      start: formatInstant(slot.start),
      end: formatInstant(slot.end),
      value: slot.value,
    }));
  return {
    name: 'day-ahead',
    currency: bucket.currency,
    per: bucket.unit,
    vat: 'exclusive',
    ...(choice.area === undefined ? {} : { area: choice.area }),
    resolution: bucket.resolution,
    source: { scheme: 'entsoe', code: sequence === 1 ? 'A44' : `A44/${sequence}` },
    points,
  };
}

/**
 * One timeline of series of different resolutions: where a quarter-hour price exists it holds, elsewhere the hour's.
 * Before 2025-10-01 an area had hours, after it quarters; a window over that day needs both.
 *
 * @returns null when the series differ in currency, unit or VAT, or when there are none.
 */
export function joinResolutions(series: readonly PriceSeries[]): PriceSeries | null {
  const [first] = series;
  if (first === undefined) return null;
  if (
    series.some(
      (one) => one.currency !== first.currency || one.per !== first.per || one.vat !== first.vat,
    )
  ) {
    return null;
  }
  if (series.length === 1) return first;
  const fine = series.find((one) => one.resolution === 'PT15M');
  const taken = new Set<string>();
  const points: PricePoint[] = [];
  for (const point of fine?.points ?? []) {
    if (point.value === null) continue;
    taken.add(point.start);
    points.push(point);
  }
  for (const one of series) {
    if (one !== fine) for (const point of one.points) points.push(...uncovered(point, taken));
  }
  for (const point of fine?.points ?? []) {
    if (!taken.has(point.start)) points.push(point);
  }
  points.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  const { resolution: _mixed, ...rest } = first;
  return { ...rest, points };
}

const QUARTER = 900_000;

/** The part of a coarse point that no finer price covers, whole when none does; marks its quarters as taken. */
function uncovered(point: PricePoint, taken: Set<string>): readonly PricePoint[] {
  const start = parseEpochMs(point.start);
  const end = point.end === null ? null : parseEpochMs(point.end);
  if (start === null || end === null) return [point];
  const free: PricePoint[] = [];
  for (let at = start; at < end; at += QUARTER) {
    const from = formatInstant(at);
    if (taken.has(from)) continue;
    free.push({ start: from, end: formatInstant(at + QUARTER), value: point.value });
  }
  for (const quarter of free) taken.add(quarter.start);
  return free.length === (end - start) / QUARTER ? [point] : free;
}
