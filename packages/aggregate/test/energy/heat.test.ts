import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, type TimeSeries } from '@metergram/model';
import {
  BASE_17,
  coolingFromRegisters,
  coolingOf,
  degreeDays,
  FINNISH_S17,
  normaliseHeat,
  normaliseSeries,
  returnCharge,
  type ReturnTariff,
  sumIntervals,
} from '@metergram/aggregate/energy';
import { codesOf, type Given, HELSINKI, series, valuesOf } from './series.ts';

const celsius = { unit: '°C', quantity: 'external_temperature', zone: HELSINKI } as const;
const rows = (pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([flow, back]) => ({ flow: decimal(String(flow)), return: decimal(String(back)) }));

describe('degree days', () => {
  // Method as published by the Finnish Meteorological Institute: 17 °C minus the mean; not above +10 in spring, +12 in autumn.
  it.each([
    ['2021-04-14T21:00Z', '-4.7', '21.7000'],
    ['2021-04-14T21:00Z', '10', '7.0000'],
    ['2021-04-14T21:00Z', '10.1', '0.0000'],
    ['2021-09-14T21:00Z', '10.1', '6.9000'],
    ['2021-09-14T21:00Z', '12', '5.0000'],
    ['2021-09-14T21:00Z', '12.1', '0.0000'],
    ['2021-01-14T22:00Z', '18', '0.0000'],
  ])('of a day from %s with a mean of %s °C are %s (S17)', (from, mean, expected) => {
    const days = series({ ...celsius, from, resolution: 'P1D' }, [mean]);
    const { value } = degreeDays(days, FINNISH_S17, { zone: HELSINKI });
    expect(valuesOf(value ?? undefined)).toEqual([expected]);
    expect(value).toMatchObject({ unit: '°C·d', quantity: 'degree_days', resolution: 'P1D' });
  });

  it('weigh hours by time, on days of 23 and 25 hours too', () => {
    // 28 March 2021 has 23 hours in Helsinki, 31 October 2021 has 25.
    for (const [from, hours] of [
      ['2021-03-27T22:00Z', 23],
      ['2021-10-30T21:00Z', 25],
    ] as const) {
      const temperatures = Array.from({ length: hours }, (_, i) => (i === 0 ? '0' : '10'));
      const { value } = degreeDays(series({ ...celsius, from }, temperatures), BASE_17, {
        zone: HELSINKI,
      });
      expect(valuesOf(value ?? undefined)).toEqual([(17 - (10 * (hours - 1)) / hours).toFixed(4)]);
    }
  });

  it('are missing for a day that is not covered, and make the month incomplete', () => {
    const hours: Given[] = Array.from({ length: 71 }, (_, i) => (i === 30 ? null : '7'));
    const { value } = degreeDays(
      series({ ...celsius, from: '2021-01-31T22:00Z' }, hours),
      FINNISH_S17,
      { zone: HELSINKI },
    );
    expect(valuesOf(value ?? undefined)).toEqual(['10.0000', null, null]);
    const month = sumIntervals(value!, 'P1M', HELSINKI);
    expect(month?.points).toMatchObject([{ value: '10.0000', quality: 'incomplete' }]);
  });

  it('need temperatures of days or finer', () => {
    const month = series({ ...celsius, from: '2021-01-31T22:00Z', resolution: 'P1M' }, ['1']);
    expect(codesOf(degreeDays(month, BASE_17, { zone: HELSINKI }))).toEqual(['energy/too-coarse']);
    expect(
      codesOf(degreeDays({ ...month, unit: 'K', resolution: 'P1D' }, BASE_17, { zone: HELSINKI })),
    ).toEqual(['energy/unit-mismatch']);
  });
});

