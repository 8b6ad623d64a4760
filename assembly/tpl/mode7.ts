// Security mode 7 (EN 13757-7 clause 9.4, OMS security profile B): AES-128-CBC with a zero initialisation vector and a
// key derived for each message:
//
//   K = AES-CMAC(master key, DC(1) counter(4) ID(4) 07 07 07 07 07 07 07)
//
// DC 00 encrypts and 01 authenticates what a meter sends, 10 and 11 (hexadecimal) what is sent to it.
import { decryptCbc, setDecryptionKey } from '../crypto/aes';
import { beginCmac, finishCmac, updateCmac } from '../crypto/cmac';

const INPUT: usize = memory.data(16);
const ENCRYPTION: usize = memory.data(16);
const AUTHENTICATION: usize = memory.data(16);
const ZERO: usize = memory.data(16);
const FIRST: usize = memory.data(16);

/** What the constants begin with: 10 for a message to the meter. */
let direction: u8 = 0;

export function setDirection(toMeter: bool): void {
  direction = toMeter ? 0x10 : 0;
}

/** Derives the key that encrypts; `counter` is the address of its four bytes as sent, `id` the number of the meter. */
export function deriveEncryption(key: usize, counter: usize, id: u32): void {
  store<u64>(INPUT, 0x0707070707070707, 8);
  store<u32>(INPUT, load<u32>(counter), 1);
  store<u32>(INPUT, id, 5);
  derive(key, 0, ENCRYPTION);
}

/** Derives both keys. */
export function deriveKeys(key: usize, counter: usize, id: u32): void {
  deriveEncryption(key, counter, id);
  derive(key, 1, AUTHENTICATION);
}

function derive(key: usize, constant: u8, to: usize): void {
  store<u8>(INPUT, direction | constant);
  beginCmac(key);
  updateCmac(INPUT, 16);
  finishCmac(to);
}

/** Address of the derived key that encrypts. */
export function encryptionKey(): usize {
  return ENCRYPTION;
}

/** Address of the derived key that authenticates. */
export function authenticationKey(): usize {
  return AUTHENTICATION;
}

/** Whether the block at `at` starts with 2F 2F under the derived key; it stays as it is. */
export function fitsMode7(at: usize): bool {
  setDecryptionKey(ENCRYPTION);
  memory.copy(FIRST, at, 16);
  decryptCbc(FIRST, 16, ZERO);
  return load<u16>(FIRST) == 0x2f2f;
}

/** Decrypts in place when the first block starts with 2F 2F; otherwise leaves the bytes as they are. */
export function decryptMode7(at: usize, length: usize): bool {
  setDecryptionKey(ENCRYPTION);
  memory.copy(FIRST, at, 16);
  decryptCbc(at, 16, ZERO);
  if (load<u16>(at) != 0x2f2f) {
    memory.copy(at, FIRST, 16);
    return false;
  }
  decryptCbc(at + 16, length - 16, FIRST);
  return true;
}

export function wipeDerivedKeys(): void {
  memory.fill(ENCRYPTION, 0, 16);
  memory.fill(AUTHENTICATION, 0, 16);
  memory.fill(FIRST, 0, 16);
}
