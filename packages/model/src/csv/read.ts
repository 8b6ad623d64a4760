import type { Converted } from '../conversion.ts';
import { type Decimal, parseDecimal } from '../decimal.ts';
import { parseMeteringPointId, parseRegisterId, parseZoneId } from '../identifier.ts';
import { parseInstant, toEpochMs } from '../instant.ts';
import type { Issue } from '../issue.ts';
import { isQuality, type Quality } from '../quality.ts';
import { isResolution } from '../resolution.ts';
import type { FlowDirection, SeriesBasis, SeriesPoint, TimeSeries } from '../series.ts';
import {
  type Column,
  COLUMNS,
  type CsvLocale,
  FORMER_COLUMNS,
  localeOfHeader,
  LOCALES,
} from './locale.ts';
import { readTable, type Row, separatorOf } from './table.ts';

const DIRECTIONS: ReadonlySet<string> = new Set(['consumption', 'production', 'net']);
const BASES: ReadonlySet<string> = new Set(['metered', 'netted', 'profiled', 'calculated']);
/** Faults that are told before the rest is only counted. */
const MAX_ISSUES = 1000;

/** Undoes what keeps spreadsheets from changing a text. */
function unguarded(cell: string): string {
  const whole = /^="([0-9]*)"$/.exec(cell);
  if (whole !== null) return whole[1] ?? '';
  return /^'[=+\-@\t\r']/.test(cell) ? cell.slice(1) : cell;
}

class Reader {
  readonly issues: Issue[] = [];
  private readonly series = new Map<
    string,
    { head: Omit<TimeSeries, 'points'>; points: SeriesPoint[] }
  >();
  private readonly columns: Map<Column, number>;
  private readonly qualities: ReadonlyMap<string, Quality>;
  private readonly decimal: string;
  private readonly plain: boolean;

  constructor(locale: CsvLocale | 'plain', header: readonly string[]) {
    const names = locale === 'plain' ? COLUMNS : LOCALES[locale].columns;
    this.columns = new Map(
      COLUMNS.map((column, i): [Column, number] => [column, header.indexOf(names[i] ?? '')]),
    );
    for (const [column, at] of this.columns) {
      const former = FORMER_COLUMNS[column];
      if (at === -1 && locale === 'plain' && former !== undefined)
        this.columns.set(column, header.indexOf(former));
    }
    // A code means something only beside the list that it is from.
    if (this.columns.get('codeScheme') === -1) this.columns.delete('code');
    const read = new Set(this.columns.values());
    header.forEach((name, i) => {
      if (name === '' || read.has(i)) return;
      const message = `the column ${name.slice(0, 40)} is not read`;
      this.issues.push({ code: 'csv/unknown-column', severity: 'warning', message, line: 1 });
    });
    const words = LOCALES[locale === 'plain' ? 'en' : locale].qualities;
    this.qualities = new Map(
      Object.entries(words).map(([quality, word]): [string, Quality] => [word, quality as Quality]),
    );
    this.plain = locale === 'plain';
    this.decimal = locale === 'plain' ? '.' : LOCALES[locale].decimal;
  }

  private fault(row: Row, code: string, message: string): null {
    if (this.issues.length < MAX_ISSUES) {
      this.issues.push({ code, severity: 'error', message, line: row.line });
    } else if (this.issues.length === MAX_ISSUES) {
      const last = 'there are more faults than are told';
      this.issues.push({
        code: 'csv/more-faults',
        severity: 'error',
        message: last,
        line: row.line,
      });
    }
    return null;
  }

  private cell(row: Row, column: Column): string {
    const cell = row.cells[this.columns.get(column) ?? -1] ?? '';
    return this.plain ? cell : unguarded(cell.trim());
  }

  private quality(row: Row, value: Decimal | null): Quality | null {
    const word = this.cell(row, 'quality');
    const quality =
      word === '' ? (value === null ? 'missing' : 'unknown') : this.qualities.get(word);
    const known = quality ?? (isQuality(word) ? word : null);
    if (known === null)
      return this.fault(row, 'csv/unknown-quality', `no quality: ${word.slice(0, 40)}`);
    return (value === null) === (known === 'missing')
      ? known
      : this.fault(
          row,
          'csv/value-quality',
          'a value is empty exactly when its quality is missing',
        );
  }

