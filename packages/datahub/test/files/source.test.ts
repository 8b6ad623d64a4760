import { describe, expect, test } from 'vitest';
import type { Instant, MeteringPointId, ZoneId } from '@metergram/model';
import { toCsv } from '@metergram/model/csv';
import { collect, HubError } from '../../src/index.ts';
import { createFileSource, readSeriesFile } from '../../src/files.ts';
import { between } from '../interval.ts';

const zone = 'Europe/Stockholm' as ZoneId;
const point = '735999000000000001' as MeteringPointId;

function csv(values: readonly (string | null)[], from: string, id: string = point): string {
  const begin = Date.parse(from);
  return toCsv([
    {
      meteringPoint: id as MeteringPointId,
      quantity: 'energy',
      unit: 'kWh',
      direction: 'consumption',
      basis: 'metered',
      resolution: 'PT1H',
      zone,
      points: values.map((value, at) => ({
        start: new Date(begin + at * 3_600_000).toISOString().replace('.000', '') as Instant,
        end: new Date(begin + (at + 1) * 3_600_000).toISOString().replace('.000', '') as Instant,
        value: value as never,
        quality: value === null ? 'missing' : 'measured',
      })),
    },
  ]);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof HubError) return error.code;
    throw error;
  }
  return 'none';
}

describe('files as a hub', () => {
  test('a series off the clock’s grid loses nothing, whatever interval is asked for', async () => {
    const text =
      'tid;kWh\n2026-01-01T09:49:00Z;1.5\n2026-01-01T10:04:00Z;2.5\n2026-01-01T10:34:00Z;3.5\n';
    const source = createFileSource({
      files: [{ name: 'odd.csv', text, meteringPoint: point }],
      csv: { time: 'tid', value: 'kWh', resolution: 'PT15M', zone },
    });
    for (const [from, to, values] of [
      ['2026-01-01T09:49:00Z', '2026-01-01T10:49:00Z', ['1.5', '2.5', '3.5']],
      ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', ['1.5', '2.5', '3.5']],
      ['2026-01-01T10:00:00Z', '2026-01-01T10:15:00Z', ['2.5']],
    ] as const) {
      const interval = between(from, to);
      const { items } = await collect(source.series({ meteringPoints: [point], interval }));
      expect(items.flatMap(({ points }) => points.map(({ value }) => value))).toEqual(values);
    }
  });

  test('two files of a point are one series; what neither says is missing; the later one wins', async () => {
    const source = createFileSource({
      files: [
        { name: 'a.csv', text: csv(['1', '2', '3'], '2026-01-01T00:00:00Z') },
        { name: 'b.csv', text: async () => csv(['9', null, '6'], '2026-01-01T02:00:00Z') },
        { name: 'c.csv', text: csv(['5'], '2026-01-01T00:00:00Z', 'other') },
      ],
    });
    expect((await collect(source.points())).items.map(({ id }) => id)).toEqual([point, 'other']);
    const { items, outcomes } = await collect(
      source.series({
        meteringPoints: [point, 'nobody' as MeteringPointId],
        interval: between('2025-12-31T23:00:00Z', '2026-01-01T06:00:00Z'),
      }),
    );
    expect(items[0]?.points.map(({ value }) => value)).toEqual([
      null,
      '1',
      '2',
      '9',
      null,
      '6',
      null,
    ]);
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'no-data']);
  });

  test('days are those of the zone, over the change of clocks, whatever the window’s edges', async () => {
    const text = 'd;v\n2026-03-29;5\n';
    const source = createFileSource({
      files: [{ name: 'days.csv', text, meteringPoint: point }],
      csv: { date: 'd', value: 'v', resolution: 'P1D', zone },
    });
    const { items } = await collect(
      source.series({
        meteringPoints: [point],
        interval: between('2026-03-27T12:00:00Z', '2026-03-30T12:00:00Z'),
      }),
    );
    expect(items[0]?.points.map(({ start, end, value }) => [start, end, value])).toEqual([
      ['2026-03-27T23:00:00Z', '2026-03-28T23:00:00Z', null],
      ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', '5'],
      ['2026-03-29T22:00:00Z', '2026-03-30T22:00:00Z', null],
    ]);
  });

  test('another resolution than the file has is no data: nothing is summed in secret', async () => {
    const source = createFileSource({
      files: [{ name: 'a.csv', text: csv(['1'], '2026-01-01T00:00:00Z') }],
    });
    const { outcomes } = await collect(
      source.series({
        meteringPoints: [point],
        interval: between('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
        resolution: 'P1D',
      }),
    );
    expect(outcomes[0]?.state).toBe('no-data');
  });

  test('a file that cannot be opened or read is told by its name', async () => {
    const broken = createFileSource({
      files: [{ name: 'gone.csv', text: () => Promise.reject(new Error('/home/someone/secret')) }],
    });
    expect(await codeOf(collect(broken.points()))).toBe('hub/unavailable');
    const odd = createFileSource({
      files: [{ name: 'odd.xml', text: '<html/>' }],
    });
    expect(await collect(odd.points())).toMatchObject({
      items: [],
      issues: [{ code: 'file/unknown-format', message: 'odd.xml: no document that we know: html' }],
    });
    expect(await codeOf(collect(odd.charges()))).toBe('hub/not-supported');
    expect(await codeOf(collect(odd.consents()))).toBe('hub/not-supported');
    const stop = new AbortController();
    stop.abort();
    expect(await codeOf(collect(odd.points({ signal: stop.signal })))).toBe('hub/aborted');
  });

  test('formats are told apart by what is in them', () => {
    const document = { mRID: 'x', TimeSeries: [] };
    const formats = [
      csv(['1'], '2026-01-01T00:00:00Z'),
      `\uFEFF${JSON.stringify({ result: [{ MyEnergyData_MarketDocument: document, success: true }] })}`,
      JSON.stringify([document]),
      '<?xml version="1.0"?><!-- a --><feed xmlns="http://www.w3.org/2005/Atom"/>',
      '<MyEnergyData_MarketDocument/>',
      '<ns2:VHD_Envelope xmlns:ns2="x"/>',
      '{"x":1}',
      '{"x":',
      '',
    ].map((text) => readSeriesFile(text).format);
    expect(formats).toEqual([
      'csv',
      'my-energy-data-json',
      'my-energy-data-json',
      'green-button',
      'my-energy-data-xml',
      'validated-historical-data',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});
