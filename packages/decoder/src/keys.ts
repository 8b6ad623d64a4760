import type { KeyEntry } from './options.ts';

/** Any manufacturer, any id, as the module's key table has them. */
const ANY_MANUFACTURER = 0xffff;
const ANY_ID = 0xffff_ffff;

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

function manufacturerCode(letters: string): number {
  if (letters === '*') return ANY_MANUFACTURER;
  if (!/^[A-Z]{3}$/i.test(letters))
    throw new KeyError(
      'key/meter',
      `${JSON.stringify(letters)} is not a manufacturer of three letters`,
    );
  let code = 0;
  for (const letter of letters.toUpperCase()) code = (code << 5) | (letter.charCodeAt(0) - 0x40);
  return code;
}

function idCode(id: string): number {
  if (id === '*') return ANY_ID;
  if (!/^[0-9a-f]{8}$/i.test(id))
    throw new KeyError(
      'key/meter',
      `${JSON.stringify(id)} is not an identification number of eight digits`,
    );
  return Number.parseInt(id, 16);
}

/** One entry as the module takes it. */
export function slotOf(entry: KeyEntry): { manufacturer: number; id: number; key: Uint8Array } {
  return {
    manufacturer: manufacturerCode(entry.manufacturer),
    id: idCode(entry.id),
    key: keyBytes(entry.key, `meter ${entry.manufacturer} ${entry.id}`),
  };
}
