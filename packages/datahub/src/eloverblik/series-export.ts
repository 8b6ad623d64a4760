import type {
  Decimal,
  EpochMs,
  Interval,
  Issue,
  MeteringPointId,
  Quality,
  Resolution,
  SeriesPoint,
  SourceCode,
} from '@metergram/model';
import { CivilTimes } from '../core/civil-times.ts';
import type { HubSeries } from '../core/client.ts';
import { decimalOf, instantOf } from '../core/json.ts';
import { lookup } from '../core/lookup.ts';
import { cutSeries } from '../core/series.ts';
import { intervalEnd } from '../core/zone.ts';
import { type ExportRow, instantsOf, openExport, type WallTime, wallTime } from './export-table.ts';
import { pointKinds } from './masterdata.ts';
import { units } from './quality.ts';
import { danishZone } from './timeseries.ts';

/** Columns of the export of values, as the hub sent them in October 2026. */
export const seriesColumns: readonly string[] = [
  'MålepunktsID',
  'Fra_dato',
  'Til_dato',
  'Mængde',
  'Måleenhed',
  'Kvalitet',
  'Type',
  'Målepunktstype_Kode',
  'Målepunktstype',
];

/** The hub's words for how a value came about: measured was seen, the others are what the Danish words mean. */
const words: Readonly<Record<string, Quality>> = {
  målt: 'measured',
  estimeret: 'estimated',
  beregnet: 'calculated',
};

/** Values of a file, and what in it could not be read or is not known. */
export interface ReadSeriesExport {
  readonly series: readonly HubSeries[];
  readonly issues: readonly Issue[];
}

interface Group {
  readonly series: HubSeries;
  readonly points: Map<EpochMs, SeriesPoint>;
}

interface Reading {
  readonly times: CivilTimes;
  readonly issues: Issue[];
  readonly groups: Map<string, Group>;
  /** The last instant that a wall time stood for, so that the hour that comes twice is two hours. */
  readonly seen: Map<string, EpochMs>;
  readonly codes: Map<string, SourceCode>;
  readonly told: Set<string>;
}

/**
 * Reads the CSV of values that the hub's export and its portal give (`MålepunktsID;Fra_dato;Til_dato;Mængde;…`). Decimals
 * keep every digit; a row without a quantity is a missing value; local times are Danish, and of the hour that comes twice
 * in autumn the first rows are summer time. Columns, units, types of metering point and words that are not known are told;
 * a row that cannot be placed or read is told with its line, and left out. Never throws on data.
 *
 * With `interval`, what begins outside of it is cut off: the hub's export goes on to the end of its last date, so that
 * parts of a period overlap by a day.
 *
 * @example
 * for await (const { items } of hub.exportSeries({ meteringPoints, interval }))
 *   for (const { text } of items) console.log(readSeriesExport(text, interval).series.length);
 */
export function readSeriesExport(text: string, interval?: Interval): ReadSeriesExport {
  const table = openExport(text, seriesColumns, seriesColumns.slice(0, 4));
  const reading: Reading = {
    times: new CivilTimes(danishZone),
    issues: table.issues,
    groups: new Map(),
    seen: new Map(),
    codes: new Map(),
    told: new Set(),
  };
  for (const row of table.rows()) readRow(reading, row);
  const series = Array.from(reading.groups.values(), ({ series: one, points }) => ({
    ...one,
    points: [...points].sort((a, b) => a[0] - b[0]).map(([, point]) => point),
  }));
  const cut = interval === undefined ? series : series.map((one) => cutSeries(one, interval));
  return { series: cut.filter(({ points }) => points.length > 0), issues: reading.issues };
}

function readRow(reading: Reading, row: ExportRow): void {
  const id = row.cell('MålepunktsID');
  const from = wallTime(row.cell('Fra_dato'));
  const to = wallTime(row.cell('Til_dato'));
  const kind = row.cell('Målepunktstype_Kode');
  const placed =
    id === '' || from === null || to === null ? null : place(reading, `${id} ${kind}`, from, to);
  if (placed === null) {
    const message = 'no metering point, or no times from which an interval could be told';
    warn(reading, row, 'eloverblik/export-row', message);
    return;
  }
  const sent = row.cell('Mængde');
  const value = sent === '' ? null : decimalOf(sent.replace(',', '.'));
  if (sent !== '' && value === null) {
    warn(reading, row, 'eloverblik/export-row', 'the quantity is no number');
    return;
  }
  add(
    reading,
    row,
    placed,
    value,
    groupOf(reading, row, id as MeteringPointId, kind, placed.resolution),
  );
}

