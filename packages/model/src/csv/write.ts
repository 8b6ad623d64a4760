import type { ZoneId } from '../identifier.ts';
import { type Instant, toEpochMs } from '../instant.ts';
import type { TimeSeries } from '../series.ts';
import { zoneOffsetMs } from '../clocks.ts';
import { COLUMNS, type CsvLocale, LOCALES } from './locale.ts';
import { writeTable } from './table.ts';

/** How to write a spreadsheet for people. */
export interface ExcelOptions {
  readonly locale: CsvLocale;
  /** Zone of the local times for series that have none of their own. Default UTC. */
  readonly zone?: ZoneId;
}

/** `YYYY-MM-DD hh:mm`, which Excel reads as a time in every language; seconds only where there are some. */
function localTime(zone: ZoneId, time: Instant): string {
  const ms = toEpochMs(time);
  const text = new Date(ms + zoneOffsetMs(zone, ms)).toISOString().replace('T', ' ');
  return ms % 60_000 === 0 ? text.slice(0, 16) : text.slice(0, 19);
}

/**
 * A text that a spreadsheet takes for text. Digits that it would make a float of (an 18-digit metering point keeps 15)
 * become `="…"`; what it would take for a formula gets an apostrophe.
 */
function guarded(text: string): string {
  if (/^[0-9]{12,}$/.test(text) || /^0[0-9]+$/.test(text)) return `="${text}"`;
  return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
}

function* rowsOf(
  series: readonly TimeSeries[],
  excel: ExcelOptions | null,
): Generator<readonly string[]> {
  const locale = excel === null ? null : LOCALES[excel.locale];
  yield locale === null ? COLUMNS : locale.columns;
  const text = locale === null ? (cell: string): string => cell : guarded;
  for (const one of series) {
    const zone = one.zone ?? excel?.zone ?? ('UTC' as ZoneId);
    for (const { start, end, value, quality, source, revision } of one.points) {
      yield [
        text(one.meteringPoint ?? ''),
        text(one.register ?? ''),
        text(one.quantity),
        one.direction,
        one.basis,
        one.resolution,
        one.zone ?? '',
        start,
        end,
        localTime(zone, start),
        localTime(zone, end),
        value === null ? '' : locale === null ? value : value.replace('.', locale.decimal),
        text(one.unit),
        locale === null ? quality : locale.qualities[quality],
        text(source?.scheme ?? ''),
        text(source?.code ?? ''),
        revision === undefined ? '' : String(revision),
      ];
    }
  }
}

/**
 * Series as plain CSV (RFC 4180): commas, points, one row for each interval, names of columns that stay. Lossless: read
 * again, it gives the same series (those without points leave no trace). A missing value is an empty cell.
 */
export function toCsv(series: readonly TimeSeries[]): string {
  return writeTable(rowsOf(series, null), ',');
}

/**
 * Series as a file that Excel opens rightly in a Nordic (or English) setting: byte order mark, semicolons and decimal
 * commas, headers and qualities in the language, local times beside UTC, long numbers kept whole, nothing that would run
 * as a formula. Lossless as {@link toCsv}: read again, it gives the same series.
 *
 * @example
 * writeFileSync('timer.csv', toExcelCsv(series, { locale: 'nb' }));
 */
export function toExcelCsv(series: readonly TimeSeries[], options: ExcelOptions): string {
  return `\ufeff${writeTable(rowsOf(series, options), LOCALES[options.locale].separator)}`;
}
