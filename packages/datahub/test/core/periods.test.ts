import type { Decimal, Instant, SeriesPoint, TimeSeries, ZoneId } from '@metergram/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargePrices } from '../../src/core/charge.ts';
import { halvePeriod, mergePeriods, splitPeriod } from '../../src/core/period.ts';
import { corrections, cutSeries, fillGaps, mergeSeries, revise } from '../../src/core/series.ts';
import {
  addDays,
  daysBetween,
  epoch,
  intervalEnd,
  localInterval,
  startOfDay,
} from '../../src/core/zone.ts';
import { instantOf } from '../../src/core/json.ts';

const zones = ['Europe/Copenhagen', 'Europe/Oslo', 'Europe/Helsinki'] as ZoneId[];
const copenhagen = zones[0] as ZoneId;
const resolutions = ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'] as const;
const date = fc.nat(3_000).map((days) => addDays('2020-01-01', days));

function series(from: string, to: string, resolution: TimeSeries['resolution']): TimeSeries {
  const points: SeriesPoint[] = [];
  const end = startOfDay(to, copenhagen);
  for (let at = startOfDay(from, copenhagen); at < end;) {
    const next = Math.min(end, intervalEnd(at, resolution, copenhagen));
    points.push({
      start: instantOf(at),
      end: instantOf(next),
      value: String(at / 1000) as Decimal,
      quality: 'measured',
    });
    at = next;
  }
  return {
    quantity: 'energy',
    unit: 'kWh',
    direction: 'consumption',
    basis: 'metered',
    resolution,
    zone: copenhagen,
    points,
  };
}

describe('periods', () => {
  it('split and merged are what they were, no part too long, sums not torn', () => {
    fc.assert(
      fc.property(
        date,
        fc.nat(2_000),
        fc.integer({ min: 1, max: 800 }),
        fc.constantFrom(...resolutions),
        (from, days, most, resolution) => {
          const period = { from, to: addDays(from, days) };
          const parts = splitPeriod(period, most, resolution);
          expect(mergePeriods(parts.toReversed())).toEqual(days === 0 ? [] : [period]);
          for (const part of parts)
            expect(daysBetween(part.from, part.to)).toBeLessThanOrEqual(most);
          if (resolution === 'P1M' && most >= 62)
            for (const part of parts.slice(1)) expect(part.from.endsWith('-01')).toBe(true);
          if (resolution === 'P1Y' && most >= 732)
            for (const part of parts.slice(1)) expect(part.from.endsWith('-01-01')).toBe(true);
        },
      ),
    );
  });

  it('halved and merged are what they were; neither half is empty', () => {
    fc.assert(
      fc.property(date, fc.nat(900), fc.constantFrom(...resolutions), (from, days, resolution) => {
        const period = { from, to: addDays(from, days) };
        const halves = halvePeriod(period, resolution);
        if (halves === null) return;
        expect(mergePeriods([...halves])).toEqual([period]);
        for (const half of halves) expect(daysBetween(half.from, half.to)).toBeGreaterThan(0);
      }),
    );
  });

  it('tile every local day exactly, in every zone and on the odd days', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        date,
        fc.constantFrom('PT15M', 'PT1H'),
        (zone, on, resolution) => {
          const { start, end } = localInterval(on, addDays(on, 1), zone);
          const length = resolution === 'PT1H' ? 3_600_000 : 900_000;
          const count = (epoch(end) - epoch(start)) / length;
          const hours = (epoch(end) - epoch(start)) / 3_600_000;
          expect(Number.isInteger(count)).toBe(true);
          expect([23, 24, 25]).toContain(hours);
          expect(intervalEnd(epoch(start), 'P1D', zone)).toBe(epoch(end));
        },
      ),
    );
  });
});

