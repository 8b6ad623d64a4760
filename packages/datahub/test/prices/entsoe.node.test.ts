import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { Instant, PriceSeries } from '@metergram/model';
import { collect } from '../../src/index.ts';
import { joinResolutions, mergePrices, NORDIC_AREAS } from '../../src/prices.ts';
import { faultOf } from '../fault.ts';
import { between, entsoe, start, stopHubs, values } from './setup.ts';

afterEach(stopHubs);

describe('ENTSO-E', () => {
  test('every Nordic area over the switch to quarters: hours before, quarters after, no gap between', async () => {
    const hub = await start('entsoe');
    const { items, outcomes } = await collect(
      entsoe(hub).prices({
        areas: NORDIC_AREAS.map((area) => area.name),
        interval: between('2025-09-29T22:00:00Z', '2025-10-02T22:00:00Z'),
      }),
    );
    expect(outcomes).toHaveLength(12);
    expect(outcomes.every(({ state }) => state === 'complete')).toBe(true);
    for (const area of NORDIC_AREAS) {
      const own = items.filter((series) => series.area === area.name);
      expect(own.map((series) => [series.resolution, series.points.length])).toEqual([
        ['PT1H', 24],
        ['PT15M', 192],
      ]);
      const joined = joinResolutions(own)?.points ?? [];
      expect(joined).toHaveLength(216);
      for (let at = 1; at < joined.length; at += 1)
        expect(joined[at]?.start).toBe(joined[at - 1]?.end);
    }
  });

  test('what a curve leaves out is filled in: A03 and A01 give the same prices', async () => {
    const a03 = await start('entsoe', { curve: 'A03' });
    const a01 = await start('entsoe', { curve: 'A01' });
    const request = {
      areas: ['SE3'],
      interval: between('2025-12-31T23:00:00Z', '2026-03-31T22:00:00Z'),
    };
    const one = await collect(entsoe(a03).prices(request));
    const other = await collect(entsoe(a01).prices(request));
    expect(one.items).toEqual(other.items);
    expect(values(one.items)).toHaveLength((90 * 24 - 1) * 4);
    expect(values(one.items)).not.toContain(null);
  });

  test('years are asked for one by one and join to what parts of a year give', async () => {
    const hub = await start('entsoe');
    const client = entsoe(hub);
    const whole = await collect(
      client.prices({
        areas: ['NO5'],
        interval: between('2023-12-31T23:00:00Z', '2026-05-31T22:00:00Z'),
      }),
    );
    const parts: PriceSeries[] = [];
    for (const [from, to] of [
      ['2023-12-31T23:00:00Z', '2025-03-30T01:00:00Z'],
      ['2025-03-30T01:00:00Z', '2025-10-26T00:30:00Z'],
      ['2025-10-26T00:30:00Z', '2026-05-31T22:00:00Z'],
    ] as const) {
      parts.push(
        ...(await collect(client.prices({ areas: ['NO5'], interval: between(from, to) }))).items,
      );
    }
    expect(mergePrices(parts)).toEqual(mergePrices(whole.items));
    expect((await hub.report()).exchanges[0]?.query).toContain('periodStart=202312312300');
  });

  test('a transfer that is cut anywhere and resumed gives what the uninterrupted one gives', async () => {
    const hub = await start('entsoe');
    const request = {
      areas: ['NO1', 'DE-LU', 'FI'],
      interval: between('2024-12-31T23:00:00Z', '2026-05-31T22:00:00Z'),
    };
    const whole: PriceSeries[] = [];
    const resumes: { readonly token: string; readonly had: number }[] = [];
    for await (const chunk of entsoe(hub).prices(request)) {
      whole.push(...chunk.items);
      resumes.push({ token: chunk.resume, had: whole.length });
    }
    expect(resumes.length).toBe(6);
    for (const { token, had } of resumes) {
      const rest = await collect(entsoe(hub).prices(request, { resume: token }));
      expect([...whole.slice(0, had), ...rest.items]).toEqual(whole);
    }
    const other = { ...request, areas: ['NO2'] };
    expect(
      (await faultOf(collect(entsoe(hub).prices(other, { resume: resumes[0]?.token ?? '' })))).code,
    ).toBe('hub/resume-mismatch');
  });

  test('no data is told by area, at 200 and at 400, and the others still come', async () => {
    for (const noDataStatus of [200, 400]) {
      const hub = await start(
        'entsoe',
        { noDataStatus },
        {
          hub: {},
          prices: [
            {
              name: 'day-ahead',
              currency: 'EUR',
              per: 'MWh',
              vat: 'exclusive',
              area: 'FI',
              resolution: 'PT1H',
              points: [
                {
                  start: '2026-01-01T00:00:00Z' as Instant,
                  end: '2026-01-01T01:00:00Z' as Instant,
                  value: '1.10' as never,
                },
              ],
            },
          ],
        },
      );
      const { items, outcomes } = await collect(
        entsoe(hub).prices({
          areas: ['NO1', 'FI'],
          interval: between('2026-01-01T00:00:00Z', '2026-01-01T02:00:00Z'),
        }),
      );
      expect(items.map((series) => series.area)).toEqual(['FI']);
      expect(values(items)).toEqual(['1.10']);
      expect(outcomes.map(({ state }) => state)).toEqual(['no-data', 'complete']);
    }
  });

  test('Germany’s two auctions are never mixed', async () => {
    const hub = await start('entsoe');
    const request = {
      areas: ['DE-LU'],
      interval: between('2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z'),
    };
    const first = await collect(entsoe(hub).prices(request));
    const second = await collect(entsoe(hub, { sequence: 2 }).prices(request));
    expect(values(first.items)).toHaveLength(96);
    expect(values(second.items)).toHaveLength(96);
    expect(values(first.items)).not.toEqual(values(second.items));
    expect(second.items[0]?.source?.code).toBe('A44/2');
    const none = await collect(entsoe(hub, { sequence: 3 }).prices(request));
    expect(none.outcomes[0]?.faults[0]?.message).toBe(
      'no price of auction 3; the document holds auction 1, 2',
    );
  });

  test('456 queries in one go: 400 a minute are never exceeded, so the ban never comes', async () => {
    const hub = await start('entsoe');
    const client = entsoe(hub);
    const began = hub.clock.now();
    const day = { areas: NORDIC_AREAS.map((area) => area.name) };
    for (let at = 0; at < 38; at += 1) {
      const from = Date.UTC(2026, 0, 1, 23) + at * 86_400_000;
      await collect(
        client.prices({
          ...day,
          interval: between(new Date(from).toISOString(), new Date(from + 3_600_000).toISOString()),
        }),
      );
    }
    const { limits } = await hub.report();
    for (const limit of limits) expect(limit).toMatchObject({ counted: 456, refused: 0 });
    expect(Math.max(...limits.map(({ busiest }) => busiest))).toBe(400);
    expect(hub.clock.now() - began).toBeGreaterThanOrEqual(60_000);
    expect(hub.clock.now() - began).toBeLessThan(120_000);
  }, 120_000);

  test('a ban that someone else caused is waited out', async () => {
    const hub = await start('entsoe');
    // Somebody behind the same address does not keep the limit.
    const rude = {
      method: 'GET',
      headers: {},
      redirect: 'manual' as const,
      signal: new AbortController().signal,
    };
    await Promise.all(Array.from({ length: 401 }, () => hub.fetch(`${hub.origin}/api`, rude)));
    const began = hub.clock.now();
    const { outcomes } = await collect(
      entsoe(hub).prices({
        areas: ['NO1'],
        interval: between('2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z'),
      }),
    );
    expect(outcomes[0]?.state).toBe('complete');
    expect(hub.clock.now() - began).toBeGreaterThanOrEqual(600_000);
  }, 120_000);

  test('cut bodies, pages of gateways, resets and disorder come right', async () => {
    const hub = await start('entsoe');
    const request = {
      areas: ['NO1'],
      interval: between('2026-01-01T23:00:00Z', '2026-01-03T23:00:00Z'),
    };
    const ask = async (): Promise<readonly PriceSeries[]> =>
      mergePrices((await collect(entsoe(hub).prices(request))).items);
    const whole = await ask();
    await hub.faults([
      { fault: { kind: 'cut', keep: 0.7 } },
      { fault: { kind: 'reset' } },
      { fault: { kind: 'status', status: 503, retryAfter: 3, body: '<html>busy</html>' } },
    ]);
    expect(await ask()).toEqual(whole);
    await hub.faults([
      { times: 4, fault: { kind: 'body', body: '<Publication_MarketDocument><TimeSer' } },
    ]);
    expect(await ask()).toEqual(whole);
    for (const kind of ['unsorted', 'duplicates', 'unknown-field'] as const) {
      await hub.faults([{ fault: { kind } }]);
      expect(await ask()).toEqual(whole);
    }
  });

  test('a wrong token is told as such, an unknown area before anything is sent', async () => {
    const hub = await start('entsoe');
    const fault = await faultOf(
      collect(
        entsoe(hub, { token: 'not-a-token-at-all' }).prices({
          areas: ['NO1'],
          interval: between('2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z'),
        }),
      ),
    );
    expect(fault).toMatchObject({ code: 'hub/credential-refused', status: 401 });
    const day = between('2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z');
    const backward = { start: day.end, end: day.start };
    for (const request of [
      { areas: ['NO9'], interval: day },
      { areas: ['NO1'], interval: backward },
      { areas: ['NO1'], interval: between('yesterday', 'today') },
    ]) {
      expect((await faultOf(collect(entsoe(hub).prices(request)))).code).toBe(
        'hub/invalid-request',
      );
    }
    expect((await hub.report()).exchanges).toHaveLength(1);
  });

  test('the token, which stands in every address, is in no error, hook or inspection', async () => {
    const hub = await start('entsoe');
    const token = hub.credentials['token'] ?? '';
    const seen: string[] = [];
    const client = entsoe(hub, {
      retry: { attempts: 1 },
      hook: {
        request: (one) => seen.push(JSON.stringify(one)),
        answer: (one) => seen.push(JSON.stringify(one)),
      },
    });
    const request = {
      areas: ['NO1'],
      interval: between('2026-01-01T23:00:00Z', '2026-01-02T23:00:00Z'),
    };
    await collect(client.prices(request));
    const echo = `<Acknowledgement_MarketDocument><Reason><code>999</code><text>Invalid securityToken ${token}</text></Reason></Acknowledgement_MarketDocument>`;
    for (const fault of [
      { kind: 'body' as const, body: echo },
      { kind: 'status' as const, status: 400, body: echo },
      { kind: 'reset' as const },
      { kind: 'body' as const, body: `<html>${token}` },
    ]) {
      await hub.faults([{ times: null, fault }]);
      const { outcomes } = await collect(client.prices(request)).catch((error: unknown) => {
        seen.push(inspect(error, { depth: 12, showHidden: true }), JSON.stringify(error));
        return { outcomes: [] };
      });
      seen.push(JSON.stringify(outcomes));
    }
    seen.push(inspect(client, { depth: 12, showHidden: true }), JSON.stringify(client));
    expect(seen.join('\n')).toContain('[secret]');
    expect(seen.join('\n')).not.toContain(token);
  });
});
