// AES-CMAC (RFC 4493, NIST SP 800-38B) and the key derivation KDF-A of EN 13757-7 that rests on it.

import { type AesKey, aesKey, encryptBlock } from './aes.ts';
import { join, littleEndian } from './octets.ts';

function doubled(block: Uint8Array): Uint8Array {
  const out = new Uint8Array(16);
  for (let i = 0; i < 16; i++) out[i] = (block[i]! << 1) | ((block[i + 1] ?? 0) >>> 7);
  if ((block[0]! & 0x80) !== 0) out[15]! ^= 0x87;
  return out;
}

/** The 16 bytes of the CMAC over a message, most significant first. Truncation keeps the first bytes. */
export function cmac(key: AesKey, message: Uint8Array): Uint8Array {
  const zero = new Uint8Array(16);
  encryptBlock(key, zero);
  const whole = doubled(zero);
  const state = new Uint8Array(16);
  let at = 0;
  for (; message.length - at > 16; at += 16) {
    for (let i = 0; i < 16; i++) state[i]! ^= message[at + i]!;
    encryptBlock(key, state);
  }
  const left = message.length - at;
  const mask = left === 16 ? whole : doubled(whole);
  for (let i = 0; i < left; i++) state[i]! ^= message[at + i]!;
  if (left < 16) state[left]! ^= 0x80;
  for (let i = 0; i < 16; i++) state[i]! ^= mask[i]!;
  encryptBlock(key, state);
  return state;
}

/** What a derived key is for: from the meter (00, 01) or to it (10, 11), for encryption or for the MAC. */
export type KeyPurpose =
  | 'encryption-from-meter'
  | 'mac-from-meter'
  | 'encryption-to-meter'
  | 'mac-to-meter';

const PURPOSE: Record<KeyPurpose, number> = {
  'encryption-from-meter': 0x00,
  'mac-from-meter': 0x01,
  'encryption-to-meter': 0x10,
  'mac-to-meter': 0x11,
};

/**
 * KDF-A: the key for one message from the master key, the message counter and the meter's identification number as
 * transmitted (four bytes, low first).
 */
export function deriveKey(
  master: Uint8Array,
  purpose: KeyPurpose,
  counter: number,
  ident: Uint8Array,
): Uint8Array {
  const input = join(PURPOSE[purpose], littleEndian(counter, 4), ident, new Uint8Array(7).fill(7));
  return cmac(aesKey(master), input);
}
