// Bounded reading. Every layer works on addresses `at` and `end` inside WebAssembly memory; what is read is only used
// after `at + n <= end` was checked. The input area and the arena end in PAD bytes, so that a wide load near the end
// stays inside memory; its surplus bytes are masked away before use.

/** Bytes behind every buffer that a wide load may touch. */
export const PAD: usize = 32;

/** Little-endian unsigned number of `n` bytes, 1 … 8. */
export function unsignedAt(at: usize, n: u32): u64 {
  return load<u64>(at) & (u64.MAX_VALUE >> ((8 - n) << 3));
}

/** Number of `n` bytes, 1 … 8, sent most significant byte first. */
export function unsignedMsbAt(at: usize, n: u32): u64 {
  return bswap<u64>(load<u64>(at)) >> ((8 - n) << 3);
}
