// AES-128 (FIPS 197). The SIMD build computes the S-box in registers (nibbles.ts), so neither addresses nor branches depend
// on key or data. The baseline build indexes tables by secret bytes and is NOT constant-time; docs/security.md says so. The
// firmware build computes the S-box too (portable.ts) and is constant-time again, at ten times the instructions.
import { decryptBlock, encryptBlock, expandKey, reverseKeys } from './nibbles';
import { decryptPortable, encryptPortable, substitutedBytes, unmixedWord } from './portable';

/** Neither the SIMD build nor the firmware build has tables. */
const TABLES: bool = ASC_LOW_MEMORY_LIMIT == 0 && !ASC_FEATURE_SIMD;
const SBOX: usize = memory.data(ASC_LOW_MEMORY_LIMIT == 0 && !ASC_FEATURE_SIMD ? 256 : 16, 16);
const INVERSE: usize = memory.data(ASC_LOW_MEMORY_LIMIT == 0 && !ASC_FEATURE_SIMD ? 256 : 16, 16);
/** InvMixColumns of INVERSE[x] in one word. */
const DECRYPT: usize = memory.data(ASC_LOW_MEMORY_LIMIT == 0 && !ASC_FEATURE_SIMD ? 1024 : 16);
/** Eleven round keys, as the build needs them; for decryption those of the equivalent inverse cipher (FIPS 197 5.3.5). */
const FORWARD: usize = memory.data(176, 16);
const BACKWARD: usize = memory.data(176, 16);

function times2(x: u32): u32 {
  return ((x << 1) ^ (((x >> 7) & 1) * 0x1b)) & 0xff;
}

function multiply(a: u32, b: u32): u32 {
  let product: u32 = 0;
  for (let i = 0; i < 8; i++) {
    product ^= (0 - (b & 1)) & a;
    a = times2(a);
    b >>= 1;
  }
  return product;
}

/** Computes the S-boxes from their definition: the inverse in GF(2^8), then an affine map. */
export function initAes(): void {
  if (!TABLES) return;
  let p: u32 = 1;
  let q: u32 = 1;
  // p runs over all non-zero elements as powers of 3, q over their inverses.
  do {
    p = p ^ times2(p);
    q ^= q << 1;
    q ^= q << 2;
    q = (q ^ (q << 4)) & 0xff;
    if (q & 0x80) q ^= 0x09;
    const s = (q ^ rotl8(q, 1) ^ rotl8(q, 2) ^ rotl8(q, 3) ^ rotl8(q, 4) ^ 0x63) & 0xff;
    store<u8>(SBOX + p, <u8>s);
    store<u8>(INVERSE + s, <u8>p);
  } while (p != 1);
  store<u8>(SBOX, 0x63);
  store<u8>(INVERSE + 0x63, 0);
  for (let i: u32 = 0; i < 256; i++) {
    const x: u32 = load<u8>(INVERSE + i);
    store<u32>(
      DECRYPT + (i << 2),
      multiply(x, 14) | (multiply(x, 9) << 8) | (multiply(x, 13) << 16) | (multiply(x, 11) << 24),
    );
  }
}

function rotl8(x: u32, n: u32): u32 {
  return ((x << n) | (x >> (8 - n))) & 0xff;
}

// ---- baseline ------------------------------------------------------------------------------------------------

/** InvMixColumns of a column, as the sum of what each of its bytes gives. */
function unmixWord(w: u32): u32 {
  return (
    load<u32>(DECRYPT + ((<u32>load<u8>(SBOX + (w & 0xff))) << 2)) ^
    rotl(load<u32>(DECRYPT + ((<u32>load<u8>(SBOX + ((w >> 8) & 0xff))) << 2)), 8) ^
    rotl(load<u32>(DECRYPT + ((<u32>load<u8>(SBOX + ((w >> 16) & 0xff))) << 2)), 16) ^
    rotl(load<u32>(DECRYPT + ((<u32>load<u8>(SBOX + (w >> 24))) << 2)), 24)
  );
}

function rotl(w: u32, n: u32): u32 {
  return (w << n) | (w >> (32 - n));
}

function column(a: u32, b: u32, c: u32, d: u32): u32 {
  return (
    load<u32>(DECRYPT + ((a & 0xff) << 2)) ^
    rotl(load<u32>(DECRYPT + (((b >> 8) & 0xff) << 2)), 8) ^
    rotl(load<u32>(DECRYPT + (((c >> 16) & 0xff) << 2)), 16) ^
    rotl(load<u32>(DECRYPT + ((d >> 24) << 2)), 24)
  );
}

