import { createHash } from 'node:crypto';

/** Eight hexadecimal digits of a hash, as a share: 0 up to, not including, 1. The same for the same words in every run. */
export function draw(seed: number, ...words: readonly (string | number)[]): number {
  return digest(seed, words).readUInt32BE(0) / 2 ** 32;
}

/** An id that looks drawn (RFC 9562, version 8), the same for the same words in every run. */
export function uuidOf(seed: number, ...words: readonly (string | number)[]): string {
  const bytes = digest(seed, words).subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function digest(seed: number, words: readonly (string | number)[]): Buffer {
  return createHash('sha256')
    .update(`${seed} ${words.join(' ')}`)
    .digest();
}
