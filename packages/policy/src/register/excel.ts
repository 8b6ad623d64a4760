import type { Language } from '../lang/language.ts';
import { inLanguage } from '../lang/language.ts';
import type { CellObject, Row, Sheet } from 'write-excel-file/universal';
import writeXlsxFile from 'write-excel-file/universal';
import type { Register } from './activity.ts';
import type { Cell } from './cells.ts';
import { cell, cellText } from './cells.ts';
import type { ColumnKey } from './labels.ts';
import { columnLabel, word } from './labels.ts';
import { requireExport } from './usable.ts';

/** Columns of the workbook's first sheet, and how wide each is (in characters). */
export const EXCEL_COLUMNS: readonly { readonly key: ColumnKey; readonly width: number }[] = [
  { key: 'id', width: 28 },
  { key: 'category', width: 24 },
  { key: 'name', width: 34 },
  { key: 'summary', width: 44 },
  { key: 'purposes', width: 30 },
  { key: 'bases', width: 34 },
  { key: 'subjects', width: 24 },
  { key: 'data', width: 40 },
  { key: 'special', width: 12 },
  { key: 'recipients', width: 34 },
  { key: 'transfers', width: 26 },
  { key: 'erasure', width: 34 },
  { key: 'measures', width: 44 },
  { key: 'rules', width: 24 },
  { key: 'note', width: 44 },
  { key: 'status', width: 90 },
];

/** Longest text that a cell of a workbook can hold. */
const MAX_CELL = 32_767;
// XML 1.0 has no place for these, escaped or not; half a surrogate pair is one of them.
const NOT_XML =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function plain(text: string): string {
  const clean = text.replace(NOT_XML, '');
  return clean.length <= MAX_CELL ? clean : `${clean.slice(0, MAX_CELL - 1)}…`;
}

const HEADING = {
  type: String,
  fontWeight: 'bold',
  wrap: true,
  alignVertical: 'center',
  backgroundColor: '#E8EDF2',
  bottomBorderStyle: 'thin',
} as const satisfies CellObject;

function heading(text: string): CellObject {
  return { ...HEADING, value: plain(text) };
}

function body(entry: Cell, language: Language): CellObject | null {
  if (entry.values.length === 0) return null;
  const value = plain(cellText(entry, language));
  const base = { type: String, value, wrap: true, alignVertical: 'top' } as const;
  return entry.proposed ? { ...base, backgroundColor: '#FFF4DC' } : base;
}

function line(label: string, value: string): Row {
  return [
    { type: String, value: plain(label), fontWeight: 'bold', alignVertical: 'top' },
    { type: String, value: plain(value), wrap: true, alignVertical: 'top' },
  ];
}

function aboutSheet(register: Register, language: Language): Row[] {
  const first = register.activities[0];
  const who = (['controller', 'jointControllers', 'representative', 'dpo'] as const).map((key) => {
    const values = first === undefined ? [] : cell(register, first, key, language).values;
    return line(
      columnLabel(key, language),
      values.length === 0 ? word('not-filled', language) : values.join('; '),
    );
  });
  return [
    line(word('register', language), inLanguage(register.title, language)),
    line(columnLabel('id', language), register.id),
    ...(register.updated === undefined
      ? []
      : [line(columnLabel('updated', language), register.updated)]),
    ...who,
    line(columnLabel('status', language), word('notice', language)),
  ];
}

/**
 * The record as an Excel workbook (`.xlsx`): a sheet with one line an activity, header frozen, proposed cells marked and
 * tinted; and a sheet that tells who answers for the processing. Every cell is text, so nothing can run as a formula.
 *
 * Needs the package `write-excel-file` installed beside this one. Works in Node and in browsers.
 *
 * Rejects with `RegisterError` as `toCsv` throws.
 *
 * @returns the bytes of the file; the caller owns them.
 * @example
 *   await writeFile('record.xlsx', await toExcel(norwegianRegister, { language: 'nb' }));
 */
export async function toExcel(
  register: Register,
  options: { readonly language?: Language } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  requireExport(register, options);
  const language = options.language ?? 'nb';
  const header = EXCEL_COLUMNS.map(({ key }) => heading(columnLabel(key, language)));
  const rows = register.activities.map((activity) =>
    EXCEL_COLUMNS.map(({ key }) => body(cell(register, activity, key, language), language)),
  );
  const sheets: Sheet<never>[] = [
    {
      data: [header, ...rows],
      sheet: word('register', language),
      columns: EXCEL_COLUMNS.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      stickyColumnsCount: 3,
      orientation: 'landscape',
    },
    {
      data: aboutSheet(register, language),
      sheet: word('about', language),
      columns: [{ width: 34 }, { width: 90 }],
    },
  ];
  const blob = await writeXlsxFile(sheets).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
