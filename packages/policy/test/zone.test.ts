import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../src/duration.ts';
import { parseInstant, zoneOf } from '../src/zone.ts';

const oslo = zoneOf('Europe/Oslo')!;
const at = (text: string): number => Date.parse(text);
const add = (zone: string, from: string, duration: string): string =>
  new Date(zoneOf(zone)!.add(at(from), parseDuration(duration)!)).toISOString();

describe('calendar arithmetic', () => {
  it.each([
    // A month that is too short keeps its last day; the time of day stays.
    ['Europe/Oslo', '2026-01-31T12:00:00+01:00', 'P1M', '2026-02-28T11:00:00.000Z'],
    ['Europe/Oslo', '2028-01-31T12:00:00+01:00', 'P1M', '2028-02-29T11:00:00.000Z'],
    ['Europe/Oslo', '2024-02-29T12:00:00+01:00', 'P1Y', '2025-02-28T11:00:00.000Z'],
    ['Europe/Oslo', '2024-02-29T12:00:00+01:00', 'P4Y', '2028-02-29T11:00:00.000Z'],
    // Civil days keep the clock, elapsed hours do not.
    ['Europe/Oslo', '2026-03-28T12:00:00+01:00', 'P1D', '2026-03-29T10:00:00.000Z'],
    ['Europe/Oslo', '2026-03-28T12:00:00+01:00', 'PT24H', '2026-03-29T11:00:00.000Z'],
    // Into the gap: moved on by it. Into the hour that comes twice: the first.
    ['Europe/Oslo', '2026-03-28T02:30:00+01:00', 'P1D', '2026-03-29T01:30:00.000Z'],
    ['Europe/Oslo', '2026-10-24T02:30:00+02:00', 'P1D', '2026-10-25T00:30:00.000Z'],
    // Nothing added to the second of two equal hours stays there.
    ['Europe/Oslo', '2026-10-25T02:30:00+01:00', 'P0D', '2026-10-25T01:30:00.000Z'],
    // Half-hour change, and a zone without a change.
    ['Australia/Lord_Howe', '2026-04-04T12:00:00+11:00', 'P1D', '2026-04-05T01:30:00.000Z'],
    ['UTC', '2026-12-31T23:00:00Z', 'P1Y2M3DT4H', '2028-03-04T03:00:00.000Z'],
  ])('%s: %s + %s', (zone, from, duration, expected) => {
    expect(add(zone, from, duration)).toBe(expected);
  });

  it('reads durations and nothing else', () => {
    for (const good of ['P3Y', 'P1M', 'P2W', 'P0D', 'PT72H', 'P1Y2M3DT4H5M6S'])
      expect(parseDuration(good)).not.toBeNull();
    for (const bad of ['', 'P', 'PT', '3Y', 'P1.5Y', 'P-1D', 'P1H', 'PT1D', 'p1y', 'P1Y ', 'P1D1M'])
      expect(parseDuration(bad)).toBeNull();
  });

  it('knows days that do not exist', () => {
    expect(parseInstant('2026-02-29', oslo)).toBeNull();
    expect(parseInstant('2028-02-29', oslo)).toBe(at('2028-02-29T00:00:00+01:00'));
    expect(parseInstant('2026-00-10', oslo)).toBeNull();
    expect(parseInstant('2026-06-01T10:00:00+02:00', oslo)).toBe(at('2026-06-01T08:00:00Z'));
    expect(parseInstant('2026-06-01T10:00:00', oslo)).toBeNull();
    expect(zoneOf('Mars/Base')).toBeNull();
  });

  it('every instant comes back from its civil time, but for the second of two', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('1995-01-01T00:00:00Z'), max: at('2045-01-01T00:00:00Z') }),
        fc.constantFrom(
          'Europe/Oslo',
          'Europe/Helsinki',
          'America/Sao_Paulo',
          'Asia/Kathmandu',
          'Africa/Casablanca',
        ),
        (instant, name) => {
          const zone = zoneOf(name)!;
          const back = zone.instant(instant + zone.offset(instant));
          expect(back + zone.offset(back)).toBe(instant + zone.offset(instant));
          expect(back).toBeLessThanOrEqual(instant);
        },
      ),
      { numRuns: 300 },
    );
  });
});
