import { describe, expect, test } from 'vitest';
import type { Instant, Interval } from '@metergram/model';
import {
  parseDatasetPage,
  parseTariffs,
  PRICE_AREAS,
  priceArea,
  spotPrices,
  tariffSeries,
} from '../../src/prices-browser.ts';
import { parseEic } from '@metergram/model';
import { parseExactJson } from '../../src/core/exact-json.ts';
import fc from 'fast-check';

function between(start: string, end: string): Interval {
  return { start: start as Instant, end: end as Instant };
}

function rowsOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  const page = parseDatasetPage(text);
  if (page === null) throw new Error('no page');
  return page.rows;
}

describe('exact JSON', () => {
  test('numbers keep every digit that was sent', () => {
    expect(parseExactJson('{"a":821.2800290000000001,"b":-0.10,"c":[1E-7,true,null]}')).toEqual({
      a: '821.2800290000000001',
      b: '-0.10',
      c: ['1E-7', true, null],
    });
  });

  test('digits inside of strings and escapes stay where they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, value) => {
        const text = JSON.stringify({ [`k${key}`]: value, n: 1.5 });
        expect(parseExactJson(text)).toEqual({ [`k${key}`]: value, n: '1.5' });
      }),
    );
  });

  test('what is no JSON is refused as JSON.parse refuses it', () => {
    for (const text of ['01', '{"a":01}', '1.', '{"a":1,}', '-', '{"a" 1}', '[1 2]']) {
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
    }
  });
});

const record = (utc: string): string =>
  `{"HourUTC":"${utc}","HourDK":"2024-10-27T02:00:00","PriceArea":"DK2","SpotPriceEUR":1,"SpotPriceDKK":7}`;

describe('day-ahead prices', () => {
  test('both currencies come exactly, and a rate that is not set yet is null', () => {
    const rows = rowsOf(
      '{"total":2,"records":[{"TimeUTC":"2026-01-01T23:15:00","TimeDK":"2026-01-02T00:15:00","PriceArea":"DK1","DayAheadPriceEUR":110.099998,"DayAheadPriceDKK":null},{"TimeUTC":"2026-01-01T23:00:00","TimeDK":"2026-01-02T00:00:00","PriceArea":"DK1","DayAheadPriceEUR":-0.10,"DayAheadPriceDKK":-0.7460}]}',
    );
    const { series } = spotPrices('DayAheadPrices', rows);
    expect(series.map((one) => [one.area, one.currency, one.resolution])).toEqual([
      ['DK1', 'EUR', 'PT15M'],
      ['DK1', 'DKK', 'PT15M'],
    ]);
    expect(series.map((one) => one.points.map((point) => point.value))).toEqual([
      ['-0.10', '110.099998'],
      ['-0.7460', null],
    ]);
    expect(series[0]?.points[1]).toMatchObject({
      start: '2026-01-01T23:15:00Z',
      end: '2026-01-01T23:30:00Z',
    });
  });

  test('the hour that comes twice in autumn is two hours, by the column in UTC', () => {
    const rows = rowsOf(
      `{"records":[${record('2024-10-27T01:00:00')},${record('2024-10-27T00:00:00')}]}`,
    );
    const [eur] = spotPrices('Elspotprices', rows).series;
    expect(eur?.points.map((point) => point.start)).toEqual([
      '2024-10-27T00:00:00Z',
      '2024-10-27T01:00:00Z',
    ]);
  });

  test('a row without time is told', () => {
    const { series, issues } = spotPrices('DayAheadPrices', [{ PriceArea: 'DK1' }]);
    expect(series).toEqual([]);
    expect(issues[0]).toMatchObject({ code: 'energidataservice/bad-row', pointer: '/records/0' });
  });

  test('an answer that is cut is no page', () => {
    expect(parseDatasetPage('{"total":1,"records":[{"Time')).toBeNull();
    expect(parseDatasetPage('{"error":"x"}')).toBeNull();
  });
});

