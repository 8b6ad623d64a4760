// Modes 8, 9 and 10 as docs/security.md assumes them, by the words of SP 800-38C and -38D.

import { applyCtr, encryptAes } from './cipher.ts';

const numberOf = (bytes: readonly number[]): bigint =>
  bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

const bytesOfNumber = (number: bigint): number[] =>
  Array.from({ length: 16 }, (_, i) => Number((number >> BigInt(8 * (15 - i))) % 256n));

/** In blocks of 16 bytes, the last filled with zeros. */
function blocks(bytes: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) =>
    Array.from({ length: 16 }, (__, j) => bytes[16 * i + j] ?? 0),
  );
}

const sum = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((byte, i) => byte ^ b[i]!);

/** SP 800-38D algorithm 1, bit by bit: bit 0 is the leftmost. */
function multiplied(x: bigint, y: bigint): bigint {
  let z = 0n;
  let v = y;
  for (let i = 0; i < 128; i++) {
    if (x.toString(2).padStart(128, '0')[i] === '1') z ^= v;
    v = v % 2n === 0n ? v / 2n : (v / 2n) ^ (0xe1n << 120n);
  }
  return z;
}

export interface Opened {
  readonly text: number[];
  readonly tag: number[];
}

/** GCM with nothing but the text: what it says, and the tag that it ought to have. */
export function openGcm(
  key: readonly number[],
  iv: readonly number[],
  cipher: readonly number[],
): Opened {
  const hashKey = numberOf(encryptAes(key, Array<number>(16).fill(0)));
  const lengths = bytesOfNumber(BigInt(8 * cipher.length));
  const hash = [...blocks(cipher), lengths].reduce(
    (state, block) => multiplied(state ^ numberOf(block), hashKey),
    0n,
  );
  const mask = encryptAes(key, [...iv, 0, 0, 0, 1]);
  return {
    text: applyCtr(key, [...iv, 0, 0, 0, 2], cipher),
    tag: sum(bytesOfNumber(hash), mask),
  };
}

/** CCM with a nonce of 13 bytes and a tag of 8, and nothing but the text. */
export function openCcm(
  key: readonly number[],
  nonce: readonly number[],
  cipher: readonly number[],
): Opened {
  const text = applyCtr(key, [1, ...nonce, 0, 1], cipher);
  // Flags of block 0: no more data, (8 - 2) / 2 in bits 5 to 3, 2 - 1 in bits 2 to 0.
  const first = [3 * 8 + 1, ...nonce, Math.floor(text.length / 256), text.length % 256];
  const state = [first, ...blocks(text)].reduce(
    (before, block) => encryptAes(key, sum(before, block)),
    Array<number>(16).fill(0),
  );
  return { text, tag: sum(state, encryptAes(key, [1, ...nonce, 0, 0])).slice(0, 8) };
}
