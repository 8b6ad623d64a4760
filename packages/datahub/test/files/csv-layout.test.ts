import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ZoneId } from '@metergram/model';
import { type CsvLayout, readCsvLayout } from '../../src/files.ts';
import { csvRows } from '../../src/core/csv-rows.ts';

const zone = 'Europe/Stockholm' as ZoneId;
const swedish: CsvLayout = {
  date: 'Datum',
  hour: 'Tid',
  value: 'Förbrukning (kWh)',
  decimal: ',',
  resolution: 'PT1H',
  zone,
};

function read(rows: readonly string[], layout: CsvLayout = swedish): (string | null)[][] {
  const { series } = readCsvLayout(['Datum;Tid;Förbrukning (kWh)', ...rows].join('\r\n'), layout);
  return (series[0]?.points ?? []).map((point) => [point.start, point.value]);
}

describe('local time', () => {
  test('a Swedish table: decimal commas, blanks between thousands, an empty cell is missing', () => {
    expect(read(['2026-01-31;00:00;1 234,50', '2026-01-31;01:00;', '2026-01-31;02:00;0'])).toEqual([
      ['2026-01-30T23:00:00Z', '1234.50'],
      ['2026-01-31T00:00:00Z', null],
      ['2026-01-31T01:00:00Z', '0'],
    ]);
  });

  test('the hour that autumn has twice is two hours, in the order of the file', () => {
    const rows = [0, 1, 2, 2, 3].map((hour, at) => `2026-10-25;${hour};${at}`);
    expect(read(rows)).toEqual([
      ['2026-10-24T22:00:00Z', '0'],
      ['2026-10-24T23:00:00Z', '1'],
      ['2026-10-25T00:00:00Z', '2'],
      ['2026-10-25T01:00:00Z', '3'],
      ['2026-10-25T02:00:00Z', '4'],
    ]);
  });

  test('a time that spring skips is told with its line and left out', () => {
    const { series, issues } = readCsvLayout(
      'Datum;Tid;Förbrukning (kWh)\n2026-03-29;01:00;1\n2026-03-29;02:00;2\n2026-03-29;03:00;3\n',
      swedish,
    );
    expect(series[0]?.points.map((point) => point.start)).toEqual([
      '2026-03-29T00:00:00Z',
      '2026-03-29T01:00:00Z',
    ]);
    expect(issues).toMatchObject([{ code: 'csv/time', line: 3 }]);
  });

  test('times that mark the end belong to the interval before, 24:00 included', () => {
    const rows = ['2026-10-25;01:00;1', '2026-10-25;24:00;24'];
    expect(read(rows, { ...swedish, marks: 'end' })).toEqual([
      ['2026-10-24T22:00:00Z', '1'],
      ['2026-10-25T22:00:00Z', '24'],
    ]);
    expect(read(['2026-03-31;;9'], { ...swedish, marks: 'end', resolution: 'P1D' })).toEqual([
      ['2026-03-29T22:00:00Z', '9'],
    ]);
  });

  test.each([
    ['2026-01-31 23:15', '2026-01-31T22:15:00Z'],
    ['2026-01-31T23:15:00', '2026-01-31T22:15:00Z'],
    ['31.01.2026 23.15', '2026-01-31T22:15:00Z'],
    ['20260131 23:15', '2026-01-31T22:15:00Z'],
    ['2026-01-31T23:15:00+02:00', '2026-01-31T21:15:00Z'],
    ['2026-01-31T23:15:00Z', '2026-01-31T23:15:00Z'],
  ])('%s is read', (text, instant) => {
    const { series } = readCsvLayout(`t,v\n"${text}",1`, {
      time: 't',
      value: 'v',
      resolution: 'PT15M',
      zone,
    });
    expect(series[0]?.points[0]?.start).toBe(instant);
  });

  test.each(['2026-02-30 10:00', '2026-01-31 25:00', 'yesterday', '2026-13-01 00:00', ''])(
    '%s is no time, and told',
    (text) => {
      const { series, issues } = readCsvLayout(`t;v\n${text};1`, {
        time: 't',
        value: 'v',
        resolution: 'PT1H',
        zone,
      });
      expect(series).toEqual([]);
      expect(issues.map((issue) => issue.code)).toEqual(['csv/time']);
    },
  );
});

describe('tables', () => {
  test('several metering points, quality codes kept beside our words, a value of missing is none', () => {
    const { series, issues } = readCsvLayout(
      'id\ttime\tkwh\tq\nA\t2026-01-01T00:00Z\t1\tE\nB\t2026-01-01T00:00Z\t2\tX\nA\t2026-01-01T01:00Z\t0\tM\n',
      {
        time: 'time',
        value: 'kwh',
        meteringPoint: 'id',
        quality: 'q',
        qualities: { E: 'estimated', M: 'missing' },
        resolution: 'PT1H',
        zone,
      },
    );
    expect(issues).toEqual([]);
    expect(
      series.map((one) => [
        one.meteringPoint,
        one.points.map((p) => [p.value, p.quality, p.source?.code]),
      ]),
    ).toEqual([
      [
        'A',
        [
          ['1', 'estimated', 'E'],
          [null, 'missing', 'M'],
        ],
      ],
      ['B', [['2', 'unknown', 'X']]],
    ]);
  });

  test('a column that is not there is told; a value that is no number leaves its row out', () => {
    expect(readCsvLayout('a;b\n1;2', swedish).issues).toMatchObject([
      { code: 'csv/layout', line: 1 },
    ]);
    const { series, issues } = readCsvLayout(
      'Datum;Tid;Förbrukning (kWh)\n2026-01-01;0;1\n2026-01-01;1;n/a',
      swedish,
    );
    expect(series[0]?.points).toHaveLength(1);
    expect(issues).toMatchObject([{ code: 'csv/value', line: 3 }]);
  });

  test('whatever is quoted comes back as it was', () => {
    const cell = fc.string().map((text) => text.replaceAll('\r', '').replaceAll('\u0000', ''));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), (table) => {
        const kept = table.filter((row) => row.some((one) => one !== ''));
        const text = kept
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';'))
          .join('\r\n');
        expect([...csvRows(text, ';')].map((row) => row.cells)).toEqual(kept);
      }),
    );
  });
});
