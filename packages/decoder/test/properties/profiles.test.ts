import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoded } from '../../src/encode.ts';
import { moved } from './built-record.ts';
import { BUILDS } from './decoders.ts';

const STEPS = ['absolute', 'increments', 'decrements', 'differences'] as const;

/** The profile's values in order, from the base value on. */
function values(steps: (typeof STEPS)[number], base: number, sent: readonly number[]): number[] {
  let value = base;
  return sent.map((step) => {
    if (steps === 'absolute') value = step;
    // A signed difference is the earlier value minus the later one.
    else value += steps === 'increments' ? step : -step;
    return value;
  });
}

describe.each(BUILDS.map((build) => [build.name, build] as const))('%s', (_, build) => {
  it('gives each element of an hourly profile its value and its time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STEPS),
        fc.integer({ min: 100_000, max: 900_000 }),
        fc.array(fc.nat(30_000), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 23 }),
        (steps, base, sent, hour) => {
          const about = { quantity: 'volume', unit: 'm3', storage: 8, exponent: -1 } as const;
          const decimal = (n: number): string => moved(String(n), -1);
          const bytes = encoded({
            link: { kind: 'none' },
            records: [
              {
                quantity: 'datetime',
                value: `2026-01-15T${String(hour).padStart(2, '0')}:00`,
                storage: 8,
              },
              { ...about, value: decimal(base), coding: 'int32' },
              {
                ...about,
                profile: {
                  form: 'series',
                  steps,
                  spacing: { count: 1, unit: 'h' },
                  coding: 'int16',
                  elements: sent.map(decimal),
                },
              },
            ],
          }).subarray(1);
          const { records, issues } = build.decode(bytes, { layer: 'records' });
          expect(issues).toEqual([]);
          const profile = records.filter(({ origin }) => origin === 'profile');
          const numbers = profile.filter(({ kind }) => kind === 'number');
          expect(numbers.map(({ value }) => value)).toEqual(values(steps, base, sent).map(decimal));
          const start = Date.UTC(2026, 0, 15, hour);
          expect(
            profile.filter(({ kind }) => kind === 'datetime').map(({ value }) => value),
          ).toEqual(
            sent.map((_step, i) =>
              new Date(start + (i + 1) * 3_600_000).toISOString().slice(0, 16),
            ),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
