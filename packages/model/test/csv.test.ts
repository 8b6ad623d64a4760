import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatInstant,
  instant,
  isIdentifier,
  QUALITIES,
  type TimeSeries,
  toEpochMs,
  type ZoneId,
} from '@metergram/model';
import { type CsvLocale, fromCsv, toCsv, toExcelCsv } from '@metergram/model/csv';
import { timeSeries, validate } from '@metergram/model/schema';
import { seriesOf } from './series-values.ts';

const locales: readonly CsvLocale[] = ['nb', 'sv', 'da', 'fi', 'en'];
const held = seriesOf({
  resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
  qualities: QUALITIES.filter((quality) => quality !== 'missing'),
});
const odd = fc.constantFrom(
  'a',
  '=1+1',
  "'x",
  '-5',
  '@a',
  '007',
  '12345678901234567890',
  'å;b,"c"',
  '+1',
);
const name = fc
  .oneof(odd, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }))
  .filter(isIdentifier);
const decorated = fc
  .tuple(
    held,
    name,
    fc.option(name, { nil: undefined }),
    fc.nat(3),
    fc.constantFrom('metered', 'netted'),
  )
  .map(([series, place, code, revision, basis]) => ({
    ...series,
    meteringPoint: place,
    register: place,
    basis,
    points: series.points.map((point) => ({
      ...point,
      ...(code === undefined ? {} : { source: { scheme: 'odd', code } }),
      ...(revision === 0 ? {} : { revision }),
    })),
  })) as unknown as fc.Arbitrary<TimeSeries>;

function hours(starts: readonly string[], zone?: string): TimeSeries {
  const points = starts.map((text, i) => {
    const start = instant(text);
    return {
      start,
      end: formatInstant(toEpochMs(start) + 3_600_000),
      value: `${i + 1234}.50`,
      quality: 'measured',
    };
  });
  return {
    meteringPoint: '571313179100066516',
    quantity: 'energy',
    unit: 'kWh',
    direction: 'consumption',
    basis: 'metered',
    resolution: 'PT1H',
    ...(zone === undefined ? {} : { zone }),
    points,
  } as unknown as TimeSeries;
}

describe('plain CSV', () => {
  it('gives back every series', () => {
    fc.assert(
      fc.property(decorated, held, (a, b) => {
        const { value, issues } = fromCsv(toCsv([a, b]));
        expect(issues).toEqual([]);
        expect(value).toEqual([a, b]);
      }),
      { numRuns: 50 },
    );
  });
});

