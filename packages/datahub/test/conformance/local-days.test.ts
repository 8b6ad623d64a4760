import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Instant, Resolution, ZoneId } from '@metergram/model';
import { localMidnight } from '../../src/elhub/energy-data.ts';
import { fingridSeries } from '../../src/fingrid-browser.ts';
import { readCsvLayout } from '../../src/files.ts';
import { parseTariffs, tariffSeries } from '../../src/prices-browser.ts';

/** Any day of twelve years, the days of the change of clocks among them more often than by chance. */
const day = fc.oneof(
  fc
    .integer({ min: 0, max: 4_382 })
    .map((days) => Temporal.PlainDate.from('2020-01-01').add({ days })),
  fc
    .record({ year: fc.integer({ min: 2020, max: 2031 }), month: fc.constantFrom(3, 10) })
    .map(({ year, month }) => {
      const last = Temporal.PlainDate.from({ year, month, day: 31 });
      return last.subtract({ days: last.dayOfWeek % 7 });
    }),
);

function instant(zoned: Temporal.ZonedDateTime): Instant {
  return zoned.toInstant().toString().replace('.000', '') as Instant;
}

function midnight(date: Temporal.PlainDate, zone: string): Temporal.ZonedDateTime {
  return date.toZonedDateTime(zone);
}

describe('local days by another implementation', () => {
  test('Finnish series tile every window exactly, at every resolution', () => {
    const steps: Readonly<Record<Resolution, Temporal.DurationLike>> = {
      PT15M: { minutes: 15 },
      PT1H: { hours: 1 },
      P1D: { days: 1 },
      P1M: { months: 1 },
      P1Y: { years: 1 },
    };
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom<Resolution>('PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'),
        (date, count, resolution) => {
          const aligned =
            resolution === 'P1M'
              ? date.with({ day: 1 })
              : resolution === 'P1Y'
                ? date.with({ month: 1, day: 1 })
                : date;
          const from = midnight(aligned, 'Europe/Helsinki');
          const coarse = resolution === 'P1M' || resolution === 'P1Y';
          const to = from.add(coarse ? steps[resolution] : { days: count });
          const { series } = fingridSeries(
            { TimeSeries: [{ ResolutionDuration: resolution, Observations: [] }] },
            { interval: { start: instant(from), end: instant(to) } },
          );
          const wanted: [string, string][] = [];
          for (
            let at = from;
            Temporal.ZonedDateTime.compare(at, to) < 0;
            at = at.add(steps[resolution])
          ) {
            wanted.push([instant(at), instant(at.add(steps[resolution]))]);
          }
          expect(series[0]?.series.points.map(({ start, end }) => [start, end])).toEqual(wanted);
        },
      ),
    );
  });

  test('a Norwegian midnight is written with its offset', () => {
    fc.assert(
      fc.property(day, (date) => {
        const zoned = midnight(date, 'Europe/Oslo');
        expect(localMidnight(date.toString())).toBe(`${date.toString()}T00:00:00${zoned.offset}`);
      }),
    );
  });

  test('a Danish tariff has a price for every hour of the day that there is', () => {
    const row: Record<string, unknown> = {
      ChargeType: 'D03',
      ChargeTypeCode: 'x',
      ValidFrom: '2000-01-01',
    };
    for (let hour = 1; hour <= 24; hour += 1) row[`Price${hour}`] = String(hour);
    const { tariffs } = parseTariffs([row]);
    fc.assert(
      fc.property(day, (date) => {
        const from = midnight(date, 'Europe/Copenhagen');
        const to = midnight(date.add({ days: 1 }), 'Europe/Copenhagen');
        const wanted: [string, string][] = [];
        for (let at = from; Temporal.ZonedDateTime.compare(at, to) < 0; at = at.add({ hours: 1 })) {
          wanted.push([instant(at), String(at.hour + 1)]);
        }
        const [series] = tariffSeries(tariffs, { start: instant(from), end: instant(to) });
        expect(series?.points.map(({ start, value }) => [start, value])).toEqual(wanted);
      }),
    );
  });

  test('a table of local hours comes back as the hours that it was written from', () => {
    fc.assert(
      fc.property(day, (date) => {
        const from = midnight(date, 'Europe/Stockholm');
        const to = midnight(date.add({ days: 1 }), 'Europe/Stockholm');
        const rows: string[] = [];
        const wanted: [string, string][] = [];
        for (let at = from; Temporal.ZonedDateTime.compare(at, to) < 0; at = at.add({ hours: 1 })) {
          rows.push(`${at.toPlainDate().toString()};${at.hour}:00;${rows.length}`);
          wanted.push([instant(at), String(wanted.length)]);
        }
        const { series, issues } = readCsvLayout(`d;t;v\n${rows.join('\n')}`, {
          date: 'd',
          hour: 't',
          value: 'v',
          resolution: 'PT1H',
          zone: 'Europe/Stockholm' as ZoneId,
        });
        expect(issues).toEqual([]);
        expect(series[0]?.points.map(({ start, value }) => [start, value])).toEqual(wanted);
      }),
    );
  });
});
