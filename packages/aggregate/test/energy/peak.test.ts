import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, fromScaled, type TimeSeries } from '@metergram/model';
import { peakMonths, type PeakTariff } from '@metergram/aggregate/energy';
import { codesOf, type Given, OSLO, series, STOCKHOLM } from './series.ts';

const STEPS = [
  { below: decimal('2'), price: decimal('110') },
  { below: decimal('5'), price: decimal('170') },
  { below: decimal('10'), price: decimal('270') },
  { below: decimal('15'), price: decimal('370') },
  { below: decimal('20'), price: decimal('470') },
  { below: decimal('25'), price: decimal('570') },
];

/** Elvia's fixed charge for homes from 1 February 2023, kr a month by the mean of three daily maxima. */
const ELVIA: PeakTariff = {
  name: 'Elvia fastledd',
  currency: 'NOK',
  vat: 'inclusive',
  resolution: 'PT1H',
  peaks: 3,
  days: 'different',
  weights: [{ band: {}, weight: decimal('1') }],
  charges: [{ band: {}, charge: { kind: 'steps', steps: STEPS } }],
};

/** Sollentuna Energi & Miljö (SEOM) 2020: the three highest hours of working days 7–19; 55.75 and 111.50 kr/kW with VAT. */
const SEOM: PeakTariff = {
  name: 'SEOM effektavgift',
  currency: 'SEK',
  vat: 'inclusive',
  resolution: 'PT1H',
  peaks: 3,
  days: 'any',
  weights: [
    {
      band: { weekdays: [1, 2, 3, 4, 5], hours: [{ from: 7, to: 19 }], holidays: 'except' },
      weight: decimal('1'),
    },
  ],
  charges: [
    {
      band: { months: [4, 5, 6, 7, 8, 9, 10] },
      charge: { kind: 'per-kw', price: decimal('55.75') },
    },
    { band: {}, charge: { kind: 'per-kw', price: decimal('111.50') } },
  ],
};

/** A month of 1 kWh an hour, with other values at the given hours, counted from its beginning. */
function month(
  from: string,
  hours: number,
  peaks: Readonly<Record<number, Given>>,
  zone = OSLO,
): TimeSeries {
  return series(
    { from, zone },
    Array.from({ length: hours }, (_, i) => (i in peaks ? peaks[i]! : '1')),
  );
}

describe('the Norwegian step', () => {
  // Worked example: three daily maxima of 6.1, 5.2 and 3.1 kWh have the mean 4.8 kW: step 2–5 kW, 170 kr.
  it('takes the highest hour of each of three days', () => {
    const load = month('2023-02-28T23:00Z', 743, { 18: '6.1', 19: '6.0', 43: '5.2', 500: '3.1' });
    const { value, issues } = peakMonths(load, ELVIA, { zone: OSLO });
    expect(issues).toEqual([]);
    expect(value).toHaveLength(1);
    expect(value?.[0]).toMatchObject({
      start: '2023-02-28T23:00:00Z',
      end: '2023-03-31T22:00:00Z',
      level: '4.800',
      step: 1,
      cost: '170.00',
      quality: 'measured',
      missing: 0,
    });
    expect(value?.[0]?.peaks.map(({ start, power }) => [start, power])).toEqual([
      ['2023-03-01T17:00:00Z', '6.100'],
      ['2023-03-02T18:00:00Z', '5.200'],
      ['2023-03-21T19:00:00Z', '3.100'],
    ]);
  });

  it('chooses the step before it rounds, and lets the tariff say whose the bound is', () => {
    const level = (a: string, tariff = ELVIA) =>
      peakMonths(month('2023-01-31T23:00Z', 672, { 0: a, 30: '5', 60: '5' }), tariff, {
        zone: OSLO,
      }).value?.[0];
    expect(level('4.9999')).toMatchObject({ level: '5.000', step: 1, cost: '170.00' });
    expect(level('5')).toMatchObject({ level: '5.000', step: 2, cost: '270.00' });
    const inclusive: PeakTariff = {
      ...ELVIA,
      charges: [{ band: {}, charge: { kind: 'steps', steps: STEPS, inclusive: true } }],
    };
    expect(level('5', inclusive)).toMatchObject({ step: 1 });
    expect(level('5.0001', inclusive)).toMatchObject({ step: 2 });
    expect(level('100')).toMatchObject({ level: '36.667', step: null, cost: null });
  });

  it('says when hours are missing that could have been a peak', () => {
    const load = month('2023-01-31T23:00Z', 672, {
      0: '3',
      30: '3',
      60: ['3', 'estimated'],
      61: null,
      62: null,
    });
    expect(peakMonths(load, ELVIA, { zone: OSLO }).value?.[0]).toMatchObject({
      level: '3.000',
      quality: 'incomplete',
      missing: 2,
    });
    const started = month('2023-01-31T23:00Z', 30, { 0: '3' });
    expect(peakMonths(started, ELVIA, { zone: OSLO }).value?.[0]).toMatchObject({
      level: '2.000',
      quality: 'incomplete',
      missing: 642,
    });
    const whole = month('2023-01-31T23:00Z', 672, { 0: '3', 30: '3', 60: ['3', 'estimated'] });
    expect(peakMonths(whole, ELVIA, { zone: OSLO }).value?.[0]?.quality).toBe('estimated');
    const nothing = series({ from: '2023-01-31T23:00Z' }, [null]);
    expect(peakMonths(nothing, ELVIA, { zone: OSLO }).value?.[0]).toMatchObject({
      peaks: [],
      level: null,
      step: null,
      cost: null,
      quality: 'missing',
    });
  });
});