function charge(over: Record<string, unknown> = {}): Record<string, unknown> {
  const row: Record<string, unknown> = {
    ChargeOwner: 'Net A/S',
    GLN_Number: '5790000000000',
    ChargeType: 'D03',
    ChargeTypeCode: 'T-C',
    Note: 'Nettarif C',
    ValidFrom: '2026-01-01T00:00:00',
    ValidTo: null,
    VATClass: 'D02',
    ResolutionDuration: 'PT1H',
  };
  for (let hour = 1; hour <= 24; hour += 1)
    row[`Price${hour}`] = `0.${String(hour).padStart(2, '0')}`;
  return { ...row, ...over };
}

const day = (from: string, to: string): (string | null)[] => {
  const { tariffs } = parseTariffs([charge()]);
  return (tariffSeries(tariffs, between(from, to))[0]?.points ?? []).map((point) => point.value);
};

describe('tariffs', () => {
  test('the hour that autumn repeats has its clock hour’s price twice', () => {
    const values = day('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z');
    expect(values).toHaveLength(25);
    expect(values.slice(0, 5)).toEqual(['0.01', '0.02', '0.03', '0.03', '0.04']);
  });

  test('the hour that spring skips has no price', () => {
    const values = day('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z');
    expect(values).toHaveLength(23);
    expect(values.slice(0, 4)).toEqual(['0.01', '0.02', '0.04', '0.05']);
  });

  test('one price only is flat, and holds until the next one begins', () => {
    const flat = Object.fromEntries(
      Array.from({ length: 23 }, (_, hour) => [`Price${hour + 2}`, null]),
    );
    const { tariffs } = parseTariffs([
      charge({ ...flat, Price1: '0.5', ValidFrom: '2026-07-01T00:00:00' }),
      charge({ ...flat, Price1: '0.4' }),
    ]);
    const [series] = tariffSeries(tariffs, between('2026-06-01T00:00:00Z', '2026-08-01T00:00:00Z'));
    expect(series?.points).toEqual([
      { start: '2025-12-31T23:00:00Z', end: '2026-06-30T22:00:00Z', value: '0.4' },
      { start: '2026-06-30T22:00:00Z', end: null, value: '0.5' },
    ]);
    expect(series).toMatchObject({ per: 'kWh', vat: 'exclusive', currency: 'DKK' });
  });

  test('an hour without a price among others that have one is null, never zero', () => {
    const { tariffs } = parseTariffs([charge({ Price3: null })]);
    const [series] = tariffSeries(tariffs, between('2026-01-31T23:00:00Z', '2026-02-01T23:00:00Z'));
    expect(series?.points.slice(1, 4).map((point) => point.value)).toEqual(['0.02', null, '0.04']);
  });

  test('a charge that cannot be placed in time is told; nothing of a good row is lost', () => {
    const { tariffs, issues } = parseTariffs([
      charge({ ValidFrom: 'soon' }),
      charge({ Extra: 'x' }),
    ]);
    expect(issues.map((issue) => issue.code)).toEqual(['energidataservice/bad-charge']);
    expect(tariffs[0]?.row['Extra']).toBe('x');
    expect(tariffs[0]).toMatchObject({ kind: 'tariff', vatClass: 'D02', flat: false });
  });
});

describe('areas', () => {
  test('every EIC has a right check character, and no name or EIC is there twice', () => {
    for (const area of PRICE_AREAS) expect(parseEic(area.eic)).toBe(area.eic);
    expect(new Set(PRICE_AREAS.map((area) => area.eic)).size).toBe(PRICE_AREAS.length);
    expect(new Set(PRICE_AREAS.map((area) => area.name)).size).toBe(PRICE_AREAS.length);
  });

  test('an area is found by the ways it is written', () => {
    expect(priceArea('NO_1')?.name).toBe('NO1');
    expect(priceArea('de_lu')?.name).toBe('DE-LU');
    expect(priceArea('10YFI-1--------U')?.name).toBe('FI');
    expect(priceArea('NO6')).toBeNull();
  });
});
