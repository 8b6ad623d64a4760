/** `@metergram/model/home-assistant`: long-term statistics of Home Assistant. */
import { type Converted, Report } from './conversion.ts';
import {
  addDecimal,
  compareDecimal,
  type Decimal,
  decimalFromNumber,
  decimalToNumber,
  parseDecimal,
  subtractDecimal,
} from './decimal.ts';
import { parseMeteringPointId } from './identifier.ts';
import { formatInstant, MAX_EPOCH_MS, parseInstant, toEpochMs } from './instant.ts';
import type { SeriesPoint, TimeSeries } from './series.ts';

/** One row of `recorder/import_statistics`; numbers, because Home Assistant keeps floats. */
export interface HomeAssistantRow {
  /** Start of the hour, ISO 8601. */
  readonly start: string;
  readonly state: number;
  readonly sum: number;
}

/** The call `recorder/import_statistics` of the WebSocket API, without `id` and `type`. */
export interface HomeAssistantStatistics {
  readonly metadata: {
    readonly has_mean: false;
    readonly mean_type: 0;
    readonly has_sum: true;
    readonly name: string | null;
    readonly source: string;
    readonly statistic_id: string;
    readonly unit_class: string | null;
    readonly unit_of_measurement: string;
  };
  readonly stats: readonly HomeAssistantRow[];
}

/** What Home Assistant calls the series. */
export interface HomeAssistantOptions {
  /** `domain:name` in lower case, digits and underscores: `metergram:main_meter`. */
  readonly statisticId: string;
  readonly name?: string;
  /** Sum before the first interval, so that an import continues an older one. Default `0`. */
  readonly sumBefore?: Decimal;
}

const UNITS: Readonly<Record<string, { readonly unit: string; readonly kind: string | null }>> = {
  Wh: { unit: 'Wh', kind: 'energy' },
  kWh: { unit: 'kWh', kind: 'energy' },
  MWh: { unit: 'MWh', kind: 'energy' },
  J: { unit: 'J', kind: 'energy' },
  GJ: { unit: 'GJ', kind: 'energy' },
  m3: { unit: 'm³', kind: 'volume' },
  l: { unit: 'L', kind: 'volume' },
};

/**
 * A series as Home Assistant statistics: hourly rows with a running sum.
 *
 * A missing hour has no row, so the chart shows a gap; the sum goes on from the last one. Losses, told as issues:
 * `loss/quality` (all is equal there), `loss/direction`, `loss/basis`, `loss/zone`, `loss/revision`, `loss/source-code`,
 * `loss/register`, `loss/unit` (a unit that it cannot convert), `loss/float` (a sum has more digits than a float),
 * `loss/missing` (hours missing at the ends), `loss/metering-point`. Errors: another resolution than an hour
 * (`home-assistant/not-hourly`), an id of another form (`home-assistant/statistic-id`); there are no rows then.
 */
export function toHomeAssistant(
  series: TimeSeries,
  options: HomeAssistantOptions,
): Converted<HomeAssistantStatistics> {
  const report = new Report();
  const [source = ''] = options.statisticId.split(':');
  const known = Object.hasOwn(UNITS, series.unit) ? UNITS[series.unit] : undefined;
  if (known === undefined)
    report.loss('loss/unit', '/unit', `Home Assistant cannot convert ${series.unit}`);
  lossesOf(series, report);
  let good = true;
  if (!/^[a-z0-9_]+:[a-z0-9_]+$/.test(options.statisticId)) {
    report.error('home-assistant/statistic-id', '/statisticId', 'is not of the form domain:name');
    good = false;
  }
  if (series.resolution !== 'PT1H') {
    report.error('home-assistant/not-hourly', '/resolution', 'statistics have whole hours only');
    good = false;
  }
  let sum = options.sumBefore ?? ('0' as Decimal);
  const stats: HomeAssistantRow[] = [];
  for (const [i, { start, value }] of (good ? series.points : []).entries()) {
    if (value === null) continue;
    sum = addDecimal(sum, value);
    const number = decimalToNumber(sum);
    const read = decimalFromNumber(number);
    if (read === null || compareDecimal(read, sum) !== 0) {
      report.loss('loss/float', `/points/${i}`, 'the sum has more digits than a float holds');
    }
    stats.push({ start: start.replace('Z', '+00:00'), state: number, sum: number });
  }
  return {
    value: {
      metadata: {
        has_mean: false,
        mean_type: 0,
        has_sum: true,
        name: options.name ?? null,
        source,
        statistic_id: options.statisticId,
        unit_class: known?.kind ?? null,
        unit_of_measurement: known?.unit ?? series.unit,
      },
      stats,
    },
    issues: report.issues,
  };
}

