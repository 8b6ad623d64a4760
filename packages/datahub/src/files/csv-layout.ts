import type {
  Decimal,
  EpochMs,
  FlowDirection,
  Issue,
  MeteringPointId,
  Quality,
  Resolution,
  SeriesPoint,
  TimeSeries,
  ZoneId,
} from '@metergram/model';
import { formatInstant, parseDecimal, parseEpochMs } from '@metergram/model';
import { CivilTimes } from '../core/civil-times.ts';
import { type CsvRow, csvRows } from '../core/csv-rows.ts';
import { dateAt, intervalEnd, startOfDay } from '../core/zone.ts';
import { lookup } from '../core/lookup.ts';

/**
 * How a grid company's table is to be read. Columns are named by their heading, as it stands in the file.
 *
 * @example
 * const layout: CsvLayout = { date: 'Datum', hour: 'Tid', value: 'kWh', resolution: 'PT1H', zone, decimal: ',' };
 */
export interface CsvLayout {
  /** Found out from the heading unless told. */
  readonly separator?: ';' | ',' | '\t';
  /** Mark before the decimals; `.` unless told. Blanks and apostrophes between thousands are left out. */
  readonly decimal?: '.' | ',';
  /** Column of a whole time: ISO 8601, or `2026-01-31 23:00`, local where it names no zone. */
  readonly time?: string;
  /** Column of a date, where time stands in two columns. */
  readonly date?: string;
  /** Column of the time of day, `23:00`, or of the hour alone, `23`. */
  readonly hour?: string;
  readonly value: string;
  readonly meteringPoint?: string;
  readonly quality?: string;
  /** Our words for the file's own quality codes; a code without one is `unknown`, no code at all is `measured`. */
  readonly qualities?: Readonly<Record<string, Quality>>;
  readonly resolution: Resolution;
  /** Zone of local times, and of days, months and years. */
  readonly zone: ZoneId;
  /** Whether the time of a row is the beginning of its interval or its end. */
  readonly marks?: 'start' | 'end';
  readonly unit?: string;
  readonly direction?: FlowDirection;
}

const QUARTER = 900_000;

interface Reading {
  readonly columns: Readonly<Record<string, number>>;
  readonly layout: CsvLayout;
  readonly issues: Issue[];
  /** Instants that were given out for each local time, so that the hour that comes twice is two hours. */
  readonly seen: Map<string, EpochMs>;
  readonly times: CivilTimes;
}

