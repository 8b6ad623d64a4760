// Randomness without state: every number is a hash of what it is for, so that a fleet does not depend on the order in which
// its meters are asked.

/** A number from 0 up to, not including, 1, that depends on the seed and on up to three more integers. */
export function chance(seed: number, a: number, b: number = 0, c: number = 0): number {
  return hash(seed, a, b, c) / 2 ** 32;
}

/** 32 bits. */
export function hash(seed: number, a: number, b: number, c: number): number {
  let h = mixed(0x9e3779b9, seed);
  h = mixed(h, a);
  h = mixed(h, b);
  h = mixed(h, c);
  h ^= h >>> 16;
  h = Math.imul(h, 0x21f0aaad);
  h ^= h >>> 15;
  h = Math.imul(h, 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

function mixed(h: number, value: number): number {
  let k = Math.imul(value | 0, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const x = h ^ k;
  return (Math.imul((x << 13) | (x >>> 19), 5) + 0xe6546b64) | 0;
}

/** So many bytes: a key of a meter that is none. */
export function randomBytes(length: number, seed: number, a: number, b: number = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => hash(seed, a, b, i) & 0xff);
}
