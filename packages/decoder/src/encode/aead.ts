// AES-GCM (NIST SP 800-38D) with an initial vector of 12 bytes, and AES-CCM (SP 800-38C, RFC 3610), encryption direction,
// nothing authenticated but the text. As slow and plain as they may be: GHASH is one multiplication of big numbers.

import { type AesKey, applyCtr, encryptBlock } from './aes.ts';
import { join } from './octets.ts';

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function blockOf(number: bigint): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, i) => Number((number >> BigInt(120 - 8 * i)) & 255n));
}

const REDUCTION = 0xe1n << 120n;

/** The product in the field of 2^128, whose first bit is the most significant. */
function product(x: bigint, y: bigint): bigint {
  let sum = 0n;
  let shifted = y;
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) sum ^= shifted;
    shifted = (shifted >> 1n) ^ (shifted & 1n ? REDUCTION : 0n);
  }
  return sum;
}

export interface Sealed {
  readonly cipher: Uint8Array;
  /** All 16 bytes; what is sent are the first ones. */
  readonly tag: Uint8Array;
}

/** Encrypt a copy of `text`; `iv` has 12 bytes. */
export function sealGcm(key: AesKey, iv: Uint8Array, text: Uint8Array): Sealed {
  const zero = new Uint8Array(16);
  encryptBlock(key, zero);
  const hashKey = numberOf(zero);
  const cipher = text.slice();
  applyCtr(key, join(iv, 0, 0, 0, 2), cipher);
  let hash = 0n;
  for (let at = 0; at < cipher.length; at += 16) {
    const block = new Uint8Array(16);
    block.set(cipher.subarray(at, at + 16));
    hash = product(hash ^ numberOf(block), hashKey);
  }
  hash = product(hash ^ BigInt(8 * cipher.length), hashKey);
  const tag = blockOf(hash);
  applyCtr(key, join(iv, 0, 0, 0, 1), tag);
  return { cipher, tag };
}

/** Encrypt a copy of `text` for a tag of `tagLength` bytes; `nonce` has 7 to 13. */
export function sealCcm(
  key: AesKey,
  nonce: Uint8Array,
  text: Uint8Array,
  tagLength: number,
): Sealed {
  const counted = 15 - nonce.length;
  const number = (n: number): Uint8Array =>
    Uint8Array.from({ length: counted }, (_, i) => Math.floor(n / 256 ** (counted - 1 - i)));
  const state = join(((tagLength - 2) / 2) * 8 + counted - 1, nonce, number(text.length));
  encryptBlock(key, state);
  for (let at = 0; at < text.length; at += 16) {
    text.subarray(at, at + 16).forEach((byte, i) => (state[i]! ^= byte));
    encryptBlock(key, state);
  }
  const cipher = text.slice();
  applyCtr(key, join(counted - 1, nonce, number(1)), cipher);
  applyCtr(key, join(counted - 1, nonce, number(0)), state);
  return { cipher, tag: state };
}
