import { decimalText } from '../decimal-text.ts';

/**
 * `mantissa · 10^exponent` as the exact decimal that a record's `value` is: as many decimals as the exponent gives.
 *
 * @param mantissa - an integer, up to 2^53 as a number.
 * @throws RangeError `vendor/scale` for a number that is no integer, or an exponent beyond ±99.
 * @example
 * ```ts
 * scaled(123450n, -3); // 123.450
 * ```
 */
export function scaled(mantissa: bigint | number, exponent: number): string {
  const whole = typeof mantissa === 'bigint' || Number.isSafeInteger(mantissa);
  if (!whole || !Number.isInteger(exponent) || Math.abs(exponent) > 99)
    throw new RangeError(`vendor/scale: ${mantissa} · 10^${exponent} is not exact`);
  // Through a bigint, −0 is 0.
  return decimalText(String(BigInt(mantissa)), exponent);
}
