import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Decimal,
  decimal,
  formatInstant,
  fromScaled,
  instant,
  type PriceSeries,
  toEpochMs,
} from '@metergram/model';
import {
  carbonOf,
  compareOffers,
  costOf,
  type CostPart,
  NO_VAT,
  timeOfUse,
} from '@metergram/aggregate/energy';
import { OSLO, price, series, valuesOf } from './series.ts';
import {
  clock,
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

// Everything here is judged minute by minute, in quotients: a load is spread evenly over its interval, and each minute has
// the price and the rate of its own time. Rounded once.

const HOURS = 4;
const MINUTES = 60 * HOURS;
const FROM = '2026-01-01T00:00Z';
const at = (minute: number): string => formatInstant(toEpochMs(instant(FROM)) + minute * 60_000);

/** A rate in thousandths that changes at some minutes; null is not published. */
interface Changing {
  readonly minutes: readonly number[];
  readonly values: readonly (number | null)[];
}

function changing(least: number, most: number, known: 'always' | 'mostly'): fc.Arbitrary<Changing> {
  const value = fc.integer({ min: least, max: most });
  return fc
    .uniqueArray(fc.integer({ min: 1, max: MINUTES - 1 }), { maxLength: 9 })
    .chain((minutes) => {
      const each = known === 'always' ? value : fc.option(value, { nil: null, freq: 12 });
      return fc
        .array(each, { minLength: minutes.length + 1, maxLength: minutes.length + 1 })
        .map((values) => ({ minutes: [0, ...minutes.toSorted((a, b) => a - b)], values }));
    });
}

function priceOf(rate: Changing, more: Partial<PriceSeries> = {}): PriceSeries {
  const text = (value: number | null): string | null =>
    value === null ? null : fromScaled(BigInt(value), -3);
  return price(
    'p',
    rate.minutes.map((minute, i) => [at(minute), text(rate.values[i] ?? null)]),
    more,
  );
}

/** The rate in a minute. */
function inMinute(rate: Changing, minute: number): Ratio | null {
  const value = rate.values[rate.minutes.findLastIndex((start) => start <= minute)] ?? null;
  return value === null ? null : [BigInt(value), 1000n];
}

const amounts = fc.array(fc.nat(99_999), { minLength: HOURS, maxLength: HOURS });
const loadOf = (all: readonly number[]) =>
  series(
    { from: FROM },
    all.map((n) => fromScaled(BigInt(n), -3)),
  );
const minutesOf = (hour: number): readonly number[] =>
  Array.from({ length: 60 }, (_, minute) => 60 * hour + minute);

/** What an hour costs: exclusive of VAT, the VAT, both. */
function slowCost(
  amount: number,
  hour: number,
  prices: Changing,
  vat: Changing,
  inclusive: boolean,
): readonly [string, string, string] | null {
  const paid: Ratio[] = [];
  const bare: Ratio[] = [];
  const tax: Ratio[] = [];
  for (const minute of minutesOf(hour)) {
    const [each, rate] = [inMinute(prices, minute), inMinute(vat, minute)];
    if (each === null || rate === null) return null;
    const money = times(each, [BigInt(amount), 60_000n]);
    paid.push(money);
    bare.push(over(money, plus(whole(1n), rate)));
    tax.push(times(money, rate));
  }
  if (!inclusive) {
    const [net, more] = [rounded(total(paid), 6), rounded(total(tax), 6)];
    return [net, more, rounded(plus(ratio(net), ratio(more)), 6)];
  }
  const [net, all] = [rounded(total(bare), 6), rounded(total(paid), 6)];
  return [net, rounded(minus(ratio(all), ratio(net)), 6), all];
}

const part = (one: PriceSeries, kind: CostPart['kind'] = 'energy'): CostPart => ({
  name: kind,
  kind,
  price: one,
});

describe('cost, by a count minute by minute', () => {
  it('with prices and VAT rates that change within the hour', () => {
    fc.assert(
      fc.property(
        amounts,
        changing(-500, 5000, 'mostly'),
        changing(0, 400, 'mostly'),
        fc.boolean(),
        (all, prices, vat, inclusive) => {
          const one = priceOf(prices, { vat: inclusive ? 'inclusive' : 'exclusive' });
          const found = costOf(loadOf(all), [part(one)], {
            zone: OSLO,
            vat: { points: priceOf(vat).points },
          }).value!;
          for (const [hour, amount] of all.entries()) {
            const { exclusive, vat: tax, inclusive: both } = found.parts[0]!;
            const values = [exclusive, tax, both].map((s) => s.points[hour]?.value ?? null);
            expect(values).toEqual(
              slowCost(amount, hour, prices, vat, inclusive) ?? [null, null, null],
            );
          }
        },
      ),
    );
  });

  it('of a year over which price and VAT change together is not that of the two means', () => {
    const load = series({ from: '2025-12-31T23:00Z', resolution: 'P1Y' }, ['365']);
    const half = '2026-07-02T11:00:00Z'; // 182.5 days of 24 hours
    const fixed = price('fixed', [
      ['2025-12-31T23:00Z', '1'],
      [half, '3'],
    ]);
    const vat = {
      points: price('vat', [
        ['2025-12-31T23:00Z', '0'],
        [half, '0.5'],
      ]).points,
    };
    const one = (kind: PriceSeries['vat']) =>
      costOf(load, [part({ ...fixed, vat: kind })], { zone: OSLO, vat }).value!.sums;
    // 182.5 · 1 + 182.5 · 3 = 730; VAT on the second half alone: 273.75. The means would give 730 · 0.25 = 182.50.
    expect([one('exclusive').exclusive.value, one('exclusive').vat.value]).toEqual([
      '730.000000',
      '273.750000',
    ]);
    // 182.5 · 1 + 182.5 · 3 / 1.5 = 547.5
    expect([one('inclusive').exclusive.value, one('inclusive').vat.value]).toEqual([
      '547.500000',
      '182.500000',
    ]);
  });

  it('of a fee by the day, also where it or the VAT rate changes in the middle of one', () => {
    fc.assert(
      fc.property(
        changing(0, 90_000, 'always'),
        changing(0, 400, 'always'),
        fc.boolean(),
        (fee, vat, inclusive) => {
          const one = priceOf(fee, { per: 'day', vat: inclusive ? 'inclusive' : 'exclusive' });
          const found = costOf(loadOf([1, 1, 1, 1]), [part(one, 'subscription')], {
            zone: OSLO,
            vat: { points: priceOf(vat).points },
          }).value!;
          // Rounded at each change: each of the pieces is off by half a digit at either end, no more.
          const pieces = BigInt(HOURS + fee.minutes.length + vat.minutes.length);
          const exact = total(
            Array.from({ length: MINUTES }, (_, minute) => {
              const daily = times(inMinute(fee, minute)!, [1n, 1440n]);
              const rate = plus(whole(1n), inMinute(vat, minute)!);
              return inclusive ? daily : times(daily, rate);
            }),
          );
          const [n, d] = minus(ratio(found.sums.inclusive.value!), exact);
          expect((n < 0n ? -n : n) * 1_000_000n <= 2n * pieces * d).toBe(true);
        },
      ),
    );
  });

  it('of spot beside fixed: the same load, the same hours, the cheaper by its own sum', () => {
    fc.assert(
      fc.property(
        amounts,
        changing(-500, 3000, 'mostly'),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 500 }),
        (all, spot, fixed, tax) => {
          const flat = (value: number): Changing => ({ minutes: [0], values: [value] });
          const vat = flat(250);
          const taxes = part(priceOf(flat(tax)), 'tax');
          const { value } = compareOffers(
            loadOf(all),
            [
              { name: 'fixed', parts: [part(priceOf(flat(fixed))), taxes] },
              { name: 'spot', parts: [part(priceOf(spot)), taxes] },
            ],
            { zone: OSLO, vat: { points: priceOf(vat).points } },
          );
          const rows = all.flatMap((amount, hour) => {
            const cost = slowCost(amount, hour, spot, vat, false);
            if (cost === null) return [];
            const both = [
              slowCost(amount, hour, flat(fixed), vat, false)!,
              cost,
              slowCost(amount, hour, flat(tax), vat, false)!,
            ].map((row) => ratio(row[2]));
            return [[plus(both[0]!, both[2]!), plus(both[1]!, both[2]!)] as const];
          });
          expect(value).toMatchObject({ compared: rows.length, left: all.length - rows.length });
          const sums = [0, 1].map((i) => total(rows.map((row) => row[i as 0])));
          expect(value!.offers.map(({ cost }) => cost)).toEqual(
            rows.length === 0 ? [null, null] : sums.map((sum) => rounded(sum, 6)),
          );
          if (rows.length > 0) {
            const spotIsLess = minus(sums[1]!, sums[0]!)[0] < 0n;
            expect(value!.cheapest).toBe(spotIsLess ? 'spot' : 'fixed');
          }
        },
      ),
    );
  });
});

