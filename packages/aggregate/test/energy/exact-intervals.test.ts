import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, fromScaled, toEpochMs, type ZoneId } from '@metergram/model';
import {
  type DegreeDayMethod,
  degreeDays,
  netProduction,
  peakMonths,
  type PeakTariff,
  sumIntervals,
} from '@metergram/aggregate/energy';
import { type Given, HELSINKI, OSLO, series, STOCKHOLM, valuesOf } from './series.ts';
import {
  clock,
  less,
  minus,
  over,
  plus,
  type Ratio,
  ratio,
  rounded,
  times,
  total,
  whole,
} from './slow.ts';

// Netting, degree days and peaks beside a slow count in quotients, with clocks from Intl.

const thousandths = (n: number): string => fromScaled(BigInt(n), -3);

describe('netting', () => {
  const side = fc.array(fc.option(fc.nat(9999), { nil: null, freq: 40 }), {
    minLength: 16,
    maxLength: 16,
  });
  const head = { from: '2026-03-28T23:00Z', zone: HELSINKI, resolution: 'PT15M' } as const;
  const given = (all: readonly (number | null)[]): Given[] =>
    all.map((n) => (n === null ? null : thousandths(n)));

  it('of an hour is what its quarters leave over; netted by quarters, more is bought and sold', () => {
    fc.assert(
      fc.property(side, side, (ins, outs) => {
        const [taken, fed] = [series(head, given(ins)), series(head, given(outs))];
        const hours = netProduction(taken, fed, 'PT1H').value!;
        const quarters = netProduction(taken, fed, 'PT15M').value!;
        for (let hour = 0; hour < 4; hour++) {
          const four = [0, 1, 2, 3].map((q) => 4 * hour + q);
          const known = four.every((q) => ins[q] !== null && outs[q] !== null);
          const value = (one: typeof hours.net, i: number) => one.points[i]!.value;
          if (!known) {
            for (const one of [hours.net, hours.nettedIn, hours.nettedOut])
              expect(one.points[hour]).toMatchObject({ value: null, quality: 'missing' });
            continue;
          }
          const net = four.reduce((sum, q) => sum + ins[q]! - outs[q]!, 0);
          expect(value(hours.net, hour)).toBe(thousandths(net));
          expect(value(hours.nettedIn, hour)).toBe(thousandths(Math.max(net, 0)));
          expect(value(hours.nettedOut, hour)).toBe(thousandths(Math.max(-net, 0)));
          const [bought, sold] = [quarters.nettedIn, quarters.nettedOut].map((one) =>
            four.reduce((sum, q) => sum + Number(value(one, q)!.replace('.', '')), 0),
          );
          expect(bought! - sold!).toBe(net);
          expect(bought).toBe(four.reduce((sum, q) => sum + Math.max(ins[q]! - outs[q]!, 0), 0));
          expect(bought).toBeGreaterThanOrEqual(Math.max(net, 0));
        }
      }),
    );
  });

  it('keeps what was metered: the hours in and out are the sums of their quarters', () => {
    fc.assert(
      fc.property(side, side, (ins, outs) => {
        const [taken, fed] = [series(head, given(ins)), series(head, given(outs))];
        const { meteredIn, meteredOut } = netProduction(taken, fed, 'PT1H').value!;
        for (const [one, all] of [
          [meteredIn, ins],
          [meteredOut, outs],
        ] as const) {
          for (const [hour, { value, quality }] of one.points.entries()) {
            const parts = all.slice(4 * hour, 4 * hour + 4).filter((n) => n !== null);
            const sum = parts.reduce((a, b) => a + b, 0);
            expect(value).toBe(parts.length === 0 ? null : thousandths(sum));
            expect(quality).toBe(
              parts.length === 0 ? 'missing' : parts.length < 4 ? 'incomplete' : 'measured',
            );
          }
        }
      }),
    );
  });
});

/** Days of a zone's clocks, with the indices of the intervals that begin in them. */
function daysOf(zone: ZoneId, starts: readonly string[]): Map<string, number[]> {
  const days = new Map<string, number[]>();
  for (const [i, start] of starts.entries()) {
    const { date } = clock(zone, Date.parse(start));
    days.set(date, [...(days.get(date) ?? []), i]);
  }
  return days;
}

