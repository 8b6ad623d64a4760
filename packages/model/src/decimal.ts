import type { Brand } from './brand.ts';

/**
 * An exact decimal as text: optional `-`, digits, optionally `.` and digits. No exponent, no `+`, no `-0`, no leading
 * zeros but one; trailing zeros of the fraction are kept, they say how exact the value is.
 */
export type Decimal = Brand<string, 'Decimal'>;

/** A number as `mantissa · 10^scale`: `123.450` is `{ mantissa: 123450n, scale: -3 }`. */
export interface Scaled {
  readonly mantissa: bigint;
  /** Power of ten of the last digit: −3 for three decimals. */
  readonly scale: number;
}

/**
 * What to do with digits that do not fit. `half-even`: to the nearest, a tie to the even digit. `half-up`: a tie away
 * from zero, as on an invoice. `floor` and `ceiling`: towards minus and plus infinity.
 */
export type Rounding = 'half-even' | 'half-up' | 'floor' | 'ceiling';

/** Most digits, before and behind the point together, that a decimal may have; holds every finite 64-bit float. */
export const MAX_DECIMAL_DIGITS: number = 1100;

const CANONICAL = /^(?:0|-?(?:0(?=\.)|[1-9][0-9]*)(?:\.[0-9]+)?)$/;
const NEGATIVE_ZERO = /^-0\.0*$/;
const LENIENT = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,5}))?$/;

/** True for text in the one form of {@link Decimal}. */
export function isDecimal(value: unknown): value is Decimal {
  return (
    typeof value === 'string' &&
    value.length <= MAX_DECIMAL_DIGITS + 2 &&
    CANONICAL.test(value) &&
    !NEGATIVE_ZERO.test(value) &&
    value.length - Number(value.startsWith('-')) - Number(value.includes('.')) <= MAX_DECIMAL_DIGITS
  );
}

/**
 * Reads a decimal number and gives its one form; every decimal that was written is kept.
 *
 * Takes what the field writes: a plus sign, leading zeros, `.5`, `5.`, an exponent (`1.50e-3` is `0.00150`). Null for
 * everything else, thousands separators and decimal commas included, and for more than {@link MAX_DECIMAL_DIGITS}
 * digits.
 *
 * @example
 * parseDecimal('+007.50'); // '7.50'
 */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > MAX_DECIMAL_DIGITS + 10) return null;
  if (isDecimal(text)) return text;
  const match = LENIENT.exec(text);
  if (match === null) return null;
  const whole = match[2] ?? '';
  const fraction = match[3] ?? '';
  if (whole === '' && fraction === '') return null;
  const exponent = match[4] === undefined ? 0 : Number(match[4]);
  const scale = exponent - fraction.length;
  if (Math.max(-scale, whole.length + Math.max(exponent, 0)) > MAX_DECIMAL_DIGITS) return null;
  const magnitude = BigInt(whole + fraction);
  return fromScaled(match[1] === '-' ? -magnitude : magnitude, scale);
}

/**
 * A decimal written in a program: {@link parseDecimal}, but it throws.
 *
 * @throws RangeError when `text` is no decimal number.
 */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (parsed === null) throw new RangeError(`not a decimal number: ${text.slice(0, 40)}`);
  return parsed;
}

/**
 * The decimal with the fewest digits that reads back as this float, for sources that send JSON numbers. Null for NaN
 * and infinities. The digits beyond what the sender had are lost before we see them: prefer the text where there is one.
 */
export function decimalFromNumber(value: number): Decimal | null {
  return Number.isFinite(value) ? parseDecimal(String(value)) : null;
}

/** Nearest float, for drawing. Never for arithmetic. */
export function decimalToNumber(value: Decimal): number {
  return Number(value);
}

/** Mantissa and power of ten; the scale is minus the number of decimals written, never positive. */
export function toScaled(value: Decimal): Scaled {
  const point = value.indexOf('.');
  if (point < 0) return { mantissa: BigInt(value), scale: 0 };
  return {
    mantissa: BigInt(value.slice(0, point) + value.slice(point + 1)),
    scale: point + 1 - value.length,
  };
}

/**
 * `mantissa · 10^scale` with `-scale` decimals; a positive scale is written out in zeros.
 *
 * @throws RangeError when `scale` is no whole number of at most {@link MAX_DECIMAL_DIGITS} either way.
 */
