// Whole numbers: from floats, and exact division of products that need more than 64 bits, rounded half to even.

/** One and a half times 2^52: a float of that size counts ones in its lowest bits. */
export const ONES: f64 = 6_755_399_441_055_744;
const ONES_BITS: i64 = 0x4338_0000_0000_0000;

/** `x` has no fraction; for |x| < 2^51, of which `integerOf` makes an integer exactly. */
export function isWhole(x: f64): bool {
  return x + ONES - ONES == x;
}

/** The integer that `x` is: a few times quicker than a conversion, which has to think of every float. */
export function integerOf(x: f64): i64 {
  return reinterpret<i64>(x + ONES) - ONES_BITS;
}

/** The bits of 1.5 · 2^52 + `x`: what `integerOf` takes the integer from. */
export function bitsOf(x: i64): i64 {
  return x + ONES_BITS;
}

let high: u64 = 0; // upper half of the last 128-bit result
let remainder: u64 = 0; // of the last division

/** Lower half of a·b; the upper half is in `upper()`. */
export function multiply(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >> 32);
  const other = a0 * b1 + (middle & 0xffffffff);
  high = a1 * b1 + (middle >> 32) + (other >> 32);
  return (other << 32) | (low & 0xffffffff);
}

export function upper(): u64 {
  return high;
}

/** (hi·2^64 + lo) / divisor for hi < divisor < 2^63; what remains is in `left()`. */
export function divide(hi: u64, lo: u64, divisor: u64): u64 {
  if (hi == 0) {
    const quotient = lo / divisor;
    remainder = lo - quotient * divisor;
    return quotient;
  }
  let rest = hi;
  let quotient: u64 = 0;
  for (let bit = 63; bit >= 0; bit--) {
    rest = (rest << 1) | ((lo >> <u64>bit) & 1);
    quotient <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      quotient |= 1;
    }
  }
  remainder = rest;
  return quotient;
}

export function left(): u64 {
  return remainder;
}

/**
 * What is to be added to `from` so that `from + x` is `from + delta · part / whole` rounded half to even.
 * 0 ≤ part ≤ whole, 0 < whole < 2^62; |delta| < 2^62, so that |x| ≤ |delta| cannot overflow.
 */
export function interpolate(from: i64, delta: i64, part: i64, whole: i64): i64 {
  const size = <u64>(delta < 0 ? -delta : delta);
  let quotient: u64;
  let rest: u64;
  if ((size | <u64>part) >> 32 == 0) {
    const product = size * <u64>part;
    quotient = product / <u64>whole;
    rest = product - quotient * <u64>whole;
  } else {
    const low = multiply(size, <u64>part);
    quotient = divide(high, low, <u64>whole);
    rest = remainder;
  }
  const twice = rest << 1;
  if (twice > <u64>whole || (twice == <u64>whole && ((<u64>from ^ quotient) & 1) != 0)) quotient++;
  return delta < 0 ? -(<i64>quotient) : <i64>quotient;
}

/** As `interpolate` where nothing falls and `delta`, `part` and `whole` are below 2^32, as they nearly always are. */
export function interpolateShort(from: i64, delta: u64, part: u64, whole: u64): i64 {
  const product = delta * part;
  const quotient = product / whole;
  const twice = (product - quotient * whole) << 1;
  // Without a branch, as it could not be foreseen which way it goes.
  const more: u64 = twice > whole ? 1 : 0;
  const tie: u64 = twice == whole ? 1 : 0;
  const up = more | (tie & (<u64>from ^ quotient));
  return <i64>(quotient + (up & 1));
}

/** (hi, lo) as a signed 128-bit number, divided by `divisor` > 0 and rounded half to even; the result fits 64 bits. */
export function mean(hi: i64, lo: u64, divisor: u64): i64 {
  const negative = hi < 0;
  let top = <u64>hi;
  let bottom = lo;
  if (negative) {
    bottom = ~bottom + 1;
    top = ~top + (bottom == 0 ? 1 : 0);
  }
  let quotient = divide(top, bottom, divisor);
  const twice = remainder << 1;
  if (twice > divisor || (twice == divisor && (quotient & 1) != 0)) quotient++;
  return negative ? -(<i64>quotient) : <i64>quotient;
}
