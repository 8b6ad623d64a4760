import { describe, expect, it } from 'vitest';
import { createAggregatorSync } from '../src/load.ts';
import type { AggregatorOptions } from '../src/options.ts';
import { HOUR, NEW_YEAR } from './feed.ts';
import { MINUTE, one } from './setup.ts';

const qualitiesAt = (minutes: number) => {
  const { give, intervals } = one();
  give([30, 0], [30 + minutes, 100]);
  return intervals().map(([, , quality]) => quality);
};

const gapOf = (options: AggregatorOptions) => createAggregatorSync(options).settings.maxGap;

describe('1: registers in, intervals out', () => {
  it('takes a boundary that was read, and interpolates one that was not', () => {
    const { give, intervals } = one();
    give([0, 1000], [60, 1010], [90, 1020], [150, 1041]);
    expect(intervals()).toEqual([
      [0, 10, 'measured', 0],
      // half of 21 is 10.5: 1030.5 goes to the even 1030
      [1, 20, 'interpolated', 0],
    ]);
  });

  it('rounds half to even by the boundary value, not by its step', () => {
    const odd = one();
    odd.give([30, 1], [90, 2], [150, 3]);
    // 1.5 goes to 2, 2.5 goes to 2
    expect(odd.intervals()).toEqual([[1, 0, 'interpolated', 0]]);
  });

  it('says nothing before the first and after the last reading', () => {
    const { give, intervals } = one();
    give([30, 0], [130, 100]);
    expect(intervals().map(([hour]) => hour)).toEqual([1]);
  });

  it('interpolates across more than 64 bits', () => {
    const { give, intervals } = one({ maxGap: 'P40D' });
    const top = 999_999_999_999_999_999n;
    give([0, 0], [40 * 24 * 60, top]);
    const values = intervals().map(([, value]) => value);
    expect(values).toHaveLength(960);
    expect(values[0]).toBe(1_041_666_666_666_667);
  });
});

describe('2: missing is not zero', () => {
  it('gives no value to a boundary in a gap, and the energy of the gap as one', () => {
    const { give, intervals, gaps, codes } = one();
    give([0, 0], [30, 5], [290, 57], [300, 60], [360, 70]);
    expect(intervals()).toEqual([
      [0, null, 'missing', 0],
      [1, null, 'missing', 0],
      [2, null, 'missing', 0],
      [3, null, 'missing', 0],
      [4, null, 'missing', 0],
      [5, 10, 'measured', 0],
    ]);
    expect(gaps()).toEqual([[0, 300, 60]]);
    expect(codes).toEqual([]);
  });

  it('takes maxGap itself as no gap', () => {
    expect(qualitiesAt(180)).toEqual(['interpolated', 'interpolated']);
    expect(qualitiesAt(181)).toEqual(['missing', 'missing']);
  });

  it('has defaults of 45 minutes, three hours and 36 hours', () => {
    expect(gapOf({ resolution: 'PT15M' })).toBe(45 * MINUTE);
    expect(gapOf({ resolution: 'PT1H' })).toBe(3 * HOUR);
    for (const resolution of ['P1D', 'P1M', 'P1Y'] as const)
      expect(gapOf({ resolution, zone: 'Europe/Oslo' })).toBe(36 * HOUR);
  });

  it('is measured between two read boundaries, however far the readings are apart', () => {
    const { give, intervals } = one({ maxGap: 'PT10M' });
    give([0, 0], [60, 7]);
    expect(intervals()).toEqual([[0, 7, 'measured', 0]]);
  });

  it('tells of a gap that nothing has ended yet, and takes it back when something does', () => {
    const { give, gaps } = one();
    give([0, 0], [310, 62]);
    expect(gaps()).toEqual([[0, 310, 62]]);
    give([370, 80]);
    expect(gaps()).toEqual([[0, 360, 77]]);
    give([120, 20], [240, 40]);
    expect(gaps()).toEqual([]);
  });
});

