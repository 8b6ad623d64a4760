import { addIntervals, startOfInterval, type ZoneId } from '@metergram/model';
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { boundaries, intervalAt } from '../src/calendar/boundaries.ts';
import { civilToInstant } from '../src/calendar/civil.ts';
import { zoneOf } from '../src/calendar/zone.ts';

const HOUR = 3_600_000;
const QUARTER = 900_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2041, 0, 1);

const NORDIC = ['Europe/Oslo', 'Europe/Stockholm', 'Europe/Copenhagen', 'Europe/Helsinki'];
/** Zones that do odd things: half hours, midnights that are skipped or come twice, days that never were. */
const ODD = [
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Gaza',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Kwajalein',
  'Asia/Pyongyang',
  'America/Caracas',
  'Europe/Istanbul',
  'Europe/Samara',
  'Antarctica/Troll',
  'Antarctica/Casey',
  'Europe/Dublin',
  'Atlantic/Azores',
  'UTC',
];

const temporal = (time: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);

describe('offsets', () => {
  it.each([...NORDIC, ...ODD])('are those that Temporal has: %s', (zone) => {
    const rules = zoneOf(zone);
    fc.assert(
      fc.property(fc.integer({ min: FROM, max: TO }), (time) => {
        expect(rules.offset(time)).toBe(temporal(time, zone).offsetNanoseconds / 1e6);
      }),
      { numRuns: 40 },
    );
    // and at every change of clocks, the millisecond before, and the change itself
    for (const { at, before, after } of rules.changes(FROM, TO)) {
      expect(temporal(at - 1, zone).offsetNanoseconds / 1e6).toBe(before);
      expect(temporal(at, zone).offsetNanoseconds / 1e6).toBe(after);
    }
  });

  it('change 82 times from 2000 to 2040 in each of the Nordic zones', () => {
    for (const zone of NORDIC) expect(zoneOf(zone).changes(FROM, TO)).toHaveLength(82);
  });
});

describe('days', () => {
  it.each([...NORDIC, ...ODD])(
    'begin where Temporal says, at every change of clocks: %s',
    (zone) => {
      const changes = zoneOf(zone).changes(FROM, TO);
      for (const { at } of changes) {
        const grid = boundaries('P1D', zone, at - 2 * DAY, at + 2 * DAY);
        const expected = new Set<number>();
        const first = temporal(at - 3 * DAY, zone).toPlainDate();
        for (let day = 0; day < 8; day++)
          expected.add(first.add({ days: day }).toZonedDateTime(zone).epochMilliseconds);
        for (const start of grid) expect([start, expected.has(start)]).toEqual([start, true]);
        // they tile: nothing is left out between the first and the last
        const inside = [...expected].filter((b) => b >= grid[0]! && b <= grid.at(-1)!);
        expect([...grid]).toEqual(inside.sort((a, b) => a - b));
      }
    },
  );

  it.each(NORDIC)('have 23, 24 or 25 hours, and are tiled by them: %s', (zone) => {
    const lengths = new Map<number, number>();
    const grid = boundaries('P1D', zone, FROM, TO);
    for (let k = 0; k + 1 < grid.length; k++) {
      const hours = (grid[k + 1]! - grid[k]!) / HOUR;
      lengths.set(hours, (lengths.get(hours) ?? 0) + 1);
      expect(grid[k]! % HOUR).toBe(0);
    }
    expect([...lengths.keys()].sort()).toEqual([23, 24, 25]);
    expect(lengths.get(23)).toBe(41);
    expect(lengths.get(25)).toBe(41);
  });

  it('are tiled by quarters in every zone that the engine has, over every change of clocks', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const changes = zoneOf(zone).changes(FROM, TO);
      for (const { at } of changes)
        for (const b of boundaries('P1D', zone, at - DAY, at + DAY))
          if (b % QUARTER !== 0)
            throw new Error(`${zone}: a day begins at ${new Date(b).toISOString()}`);
    }
    expect(Intl.supportedValuesOf('timeZone').length).toBeGreaterThan(300);
  }, 300_000);

  it('are those of the model in every zone that the engine has, around every change of clocks', () => {
    const other: string[] = [];
    for (const zone of Intl.supportedValuesOf('timeZone') as ZoneId[]) {
      for (const { at } of zoneOf(zone).changes(FROM, TO)) {
        for (const hours of [-25, -1, 0, 0.5, 1, 23, 25]) {
          for (const resolution of ['P1D', 'P1M', 'P1Y'] as const) {
            const time = at + hours * 3_600_000;
            const start = startOfInterval(zone, time, resolution);
            const end = addIntervals(zone, start, resolution, 1);
            const own = intervalAt(resolution, zone, time);
            if (own.start !== start || own.end !== end || start > time || end <= time)
              other.push(`${zone}: ${resolution} at ${new Date(time).toISOString()}`);
          }
        }
      }
    }
    expect(other).toEqual([]);
  }, 300_000);

  it('are skipped where a zone skips them: Apia had no 30 December 2011', () => {
    const [before, after] = boundaries(
      'P1D',
      'Pacific/Apia',
      Date.UTC(2011, 11, 29, 12),
      Date.UTC(2011, 11, 30, 9),
    );
    expect(new Date(before!).toISOString()).toBe('2011-12-29T10:00:00.000Z');
    expect(new Date(after!).toISOString()).toBe('2011-12-30T10:00:00.000Z');
  });

  it('are half an hour shorter or longer on Lord Howe, so that hours do not tile them', () => {
    const lengths = new Set<number>();
    const grid = boundaries('P1D', 'Australia/Lord_Howe', FROM, TO);
    for (let k = 0; k + 1 < grid.length; k++) lengths.add((grid[k + 1]! - grid[k]!) / HOUR);
    expect([...lengths].sort()).toEqual([23.5, 24, 24.5]);
    expect(grid.some((b) => b % HOUR !== 0)).toBe(true);
  });

  it('go on through all of 1960 to 2100', () => {
    const grid = boundaries('P1D', 'Europe/Oslo', Date.UTC(1960, 0, 1), Date.UTC(2100, 0, 1));
    expect(grid.length).toBe(51_137);
  });
});