function lossesOf(series: TimeSeries, report: Report): void {
  const { points } = series;
  const some = (test: (point: SeriesPoint) => boolean): boolean => points.some(test);
  if (series.meteringPoint !== undefined) {
    report.loss('loss/metering-point', '/meteringPoint', 'only the name of the statistic tells it');
  }
  if (series.register !== undefined) report.loss('loss/register', '/register', 'no place for it');
  if (series.zone !== undefined) report.loss('loss/zone', '/zone', 'no place for it');
  if (series.direction !== 'consumption')
    report.loss('loss/direction', '/direction', 'no place for it');
  if (series.basis !== 'metered') report.loss('loss/basis', '/basis', 'no place for it');
  if (some(({ quality }) => quality !== 'unknown' && quality !== 'missing')) {
    report.loss('loss/quality', '/points', 'every row counts alike there');
  }
  if (some(({ source }) => source !== undefined))
    report.loss('loss/source-code', '/points', 'no place for it');
  if (some(({ revision }) => revision !== undefined))
    report.loss('loss/revision', '/points', 'no place for it');
  if (points.at(0)?.value === null || points.at(-1)?.value === null) {
    report.loss('loss/missing', '/points', 'missing hours at the ends leave no trace');
  }
}

function timeOf(value: unknown): number | null {
  if (typeof value === 'number') {
    return Number.isInteger(value) && value >= 0 && value <= MAX_EPOCH_MS ? value : null;
  }
  const parsed = typeof value === 'string' ? parseInstant(value) : null;
  return parsed === null ? null : toEpochMs(parsed);
}

function amountOf(value: unknown): Decimal | null {
  if (typeof value === 'number') return decimalFromNumber(value);
  return typeof value === 'string' ? parseDecimal(value) : null;
}

/**
 * Rows of Home Assistant as a series of hours: of `recorder/import_statistics`, or of
 * `recorder/statistics_during_period` (`start` in milliseconds, `sum`, and `change` where it was asked for).
 *
 * An hour's value is `change`, or the difference of its sum and the sum before; the first row without `change` has the
 * value above `sumBefore`, or is left out when that is not given. Hours without a row are missing. Quality is `unknown`:
 * Home Assistant does not keep it.
 */
export function fromHomeAssistant(
  rows: unknown,
  series: { readonly statisticId: string; readonly unit: string; readonly sumBefore?: Decimal },
): Converted<TimeSeries> {
  const report = new Report();
  const points: SeriesPoint[] = [];
  let before: Decimal | null = series.sumBefore ?? null;
  let last: number | null = null;
  const list: readonly unknown[] = Array.isArray(rows) ? rows : [];
  if (!Array.isArray(rows)) report.error('home-assistant/no-rows', '', 'is no list of rows');
  for (const [i, raw] of list.entries()) {
    const row = (typeof raw === 'object' && raw !== null ? raw : {}) as Readonly<
      Record<string, unknown>
    >;
    const start = timeOf(row['start']);
    const sum = amountOf(row['sum']);
    const change = amountOf(row['change']);
    if (start === null || start % 3_600_000 !== 0 || (last !== null && start < last)) {
      report.error('home-assistant/row-time', `/${i}/start`, 'is no later full hour');
      continue;
    }
    const value = change ?? (sum === null || before === null ? null : subtractDecimal(sum, before));
    if (sum !== null) before = sum;
    if (value === null) {
      if (sum === null)
        report.warning('home-assistant/no-sum', `/${i}`, 'has neither sum nor change');
      if (last === null) continue;
    }
    fill(points, last, start, list.length, report, `/${i}`);
    const [from, to] = [formatInstant(start), formatInstant(start + 3_600_000)];
    const quality = value === null ? 'missing' : 'unknown';
    points.push({ start: from, end: to, value, quality });
    last = start + 3_600_000;
  }
  const unit =
    Object.entries(UNITS).find(([, row]) => row.unit === series.unit)?.[0] ?? series.unit;
  const id = parseMeteringPointId(series.statisticId);
  return {
    value: {
      ...(id === null ? {} : { meteringPoint: id }),
      quantity: unit === 'm3' || unit === 'l' ? 'volume' : 'energy',
      unit,
      direction: 'consumption',
      basis: 'metered',
      resolution: 'PT1H',
      points,
    },
    issues: report.issues,
  };
}

function fill(
  points: SeriesPoint[],
  last: number | null,
  start: number,
  rows: number,
  report: Report,
  pointer: string,
): void {
  if (last === null || last === start) return;
  if (points.length + (start - last) / 3_600_000 > 100 + 100 * rows) {
    report.warning('home-assistant/long-hole', pointer, 'the hole before it is not filled');
    return;
  }
  for (let at = last; at < start; at += 3_600_000) {
    const [from, to] = [formatInstant(at), formatInstant(at + 3_600_000)];
    points.push({ start: from, end: to, value: null, quality: 'missing' });
  }
}