describe('carbon, by a count minute by minute', () => {
  it('with an intensity that changes within the hour', () => {
    fc.assert(
      fc.property(amounts, changing(0, 900_000, 'mostly'), (all, intensity) => {
        const { points } = priceOf(intensity);
        const rate = { method: 'location-based', per: 'kWh', points };
        const expected = all.map((amount, hour) => {
          const grams = minutesOf(hour).map((minute) => inMinute(intensity, minute));
          return grams.includes(null)
            ? null
            : rounded(times(total(grams as Ratio[]), [BigInt(amount), 60_000n]), 3);
        });
        expect(valuesOf(carbonOf(loadOf(all), rate).value ?? undefined)).toEqual(expected);
      }),
    );
  });
});

describe('a time-of-use price', () => {
  const hours = fc.tuple(fc.nat(24), fc.nat(24)).map(([from, to]) => ({ from, to }));
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
  const band = fc.record(
    {
      hours: fc.array(hours, { minLength: 1, maxLength: 2 }),
      weekdays: days,
      holidays: fc.constantFrom('only' as const, 'except' as const),
    },
    { requiredKeys: [] },
  );

  it.each(['2026-03-27T23:00Z', '2026-10-23T22:00Z'])(
    'is what the clocks of the zone say in each quarter of five days from %s',
    (from) => {
      fc.assert(
        fc.property(fc.array(band, { maxLength: 3 }), fc.nat(96), fc.nat(14), (bands, cut, off) => {
          const start = toEpochMs(instant(from)) + cut * 900_000 + off * 60_000;
          const end = start + 5 * 86_400_000;
          const holidays = new Set(['2026-03-30', '2026-10-26']);
          const rule = {
            name: 'x',
            currency: 'NOK',
            per: 'kWh',
            vat: 'exclusive' as const,
            bands: bands.map((one, i) => ({ band: one, value: decimal(String(i + 1)) })),
          };
          const { points } = timeOfUse(rule, formatInstant(start), formatInstant(end), {
            zone: OSLO,
            holidays,
          });
          const told = (time: number): Decimal | null => {
            const { date, weekday, hour } = clock(OSLO, time);
            const found = bands.findIndex(
              (one) =>
                (one.weekdays?.includes(weekday) ?? true) &&
                (one.hours?.some(({ from: a, to: b }) =>
                  a <= b ? hour >= a && hour < b : hour >= a || hour < b,
                ) ??
                  true) &&
                (one.holidays === undefined || holidays.has(date) === (one.holidays === 'only')),
            );
            return found < 0 ? null : (String(found + 1) as Decimal);
          };
          let last = formatInstant(start);
          for (const point of points) {
            expect(point.start).toBe(last);
            last = point.end!;
            for (let time = toEpochMs(point.start); time < toEpochMs(last); time += 900_000)
              expect(point.value).toBe(told(time));
          }
          expect(last).toBe(formatInstant(end));
        }),
        { numRuns: 25 },
      );
    },
  );

  it('costs a load what its own price does', () => {
    const rule = {
      name: 'x',
      currency: 'NOK',
      per: 'kWh',
      vat: 'exclusive' as const,
      bands: [{ band: {}, value: decimal('0.5') }],
    };
    const tariff = timeOfUse(rule, instant(FROM), instant('2026-01-01T04:00Z'), { zone: OSLO });
    expect(tariff.points).toHaveLength(1);
    const { value } = costOf(loadOf([1, 2, 3, 4]), [part(tariff)], { zone: OSLO, vat: NO_VAT });
    expect(value?.sums.inclusive.value).toBe('0.005000');
  });
});