describe('months and years', () => {
  it.each([...NORDIC, 'Pacific/Apia', 'America/Havana'])(
    'begin where Temporal says: %s',
    (zone) => {
      for (const [resolution, step, months] of [
        ['P1M', { months: 1 }, 1],
        ['P1Y', { years: 1 }, 12],
      ] as const) {
        const grid = boundaries(resolution, zone, FROM, TO);
        let date = temporal(grid[0]!, zone).toPlainDate();
        expect(date.day).toBe(1);
        for (const b of grid) {
          expect(b).toBe(date.toZonedDateTime(zone).epochMilliseconds);
          date = date.add(step);
        }
        expect(grid.length).toBeGreaterThan((41 * 12) / months);
      }
    },
  );
});

describe('the interval at an instant', () => {
  it('holds it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NORDIC, ...ODD),
        fc.constantFrom('PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'),
        fc.integer({ min: FROM, max: TO }),
        (zone, resolution, time) => {
          const { start, end } = intervalAt(resolution as 'P1D', zone, time);
          expect(start).toBeLessThanOrEqual(time);
          expect(end).toBeGreaterThan(time);
        },
      ),
    );
  });
});

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

const twice = (rule: object) => iso(civilToInstant('2026-10-25T02:30', 'Europe/Oslo', rule).time);

const bySummer = (summer: boolean) =>
  iso(civilToInstant('2026-10-25T02:30', 'Europe/Oslo', { summer, twice: 'refuse' }).time);

describe('civil times', () => {
  it('are one instant where they happen once', () => {
    expect(civilToInstant('2026-07-01T12:00', 'Europe/Oslo')).toEqual({
      time: Date.UTC(2026, 6, 1, 10),
      case: 'once',
    });
  });

  it('are the earlier of two unless the rule says otherwise', () => {
    expect(twice({})).toBe('2026-10-25T00:30:00.000Z');
    expect(twice({ twice: 'later' })).toBe('2026-10-25T01:30:00.000Z');
    expect(twice({ twice: 'refuse' })).toBe(null);
  });

  it('follow what the meter says of its clock before any rule', () => {
    expect(bySummer(true)).toBe('2026-10-25T00:30:00.000Z');
    expect(bySummer(false)).toBe('2026-10-25T01:30:00.000Z');
  });

  it('go forward where clocks skip them, or are refused', () => {
    const skipped = civilToInstant('2026-03-29T02:30', 'Europe/Oslo');
    expect([iso(skipped.time), skipped.case]).toEqual(['2026-03-29T01:30:00.000Z', 'never']);
    expect(civilToInstant('2026-03-29T02:30', 'Europe/Oslo', { never: 'refuse' }).time).toBe(null);
  });

  it('are what Temporal makes of them, around every change of clocks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NORDIC, ...ODD).chain((zone) => {
          const changes = zoneOf(zone).changes(FROM, TO);
          return fc.record({
            zone: fc.constant(zone),
            at:
              changes.length === 0
                ? fc.constant(FROM)
                : fc.constantFrom(...changes.map((c) => c.at)),
          });
        }),
        fc.integer({ min: -30 * 60, max: 30 * 60 }),
        fc.boolean(),
        ({ zone, at }, minutes, later) => {
          const local = temporal(at, zone).toPlainDateTime().add({ minutes });
          const text = local.toString().slice(0, 16);
          const ours = civilToInstant(text, zone, { twice: later ? 'later' : 'earlier' });
          const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(zone, {
            disambiguation: ours.case === 'never' || !later ? 'compatible' : 'later',
          });
          expect(ours.time).toBe(expected.epochMilliseconds);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each(['2026-02-30', '2026-1-1', '2026-01-01T24:00', '2026-01-01T12:00Z', '', '2026-13-01'])(
    'are refused where they are none: %s',
    (text) => {
      expect(() => civilToInstant(text, 'Europe/Oslo')).toThrow(
        expect.objectContaining({ code: 'calendar/invalid-time' }),
      );
    },
  );
});
