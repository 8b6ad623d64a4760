/** A line that says something, without the spaces around it, and where it stands: `keys.csv line 3`. */
export interface Placed {
  readonly text: string;
  readonly place: string;
}

/** The lines of a file; empty ones and those that begin with `#` are left out. */
export function placedLines(text: string, file: string): Placed[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), place: `${file} line ${index + 1}` }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
}

/** The fields of a line of CSV whose fields hold no separator: a semicolon where the header has one, else a comma. */
export function csvFields(text: string, header: string): string[] {
  return text.split(header.includes(';') ? ';' : ',').map((field) =>
    field
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}
