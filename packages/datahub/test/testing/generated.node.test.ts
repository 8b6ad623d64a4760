import { afterEach, describe, expect, it } from 'vitest';
import type { Instant } from '@metergram/model';
import { collect } from '../../src/index.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { createFingrid } from '../../src/fingrid.ts';
import { createEnergiDataService, createEntsoe } from '../../src/prices.ts';
import {
  generatedIds,
  type GeneratedPoints,
  startTestHub,
  type TestHub,
} from '../../src/testing.ts';
import { client as elhubClient } from '../elhub/setup.ts';

// A file that only counts metering points is enough to see everything that a hub has.
const generate: GeneratedPoints[] = [{ first: '57131310000000000', count: 12, resolution: 'PT1H' }];
const data = { now: '2026-11-20T10:00:00Z', generate };
const ids = generatedIds(generate[0]!);

let hub: TestHub | null = null;
afterEach(async () => {
  await hub?.stop();
  hub = null;
});
async function start(name: string): Promise<TestHub> {
  return (hub = await startTestHub({ hub: name, data }));
}

describe('generated metering points', () => {
  it('pay charges at Eloverblik: hourly and flat tariffs, a subscription, for some a fee', async () => {
    const { clock, fetch, origin, credentials } = await start('eloverblik');
    const refreshToken = credentials['customerRefreshToken'] ?? '';
    const client = new EloverblikCustomer({ refreshToken, origin, clock, fetch });
    const { items, outcomes } = await collect(client.charges({ meteringPoints: ids as never }));
    expect(outcomes.every(({ state }) => state === 'complete')).toBe(true);
    const of = (id: string) => items.filter(({ meteringPoint }) => meteringPoint === id);
    for (const id of ids) {
      const kinds = of(id).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'tariff')).toHaveLength(2);
      expect(kinds.filter((kind) => kind === 'subscription')).toHaveLength(1);
      const hourly = of(id).find(({ resolution }) => resolution === 'PT1H');
      expect(hourly?.rates.map(({ position }) => position)).toEqual(
        Array.from({ length: 24 }, (_, hour) => hour + 1),
      );
      expect(hourly?.rates[18]).toMatchObject({ value: '0.461250' });
    }
    expect(items.filter(({ kind }) => kind === 'fee')).toHaveLength(1);
  });

  it('are under one consent at Elhub, and listed by it', async () => {
    const client = elhubClient(await start('elhub'));
    const { items: points } = await collect(client.points());
    expect(points.map(({ id }) => id)).toEqual(ids);
    const { items: consents } = await collect(client.consents());
    expect(consents).toMatchObject([{ state: 'active', meteringPoints: ids }]);
  });

  it('belong to one customer at Fingrid Datahub', async () => {
    const { clock, fetchAs, origin, credentials } = await start('fingrid');
    const client = createFingrid({
      origin,
      clock,
      fetch: fetchAs('good'),
      organisationUser: credentials['organisationUser'] ?? '',
      customers: [credentials['customer'] ?? ''],
    });
    const { items } = await collect(client.points());
    expect(items.map(({ id }) => id)).toEqual(ids);
  });

  it('come with prices of every area, up to the end of what was auctioned', async () => {
    const interval = {
      start: '2026-11-19T23:00:00Z' as Instant,
      end: '2026-11-22T23:00:00Z' as Instant,
    };
    const { clock, fetch, origin, credentials } = await start('entsoe');
    const entsoe = createEntsoe({ origin, clock, fetch, token: credentials['token'] ?? '' });
    const areas = ['NO1', 'SE3', 'FI', 'DK2'];
    const { items } = await collect(entsoe.prices({ areas, interval }));
    for (const area of areas) {
      const points = items.filter((one) => one.area === area).flatMap((one) => one.points);
      // It is ten o'clock: tomorrow's auction is still to come.
      expect(points.at(-1)?.end).toBe('2026-11-20T23:00:00Z');
    }
    await clock.advance(3 * 3_600_000);
    const later = await collect(entsoe.prices({ areas: ['FI'], interval }));
    expect(later.items.flatMap(({ points }) => points).at(-1)?.end).toBe('2026-11-21T23:00:00Z');
    await hub?.stop();
    const danish = await start('energidataservice');
    const { items: spot } = await collect(
      createEnergiDataService({
        origin: danish.origin,
        clock: danish.clock,
        fetch: danish.fetch,
      }).prices({ areas: ['DK1'], interval }),
    );
    expect(spot.map(({ currency }) => currency).toSorted()).toEqual(['DKK', 'EUR']);
  });
});
