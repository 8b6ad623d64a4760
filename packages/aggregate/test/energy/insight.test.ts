import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, instant, type Interval } from '@metergram/model';
import {
  baseLoad,
  type CarbonIntensity,
  carbonOf,
  comparePeriods,
  neverStill,
  sumIntervals,
  unusualAmongPeers,
  unusualInHistory,
} from '@metergram/aggregate/energy';
import { codesOf, type Given, OSLO, price, series, UTC, valuesOf } from './series.ts';

const between = (start: string, end: string): Interval => ({
  start: instant(start),
  end: instant(end),
});
const context = { zone: OSLO };

describe('sums of intervals', () => {
  it('are incomplete where a part is missing, missing where all are', () => {
    const quarters = series({ from: '2026-01-01T00:00Z', resolution: 'PT15M' }, [
      '1',
      '2',
      '3',
      '4',
      '1',
      null,
      '1',
      '1',
      null,
      null,
      null,
      null,
      '5',
    ]);
    const hours = sumIntervals(quarters, 'PT1H', OSLO);
    expect(hours?.points.map(({ value, quality }) => [value, quality])).toEqual([
      ['10', 'measured'],
      ['3', 'incomplete'],
      [null, 'missing'],
      ['5', 'incomplete'],
    ]);
    expect(sumIntervals(hours!, 'PT15M', OSLO)).toBeNull();
    expect(sumIntervals(hours!, 'PT1H', OSLO)).toBe(hours);
    const [first, , , last] = hours!.points;
    const apart = sumIntervals({ ...hours!, points: [first!, last!] }, 'P1D', OSLO);
    expect(apart?.points.map(({ value, quality }) => [value, quality])).toEqual([
      ['15', 'incomplete'],
    ]);
    expect(() => sumIntervals(hours!, 'P1D', 'America/St_Johns' as typeof OSLO)).toThrow(
      expect.objectContaining({ code: 'series/not-tiled' }),
    );
  });
});

describe('base load', () => {
  // Worked example, nearest rank: of 20 hours the 5 % quantile is the smallest, the 10 % quantile the second smallest.
  const values = Array.from({ length: 20 }, (_, i) => `0.${String(20 - i).padStart(2, '0')}`);

  it('is a low quantile of power', () => {
    const load = series({ from: '2026-01-01T00:00Z' }, values);
    const power = (share: string) =>
      baseLoad(load, { kind: 'quantile', share: decimal(share) }, context).value;
    expect(power('0.05')).toEqual({
      power: '0.010',
      share: '0.0952',
      intervals: 20,
      missing: 0,
      quality: 'calculated',
    });
    expect(power('0.1')?.power).toBe('0.020');
    expect(power('0.11')?.power).toBe('0.030');
    expect(power('0')?.power).toBe('0.010');
    expect(power('1')?.power).toBe('0.200');
  });

  it('or the median at night, by the clocks on the wall', () => {
    const day = Array.from({ length: 24 }, (_, hour) =>
      hour >= 2 && hour < 5 ? `0.${hour}` : '1',
    );
    const load = series({ from: '2025-12-31T23:00Z' }, [...day, ...day]);
    const night = { kind: 'band', band: { hours: [{ from: 2, to: 5 }] } } as const;
    expect(baseLoad(load, night, context).value).toMatchObject({ power: '0.300', intervals: 6 });
    const two = { kind: 'band', band: { hours: [{ from: 2, to: 4 }] } } as const;
    expect(baseLoad(load, two, context).value?.power).toBe('0.250');
  });

  it('is not made of what is missing', () => {
    const load = series({ from: '2026-01-01T00:00Z', unit: 'Wh' }, [null, '500', '700']);
    const half = { kind: 'quantile', share: decimal('0.5') } as const;
    expect(baseLoad(load, half, context).value).toMatchObject({
      power: '0.500',
      missing: 1,
      quality: 'incomplete',
    });
    expect(codesOf(baseLoad(series({ from: '2026-01-01T00:00Z' }, [null]), half, context))).toEqual(
      ['energy/no-intervals'],
    );
    expect(codesOf(baseLoad({ ...load, unit: 'm3' }, half, context))).toEqual([
      'energy/unit-mismatch',
    ]);
    const odd = { kind: 'quantile', share: decimal('1.1') } as const;
    expect(codesOf(baseLoad(load, odd, context))).toEqual(['energy/share-range']);
  });
});

const days = (values: readonly Given[]) =>
  series({ from: '2025-12-31T23:00Z', resolution: 'P1D' }, values);

