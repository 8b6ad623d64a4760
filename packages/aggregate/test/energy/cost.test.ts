import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimal,
  divideRounded,
  formatInstant,
  fromScaled,
  instant,
  type PriceSeries,
  sumDecimal,
  toEpochMs,
} from '@metergram/model';
import {
  addPrice,
  compareOffers,
  costOf,
  type CostPart,
  NO_VAT,
  supportAbove,
  timeOfUse,
} from '@metergram/aggregate/energy';
import { codesOf, OSLO, price, series, STOCKHOLM, valuesOf } from './series.ts';

const VAT_25 = { points: price('vat', [['1970-01-01T00:00Z', '0.25']]).points };
const options = { zone: OSLO, vat: VAT_25 };
const part = (name: string, one: PriceSeries, kind: CostPart['kind'] = 'energy'): CostPart => ({
  name,
  kind,
  price: one,
});

/** Elvia's energy charge for homes from 1 February 2023, øre/kWh with all taxes: 43.55 by day, 37.30 nights and weekends. */
function elvia(start: string, end: string, holidays: readonly string[] = []): PriceSeries {
  return timeOfUse(
    {
      name: 'Elvia energiledd',
      currency: 'NOK',
      per: 'kWh',
      vat: 'inclusive',
      bands: [
        {
          band: { weekdays: [1, 2, 3, 4, 5], hours: [{ from: 6, to: 22 }], holidays: 'except' },
          value: decimal('0.4355'),
        },
        { band: {}, value: decimal('0.3730') },
      ],
    },
    instant(start),
    instant(end),
    { zone: OSLO, holidays: new Set(holidays) },
  );
}

const spans = (start: string, end: string, day: PriceSeries): number[] =>
  day.points
    .filter(({ start: s }) => s >= start && s < end)
    .map((p) => (Date.parse(p.end!) - Date.parse(p.start)) / 3_600_000);

