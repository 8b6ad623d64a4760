"use strict";
// Type H, IEEE 754 single: the fewest decimal digits that read back as the same number, as integer and power of ten.
Object.defineProperty(exports, "__esModule", { value: true });
exports.exponent = exports.mantissa = void 0;
exports.shortest = shortest;
/** Results of {@link shortest}. */
exports.mantissa = 0;
exports.exponent = 0;
/** 10^k for 0 ≤ k ≤ 22 is exact in a double; beyond it two steps lose at most one unit in the last place. */
function times10(value, k) {
    while (k > 22) {
        value *= 1e22;
        k -= 22;
    }
    while (k < -22) {
        value /= 1e22;
        k += 22;
    }
    let power = 1;
    let base = 10;
    for (let n = k < 0 ? -k : k; n != 0; n >>= 1) {
        if (n & 1)
            power *= base;
        base *= base;
    }
    return k < 0 ? value / power : value * power;
}
/** False for NaN and infinities. */
function shortest(bits) {
    if ((bits & 0x7f800000) == 0x7f800000)
        return false;
    const magnitude = reinterpret(bits & 0x7fffffff);
    if (magnitude == 0) {
        exports.mantissa = 0;
        exports.exponent = 0;
        return true;
    }
    const exact = magnitude;
    // Decimal exponent of the first digit, from the binary one: log10(2) ≈ 1233 / 4096, corrected by comparison.
    let first = ((((bits >> 23) & 0xff) - 127) * 1233) >> 12;
    while (times10(1, first + 1) <= exact)
        first++;
    while (times10(1, first) > exact)
        first--;
    for (let n = 1; n <= 9; n++) {
        const scale = first - n + 1;
        const digits = nearest(times10(exact, -scale));
        if (times10(digits, scale) == magnitude) {
            exports.mantissa = bits >> 31 ? -digits : digits;
            exports.exponent = scale;
            // A whole number has no exponent of its own: 1200, not 12 · 10^2.
            while (exports.exponent > 0 && exports.exponent <= 9) {
                exports.mantissa *= 10;
                exports.exponent--;
            }
            return true;
        }
    }
    return false;
}
