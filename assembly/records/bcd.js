"use strict";
// Type A, BCD (EN 13757-3 annex A): all digits at once, without a loop over nibbles.
Object.defineProperty(exports, "__esModule", { value: true });
exports.bcdValue = void 0;
exports.bcd = bcd;
exports.bcdUnsigned = bcdUnsigned;
/** Set by {@link bcd} where it returned true. */
exports.bcdValue = 0;
const ONES = 0x1111111111111111;
/** Whether every nibble of `v` is a digit. A nibble is none when bit 3 and one of bits 2 and 1 are set. */
function areDigits(v) {
    return ((v >> 3) & ((v >> 2) | (v >> 1)) & ONES) == 0;
}
/** Sixteen digits as a number. */
function digits(v) {
    v = (v & 0x0f0f0f0f0f0f0f0f) + 10 * ((v >> 4) & 0x0f0f0f0f0f0f0f0f);
    v = (v & 0x00ff00ff00ff00ff) + 100 * ((v >> 8) & 0x00ff00ff00ff00ff);
    v = (v & 0x0000ffff0000ffff) + 10000 * ((v >> 16) & 0x0000ffff0000ffff);
    return (v & 0xffffffff) + 100000000 * (v >> 32);
}
/**
 * Value of `n` BCD bytes, 1 … 8, in `v`. A top nibble F is a minus sign and no digit; any other nibble above 9 makes
 * the whole field no number: false.
 */
function bcd(v, n) {
    const top = ((n << 3) - 4);
    const negative = v >> top == 15;
    if (negative)
        v &= ~(15 << top);
    if (!areDigits(v))
        return false;
    const value = digits(v);
    exports.bcdValue = negative ? -value : value;
    return true;
}
/** As {@link bcd}, without a sign nibble, at most 9 bytes, of which `high` is the ninth: LVAR C0 … C9, D0 … D9. */
function bcdUnsigned(v, high) {
    if (!areDigits(v) || !areDigits(high))
        return false;
    exports.bcdValue = (digits(v) + 10000000000000000 * digits(high));
    return true;
}
