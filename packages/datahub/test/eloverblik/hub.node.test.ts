import {
  consentGrant,
  meteringPoint as pointShape,
  priceSeries,
  timeSeries,
  validate,
} from '@metergram/model/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chargePrices } from '../../src/core/charge.ts';
import { modelSeries } from '../../src/core/series.ts';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { type EloverblikCustomer, EloverblikThirdParty } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { startTestHub, type TestHub } from '../../src/testing.ts';
import { counted, point, small } from './data.ts';
import { customerOf, fault, october } from './setup.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ hub: 'eloverblik', data: small });
});
afterAll(() => hub.stop());
beforeEach(() => hub.faults([]));

const customer = (extra: object = {}): EloverblikCustomer => customerOf(hub, extra);
const thirdParty = (extra: object = {}): EloverblikThirdParty =>
  new EloverblikThirdParty({
    refreshToken: hub.credentials['thirdPartyRefreshToken'] as string,
    origin: hub.origin,
    clock: hub.clock,
    fetch: hub.fetch,
    ...extra,
  });

describe('eloverblik, customer API', () => {
  it('lists metering points with their children, and details with everything sent', async () => {
    const { items } = await collect(customer().points());
    expect(items.map(({ id, kind }) => [id, kind])).toEqual([
      [point(1), 'consumption'],
      [point(2), 'consumption'],
      [point(3), 'production'],
      [point(4), 'production'],
    ]);
    expect(items[3]?.parent).toBe(point(3));
    const all = await collect(customer().points({ all: true }));
    expect(all.items.find(({ id }) => id === point(5))?.source?.['hasRelation']).toBe(false);
    const details = await collect(customer().details([point(1)]));
    expect(details.items[0]).toMatchObject({
      gridArea: '791',
      resolution: 'PT15M',
      zone: 'Europe/Copenhagen',
      meters: [{ meter: '21012379' }],
      source: { streetName: 'Vejen', physicalStatusOfMP: 'E22' },
    });
  });

  it('gives the day of 25 hours its 100 quarters, each in its place', async () => {
    const { items, outcomes } = await collect(
      customer().series({ meteringPoints: [point(1)], interval: october }),
    );
    expect(outcomes).toEqual([{ meteringPoint: point(1), state: 'complete', faults: [] }]);
    expect(items).toHaveLength(1);
    const wanted = counted(point(1), '2026-10-24', '2026-10-27', 'PT15M');
    expect(items[0]?.points.map(({ start, end, value }) => ({ start, end, value }))).toEqual(
      wanted.points.map(({ start, end, value }) => ({ start, end, value })),
    );
    expect(items[0]?.points).toHaveLength(96 + 100 + 96);
  });

  it('keeps what is missing missing on the day of 23 hours', async () => {
    const { items } = await collect(
      customer().series({
        meteringPoints: [point(1)],
        interval: localInterval('2026-03-28', '2026-03-31', danishZone),
      }),
    );
    const points = items[0]?.points ?? [];
    expect(points).toHaveLength(96 + 92 + 96);
    const missing = points.filter(({ value }) => value === null);
    expect(missing).toHaveLength(6);
    for (const one of missing)
      expect(one).toMatchObject({
        quality: 'missing',
        source: { scheme: 'eloverblik', code: 'A02' },
      });
  });

  it('gives both series of a profiled metering point', async () => {
    const { items } = await collect(
      customer().series({ meteringPoints: [point(2)], interval: october }),
    );
    expect(items.map(({ basis, resolution }) => [basis, resolution])).toEqual([
      ['metered', 'PT1H'],
      ['profiled', 'P1D'],
    ]);
  });

  it.each([
    ['P1D', 3],
    ['P1M', 1],
    ['P1Y', 1],
  ] as const)('sums to %s as the hub does', async (resolution, count) => {
    const { items } = await collect(
      customer().series({ meteringPoints: [point(3)], interval: october, resolution }),
    );
    expect(items[0]).toMatchObject({ resolution, direction: 'production' });
    expect(items[0]?.points).toHaveLength(count);
  });

  it('reports each metering point for itself when one of a bundle is refused', async () => {
    const stranger = point(99);
    const { items, outcomes } = await collect(
      customer().series({
        meteringPoints: [point(1), stranger, point(5), point(3)],
        interval: october,
      }),
    );
    expect(items.map(({ meteringPoint }) => meteringPoint)).toEqual([point(1), point(3)]);
    expect(outcomes.map(({ state, faults }) => [state, faults[0]?.hubCode?.code])).toEqual([
      ['complete', undefined],
      ['failed', '20008'],
      ['failed', '20012'],
      ['complete', undefined],
    ]);
  });

  it('adds relations and deletes them; a wrong web access code is not repeated in the error', async () => {
    const wrong = await fault(customer().addRelationByCode(point(5), 'wrong-w8'));
    expect(wrong).toMatchObject({
      code: 'hub/invalid-request',
      status: 404,
      hubCode: { code: '20000' },
    });
    expect(JSON.stringify(wrong)).not.toContain('wrong-w8');
    await customer().addRelationByCode(point(5), 'wac-7k2p');
    const again = await customer().addRelations([point(5), point(98)]);
    expect(again.get(point(5))).toMatchObject({ code: 'hub/conflict' });
    expect(again.get(point(98))).toMatchObject({ code: 'hub/unknown-point' });
    expect(await customer().deleteRelation(point(5))).toBe(true);
    expect(await fault(customer().deleteRelation(point(5)))).toMatchObject({
      code: 'hub/not-permitted',
      hubCode: { code: '20010' },
    });
  });

  it('never makes a charge without a price one of zero, at the hub or in the client', async () => {
    const unknown = (small.charges ?? []).map((charge) => ({
      ...charge,
      rates: charge.rates.map(({ position }) => ({ position, value: null })),
    }));
    const other = await startTestHub({ hub: 'eloverblik', data: { ...small, charges: unknown } });
    const { items } = await collect(customerOf(other).charges({ meteringPoints: [point(1)] }));
    await other.stop();
    expect(items.flatMap(({ rates }) => rates.map(({ value }) => value))).toEqual(
      Array.from({ length: 25 }, () => null),
    );
  });

  it('reads charges with the digits that were sent', async () => {
    const { items } = await collect(customer().charges({ meteringPoints: [point(1)] }));
    expect(items.map(({ kind, name }) => [kind, name])).toEqual([
      ['tariff', 'Nettarif C time'],
      ['subscription', 'Abonnement'],
    ]);
    expect(items[0]?.rates[17]).toEqual({ position: 18, value: '0.50050' });
    expect(items[1]?.rates).toEqual([{ position: 1, value: '21.000000' }]);
    expect(items[0]?.end).toBeNull();
  });

  it('says before asking what can never be answered', async () => {
    const sent = (await hub.report()).exchanges.length;
    const wrong = [
      localInterval('2015-01-01', '2015-02-01', danishZone),
      localInterval('2027-01-01', '2027-02-01', danishZone),
      { start: october.end, end: october.start },
    ];
    for (const interval of wrong)
      expect(
        await fault(collect(customer().series({ meteringPoints: [point(1)], interval }))),
      ).toMatchObject({ code: 'hub/invalid-request', retry: 'never' });
    expect((await hub.report()).exchanges).toHaveLength(sent);
  });

  it('gives what the schemas of the model take', async () => {
    const { items: points } = await collect(customer().points());
    const { items: details } = await collect(customer().details([point(1), point(3)]));
    const { items: series } = await collect(
      customer().series({
        meteringPoints: [1, 2, 3].map((number) => point(number)),
        interval: october,
      }),
    );
    const { items: charges } = await collect(customer().charges({ meteringPoints: [point(1)] }));
    const { items: grants } = await collect(thirdParty().consents());
    const prices = charges.map((charge) => chargePrices(charge, october, danishZone));
    const taken = [
      ...[...points, ...details].map((one) => validate(pointShape, one)),
      ...series.map((one) => validate(timeSeries, modelSeries(one))),
      ...grants.map((one) => validate(consentGrant, one)),
      ...prices.map((one) => validate(priceSeries, one)),
    ];
    expect(taken.flatMap(({ issues }) => issues)).toEqual([]);
    expect(taken.length).toBeGreaterThan(10);
  });

  it('is alive', async () => {
    expect(await customer().isAlive()).toBe(true);
    await hub.faults([{ fault: { kind: 'status', status: 503 } }]);
    expect(await customer().isAlive()).toBe(false);
  });
});

