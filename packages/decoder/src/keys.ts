import type { KeyEntry } from './options.ts';

/** Thrown for a key that is none. The message names the meter, never the key. */
export class KeyError extends TypeError {
  readonly code: 'key/invalid' | 'key/meter' = 'key/invalid';

  constructor(code: 'key/invalid' | 'key/meter', message: string) {
    super(message);
    this.name = 'KeyError';
    this.code = code;
  }
}

/** Sixteen bytes from 32 hexadecimal digits or from 16 bytes; the bytes are a copy. */
export function keyBytes(key: string | Uint8Array, whose = 'this call'): Uint8Array {
  if (typeof key === 'string' && /^[0-9a-f]{32}$/i.test(key))
    return Uint8Array.from({ length: 16 }, (_, i) =>
      Number.parseInt(key.slice(2 * i, 2 * i + 2), 16),
    );
  if (key instanceof Uint8Array && key.length === 16) return key.slice();
  throw new KeyError(
    'key/invalid',
    `the key for ${whose} is not 16 bytes or 32 hexadecimal digits`,
  );
}

/** Digits to a base as a number, and a mask of those that are told: `?` is any digit, `*` any number of them. */
function pattern(text: string, form: RegExp, base: number, length: number, what: string): number[] {
  const full = text.replace('*', '?'.repeat(Math.max(0, length + 1 - text.length)));
  if (full.length !== length || !form.test(full))
    throw new KeyError('key/meter', `${JSON.stringify(text)} is not ${what}`);
  let value = 0;
  let mask = 0;
  for (const digit of full) {
    const told = digit === '?' ? 0 : 1;
    // A letter of a manufacturer is 1 for A; a digit of a number is hexadecimal.
    value = value * base + told * ((Number.parseInt(digit, 36) || 0) - (base > 16 ? 9 : 0));
    mask = mask * base + told * (base - 1);
  }
  return [value, mask];
}

/** An entry as `addPattern` of the module takes it, and its key. */
export function slotOf(entry: KeyEntry): { address: number[]; key: Uint8Array } {
  const { manufacturer, id, version = -1, mediumCode = -1 } = entry;
  return {
    address: [
      ...pattern(manufacturer, /^[a-z?]+$/i, 32, 3, 'a manufacturer of three letters'),
      ...pattern(id, /^[\da-f?]+$/i, 16, 8, 'an identification number of eight digits'),
      (version & 255) | ((mediumCode & 255) << 8),
      (version < 0 ? 0 : 255) | (mediumCode < 0 ? 0 : 0xff00),
      entry.derivation ? 1 : 0,
    ],
    key: keyBytes(entry.key, `meter ${manufacturer} ${id}`),
  };
}