describe('cost', () => {
  // Worked example: Elvia's published prices; 1 kWh in each hour of Wednesday 8 February 2023 is 16 · 43.55 + 8 · 37.30 øre.
  it('of a day by a published grid tariff', () => {
    const load = series(
      { from: '2023-02-07T23:00Z' },
      Array.from({ length: 24 }, () => '1'),
    );
    const tariff = elvia('2023-02-07T23:00Z', '2023-02-08T23:00Z');
    const { value, issues } = costOf(load, [part('Energiledd', tariff, 'grid')], options);
    expect(issues).toEqual([]);
    expect(value?.sums.inclusive).toMatchObject({
      value: '9.952000',
      quality: 'calculated',
      missing: 0,
    });
    expect(value?.sums.exclusive.value).toBe('7.961600');
    expect(value?.sums.vat.value).toBe('1.990400');
  });

  it('knows weekends, holidays and both changes of clocks', () => {
    const week = elvia('2023-05-14T22:00Z', '2023-05-21T22:00Z', ['2023-05-17']);
    expect(spans('2023-05-14T22:00:00Z', '2023-05-21T22:00:00Z', week)).toEqual([
      6,
      16,
      8,
      16,
      8 + 24,
      16,
      8,
      16,
      2 + 48,
    ]);
    const october = elvia('2023-10-29T22:00Z', '2023-10-30T23:00Z');
    expect(spans('2023', '2024', october)).toEqual([7, 16, 2]);
    const spring = elvia('2023-03-25T23:00Z', '2023-03-27T22:00Z');
    expect(spans('2023', '2024', spring)).toEqual([23 + 6, 16, 2]);
  });

  it('of spot, mark-up, grid and tax as parts, in any unit of energy', () => {
    const load = series({ from: '2026-01-01T00:00Z', unit: 'Wh' }, ['1500', '0', '2500']);
    const spot = price(
      'NO1',
      [
        ['2026-01-01T00:00Z', '800.10'],
        ['2026-01-01T01:00Z', '-20'],
        ['2026-01-01T02:00Z', '1000'],
      ],
      { per: 'MWh' },
    );
    const parts = [
      part('Spot', spot),
      part('Påslag', price('markup', [['2020-01-01T00:00Z', '0.049']]), 'markup'),
      part('Elavgift', price('tax', [['2020-01-01T00:00Z', '0.1669']]), 'tax'),
    ];
    const { value } = costOf(load, parts, { ...options, vat: NO_VAT });
    expect(value?.parts.map(({ exclusive }) => valuesOf(exclusive))).toEqual([
      ['1.200150', '0.000000', '2.500000'],
      ['0.073500', '0.000000', '0.122500'],
      ['0.250350', '0.000000', '0.417250'],
    ]);
    expect(valuesOf(value?.total.inclusive)).toEqual(['1.524000', '0.000000', '3.039750']);
    expect(value?.total.inclusive).toMatchObject({
      unit: 'NOK',
      quantity: 'cost',
      basis: 'calculated',
    });
  });

  it('is missing where a price, a VAT rate or the load is missing', () => {
    const load = series({ from: '2026-01-01T00:00Z' }, ['1', '1', null, '1', ['1', 'estimated']]);
    const spot = price('spot', [
      ['2026-01-01T00:00Z', '1'],
      ['2026-01-01T01:00Z', null],
      ['2026-01-01T02:00Z', '1'],
    ]);
    const vat = {
      points: price('vat', [
        ['2026-01-01T00:00Z', '0.25'],
        ['2026-01-01T03:00Z', null],
        ['2026-01-01T04:00Z', '0.25'],
      ]).points,
    };
    const { value } = costOf(load, [part('Spot', spot)], { ...options, vat });
    expect(valuesOf(value?.total.inclusive)).toEqual(['1.250000', null, null, null, '1.250000']);
    expect(value?.total.inclusive.points.map(({ quality }) => quality)).toEqual([
      'calculated',
      'missing',
      'missing',
      'missing',
      'estimated',
    ]);
    expect(value?.sums.inclusive).toEqual({
      value: '2.500000',
      quality: 'incomplete',
      missing: 3,
      intervals: 5,
    });
    const before = costOf(
      series({ from: '2025-12-31T23:00Z' }, ['1']),
      [part('Spot', spot)],
      options,
    );
    expect(valuesOf(before.value?.total.inclusive)).toEqual([null]);
  });

  it('weighs quarter prices by time within an hour', () => {
    const load = series({ from: '2026-01-01T00:00Z' }, ['2']);
    const spot = price('spot', [
      ['2026-01-01T00:00Z', '1'],
      ['2026-01-01T00:15Z', '2'],
      ['2026-01-01T00:30Z', '3'],
      ['2026-01-01T00:45Z', '4'],
    ]);
    expect(
      valuesOf(
        costOf(load, [part('Spot', spot)], { ...options, vat: NO_VAT }).value?.total.inclusive,
      ),
    ).toEqual(['5.000000']);
  });

  it('spreads a monthly fee so that the hours of a month add up to it, also when clocks change', () => {
    const fee = price('fee', [['2020-01-01T00:00Z', '49']], { per: 'month' });
    for (const [from, hours] of [
      ['2026-02-28T23:00Z', 743],
      ['2026-09-30T22:00Z', 745],
      ['2026-01-31T23:00Z', 672],
    ] as const) {
      const load = series(
        { from },
        Array.from({ length: hours }, () => '1'),
      );
      const { value } = costOf(load, [part('Fastbeløp', fee, 'subscription')], options);
      expect(value?.sums.exclusive.value).toBe('49.000000');
      expect(value?.sums.vat.value).toBe('12.250000');
    }
    const missing = series({ from: '2026-01-31T23:00Z' }, [null, null]);
    const { value } = costOf(missing, [part('Fastbeløp', fee, 'subscription')], options);
    expect(value?.sums.inclusive.missing).toBe(0);
  });

  it('adds up: parts to the total, splitting of the load to the whole', () => {
    const amounts = fc.array(fc.nat(99_999), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(amounts, fc.nat(29), fc.integer({ min: -5000, max: 90_000 }), (all, cut, ore) => {
        const load = series(
          { from: '2026-01-01T00:00Z' },
          all.map((n) => fromScaled(BigInt(n), -3)),
        );
        const parts = [
          part('a', price('a', [['2020-01-01T00:00Z', fromScaled(BigInt(ore), -4)]])),
          part('b', price('b', [['2020-01-01T00:00Z', '0.3333']], { vat: 'inclusive' }), 'grid'),
          part('c', price('c', [['2020-01-01T00:00Z', '100']], { per: 'month' }), 'subscription'),
        ];
        const whole = costOf(load, parts, options).value!;
        const sums = whole.parts.flatMap(({ inclusive }) => valuesOf(inclusive) ?? []) as never[];
        expect(sumDecimal(sums)).toBe(whole.sums.inclusive.value);
        const at = Math.min(cut, all.length - 1);
        const halves = [load.points.slice(0, at), load.points.slice(at)].map(
          (points) => costOf({ ...load, points }, parts, options).value!.total.inclusive.points,
        );
        expect(halves.flat()).toEqual(whole.total.inclusive.points);
      }),
      { numRuns: 40 },
    );
  });

  it('is what a count minute by minute gives', () => {
    const changes = fc.uniqueArray(fc.integer({ min: 1, max: 239 }), { maxLength: 12 });
    const prices = fc.array(fc.integer({ min: -500, max: 5000 }), { minLength: 13, maxLength: 13 });
    const amounts = fc.array(fc.nat(99_999), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(changes, prices, amounts, (minutes, values, all) => {
        const from = toEpochMs(instant('2026-01-01T00:00Z'));
        const starts = [0, ...minutes.toSorted((a, b) => a - b)];
        const spot = price(
          'spot',
          starts.map((minute, i) => [
            formatInstant(from + minute * 60_000),
            fromScaled(BigInt(values[i]!), -3),
          ]),
        );
        const load = series(
          { from: '2026-01-01T00:00Z' },
          all.map((n) => fromScaled(BigInt(n), -3)),
        );
        const { value } = costOf(load, [part('spot', spot)], { ...options, vat: NO_VAT });
        const expected = all.map((amount, hour) => {
          let sum = 0n;
          for (let minute = 60 * hour; minute < 60 * hour + 60; minute++) {
            sum += BigInt(values[starts.findLastIndex((start) => start <= minute)]!);
          }
          return fromScaled(divideRounded(BigInt(amount) * sum, 60n), -6);
        });
        expect(valuesOf(value?.total.inclusive)).toEqual(expected);
      }),
    );
  });

  it('refuses what does not belong together', () => {
    const load = series({ from: '2026-01-01T00:00Z', unit: 'm3', quantity: 'volume' }, ['1']);
    expect(codesOf(costOf(load, [part('a', price('a', []))], options))).toEqual([
      'energy/unit-mismatch',
    ]);
    expect(codesOf(costOf(load, [], options))).toEqual(['energy/no-parts']);
    const water = price('a', [['2020-01-01T00:00Z', '20']], { per: 'm3' });
    expect(valuesOf(costOf(load, [part('a', water)], options).value?.total.inclusive)).toEqual([
      '25.000000',
    ]);
    const euro = { ...water, currency: 'EUR' };
    expect(codesOf(costOf(load, [part('a', water), part('b', euro)], options))).toEqual([
      'energy/currency-mismatch',
    ]);
  });
});

