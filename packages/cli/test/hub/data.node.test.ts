import { describe, expect, it } from 'vitest';
import { hubOfSeries } from '../../src/hub/data.ts';
import { UsageError } from '../../src/usage.ts';

const header = 'meter,start,end,value,unit,quality,revision';
const now = Date.UTC(2026, 10, 20);
const read = (...lines: readonly string[]) =>
  hubOfSeries([header, ...lines, ''].join('\n'), 'x.csv', now);

describe('a hub of aggregated series', () => {
  it('gives a meter a metering point of its own, the same in every run, and keeps what is missing', () => {
    const lines = [
      'KAM-12345678,2026-10-25T23:00:00Z,2026-10-26T00:00:00Z,,Wh,missing,0',
      'KAM-12345678,2026-10-25T22:00:00Z,2026-10-25T23:00:00Z,120,Wh,measured,0',
      '571313100000000003,2026-10-24T22:00:00Z,2026-10-25T23:00:00Z,12.50,kWh,estimated,1',
    ];
    const { series, meteringPoints, now: stands } = read(...lines);
    expect(stands).toBe('2026-11-20T00:00:00Z');
    expect(meteringPoints?.map(({ source }) => source)).toEqual([
      { meterNumber: 'KAM-12345678' },
      {},
    ]);
    expect(meteringPoints?.[0]?.id).toMatch(/^5713139\d{11}$/);
    expect(read(...lines).meteringPoints).toEqual(meteringPoints);
    expect(series?.map(({ resolution, unit }) => [resolution, unit])).toEqual([
      ['PT1H', 'kWh'],
      ['P1D', 'kWh'],
    ]);
    expect(series?.[0]?.points.map(({ value, quality }) => [value, quality])).toEqual([
      ['0.120', 'measured'],
      [null, 'missing'],
    ]);
    expect(series?.[1]?.points[0]).toMatchObject({ value: '12.50', quality: 'estimated' });
  });

  it('stands at the end of its values where they lie ahead', () => {
    expect(read('1,2030-01-01T00:00:00Z,2030-01-01T01:00:00Z,1,kWh,measured,0').now).toBe(
      '2030-01-01T01:00:00Z',
    );
  });

  it.each([
    ['a,2026-10-25T22:00:00,2026-10-25T23:00:00Z,1,kWh,measured,0', /line 2: start and end/],
    ['a,2026-10-25T22:00:00Z,2026-10-25T23:00:00Z,"1,5",kWh,measured,0', /line 2: value/],
    ['a,2024-10-25T22:00:00Z,2026-10-25T23:00:00Z,1,kWh,measured,0', /longer than a year/],
  ])('refuses %s by its line', (line, message) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(message);
  });

  it('refuses another table', () => {
    expect(() => hubOfSeries('a,b\n1,2\n', 'x.csv', now)).toThrow(/no column meter/);
  });
});
