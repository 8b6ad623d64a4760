import type { MeteringPointId } from '@metergram/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mergeSeries } from '../../src/core/series.ts';
import { collect, itemsOf } from '../../src/core/transfer.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { startTestHub, type TestHub } from '../../src/testing.ts';
import { point, small } from './data.ts';
import { customerOf, fault, october } from './setup.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ hub: 'eloverblik', data: small });
});
afterAll(() => hub.stop());
beforeEach(() => hub.faults([]));

const customer = (extra: object = {}): EloverblikCustomer => customerOf(hub, extra);

const ask = (client: EloverblikCustomer) =>
  collect(client.series({ meteringPoints: [point(1), point(3)], interval: october }));

describe('eloverblik, when things go wrong', () => {
  it('waits a minute after 429 and 503 without a time, and as long as told with one', async () => {
    for (const [rule, waits] of [
      [{ status: 429 }, 60_000],
      [{ status: 503 }, 60_000],
      [{ status: 429, retryAfter: 7 }, 7_000],
      [{ status: 503, retryAfter: 90 }, 90_000],
    ] as const) {
      const client = customer();
      await collect(client.points());
      await hub.faults([{ path: 'gettimeseries', fault: { kind: 'status', ...rule } }]);
      const before = hub.clock.now();
      expect((await ask(client)).items).toHaveLength(2);
      expect(hub.clock.now() - before).toBe(waits);
    }
  });

  it.each([
    ['a reset', { kind: 'reset' }],
    ['a reset after the work', { kind: 'reset', after: true }],
    ['a cut body', { kind: 'cut' }],
    ['an empty body', { kind: 'cut', keep: 0 }],
    [
      'a page instead of an answer',
      { kind: 'body', body: '<html>sorry</html>', contentType: 'text/html' },
    ],
    ['half of a JSON text', { kind: 'body', body: '{"result":[{"MyEnergy' }],
    ['another JSON', { kind: 'body', body: '{"hello":1}' }],
    ['a 502', { kind: 'status', status: 502, body: '<html>bad gateway</html>' }],
  ] as const)('gets over %s', async (_, one) => {
    await hub.faults([{ path: 'gettimeseries', times: 2, fault: one }]);
    const { items, outcomes } = await ask(customer());
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect(items[0]?.points).toHaveLength(292);
  });

  it('does not wait for ever for a slow body', async () => {
    await hub.faults([{ path: 'gettimeseries', fault: { kind: 'slow', milliseconds: 600_000 } }]);
    const { outcomes } = await ask(customer({ timeout: 2_000 }));
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('finds the one metering point that the hub cannot give, and gives the others', async () => {
    await hub.faults([
      {
        path: 'gettimeseries',
        body: point(2),
        times: null,
        fault: { kind: 'status', status: 500 },
      },
    ]);
    const { items, outcomes, progress } = await collect(
      customer({ retry: { attempts: 1 } }).series({
        meteringPoints: [point(1), point(2), point(3)],
        interval: october,
      }),
    );
    expect(items.map(({ meteringPoint }) => meteringPoint)).toEqual([point(1), point(3)]);
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'failed', 'complete']);
    expect(progress?.unitsDone).toBe(1);
  });

  it('takes a whole bundle apart when the hub refuses it for one of its points', async () => {
    const strict = await startTestHub({
      hub: 'eloverblik',
      data: small,
      options: { denial: 'whole' },
    });
    try {
      const client = new EloverblikCustomer({
        refreshToken: strict.credentials['customerRefreshToken'] as string,
        origin: strict.origin,
        clock: strict.clock,
        fetch: strict.fetch,
      });
      const { outcomes } = await collect(
        client.series({ meteringPoints: [point(1), point(5), point(3)], interval: october }),
      );
      expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'failed', 'complete']);
      expect(outcomes[1]?.faults[0]).toMatchObject({ code: 'hub/not-permitted' });
    } finally {
      await strict.stop();
    }
  });

  it('gives up on a hub that is down, and says when to come back', async () => {
    await hub.faults([
      {
        path: 'gettimeseries',
        times: null,
        fault: { kind: 'status', status: 503, retryAfter: 120 },
      },
    ]);
    const given = await fault(ask(customer({ retry: { attempts: 2 } })));
    expect(given).toMatchObject({ code: 'hub/unavailable', status: 503, retry: 'smaller' });
    expect(given.retryAt).toBe(
      new Date(hub.clock.now() + 120_000).toISOString().replace('.000Z', 'Z'),
    );
    expect(given.correlationId).toBeUndefined();
  });

  it('keeps unknown codes and tells of them, sorts, and drops what comes twice', async () => {
    for (const kind of ['unknown-enum', 'duplicates', 'unsorted', 'unknown-field'] as const) {
      await hub.faults([{ path: 'gettimeseries', fault: { kind } }]);
      const { items, issues } = await ask(customer());
      expect(items[0]?.points).toHaveLength(292);
      expect(mergeSeries(items)).toEqual(items);
      expect(issues.length > 0).toBe(kind === 'unknown-enum');
      if (kind === 'unknown-enum') {
        expect(issues[0]).toMatchObject({ code: 'eloverblik/unknown-code', severity: 'warning' });
        expect(items[0]?.points[0]).toMatchObject({ quality: 'unknown', source: { code: 'A77' } });
        expect(items[0]?.source).toMatchObject({ businessType: 'A99' });
      }
    }
  });

  it('stops at once when told to', async () => {
    const stop = new AbortController();
    await hub.faults([{ path: 'gettimeseries', fault: { kind: 'slow', milliseconds: 600_000 } }]);
    const work = collect(
      customer().series({ meteringPoints: [point(1)], interval: october }, { signal: stop.signal }),
    );
    setTimeout(() => stop.abort(), 50);
    expect(await fault(work)).toMatchObject({ code: 'hub/aborted', retry: 'never' });
  });

  it('reads a longer list than one request takes, in the order asked for', async () => {
    const asked = [point(3), point(1), point(2)] as MeteringPointId[];
    const got = [];
    for await (const series of itemsOf(
      customer({ bundle: 1, days: 1, concurrency: 3 }).series({
        meteringPoints: asked,
        interval: october,
      }),
    ))
      got.push(series.meteringPoint);
    expect([...new Set(got)]).toEqual(asked);
  });
});
