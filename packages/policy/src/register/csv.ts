import type { Language } from '../lang/language.ts';
import type { Register } from './activity.ts';
import { cell, cellText } from './cells.ts';
import type { LayoutId } from './layouts.ts';
import { headings, LAYOUTS } from './layouts.ts';
import { requireExport, requireOption } from './usable.ts';

/** How a CSV file is written. */
export interface CsvOptions {
  /** Whose order of columns; default that of Article 30. */
  readonly layout?: LayoutId;
  /** Language of the cells; default the layout's, English for CNIL. */
  readonly language?: Language;
  /** Default `;`, which spreadsheets in the Nordic countries and France expect. */
  readonly separator?: ',' | ';' | '\t';
  /** Begin with a byte order mark, by which spreadsheets know UTF-8. Default true. */
  readonly bom?: boolean;
}

/** A text that a spreadsheet would run as a formula when it opens the file. */
const FORMULA = /^[=+\-@\t\r]/;
// oxlint-disable-next-line no-control-regex -- control characters have no place in a cell
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

function field(text: string, separator: string): string {
  const clean = text.replace(CONTROL, '');
  const safe = FORMULA.test(clean) ? `'${clean}` : clean;
  return safe.includes(separator) || /["\r\n]/.test(safe)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/**
 * The record as CSV (RFC 4180, CRLF), one line an activity, in an authority's order of columns. Cells that are only proposed
 * say so, and the last column lists them. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
 *
 * Throws `RegisterError` with the codes of `validateRegister` for what is no register or one with a fault of severity `error`, and
 * `register/unknown-option` for a layout, language or separator that there is none of; each with a pointer.
 *
 * @example
 *   const text = toCsv(norwegianRegister, { layout: 'no' });
 */
export function toCsv(register: Register, options: CsvOptions = {}): string {
  requireExport(register, options);
  requireOption(options.layout, Object.keys(LAYOUTS), '/layout');
  requireOption(options.separator, [',', ';', '\t'], '/separator');
  const layout = LAYOUTS[options.layout ?? 'article-30'];
  const language = options.language ?? (layout.language === 'fr' ? 'en' : layout.language);
  const separator = options.separator ?? ';';
  const line = (cells: readonly string[]): string =>
    `${cells.map((text) => field(text, separator)).join(separator)}\r\n`;
  const rows = register.activities.map((activity) =>
    line(layout.columns.map((key) => cellText(cell(register, activity, key, language), language))),
  );
  return `${(options.bom ?? true) ? '\uFEFF' : ''}${line(headings(layout))}${rows.join('')}`;
}
