import type {
  EpochMs,
  FlowDirection,
  Interval,
  Issue,
  SeriesPoint,
  TimeSeries,
  ZoneId,
} from '@metergram/model';
import { formatInstant, parseDecimal, parseEpochMs } from '@metergram/model';
import { asList, asRecord, asText, parseExactJson } from '../core/exact-json.ts';

/** What the open Energy Data API has data about. */
export type EnergyDataEntity = 'price-areas' | 'grid-areas' | 'municipalities' | (string & {});

/** One row of a dataset: text as sent, numbers as the text of their digits. */
export type EnergyDataRow = Readonly<Record<string, string | null>>;

/** The rows of one entity, such as a price area. */
export interface EnergyDataSet {
  readonly entity: string;
  readonly id: string;
  /** Name of the attribute that held the rows, `consumptionPerGroupMbaHour`. */
  readonly name: string;
  readonly rows: readonly EnergyDataRow[];
}

/**
 * Reads an answer of `api.elhub.no/energy-data/v0`; null when it is none. Numbers stay exact: `1000215.7` is never a
 * float.
 */
export function parseEnergyData(text: string): readonly EnergyDataSet[] | null {
  let body: unknown;
  try {
    body = parseExactJson(text);
  } catch {
    return null;
  }
  const document = asRecord(body);
  if (document === null || !Array.isArray(document['data'])) return null;
  const sets: EnergyDataSet[] = [];
  for (const entry of asList(document['data'])) {
    const resource = asRecord(entry);
    const attributes = asRecord(resource?.['attributes']);
    if (resource === null || attributes === null) continue;
    for (const [name, value] of Object.entries(attributes)) {
      if (!Array.isArray(value)) continue;
      sets.push({
        entity: asText(resource['type']) ?? '',
        id: asText(resource['id']) ?? '',
        name,
        rows: value.map(rowOf),
      });
    }
  }
  return sets;
}

function rowOf(value: unknown): EnergyDataRow {
  const row: Record<string, string | null> = {};
  for (const [key, field] of Object.entries(asRecord(value) ?? {})) {
    if (field === null) row[key] = null;
    else if (typeof field === 'string' || typeof field === 'boolean') row[key] = String(field);
    else row[key] = JSON.stringify(field);
  }
  return row;
}

/** A series of the open data, with what tells it from its neighbours. */
export interface EnergyDataSeries {
  readonly entity: string;
  readonly id: string;
  readonly dataset: string;
  /** Fields that are the same for the whole series: `{ consumptionGroup: 'household' }`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly series: TimeSeries;
  /** When the newest of its values was last changed at Elhub; compare to find corrections. */
  readonly lastUpdated: EpochMs | null;
}

const OWN_FIELDS = new Set([
  'startTime',
  'endTime',
  'lastUpdatedTime',
  'quantityKwh',
  'meteringPointCount',
]);

function directionOf(name: string): FlowDirection {
  if (/production/iu.test(name)) return 'production';
  return /exchange/iu.test(name) ? 'net' : 'consumption';
}

/**
 * Rows as hourly series, one for each combination of labels. Only the datasets whose rows carry `quantityKwh` are series;
 * others have rows only. Elhub answers with its first and last hour inclusive, so rows outside of `interval` are dropped.
 * A missing quantity is a missing point, an hour that is not sent is one too.
 */
export function energyDataSeries(
  sets: readonly EnergyDataSet[],
  interval: Interval,
): { readonly series: readonly EnergyDataSeries[]; readonly issues: readonly Issue[] } {
  const from = parseEpochMs(interval.start) ?? 0;
  const to = parseEpochMs(interval.end) ?? 0;
  const issues: Issue[] = [];
  const groups = new Map<string, { set: EnergyDataSet; rows: EnergyDataRow[] }>();
  for (const set of sets) {
    for (const [at, row] of set.rows.entries()) {
      if (!('quantityKwh' in row)) continue;
      const start = parseEpochMs(row['startTime'] ?? '');
      if (start === null) {
        issues.push({
          code: 'elhub/bad-row',
          severity: 'warning',
          message: 'a row without a readable startTime was left out',
          pointer: `/${set.name}/${at}`,
        });
        continue;
      }
      if (start < from || start >= to) continue;
      const key = JSON.stringify([set.entity, set.id, set.name, labelsOf(row)]);
      const group = groups.get(key) ?? { set, rows: [] };
      groups.set(key, group);
      group.rows.push(row);
    }
  }
  const series = [...groups.values()].map(({ set, rows }) => toSeries(set, rows, from, to, issues));
  return { series, issues };
}

function labelsOf(row: EnergyDataRow): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const key of Object.keys(row).sort()) {
    const value = row[key];
    if (!OWN_FIELDS.has(key) && typeof value === 'string') labels[key] = value;
  }
  return labels;
}

const HOUR = 3_600_000;

function toSeries(
  set: EnergyDataSet,
  rows: readonly EnergyDataRow[],
  from: EpochMs,
  to: EpochMs,
  issues: Issue[],
): EnergyDataSeries {
  const byStart = new Map<EpochMs, EnergyDataRow>();
  let lastUpdated: EpochMs | null = null;
  for (const row of rows) {
    const start = parseEpochMs(row['startTime'] ?? '') as EpochMs;
    const updated = parseEpochMs(row['lastUpdatedTime'] ?? '');
    if (updated !== null) lastUpdated = Math.max(lastUpdated ?? updated, updated);
    const before = byStart.get(start);
    if (before !== undefined && before['quantityKwh'] !== row['quantityKwh']) {
      issues.push({
        code: 'elhub/conflicting-row',
        severity: 'warning',
        message: `two values for ${formatInstant(start)}; the one changed last holds`,
      });
      if ((parseEpochMs(before['lastUpdatedTime'] ?? '') ?? 0) > (updated ?? 0)) continue;
    }
    byStart.set(start, row);
  }
  const points: SeriesPoint[] = [];
  for (let start = Math.ceil(from / HOUR) * HOUR; start < to; start += HOUR) {
    const text = byStart.get(start)?.['quantityKwh'];
    const value = typeof text === 'string' ? parseDecimal(text) : null;
    points.push({
      start: formatInstant(start),
      end: formatInstant(start + HOUR),
      value,
      quality: value === null ? 'missing' : 'calculated',
    });
  }
  return {
    entity: set.entity,
    id: set.id,
    dataset: set.name,
    labels: labelsOf(rows[0] ?? {}),
    series: {
      quantity: 'energy',
      unit: 'kWh',
      direction: directionOf(set.name),
      basis: 'calculated',
      resolution: 'PT1H',
      zone: 'Europe/Oslo' as ZoneId,
      points,
    },
    lastUpdated,
  };
}
