// Type H, IEEE 754 single: the fewest decimal digits that read back as the same number, as integer and power of ten.

/** Results of {@link shortest}. */
export let mantissa: i64 = 0;
export let exponent: i32 = 0;

/** 10^k for 0 ≤ k ≤ 22 is exact in a double; beyond it two steps lose at most one unit in the last place. */
function times10(value: f64, k: i32): f64 {
  while (k > 22) {
    value *= 1e22;
    k -= 22;
  }
  while (k < -22) {
    value /= 1e22;
    k += 22;
  }
  let power: f64 = 1;
  let base: f64 = 10;
  for (let n: u32 = k < 0 ? -k : k; n != 0; n >>= 1) {
    if (n & 1) power *= base;
    base *= base;
  }
  return k < 0 ? value / power : value * power;
}

/** False for NaN and infinities. */
export function shortest(bits: u32): bool {
  if ((bits & 0x7f800000) == 0x7f800000) return false;
  const magnitude = reinterpret<f32>(bits & 0x7fffffff);
  if (magnitude == 0) {
    mantissa = 0;
    exponent = 0;
    return true;
  }
  const exact = <f64>magnitude;
  // Decimal exponent of the first digit, from the binary one: log10(2) ≈ 1233 / 4096, corrected by comparison.
  let first = ((<i32>((bits >> 23) & 0xff) - 127) * 1233) >> 12;
  while (times10(1, first + 1) <= exact) first++;
  while (times10(1, first) > exact) first--;
  for (let n: i32 = 1; n <= 9; n++) {
    const scale = first - n + 1;
    const digits = nearest<f64>(times10(exact, -scale));
    if (<f32>times10(digits, scale) == magnitude) {
      mantissa = bits >> 31 ? -(<i64>digits) : <i64>digits;
      exponent = scale;
      // A whole number has no exponent of its own: 1200, not 12 · 10^2.
      while (exponent > 0 && exponent <= 9) {
        mantissa *= 10;
        exponent--;
      }
      return true;
    }
  }
  return false;
}
