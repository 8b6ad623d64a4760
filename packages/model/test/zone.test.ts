import fc from 'fast-check';
import { nextTransition, toTimeZoneOffset } from './temporal-judge.ts';
import { describe, expect, it } from 'vitest';
import {
  addIntervals,
  civilDate,
  civilTime,
  clockChanges,
  instantOfCivil,
  startOfInterval,
  toEpochMs,
  instant,
  type ZoneId,
  zoneOffsetMs,
} from '@metergram/model';

const zones = [
  'Europe/Oslo',
  'Europe/Helsinki',
  'UTC',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
] as unknown as readonly ZoneId[];
const times = fc.integer({ min: 0, max: 2_200_000_000_000 });
const oslo = zones[0]!;

describe('civil time', () => {
  it('is what another implementation says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), times, (zone, ms) => {
        expect(zoneOffsetMs(zone, ms)).toBe(toTimeZoneOffset(zone, ms));
      }),
    );
  });

  it('changes to the second when another implementation says so', () => {
    const from = Date.UTC(1970, 0, 1);
    const to = Date.UTC(2040, 0, 1);
    // Liberia's clocks were 44:30 behind until 1972, and changed within a quarter of an hour
    for (const zone of [...zones, 'Africa/Monrovia' as ZoneId, 'Asia/Kathmandu' as ZoneId]) {
      const expected = [];
      let before = toTimeZoneOffset(zone, from - 1);
      for (let at = nextTransition(zone, from - 1); at !== null && at < to;) {
        const after = toTimeZoneOffset(zone, at);
        if (after !== before) expected.push({ at, before, after });
        before = after;
        at = nextTransition(zone, at);
      }
      expect(clockChanges(zone, from, to)).toEqual(expected);
    }
    const liberia = clockChanges('Africa/Monrovia' as ZoneId, from, to);
    expect(liberia).toEqual([
      { at: Date.UTC(1972, 0, 7, 0, 44, 30), before: -2_670_000, after: 0 },
    ]);
    expect(zoneOffsetMs('Africa/Monrovia' as ZoneId, liberia[0]!.at - 1)).toBe(-2_670_000);
    expect(zoneOffsetMs('Africa/Monrovia' as ZoneId, liberia[0]!.at)).toBe(0);
  });

  it('goes back to the instant that it came from, of two equal hours to the first', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), times, (zone, ms) => {
        const whole = Math.floor(ms / 1000) * 1000;
        const back = instantOfCivil(zone, civilTime(zone, whole));
        expect(back).toBeLessThanOrEqual(whole);
        expect(civilTime(zone, back)).toEqual(civilTime(zone, whole));
      }),
    );
    const autumn = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 };
    expect(instantOfCivil(oslo, autumn)).toBe(toEpochMs(instant('2026-10-25T00:30Z')));
    const spring = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
    expect(instantOfCivil(oslo, spring)).toBe(toEpochMs(instant('2026-03-29T01:30Z')));
  });

  it('has days of 23, 24 and 25 hours', () => {
    const length = (date: string): number => {
      const start = startOfInterval(oslo, toEpochMs(instant(`${date}T12:00Z`)), 'P1D');
      return (addIntervals(oslo, start, 'P1D', 1) - start) / 3_600_000;
    };
    expect(['2026-03-29', '2026-07-01', '2026-10-25'].map(length)).toEqual([23, 24, 25]);
    expect(civilDate(oslo, toEpochMs(instant('2026-01-31T23:00Z')))).toBe('2026-02-01');
  });

  it('begins a day once, also where clocks go back over its midnight', () => {
    // Until 2011 Goose Bay's clocks went back from 00:01 to 23:01.
    const zone = 'America/Goose_Bay' as ZoneId;
    const at = toEpochMs(instant('2010-11-07T03:01Z'));
    const start = toEpochMs(instant('2010-11-07T03:00Z'));
    expect([civilDate(zone, at - 1), civilDate(zone, at)]).toEqual(['2010-11-07', '2010-11-06']);
    for (const ms of [start, at - 1, at, at + 3_540_000, at + 3_600_000])
      expect(startOfInterval(zone, ms, 'P1D')).toBe(start);
    expect(addIntervals(zone, start, 'P1D', 1) - start).toBe(25 * 3_600_000);
    expect(startOfInterval(zone, start - 1, 'P1D')).toBe(start - 24 * 3_600_000);
  });

  it('counts months from the first and years from January', () => {
    const ms = toEpochMs(instant('2024-02-15T12:00Z'));
    const month = startOfInterval(oslo, ms, 'P1M');
    expect(month).toBe(toEpochMs(instant('2024-01-31T23:00Z')));
    expect(addIntervals(oslo, month, 'P1M', 1)).toBe(toEpochMs(instant('2024-02-29T23:00Z')));
    const year = startOfInterval(oslo, ms, 'P1Y');
    expect(addIntervals(oslo, year, 'P1Y', 1)).toBe(toEpochMs(instant('2024-12-31T23:00Z')));
    expect(addIntervals(oslo, ms, 'PT1H', 2)).toBe(ms + 7_200_000);
    expect(startOfInterval(oslo, ms + 1, 'PT15M')).toBe(ms);
    expect(startOfInterval(oslo, ms + 1, 'PT1H')).toBe(ms);
  });
});
