import type {
  Decimal,
  EpochMs,
  Interval,
  Issue,
  PricePoint,
  PriceSeries,
  Resolution,
} from '@metergram/model';
import { formatInstant, parseDecimal, parseEpochMs } from '@metergram/model';
import { asList, asRecord, asText, parseExactJson } from '../core/exact-json.ts';

/** The two datasets of day-ahead prices: hours up to the end of September 2025, quarters from then on. */
export type SpotDataset = 'Elspotprices' | 'DayAheadPrices';

/** 2025-10-01T00:00 Danish time: where `Elspotprices` ends and `DayAheadPrices` begins. */
export const DAY_AHEAD_START: EpochMs = Date.UTC(2025, 8, 30, 22);

interface Columns {
  readonly time: string;
  readonly eur: string;
  readonly dkk: string;
  readonly resolution: Resolution;
  readonly step: number;
}

const COLUMNS: Readonly<Record<SpotDataset, Columns>> = {
  Elspotprices: {
    time: 'HourUTC',
    eur: 'SpotPriceEUR',
    dkk: 'SpotPriceDKK',
    resolution: 'PT1H',
    step: 3_600_000,
  },
  DayAheadPrices: {
    time: 'TimeUTC',
    eur: 'DayAheadPriceEUR',
    dkk: 'DayAheadPriceDKK',
    resolution: 'PT15M',
    step: 900_000,
  },
};

/** A page of a dataset: the rows as sent, numbers as the text of their digits, and how many there are in all. */
export interface DatasetPage {
  readonly total: number | null;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Reads an answer of `api.energidataservice.dk/dataset/…`; null when it is none.
 *
 * @example parseDatasetPage('{"total":1,"records":[{"DayAheadPriceEUR":110.099998}]}')
 */
export function parseDatasetPage(text: string): DatasetPage | null {
  let body: unknown;
  try {
    body = parseExactJson(text);
  } catch {
    return null;
  }
  const answer = asRecord(body);
  if (answer === null || !Array.isArray(answer['records'])) return null;
  const rows: Readonly<Record<string, unknown>>[] = [];
  for (const row of asList(answer['records'])) {
    const record = asRecord(row);
    if (record !== null) rows.push(record);
  }
  const total = Number(asText(answer['total']) ?? Number.NaN);
  return { total: Number.isInteger(total) ? total : null, rows };
}

/** Instant of a column that is in UTC but says no zone: `2024-08-29T21:00:00`. */
export function parseUtcColumn(value: unknown): EpochMs | null {
  const text = asText(value);
  if (text === null) return null;
  return parseEpochMs(text) ?? parseEpochMs(`${text}Z`);
}

/** Exact text of a number or null; a price that is not there yet (DKK before the rate is set) stays null, never zero. */
export function decimalColumn(value: unknown): Decimal | null {
  const text = asText(value);
  return text === null ? null : parseDecimal(text);
}

/** Day-ahead prices of an area in both currencies. */
export interface SpotPrices {
  readonly series: readonly PriceSeries[];
  readonly issues: readonly Issue[];
}

/**
 * Rows of `Elspotprices` or `DayAheadPrices` as two series for each area, EUR and DKK per MWh, in order of time. The
 * column in UTC is read, so the day of 25 hours has its hour twice, as it should.
 */
export function spotPrices(
  dataset: SpotDataset,
  rows: readonly Readonly<Record<string, unknown>>[],
  interval?: Interval,
): SpotPrices {
  const columns = COLUMNS[dataset];
  const issues: Issue[] = [];
  const from = interval === undefined ? -Infinity : (parseEpochMs(interval.start) ?? -Infinity);
  const to = interval === undefined ? Infinity : (parseEpochMs(interval.end) ?? Infinity);
  const areas = new Map<string, Map<EpochMs, Readonly<Record<string, unknown>>>>();
  for (const [at, row] of rows.entries()) {
    const time = parseUtcColumn(row[columns.time]);
    const area = asText(row['PriceArea']);
    if (time === null || area === null) {
      issues.push({
        code: 'energidataservice/bad-row',
        severity: 'warning',
        message: `a row without ${columns.time} or PriceArea was left out`,
        pointer: `/records/${at}`,
      });
      continue;
    }
    if (time < from || time >= to) continue;
    const slots = areas.get(area) ?? new Map<EpochMs, Readonly<Record<string, unknown>>>();
    areas.set(area, slots);
    slots.set(time, row);
  }
  const series: PriceSeries[] = [];
  for (const [area, slots] of areas) {
    const times = [...slots.keys()].sort((a, b) => a - b);
    for (const [currency, column] of [
      ['EUR', columns.eur],
      ['DKK', columns.dkk],
    ] as const) {
      const points: PricePoint[] = times.map((time) => ({
        start: formatInstant(time),
        end: formatInstant(time + columns.step),
        value: decimalColumn(slots.get(time)?.[column]),
      }));
      series.push({
        name: 'day-ahead',
        currency,
        per: 'MWh',
        vat: 'exclusive',
        area,
        resolution: columns.resolution,
        source: { scheme: 'energidataservice', code: dataset },
        points,
      });
    }
  }
  return { series, issues };
}
