import { EncodeFault } from './fault.ts';
import { type Octets, octets } from './octets.ts';

/** The bytes of a key of a given length. What stands in a refused key is not repeated in the message. */
export function keyBytes(key: Octets | undefined, length: number, pointer: string): Uint8Array {
  const bytes = key === undefined ? null : octets(key);
  if (bytes?.length !== length) {
    throw new EncodeFault('encode/bad-key', pointer, `a key of ${length} bytes is needed`);
  }
  return bytes;
}

/** Bytes from text that the caller wrote; refused with `encode/bad-hex`. */
export function plainBytes(source: Octets, pointer: string): Uint8Array {
  const bytes = octets(source);
  if (bytes === null) throw new EncodeFault('encode/bad-hex', pointer, 'not hexadecimal bytes');
  return bytes;
}
