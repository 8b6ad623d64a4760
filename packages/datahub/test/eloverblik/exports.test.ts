import type { Decimal, Instant, MeteringPoint, MeteringPointId } from '@metergram/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import {
  readChargesExport,
  readMasterDataExport,
  readSeriesExport,
} from '../../src/eloverblik-browser.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { createFileSource } from '../../src/files.ts';
import type { GeneratedPoints } from '../../src/testing/data.ts';
import { chargeRows, headings, seriesRows } from '../../src/testing/eloverblik/exports.ts';
import { SeriesStore } from '../../src/testing/store.ts';
import { point, small } from './data.ts';

const heading =
  'MålepunktsID;Fra_dato;Til_dato;Mængde;Måleenhed;Kvalitet;Type;Målepunktstype_Kode;Målepunktstype';
const rows = (...lines: readonly string[]): string =>
  `\uFEFF${[heading, ...lines].join('\r\n')}\r\n`;
const id = point(1);

describe('the CSV of values', () => {
  it('reads values with the digits that were sent, and a missing one as missing', () => {
    const { series, issues } = readSeriesExport(
      rows(
        `${id} ;14-01-2026 23:00:00;15-01-2026 00:00:00;0,130;KWH;Målt;Tidsserie;E17;Forbrug`,
        `${id};15-01-2026 00:00:00;15-01-2026 01:00:00;;KWH;;Tidsserie;E17;Forbrug`,
        `${id};15-01-2026 01:00:00;15-01-2026 02:00:00;-0,5;KWH;Estimeret;Tidsserie;E17;Forbrug`,
      ),
    );
    expect(issues).toEqual([]);
    expect(series).toEqual([
      {
        meteringPoint: id,
        quantity: 'energy',
        unit: 'kWh',
        direction: 'consumption',
        basis: 'metered',
        resolution: 'PT1H',
        zone: 'Europe/Copenhagen',
        source: {
          unit: 'KWH',
          type: 'Tidsserie',
          meteringPointType: 'E17',
          meteringPointTypeName: 'Forbrug',
        },
        points: [
          {
            start: '2026-01-14T22:00:00Z',
            end: '2026-01-14T23:00:00Z',
            value: '0.130',
            quality: 'measured',
            source: { scheme: 'eloverblik-export', code: 'Målt' },
          },
          {
            start: '2026-01-14T23:00:00Z',
            end: '2026-01-15T00:00:00Z',
            value: null,
            quality: 'missing',
          },
          {
            start: '2026-01-15T00:00:00Z',
            end: '2026-01-15T01:00:00Z',
            value: '-0.5',
            quality: 'estimated',
            source: { scheme: 'eloverblik-export', code: 'Estimeret' },
          },
        ],
      },
    ]);
  });

  it('reads what its own test hub writes, over both changes of the clocks, whatever is missing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('PT15M' as const, 'PT1H' as const, 'P1D' as const, 'P1M' as const),
        fc.constantFrom('2025-03-29', '2025-10-25', '2024-02-28', '2025-12-31'),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(0, 0.2),
        fc.nat(1_000),
        (resolution, from, days, missing, seed) => {
          const first = resolution === 'P1M' ? `${from.slice(0, 8)}01` : from;
          const last = new Date(Date.parse(`${from}T00:00Z`) + days * 86_400_000);
          const to = last.toISOString().slice(0, 10);
          const interval = localInterval(first, to, danishZone);
          const generate: GeneratedPoints = {
            first: '57131310000000000',
            count: 1,
            resolution,
            missing,
            seed,
          };
          const store = new SeriesStore({ generate: [generate] }, 1);
          const [own] = store.ids as [MeteringPointId];
          const [start, end] = [Date.parse(interval.start), Date.parse(interval.end)];
          const there = store.of(own)[0]?.between(start, end) ?? [];
          const meteringPoint: MeteringPoint = {
            id: own,
            kind: 'consumption',
            medium: 'electricity',
          };
          const text = `${headings.series}\r\n${seriesRows(meteringPoint, store.of(own), start, end, 'Actual')}`;
          const { series, issues } = readSeriesExport(text);
          expect(issues).toEqual([]);
          expect(
            series.flatMap(({ points }) =>
              points.map((one) => [Date.parse(one.start), Date.parse(one.end), one.value]),
            ),
          ).toEqual(there.map((one) => [one.start, one.end, one.value]));
          expect(new Set(series.map((one) => one.resolution))).toEqual(new Set([resolution]));
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['counted on', '26-10-2025 02:00:00;26-10-2025 03:00:00'],
    ['told by the clock that is set back', '26-10-2025 02:00:00;26-10-2025 02:00:00'],
  ])('the hour that comes twice is two hours, its end %s', (_, first) => {
    const { series, issues } = readSeriesExport(
      rows(
        `${id};26-10-2025 01:00:00;26-10-2025 02:00:00;1,0;KWH;Målt;Tidsserie;E17;Forbrug`,
        `${id};${first};2,0;KWH;Målt;Tidsserie;E17;Forbrug`,
        `${id};26-10-2025 02:00:00;26-10-2025 03:00:00;3,0;KWH;Målt;Tidsserie;E17;Forbrug`,
        `${id};26-10-2025 03:00:00;26-10-2025 04:00:00;4,0;KWH;Målt;Tidsserie;E17;Forbrug`,
      ),
    );
    expect(issues).toEqual([]);
    expect(series[0]?.points.map(({ start, value }) => [start, value])).toEqual([
      ['2025-10-25T23:00:00Z', '1.0'],
      ['2025-10-26T00:00:00Z', '2.0'],
      ['2025-10-26T01:00:00Z', '3.0'],
      ['2025-10-26T02:00:00Z', '4.0'],
    ]);
  });

  it('takes the headings and times of earlier years', () => {
    const text =
      'Målepunkt id;Fra dato;Til dato;Mængde;Måleenhed;Kvalitet;Type\n' +
      `${id};2017-01-01 00.00;2017-01-01 01.00;0,440;KWH;Målt;Tidsserier\n`;
    const { series, issues } = readSeriesExport(text);
    expect(series[0]?.points).toMatchObject([{ start: '2016-12-31T23:00:00Z', value: '0.440' }]);
    // It says nothing about which way the energy flows.
    expect(issues.map(({ code, line }) => [code, line])).toEqual([['eloverblik/unknown-code', 2]]);
  });

  it('tells of what it does not know, and of what it cannot read, once and with its line', () => {
    const text =
      `${heading};Ny kolonne\n` +
      `${id};15-01-2026 00:00:00;15-01-2026 01:00:00;1,0;GJ;Gættet;Profil;E20;Udveksling;x\n` +
      `${id};15-01-2026 01:00:00;15-01-2026 02:00:00;2,0;GJ;Gættet;Profil;E20;Udveksling;x\n` +
      `${id};32-01-2026 01:00:00;15-01-2026 02:00:00;2,0;KWH;Målt;Tidsserie;E17;Forbrug;x\n` +
      `${id};29-03-2026 02:00:00;29-03-2026 03:00:00;2,0;KWH;Målt;Tidsserie;E17;Forbrug;x\n` +
      `${id};15-01-2026 01:00:00;15-01-2026 02:30:00;2,0;KWH;Målt;Tidsserie;E17;Forbrug;x\n` +
      `${id};15-01-2026 02:00:00;15-01-2026 03:00:00;to;KWH;Målt;Tidsserie;E17;Forbrug;x\n`;
    const { series, issues } = readSeriesExport(text);
    expect(issues.map(({ code, line }) => [code, line])).toEqual([
      ['eloverblik/unknown-column', 1],
      ['eloverblik/unknown-code', 2],
      ['eloverblik/unknown-code', 2],
      ['eloverblik/unknown-code', 2],
      ['eloverblik/unknown-code', 2],
      ['eloverblik/export-row', 4],
      ['eloverblik/export-row', 5],
      ['eloverblik/export-row', 6],
      ['eloverblik/export-row', 7],
    ]);
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({
      unit: 'GJ',
      quantity: 'unknown',
      source: { type: 'Profil' },
    });
    expect(series[0]?.points[0]).toMatchObject({ quality: 'unknown', source: { code: 'Gættet' } });
    expect(readSeriesExport('a;b\n1;2\n')).toMatchObject({
      series: [],
      issues: [{}, {}, { code: 'eloverblik/export-heading', severity: 'error' }],
    });
    expect(readSeriesExport('').issues[0]?.severity).toBe('error');
  });

  it('never throws on any text', () => {
    const line = fc.tuple(
      fc.constantFrom(id, ''),
      fc.constantFrom(
        '15-01-2026 00:00:00',
        '29-03-2026 02:00:00',
        '99-99-9999',
        'constructor',
        '',
      ),
      fc.constantFrom('15-01-2026 01:00:00', '15-01-2026 00:15:00', ''),
      fc.constantFrom('1,0', 'x', '', '1.000,5'),
      fc.constantFrom('KWH', 'constructor'),
      fc.constantFrom('Målt', '__proto__'),
      fc.constantFrom('Tidsserie', 'toString'),
      fc.constantFrom('E17', 'hasOwnProperty'),
    );
    fc.assert(
      fc.property(fc.array(line), fc.string(), (lines, noise) => {
        const { series } = readSeriesExport(
          `${heading}\n${lines.map((cells) => cells.join(';')).join('\n')}\n${noise}`,
        );
        for (const { points } of series)
          for (const one of points) expect(one.value === null).toBe(one.quality === 'missing');
        readChargesExport(`${headings.charges}\n${noise}`);
        readMasterDataExport(`${headings.masterData}\n${noise}`);
        readSeriesExport(noise);
      }),
    );
  });

  it('is known by its heading where a user gives it as a file', async () => {
    const text = rows(
      `${id};14-01-2026 23:00:00;15-01-2026 00:00:00;0,130;KWH;Målt;Tidsserie;E18;Produktion`,
    );
    const source = createFileSource({ files: [{ name: 'Meterdata.csv', text }], zone: danishZone });
    const interval = {
      start: '2026-01-14T22:00:00Z' as Instant,
      end: '2026-01-14T23:00:00Z' as Instant,
    };
    const { items } = await collect(source.series({ meteringPoints: [id], interval }));
    expect(items).toMatchObject([{ direction: 'production', points: [{ value: '0.130' }] }]);
  });
});