function lastColumn(a: u32, b: u32, c: u32, d: u32): u32 {
  return (
    <u32>load<u8>(INVERSE + (a & 0xff)) |
    ((<u32>load<u8>(INVERSE + ((b >> 8) & 0xff))) << 8) |
    ((<u32>load<u8>(INVERSE + ((c >> 16) & 0xff))) << 16) |
    ((<u32>load<u8>(INVERSE + (d >> 24))) << 24)
  );
}

function decryptTable(from: usize, to: usize): void {
  let a = load<u32>(from) ^ load<u32>(BACKWARD, 160);
  let b = load<u32>(from, 4) ^ load<u32>(BACKWARD, 164);
  let c = load<u32>(from, 8) ^ load<u32>(BACKWARD, 168);
  let d = load<u32>(from, 12) ^ load<u32>(BACKWARD, 172);
  for (let round: usize = 144; round > 0; round -= 16) {
    const a1 = column(a, d, c, b) ^ load<u32>(BACKWARD + round);
    const b1 = column(b, a, d, c) ^ load<u32>(BACKWARD + round, 4);
    const c1 = column(c, b, a, d) ^ load<u32>(BACKWARD + round, 8);
    d = column(d, c, b, a) ^ load<u32>(BACKWARD + round, 12);
    a = a1;
    b = b1;
    c = c1;
  }
  store<u32>(to, lastColumn(a, d, c, b) ^ load<u32>(BACKWARD));
  store<u32>(to, lastColumn(b, a, d, c) ^ load<u32>(BACKWARD, 4), 4);
  store<u32>(to, lastColumn(c, b, a, d) ^ load<u32>(BACKWARD, 8), 8);
  store<u32>(to, lastColumn(d, c, b, a) ^ load<u32>(BACKWARD, 12), 12);
}

/** 2·x of four bytes at once. */
function doubledWord(w: u32): u32 {
  return ((w & 0x7f7f7f7f) << 1) ^ (((w >> 7) & 0x01010101) * 0x1b);
}

function substituted(a: u32, b: u32, c: u32, d: u32): u32 {
  return (
    <u32>load<u8>(SBOX + (a & 0xff)) |
    ((<u32>load<u8>(SBOX + ((b >> 8) & 0xff))) << 8) |
    ((<u32>load<u8>(SBOX + ((c >> 16) & 0xff))) << 16) |
    ((<u32>load<u8>(SBOX + (d >> 24))) << 24)
  );
}

function mixedWord(w: u32): u32 {
  const next = rotl(w, 24);
  return doubledWord(w ^ next) ^ next ^ rotl(w, 16) ^ rotl(w, 8);
}

function encryptTable(from: usize, to: usize): void {
  let a = load<u32>(from) ^ load<u32>(FORWARD);
  let b = load<u32>(from, 4) ^ load<u32>(FORWARD, 4);
  let c = load<u32>(from, 8) ^ load<u32>(FORWARD, 8);
  let d = load<u32>(from, 12) ^ load<u32>(FORWARD, 12);
  for (let round: usize = 16; round < 160; round += 16) {
    const a1 = mixedWord(substituted(a, b, c, d)) ^ load<u32>(FORWARD + round);
    const b1 = mixedWord(substituted(b, c, d, a)) ^ load<u32>(FORWARD + round, 4);
    const c1 = mixedWord(substituted(c, d, a, b)) ^ load<u32>(FORWARD + round, 8);
    d = mixedWord(substituted(d, a, b, c)) ^ load<u32>(FORWARD + round, 12);
    a = a1;
    b = b1;
    c = c1;
  }
  store<u32>(to, substituted(a, b, c, d) ^ load<u32>(FORWARD, 160));
  store<u32>(to, substituted(b, c, d, a) ^ load<u32>(FORWARD, 164), 4);
  store<u32>(to, substituted(c, d, a, b) ^ load<u32>(FORWARD, 168), 8);
  store<u32>(to, substituted(d, a, b, c) ^ load<u32>(FORWARD, 172), 12);
}

// ---- keys ----------------------------------------------------------------------------------------------------

function substitutedWord(w: u32): u32 {
  if (!TABLES) return substitutedBytes(w);
  return substituted(w, w, w, w);
}

/** Whether a key has been expanded since {@link wipeRoundKeys}: if not, nothing here or derived with it holds a secret. */
export let keyed: bool = false;

