import type { Language, Text } from '../lang/language.ts';
import { LANGUAGES } from '../lang/language.ts';

/**
 * A table of texts, one line a row: `id | nb | sv | da | fi | en`. The order of the languages is that of
 * {@link LANGUAGES}; a row with a cell too few or too many is a programming error and throws.
 */
export function textRows(table: string): ReadonlyMap<string, Text> {
  const rows = new Map<string, Text>();
  for (const line of table.trim().split('\n')) {
    const [id, ...cells] = line.split('|').map((cell) => cell.trim());
    if (id === undefined || cells.length !== LANGUAGES.length || cells.includes('')) {
      throw new Error(`a row of texts needs an id and ${LANGUAGES.length} cells: ${line}`);
    }
    const text = {} as Record<Language, string>;
    for (const [i, language] of LANGUAGES.entries()) text[language] = cells[i] ?? '';
    rows.set(id, text);
  }
  return rows;
}
