/** Bytes as hexadecimal text, or as they are. Spaces in the text are for reading. */
export type Octets = string | Uint8Array;

/** Turn hexadecimal text into bytes; bytes pass through. Null where the text is no whole number of bytes. */
export function octets(source: Octets): Uint8Array | null {
  if (typeof source !== 'string') return source;
  const digits = source.replaceAll(/\s+/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return null;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

/** Bytes as lower-case hexadecimal text without spaces. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** The parts one after another, in a new array. Numbers are single bytes. */
export function join(...parts: readonly (Uint8Array | number)[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += typeof part === 'number' ? 1 : part.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    if (typeof part === 'number') all[at++] = part;
    else {
      all.set(part, at);
      at += part.length;
    }
  }
  return all;
}

/** The low `length` bytes of an integer, least significant first; negative ones in two's complement. */
export function littleEndian(value: bigint | number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = BigInt(value);
  for (let i = 0; i < length; i++) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** A copy with the order of the bytes turned round. */
export function reversed(bytes: Uint8Array): Uint8Array {
  return bytes.toReversed();
}