describe('the other CSV exports', () => {
  it('charges come with what the JSON says of them, and with their identifier besides', () => {
    const text = `\uFEFF${headings.charges}\r\n${chargeRows(id, small.charges ?? [])}`;
    const { charges, issues } = readChargesExport(text);
    expect(issues).toEqual([]);
    const expected = (small.charges ?? []).map(({ source: _, ...charge }) => charge);
    expect(charges.map(({ source: _, ...charge }) => charge)).toEqual(expected);
    expect(charges.map(({ source }) => source)).toEqual([
      { scheme: 'eloverblik-export', code: 'Tarif P-1' },
      { scheme: 'eloverblik-export', code: 'Abonnement P-2' },
    ]);
  });

  it('a charge that cannot be read is told; one of an unknown type is kept', () => {
    const text =
      `${headings.charges}\n` +
      `${id};Tarif;1;A;;;31-31-2026 00:00:00;;1;0,1;\n` +
      `${id};Tarif;2;B;;;01-01-2026 00:00:00;;1;gratis;\n` +
      `${id};Rabat;3;C;;;01-01-2026 00:00:00;;1;;2\n`;
    const { charges, issues } = readChargesExport(text);
    expect(issues.map(({ code, line }) => [code, line])).toEqual([
      ['eloverblik/export-row', 2],
      ['eloverblik/export-row', 3],
      ['eloverblik/unknown-code', 4],
    ]);
    expect(charges).toMatchObject([
      {
        kind: 'unknown',
        name: 'C',
        start: '2025-12-31T23:00:00Z',
        end: null,
        quantity: '2' as Decimal,
        rates: [{ position: 1, value: null }],
      },
    ]);
  });

  it('master data keep every column that says something, known or not', () => {
    const { points, issues } = readMasterDataExport(
      '\uFEFFMålepunktsID;MålepunktsID_hovedmåler;Målepunktstype_Kode;Netområde;Målernummer;By;Noget nyt\r\n' +
        `${id};;E17;791;2101;"Aarhus; C";ja\r\n${point(4)};${id};D06;791;;;\r\n;;;;;;\r\n`,
    );
    expect(issues).toEqual([]);
    expect(points).toEqual([
      {
        id,
        kind: 'consumption',
        medium: 'electricity',
        gridArea: '791',
        zone: 'Europe/Copenhagen',
        meters: [{ meter: '2101', installed: { start: null, end: null } }],
        source: {
          MålepunktsID: id,
          Målepunktstype_Kode: 'E17',
          Netområde: '791',
          Målernummer: '2101',
          By: 'Aarhus; C',
          'Noget nyt': 'ja',
        },
      },
      expect.objectContaining({ id: point(4), kind: 'production', parent: id }),
    ]);
    expect(readMasterDataExport('By\nAarhus\n').issues).toMatchObject([{ severity: 'error' }]);
  });
});