describe.each(locales)('CSV for spreadsheets, %s', (locale) => {
  it('gives back every series', () => {
    fc.assert(
      fc.property(decorated, held, (a, b) => {
        const { value, issues } = fromCsv(toExcelCsv([a, b], { locale }));
        expect(issues).toEqual([]);
        expect(value).toEqual([a, b]);
        for (const series of value) expect(validate(timeSeries, series).issues).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('has nothing that a spreadsheet would run as a formula', () => {
    fc.assert(
      fc.property(decorated, (series) => {
        const text = toExcelCsv([series], { locale });
        const separator = locale === 'en' ? ',' : ';';
        for (const line of text.split('\r\n').slice(1)) {
          for (const cell of line.split(separator)) {
            expect(cell.replace(/^"/, '')).not.toMatch(/^(?:=(?!"{1,2}[0-9]+"{1,2})|[+@\t])/);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('what a Norwegian sees', () => {
  it('decimal comma, semicolon, byte order mark, local times', () => {
    const series = hours(['2026-02-01T22:00Z'], 'Europe/Oslo');
    const text = toExcelCsv([series], { locale: 'nb' });
    expect(text.startsWith('\ufeffMålepunkt;Register;Størrelse;')).toBe(true);
    expect(text.split('\r\n')[1]).toBe(
      '"=""571313179100066516""";;energy;consumption;metered;PT1H;Europe/Oslo;2026-02-01T22:00:00Z;2026-02-01T23:00:00Z;2026-02-01 23:00;2026-02-02 00:00;1234,50;kWh;målt;;;',
    );
  });

  it('both of two equal hours in October', () => {
    const series = hours(['2026-10-25T00:00Z', '2026-10-25T01:00Z']);
    const text = toExcelCsv([series], { locale: 'nb', zone: 'Europe/Oslo' as ZoneId });
    expect(text.match(/2026-10-25 02:00;/g)).toHaveLength(3);
    expect(fromCsv(text).value).toEqual([series]);
  });
});

describe('reading', () => {
  const header = 'meteringPoint;resolution;start;end;value;unit;quality';
  const row = 'a;PT1H;2026-01-01T00:00:00Z;2026-01-01T01:00:00Z;1.5;kWh;measured';

  it('takes columns in any order, rows in any order, any line ends', () => {
    const text = [
      'unit\tvalue\tend\tstart\tresolution\tsurplus',
      'kWh\t2\t2026-01-01T02:00:00Z\t2026-01-01T01:00:00Z\tPT60M\tx',
      'kWh\t\t2026-01-01T01:00:00Z\t2026-01-01T00:00:00Z\tPT1H\t"a\nb"',
    ];
    const bad = fromCsv(text.join('\r'));
    const surplus = { code: 'csv/unknown-column', severity: 'warning', line: 1 };
    expect(bad.issues).toMatchObject([surplus, { code: 'csv/resolution', line: 2 }]);
    const { value, issues } = fromCsv(text.join('\n').replace('PT60M', 'PT1H'));
    expect(issues).toMatchObject([surplus]);
    expect(value[0]?.points).toMatchObject([
      { value: null, quality: 'missing' },
      { value: '2', quality: 'unknown' },
    ]);
  });

  it('takes a last line without an end, with an empty last cell or an open quote', () => {
    for (const end of ['', '\n', '\r\n', '\n\n']) {
      expect(fromCsv(`${header};register\n${row};${end}`).value[0]?.points).toHaveLength(1);
      expect(fromCsv(`${header};register\n${row};"a${end}`).issues).toEqual([]);
    }
  });

  it.each([
    ['csv/header', 'a;b;c', 1],
    ['csv/resolution', `${header}\n${row.replace('PT1H', 'PT7H')}`, 2],
    ['csv/times', `${header}\n${row.replace('01:00:00Z', '00:00:00Z')}`, 2],
    ['csv/times', `${header}\n\n${row.replace('T00:00:00Z', 'T00:00:00')}`, 3],
    ['csv/not-a-number', `${header}\n${row.replace('1.5', '1,5')}`, 2],
    ['csv/value-quality', `${header}\n${row.replace('measured', 'missing')}`, 2],
    ['csv/value-quality', `${header}\n${row.replace('1.5', '')}`, 2],
    ['csv/unknown-quality', `${header}\n${row.replace('measured', 'fine')}`, 2],
    ['csv/zone', `${header};zone\n${row};Oslo`, 2],
    ['csv/kind', `${header};basis\n${row};guessed`, 2],
    ['csv/revision', `${header};revision\n${row};x`, 2],
  ])('tells %s with its line', (code, text, line) => {
    expect(fromCsv(`${text}\n`).issues).toMatchObject([{ code, line }]);
  });

  it('keeps the good rows, and does not tell a million faults', () => {
    const bad = `${row.replace('1.5', 'x')}\n`.repeat(5000);
    const { value, issues } = fromCsv(`${header}\n${bad}${row}\n`);
    expect(value[0]?.points).toHaveLength(1);
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)?.code).toBe('csv/more-faults');
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fromCsv(text).value).toBeInstanceOf(Array);
        expect(fromCsv(`${header}\n${text}`).value).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('a table by other hands', () => {
  const rows = [
    'meteringPoint,start,end,value,unit,quality,code,direction,basis,resolution',
    '571313100000000003,2026-03-01T23:00:00Z,2026-03-02T00:00:00Z,0.460,kWh,measured,A04,consumption,metered,PT1H',
    '571313100000000010,2026-03-01T23:00:00Z,2026-03-02T00:00:00Z,0.100,kWh,measured,A04,production,metered,PT1H',
  ];

  it('keeps the metering points of what the command line prints apart, and tells what it leaves', () => {
    const { value, issues } = fromCsv(`${rows.join('\n')}\n`);
    expect(value.map(({ meteringPoint, points }) => [meteringPoint, points[0]?.value])).toEqual([
      ['571313100000000003', '0.460'],
      ['571313100000000010', '0.100'],
    ]);
    expect(issues).toEqual([
      {
        code: 'csv/unknown-column',
        severity: 'warning',
        message: 'the column code is not read',
        line: 1,
      },
    ]);
  });

  it('writes the names of the model, as the command line does', () => {
    expect(toCsv([]).trim()).toBe(
      'meteringPoint,register,quantity,direction,basis,resolution,zone,start,end,localStart,localEnd,value,unit,quality,codeScheme,code,revision',
    );
  });

  it('reads the names that were written at first as those of now', () => {
    fc.assert(
      fc.property(decorated, (series) => {
        const text = toCsv([series]);
        const former = text
          .replace('meteringPoint', 'metering_point')
          .replace('localStart', 'local_start')
          .replace('localEnd', 'local_end')
          .replace('codeScheme', 'code_scheme');
        expect(former).not.toBe(text);
        expect(fromCsv(former)).toEqual(fromCsv(text));
      }),
      { numRuns: 20 },
    );
  });

  it('tells a column that it does not know', () => {
    const { value, issues } = fromCsv(
      'meter,start,end,value,unit,quality,resolution\nA,2026-03-01T23:00:00Z,2026-03-02T00:00:00Z,1,kWh,measured,PT1H\n',
    );
    expect(value).toHaveLength(1);
    expect(issues).toMatchObject([
      { code: 'csv/unknown-column', message: expect.stringContaining('meter') as string },
    ]);
  });
});
