import type { Io, Output } from './io.ts';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

const SGR: Readonly<Record<Style, string>> = {
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  cyan: '36',
};

/** Puts a style around a text, or leaves it as it is where colours are off. */
export type Paint = (style: Style, text: string) => string;

/**
 * Colours only on a terminal that has them: off when piped, under NO_COLOR (https://no-color.org) and for TERM=dumb;
 * on under FORCE_COLOR.
 */
export function paintFor(output: Output, env: Io['env']): Paint {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const refused = Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb' || env['FORCE_COLOR'] === '0';
  const on = !refused && (forced || output.isTTY === true);
  return on ? (style, text) => `\u001b[${SGR[style]}m${text}\u001b[0m` : (_style, text) => text;
}

/** Columns of a terminal; nothing where the output is none, and so need not fit. */
export function widthOf(output: Output, env: Io['env']): number | undefined {
  if (output.isTTY !== true) return undefined;
  const given = Number(env['COLUMNS']);
  return output.columns ?? (Number.isInteger(given) && given > 0 ? given : 80);
}

/**
 * Text from outside, made safe to print: control characters, which could steer a terminal, and line breaks become
 * U+FFFD.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** The text cut to a width, its last character then `…`, or filled up with spaces. */
export function fit(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const length = [...text].length;
  if (length > width) return `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`;
  const space = ' '.repeat(width - length);
  return side === 'left' ? text + space : space + text;
}

/** Breaks a text between words into lines of at most `width` characters; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
