/** A row of a table with the line that it begins on; the first line is 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Rows of separated values (RFC 4180): quoted cells may hold separators, quotes and line breaks; lines end with LF, CR LF
 * or CR; empty lines are left out.
 */
export function* csvRows(text: string, separator: string): Generator<CsvRow, void, undefined> {
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let began = 1;
  let quoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const mark = text[at];
    if (quoted && mark !== undefined) {
      if (mark === '\n') line += 1;
      if (mark !== '"') cell += mark;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
      continue;
    }
    if (mark === '"' && cell === '') quoted = true;
    else if (mark === separator) {
      cells.push(cell);
      cell = '';
    } else if (mark === '\n' || mark === '\r' || mark === undefined) {
      cells.push(cell);
      cell = '';
      if (cells.some((one) => one !== '')) yield { line: began, cells };
      cells = [];
      if (mark === '\r' && text[at + 1] === '\n') at += 1;
      line += 1;
      began = line;
    } else cell += mark;
  }
}
