import { type Decimal, divideRounded, fromScaled, type Rounding, toScaled } from '@metergram/model';

/** An exact quotient; `d` is positive. Results are rounded once, at the end, from one of these. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** `n / d`; `d` must not be zero. */
export function fraction(n: bigint, d: bigint): Fraction {
  return d < 0n ? { n: -n, d: -d } : { n, d };
}

/** The decimal as a quotient. */
export function fractionOf(value: Decimal): Fraction {
  const { mantissa, scale } = toScaled(value);
  return { n: mantissa, d: 10n ** BigInt(-scale) };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Exact sum; denominators stay small where one is a multiple of the other, as with decimals. */
export function addFraction(a: Fraction, b: Fraction): Fraction {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  if (b.d % a.d === 0n) return { n: a.n * (b.d / a.d) + b.n, d: b.d };
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d };
  const shared = greatestDivisor(a.d, b.d);
  return { n: a.n * (b.d / shared) + b.n * (a.d / shared), d: (a.d / shared) * b.d };
}

export function multiplyFraction(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

/** `a / b`; null when `b` is zero. */
export function divideFraction(a: Fraction, b: Fraction): Fraction | null {
  return b.n === 0n ? null : fraction(a.n * b.d, a.d * b.n);
}

/** −1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
export function compareFraction(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Rounded to the digit `10^scale`, half to even unless told otherwise. */
export function fractionToDecimal(
  value: Fraction,
  scale: number,
  rounding: Rounding = 'half-even',
): Decimal {
  const n = scale < 0 ? value.n * 10n ** BigInt(-scale) : value.n;
  const d = scale > 0 ? value.d * 10n ** BigInt(scale) : value.d;
  return fromScaled(divideRounded(n, d, rounding), scale);
}