describe('3: order does not matter', () => {
  it('reopens exactly the intervals that late data touches', () => {
    const { give, intervals } = one();
    give([0, 0], [60, 10], [120, 20], [180, 30], [240, 40]);
    const drained = give([90, 18]);
    expect(drained.intervals.length).toBe(0); // between two boundaries that were read: nothing changes
    give([300, 50], [390, 80]);
    expect(intervals().at(-1)).toEqual([5, 20, 'interpolated', 0]);
    give([350, 50]);
    expect(intervals().slice(-2)).toEqual([
      [4, 10, 'measured', 0],
      [5, 8, 'interpolated', 1],
    ]);
  });

  it('is 48 hours long by default, and tells of what comes later', () => {
    const { give, codes, intervals } = one();
    give([0, 0], [60, 10], [60 + 2880, 20]);
    give([60, 11]);
    expect(codes).toEqual(['reading/conflict']);
    give([59, 9]);
    expect(codes).toEqual(['reading/conflict', 'reading/too-late']);
    expect(intervals()[0]).toEqual([0, null, 'missing', 1]);
  });

  it('keeps everything where lateness is unbounded', () => {
    const { give, codes, intervals } = one({ lateness: 'unbounded' });
    give([60, 10], [60 * 24 * 300, 20]);
    give([0, 4]);
    expect(codes).toEqual([]);
    expect(intervals()[0]).toEqual([0, 6, 'measured', 0]);
  });

  it('takes a repeated reading once', () => {
    const { give, intervals, codes, aggregator } = one();
    give([0, 0], [60, 10], [60, 10], [60, 10]);
    give([0, 0], [60, 10]);
    expect(intervals()).toEqual([[0, 10, 'measured', 0]]);
    expect(codes).toEqual([]);
    expect(aggregator.figures.repeats).toBeGreaterThan(0);
  });
});

