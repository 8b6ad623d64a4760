// AES-128 byte by byte from FIPS 197's own words, CBC, CTR and CMAC; CRC-16/EN-13757 bit by bit. DES is the encoder's, a bit an
// array element, which OpenSSL judges (encode/des.node.test.ts).

import { desBlock, desKey } from '../../src/encode/des.ts';

function times(a: number, b: number): number {
  let sum = 0;
  for (let bit = 0; bit < 8; bit++) {
    if ((b >> bit) & 1) sum ^= a << bit;
  }
  for (let bit = 14; bit >= 8; bit--) {
    if ((sum >> bit) & 1) sum ^= 0x11b << (bit - 8);
  }
  return sum;
}

const INVERSE = Array.from({ length: 256 }, (_, a) => {
  for (let b = 1; b < 256; b++) if (times(a, b) === 1) return b;
  return 0;
});
const SBOX = INVERSE.map((inverse) => {
  let out = 0;
  for (let bit = 0; bit < 8; bit++) {
    const sum = [0, 4, 5, 6, 7].reduce((x, shift) => x ^ (inverse >> ((bit + shift) % 8)), 0);
    out |= ((sum ^ (0x63 >> bit)) & 1) << bit;
  }
  return out;
});
const BACK = SBOX.map((_, value) => SBOX.indexOf(value));

function expand(key: readonly number[]): number[] {
  const words = [...key];
  let constant = 1;
  for (let at = 16; at < 176; at += 4) {
    let word = words.slice(at - 4, at);
    if (at % 16 === 0) {
      word = [...word.slice(1), word[0]!].map((byte) => SBOX[byte]!);
      word[0]! ^= constant;
      constant = times(constant, 2);
    }
    words.push(...word.map((byte, i) => byte ^ words[at - 16 + i]!));
  }
  return words;
}

function add(state: readonly number[], words: readonly number[], round: number): number[] {
  return state.map((byte, i) => byte ^ words[16 * round + i]!);
}

function mix(state: readonly number[], factors: readonly number[]): number[] {
  return state.map((_, i) => {
    const column = i - (i % 4);
    return factors.reduce((sum, f, j) => sum ^ times(f, state[column + ((i + j) % 4)]!), 0);
  });
}

export function encryptAes(key: readonly number[], block: readonly number[]): number[] {
  const words = expand(key);
  let state = add(block, words, 0);
  for (let round = 1; round <= 10; round++) {
    state = state.map((byte) => SBOX[byte]!);
    state = state.map((_, i) => state[(i + 4 * (i % 4)) % 16]!);
    if (round < 10) state = mix(state, [2, 3, 1, 1]);
    state = add(state, words, round);
  }
  return state;
}

export function decryptAes(key: readonly number[], block: readonly number[]): number[] {
  const words = expand(key);
  let state = add(block, words, 10);
  for (let round = 9; round >= 0; round--) {
    state = state.map((_, i) => state[(i + 16 - 4 * (i % 4)) % 16]!);
    state = state.map((byte) => BACK[byte]!);
    state = add(state, words, round);
    if (round > 0) state = mix(state, [14, 11, 13, 9]);
  }
  return state;
}

export function decryptCbc(
  key: readonly number[],
  iv: readonly number[],
  cipher: readonly number[],
): number[] {
  const plain: number[] = [];
  for (let at = 0; at + 16 <= cipher.length; at += 16) {
    const before = at === 0 ? iv : cipher.slice(at - 16, at);
    const block = decryptAes(key, cipher.slice(at, at + 16));
    plain.push(...block.map((byte, i) => byte ^ before[i]!));
  }
  return plain;
}

export function decryptDesCbc(
  key: readonly number[],
  iv: readonly number[],
  cipher: readonly number[],
): number[] {
  const backwards = desKey(Uint8Array.from(key)).toReversed();
  const plain: number[] = [];
  for (let at = 0; at + 8 <= cipher.length; at += 8) {
    const before = at === 0 ? iv : cipher.slice(at - 8, at);
    const block = desBlock(backwards, Uint8Array.from(cipher.slice(at, at + 8)));
    plain.push(...[...block].map((byte, i) => byte ^ before[i]!));
  }
  return plain;
}

/** `start` without its last byte, which counts the blocks. */
export function applyCtr(
  key: readonly number[],
  start: readonly number[],
  text: readonly number[],
): number[] {
  return text.map((byte, i) => {
    const block = BigInt(`0x${start.map((b) => b.toString(16).padStart(2, '0')).join('')}`);
    const counter = (block + BigInt(Math.floor(i / 16))).toString(16).padStart(32, '0');
    const stream = encryptAes(
      key,
      Array.from({ length: 16 }, (_, j) => Number.parseInt(counter.slice(2 * j, 2 * j + 2), 16)),
    );
    return byte ^ stream[i % 16]!;
  });
}

/** A block as one big number, and times x in the field of 2^128. */
function numberOf(block: readonly number[]): bigint {
  return block.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function blockOf(number: bigint): number[] {
  return Array.from({ length: 16 }, (_, i) => Number((number >> BigInt(8 * (15 - i))) & 255n));
}

function double(block: bigint): bigint {
  return BigInt.asUintN(128, block * 2n) ^ (block >> 127n === 1n ? 0x87n : 0n);
}

export function cmac(key: readonly number[], message: readonly number[]): number[] {
  const first = double(numberOf(encryptAes(key, Array<number>(16).fill(0))));
  const blocks: number[][] = [];
  for (let at = 0; at === 0 || at < message.length; at += 16)
    blocks.push(message.slice(at, at + 16));
  const last = blocks.pop()!;
  const whole = last.length === 16;
  const padded = whole ? last : [...last, 0x80, ...Array<number>(15 - last.length).fill(0)];
  blocks.push(blockOf(numberOf(padded) ^ (whole ? first : double(first))));
  return blocks.reduce(
    (state, block) =>
      encryptAes(
        key,
        state.map((byte, i) => byte ^ block[i]!),
      ),
    Array<number>(16).fill(0),
  );
}

export function crc(bytes: readonly number[]): number {
  let register = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const carry = (register >> 15) ^ ((byte >> bit) & 1);
      register = ((register << 1) & 0xffff) ^ (carry ? 0x3d65 : 0);
    }
  }
  return register ^ 0xffff;
}
