import type { Decimal, Instant } from '@metergram/model';

/**
 * Reads JSON without passing the numbers under the named keys through a float: they come back as the text that was sent
 * (`0.10` stays `0.10`). Throws SyntaxError as JSON.parse does.
 *
 * Uses the source text that engines hand to revivers (Node 22, Chromium 114, Firefox 135, Safari 18.4); an older engine
 * gives the shortest text that reads back the same.
 */
export function parseJson(text: string, exact: ReadonlySet<string> = new Set()): unknown {
  if (exact.size === 0) return JSON.parse(text) as unknown;
  const revive = (key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && exact.has(key) ? (context?.source ?? String(value)) : value;
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown) as unknown;
}

const number = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * An exact decimal of a number as hubs send it: with exponent, sign or leading zeros. Every decimal that was sent is kept
 * (`0.130` stays `0.130`). Null for anything that is no number; empty text is none.
 */
export function decimalOf(text: string): Decimal | null {
  const match = number.exec(text.trim());
  if (match === null || !(match[2] || match[3])) return null;
  const fraction = match[3] ?? '';
  const digits = (match[2] ?? '') + fraction;
  const scale = fraction.length - Number(match[4] ?? 0);
  const padded = scale < 0 ? digits + '0'.repeat(-scale) : digits.padStart(scale + 1, '0');
  const cut = scale > 0 ? padded.length - scale : padded.length;
  const whole = padded.slice(0, cut).replace(/^0+(?=\d)/, '');
  const rest = padded.slice(cut);
  const negative = match[1] === '-' && /[1-9]/.test(digits);
  return `${negative ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}` as Decimal;
}

/** Epoch milliseconds as an {@link Instant}. Throws RangeError outside of what a date can be. */
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString().replace('.000Z', 'Z') as Instant;
}

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Epoch milliseconds of ISO 8601 text with a zone or offset; null for anything else, local time included. */
export function epochOf(text: string | null | undefined): number | null {
  if (typeof text !== 'string' || !iso.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
