// AES-CCM (SP 800-38C, RFC 3610), deciphering only.
import { cryptCtr, encrypt, setEncryptionKey } from './aes';
import { sameTag } from './tag';

const COUNTER: usize = memory.data(16, 16);
const STATE: usize = memory.data(16, 16);
const MASK: usize = memory.data(16, 16);
/** Bytes taken into the block of STATE that is being filled. */
let filled: usize = 0;

function take(at: usize, length: usize): void {
  for (const end = at + length; at < end; at++) {
    if (filled == 16) finishBlock();
    store<u8>(STATE + filled, load<u8>(STATE + filled) ^ load<u8>(at));
    filled++;
  }
}

/** What a block lacks counts as zeros. */
function finishBlock(): void {
  if (filled != 0) encrypt(STATE, STATE);
  filled = 0;
}

/**
 * Deciphers `length` bytes at `at` in place, whatever the tag; whether the `tagLength` bytes at `tag` are theirs and those of
 * the `added` bytes at `data`, fewer than 65 280, which are only authenticated. `nonce` has 7 to 13 bytes.
 */
export function openCcm(
  key: usize,
  nonce: usize,
  nonceLength: usize,
  data: usize,
  added: usize,
  at: usize,
  length: usize,
  tag: usize,
  tagLength: usize,
): bool {
  setEncryptionKey(key);
  const flags = <u32>(14 - nonceLength);
  memory.fill(COUNTER, 0, 16);
  memory.copy(COUNTER + 1, nonce, nonceLength);
  store<u8>(COUNTER, <u8>flags);
  encrypt(COUNTER, MASK);
  store<u8>(COUNTER, 1, 15);
  cryptCtr(at, length, COUNTER);
  // Block 0: flags, nonce, length; then the length of what is added, and that.
  memory.copy(STATE, COUNTER, 16);
  store<u8>(STATE, <u8>(flags | ((<u32>((tagLength - 2) >> 1)) << 3) | (added != 0 ? 0x40 : 0)));
  store<u16>(STATE, bswap<u16>(<u16>length), 14);
  filled = 16;
  finishBlock();
  if (added != 0) {
    store<u16>(STATE, load<u16>(STATE) ^ bswap<u16>(<u16>added));
    filled = 2;
    take(data, added);
    finishBlock();
  }
  take(at, length);
  finishBlock();
  store<u64>(STATE, load<u64>(STATE) ^ load<u64>(MASK));
  store<u64>(STATE, load<u64>(STATE, 8) ^ load<u64>(MASK, 8), 8);
  return sameTag(STATE, tag, tagLength);
}

export function wipeCcm(): void {
  memory.fill(STATE, 0, 16);
  memory.fill(MASK, 0, 16);
}
