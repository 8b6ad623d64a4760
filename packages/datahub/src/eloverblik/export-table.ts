import type { EpochMs, Issue } from '@metergram/model';
import type { CivilTimes } from '../core/civil-times.ts';
import { csvRows } from '../core/csv-rows.ts';

/** A row of one of Eloverblik's CSV exports, its cells by the names of their columns. */
export interface ExportRow {
  readonly line: number;
  /** Without blanks around it, which the hub puts about identifiers; empty where the column is not there. */
  cell(name: string): string;
}

/** A CSV export: its columns as they are named in the file, and what is odd about them. */
export interface ExportTable {
  readonly columns: readonly string[];
  readonly issues: Issue[];
  rows(): Iterable<ExportRow>;
}

/**
 * Opens an export: semicolons, and a heading that says what the columns are. A column that is not `known` is told, because
 * the hub adds some without notice; one that is `needed` and not there is an error, and then there are no rows.
 */
export function openExport(
  text: string,
  known: readonly string[],
  needed: readonly string[],
): ExportTable {
  const rows = csvRows(text.replace(/^\uFEFF/, ''), ';');
  const head = rows.next();
  const columns = head.done === true ? [] : head.value.cells.map((name) => name.trim());
  const places = new Map(columns.map((name, at) => [folded(name), at]));
  const expected = new Set(known.map(folded));
  const issues: Issue[] = [];
  for (const name of columns)
    if (name !== '' && !expected.has(folded(name)))
      issues.push({
        code: 'eloverblik/unknown-column',
        severity: 'warning',
        message: `the column ${JSON.stringify(name.slice(0, 60))} is not known here`,
        line: 1,
      });
  const missing = needed.filter((name) => !places.has(folded(name)));
  if (missing.length > 0)
    issues.push({
      code: 'eloverblik/export-heading',
      severity: 'error',
      message: `no column ${missing.join(', ')}: this is no such export`,
      line: 1,
    });
  return {
    columns,
    issues,
    *rows() {
      if (missing.length > 0) return;
      for (const { line, cells } of rows)
        yield { line, cell: (name) => (cells[places.get(folded(name)) ?? -1] ?? '').trim() };
    },
  };
}

/** Headings of other years: `Målepunkt id`, `Fra dato`; accents may be composed or not. */
function folded(name: string): string {
  const plain = name.normalize('NFC').toLowerCase().replaceAll(/[\s_]/g, '');
  return plain === 'målepunktid' ? 'målepunktsid' : plain;
}

/** Whether a text begins as an export of values does. */
export function isSeriesExport(text: string): boolean {
  const [first = '', second = ''] =
    /^[^\r\n]*/.exec(text.replace(/^\uFEFF/, ''))?.[0].split(';') ?? [];
  return folded(first) === 'målepunktsid' && folded(second) === 'fradato';
}

/** A wall clock's time as an export writes it: the date it shows, and the minutes since its midnight. */
export interface WallTime {
  readonly date: string;
  readonly minutes: number;
}

const wall =
  /^(?:(\d\d)-(\d\d)-(\d{4})|(\d{4})-(\d\d)-(\d\d))(?:[T ]([01]\d|2[0-4])[:.]([0-5]\d)(?:[:.]00)?)?$/;

/** `31-01-2026 23:00:00`, as the hub writes it since 2023; `2017-01-31 23.00`, as it did before. Null for anything else. */
export function wallTime(text: string): WallTime | null {
  const match = wall.exec(text);
  if (match === null) return null;
  const date = `${match[3] ?? match[4]}-${match[2] ?? match[5]}-${match[1] ?? match[6]}`;
  return { date, minutes: Number(match[7] ?? 0) * 60 + Number(match[8] ?? 0) };
}

/** When that was: one instant, two in autumn, none in spring or where there is no such date. */
export function instantsOf(time: WallTime, times: CivilTimes): readonly EpochMs[] {
  try {
    return times.instants(time.date, Math.floor(time.minutes / 60), time.minutes % 60);
  } catch {
    return [];
  }
}