describe('series', () => {
  it('split and merged are unsplit, in whatever order and however often the pieces come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom('PT1H', 'P1D'),
        fc.array(fc.nat(50), { maxLength: 5 }),
        (days, most, resolution, again) => {
          const from = '2026-10-10';
          const to = addDays(from, days);
          const whole = series(from, to, resolution);
          const parts = splitPeriod({ from, to }, most).map((part) =>
            series(part.from, part.to, resolution),
          );
          const pieces = [...parts, ...again.flatMap((at) => parts[at % parts.length] ?? [])];
          expect(mergeSeries(pieces.toReversed())).toEqual([whole]);
        },
      ),
    );
  });

  it('keeps different series apart', () => {
    const one = series('2026-01-01', '2026-01-02', 'PT1H');
    const other: TimeSeries = { ...one, basis: 'profiled' };
    expect(mergeSeries([one, other, one])).toEqual([one, other]);
  });

  it('finds corrections by reading a window again', () => {
    const before = series('2026-01-01', '2026-01-03', 'P1D');
    const [first, second] = before.points as [SeriesPoint, SeriesPoint];
    const changed: SeriesPoint = { ...second, value: '7.5' as Decimal, quality: 'adjusted' };
    const after = { ...before, points: [first, changed] };
    expect(corrections([before], [before])).toEqual([]);
    expect(corrections([before], [after])).toEqual([
      { series: after, before: second, after: changed },
    ]);
    expect(corrections([before], [{ ...before, points: [first] }])[0]).toMatchObject({
      before: second,
      after: null,
    });
    const revised = revise([before], [after]);
    expect(revised[0]?.points.map(({ revision }) => revision)).toEqual([0, 1]);
    expect(revise(revised, revised)[0]?.points.map(({ revision }) => revision)).toEqual([0, 1]);
  });

  it('puts what a hub leaves out in its place as missing', () => {
    const whole = series('2026-10-24', '2026-10-27', 'PT1H');
    const holed = { ...whole, points: whole.points.filter((_, at) => at % 7 !== 0 && at > 3) };
    const filled = fillGaps(
      holed,
      localInterval('2026-10-24', '2026-10-27', copenhagen),
      copenhagen,
    );
    expect(filled.points.map(({ start, end }) => [start, end])).toEqual(
      whole.points.map(({ start, end }) => [start, end]),
    );
    expect(filled.points.filter(({ value }) => value !== null)).toEqual(holed.points);
  });

  it('cuts at instants', () => {
    const whole = series('2026-01-01', '2026-01-02', 'PT1H');
    const interval = {
      start: '2026-01-01T03:00:00Z' as Instant,
      end: '2026-01-01T05:30:00Z' as Instant,
    };
    expect(cutSeries(whole, interval).points.map(({ start }) => start)).toEqual([
      '2026-01-01T03:00:00Z',
      '2026-01-01T04:00:00Z',
      '2026-01-01T05:00:00Z',
    ]);
  });
});

describe('charges as prices', () => {
  const charge = {
    meteringPoint: 'x' as never,
    kind: 'tariff' as const,
    name: 'tariff',
    currency: 'DKK',
    per: 'kWh',
    vat: 'exclusive' as const,
    start: null,
    end: null,
    resolution: 'PT1H' as const,
    rates: Array.from({ length: 24 }, (_, at) => ({
      position: at + 1,
      value: String(at) as Decimal,
    })),
    source: { scheme: 'eloverblik', code: 'tariff' },
  };

  it('charges the hour that comes twice by its hour on the clock, twice', () => {
    const { points } = chargePrices(
      charge,
      localInterval('2026-10-25', '2026-10-26', copenhagen),
      copenhagen,
    );
    expect(points).toHaveLength(24);
    expect(points[2]).toEqual({
      start: '2026-10-25T00:00:00Z',
      end: '2026-10-25T02:00:00Z',
      value: '2',
    });
  });

  it('never charges the hour that is skipped', () => {
    const { points } = chargePrices(
      charge,
      localInterval('2026-03-29', '2026-03-30', copenhagen),
      copenhagen,
    );
    expect(points.map(({ value }) => value)).not.toContain('2');
    expect(points).toHaveLength(23);
  });

  it('has no price where no rate was published', () => {
    const short = { ...charge, rates: charge.rates.slice(0, 5) };
    const { points } = chargePrices(
      short,
      localInterval('2026-06-01', '2026-06-02', copenhagen),
      copenhagen,
    );
    expect(points.at(-1)).toMatchObject({ value: null, end: '2026-06-01T22:00:00Z' });
  });
});
