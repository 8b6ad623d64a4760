// Type A, BCD (EN 13757-3 annex A): all digits at once, without a loop over nibbles.

/** Set by {@link bcd} where it returned true. */
export let bcdValue: i64 = 0;

const ONES: u64 = 0x1111111111111111;

/** Whether every nibble of `v` is a digit. A nibble is none when bit 3 and one of bits 2 and 1 are set. */
function areDigits(v: u64): bool {
  return ((v >> 3) & ((v >> 2) | (v >> 1)) & ONES) == 0;
}

/** Sixteen digits as a number. */
function digits(v: u64): u64 {
  v = (v & 0x0f0f0f0f0f0f0f0f) + 10 * ((v >> 4) & 0x0f0f0f0f0f0f0f0f);
  v = (v & 0x00ff00ff00ff00ff) + 100 * ((v >> 8) & 0x00ff00ff00ff00ff);
  v = (v & 0x0000ffff0000ffff) + 10000 * ((v >> 16) & 0x0000ffff0000ffff);
  return (v & 0xffffffff) + 100000000 * (v >> 32);
}

/**
 * Value of `n` BCD bytes, 1 … 8, in `v`. A top nibble F is a minus sign and no digit; any other nibble above 9 makes
 * the whole field no number: false.
 */
export function bcd(v: u64, n: u32): bool {
  const top: u64 = <u64>((n << 3) - 4);
  const negative = v >> top == 15;
  if (negative) v &= ~((<u64>15) << top);
  if (!areDigits(v)) return false;
  const value = <i64>digits(v);
  bcdValue = negative ? -value : value;
  return true;
}

/** As {@link bcd}, without a sign nibble, at most 9 bytes, of which `high` is the ninth: LVAR C0 … C9, D0 … D9. */
export function bcdUnsigned(v: u64, high: u64): bool {
  if (!areDigits(v) || !areDigits(high)) return false;
  bcdValue = <i64>(digits(v) + 10000000000000000 * digits(high));
  return true;
}
