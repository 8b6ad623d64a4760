// AES-GCM (SP 800-38D) with an initialisation vector of 12 bytes, deciphering only. GHASH multiplies bit by bit with masks:
// no table, so no address and no branch depends on key or data, as far as the AES of the build has none.
import { cryptCtr, encrypt, setEncryptionKey } from './aes';
import { sameTag } from './tag';

/** The hash key, its running value and a block of lengths; the counter block J0 and the tag. */
const HASH_KEY: usize = memory.data(16);
const HASH: usize = memory.data(16);
const LAST: usize = memory.data(16);
const COUNTER: usize = memory.data(16, 16);
const TAG: usize = memory.data(16, 16);

/** Takes a block into the hash: (HASH + block) · HASH_KEY in GF(2^128), whose first bit is the most significant. */
function take(first: u64, second: u64): void {
  const high = bswap<u64>(load<u64>(HASH) ^ first);
  const low = bswap<u64>(load<u64>(HASH, 8) ^ second);
  let a = bswap<u64>(load<u64>(HASH_KEY));
  let b = bswap<u64>(load<u64>(HASH_KEY, 8));
  let productHigh: u64 = 0;
  let productLow: u64 = 0;
  for (let i: u64 = 0; i < 128; i++) {
    const bit = ((i < 64 ? high : low) >> (63 - (i & 63))) & 1;
    productHigh ^= a & (0 - bit);
    productLow ^= b & (0 - bit);
    const carry = 0 - (b & 1);
    b = (b >> 1) | (a << 63);
    a = (a >> 1) ^ (carry & 0xe100000000000000);
  }
  store<u64>(HASH, bswap<u64>(productHigh));
  store<u64>(HASH, bswap<u64>(productLow), 8);
}

/** Takes `length` bytes, the last block filled with zeros. */
function takeAll(at: usize, length: usize): void {
  for (const end = at + length; at < end; at += 16) {
    const left: usize = end - at;
    store<u64>(LAST, 0);
    store<u64>(LAST, 0, 8);
    memory.copy(LAST, at, left < 16 ? left : 16);
    take(load<u64>(LAST), load<u64>(LAST, 8));
  }
}

/**
 * Deciphers `length` bytes at `at` in place, whatever the tag; whether the first `tagLength` bytes at `tag` are theirs and
 * those of the `added` bytes at `data`, which are only authenticated. `iv` has 12 bytes.
 */
export function openGcm(
  key: usize,
  iv: usize,
  data: usize,
  added: usize,
  at: usize,
  length: usize,
  tag: usize,
  tagLength: usize,
): bool {
  setEncryptionKey(key);
  memory.fill(HASH_KEY, 0, 16);
  encrypt(HASH_KEY, HASH_KEY);
  memory.fill(HASH, 0, 16);
  takeAll(data, added);
  takeAll(at, length);
  take(bswap<u64>((<u64>added) << 3), bswap<u64>((<u64>length) << 3));
  memory.copy(COUNTER, iv, 12);
  store<u32>(COUNTER, bswap<u32>(1), 12);
  encrypt(COUNTER, TAG);
  store<u32>(COUNTER, bswap<u32>(2), 12);
  cryptCtr(at, length, COUNTER);
  store<u64>(TAG, load<u64>(TAG) ^ load<u64>(HASH));
  store<u64>(TAG, load<u64>(TAG, 8) ^ load<u64>(HASH, 8), 8);
  return sameTag(TAG, tag, tagLength);
}

export function wipeGcm(): void {
  memory.fill(HASH_KEY, 0, 16);
  memory.fill(TAG, 0, 16);
}