  private point(row: Row): SeriesPoint | null {
    const start = parseInstant(this.cell(row, 'start'));
    const end = parseInstant(this.cell(row, 'end'));
    if (start === null || end === null || toEpochMs(start) >= toEpochMs(end)) {
      return this.fault(row, 'csv/times', 'start and end are no interval of time with a zone');
    }
    const text = this.cell(row, 'value').replace(/[\u00a0\u202f]/g, '');
    const value = text === '' ? null : parseDecimal(text.replace(this.decimal, '.'));
    if (text !== '' && value === null) {
      return this.fault(row, 'csv/not-a-number', `no number: ${text.slice(0, 40)}`);
    }
    const quality = this.quality(row, value);
    if (quality === null) return null;
    const revision = this.cell(row, 'revision');
    if (!/^(?:|[0-9]{1,15})$/.test(revision)) {
      return this.fault(row, 'csv/revision', `no revision: ${revision.slice(0, 40)}`);
    }
    const scheme = this.cell(row, 'codeScheme');
    return {
      start,
      end,
      value,
      quality,
      ...(scheme === '' ? {} : { source: { scheme, code: this.cell(row, 'code') } }),
      ...(revision === '' ? {} : { revision: Number(revision) }),
    };
  }

  private head(row: Row): Omit<TimeSeries, 'points'> | null {
    const resolution = this.cell(row, 'resolution');
    const direction = this.cell(row, 'direction') || 'consumption';
    const basis = this.cell(row, 'basis') || 'metered';
    if (!isResolution(resolution)) {
      return this.fault(row, 'csv/resolution', `no resolution: ${resolution.slice(0, 40)}`);
    }
    if (!DIRECTIONS.has(direction) || !BASES.has(basis)) {
      return this.fault(row, 'csv/kind', 'no direction or basis of ours');
    }
    const meteringPoint = parseMeteringPointId(this.cell(row, 'meteringPoint'));
    const register = parseRegisterId(this.cell(row, 'register'));
    const zoneText = this.cell(row, 'zone');
    const zone = parseZoneId(zoneText);
    if (zoneText !== '' && zone === null) {
      return this.fault(row, 'csv/zone', `no time zone: ${zoneText.slice(0, 40)}`);
    }
    return {
      ...(meteringPoint === null ? {} : { meteringPoint }),
      ...(register === null ? {} : { register }),
      quantity: this.cell(row, 'quantity') || 'energy',
      unit: this.cell(row, 'unit'),
      direction: direction as FlowDirection,
      basis: basis as SeriesBasis,
      resolution,
      ...(zone === null ? {} : { zone }),
    };
  }

  add(row: Row): void {
    const head = this.head(row);
    const point = head === null ? null : this.point(row);
    if (head === null || point === null) return;
    const key = JSON.stringify(head);
    const found = this.series.get(key);
    if (found === undefined) this.series.set(key, { head, points: [point] });
    else found.points.push(point);
  }

  result(): readonly TimeSeries[] {
    return [...this.series.values()].map(({ head, points }) => ({
      ...head,
      points: points.sort((a, b) => toEpochMs(a.start) - toEpochMs(b.start)),
    }));
  }
}

/**
 * Reads the tables of `toCsv` and `toExcelCsv`, also after a spreadsheet wrote them again: byte order mark, separator and
 * language are found out; rows may come in any order; columns, too, and those that are not there are left out. What
 * `metergram hub series` prints is read as well. A column that is not known is told, and each row that cannot be read, with
 * its line (`csv/…`); the others stay.
 */
export function fromCsv(text: string): Converted<readonly TimeSeries[]> {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  const rows = readTable(bare, separatorOf(bare));
  const first = rows.next();
  const header = first.done === true ? [] : first.value.cells.map((cell) => cell.trim());
  const locale = localeOfHeader(header);
  if (locale === null) {
    const message = 'the first row names no columns that we know';
    return { value: [], issues: [{ code: 'csv/header', severity: 'error', message, line: 1 }] };
  }
  const reader = new Reader(locale, header);
  for (const row of rows) reader.add(row);
  return { value: reader.result(), issues: reader.issues };
}
