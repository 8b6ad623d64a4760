import { DES_KEY_BYTES, KEY_BYTES } from './interface.ts';
import type { KeyEntry } from './options.ts';

/** Thrown for a key that is none. The message names the meter, never the key. */
export class KeyError extends TypeError {
  readonly code: 'key/invalid' | 'key/meter';

  constructor(code: 'key/invalid' | 'key/meter', message: string) {
    super(message);
    this.name = 'KeyError';
    this.code = code;
  }
}

/**
 * Sixteen bytes from a key of 16 bytes, or of 8 for DES, as such or as hexadecimal digits; the bytes are a copy. Zeros
 * stand behind a key of 8 bytes: as a key for AES it is a wrong one.
 */
export function keyBytes(key: string | Uint8Array, whose = 'this call'): Uint8Array {
  const given =
    typeof key !== 'string'
      ? key
      : /^([0-9a-f]{16}){1,2}$/i.test(key)
        ? key.match(/../g)!.map((digits) => Number.parseInt(digits, 16))
        : [];
  if (given.length !== KEY_BYTES && given.length !== DES_KEY_BYTES)
    throw new KeyError('key/invalid', `the key for ${whose} is no 16 bytes (DES: 8)`);
  const bytes = new Uint8Array(KEY_BYTES);
  bytes.set(given);
  return bytes;
}

/** Digits to a base as a number, and a mask of those that are told: `?` is any digit, `*` any number of them. */
function pattern(text: string, base: number, length: number, what: string): number[] {
  const full = text.replace('*', '?'.repeat(Math.max(0, length + 1 - text.length)));
  let value = 0;
  let mask = 0;
  let fits = full.length === length;
  for (const digit of full) {
    const told = digit === '?' ? 0 : 1;
    // A letter of a manufacturer is 1 for A; a digit of a number is hexadecimal.
    const number = Number.parseInt(digit, 36) - (base > 16 ? 9 : 0);
    if (told) fits &&= number < base && (number > 0 || base === 16);
    value = value * base + (told && number);
    mask = mask * base + told * (base - 1);
  }
  if (fits) return [value, mask];
  throw new KeyError('key/meter', `${JSON.stringify(text)} is not ${length} ${what}`);
}

/** An entry as `addPattern` of the module takes it, and its key. */
export function slotOf(entry: KeyEntry): { address: number[]; key: Uint8Array } {
  const { manufacturer, id, version = -1, mediumCode = -1 } = entry;
  return {
    address: [
      ...pattern(manufacturer, 32, 3, 'letters'),
      ...pattern(id, 16, 8, 'digits'),
      (version & 255) | ((mediumCode & 255) << 8),
      (version < 0 ? 0 : 255) | (mediumCode < 0 ? 0 : 0xff00),
      entry.derivation ? 1 : 0,
    ],
    key: keyBytes(entry.key, `meter ${manufacturer} ${id}`),
  };
}
