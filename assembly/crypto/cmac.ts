// AES-CMAC (RFC 4493, SP 800-38B) over a message that comes in pieces.
import { encrypt, setEncryptionKey } from './aes';

/** The chaining value, and bytes not yet taken into it: the last block waits until it is known to be the last. */
const STATE: usize = memory.data(16, 16);
const PENDING: usize = memory.data(16, 16);
const SUBKEY: usize = memory.data(16, 16);
let pending: u32 = 0;

function clear(block: usize): void {
  store<u64>(block, 0);
  store<u64>(block, 0, 8);
}

export function beginCmac(key: usize): void {
  setEncryptionKey(key);
  clear(STATE);
  clear(PENDING);
  pending = 0;
}

function absorb(): void {
  store<u64>(STATE, load<u64>(STATE) ^ load<u64>(PENDING));
  store<u64>(STATE, load<u64>(STATE, 8) ^ load<u64>(PENDING, 8), 8);
  encrypt(STATE, STATE);
  clear(PENDING);
  pending = 0;
}

export function updateCmac(at: usize, length: usize): void {
  for (const end = at + length; at < end; at++) {
    if (pending == 16) absorb();
    store<u8>(PENDING + pending, load<u8>(at));
    pending++;
  }
}

/** Doubling in GF(2^128): most significant bit first, without a branch on the bit that falls out. */
function double(block: usize): void {
  const high = bswap<u64>(load<u64>(block));
  const low = bswap<u64>(load<u64>(block, 8));
  const carry = high >> 63;
  store<u64>(block, bswap<u64>((high << 1) | (low >> 63)));
  store<u64>(block, bswap<u64>((low << 1) ^ (carry * 0x87)), 8);
}

/** Writes the 16 bytes of the code to `to`. */
export function finishCmac(to: usize): void {
  clear(SUBKEY);
  encrypt(SUBKEY, SUBKEY);
  double(SUBKEY);
  if (pending < 16) {
    double(SUBKEY);
    store<u8>(PENDING + pending, 0x80);
  }
  store<u64>(PENDING, load<u64>(PENDING) ^ load<u64>(SUBKEY));
  store<u64>(PENDING, load<u64>(PENDING, 8) ^ load<u64>(SUBKEY, 8), 8);
  absorb();
  store<u64>(to, load<u64>(STATE));
  store<u64>(to, load<u64>(STATE, 8), 8);
  clear(SUBKEY);
  clear(STATE);
}
