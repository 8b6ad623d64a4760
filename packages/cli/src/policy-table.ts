import type { Io } from './io.ts';
import { fit, paintFor, printable, widthOf, wrap } from './terminal.ts';

/** A column: its heading, and the fewest characters that it may be cut to. */
export interface Column {
  readonly name: string;
  readonly least: number;
  /** Sentences: they go on in the next line and are never cut. Only for the last column, which gives way first. */
  readonly wraps?: boolean;
}

/** A table that fits the terminal: the widest columns give way first, down to their least; elsewhere nothing is cut. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  io: Pick<Io, 'stdout' | 'env'>,
): string {
  const clean = rows.map((row) => row.map(printable));
  const widths = columns.map(({ name }, i) =>
    Math.max(name.length, ...clean.map((row) => [...(row[i] ?? '')].length)),
  );
  const room = widthOf(io.stdout, io.env) ?? Infinity;
  const total = (): number => widths.reduce((sum, width) => sum + width + 2, -2);
  while (total() > room) {
    let widest = -1;
    for (const [i, width] of widths.entries())
      if (width > columns[i]!.least && (widest < 0 || columns[i]!.wraps || width > widths[widest]!))
        widest = i;
    if (widest < 0) break;
    widths[widest]! -= 1;
  }
  const paint = paintFor(io.stdout, io.env);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => fit(cell, widths[i]!))
      .join('  ')
      .trimEnd();
  const head = paint('bold', line(columns.map(({ name }) => name)));
  const last = columns.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + 2, 0);
  const body = clean.flatMap((cells) => {
    if (columns[last]!.wraps !== true) return [line(cells)];
    const [first = '', ...more] = wrap(cells[last] ?? '', widths[last]!);
    const start = cells.slice(0, last).map((cell, i) => `${fit(cell, widths[i]!)}  `);
    return [
      `${start.join('')}${first}`.trimEnd(),
      ...more.map((part) => ' '.repeat(before) + part),
    ];
  });
  return [head, ...body].map((each) => `${each}\n`).join('');
}

/** Lines of a text under a heading, wrapped to the terminal. */
export function paragraph(
  heading: string,
  texts: readonly string[],
  io: Pick<Io, 'stdout' | 'env'>,
): string {
  if (texts.length === 0) return '';
  const room = (widthOf(io.stdout, io.env) ?? 100) - 4;
  const body = texts.flatMap((text) =>
    wrap(printable(text), Math.max(20, room)).map(
      (part, i) => `${i === 0 ? '  - ' : '    '}${part}\n`,
    ),
  );
  return `${paintFor(io.stdout, io.env)('bold', heading)}\n${body.join('')}`;
}