describe('a Swedish tariff', () => {
  // Worked example as published by SEOM: a mean of 5.7 kW costs 317.78 kr in summer and 635.55 kr in winter.
  it.each([
    ['2020-05-31T22:00Z', 720, '317.78'],
    ['2020-01-31T23:00Z', 696, '635.55'],
  ])('from %s', (from, hours, cost) => {
    // The fifth of June and of February 2020 are working days, a Friday and a Wednesday; all three peaks on one day.
    const at = 4 * 24;
    const load = month(
      from,
      hours,
      { [at + 8]: '5.9', [at + 9]: '5.7', [at + 18]: '5.5', [at + 19]: '9', [at + 6]: '9' },
      STOCKHOLM,
    );
    expect(peakMonths(load, SEOM, { zone: STOCKHOLM }).value?.[0]).toMatchObject({
      level: '5.700',
      cost,
      step: null,
    });
  });

  it('leaves out weekends and holidays, which are given as dates', () => {
    // 1 May 2020 is a Friday, 2 May a Saturday, 4 May a Monday.
    const load = month('2020-04-30T22:00Z', 744, { 10: '7', 34: '8', 82: '5' }, STOCKHOLM);
    const without = peakMonths(load, SEOM, { zone: STOCKHOLM }).value?.[0];
    expect(without?.peaks.map(({ power }) => power)).toEqual(['7.000', '5.000', '1.000']);
    const holidays = new Set(['2020-05-01']);
    const known = peakMonths(load, SEOM, { zone: STOCKHOLM, holidays }).value?.[0];
    expect(known?.peaks.map(({ power }) => power)).toEqual(['5.000', '1.000', '1.000']);
  });

  it('may count nights by half, and quarters instead of hours', () => {
    const half: PeakTariff = {
      ...SEOM,
      days: 'different',
      peaks: 1,
      resolution: 'PT15M',
      weights: [
        { band: { hours: [{ from: 22, to: 6 }] }, weight: decimal('0.5') },
        { band: {}, weight: decimal('1') },
      ],
    };
    const load = series({ from: '2025-01-31T23:00Z', zone: STOCKHOLM, resolution: 'PT15M' }, [
      '2.5',
      ...Array.from({ length: 30 }, () => '0.1'),
      '1',
      '0.9',
    ]);
    const [found] = peakMonths(load, half, { zone: STOCKHOLM }).value ?? [];
    expect(found?.peaks).toMatchObject([{ power: '10.000', counted: '5.000' }]);
    const hourly = peakMonths(load, { ...half, resolution: 'PT1H' }, { zone: STOCKHOLM })
      .value?.[0];
    expect(hourly?.peaks).toMatchObject([
      { start: '2025-01-31T23:00:00Z', power: '2.800', counted: '1.400' },
    ]);
  });
});

describe('peaks', () => {
  it('of equal height are taken in order of time', () => {
    const load = month('2023-01-31T23:00Z', 672, { 5: '3', 7: '3', 30: '3', 100: '3', 200: '3' });
    const starts = (days: 'any' | 'different') =>
      peakMonths(load, { ...ELVIA, days }, { zone: OSLO }).value?.[0]?.peaks.map(
        ({ start }) => start,
      );
    expect(starts('any')).toEqual([
      '2023-02-01T04:00:00Z',
      '2023-02-01T06:00:00Z',
      '2023-02-02T05:00:00Z',
    ]);
    expect(starts('different')).toEqual([
      '2023-02-01T04:00:00Z',
      '2023-02-02T05:00:00Z',
      '2023-02-05T03:00:00Z',
    ]);
  });

  it('are what a slow search over all choices finds', () => {
    const hours = fc.array(fc.nat(50), { minLength: 72, maxLength: 120 });
    fc.assert(
      fc.property(
        hours,
        fc.constantFrom('different', 'any'),
        fc.integer({ min: 1, max: 4 }),
        (all, days, peaks) => {
          const load = series(
            { from: '2023-01-31T23:00Z' },
            all.map((n) => fromScaled(BigInt(n), -1)),
          );
          const [found] =
            peakMonths(load, { ...ELVIA, days: days as 'any', peaks }, { zone: OSLO }).value ?? [];
          const pool =
            days === 'any'
              ? all
              : Array.from({ length: Math.ceil(all.length / 24) }, (_, d) =>
                  Math.max(...all.slice(24 * d, 24 * d + 24)),
                );
          const best = pool.toSorted((a, b) => b - a).slice(0, peaks);
          expect(found?.peaks.map(({ power }) => Number(power) * 10)).toEqual(best);
          const mean = best.reduce((a, b) => a + b, 0) / best.length / 10;
          expect(Number(found?.level)).toBeCloseTo(mean, 2);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('need energy, and intervals no coarser than the tariff', () => {
    const days = series({ from: '2023-01-31T23:00Z', resolution: 'P1D' }, ['24']);
    expect(codesOf(peakMonths(days, ELVIA, { zone: OSLO }))).toEqual(['energy/too-coarse']);
    const water = series({ from: '2023-01-31T23:00Z', unit: 'm3' }, ['24']);
    expect(codesOf(peakMonths(water, ELVIA, { zone: OSLO }))).toEqual(['energy/unit-mismatch']);
    for (const load of [days, water]) {
      expect(peakMonths(load, ELVIA, { zone: OSLO }).value).toBeNull();
    }
    const heat = series({ from: '2023-01-31T23:00Z', unit: 'MJ' }, ['36']);
    expect(peakMonths(heat, ELVIA, { zone: OSLO }).value?.[0]?.level).toBe('10.000');
  });
});
