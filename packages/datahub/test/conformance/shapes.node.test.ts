import { XMLParser } from 'fast-xml-parser';
import { afterEach, describe, expect, test } from 'vitest';
import type { Instant, Interval, MeteringPointId } from '@metergram/model';
import { collect } from '../../src/index.ts';
import { createElhubEnergyData } from '../../src/elhub.ts';
import { createFingrid } from '../../src/fingrid.ts';
import { createEnergiDataService, createEntsoe } from '../../src/prices.ts';
import { type Exchange, startTestHub, type StartOptions, type TestHub } from '../../src/testing.ts';
import { specJson, specsFolder, specText } from '../hub-specs.ts';

const hubs: TestHub[] = [];

afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.stop();
});

async function start(options: StartOptions): Promise<TestHub> {
  const hub = await startTestHub({ ...options, record: true });
  hubs.push(hub);
  return hub;
}

/** Every place of a tree, lists without their indexes: `/a/b`. */
function paths(value: unknown, prefix = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => paths(item, prefix));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${prefix}/${key}`;
    return [here, ...paths(inner, here)];
  });
}

function unknownPaths(reply: unknown, ...samples: readonly unknown[]): string[] {
  const known = new Set(samples.flatMap((sample) => paths(sample)));
  return [...new Set(paths(reply))].filter((path) => !known.has(path)).sort();
}

function between(from: string, to: string): Interval {
  return { start: from as Instant, end: to as Instant };
}

const day = between('2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z');
const prices = { hub: { prices: { from: '2024-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' } } };

async function exchanges(hub: TestHub): Promise<readonly Exchange[]> {
  return (await hub.report()).exchanges;
}

describe.skipIf(specsFolder === undefined)('transcribed and captured shapes', () => {
  test('Fingrid: requests are those of version 2.6, answers hold what captured ones hold', async () => {
    const hub = await start({
      hub: 'fingrid',
      data: {
        now: '2026-06-01T00:00:00Z',
        generate: [{ first: '64300760000000001', count: 1, resolution: 'PT1H' }],
      },
    });
    const fingrid = createFingrid({
      origin: hub.origin,
      organisationUser: hub.credentials['organisationUser'] ?? '',
      customers: [hub.credentials['customer'] ?? ''],
      fetch: hub.fetchAs('good'),
      clock: hub.clock,
    });
    const { items: points } = await collect(fingrid.points());
    const id = points[0]?.id as MeteringPointId;
    const customer = hub.credentials['customer'] ?? '';
    await fingrid.accountingPoint(id, customer, '2026-01-01');
    const full = {
      meteringPoint: id,
      customer,
      interval: day,
      resolution: 'P1D' as const,
      productType: '8716867000030',
      readingType: 'BN01',
    };
    await fingrid.timeSeries(full);
    await fingrid.timeSeries({ ...full, resolution: 'PT15M' }).catch(() => null);
    const shapes = specJson('fi-fingrid/shape-data-interface-2.6.json') as Record<
      string,
      { POST: string; body: unknown }
    >;
    const samples = [
      'sample-timeSeriesWithValues-eddie.json',
      'sample-timeSeriesWithErrors-eddie.json',
      'sample-customerData-eddie.json',
    ].map((name) => specJson(`fi-fingrid/${name}`));
    const told: string[] = [];
    for (const { path, body, reply, method } of await exchanges(hub)) {
      const name = path.split('/').at(-1) ?? '';
      expect(method).toBe('POST');
      expect(shapes[name]?.POST.endsWith(path)).toBe(true);
      expect(unknownPaths(JSON.parse(body ?? ''), shapes[name]?.body)).toEqual([]);
      told.push(...unknownPaths(JSON.parse(reply ?? ''), ...samples));
    }
    // The answer of GetAccountingPointData is published nowhere: all of it is assumed.
    expect(told.filter((path) => !path.startsWith('/RetrieveAccountingPointResponse'))).toEqual([]);
  });

  test('Elhub’s open data: the row that was seen, nothing more', async () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    const hub = await start({
      hub: 'elhub',
      data: {
        now: '2026-06-01T00:00:00Z',
        hub: { elhub: { energyData: { from, to: from + 8.64e7 } } },
      },
    });
    const data = createElhubEnergyData({
      origin: hub.origin,
      userAgent: 'metergram-test/1.0',
      clock: hub.clock,
      fetch: hub.fetch,
    });
    const shape = specJson('no-elhub/shape-energy-data-v0.json') as { request: string };
    await collect(
      data.rows({
        entity: 'price-areas',
        id: 'NO1',
        dataset: 'CONSUMPTION_PER_GROUP_MBA_HOUR',
        interval: between('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
        filter: { consumptionGroup: 'household' },
      }),
    );
    const [{ path, query, reply } = { path: '', query: '', reply: '' }] = await exchanges(hub);
    const seen = new URL(shape.request.replace('GET ', ''));
    expect(path).toBe(seen.pathname);
    expect([...new URLSearchParams(query).keys()].sort()).toEqual(
      [...seen.searchParams.keys()].sort(),
    );
    // Elhub's own country of an area is in no sample.
    expect(unknownPaths(JSON.parse(reply ?? ''), shape)).toEqual(['/data/attributes/country']);
  });

  test('ENTSO-E: every element of the test hub is in a captured or published document', async () => {
    const hub = await start({ hub: 'entsoe', data: { now: '2026-06-01T00:00:00Z', ...prices } });
    const client = createEntsoe({
      token: hub.credentials['token'] ?? '',
      origin: hub.origin,
      clock: hub.clock,
      fetch: hub.fetch,
    });
    await collect(client.prices({ areas: ['DE-LU', 'NO1'], interval: day }));
    await collect(
      client.prices({
        areas: ['NO1'],
        interval: between('2010-01-01T00:00:00Z', '2010-01-02T00:00:00Z'),
      }),
    );
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
    const samples = [
      'a44-live-BE_60M_15M_mix-hass-entso-e.xml',
      'a44-live-BE_60M-hass-entso-e.xml',
      'synthetic-a03curvetype-hexagon.xml',
      'acknowledgement-invalidrequest-hexagon.xml',
    ].map((name) => parser.parse(specText(`entsoe/${name}`)) as unknown);
    const replies = (await exchanges(hub)).map(({ reply }) => parser.parse(reply ?? '') as unknown);
    expect(replies.length).toBe(3);
    for (const reply of replies) expect(unknownPaths(reply, ...samples)).toEqual([]);
  });

  test('Energi Data Service: the columns of both price datasets', async () => {
    const hub = await start({
      hub: 'energidataservice',
      data: { now: '2026-06-01T00:00:00Z', ...prices },
    });
    const client = createEnergiDataService({
      origin: hub.origin,
      clock: hub.clock,
      fetch: hub.fetch,
    });
    await collect(
      client.prices({
        areas: ['DK1'],
        interval: between('2025-09-29T22:00:00Z', '2025-10-01T22:00:00Z'),
      }),
    );
    const shapes = Object.values(specJson('prices/shapes.json') as Record<string, unknown>) as {
      GET?: string;
      [row: string]: unknown;
    }[];
    const all = await exchanges(hub);
    expect(all).toHaveLength(2);
    for (const { path, reply } of all) {
      const shape = shapes.find((one) => one.GET?.endsWith(path));
      const row = shape?.['row'] ?? shape?.['row(memory)'];
      const { records } = JSON.parse(reply ?? '') as { records: object[] };
      expect(Object.keys(records[0] ?? {}).sort()).toEqual(Object.keys(row as object).sort());
    }
  });
});
