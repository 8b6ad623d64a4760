import type { Telegram, TelegramIssue } from '@metergram/decoder';
import { fit, type Paint, printable, wrap } from '../terminal.ts';
import { meterName, type Row, rowsOf, spaced } from './rows.ts';
import type { Decoded, Writer } from './writer.ts';

interface Widths {
  readonly meter: number;
  readonly medium: number;
  readonly what: number;
  readonly value: number;
  readonly time: number;
}

const GAP = '  ';
const NARROWEST = 60;
const MARKS = { error: '✗', warning: '!', info: '·' } as const;
const STYLES = { error: 'red', warning: 'yellow', info: 'dim' } as const;

/**
 * A table for people: a row for each thing measured, a row for each fault with the byte where it stands, and a line
 * at the end that counts. With a width it fits a terminal, cutting what is too long and naming the meter once; without
 * one every row is whole, for `grep`.
 */
export function tableWriter(paint: Paint, width: number | undefined): Writer {
  const widths = widthsFor(width);
  const counts = { telegrams: 0, values: 0, faulty: 0 };
  const cut = width !== undefined;
  return {
    begin: () => paint('bold', `${head(widths)}\n`),
    telegram: (decoded) => {
      const { telegram } = decoded;
      const rows = rowsOf(telegram, decoded.received);
      counts.telegrams++;
      counts.values += telegram.records.length;
      if (telegram.issues.some((issue) => issue.severity === 'error')) counts.faulty++;
      const naming = namesOf(decoded, widths, cut);
      const lines = rows.map((row) => naming(paint) + body(row, widths, cut));
      for (const issue of telegram.issues)
        for (const [index, text] of issueLines(issue, widths, width).entries())
          lines.push(
            (index === 0 ? naming(paint) : blank(widths)) + paint(STYLES[issue.severity], text),
          );
      if (lines.length === 0) lines.push(naming(paint) + paint('dim', bare(telegram)));
      return lines.map((line) => `${line.trimEnd()}\n`).join('');
    },
    end: () =>
      countLine(
        paint,
        `${many(counts.telegrams, 'telegram')}, ${many(counts.values, 'value')}`,
        counts.faulty,
      ),
  };
}

/** The last line of a table: what was counted, and how many of the telegrams have errors. */
export function countLine(paint: Paint, counted: string, faulty: number): string {
  const verdict = faulty === 0 ? 'none with errors' : `${faulty} with errors`;
  return `${paint('dim', `${counted}; `)}${paint(faulty === 0 ? 'dim' : 'red', verdict)}\n`;
}

/** `1 telegram`, `2 telegrams`. */
export function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Widths that fill a terminal. What was measured and its value share what is left, names first. */
function widthsFor(width: number | undefined): Widths {
  const fixed = { meter: 12, medium: 11, time: 17 };
  const left = Math.max(NARROWEST, width ?? 100) - 12 - 11 - 17 - 4 * GAP.length;
  const what = Math.min(36, Math.max(10, Math.round(left * 0.54)));
  return { ...fixed, what, value: Math.min(24, left - what) };
}

function head(widths: Widths): string {
  return [
    fit('METER', widths.meter),
    fit('MEDIUM', widths.medium),
    fit('WHAT', widths.what),
    fit('VALUE', widths.value, 'right'),
    'TIME',
  ].join(GAP);
}

/** The first two columns: on a terminal they are shown in a telegram's first row only. */
function namesOf(decoded: Decoded, widths: Widths, once: boolean): (paint: Paint) => string {
  const { meter } = decoded.telegram;
  const name = meter === null ? `line ${decoded.line}` : meterName(meter);
  const column = (words: string, width: number): string =>
    once ? fit(words, width) : words.padEnd(width);
  const medium = meter ? spaced(meter.medium) : '';
  const text = column(printable(name), widths.meter) + GAP + column(medium, widths.medium) + GAP;
  let first = true;
  return (paint) => {
    if (once && !first) return blank(widths);
    first = false;
    return paint('cyan', text);
  };
}

function blank(widths: Widths): string {
  return ' '.repeat(widths.meter + widths.medium + 2 * GAP.length);
}

function body(row: Row, widths: Widths, cut: boolean): string {
  const value = row.unit === '' ? row.value : `${row.value} ${row.unit}`;
  if (!cut) return [row.what.padEnd(widths.what), value.padStart(widths.value), row.time].join(GAP);
  // A value too long for its column takes the room that the name leaves, and then that of an empty time.
  const room = widths.what + GAP.length + widths.value;
  const spare = row.time === '' ? widths.time + GAP.length : 0;
  const name = fit(row.what, Math.min([...row.what].length, widths.what));
  const length = [...value].length;
  if (length <= room - name.length - GAP.length)
    return name + fit(value, room - [...name].length, 'right') + GAP + row.time;
  return (
    name +
    GAP +
    fit(value, room - [...name].length - GAP.length + spare).trimEnd() +
    (spare ? '' : GAP + row.time)
  );
}

/** The reason and the byte, broken to fit. */
function issueLines(
  issue: TelegramIssue,
  widths: Widths,
  width: number | undefined,
): readonly string[] {
  const text = `${MARKS[issue.severity]} ${issue.code} at byte ${issue.offset}: ${printable(issue.message)}`;
  if (width === undefined) return [text];
  const room = Math.max(24, width - blank(widths).length);
  return wrap(text, room).flatMap((line) =>
    [...line].length <= room ? [line] : (line.match(new RegExp(`.{1,${room}}`, 'gu')) ?? []),
  );
}

/** What a telegram without records is. */
function bare({ link, security }: Telegram): string {
  if (link.kind === 'wired-ack') return 'acknowledgement';
  if (security.state === 'key-missing') return 'encrypted, and no key for it';
  return link.function === null ? 'nothing measured' : `${link.function}, nothing measured`;
}