describe('4: registers misbehave', () => {
  it('goes on through a roll-over whose capacity is known', () => {
    const { give, intervals, codes } = one({}, { capacity: 1000n });
    give([0, 990], [60, 998], [120, 7]);
    expect(intervals()).toEqual([
      [0, 8, 'measured', 0],
      [1, 9, 'measured', 0],
    ]);
    expect(codes).toEqual(['register/roll-over']);
  });

  it('infers the capacity from the digits, four at least', () => {
    const four = one();
    four.give([0, 9990], [60, 9998], [120, 7]);
    expect(four.intervals()[1]).toEqual([1, 9, 'measured', 0]);
    const three = one();
    three.give([0, 990], [60, 998], [120, 7]);
    expect(three.intervals()[1]).toEqual([1, null, 'missing', 0]);
    expect(three.codes).toEqual(['register/reset']);
  });

  it('makes up no roll-over where the way through the capacity is long, or there is none', () => {
    const long = one({}, { capacity: 10_000n });
    long.give([0, 9000], [60, 9100], [120, 400]);
    expect(long.codes).toEqual(['register/reset']);
    const never = one({}, { capacity: null });
    never.give([0, 9990], [60, 9998], [120, 7]);
    expect(never.codes).toEqual(['register/reset']);
  });

  it('interpolates within a roll-over', () => {
    const { give, intervals } = one({}, { capacity: 1000n });
    give([0, 990], [90, 996], [150, 2], [180, 5]);
    expect(intervals().map(([, value]) => value)).toEqual([4, 5, 6]);
  });

  it('goes on across an exchange of meters, exactly', () => {
    const { aggregator, give, drain, intervals, codes } = one();
    give([0, 5000], [60, 5010]);
    aggregator.exchange(0, NEW_YEAR + 80 * MINUTE, 5013n, 2n);
    drain();
    give([120, 6], [180, 16]);
    expect(intervals()).toEqual([
      [0, 10, 'measured', 0],
      [1, 7, 'measured', 0],
      [2, 10, 'measured', 0],
    ]);
    expect(codes).toEqual(['register/exchange']);
  });

  it('takes neither of two stories of one exchange', () => {
    const { aggregator, give, drain, intervals, codes, gaps } = one();
    give([0, 5000], [120, 6], [180, 16]);
    aggregator.exchange(0, NEW_YEAR + 80 * MINUTE, 5013n, 2n);
    aggregator.exchange(0, NEW_YEAR + 80 * MINUTE, 5013n, 3n);
    drain();
    expect(intervals().map(([, value]) => value)).toEqual([null, null, 10]);
    expect(gaps()).toEqual([[0, 120, null]]);
    expect(codes).toContain('reading/conflict');
  });

  it('does not know what was used across a reset', () => {
    const { give, intervals, gaps, codes, collector } = one();
    give([0, 500], [60, 510], [90, 2], [120, 5], [180, 9]);
    expect(intervals().map(([, value]) => value)).toEqual([10, null, 4]);
    expect(gaps()).toEqual([[60, 120, null]]);
    expect(codes).toEqual(['register/reset']);
    expect(collector.intervals(0)[1]!.fault).toBe(true);
  });

  it('calls a fall that stays a backward jump', () => {
    const { give, intervals, codes } = one();
    give([0, 500], [60, 510], [90, 300], [120, 305], [180, 309]);
    expect(intervals().map(([, value]) => value)).toEqual([10, null, 4]);
    expect(codes).toEqual(['register/backward-jump']);
  });

  it.each([
    ['low', 90],
    ['high', 5000],
  ])('sets one odd reading aside, too %s', (_word, odd) => {
    const { give, intervals, codes } = one();
    give([0, 500], [60, 510], [75, odd], [90, 513], [120, 520]);
    expect(intervals().map(([, value]) => value)).toEqual([10, 10]);
    expect(codes).toEqual(['register/outlier']);
  });

  it('uses neither of two values for one instant', () => {
    const { give, intervals, codes, collector } = one();
    give([0, 0], [60, 10], [60, 13], [90, 15], [120, 20]);
    expect(intervals()).toEqual([
      [0, 10, 'interpolated', 0],
      [1, 10, 'interpolated', 0],
    ]);
    expect(codes).toEqual(['reading/conflict']);
    give([60, 10], [60, 14]);
    expect(codes).toEqual(['reading/conflict']);
    expect(collector.gaps(0)).toEqual([]);
  });

  it('never makes up anything negative', () => {
    const { give, intervals } = one();
    give([0, 9], [30, 8], [60, 7], [90, 6], [120, 5], [150, 4], [180, 3], [240, 2]);
    for (const [, value] of intervals()) expect(value === null || Number(value) >= 0).toBe(true);
  });
});

describe('7: momentary quantities', () => {
  it('gives the time-weighted mean, and minimum and maximum with their instants', () => {
    const { give, collector } = one({}, { kind: 'momentary' });
    give([0, 100], [15, 400], [30, -200], [60, 100]);
    expect(collector.moments(0)).toEqual([
      {
        start: NEW_YEAR,
        value: 62n, // (250·15 + 100·15 − 50·30) / 60 is 62.5
        quality: 'measured',
        revision: 0,
        fault: false,
        min: -200n,
        minTime: NEW_YEAR + 30 * MINUTE,
        max: 400n,
        maxTime: NEW_YEAR + 15 * MINUTE,
      },
    ]);
  });

  it('is missing where a gap lies within, though both ends were read', () => {
    const { give, intervals } = one({ maxGap: 'PT20M' }, { kind: 'momentary' });
    give([0, 1], [15, 1], [45, 1], [60, 1], [80, 1], [100, 1], [120, 1]);
    expect(intervals().map(([, value]) => value)).toEqual([null, 1]);
  });

  it('means 18-digit figures exactly', () => {
    const { give, collector } = one({ maxGap: 'P2D' }, { kind: 'momentary' });
    const top = 10n ** 18n;
    give([0, -top], [30, top - 1n], [60, top]);
    expect(collector.moments(0)[0]!.value).toBe(top / 2n); // half of an odd number, to the even side;
  });
});