export function fromScaled(mantissa: bigint, scale: number): Decimal {
  if (!Number.isInteger(scale) || Math.abs(scale) > MAX_DECIMAL_DIGITS) {
    throw new RangeError(`scale out of range: ${scale}`);
  }
  if (scale >= 0) return (mantissa * 10n ** BigInt(scale)).toString() as Decimal;
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(1 - scale, '0');
  const point = digits.length + scale;
  const sign = mantissa < 0n ? '-' : '';
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}` as Decimal;
}

/** Number of decimals written: 3 for `1.500`. */
export function decimalPlaces(value: Decimal): number {
  return -toScaled(value).scale;
}

function mantissaAt(value: Scaled, scale: number): bigint {
  return value.mantissa * 10n ** BigInt(value.scale - scale);
}

/** Exact sum, with as many decimals as the term that has most. */
export function addDecimal(a: Decimal, b: Decimal): Decimal {
  return sumDecimal([a, b]);
}

/** `a − b`, exact, with as many decimals as the term that has most. */
export function subtractDecimal(a: Decimal, b: Decimal): Decimal {
  const x = toScaled(a);
  const y = toScaled(b);
  const scale = Math.min(x.scale, y.scale);
  return fromScaled(mantissaAt(x, scale) - mantissaAt(y, scale), scale);
}

/** Exact product; its decimals are those of both factors together. */
export function multiplyDecimal(a: Decimal, b: Decimal): Decimal {
  const x = toScaled(a);
  const y = toScaled(b);
  return fromScaled(x.mantissa * y.mantissa, x.scale + y.scale);
}

/** `−a`; zero stays `0`. */
export function negateDecimal(a: Decimal): Decimal {
  const x = toScaled(a);
  return fromScaled(-x.mantissa, x.scale);
}

/** `|a|`. */
export function absDecimal(a: Decimal): Decimal {
  return (a.startsWith('-') ? a.slice(1) : a) as Decimal;
}

/** −1, 0 or 1 as `a` is less than, equal to or greater than `b`; `1.0` equals `1`. */
export function compareDecimal(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const x = toScaled(a);
  const y = toScaled(b);
  const scale = Math.min(x.scale, y.scale);
  const difference = mantissaAt(x, scale) - mantissaAt(y, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** −1, 0 or 1: the sign of `a`. */
export function signDecimal(a: Decimal): -1 | 0 | 1 {
  return a.startsWith('-') ? -1 : /[1-9]/.test(a) ? 1 : 0;
}

/** Exact sum of any number of decimals; `0` for none. */
export function sumDecimal(values: Iterable<Decimal>): Decimal {
  let mantissa = 0n;
  let scale = 0;
  for (const value of values) {
    const term = toScaled(value);
    if (term.scale < scale) {
      mantissa *= 10n ** BigInt(scale - term.scale);
      scale = term.scale;
    }
    mantissa += mantissaAt(term, scale);
  }
  return fromScaled(mantissa, scale);
}

/**
 * `numerator / denominator` of integers, rounded to an integer.
 *
 * @throws RangeError when the denominator is zero.
 */
export function divideRounded(
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding = 'half-even',
): bigint {
  if (denominator < 0n) return divideRounded(-numerator, -denominator, rounding);
  let floor = numerator / denominator;
  let rest = numerator % denominator;
  if (rest < 0n) {
    floor -= 1n;
    rest += denominator;
  }
  if (rest === 0n || rounding === 'floor') return floor;
  if (rounding === 'ceiling') return floor + 1n;
  const twice = 2n * rest;
  if (twice !== denominator) return twice > denominator ? floor + 1n : floor;
  const up = rounding === 'half-even' ? floor % 2n !== 0n : floor >= 0n;
  return up ? floor + 1n : floor;
}

/**
 * `value` with the last digit at `10^scale` (−2: two decimals). Digits that do not fit are rounded; missing ones are
 * zeros.
 */
export function roundDecimal(
  value: Decimal,
  scale: number,
  rounding: Rounding = 'half-even',
): Decimal {
  const x = toScaled(value);
  if (scale <= x.scale) return fromScaled(mantissaAt(x, scale), scale);
  return fromScaled(divideRounded(x.mantissa, 10n ** BigInt(scale - x.scale), rounding), scale);
}

/**
 * `a / b` with the last digit at `10^scale`; null when `b` is zero.
 *
 * @example
 * divideDecimal(decimal('1'), decimal('3'), -4); // '0.3333'
 */
export function divideDecimal(
  a: Decimal,
  b: Decimal,
  scale: number,
  rounding: Rounding = 'half-even',
): Decimal | null {
  const x = toScaled(a);
  const y = toScaled(b);
  if (y.mantissa === 0n) return null;
  const shift = x.scale - y.scale - scale;
  const numerator = shift > 0 ? x.mantissa * 10n ** BigInt(shift) : x.mantissa;
  const denominator = shift < 0 ? y.mantissa * 10n ** BigInt(-shift) : y.mantissa;
  return fromScaled(divideRounded(numerator, denominator, rounding), scale);
}

/** Without the zeros behind the last digit of the fraction: `1.500` is `1.5`, `2.0` is `2`. */
export function trimDecimal(value: Decimal): Decimal {
  return (value.includes('.') ? value.replace(/\.?0+$/, '') : value) as Decimal;
}

/**
 * Text for people: `decimal` sign (default `.`), digits of the whole part in threes when `group` is given.
 *
 * @example
 * formatDecimal(decimal('12345.60'), { decimal: ',', group: ' ' }); // '12 345,60'
 */
export function formatDecimal(
  value: Decimal,
  options: { readonly decimal?: string; readonly group?: string } = {},
): string {
  const point = value.indexOf('.');
  const whole = point < 0 ? value : value.slice(0, point);
  const grouped =
    options.group === undefined
      ? whole
      : whole.replace(/\B(?=(?:[0-9]{3})+$)/g, () => options.group ?? '');
  return point < 0 ? grouped : grouped + (options.decimal ?? '.') + value.slice(point + 1);
}
