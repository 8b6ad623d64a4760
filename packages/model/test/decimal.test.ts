import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  decimal,
  decimalFromNumber,
  decimalPlaces,
  decimalToNumber,
  divideDecimal,
  divideRounded,
  formatDecimal,
  fromScaled,
  isDecimal,
  MAX_DECIMAL_DIGITS,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  signDecimal,
  subtractDecimal,
  sumDecimal,
  toScaled,
  trimDecimal,
} from '@metergram/model';

const scaled = fc.record({
  mantissa: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  scale: fc.integer({ min: -20, max: 0 }),
});
const decimals = scaled.map(({ mantissa, scale }) => fromScaled(mantissa, scale));
const same = (a: Decimal, b: Decimal): boolean => compareDecimal(a, b) === 0;

describe('the form of a decimal', () => {
  it.each(['0', '0.0', '7', '-7', '0.50', '-0.5', '123456789012345678901234567890.123'])(
    'takes %s as it stands',
    (text) => {
      expect(isDecimal(text)).toBe(true);
      expect(parseDecimal(text)).toBe(text);
    },
  );

  it.each([
    ['+7', '7'],
    ['007.50', '7.50'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1.50e-3', '0.00150'],
    ['1.5E3', '1500'],
    ['-12e2', '-1200'],
  ])('reads %s as %s', (text, form) => {
    expect(isDecimal(text)).toBe(false);
    expect(parseDecimal(text)).toBe(form);
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    '1,5',
    '1 000',
    '1e',
    '0x10',
    'NaN',
    'Infinity',
    '1.2.3',
    '１',
    '1\n',
  ])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeNull();
    expect(() => decimal(text)).toThrow(RangeError);
  });

  it('refuses what is too long to be a measurement, and quickly', () => {
    expect(parseDecimal('9'.repeat(MAX_DECIMAL_DIGITS))).not.toBeNull();
    expect(parseDecimal('9'.repeat(MAX_DECIMAL_DIGITS + 1))).toBeNull();
    expect(parseDecimal('1e99999')).toBeNull();
    expect(parseDecimal('1e-99999')).toBeNull();
    expect(parseDecimal('0'.repeat(5_000_000))).toBeNull();
    expect(isDecimal('0'.repeat(5_000_000))).toBe(false);
  });

  it('holds every finite float and reads it back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = decimalFromNumber(value);
        expect(text).not.toBeNull();
        expect(decimalToNumber(text as Decimal)).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(decimalFromNumber(Number.NaN)).toBeNull();
    expect(decimalFromNumber(Number.POSITIVE_INFINITY)).toBeNull();
    expect(decimalFromNumber(5e-324)).toMatch(/^0\.0{323}5$/);
  });

  it('goes to mantissa and scale and back', () => {
    expect(toScaled(decimal('123.450'))).toEqual({ mantissa: 123450n, scale: -3 });
    expect(fromScaled(5n, 3)).toBe('5000');
    expect(fromScaled(-5n, -3)).toBe('-0.005');
    expect(decimalPlaces(decimal('123.450'))).toBe(3);
    fc.assert(
      fc.property(scaled, (value) => {
        const text = fromScaled(value.mantissa, value.scale);
        expect(isDecimal(text)).toBe(true);
        expect(toScaled(text)).toEqual(value);
      }),
    );
    expect(() => fromScaled(1n, 0.5)).toThrow(RangeError);
    expect(() => fromScaled(1n, -2000)).toThrow(RangeError);
  });
});

describe('arithmetic', () => {
  it('keeps the decimals that were written', () => {
    expect(addDecimal(decimal('0.1'), decimal('0.20'))).toBe('0.30');
    expect(subtractDecimal(decimal('1'), decimal('0.9'))).toBe('0.1');
    expect(multiplyDecimal(decimal('1.50'), decimal('-2.0'))).toBe('-3.000');
    expect(negateDecimal(decimal('0.0'))).toBe('0.0');
    expect(absDecimal(decimal('-2.50'))).toBe('2.50');
    expect(sumDecimal([])).toBe('0');
    expect(trimDecimal(decimal('1.500'))).toBe('1.5');
    expect(trimDecimal(decimal('100'))).toBe('100');
    expect(trimDecimal(decimal('100.00'))).toBe('100');
    expect([decimal('-0.1'), decimal('0.00'), decimal('3')].map(signDecimal)).toEqual([-1, 0, 1]);
  });

  it('obeys the laws of a ring with order', () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        expect(addDecimal(a, b)).toBe(addDecimal(b, a));
        expect(same(addDecimal(addDecimal(a, b), c), sumDecimal([c, b, a]))).toBe(true);
        expect(multiplyDecimal(a, b)).toBe(multiplyDecimal(b, a));
        const left = multiplyDecimal(a, addDecimal(b, c));
        expect(same(left, addDecimal(multiplyDecimal(a, b), multiplyDecimal(a, c)))).toBe(true);
        expect(same(subtractDecimal(a, b), negateDecimal(subtractDecimal(b, a)))).toBe(true);
        expect(compareDecimal(a, b)).toBe(signDecimal(subtractDecimal(a, b)));
      }),
    );
  });

  it.each([
    ['half-even', ['0', '2', '2', '-2', '-2', '0', '3']],
    ['half-up', ['1', '2', '3', '-2', '-3', '-1', '3']],
    ['floor', ['0', '1', '2', '-2', '-3', '-1', '2']],
    ['ceiling', ['1', '2', '3', '-1', '-2', '0', '3']],
  ] as const)('rounds %s', (rounding, expected) => {
    const values = ['0.5', '1.5', '2.5', '-1.5', '-2.5', '-0.5', '2.51'].map(decimal);
    expect(values.map((value) => roundDecimal(value, 0, rounding))).toEqual(expected);
  });

  it('rounds to tens and fills with zeros', () => {
    expect(roundDecimal(decimal('1250'), 2)).toBe('1200');
    expect(roundDecimal(decimal('1.5'), -3)).toBe('1.500');
  });

  it('divides to the digit asked for, and never by zero', () => {
    expect(divideDecimal(decimal('1'), decimal('3'), -4)).toBe('0.3333');
    expect(divideDecimal(decimal('2'), decimal('3'), -4)).toBe('0.6667');
    expect(divideDecimal(decimal('-1'), decimal('8'), -2)).toBe('-0.12');
    expect(divideDecimal(decimal('1000'), decimal('0.3'), 2)).toBe('3300');
    expect(divideDecimal(decimal('1'), decimal('0.00'), -4)).toBeNull();
  });

  it('is off by at most half a unit of the last digit', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (numerator, denominator) => {
        fc.pre(denominator !== 0n);
        const quotient = divideRounded(numerator, denominator);
        const twice = 2n * (numerator - quotient * denominator);
        const size = denominator < 0n ? -denominator : denominator;
        expect(twice <= size && twice >= -size).toBe(true);
        if (twice === size || twice === -size) expect(quotient % 2n).toBe(0n);
      }),
    );
  });

  it('prints for people', () => {
    const nordic = { decimal: ',', group: '\u00a0' };
    expect(formatDecimal(decimal('1234567.5'), nordic)).toBe('1\u00a0234\u00a0567,5');
    expect(formatDecimal(decimal('-123'), nordic)).toBe('-123');
    expect(formatDecimal(decimal('-1234'), nordic)).toBe('-1\u00a0234');
    expect(formatDecimal(decimal('0.25'))).toBe('0.25');
  });
});