describe('history', () => {
  const load = series({ from: '2026-01-01T00:00Z' }, ['1', '1', '1']);
  const old = price('fixed', [['2025-01-01T00:00Z', '0.80']]);

  it('is not rewritten by a new price', () => {
    const added = addPrice(old, {
      start: instant('2026-01-01T02:00Z'),
      end: null,
      value: decimal('2'),
    });
    expect(added.issues).toEqual([]);
    const [before, after] = [old, added.value].map((one) =>
      valuesOf(costOf(load, [part('a', one)], options).value?.total.inclusive),
    );
    expect(before).toEqual(['1.000000', '1.000000', '1.000000']);
    expect(after).toEqual(['1.000000', '1.000000', '2.500000']);
    expect(old.points).toHaveLength(1);
  });

  it('refuses a price for a time that already has one', () => {
    for (const start of ['2025-01-01T00:00Z', '2024-06-01T00:00Z']) {
      const refused = addPrice(old, { start: instant(start), end: null, value: decimal('9') });
      expect(codesOf(refused)).toEqual(['energy/price-history']);
      expect(refused.value).toBe(old);
    }
    const closed = price('a', [
      ['2025-01-01T00:00Z', '1'],
      ['2025-02-01T00:00Z', '2'],
    ]);
    const ended = { ...closed, points: closed.points.slice(0, 1) };
    expect(addPrice(ended, closed.points[1]!).value.points).toEqual(closed.points);
    expect(
      codesOf(addPrice(ended, { ...closed.points[1]!, start: instant('2025-01-31T00:00Z') })),
    ).toEqual(['energy/price-history']);
    expect(addPrice({ ...old, points: [] }, closed.points[0]!).value.points).toHaveLength(1);
  });

  it('of a monthly fee that changes within the month stays for the days before', () => {
    const fee = price('fee', [['2025-01-01T00:00Z', '31']], { per: 'month' });
    const days = series(
      { from: '2025-12-31T23:00Z', resolution: 'P1D' },
      Array.from({ length: 31 }, () => '1'),
    );
    const cost = (one: PriceSeries) =>
      valuesOf(
        costOf(days, [part('fee', one, 'subscription')], { ...options, vat: NO_VAT }).value?.total
          .inclusive,
      );
    const later = addPrice(fee, {
      start: instant('2026-01-15T23:00Z'),
      end: null,
      value: decimal('62'),
    }).value;
    expect(cost(fee)).toEqual(Array.from({ length: 31 }, () => '1.000000'));
    expect(cost(later)).toEqual(
      Array.from({ length: 31 }, (_, i) => (i < 15 ? '1.000000' : '2.000000')),
    );
  });
});