describe('degree days', () => {
  const tenths = fc.integer({ min: -3000, max: 2500 });
  const method = fc.record(
    {
      name: fc.constant('x'),
      base: fc.integer({ min: 100, max: 200 }).map((n) => fromScaled(BigInt(n), -1)),
      limits: fc
        .tuple(fc.integer({ min: 50, max: 180 }), fc.boolean())
        .map(([n, spring]) => [
          { months: spring ? [3, 4] : [10, 11], above: fromScaled(BigInt(n), -1) },
        ]),
    },
    { requiredKeys: ['name', 'base'] },
  ) as fc.Arbitrary<DegreeDayMethod>;

  it.each([
    ['2026-03-27T22:00Z', 'PT1H', 24 + 23 + 24],
    ['2026-10-23T21:00Z', 'PT1H', 24 + 25 + 24],
    ['2026-10-23T21:00Z', 'PT15M', 4 * (24 + 25 + 24)],
  ] as const)('of three days from %s in %s over a change of clocks', (from, resolution, count) => {
    fc.assert(
      fc.property(
        fc.array(tenths, { minLength: count, maxLength: count }),
        method,
        fc.option(fc.nat(count - 1), { nil: null }),
        (all, how, gone) => {
          const temperature = series(
            { from, resolution, zone: HELSINKI, unit: '°C', quantity: 'external_temperature' },
            all.map((n, i) => (i === gone ? null : fromScaled(BigInt(n), -2))),
          );
          const { value } = degreeDays(temperature, how, { zone: HELSINKI });
          const days = daysOf(
            HELSINKI,
            temperature.points.map(({ start }) => start),
          );
          expect(value!.points).toHaveLength(days.size);
          for (const [n, [date, hours]] of [...days].entries()) {
            const mean = over(
              total(hours.map((i): Ratio => [BigInt(all[i]!), 100n])),
              whole(BigInt(hours.length)),
            );
            const month = Number(date.slice(5, 7));
            const limit = how.limits?.find(({ months }) => months.includes(month))?.above;
            const off =
              !less(mean, ratio(how.base)) || (limit !== undefined && less(ratio(limit), mean));
            const expected = hours.includes(gone ?? -1)
              ? null
              : rounded(off ? whole(0n) : minus(ratio(how.base), mean), 4);
            expect(value!.points[n]!.value).toBe(expected);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('peaks', () => {
  const HALF = decimal('0.5');
  const ONE = decimal('1');
  const hours = fc
    .tuple(fc.nat(23), fc.integer({ min: 1, max: 24 }))
    .map(([from, to]) => ({ from, to }));
  const band = fc.record(
    {
      hours: fc.array(hours, { minLength: 1, maxLength: 1 }),
      weekdays: fc.constantFrom<readonly number[]>([1, 2, 3, 4, 5], [6, 7]),
    },
    { requiredKeys: [] },
  );
  const charge = fc.oneof(
    fc
      .integer({ min: 1, max: 9999 })
      .map((n) => ({ kind: 'per-kw' as const, price: fromScaled(BigInt(n), -2) })),
    fc.boolean().map((inclusive) => ({
      kind: 'steps' as const,
      inclusive,
      steps: ['2', '3', '4.5'].map((below, i) => ({
        below: decimal(below),
        price: decimal(String(100 * (i + 1))),
      })),
    })),
  );

  // March and October of Oslo have 743 and 745 hours.
  it.each([
    ['2026-02-28T23:00Z', 'PT1H'],
    ['2026-09-30T22:00Z', 'PT1H'],
    ['2026-09-30T22:00Z', 'PT15M'],
  ] as const)('of the month from %s in %s are those of a slow search', (from, resolution) => {
    const perHour = resolution === 'PT15M' ? 4 : 1;
    const count = (from.startsWith('2026-02') ? 743 : 745) * perHour;
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: count, maxLength: count }),
        fc.array(band, { maxLength: 2 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('different' as const, 'any' as const),
        charge,
        (all, bands, peaks, days, price) => {
          const tariff: PeakTariff = {
            name: 'x',
            currency: 'SEK',
            vat: 'exclusive',
            resolution,
            peaks,
            days,
            weights: bands.map((one, i) => ({ band: one, weight: i === 0 ? HALF : ONE })),
            charges: [{ band: {}, charge: price }],
          };
          const load = series(
            { from, resolution, zone: STOCKHOLM },
            all.map((n) => fromScaled(BigInt(n), -1)),
          );
          const month = peakMonths(load, tariff, { zone: OSLO }).value![0]!;

          // Every interval that counts, in order of height, equal ones in order of time.
          const pool = load.points.flatMap(({ start }, i) => {
            const { date, weekday, hour } = clock(OSLO, toEpochMs(start));
            const found = bands.findIndex(
              (one) =>
                (one.weekdays?.includes(weekday) ?? true) &&
                (one.hours?.some(({ from: a, to: b }) =>
                  a <= b ? hour >= a && hour < b : hour >= a || hour < b,
                ) ??
                  true),
            );
            if (found < 0) return [];
            const power: Ratio = [BigInt(all[i]! * perHour), 10n];
            const counted = found === 0 ? times(power, [1n, 2n]) : power;
            return [{ i, start, date, power, counted }];
          });
          const sorted = pool.toSorted((a, b) =>
            less(b.counted, a.counted) ? -1 : less(a.counted, b.counted) ? 1 : a.i - b.i,
          );
          const chosen =
            days === 'any'
              ? sorted.slice(0, peaks)
              : sorted
                  .filter(({ date }, i) => sorted.findIndex((one) => one.date === date) === i)
                  .slice(0, peaks);
          expect(month.peaks.map(({ start, power, counted }) => [start, power, counted])).toEqual(
            chosen.map(({ start, power, counted }) => [
              start,
              rounded(power, 3),
              rounded(counted, 3),
            ]),
          );
          expect(month.missing).toBe(0);
          if (chosen.length === 0) {
            expect(month).toMatchObject({ level: null, cost: null, quality: 'missing' });
            return;
          }
          const level = over(
            total(chosen.map(({ counted }) => counted)),
            whole(BigInt(chosen.length)),
          );
          expect(month.level).toBe(rounded(level, 3));
          expect(month.quality).toBe(chosen.length === peaks ? 'measured' : 'incomplete');
          if (price.kind === 'per-kw') {
            expect(month.cost).toBe(rounded(times(level, ratio(price.price)), 2, 'up'));
            return;
          }
          const step = price.steps.findIndex(({ below }) =>
            price.inclusive ? !less(ratio(below), level) : less(level, ratio(below)),
          );
          expect(month.step).toBe(step < 0 ? null : step);
          expect(month.cost).toBe(step < 0 ? null : `${100 * (step + 1)}.00`);
        },
      ),
      { numRuns: resolution === 'PT1H' ? 15 : 5 },
    );
  });
});

describe('sums of intervals', () => {
  it('to civil days are those of the zone’s clocks, exact', () => {
    const hours = fc.array(fc.option(fc.nat(99_999), { nil: null, freq: 30 }), {
      minLength: 1,
      maxLength: 120,
    });
    fc.assert(
      fc.property(hours, fc.constantFrom('2026-03-27T05:00Z', '2026-10-23T05:00Z'), (all, from) => {
        const load = series(
          { from },
          all.map((n) => (n === null ? null : thousandths(n))),
        );
        const days = daysOf(
          OSLO,
          load.points.map(({ start }) => start),
        );
        const sums = sumIntervals(load, 'P1D', OSLO)!;
        expect(valuesOf(sums)).toEqual(
          [...days.values()].map((indices) => {
            const present = indices.flatMap((i) => all[i] ?? []);
            const sum = present.reduce((a, b) => plus(a, [BigInt(b), 1000n]), whole(0n));
            return present.length === 0 ? null : rounded(sum, 3);
          }),
        );
      }),
    );
  });
});
