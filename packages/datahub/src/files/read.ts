import type { Issue, TimeSeries, ZoneId } from '@metergram/model';
import { fromMyEnergyData } from '@metergram/model/cim';
import { fromCsv } from '@metergram/model/csv';
import { fromEspi, fromHistoricalXml, fromMyEnergyDataXml } from '@metergram/model/xml';
import { asList, asRecord, parseExactJson } from '../core/exact-json.ts';
import { isSeriesExport } from '../eloverblik/export-table.ts';
import { readSeriesExport } from '../eloverblik/series-export.ts';
import { type CsvLayout, readCsvLayout } from './csv-layout.ts';

/** What kinds of files are told apart by their content. */
export type FileFormat =
  | 'my-energy-data-json'
  | 'my-energy-data-xml'
  | 'validated-historical-data'
  | 'green-button'
  | 'csv'
  | 'csv-layout'
  | 'eloverblik-export'
  | 'unknown';

export interface ReadFileOptions {
  /** Zone of days, months and years, where the file does not say it. */
  readonly zone?: ZoneId;
  /** How to read a table that is not one of ours. */
  readonly csv?: CsvLayout;
}

/** The series of a file, what kind of file it was, and what could not be read. */
export interface ReadFile {
  readonly format: FileFormat;
  readonly series: readonly TimeSeries[];
  readonly issues: readonly Issue[];
}

/** Name of the first element of an XML text, without prefix; null where there is none. */
function rootName(text: string): string | null {
  const bare = text.replaceAll(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/gu, '');
  return /^\s*<(?:[\w.-]+:)?([\w.-]+)/u.exec(bare)?.[1] ?? null;
}

function readXml(text: string, zone: { readonly zone?: ZoneId }): ReadFile {
  const name = rootName(text.slice(0, 65_536));
  if (name === 'feed' || name === 'entry') {
    const { value, issues } = fromEspi(text, zone);
    return { format: 'green-button', series: value, issues };
  }
  if (name === 'MyEnergyData_MarketDocument') {
    const { value, issues } = fromMyEnergyDataXml(text, zone);
    return { format: 'my-energy-data-xml', series: value.series, issues };
  }
  if (name !== null && /^VHD_Envelope$|^ValidatedHistoricalData/u.test(name)) {
    const { value, issues } = fromHistoricalXml(text, zone);
    const series = value.flatMap((document) => document.series);
    return { format: 'validated-historical-data', series, issues };
  }
  return unknown(`no document that we know: ${(name ?? 'no element').slice(0, 60)}`);
}

/** Documents of an Eloverblik answer (`result[].MyEnergyData_MarketDocument`), of a list of them, or one by itself. */
function documentsOf(body: unknown): readonly unknown[] {
  const record = asRecord(body);
  if (record === null) return asList(body).flatMap((entry) => documentsOf(entry));
  if ('TimeSeries' in record) return [record];
  if ('MyEnergyData_MarketDocument' in record) return [record['MyEnergyData_MarketDocument']];
  return asList(record['result']).flatMap((entry) => documentsOf(entry));
}

function readJson(text: string, zone: { readonly zone?: ZoneId }): ReadFile {
  let body: unknown;
  try {
    body = parseExactJson(text);
  } catch {
    return unknown('the text begins like JSON, but is none');
  }
  const documents = documentsOf(body);
  if (documents.length === 0) return unknown('no MyEnergyData_MarketDocument in it');
  const read = documents.map((document) => fromMyEnergyData(document, zone));
  return {
    format: 'my-energy-data-json',
    series: read.flatMap(({ value }) => value.series),
    issues: read.flatMap(({ issues }) => issues),
  };
}

function unknown(message: string): ReadFile {
  return {
    format: 'unknown',
    series: [],
    issues: [{ code: 'file/unknown-format', severity: 'error', message }],
  };
}

/**
 * Reads a file of metered values whatever its kind: CIM (`MyEnergyData_MarketDocument` as JSON or XML, EDDIE's validated
 * historical data), Green Button, the tables that the model writes, Eloverblik's CSV, or any table by a layout. Values are exact, what is
 * missing stays missing. Never throws on data.
 *
 * @example readSeriesFile(text, { zone: 'Europe/Stockholm' as ZoneId }).series
 */
export function readSeriesFile(text: string, options: ReadFileOptions = {}): ReadFile {
  const zone = options.zone === undefined ? {} : { zone: options.zone };
  const bare = text.replace(/^\uFEFF/u, '');
  const first = /\S/u.exec(bare)?.[0];
  if (first === undefined) return unknown('the file is empty');
  if (first === '<') return readXml(bare, zone);
  if (first === '{' || first === '[') return readJson(bare, zone);
  if (options.csv !== undefined) {
    return { format: 'csv-layout', ...readCsvLayout(bare, options.csv) };
  }
  if (isSeriesExport(bare)) return { format: 'eloverblik-export', ...readSeriesExport(bare) };
  const { value, issues } = fromCsv(bare);
  return { format: 'csv', series: value, issues };
}