describe('normalised heat', () => {
  // Worked example as published by Riihimäen Kaukolämpö: 4392 / 4357 · 280 + 120 = 402 MWh.
  it('follows the published example', () => {
    const heat = {
      consumption: decimal('400'),
      independent: decimal('120'),
      degreeDays: decimal('4357'),
      normalDegreeDays: decimal('4392'),
    };
    expect(normaliseHeat(heat, 0)).toBe('402');
    expect(normaliseHeat(heat, 2)).toBe('400');
    expect(normaliseHeat(heat)).toBe('402.249');
    expect(normaliseHeat({ ...heat, factor: decimal('1.05') })).toBe('416.362');
    expect(normaliseHeat({ ...heat, degreeDays: decimal('0.0') })).toBeNull();
    expect(normaliseHeat({ ...heat, independent: decimal('401') })).toBeNull();
    // A summer month without heating: what was used is the hot water, whatever the weather.
    const summer = { ...heat, consumption: decimal('120'), degreeDays: decimal('0') };
    expect(normaliseHeat(summer)).toBe('120.000');
    expect(normaliseHeat({ ...summer, normalDegreeDays: decimal('0') })).toBe('120.000');
  });

  it('of a series is missing where it cannot be known', () => {
    const head = {
      from: '2021-12-31T22:00Z',
      zone: HELSINKI,
      resolution: 'P1M',
      unit: 'MWh',
    } as const;
    const heat = series(head, ['50', null, '40', '30', '20', '10']);
    const actual = series({ ...head, unit: '°C·d' }, [
      '668',
      '558',
      ['548', 'incomplete'],
      '425',
      '0',
      '0',
    ]);
    const normal = series({ ...head, unit: '°C·d' }, ['726', '677', '610', '395', '159', '12']);
    const result = normaliseSeries(heat, actual, normal, { independent: decimal('10') });
    expect(valuesOf(result)).toEqual(['53.473', null, null, '28.588', null, '10.000']);
    expect(result.points.map(({ quality }) => quality)).toEqual([
      'calculated',
      'missing',
      'missing',
      'calculated',
      'missing',
      'calculated',
    ]);
    expect(result.basis).toBe('calculated');
  });
});

describe('cooling', () => {
  const head = { from: '2026-01-01T00:00Z', zone: HELSINKI } as const;
  const water = (values: readonly Given[]): TimeSeries =>
    series({ ...head, unit: 'm3', quantity: 'volume' }, values);
  const degrees = (values: readonly Given[]): TimeSeries => series({ ...head, ...celsius }, values);

  it('is weighted by volume: an hour without flow says nothing', () => {
    const { value } = coolingOf(
      water(['1.5', '0', '0.5']),
      degrees(['70', '65', '66']),
      degrees(['30', '60', '34.0']),
    );
    expect(value).toEqual({
      cooling: '38.00',
      flow: '69.00',
      return: '31.00',
      volume: '2.000',
      missing: 0,
      quality: 'calculated',
    });
  });

  it('tells what is missing', () => {
    const { value } = coolingOf(
      water(['1', null, '1', '1']),
      degrees(['70', '70', null]),
      degrees(['30', '30', '30', '30']),
    );
    expect(value).toMatchObject({
      cooling: '40.00',
      volume: '1.000',
      missing: 3,
      quality: 'incomplete',
    });
    const still = coolingOf(water(['0.0']), degrees(['70']), degrees(['30'])).value;
    expect(still).toMatchObject({ cooling: null, flow: null, quality: 'missing' });
    expect(
      codesOf(coolingOf(water(['1']), water(['1']), { ...degrees(['1']), resolution: 'PT15M' })),
    ).toEqual(['energy/unit-mismatch', 'energy/resolution-mismatch']);
  });

  it('comes from the meter’s own registers too', () => {
    const registers = {
      volume: decimal('120.5'),
      volumeTimesFlow: decimal('8435'),
      volumeTimesReturn: decimal('4217.5'),
    };
    expect(coolingFromRegisters(registers)).toEqual({
      cooling: '35.00',
      flow: '70.00',
      return: '35.00',
    });
    expect(coolingFromRegisters({ ...registers, volume: decimal('0') })).toEqual({
      cooling: null,
      flow: null,
      return: null,
    });
  });

  it('is the difference of its two means', () => {
    const hour = fc.tuple(
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 50, max: 90 }),
      fc.integer({ min: 20, max: 49 }),
    );
    fc.assert(
      fc.property(fc.array(hour, { minLength: 1, maxLength: 40 }), (hours) => {
        const { value } = coolingOf(
          water(hours.map(([v]) => (v / 1000).toFixed(3))),
          degrees(hours.map(([, f]) => String(f))),
          degrees(hours.map(([, , r]) => String(r))),
        );
        const volume = hours.reduce((sum, [v]) => sum + v, 0);
        const expected = hours.reduce((sum, [v, f, r]) => sum + v * (f - r), 0) / volume;
        expect(Number(value?.cooling)).toBeCloseTo(expected, 1);
        expect(
          Math.abs(Number(value?.flow) - Number(value?.return) - Number(value?.cooling)),
        ).toBeLessThan(0.011);
      }),
    );
  });
});

