import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collector } from '../src/collect.ts';
import { createAggregatorSync } from '../src/load.ts';
import { restoreAggregatorSync } from '../src/restore.ts';
import { columns, fixedGrid, HOUR, NEW_YEAR } from './feed.ts';
import { countSlowly, type Given } from './reference.ts';

// Plain readings are kept as distances of 32 bits, in time and in value, and wait in a small inbox. Streams that leave that
// range, long after and far above where they began, must give what the slow twin makes of them: with few readings or many,
// late ones among them, cut, drained and saved anywhere.

const DAY = 24 * HOUR;
const MINUTE = 60_000;

interface Row extends Given {
  readonly register: number;
  readonly at: number;
}

const stream = fc.record({
  simd: fc.boolean(),
  lateness: fc.constantFrom(0, 5 * HOUR, 2 * DAY, 12 * DAY, 14 * DAY, 'unbounded' as const),
  maxGap: fc.constantFrom(3 * HOUR, 40 * DAY),
  meters: fc.array(
    fc.record({
      /** Milliseconds between readings, about. */
      pace: fc.constantFrom(MINUTE, 15 * MINUTE, 6 * HOUR, 3 * DAY),
      start: fc.constantFrom(-(10n ** 18n), -5n, 0n, 2n ** 31n - 40n, 10n ** 18n - 2n ** 45n),
      most: fc.constantFrom(1, 300, 2 ** 24, 2 ** 31, 2 ** 33, 2 ** 38),
      steps: fc.array(
        fc.record({
          pause: fc.oneof(
            { weight: 12, arbitrary: fc.integer({ min: 500, max: 1500 }) },
            { weight: 1, arbitrary: fc.integer({ min: 1500, max: 30_000 }) },
          ),
          by: fc.nat(1000),
          delay: fc.oneof(
            { weight: 3, arbitrary: fc.constant(0) },
            { weight: 1, arbitrary: fc.nat(1000) },
          ),
        }),
        { maxLength: 90 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  portions: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
  between: fc.array(fc.constantFrom('nothing', 'final', 'drain', 'save'), {
    minLength: 1,
    maxLength: 8,
  }),
  end: fc.constantFrom('finish', 'drain'),
});

describe('packed readings', () => {
  it('give what wide ones would, however far a stream goes', () => {
    fc.assert(
      fc.property(stream, ({ simd, lateness, maxGap, meters, portions, between, end }) => {
        const reach = lateness === 'unbounded' ? 2 * DAY : lateness;
        let aggregator = createAggregatorSync({ resolution: 'PT1H', lateness, maxGap }, { simd });
        const rows: Row[] = meters.flatMap(({ pace, start, most, steps }, register) => {
          aggregator.addRegister({ scale: -3, capacity: null });
          let t = NEW_YEAR;
          let v = start;
          return steps.map(({ pause, by, delay }) => {
            t += Math.min(20 * DAY, Math.round((pace * pause) / 1000));
            v += BigInt(Math.round((most * by) / 1000));
            return { register, t, v, at: t + (reach * delay) / 1000 };
          });
        });
        rows.sort((a, b) => a.at - b.at);
        const collector = new Collector();
        for (let from = 0, n = 0; from < rows.length; n++) {
          const size = portions[n % portions.length]!;
          aggregator.push(columns(rows.slice(from, from + size)));
          from += size;
          const what = between[n % between.length]!;
          if (what === 'nothing') continue;
          collector.add(aggregator.drain({ open: what !== 'final' }));
          if (what !== 'save') continue;
          const saved = aggregator.save();
          aggregator = restoreAggregatorSync(saved, { simd });
          expect(aggregator.save()).toEqual(saved);
        }
        const drained = end === 'finish' ? aggregator.finish() : aggregator.drain();
        expect(drained.issues).toEqual([]);
        collector.add(drained);
        meters.forEach((_, register) => {
          const given = rows.filter((row) => row.register === register);
          const times = given.map(({ t }) => t);
          const rules = {
            grid: fixedGrid(HOUR, NEW_YEAR, Math.max(NEW_YEAR, ...times)),
            maxGap,
            capacity: -1n,
          };
          const expected = countSlowly(given, rules);
          expect(
            collector
              .intervals(register)
              .map(({ start, value, quality }) => ({ start, value, quality })),
          ).toEqual(
            expected.intervals.map(({ start, value, quality }) => ({ start, value, quality })),
          );
          expect(collector.gaps(register).map(({ start, value }) => ({ start, value }))).toEqual(
            expected.gaps.map(({ start, value }) => ({ start, value })),
          );
        });
      }),
    );
  });

  it('keep apart from those of other registers, at any fill of their memory when a run comes', () => {
    for (const simd of [true, false])
      for (let fill = 0; fill < 300; fill += fill < 130 ? 1 : 7) {
        const aggregator = createAggregatorSync({ resolution: 'PT1H' }, { simd });
        const reading = (register: number, n: number) => ({
          register,
          t: NEW_YEAR + n * 10 * MINUTE + register,
          v: BigInt(n * (register + 1)),
        });
        const rows = [];
        for (let register = 0; register < 4; register++) aggregator.addRegister({ scale: 0 });
        for (let n = 0; n < fill; n++)
          for (let register = 0; register < 4; register++) rows.push(reading(register, n));
        for (let register = 0; register < 4; register++)
          for (let n = fill; n < fill + 40; n++) rows.push(reading(register, n));
        aggregator.push(columns(rows));
        const collector = new Collector();
        collector.add(aggregator.finish());
        for (let register = 0; register < 4; register++) {
          const given = rows.filter((row) => row.register === register);
          const rules = {
            grid: fixedGrid(HOUR, NEW_YEAR, given.at(-1)!.t),
            maxGap: 3 * HOUR,
            capacity: 0n,
          };
          expect(collector.intervals(register).map(({ start, value }) => [start, value])).toEqual(
            countSlowly(given, rules).intervals.map(({ start, value }) => [start, value]),
          );
        }
      }
  });

  it('are taken, or refused, to the last millisecond of the times that are taken', () => {
    for (const simd of [true, false]) {
      const notAfter = NEW_YEAR + 100 * HOUR;
      const options = { resolution: 'PT1H', notBefore: NEW_YEAR, notAfter } as const;
      const aggregator = createAggregatorSync(options, { simd });
      aggregator.addRegister({ scale: 0 });
      aggregator.addRegister({ scale: 0 });
      const rows = [];
      for (let hour = -1; hour <= 101; hour++)
        for (let register = 0; register < 2; register++)
          rows.push({ register, t: NEW_YEAR + hour * HOUR - register, v: BigInt(hour + 2) });
      aggregator.push(columns(rows));
      const { issues, intervals } = aggregator.finish();
      expect(issues.map(({ code, register, time }) => [code, register, time])).toEqual([
        ['reading/time-range', 0, NEW_YEAR - HOUR],
        ['reading/time-range', 1, NEW_YEAR - HOUR - 1],
        ['reading/time-range', 1, NEW_YEAR - 1],
        ['reading/time-range', 0, notAfter],
        ['reading/time-range', 0, notAfter + HOUR],
        ['reading/time-range', 1, notAfter + HOUR - 1],
      ]);
      expect(intervals.length).toBe(99 + 98);
    }
  });
});