function separatorOf(head: string): string {
  const counts = [';', '\t', ','].map((mark) => [mark, head.split(mark).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/**
 * Reads a table of metered values by a layout: one series for each metering point, in order of time. A cell without a
 * value is a missing point; a row that cannot be placed or read is told with its line, and left out.
 *
 * Local times are taken in the order of the file where autumn has an hour twice: its first row is summer time, its second
 * winter time. A time that spring skips does not exist and is told.
 */
export function readCsvLayout(
  text: string,
  layout: CsvLayout,
): { readonly series: readonly TimeSeries[]; readonly issues: readonly Issue[] } {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const separator = layout.separator ?? separatorOf(/^[^\r\n]*/u.exec(bare)?.[0] ?? '');
  const rows = csvRows(bare, separator);
  const head = rows.next();
  const heading = head.done === true ? [] : head.value.cells.map((cell) => cell.trim());
  const { time, date, hour, value, meteringPoint, quality } = layout;
  const missing = [time, date, hour, value, meteringPoint, quality].filter(
    (name) => name !== undefined && !heading.includes(name),
  );
  if (missing.length > 0 || (time === undefined && date === undefined)) {
    const message =
      missing.length > 0 ? `no column ${missing.join(', ')}` : 'a layout names a time or a date';
    return { series: [], issues: [{ code: 'csv/layout', severity: 'error', message, line: 1 }] };
  }
  const columns = Object.fromEntries(heading.map((name, at) => [name, at]));
  const times = new CivilTimes(layout.zone);
  const reading: Reading = { columns, layout, issues: [], seen: new Map(), times };
  const points = new Map<string, Map<EpochMs, SeriesPoint>>();
  for (const row of rows) addRow(reading, row, points);
  const series = Array.from(points, ([id, found]): TimeSeries => ({
    ...(id === '' ? {} : { meteringPoint: id as MeteringPointId }),
    quantity: 'energy',
    unit: layout.unit ?? 'kWh',
    direction: layout.direction ?? 'consumption',
    basis: 'metered',
    resolution: layout.resolution,
    zone: layout.zone,
    points: [...found].sort((a, b) => a[0] - b[0]).map(([, point]) => point),
  }));
  return { series, issues: reading.issues };
}

function cellOf(reading: Reading, row: CsvRow, name: string | undefined): string {
  return name === undefined ? '' : (row.cells[reading.columns[name] ?? -1] ?? '').trim();
}

function tell(reading: Reading, row: CsvRow, code: string, message: string): null {
  reading.issues.push({ code, severity: 'warning', message, line: row.line });
  return null;
}

function addRow(
  reading: Reading,
  row: CsvRow,
  points: Map<string, Map<EpochMs, SeriesPoint>>,
): void {
  const { layout } = reading;
  const id = cellOf(reading, row, layout.meteringPoint);
  const start = startOf(reading, row, id);
  if (start === null) return;
  const text = cellOf(reading, row, layout.value);
  const value = text === '' ? null : numberOf(text, layout.decimal ?? '.');
  if (text !== '' && value === null) {
    tell(reading, row, 'csv/value', 'the value is no number');
    return;
  }
  const code = cellOf(reading, row, layout.quality);
  const quality = code === '' ? 'measured' : (lookup(layout.qualities ?? {}, code) ?? 'unknown');
  // Null exactly when missing: a number beside a code for missing is not taken for a value.
  const known = quality === 'missing' ? null : value;
  const found = points.get(id) ?? new Map<EpochMs, SeriesPoint>();
  points.set(id, found);
  if (found.has(start) && found.get(start)?.value !== known) {
    tell(reading, row, 'csv/duplicate', `${formatInstant(start)} comes twice; the last row holds`);
  }
  found.set(start, {
    start: formatInstant(start),
    end: formatInstant(intervalEnd(start, layout.resolution, layout.zone)),
    value: known,
    quality: known === null ? 'missing' : quality,
    ...(code === '' ? {} : { source: { scheme: 'file', code } }),
  });
}

function numberOf(text: string, decimal: '.' | ','): Decimal | null {
  const plain = text.replaceAll(/[\s\u00A0\u202F']/gu, '');
  return parseDecimal(decimal === ',' ? plain.replaceAll('.', '').replace(',', '.') : plain);
}

function startOf(reading: Reading, row: CsvRow, id: string): EpochMs | null {
  const { layout } = reading;
  const whole = cellOf(reading, row, layout.time);
  const at = parseEpochMs(whole) ?? localOf(reading, row, id, whole);
  if (at === null) return null;
  return layout.marks === 'end' ? intervalBefore(at, layout) : at;
}

/** The beginning of the interval that ends at an instant. */
function intervalBefore(end: EpochMs, layout: CsvLayout): EpochMs {
  if (layout.resolution === 'PT15M') return end - QUARTER;
  if (layout.resolution === 'PT1H') return end - 4 * QUARTER;
  const date = dateAt(end - 1, layout.zone);
  if (layout.resolution === 'P1D') return startOfDay(date, layout.zone);
  const first = layout.resolution === 'P1M' ? `${date.slice(0, 8)}01` : `${date.slice(0, 5)}01-01`;
  return startOfDay(first, layout.zone);
}

/** `2026-01-31`, `20260131`, `31.01.2026`, `31/01/2026` or `31-01-2026`, with a time of day or without. */
const LOCAL = /^(?:(\d{4})-?(\d\d)-?(\d\d)|(\d\d)[./-](\d\d)[./-](\d{4}))(?:[T ]+(.+))?$/u;
const CLOCK = /^(\d{1,2})(?:[:.](\d\d))?(?::00)?$/u;

function localOf(reading: Reading, row: CsvRow, id: string, whole: string): EpochMs | null {
  const { layout } = reading;
  const parts = LOCAL.exec(layout.time === undefined ? cellOf(reading, row, layout.date) : whole);
  const clock = parts?.[7] ?? cellOf(reading, row, layout.hour);
  const time = CLOCK.exec(clock === '' ? '0' : clock);
  if (parts === null || time === null) {
    return tell(reading, row, 'csv/time', 'no date and time that can be read');
  }
  const date = `${parts[1] ?? parts[6]}-${parts[2] ?? parts[5]}-${parts[3] ?? parts[4]}`;
  const hour = Number(time[1]);
  const minute = Number(time[2] ?? '0');
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) {
    return tell(reading, row, 'csv/time', 'no time of day');
  }
  let found: readonly EpochMs[];
  try {
    found = reading.times.instants(date, hour, minute);
  } catch {
    return tell(reading, row, 'csv/time', 'no date');
  }
  const [first, second] = found;
  if (first === undefined) {
    return tell(reading, row, 'csv/time', 'a local time that the change of clocks skips');
  }
  const key = `${id} ${date} ${hour}:${minute}`;
  const at = second !== undefined && reading.seen.get(key) === first ? second : first;
  reading.seen.set(key, at);
  return at;
}