describe('expected return temperature', () => {
  const gues: ReturnTariff = {
    name: 'Gues Fjernvarme incitament',
    between: 'below',
    expected: rows([
      [55, 38],
      [56, 38],
      [57, 37],
      [58, 37],
      [59, 35],
      [60, 35],
      [61, 35],
      [62, 34],
      [63, 34],
      [64, 32],
    ]),
    above: { percentPerDegree: decimal('1') },
    below: { percentPerDegree: decimal('1') },
  };
  const skive: ReturnTariff = {
    name: 'Skive Fjernvarme motivationstarif',
    expected: rows([[68, 40.7]]),
    above: { percentPerDegree: decimal('1'), free: decimal('5'), counts: 'all' },
    below: { percentPerDegree: decimal('2') },
  };

  // Worked example as published by Gues: 13.010 MWh, 62.71 °C in, 32.46 °C back, expected 34 °C: −1.54 K, −120.21 kr.
  it('gives the discount that Gues publishes', () => {
    const heat = {
      flow: decimal('62.71'),
      return: decimal('32.46'),
      energy: decimal('13.010'),
      price: decimal('600'),
    };
    expect(returnCharge(gues, heat)).toEqual({
      expected: '34.00',
      deviation: '-1.54',
      percent: '-1.5400',
      surcharge: '-120.21',
    });
  });

  it('takes the row of a flow temperature that stands in the table', () => {
    const heat = { return: decimal('34'), energy: decimal('1'), price: decimal('100') };
    const at = (flow: string) => returnCharge(gues, { ...heat, flow: decimal(flow) })?.expected;
    expect(['61.99', '62', '63.99', '64', '64.01'].map(at)).toEqual([
      '35.00',
      '34.00',
      '34.00',
      '32.00',
      '32.00',
    ]);
  });

  // Worked examples as published by Skive: 18 MWh at 545 kr/MWh; discount 530 kr, free zone, surcharge 716 kr.
  it.each([
    ['38.0', '-2.70', '-529.74'],
    ['43.0', '2.30', '0.00'],
    ['45.7', '5.00', '0.00'],
    ['48.0', '7.30', '716.13'],
  ])('a return of %s °C in Skive', (back, deviation, surcharge) => {
    const heat = {
      flow: decimal('68.0'),
      return: decimal(back),
      energy: decimal('18'),
      price: decimal('545'),
    };
    expect(returnCharge(skive, heat)).toMatchObject({ expected: '40.70', deviation, surcharge });
  });

  it('lies on the line between two rows, and beyond the table on its ends', () => {
    const tariff: ReturnTariff = {
      name: 'x',
      expected: rows([
        [60, 40],
        [70, 30],
      ]),
      above: { percentPerDegree: decimal('2'), free: decimal('1') },
    };
    const at = (flow: string, back: string) =>
      returnCharge(tariff, {
        flow: decimal(flow),
        return: decimal(back),
        energy: decimal('1'),
        price: decimal('100'),
      });
    expect(at('62.5', '40')).toMatchObject({
      expected: '37.50',
      percent: '3.0000',
      surcharge: '3.00',
    });
    expect(at('50', '40')).toMatchObject({ expected: '40.00', percent: '0.0000' });
    expect(at('90', '20')).toMatchObject({ expected: '30.00', percent: '0.0000' });
    expect(
      returnCharge(
        { ...tariff, expected: [] },
        { flow: decimal('1'), return: decimal('1'), energy: decimal('1'), price: decimal('1') },
      ),
    ).toBeNull();
  });
});