/** Expands the 16 bytes at `key` for {@link encrypt}. */
export function setEncryptionKey(key: usize): void {
  keyed = true;
  if (ASC_FEATURE_SIMD) {
    expandKey(key, FORWARD);
    return;
  }
  let a = load<u32>(key);
  let b = load<u32>(key, 4);
  let c = load<u32>(key, 8);
  let d = load<u32>(key, 12);
  let constant: u32 = 1;
  for (let round: usize = 0; ; round += 16) {
    store<u32>(FORWARD + round, a);
    store<u32>(FORWARD + round, b, 4);
    store<u32>(FORWARD + round, c, 8);
    store<u32>(FORWARD + round, d, 12);
    if (round == 160) return;
    a ^= rotl(substitutedWord(d), 24) ^ constant;
    b ^= a;
    c ^= b;
    d ^= c;
    constant = times2(constant);
  }
}

/** Expands the 16 bytes at `key` for {@link decrypt} (and {@link encrypt}). */
export function setDecryptionKey(key: usize): void {
  setEncryptionKey(key);
  if (ASC_FEATURE_SIMD) {
    reverseKeys(key, FORWARD, BACKWARD);
    return;
  }
  memory.copy(BACKWARD, FORWARD, 16);
  memory.copy(BACKWARD + 160, FORWARD + 160, 16);
  for (let at: usize = 16; at < 160; at += 4)
    store<u32>(
      BACKWARD + at,
      TABLES ? unmixWord(load<u32>(FORWARD + at)) : unmixedWord(load<u32>(FORWARD + at)),
    );
}

/** Forgets the expanded keys. */
export function wipeRoundKeys(): void {
  memory.fill(FORWARD, 0, 176);
  memory.fill(BACKWARD, 0, 176);
  keyed = false;
}

export function encrypt(from: usize, to: usize): void {
  if (ASC_FEATURE_SIMD) v128.store(to, encryptBlock(v128.load(from), FORWARD));
  else if (TABLES) encryptTable(from, to);
  else encryptPortable(from, to, FORWARD);
}

export function decrypt(from: usize, to: usize): void {
  if (ASC_FEATURE_SIMD) v128.store(to, decryptBlock(v128.load(from), BACKWARD));
  else if (TABLES) decryptTable(from, to);
  else decryptPortable(from, to, BACKWARD);
}

// ---- modes ---------------------------------------------------------------------------------------------------

const BLOCK: usize = memory.data(16, 16);
const CHAIN: usize = memory.data(16, 16);

function xorBlock(to: usize, by: usize): void {
  store<u64>(to, load<u64>(to) ^ load<u64>(by));
  store<u64>(to, load<u64>(to, 8) ^ load<u64>(by, 8), 8);
}

/** CBC over `length` bytes in place, a multiple of 16 (SP 800-38A 6.2); `iv` is 16 bytes outside them. */
export function decryptCbc(at: usize, length: usize, iv: usize): void {
  const end = at + length;
  if (ASC_FEATURE_SIMD) {
    let chain = v128.load(iv);
    for (; at < end; at += 16) {
      const cipher = v128.load(at);
      v128.store(at, v128.xor(decryptBlock(cipher, BACKWARD), chain));
      chain = cipher;
    }
  } else {
    memory.copy(CHAIN, iv, 16);
    for (; at < end; at += 16) {
      memory.copy(BLOCK, at, 16);
      decrypt(at, at);
      xorBlock(at, CHAIN);
      memory.copy(CHAIN, BLOCK, 16);
    }
  }
}

/**
 * CTR over `length` bytes in place; `counter` is the first block, of which the last 32 bits count, most significant byte first
 * (SP 800-38D inc32). The extended link layer counts the last byte only, and has no telegram of 256 blocks (EN 13757-4 12.4).
 */
export function cryptCtr(at: usize, length: usize, counter: usize): void {
  memory.copy(CHAIN, counter, 16);
  const end = at + length;
  while (at < end) {
    encrypt(CHAIN, BLOCK);
    const n: usize = end - at < 16 ? end - at : 16;
    for (let i: usize = 0; i < n; i++) store<u8>(at + i, load<u8>(at + i) ^ load<u8>(BLOCK + i));
    at += n;
    store<u32>(CHAIN, bswap<u32>(bswap<u32>(load<u32>(CHAIN, 12)) + 1), 12);
  }
}

/** Forgets what the modes left behind. */
export function wipeBlocks(): void {
  memory.fill(BLOCK, 0, 16);
  memory.fill(CHAIN, 0, 16);
}
