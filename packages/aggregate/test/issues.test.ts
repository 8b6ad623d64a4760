import { describe, expect, it } from 'vitest';
import type { RegisterOptions } from '../src/aggregator.ts';
import { createAggregatorSync } from '../src/load.ts';
import type { AggregatorOptions } from '../src/options.ts';
import { columns, HOUR, NEW_YEAR } from './feed.ts';
import { one } from './setup.ts';

describe('what is wrong with a row', () => {
  it('has a code, and the row', () => {
    const { aggregator, drain } = one({ notBefore: NEW_YEAR, notAfter: NEW_YEAR + 24 * HOUR });
    aggregator.push(
      columns([
        { register: 7, t: NEW_YEAR, v: 1n },
        { t: Number.NaN, v: 1n },
        { t: NEW_YEAR + 0.5, v: 1n },
        { t: Infinity, v: 1n },
        { t: NEW_YEAR - 1, v: 1n },
        { t: NEW_YEAR + 24 * HOUR, v: 1n },
        { t: NEW_YEAR, v: 10n ** 18n + 1n },
        { t: NEW_YEAR, v: -(2n ** 63n) },
        { t: NEW_YEAR, v: 5n },
      ]),
    );
    const { issues } = drain();
    expect(issues.map(({ code, row }) => [row, code])).toEqual([
      [0, 'reading/unknown-register'],
      [1, 'reading/invalid-time'],
      [2, 'reading/invalid-time'],
      [3, 'reading/invalid-time'],
      [4, 'reading/time-range'],
      [5, 'reading/time-range'],
      [6, 'reading/value-range'],
      [7, 'reading/value-range'],
    ]);
    expect(issues.every(({ message }) => message.includes('register'))).toBe(true);
  });

  it('is no trap where there are no registers at all', () => {
    for (const simd of [true, false]) {
      const aggregator = createAggregatorSync({ resolution: 'PT1H' }, { simd });
      const rows = [0, 1, 0x7fff_ffff, 0xffff_ffff].map((register) => ({
        register,
        t: NEW_YEAR,
        v: 1n,
      }));
      aggregator.push(columns(rows));
      expect(aggregator.drain().issues.map(({ code }) => code)).toEqual(
        rows.map(() => 'reading/unknown-register'),
      );
    }
  });

  it('is counted where there is too much of it to keep', () => {
    const { aggregator } = one();
    const rows = 70_000;
    aggregator.push({
      length: rows,
      register: new Uint32Array(rows).fill(9),
      time: new Float64Array(rows),
      mantissa: new BigInt64Array(rows),
    });
    const { issues, untold } = aggregator.drain();
    expect(issues.length).toBe(65_536);
    expect([...untold]).toEqual([['reading/unknown-register', rows - 65_536]]);
    expect(aggregator.drain().issues).toEqual([]);
  });

  it('makes a momentary quantity refuse an exchange', () => {
    const { aggregator, drain, codes } = one({}, { kind: 'momentary' });
    aggregator.exchange(0, NEW_YEAR, 1n, 2n);
    drain();
    expect(codes).toEqual(['reading/value-range']);
  });
});

describe('what is wrong with a call', () => {
  it.each([
    [{ resolution: 'PT5M' as never }, 'option/invalid-resolution'],
    [{ resolution: 'P1D' }, 'option/missing-zone'],
    [{ resolution: 'P1D', zone: 'Europe/Atlantis' }, 'calendar/unknown-zone'],
    [{ resolution: 'PT1H', maxGap: 'P1M' }, 'option/invalid-duration'],
    [{ resolution: 'PT1H', lateness: -1 }, 'option/invalid-duration'],
    [{ resolution: 'PT1H', notBefore: 5, notAfter: 5 }, 'option/invalid-bounds'],
  ] as [AggregatorOptions, string][])('is thrown with a code: %j', (options, code) => {
    expect(() => createAggregatorSync(options)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    [{ scale: 0.5 }, 'register/invalid-scale'],
    [{ scale: 0, capacity: 0n }, 'register/invalid-capacity'],
    [{ scale: 0, id: 'a' }, 'register/same-id'],
  ] as [RegisterOptions, string][])('for a register too: %o', (options, code) => {
    const aggregator = createAggregatorSync({ resolution: 'PT1H' });
    aggregator.addRegister({ scale: 0, id: 'a' });
    expect(() => aggregator.addRegister(options)).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a module that is not of this package', () => {
    // (module (func (export "figure") (param i32) (result f64) f64.const 7))
    const other = Uint8Array.from([
      0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 127, 1, 124, 3, 2, 1, 0, 7, 10, 1, 6, 102, 105,
      103, 117, 114, 101, 0, 0, 10, 13, 1, 11, 0, 68, 0, 0, 0, 0, 0, 0, 28, 64, 11,
    ]);
    const module = new WebAssembly.Module(other);
    expect(() => createAggregatorSync({ resolution: 'PT1H' }, { module })).toThrow(
      expect.objectContaining({ code: 'module/wrong-version' }),
    );
  });

  it('names columns that are too short', () => {
    const { aggregator } = one();
    expect(() => aggregator.push({ ...columns([]), length: 1 })).toThrow(
      expect.objectContaining({ code: 'columns/too-short' }),
    );
  });
});
