import type { Telegram, TelegramIssue } from '@metergram/decoder';
import { fit, type Paint, printable, wrap } from '../terminal.ts';
import { meterName, type Row, rowsOf, spaced } from './rows.ts';
import type { Decoded, Writer } from './writer.ts';

interface Widths {
  /** Before rows that do not name the meter. */
  readonly indent: number;
  readonly meter: number;
  readonly medium: number;
  readonly what: number;
  readonly value: number;
  readonly time: number;
}

const GAP = '  ';
const NARROWEST = 60;
/** What a name is shortened to at the most, so that a number beside it stays whole. */
const SHORTEST_NAME = 6;
const NUMBER = /^-?\d+(\.\d+)?$/;
const MARKS = { error: '✗', warning: '!', info: '·' } as const;
const STYLES = { error: 'red', warning: 'yellow', info: 'dim' } as const;

/**
 * A table for people: a row for each thing measured, a row for each fault with the byte where it stands, and a line
 * at the end that counts. With a width it fits a terminal, cutting what is too long and naming the meter once; without
 * one every row is whole, for `grep`.
 */
export function tableWriter(paint: Paint, width: number | undefined): Writer {
  const widths = widthsFor(width);
  const counts = { telegrams: 0, values: 0, faulty: 0, keyless: 0 };
  const cut = width !== undefined;
  return {
    begin: () => paint('bold', `${head(widths)}\n`),
    telegram: (decoded) => {
      const { telegram } = decoded;
      const rows = rowsOf(telegram, decoded.received);
      counts.telegrams++;
      counts.values += telegram.records.length;
      if (telegram.issues.some((issue) => issue.severity === 'error')) counts.faulty++;
      if (telegram.security.state === 'key-missing') counts.keyless++;
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
    note: () => keyNote(counts.keyless),
  };
}

/** The last line of a table: what was counted, and how many of the telegrams have errors. */
export function countLine(paint: Paint, counted: string, faulty: number): string {
  const verdict = faulty === 0 ? 'none with errors' : `${faulty} with errors`;
  return `${paint('dim', `${counted}; `)}${paint(faulty === 0 ? 'dim' : 'red', verdict)}\n`;
}

/** What to do about telegrams without a key. */
export function keyNote(keyless: number): string {
  if (keyless === 0) return '';
  const are = keyless === 1 ? 'is' : 'are';
  return `${many(keyless, 'telegram')} ${are} encrypted, with no key for the meter: --keys FILE gives keys, --default-keys tries the public ones\n`;
}

/** `1 telegram`, `2 telegrams`. */
export function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** A unit's own column inside that of the value, so that digits stand above digits. */
const UNIT = 5;

/** Widths that fill a terminal: names take what the rest leaves. */
function widthsFor(width: number | undefined): Widths {
  // A file has room for the longest medium that is common; a terminal cuts it.
  const medium = width === undefined ? 'heat cost allocator'.length : 11;
  const fixed = { meter: 12, medium, value: 15, time: 17 };
  const left = Math.max(NARROWEST, width ?? 108) - fixed.value - fixed.time - 2 * GAP.length;
  const indent = fixed.meter + 1 + fixed.medium + GAP.length;
  // Very narrow: the meter stands on a line of its own, so that the rest keeps its room.
  return left - indent < 12
    ? { ...fixed, indent: GAP.length, what: left - GAP.length }
    : { ...fixed, indent, what: Math.min(40, left - indent) };
}

function head(widths: Widths): string {
  const names = `${fit('METER', widths.meter)} ${fit('MEDIUM', widths.medium)}`;
  const value = fit('VALUE', widths.value - UNIT - 1, 'right').padEnd(widths.value);
  const first = isStacked(widths) ? `${names.trimEnd()}\n` : names;
  return first + ['', fit('WHAT', widths.what), value, 'TIME'].join(GAP);
}

/** The first two columns: on a terminal they are shown in a telegram's first row only. */
function namesOf(decoded: Decoded, widths: Widths, once: boolean): (paint: Paint) => string {
  const { meter } = decoded.telegram;
  const name = meter === null ? `line ${decoded.line}` : meterName(meter);
  const column = (words: string, width: number): string =>
    once ? fit(words, width) : words.padEnd(width);
  const medium = meter ? spaced(meter.medium) : '';
  const text = `${column(printable(name), widths.meter)} ${column(medium, widths.medium)}${GAP}`;
  let first = true;
  return (paint) => {
    if (once && !first) return blank(widths);
    first = false;
    return (
      paint('cyan', isStacked(widths) ? text.trimEnd() : text) +
      (isStacked(widths) ? `\n${blank(widths)}` : '')
    );
  };
}

function blank(widths: Widths): string {
  return ' '.repeat(widths.indent);
}

/** Whether the meter stands above its rows rather than before the first. */
function isStacked(widths: Widths): boolean {
  return widths.indent === GAP.length;
}

function body(row: Row, widths: Widths, cut: boolean): string {
  const value = valueCell(row, widths);
  if (!cut) return [row.what.padEnd(widths.what), value.padStart(widths.value), row.time].join(GAP);
  // A value too long for its column takes the room that the name leaves, and then that of an empty time. Text is cut; a
  // number never is, because one without its last digits is another number: the name gives way, then the line.
  const time = row.time === '' ? '' : GAP + row.time;
  const room =
    widths.what + GAP.length + widths.value + (time === '' ? GAP.length + widths.time : 0);
  const length = [...value].length;
  const spare = room - length - GAP.length;
  const whole = NUMBER.test(row.value);
  const most = whole && spare >= SHORTEST_NAME ? Math.min(widths.what, spare) : widths.what;
  const name = fit(row.what, Math.min([...row.what].length, most));
  const place = widths.what + GAP.length + widths.value - [...name].length;
  if (length <= place - GAP.length) return name + fit(value, place, 'right') + time;
  const rest = room - [...name].length - GAP.length;
  if (whole && length > rest)
    return `${name}${time === '' ? '' : ' '.repeat(place) + time}\n${blank(widths)}${value}`;
  return name + GAP + fit(value, Math.min(length, rest)) + time;
}

/** Number and unit, the unit in a column of its own where both fit; anything else as it is. */
function valueCell({ unit, value }: Row, widths: Widths): string {
  const numeric = NUMBER.test(value);
  if (numeric && [...unit].length <= UNIT && value.length + UNIT + 1 <= widths.value)
    return `${value} ${fit(unit, UNIT)}`;
  return unit === '' ? value : `${value} ${unit}`;
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
