/** Text of one cell, quoted where RFC 4180 wants it. */
function quoted(cell: string, separator: string): string {
  return cell.includes('"') || cell.includes(separator) || /[\r\n]/.test(cell)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;
}

/** A table as text, rows ended by CR LF (RFC 4180). */
export function writeTable(rows: Iterable<readonly string[]>, separator: string): string {
  let text = '';
  for (const row of rows)
    text += `${row.map((cell) => quoted(cell, separator)).join(separator)}\r\n`;
  return text;
}

/** A row with the line that it begins on; the first line is 1. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The separator that a header line uses: of semicolon, tab and comma the one that it has most of. */
export function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const head = end < 0 ? text : text.slice(0, end);
  const counts = [';', '\t', ','].map((mark) => [mark, head.split(mark).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/**
 * Rows of a table, one at a time, so that long files need little memory; quoted cells may hold separators and line breaks.
 * Lines end with LF, CR LF or CR; empty lines are left out. A quote that is never closed ends at the end of the text.
 */
export function* readTable(text: string, separator: string): Generator<Row> {
  let cells: string[] = [];
  let line = 1;
  let began = 1;
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at++;
      for (;;) {
        const close = text.indexOf('"', at);
        const part = close < 0 ? text.slice(at) : text.slice(at, close);
        line += part.split('\n').length - 1;
        cell += part;
        at = close < 0 ? text.length : close + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at++;
      }
    }
    const from = at;
    while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r')
      at++;
    cells.push(cell + text.slice(from, at));
    const mark = text[at];
    at++;
    if (mark === separator) {
      if (at < text.length) continue;
      cells.push('');
    }
    if (mark === '\r' && text[at] === '\n') at++;
    if (cells.length > 1 || cells[0] !== '') yield { line: began, cells };
    cells = [];
    line++;
    began = line;
  }
}