describe('comparison of periods', () => {
  const january = between('2025-12-31T23:00Z', '2026-01-31T23:00Z');
  const february = between('2026-01-31T23:00Z', '2026-02-28T23:00Z');

  // Worked example: 31 days of 10 kWh beside 28 days of 11 kWh: 308 − 310 = −2 kWh, but 10 % more a day.
  it('tells sums and means a day apart', () => {
    const load = days([
      ...Array.from({ length: 31 }, () => '10'),
      ...Array.from({ length: 28 }, () => '11'),
    ]);
    const { value } = comparePeriods(load, january, february);
    expect(value).toMatchObject({
      before: { value: '310', perDay: '10.000', coverage: '1.0000', quality: 'measured' },
      after: { value: '308', perDay: '11.000', coverage: '1.0000' },
      difference: '-2',
      percent: '-0.65',
      perDayDifference: '1.000',
      perDayPercent: '10.00',
    });
  });

  it('does not compare sums of which a part is missing', () => {
    const load = days([...Array.from({ length: 30 }, () => '10'), null, '11', '11']);
    const { value } = comparePeriods(load, january, february);
    expect(value).toMatchObject({
      before: {
        value: '300',
        missing: 1,
        quality: 'incomplete',
        perDay: '10.000',
        coverage: '0.9677',
      },
      after: { value: '22', quality: 'incomplete', coverage: '0.0714' },
      difference: null,
      percent: null,
      perDayDifference: '1.000',
      perDayPercent: '10.00',
    });
    const nothing = comparePeriods(days([]), january, february).value;
    expect(nothing).toMatchObject({
      before: { value: null, perDay: null, coverage: '0.0000' },
      perDayPercent: null,
    });
  });

  it('has no percent of nothing, and no period that ends before it starts', () => {
    const load = series({ from: '2026-01-01T00:00Z', zone: UTC }, ['0', '5']);
    const hours = [
      between('2026-01-01T00:00Z', '2026-01-01T01:00Z'),
      between('2026-01-01T01:00Z', '2026-01-01T02:00Z'),
    ] as const;
    expect(comparePeriods(load, hours[0], hours[1]).value).toMatchObject({
      difference: '5',
      percent: null,
    });
    expect(comparePeriods(load, hours[1], hours[0]).value).toMatchObject({
      difference: '-5',
      percent: '-100.00',
    });
    const instantly = { start: hours[0].start, end: hours[0].start };
    expect(comparePeriods(load, instantly, hours[1]).value).toBeNull();
    expect(comparePeriods(load, hours[1], instantly).value).toBeNull();
    expect(
      codesOf(comparePeriods(load, { start: hours[0].end, end: hours[0].start }, hours[1])),
    ).toEqual(['energy/empty-period']);
  });

  it('of the exchanged periods has the opposite sign', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9999), { minLength: 59, maxLength: 59 }), (values) => {
        const load = days(values.map((n) => String(n)));
        const there = comparePeriods(load, january, february).value!;
        const back = comparePeriods(load, february, january).value!;
        expect(Number(there.difference) + Number(back.difference)).toBe(0);
        expect(there.before).toEqual(back.after);
      }),
      { numRuns: 30 },
    );
  });
});

const intensity = (entries: readonly (readonly [string, string | null])[]): CarbonIntensity => ({
  method: 'location-based',
  per: 'kWh',
  points: price('x', entries).points,
});

describe('carbon', () => {
  // Worked example of the method (GHG Protocol, Scope 2: activity times factor): 2 kWh at 125 g and 0.5 kWh at 40 g.
  it('is energy times intensity, hour by hour', () => {
    const load = series({ from: '2026-01-01T00:00Z' }, ['2', '0.5']);
    const { value } = carbonOf(
      load,
      intensity([
        ['2026-01-01T00:00Z', '125'],
        ['2026-01-01T01:00Z', '40'],
      ]),
    );
    expect(valuesOf(value ?? undefined)).toEqual(['250.000', '20.000']);
    expect(value).toMatchObject({ quantity: 'carbon', unit: 'g', basis: 'calculated' });
  });

  it('weighs five-minute intensities by time, and knows nothing of what was not published', () => {
    const load = series({ from: '2026-01-01T00:00Z', unit: 'MWh' }, ['0.001', '1', null]);
    const five = intensity([
      ['2026-01-01T00:00Z', '100'],
      ['2026-01-01T00:05Z', '40'],
      ['2026-01-01T01:00Z', null],
      ['2026-01-01T02:00Z', '1'],
    ]);
    expect(valuesOf(carbonOf(load, five).value ?? undefined)).toEqual(['45.000', null, null]);
    expect(codesOf(carbonOf({ ...load, unit: 'm3' }, five))).toEqual(['energy/unit-mismatch']);
  });
});

const peer = (value: string, size = '100') => ({ value: decimal(value), size: decimal(size) });

const dailies = (values: readonly Given[]) =>
  series({ from: '2026-01-04T23:00Z', resolution: 'P1D' }, values);

