// Type H, IEEE 754 single: the fewest decimal digits that read back as the same number, as integer and power of ten.

/** Results of {@link shortest}. */
export let mantissa: i64 = 0;
export let exponent: i32 = 0;

/** 10^0 … 10^22, which are exact in a double. */
const POWERS: usize = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]);
/** How many digits a number that was set by hand has at most, as a rule; a measured one has up to nine. */
const FEW: i32 = 6;
const MOST: i32 = 9;

/** `value · 10^k`; beyond the table two steps lose at most one unit in the last place. */
function times10(value: f64, k: i32): f64 {
  while (k > 22) {
    value *= 1e22;
    k -= 22;
  }
  while (k < -22) {
    value /= 1e22;
    k += 22;
  }
  return k < 0
    ? value / load<f64>(POWERS + ((<usize>-k) << 3))
    : value * load<f64>(POWERS + ((<usize>k) << 3));
}

/** False for NaN and infinities. */
export function shortest(bits: u32): bool {
  if ((bits & 0x7f800000) == 0x7f800000) return false;
  const magnitude = reinterpret<f32>(bits & 0x7fffffff);
  const exact = <f64>magnitude;
  exponent = 0;
  // Whole numbers below 2^24 lie so close together that no shorter number stands for one.
  if (exact < 16777216 && nearest<f64>(exact) == exact) {
    mantissa = bits >> 31 ? -(<i64>exact) : <i64>exact;
    return true;
  }
  // Decimal exponent of the first digit, from the binary one: log10(2) ≈ 1233 / 4096, corrected by comparison.
  let first = ((<i32>((bits >> 23) & 0xff) - 127) * 1233) >> 12;
  let digits = times10(exact, FEW - 1 - first);
  while (digits < 1e5) digits = times10(exact, FEW - 1 - --first);
  while (digits >= 1e6) digits = times10(exact, FEW - 1 - ++first);
  digits = nearest<f64>(digits);
  exponent = first - FEW + 1;
  // Numbers of few digits lie further apart than those of 24 bits: one at most reads back, and if it ends in zeros it is the
  // one of fewer digits too. Where bits are missing, in the smallest numbers, digits are few as well.
  const isSmallest = (bits & 0x7f800000) == 0;
  if (isSmallest || <f32>times10(digits, exponent) != magnitude) {
    let n = isSmallest ? 0 : FEW;
    do {
      exponent = first - n;
      digits = nearest<f64>(times10(exact, -exponent));
    } while (<f32>times10(digits, exponent) != magnitude && ++n < MOST);
  }
  let whole = <u32>digits;
  for (; whole % 10 == 0; exponent++) whole /= 10;
  mantissa = bits >> 31 ? -(<i64>whole) : <i64>whole;
  // A whole number has no exponent of its own: 1200, not 12 · 10^2.
  while (exponent > 0 && exponent <= 9) {
    mantissa *= 10;
    exponent--;
  }
  return true;
}
