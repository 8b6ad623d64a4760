import { afterEach, describe, expect, test } from 'vitest';
import { collect } from '../../src/index.ts';
import { tariffSeries } from '../../src/prices.ts';
import { startTestHub } from '../../src/testing.ts';
import { faultOf } from '../fault.ts';
import { between, data, energinet, entsoe, hubs, start, stopHubs, values } from './setup.ts';

afterEach(stopHubs);

const row = (
  code: string,
  from: string,
  to: string | null,
  price: number,
): Record<string, unknown> => ({
  ChargeOwner: 'Net A/S',
  GLN_Number: '5790000000000',
  ChargeType: 'D03',
  ChargeTypeCode: code,
  Note: code,
  Description: '',
  ValidFrom: from,
  ValidTo: to,
  VATClass: 'D02',
  Price1: price,
  ...Object.fromEntries(Array.from({ length: 23 }, (_, at) => [`Price${at + 2}`, null])),
  ResolutionDuration: 'P1D',
});

describe('Energi Data Service', () => {
  test('both datasets, areas and currencies over the switch; a request a minute for each dataset', async () => {
    const hub = await start('energidataservice');
    const client = energinet(hub);
    const request = {
      areas: ['DK1', 'DK2'],
      interval: between('2025-09-28T22:00:00Z', '2025-10-02T22:00:00Z'),
    };
    const { items, outcomes } = await collect(client.prices(request));
    expect(
      items.map((series) => [
        series.area,
        series.currency,
        series.resolution,
        series.points.length,
      ]),
    ).toEqual([
      ['DK1', 'EUR', 'PT1H', 48],
      ['DK1', 'DKK', 'PT1H', 48],
      ['DK2', 'EUR', 'PT1H', 48],
      ['DK2', 'DKK', 'PT1H', 48],
      ['DK1', 'EUR', 'PT15M', 192],
      ['DK1', 'DKK', 'PT15M', 192],
      ['DK2', 'EUR', 'PT15M', 192],
      ['DK2', 'DKK', 'PT15M', 192],
    ]);
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'complete']);
    const began = hub.clock.now();
    await collect(client.prices(request));
    await collect(energinet(hub).prices(request));
    const { limits } = await hub.report();
    expect(limits.every(({ busiest, refused }) => busiest === 1 && refused === 0)).toBe(true);
    expect(hub.clock.now() - began).toBeGreaterThanOrEqual(120_000);
  });

  test('the day of 25 hours has 100 quarters, and ENTSO-E says the same prices', async () => {
    const danish = await start('energidataservice');
    const european = await start('entsoe');
    const request = {
      areas: ['DK1'],
      interval: between('2025-10-25T22:00:00Z', '2025-10-26T23:00:00Z'),
    };
    const [eur] = (await collect(energinet(danish).prices(request))).items;
    const [same] = (await collect(entsoe(european).prices(request))).items;
    expect(eur?.points).toHaveLength(100);
    expect(eur?.points).toEqual(same?.points);
  });

  test('a rate that is not set yet is null; an area without prices is told', async () => {
    const hub = await start(
      'energidataservice',
      {},
      {
        hub: { ...data.hub, energidataservice: { withoutRate: 4 } },
      },
    );
    const { items } = await collect(
      energinet(hub).prices({
        areas: ['DK1'],
        interval: between('2026-05-31T22:00:00Z', '2026-06-01T22:00:00Z'),
      }),
    );
    expect(
      values(items.filter(({ currency }) => currency === 'DKK'))
        .slice(-5)
        .map((value) => value === null),
    ).toEqual([false, true, true, true, true]);
    const later = await collect(
      energinet(hub).prices({
        areas: ['DK1'],
        interval: between('2027-05-31T22:00:00Z', '2027-06-01T22:00:00Z'),
      }),
    );
    expect(later.outcomes.map(({ state }) => state)).toEqual(['no-data']);
  });

  test('a charge that began long ago and still holds is among those of today', async () => {
    const hub = await start(
      'energidataservice',
      {},
      {
        hub: {
          energidataservice: {
            charges: [
              row('OLD', '2019-01-01T00:00:00', null, 0.0721),
              row('ENDED', '2019-01-01T00:00:00', '2020-01-01T00:00:00', 1),
              { ...row('OTHER', '2019-01-01T00:00:00', null, 1), GLN_Number: '1' },
            ],
          },
        },
      },
    );
    const today = between('2026-05-31T22:00:00Z', '2026-06-01T22:00:00Z');
    const { tariffs } = await energinet(hub).tariffs({ gln: ['5790000000000'] }, today);
    expect(tariffs.map(({ code }) => code)).toEqual(['OLD']);
    expect(tariffSeries(tariffs, today)[0]?.points).toEqual([
      { start: '2018-12-31T23:00:00Z', end: null, value: '0.0721' },
    ]);
  });

  test('a signal ends the wait for a place within the limit, and nothing was sent', async () => {
    const hub = await startTestHub({ hub: 'energidataservice', data, auto: false });
    hubs.push(hub);
    const client = energinet(hub);
    const request = {
      areas: ['DK1'],
      interval: between('2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z'),
    };
    await collect(client.prices(request));
    const stop = new AbortController();
    const waiting = faultOf(collect(client.prices(request, { signal: stop.signal })));
    const tariffs = faultOf(client.tariffs({}, request.interval, AbortSignal.abort()));
    setTimeout(() => stop.abort(), 20);
    expect([(await waiting).code, (await tariffs).code]).toEqual(['hub/aborted', 'hub/aborted']);
    expect((await hub.report()).exchanges).toHaveLength(1);
  });

  test('429 without a word about when, cut bodies and outages are waited out', async () => {
    const hub = await start('energidataservice');
    const request = {
      areas: ['DK1'],
      interval: between('2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z'),
    };
    await hub.faults([
      { fault: { kind: 'status', status: 429 } },
      { fault: { kind: 'cut' } },
      { fault: { kind: 'status', status: 502 } },
    ]);
    const { items } = await collect(energinet(hub).prices(request));
    expect(items[0]?.points).toHaveLength(96);
  });
});
