/**
 * JSON whose numbers stay as they were written. A price of `821.280029` must not pass through a binary float, so every
 * number outside of a string becomes the string of its own digits before `JSON.parse` sees it.
 */
export type ExactJson =
  | string
  | boolean
  | null
  | readonly ExactJson[]
  | { readonly [key: string]: ExactJson };

/** A string literal or a number as RFC 8259 writes them; strings come first, so digits inside of them are left alone. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/gu;

/**
 * Parses JSON text with every number as the string of its digits, as sent: `1000215.70` stays `'1000215.70'`.
 *
 * @throws SyntaxError where the text is no JSON.
 * @example parseExactJson('{"price": 821.280029}') // { price: '821.280029' }
 */
export function parseExactJson(text: string): ExactJson {
  return JSON.parse(
    text.replace(TOKEN, (token) => (token.startsWith('"') ? token : `"${token}"`)),
  ) as ExactJson;
}

/** The value as an object, or null where it is anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

/** The value as a non-empty string, or null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The value as a list, or an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