function add(
  reading: Reading,
  row: ExportRow,
  { start, resolution }: Place,
  value: Decimal | null,
  { points }: Group,
): void {
  const word = row.cell('Kvalitet');
  const quality = lookup(words, word.toLowerCase()) ?? 'unknown';
  if (quality === 'unknown' && value !== null) odd(reading, 'quality', word, row);
  const known = points.get(start);
  if (known !== undefined && known.value !== value) {
    const message = `${instantOf(start)} comes twice with different values`;
    warn(reading, row, 'eloverblik/export-duplicate', message);
    if (value === null) return;
  }
  points.set(start, {
    start: instantOf(start),
    end: instantOf(intervalEnd(start, resolution, danishZone)),
    value,
    quality: value === null ? 'missing' : quality,
    ...(word === '' ? {} : { source: codeOf(reading, word) }),
  });
}

function groupOf(
  reading: Reading,
  row: ExportRow,
  meteringPoint: MeteringPointId,
  kind: string,
  resolution: Resolution,
): Group {
  const unitCode = row.cell('Måleenhed');
  const type = row.cell('Type');
  const key = JSON.stringify([meteringPoint, kind, unitCode, type, resolution]);
  let group = reading.groups.get(key);
  if (group !== undefined) return group;
  const unit = lookup(units, unitCode.toUpperCase());
  if (unit === undefined) odd(reading, 'unit', unitCode, row);
  const direction = lookup(pointKinds, kind);
  // An exchange point has two directions, and files of earlier years do not say which kind of point it is.
  if (direction !== 'production' && direction !== 'consumption')
    odd(reading, 'direction', kind, row);
  if (!/^tidsserier?$/i.test(type)) odd(reading, 'type', type, row);
  group = {
    series: {
      meteringPoint,
      quantity: unit?.[1] ?? 'unknown',
      unit: unit?.[0] ?? unitCode,
      direction: direction === 'production' ? 'production' : 'consumption',
      basis: 'metered',
      resolution,
      zone: danishZone,
      source: {
        unit: unitCode,
        type,
        meteringPointType: kind,
        ...(row.cell('Målepunktstype') === ''
          ? {}
          : { meteringPointTypeName: row.cell('Målepunktstype') }),
      },
      points: [],
    },
    points: new Map(),
  };
  reading.groups.set(key, group);
  return group;
}

interface Place {
  readonly start: EpochMs;
  readonly resolution: Resolution;
}

const quarter = 900_000;

/** When a row's interval begins and how long it is; null where its times exist on no clock, or fit no resolution. */
function place(reading: Reading, series: string, from: WallTime, to: WallTime): Place | null {
  const [first, second] = instantsOf(from, reading.times);
  if (first === undefined) return null;
  const key = `${series} ${from.date} ${from.minutes}`;
  const start = second !== undefined && reading.seen.get(key) === first ? second : first;
  const ends = instantsOf(to, reading.times).filter((end) => end > start);
  // Where the clock is set back, the end may be told by either of the two clocks, or by counting on.
  const counted = from.date === to.date ? [start + (to.minutes - from.minutes) * 60_000] : [];
  for (const end of [...ends, ...counted]) {
    const resolution = resolutionOf(start, end);
    if (resolution === null) continue;
    if (second !== undefined) reading.seen.set(key, start);
    return { start, resolution };
  }
  return null;
}

function resolutionOf(start: EpochMs, end: EpochMs): Resolution | null {
  if (end - start === quarter) return 'PT15M';
  if (end - start === 4 * quarter) return 'PT1H';
  const civil: readonly Resolution[] = ['P1D', 'P1M', 'P1Y'];
  return civil.find((resolution) => intervalEnd(start, resolution, danishZone) === end) ?? null;
}

/** Tells of a word once for all rows that have it. */
function odd(reading: Reading, what: string, word: string, row: ExportRow): void {
  const key = `${what} ${word}`;
  if (reading.told.has(key)) return;
  reading.told.add(key);
  const message = `unknown ${what} ${JSON.stringify(word.slice(0, 40))}; kept as sent`;
  warn(reading, row, 'eloverblik/unknown-code', message);
}

function warn(reading: Reading, row: ExportRow, code: Issue['code'], message: string): void {
  reading.issues.push({ code, severity: 'warning', message, line: row.line });
}

function codeOf(reading: Reading, word: string): SourceCode {
  let code = reading.codes.get(word);
  if (code === undefined)
    reading.codes.set(word, (code = { scheme: 'eloverblik-export', code: word }));
  return code;
}
