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

  it('come out the same when many of them are late', () => {
    fc.assert(
      fc.property(
        fc.record({
          simd: fc.boolean(),
          step: fc.constantFrom(1, 5, 15),
          delays: fc.array(fc.oneof(fc.constant(0), fc.nat(2800)), {
            minLength: 1,
            maxLength: 900,
          }),
          portion: fc.integer({ min: 1, max: 300 }),
          /** Times that crowd together are what sorting by distribution does worst. */
          crowd: fc.boolean(),
        }),
        ({ simd, step, delays, portion, crowd }) => {
          const given = delays.map((delay, at) => {
            const minute = crowd ? at * step : at * step + ((at * 7) % step);
            const t = NEW_YEAR + minute * MINUTE + (crowd && at % 50 !== 0 ? 0 : 1);
            return {
              t: crowd ? NEW_YEAR + Math.floor(at / 50) * HOUR + at : t,
              v: BigInt(at * 37),
              delay,
            };
          });
          const arriving = given.toSorted(
            (a, b) => a.t + a.delay * MINUTE - b.t - b.delay * MINUTE,
          );
          const aggregator = createAggregatorSync({ resolution: 'PT15M' }, { simd });
          aggregator.addRegister({ scale: 0 });
          const collector = new Collector();
          for (let from = 0; from < arriving.length; from += portion) {
            aggregator.push(columns(arriving.slice(from, from + portion)));
            collector.add(aggregator.drain({ open: false }));
          }
          const drained = aggregator.drain();
          collector.add(drained);
          expect(drained.issues).toEqual([]);
          const once = createAggregatorSync({ resolution: 'PT15M', lateness: 'unbounded' });
          once.addRegister({ scale: 0 });
          once.push(columns(given));
          const expected = new Collector();
          expected.add(once.drain());
          expect(collector.intervals(0)).toEqual(expected.intervals(0));
          expect(collector.gaps(0)).toEqual(expected.gaps(0));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes a late reading, and a fall, at any fill of its memory', () => {
    for (let length = 2; length <= 600; length++) {
      const given = Array.from({ length }, (_, at) => ({
        t: NEW_YEAR + at * 7 * MINUTE,
        v: BigInt(at * at),
      }));
      // the last of them with another value, lower than the one before; one that is in the middle comes last
      given[length - 1] = { ...given[length - 1]!, v: length > 2 ? given[length - 2]!.v - 1n : 1n };
      const middle = Math.floor(length * 0.8);
      const orders = [
        given,
        [...given.slice(0, middle), ...given.slice(middle + 1), given[middle]!],
      ];
      const expected = countSlowly(given, {
        grid: fixedGrid(HOUR, NEW_YEAR, given.at(-1)!.t),
        maxGap: 3 * HOUR,
        capacity: -1n,
      });
      for (const rows of orders) {
        const aggregator = createAggregatorSync({ resolution: 'PT1H' });
        aggregator.addRegister({ scale: 0, capacity: null });
        for (let from = 0; from < rows.length; from += 10)
          aggregator.push(columns(rows.slice(from, from + 10)));
        const collector = new Collector();
        collector.add(aggregator.drain());
        expect(
          collector.intervals(0).map(({ start, value, quality }) => ({ start, value, quality })),
        ).toEqual(expected.intervals);
      }
    }
  });
});
