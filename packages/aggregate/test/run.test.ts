import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collector } from '../src/collect.ts';
import { createAggregatorSync } from '../src/load.ts';
import { columns, fixedGrid, HOUR, NEW_YEAR } from './feed.ts';
import { countSlowly, type Given } from './reference.ts';

// Long runs of one register that ascend are counted from the columns, without being kept; the rest goes the long way.
// What comes out must not tell which.

const MINUTE = 60_000;

const run = fc.record({
  simd: fc.boolean(),
  lateness: fc.constantFrom(0, HOUR, 5 * HOUR, 48 * HOUR),
  meters: fc.array(
    fc.array(
      fc.record({
        minutes: fc.oneof(
          { weight: 20, arbitrary: fc.integer({ min: 1, max: 30 }) },
          { weight: 3, arbitrary: fc.constant(15) },
          { weight: 1, arbitrary: fc.integer({ min: 30, max: 900 }) },
        ),
        by: fc.oneof(
          { weight: 60, arbitrary: fc.nat(300) },
          { weight: 1, arbitrary: fc.integer({ min: -300, max: -1 }) },
        ),
      }),
      { maxLength: 300 },
    ),
    { minLength: 1, maxLength: 4 },
  ),
  /** How the rows are cut into pushes, and where a row that is wrong stands. */
  portions: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
  wrong: fc.option(fc.nat(600)),
  finalOnly: fc.boolean(),
});

describe('runs of one register', () => {
  it('come out as if each reading had come alone', () => {
    fc.assert(
      fc.property(run, ({ simd, lateness, meters, portions, wrong, finalOnly }) => {
        const aggregator = createAggregatorSync({ resolution: 'PT1H', lateness }, { simd });
        const all: (Given & { register: number })[] = meters.flatMap((steps, register) => {
          aggregator.addRegister({ scale: -3, capacity: null });
          let t = NEW_YEAR;
          let v = 5000n;
          return steps.map(({ minutes, by }) => {
            t += minutes * MINUTE;
            v += BigInt(by);
            return { register, t, v };
          });
        });
        const rows = [...all];
        if (wrong !== null) rows.splice(wrong, 0, { register: 0, t: Number.NaN, v: 0n });
        const collector = new Collector();
        for (let from = 0, at = 0; from < rows.length; at++) {
          const size = portions[at % portions.length]!;
          aggregator.push(columns(rows.slice(from, from + size)));
          from += size;
          if (finalOnly) collector.add(aggregator.drain({ open: false }));
        }
        collector.add(aggregator.drain());
        expect(aggregator.figures.rows).toBe(rows.length);
        meters.forEach((_, register) => {
          const given = all.filter((row) => row.register === register);
          const last = given.at(-1)?.t ?? NEW_YEAR;
          const expected = countSlowly(given, {
            grid: fixedGrid(HOUR, NEW_YEAR, last),
            maxGap: 3 * HOUR,
            capacity: -1n,
          });
          expect(
            collector
              .intervals(register)
              .map(({ start, value, quality, revision }) => ({ start, value, quality, revision })),
          ).toEqual(expected.intervals.map((row) => ({ ...row, revision: 0 })));
          expect(
            collector
              .gaps(register)
              .map(({ start, end, value, open }) => ({ start, end, value, open })),
          ).toEqual(expected.gaps);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('adds up exactly: intervals, gaps and both ends make the difference of the register', () => {
    fc.assert(
      fc.property(run, ({ simd, meters }) => {
        const aggregator = createAggregatorSync({ resolution: 'PT15M' }, { simd });
        const collector = new Collector();
        meters.forEach((steps, register) => {
          aggregator.addRegister({ scale: -3 });
          let t = NEW_YEAR;
          let v = 0n;
          const given = [{ t, v }];
          for (const { minutes, by } of steps) {
            t += minutes * MINUTE;
            v += BigInt(Math.abs(by));
            given.push({ t, v });
          }
          // a reading on a boundary at the end, so that no end hangs over
          t = Math.ceil(t / (15 * MINUTE)) * 15 * MINUTE + 15 * MINUTE;
          given.push({ t, v: v + 1n });
          aggregator.push(columns(given.map((row) => ({ ...row, register }))));
          collector.add(aggregator.drain());
          const sum = [...collector.intervals(register), ...collector.gaps(register)]
            .map(({ value }) => value ?? 0n)
            .reduce((a, b) => a + b, 0n);
          expect(sum).toBe(v + 1n);
        });
      }),
      { numRuns: 100 },
    );
  });
});
