import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareInstant,
  formatInstant,
  instant,
  intersectIntervals,
  type Interval,
  intervalContains,
  intervalCovers,
  intervalMs,
  intervalsOverlap,
  isInstant,
  makeInterval,
  MAX_EPOCH_MS,
  MIN_EPOCH_MS,
  parseEpochMs,
  parseInstant,
  toEpochMs,
} from '@metergram/model';

const two = (value: number): string => String(value).padStart(2, '0');
const times = fc.integer({ min: MIN_EPOCH_MS, max: MAX_EPOCH_MS });

describe('instants', () => {
  it.each([
    ['2026-02-01T00:00:00+01:00', '2026-01-31T23:00:00Z'],
    ['2026-02-01T00:00Z', '2026-02-01T00:00:00Z'],
    ['2026-02-01 00:00:00.250+0100', '2026-01-31T23:00:00.250Z'],
    ['2026-02-01T00:00:00,5-02', '2026-02-01T02:00:00.500Z'],
    ['2026-01-31T24:00:00Z', '2026-02-01T00:00:00Z'],
    ['2024-02-29T12:00:00.1239999Z', '2024-02-29T12:00:00.123Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s as %s', (text, form) => {
    expect(parseInstant(text)).toBe(form);
    expect(isInstant(form)).toBe(true);
    expect(isInstant(text)).toBe(text === form);
  });

  it.each([
    '',
    '2026-02-01',
    '2026-02-01T00:00:00',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    'x026-01-01T00:00:00Z',
    '2026-01-01Tx0:00:00Z',
    '2026-01-01T00:x0:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-02-01T25:00:00Z',
    '2026-02-01T24:00:01Z',
    '2026-02-01T23:59:60Z',
    '2026-02-01T00:00:00.Z',
    '2026-02-01T00:00:00+1:00',
    '2026-02-01T00:00:00+01:60',
    '2026-02-01T00:00:00+24:00',
    '2026-02-01T00:00:00Z ',
    '2026-02-01X00:00:00Z',
    '2026-02-01T00:00:00+010',
    '2026-02-01T00:00:00+01:000',
    '2026-02-01T00:00:00ZZ',
    '2026/02/01T00:00:00Z',
    '+02026-02-01T00:00:00Z',
    '0000-01-01T00:00:00+01:00',
    `2026-02-01T00:00:00.${'1'.repeat(1_000_000)}Z`,
  ])('refuses %.40j', (text) => {
    expect(parseEpochMs(text)).toBeNull();
    expect(() => instant(text)).toThrow(RangeError);
  });

  it('agrees with the engine on every instant', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: -1439, max: 1439 }), (ms, offset) => {
        expect(toEpochMs(formatInstant(ms))).toBe(ms);
        expect(parseEpochMs(new Date(ms).toISOString())).toBe(ms);
        const shown = ms + offset * 60_000;
        fc.pre(shown >= MIN_EPOCH_MS && shown <= MAX_EPOCH_MS);
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(size / 60))}:${two(size % 60)}`;
        expect(parseEpochMs(new Date(shown).toISOString().replace('Z', zone))).toBe(ms);
      }),
    );
  });

  it('refuses numbers that are no instants', () => {
    for (const ms of [0.5, Number.NaN, MAX_EPOCH_MS + 1, MIN_EPOCH_MS - 1]) {
      expect(() => formatInstant(ms)).toThrow(RangeError);
    }
    expect(() => toEpochMs('tomorrow' as never)).toThrow(RangeError);
    expect(compareInstant(instant('2026-01-01T00:00Z'), instant('2026-01-01T00:00:00.001Z'))).toBe(
      -1,
    );
  });
});

describe('intervals', () => {
  const day: Interval = {
    start: instant('2026-03-28T23:00Z'),
    end: instant('2026-03-29T22:00Z'),
  };

  it('are half-open', () => {
    expect(intervalMs(day)).toBe(23 * 3_600_000);
    expect(intervalContains(day, toEpochMs(day.start))).toBe(true);
    expect(intervalContains(day, toEpochMs(day.end))).toBe(false);
    expect(intervalsOverlap(day, { start: toEpochMs(day.end), end: null })).toBe(false);
    expect(makeInterval(5, 5)).toBeNull();
    expect(makeInterval(0, 1000)).toEqual({
      start: '1970-01-01T00:00:00Z',
      end: '1970-01-01T00:00:01Z',
    });
  });

  it('meet where both hold', () => {
    const bound = fc.option(fc.integer({ min: 0, max: 20 }), { nil: null });
    const open = fc.record({ start: bound, end: bound });
    fc.assert(
      fc.property(open, open, fc.integer({ min: -1, max: 21 }), (a, b, time) => {
        const both = intersectIntervals(a, b);
        const inside = both !== null && intervalContains(both, time);
        expect(inside).toBe(intervalContains(a, time) && intervalContains(b, time));
        expect(intervalsOverlap(a, b)).toBe(both !== null);
        if (intervalCovers(a, b) && intervalContains(b, time)) {
          expect(intervalContains(a, time)).toBe(true);
        }
        if (both !== null) expect(intervalCovers(a, both)).toBe(true);
      }),
    );
  });
});