describe('contracts beside each other', () => {
  const spot = price('spot', [
    ['2026-01-01T00:00Z', '0.50'],
    ['2026-01-01T01:00Z', '1.50'],
    ['2026-01-01T02:00Z', null],
  ]);
  const fixed = price('fixed', [['2025-01-01T00:00Z', '0.90']]);

  it('are compared on the same load, and only where both have a price', () => {
    const load = series({ from: '2026-01-01T00:00Z' }, ['3', '1', '10']);
    const { value } = compareOffers(
      load,
      [
        { name: 'Fixed', parts: [part('a', fixed)] },
        { name: 'Spot', parts: [part('a', spot)] },
      ],
      { ...options, vat: NO_VAT },
    );
    expect(value).toMatchObject({ compared: 2, left: 1, cheapest: 'Spot' });
    expect(value?.offers.map(({ name, cost, above }) => [name, cost, above])).toEqual([
      ['Fixed', '3.600000', '0.600000'],
      ['Spot', '3.000000', '0.000000'],
    ]);
  });

  it('cannot be compared without common prices or in two currencies', () => {
    const load = series({ from: '2026-01-01T02:00Z' }, ['1']);
    const offers = [{ name: 'Spot', parts: [part('a', spot)] }];
    expect(compareOffers(load, offers, options).value).toMatchObject({
      compared: 0,
      cheapest: null,
    });
    const euro = { name: 'Euro', parts: [part('a', { ...fixed, currency: 'EUR' })] };
    expect(codesOf(compareOffers(load, [...offers, euro], options))).toEqual([
      'energy/currency-mismatch',
    ]);
    expect(compareOffers(load, [{ name: 'none', parts: [] }], options).issues[0]?.pointer).toBe(
      '/offers/0',
    );
  });

  // Worked example: Norway's electricity support pays 90 % of the spot price above the threshold, 75 øre/kWh without VAT.
  it('know the Norwegian electricity support as a price of its own', () => {
    const hours = price('spot', [
      ['2026-01-01T00:00Z', '0.50'],
      ['2026-01-01T01:00Z', '1.75'],
      ['2026-01-01T02:00Z', null],
    ]);
    const support = supportAbove(hours, decimal('0.75'), decimal('0.9'), 'Strømstøtte');
    expect(support.points.map(({ value }) => value)).toEqual(['0', '-0.900', null]);
    const load = series({ from: '2026-01-01T00:00Z', zone: STOCKHOLM }, ['2', '2']);
    const { value } = costOf(
      load,
      [part('Spot', hours), part('Strømstøtte', support, 'support')],
      options,
    );
    expect(valuesOf(value?.total.inclusive)).toEqual(['1.250000', '2.125000']);
  });
});
