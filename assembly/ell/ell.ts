// Extended link layer (EN 13757-4 clause 12.2):
//
//   8C  CC ACC                                          8E  CC ACC M2(2) A2(6)
//   8D  CC ACC SN(4) PCRC(2)                            8F  CC ACC M2(2) A2(6) SN(4) PCRC(2)
//
// SN bits 31–29 = 1: all behind SN is AES-128-CTR ciphertext, the payload CRC included. PCRC is sent low byte first.
import { cryptCtr, setEncryptionKey } from '../crypto/aes';

/** Bytes from the CI field up to the next CI field, 0 for a CI that is no extended link layer of known layout. */
export function ellSize(ci: u32): usize {
  if (ci == 0x8c) return 3;
  if (ci == 0x8d) return 9;
  if (ci == 0x8e) return 11;
  return ci == 0x8f ? 17 : 0;
}

/** Whether the layer has a session number and a payload CRC. */
export function hasSession(ci: u32): bool {
  return ci == 0x8d || ci == 0x8f;
}

/** Whether the session number at the CI field's address `at` says that what follows is encrypted; others are reserved. */
export function encryption(at: usize, ci: u32): u32 {
  return load<u32>(sessionAt(at, ci)) >> 29;
}

function sessionAt(at: usize, ci: u32): usize {
  return ci == 0x8d ? at + 3 : at + 11;
}

/** Address of the payload CRC; what it covers stands two bytes further. */
export function payloadCrcAt(at: usize, ci: u32): usize {
  return sessionAt(at, ci) + 4;
}

/** Whether the layer has the address of the receiver, M2(2) A2(6). */
export function hasPartner(ci: u32): bool {
  return ci == 0x8e || ci == 0x8f;
}

/** Where it stands, for the CI field's address `at`. */
export function partnerAt(at: usize): usize {
  return at + 3;
}

const COUNTER: usize = memory.data(16);

/**
 * Decrypts in place from the payload CRC up to `end`. `address` is the link layer's M and A field. The counter block is
 * M(2) A(6) CC SN(4) FN(2) = 0 BC(1) = 0, with CC's hop and repeat bits cleared, as repeaters set them without encrypting anew.
 */
export function decryptEll(at: usize, ci: u32, end: usize, address: usize, key: usize): void {
  const from = payloadCrcAt(at, ci);
  cryptPayload(at, ci, from, end - from, address, key);
}

/** As {@link decryptEll}, `length` bytes of payload that were copied to `to`. */
export function cryptPayload(
  at: usize,
  ci: u32,
  to: usize,
  length: usize,
  address: usize,
  key: usize,
): void {
  store<u64>(COUNTER, load<u64>(address));
  store<u8>(COUNTER, load<u8>(at, 1) & 0xed, 8);
  store<u32>(COUNTER, load<u32>(sessionAt(at, ci)), 9);
  store<u16>(COUNTER, 0, 13);
  store<u8>(COUNTER, 0, 15);
  setEncryptionKey(key);
  cryptCtr(to, length, COUNTER);
}
