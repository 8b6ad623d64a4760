// Security mode 5: AES-128-CBC with a static key (EN 13757-7 clause 9.3, OMS security profile A). The initialisation
// vector is M(2) A(6) and eight times the access number, of the meter itself. A plaintext starts with 2F 2F.
import { decryptCbc, setDecryptionKey } from '../crypto/aes';

const IV: usize = memory.data(16);

/** The vector from a manufacturer, id, version and type as numbers: M and A in the order of the link layer. */
export function setIv(manufacturer: u32, id: u32, version: u32, type: u32, access: u32): void {
  store<u16>(IV, <u16>manufacturer);
  store<u32>(IV, id, 2);
  store<u8>(IV, <u8>version, 6);
  store<u8>(IV, <u8>type, 7);
  store<u64>(IV, <u64>access * 0x0101010101010101, 8);
}

/** The first block as it came: the vector of the second, and what is put back where the key is wrong. */
const FIRST: usize = memory.data(16);

/** Decrypts `length` bytes at `at` in place when the first block comes out right; otherwise leaves them as they are. */
export function decryptMode5(at: usize, length: usize, key: usize): bool {
  setDecryptionKey(key);
  memory.copy(FIRST, at, 16);
  decryptCbc(at, 16, IV);
  if (load<u16>(at) != 0x2f2f) {
    memory.copy(at, FIRST, 16);
    return false;
  }
  decryptCbc(at + 16, length - 16, FIRST);
  return true;
}

/** Decrypts the one block at `at` in place, with the vector that was set. */
export function decryptBlock(at: usize, key: usize): void {
  setDecryptionKey(key);
  decryptCbc(at, 16, IV);
}