describe('unusual consumption', () => {
  const rule = { zone: OSLO };

  // Worked example: earlier days 9 9 10 10 10 11 11 have the median 10 and the median absolute deviation 1.
  it('against one’s own history is far from the median, with the reason', () => {
    const found = unusualInHistory(
      dailies(['9', '11', '10', '10', '9', '11', '10', '25', '10', '3']),
      rule,
    );
    expect(found).toMatchObject([
      { code: 'unusual/history-high', value: '25', expected: '10.000', ratio: '2.50', samples: 7 },
      { code: 'unusual/history-low', value: '3', expected: '10.000', ratio: '0.30', samples: 9 },
    ]);
    expect(found[0]?.reason).toBe(
      '25 kWh, where the median of 7 earlier ones is 10.000 (2.50 times)',
    );
    expect(found[0]?.interval).toEqual(between('2026-01-11T23:00Z', '2026-01-12T23:00Z'));
  });

  it('says nothing with too little history, within the usual spread, or of what is missing', () => {
    expect(unusualInHistory(dailies(['1', '1', '1', '1', '1', '1', '99']), rule)).toEqual([]);
    expect(unusualInHistory(dailies(['2', '20', '4', '16', '8', '12', '10', '18']), rule)).toEqual(
      [],
    );
    expect(
      unusualInHistory(
        dailies(['9', '11', '10', '10', '9', '11', '10', null, ['99', 'incomplete']]),
        rule,
      ),
    ).toEqual([]);
  });

  it('begins beyond the bounds, not on them', () => {
    const flat = ['15', '15', '15', '15', '15', '15', '15'];
    const after = (value: string) =>
      unusualInHistory(dailies([...flat, value]), rule).map(({ code }) => code);
    expect(['10', '22.5'].map(after)).toEqual([[], []]);
    expect(['9.999', '22.501'].map(after)).toEqual([
      ['unusual/history-low'],
      ['unusual/history-high'],
    ]);
    const spread = ['11', '19', '13', '17', '15', '13', '17'];
    const wide = (value: string) =>
      unusualInHistory(dailies([...spread, value]), { ...rule, deviations: decimal('4') });
    expect(wide('23')).toEqual([]);
    expect(wide('23.001')).toHaveLength(1);
  });

  it('may compare Saturdays with Saturdays', () => {
    const week = ['10', '10', '10', '10', '10', '2', '2'];
    const weeks = [...week, ...week, ...week, ...week, '10', '10', '10', '10', '10', '10', '2'];
    const codes = (sameWeekday: boolean) =>
      unusualInHistory(dailies(weeks), {
        ...rule,
        sameWeekday,
        minimum: 4,
        deviations: decimal('3'),
      }).map(({ interval }) => interval?.start.slice(0, 10));
    expect(codes(true)).toEqual(['2026-02-06']);
    expect(codes(false)).not.toContain('2026-02-06');
  });

  it('does not depend on what came after', () => {
    const values = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 8, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.nat(39), (all, cut) => {
        const text = all.map(String);
        const whole = unusualInHistory(dailies(text), rule);
        const part = unusualInHistory(dailies(text.slice(0, cut)), rule);
        expect(whole.slice(0, part.length)).toEqual(part);
      }),
    );
  });

  it('against a peer group is much more for each square metre', () => {
    const group = ['9000', '10000', '11000', '12000', '13000'].map((value) => peer(value));
    expect(unusualAmongPeers(peer('20000'), group, { unit: 'kWh/m²' })).toEqual({
      code: 'unusual/peers-high',
      interval: null,
      value: '200.000',
      expected: '110.000',
      ratio: '1.82',
      samples: 5,
      reason: '200.000 kWh/m², where the median of 5 like it is 110.000 (1.82 times)',
    });
    expect(unusualAmongPeers(peer('20000', '200'), group, { unit: 'kWh/m²' })).toBeNull();
    expect(unusualAmongPeers(peer('16500'), group, { unit: 'kWh/m²' })).toBeNull();
    expect(unusualAmongPeers(peer('99999'), group.slice(1), { unit: 'kWh/m²' })).toBeNull();
    expect(unusualAmongPeers(peer('1', '0'), group, { unit: 'kWh/m²' })).toBeNull();
  });

  it('never standing still is a leak', () => {
    const hours = [
      ...Array.from({ length: 5 }, () => '0'),
      ...Array.from({ length: 24 }, (_, i) => (i === 3 ? '0.002' : '0.010')),
      '0',
      '0.5',
      null,
      '0.5',
    ];
    const water = series({ from: '2026-01-01T00:00Z', unit: 'm3', quantity: 'volume' }, hours);
    expect(neverStill(water, { hours: 24, threshold: decimal('0.001') })).toMatchObject([
      {
        code: 'unusual/never-still',
        interval: { start: '2026-01-01T05:00:00Z', end: '2026-01-02T05:00:00Z' },
        value: '0.002',
        samples: 24,
      },
    ]);
    expect(neverStill(water, { hours: 25, threshold: decimal('0.001') })).toEqual([]);
    expect(neverStill(water, { hours: 24, threshold: decimal('0.002') })).toEqual([]);
  });
});