describe('eloverblik, tokens', () => {
  it('fetches one token for all who wait, and renews it before it ends', async () => {
    await hub.forget();
    const one = customer();
    await Promise.all(Array.from({ length: 8 }, () => collect(one.points())));
    const tokens = async (): Promise<number> =>
      (await hub.report()).exchanges.filter(({ path }) => path.endsWith('/token')).length;
    expect(await tokens()).toBe(1);
    await hub.clock.advance(24 * 3_600_000 - 59_000);
    await collect(one.points());
    expect(await tokens()).toBe(2);
    expect((await hub.report()).exchanges.filter(({ status }) => status === 401)).toEqual([]);
  });

  it('asks for a fresh token after a 401, and says what it is when that fails too', async () => {
    const one = customer();
    await collect(one.points());
    await hub.act('refuse-access-tokens');
    expect((await collect(one.points())).items).not.toHaveLength(0);
    await hub.faults([
      { path: '/meteringpoints/', times: null, fault: { kind: 'status', status: 401 } },
    ]);
    expect(await fault(collect(one.points()))).toMatchObject({
      code: 'hub/token-refused',
      retry: 'never',
      status: 401,
    });
  });

  it('tells a refresh token that has run out from everything else, without asking the hub', async () => {
    const old = customer({ refreshToken: hub.credentials['expiredRefreshToken'] });
    expect(old.refreshTokenExpires).toBe('2026-11-19T10:00:00Z');
    expect(await fault(collect(old.points()))).toMatchObject({
      code: 'hub/credential-refused',
      operation: 'token',
    });
    const wrong = customer({ refreshToken: hub.credentials['thirdPartyRefreshToken'] });
    expect(await fault(collect(wrong.points()))).toMatchObject({
      code: 'hub/credential-refused',
      status: 401,
    });
  });
});

describe('eloverblik, third-party API', () => {
  it('reads what a power of attorney opens', async () => {
    const { items: grants } = await collect(thirdParty().consents());
    expect(grants).toHaveLength(1);
    expect(grants[0]).toMatchObject({ state: 'active', from: 'everything' });
    const { items: points } = await collect(thirdParty().points());
    expect(points.map(({ id }) => id)).toContain(point(3));
    const { items } = await collect(
      thirdParty().series({ meteringPoints: [point(3)], interval: october }),
    );
    expect(items[0]?.points).toHaveLength(73);
    const { items: charges } = await collect(thirdParty().charges({ meteringPoints: [point(1)] }));
    expect(charges).toHaveLength(2);
  });

  it('takes identifiers and then details where the list is too long for the hub', async () => {
    await hub.faults([
      {
        path: '/authorization/authorization/meteringpoints/',
        times: null,
        fault: { kind: 'status', status: 504 },
      },
    ]);
    const { items: points } = await collect(thirdParty().points());
    expect(new Set(points.map(({ id }) => id))).toEqual(
      new Set([1, 2, 3, 4, 5].map((number) => point(number))),
    );
  });
});
