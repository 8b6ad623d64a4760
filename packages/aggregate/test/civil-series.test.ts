import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaries } from '../src/calendar/boundaries.ts';
import { zoneOf } from '../src/calendar/zone.ts';
import { Collector } from '../src/collect.ts';
import { createAggregatorSync } from '../src/load.ts';
import { HOUR, push, QUARTER } from './feed.ts';
import { countSlowly, type Given } from './reference.ts';

const DAY = 24 * HOUR;
const ZONES = ['Europe/Oslo', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Havana', 'UTC'];

/** What an aggregator makes of readings of one register. */
function series(
  resolution: 'PT15M' | 'PT1H' | 'P1D' | 'P1M' | 'P1Y',
  zone: string,
  given: readonly Given[],
) {
  const aggregator = createAggregatorSync({ resolution, zone, lateness: 'unbounded' });
  aggregator.addRegister({ scale: -3 });
  push(aggregator, given);
  const collector = new Collector();
  collector.add(aggregator.drain());
  return { aggregator, collector, intervals: collector.intervals(0) };
}

describe('days, months and years', () => {
  it('are what the slow twin makes on the same boundaries, readings in any order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom('P1D' as const, 'P1M' as const, 'P1Y' as const),
        fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) }),
        fc.array(fc.record({ hours: fc.integer({ min: 1, max: 60 }), by: fc.nat(9999) }), {
          minLength: 1,
          maxLength: 200,
        }),
        fc.boolean(),
        (zone, resolution, start, steps, backwards) => {
          let t = start;
          let v = 0n;
          const given = steps.map(({ hours, by }) => {
            t += hours * HOUR;
            v += BigInt(by);
            return { t, v };
          });
          const { intervals } = series(resolution, zone, backwards ? given.toReversed() : given);
          const expected = countSlowly(given, {
            grid: [...boundaries(resolution, zone, start, t)],
            maxGap: 36 * HOUR,
            capacity: 0n,
          });
          expect(
            intervals.map(({ start: at, value, quality }) => ({ start: at, value, quality })),
          ).toEqual(expected.intervals);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(ZONES)(
    'come from register boundaries and so are the sums of their quarters: %s',
    (zone) => {
      const changes = zoneOf(zone).changes(Date.UTC(2010, 0, 1), Date.UTC(2013, 0, 1));
      const at = changes[0]?.at ?? Date.UTC(2011, 5, 1);
      const from = boundaries('P1D', zone, at - 3 * DAY, at)[0]!;
      const to = boundaries('P1D', zone, at + 3 * DAY, at + 3 * DAY)[0]!;
      const given: Given[] = [];
      for (let t = from; t <= to; t += QUARTER / 3)
        given.push({ t, v: BigInt((t - from) / 60_000) * 7n });
      const days = series('P1D', zone, given).intervals;
      const quarters = series('PT15M', zone, given).intervals;
      expect(days.length).toBeGreaterThan(4);
      for (const [index, day] of days.entries()) {
        const end = days[index + 1]?.start ?? to;
        const within = quarters.filter(({ start }) => start >= day.start && start < end);
        expect(within.length * QUARTER).toBe(end - day.start);
        expect(within.reduce((sum, { value }) => sum + value!, 0n)).toBe(day.value);
      }
    },
  );

  it('are written as a series with their civil ends', () => {
    const given = [0, 1, 2].map((day) => ({
      t: Date.UTC(2026, 9, 24, 22) + day * DAY + (day > 1 ? HOUR : 0),
      v: BigInt(day * 1500),
    }));
    const { aggregator, collector } = series('P1D', 'Europe/Oslo', given);
    const { points, zone } = collector.series(aggregator, 0, { quantity: 'energy', unit: 'kWh' });
    expect(zone).toBe('Europe/Oslo');
    expect(points[0]).toMatchObject({
      start: '2026-10-24T22:00:00Z',
      end: '2026-10-25T23:00:00Z',
      value: '1.560', // the last of 25 hours is after the reading at 24: 1.500 and one of 25 parts more
      quality: 'interpolated',
    });
  });

  it('refuse what lies outside the time that readings are taken for', () => {
    const { aggregator } = series('P1D', 'Europe/Oslo', []);
    push(aggregator, [{ t: Date.UTC(2200, 0, 1), v: 1n }]);
    expect(aggregator.drain().issues.map(({ code }) => code)).toEqual(['reading/time-range']);
  });
});
