"use strict";
// Bounded reading. Every layer works on addresses `at` and `end` inside WebAssembly memory; what is read is only used
// after `at + n <= end` was checked. The input area and the arena end in PAD bytes, so that a wide load near the end
// stays inside memory; its surplus bytes are masked away before use.
Object.defineProperty(exports, "__esModule", { value: true });
exports.PAD = void 0;
exports.unsignedAt = unsignedAt;
exports.unsignedMsbAt = unsignedMsbAt;
/** Bytes behind every buffer that a wide load may touch. */
exports.PAD = 32;
/** Little-endian unsigned number of `n` bytes, 1 … 8. */
function unsignedAt(at, n) {
    return load(at) & (u64.MAX_VALUE >> ((8 - n) << 3));
}
/** Number of `n` bytes, 1 … 8, sent most significant byte first. */
function unsignedMsbAt(at, n) {
    return bswap(load(at)) >> ((8 - n) << 3);
}
