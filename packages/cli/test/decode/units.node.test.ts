import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forPeople, movePoint } from '../../src/decode/units.ts';

describe('units for people', () => {
  it.each([
    ['12345000', 'Wh', '12345', 'kWh'],
    ['12345678', 'Wh', '12345.678', 'kWh'],
    ['5', 'Wh', '0.005', 'kWh'],
    ['-1500', 'Wh', '-1.5', 'kWh'],
    ['0', 'Wh', '0', 'kWh'],
    ['1.25', 'Wh', '0.00125', 'kWh'],
    ['1000.0', 'Wh', '1.0000', 'kWh'],
    ['86000000', 'J', '86', 'MJ'],
    ['999', 'W', '999', 'W'],
    ['-1200', 'W', '-1.2', 'kW'],
    ['3.500', 'm3', '3.500', 'm³'],
    ['0.250', 'm3/h', '0.250', 'm³/h'],
    ['NaN', 'Wh', 'NaN', 'kWh'],
  ])('%s %s is %s %s', (value, unit, shown, as) => {
    expect(forPeople(value, unit)).toEqual({ value: shown, unit: as });
  });

  it('moves the point exactly: moved back, it is the same number', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(9), fc.nat(9), (digits, decimals, places) => {
        const text = String(digits < 0n ? -digits : digits).padStart(decimals + 1, '0');
        const cut = text.length - decimals;
        const value = `${digits < 0n ? '-' : ''}${text.slice(0, cut)}${decimals ? `.${text.slice(cut)}` : ''}`;
        const [whole, fraction = ''] = movePoint(value, places).split('.');
        const back = BigInt(whole + fraction.padEnd(places + decimals, '0'));
        expect(back).toBe(digits);
      }),
    );
  });
});
