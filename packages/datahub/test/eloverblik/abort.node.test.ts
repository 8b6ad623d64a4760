import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { HubSeries } from '../../src/core/client.ts';
import type { AnswerSeen } from '../../src/core/hook.ts';
import { mergeSeries } from '../../src/core/series.ts';
import { collect } from '../../src/core/transfer.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { type StartOptions, startTestHub, type TestHub } from '../../src/testing.ts';
import { expectReleased, reached, stopper } from '../abort.ts';
import { point, small } from './data.ts';
import { customerOf, fault, october } from './setup.ts';

const hubs: TestHub[] = [];
afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.stop();
});

async function start(options: Partial<StartOptions> = {}): Promise<TestHub> {
  const hub = await startTestHub({ hub: 'eloverblik', data: small, ...options });
  hubs.push(hub);
  return hub;
}

const asked = { meteringPoints: [point(1), point(3)], interval: october };
/** Half an answer, and the other half long after a test that waits for it has failed. */
const stuck = { kind: 'slow', milliseconds: 600_000 } as const;
const paths = async (hub: TestHub): Promise<string[]> =>
  (await hub.report()).exchanges.map(({ path }) => path.split('/').slice(3, 5).join('/'));

describe('eloverblik, told to stop', () => {
  it('sends nothing for a signal that was aborted before', async () => {
    const hub = await start();
    const signal = AbortSignal.abort();
    const client = customerOf(hub);
    for (const work of [
      collect(client.points({ signal })),
      collect(client.series(asked, { signal })),
      collect(client.charges(asked, { signal })),
      collect(client.exportSeries(asked, { signal })),
      client.deleteRelation(point(1), signal),
      client.isAlive(signal),
    ])
      expect(await fault(work)).toMatchObject({ code: 'hub/aborted', retry: 'never' });
    expect((await hub.report()).exchanges).toEqual([]);
  });

  it('leaves a token on its way to the others that wait for it', async () => {
    const hub = await start();
    await hub.faults([{ path: '/token', fault: { kind: 'slow', milliseconds: 4_000 } }]);
    const { signal, hook } = stopper(hub, ({ operation }) => operation === 'token');
    const came: string[] = [];
    const answer = ({ operation }: AnswerSeen): void => void came.push(operation);
    const client = customerOf(hub, { hook: { ...hook, answer } });
    const mine = fault(collect(client.points({ signal })));
    const others = [collect(client.points()), collect(client.series(asked))];
    expect(await mine).toMatchObject({ code: 'hub/aborted' });
    // At once, not when the token came.
    expect(came).toEqual([]);
    const [points, series] = await Promise.all(others);
    expect(points?.items.length).toBeGreaterThan(0);
    expect(series?.outcomes.map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect((await paths(hub)).filter((path) => path === 'token')).toHaveLength(1);
    await expectReleased(signal);
  });

  it('drops a token that nobody waits for any more, and the next caller gets one', async () => {
    const hub = await start();
    await hub.faults([{ path: '/token', fault: stuck }]);
    const { signal, hook } = stopper(hub, ({ operation }) => operation === 'token');
    const client = customerOf(hub, { hook });
    const both = [client.points({ signal }), client.series(asked, { signal })].map((one) =>
      fault(collect<unknown>(one)),
    );
    for (const one of both) expect(await one).toMatchObject({ code: 'hub/aborted' });
    expect((await collect(client.points())).items.length).toBeGreaterThan(0);
    expect((await paths(hub)).filter((path) => path === 'token')).toHaveLength(2);
    await expectReleased(signal);
  });

  it('gives up its wait for a place within the limits, and who waits behind keeps his', async () => {
    const hub = await start({ auto: false });
    // Two tokens a minute from one address: the third client waits, and the fourth behind it.
    for (let client = 0; client < 2; client++) await collect(customerOf(hub).points());
    const { signal, stop } = stopper();
    const third = fault(collect(customerOf(hub).points({ signal })));
    const fourth = collect(customerOf(hub).points());
    await sleep(50);
    expect((await paths(hub)).filter((path) => path === 'token')).toHaveLength(2);
    stop();
    expect(await third).toMatchObject({ code: 'hub/aborted' });
    await expectReleased(signal);
    await hub.clock.advance(60_000);
    expect((await fourth).items.length).toBeGreaterThan(0);
    const { limits, exchanges } = await hub.report();
    expect(exchanges.filter(({ path }) => path.endsWith('/token'))).toHaveLength(3);
    for (const { busiest, max } of limits) expect(busiest).toBeLessThanOrEqual(max);
  });

  it('breaks off in the middle of a body, and the connection is of use afterwards', async () => {
    const hub = await start();
    await hub.faults([{ path: 'gettimeseries', fault: stuck }]);
    const { signal, hook } = stopper(hub, ({ operation }) => operation === 'timeseries');
    const client = customerOf(hub, { hook });
    expect(await fault(collect(client.series(asked, { signal })))).toMatchObject({
      code: 'hub/aborted',
      operation: 'timeseries',
    });
    await expectReleased(signal);
    const { outcomes, progress } = await collect(client.series(asked));
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'complete']);
    // The broken request is not sent again behind the caller's back.
    expect(progress).toMatchObject({ requests: 1, retries: 0 });
    expect((await paths(hub)).filter((path) => path !== 'token')).toHaveLength(2);
  });

  it('ends the pause before another attempt, whatever the reason given', async () => {
    const hub = await start({ auto: false });
    await hub.faults([
      { path: 'gettimeseries', times: null, fault: { kind: 'status', status: 503 } },
    ]);
    const { signal, stop } = stopper();
    const one = { ...asked, meteringPoints: [point(1)] };
    const work = fault(collect(customerOf(hub).series(one, { signal })));
    await reached(hub, ({ status }) => status === 503);
    stop();
    expect(await work).toMatchObject({ code: 'hub/aborted', operation: 'timeseries' });
    expect((await paths(hub)).filter((path) => path.includes('gettimeseries'))).toHaveLength(1);
    await expectReleased(signal);
  });

  it('hands over nothing between chunks once stopped, and resumes from the last one', async () => {
    const hub = await start();
    const sizes = { bundle: 1, days: 1, concurrency: 3 };
    const whole = (await collect(customerOf(hub, sizes).series(asked))).items;
    for (const stopAfter of [1, 2, 4]) {
      await hub.forget();
      const { signal, stop } = stopper();
      const got: HubSeries[] = [];
      let resume = '';
      let chunks = 0;
      const work = (async (): Promise<void> => {
        for await (const chunk of customerOf(hub, sizes).series(asked, { signal })) {
          got.push(...chunk.items);
          ({ resume } = chunk);
          if (++chunks < stopAfter) continue;
          // Long enough for the requests under way to be answered: their answers are not handed over.
          await sleep(100);
          stop();
        }
      })();
      expect(await fault(work)).toMatchObject({ code: 'hub/aborted' });
      expect(chunks).toBe(stopAfter);
      const { exchanges } = await hub.report();
      const sent = exchanges.filter(({ path }) => path.includes('gettimeseries')).length;
      expect(sent).toBeLessThanOrEqual(stopAfter + sizes.concurrency);
      await expectReleased(signal);
      const rest = await collect(customerOf(hub, sizes).series(asked, { resume }));
      expect(mergeSeries([...got, ...rest.items])).toEqual(mergeSeries(whole));
    }
  });

  it('stops the requests under way when the loop is left, and leaves none behind', async () => {
    const hub = await start();
    // All but the first point's first day: which of four requests comes first to the hub, nobody knows.
    await hub.faults([
      { path: 'gettimeseries/2026-10-25', times: null, fault: stuck },
      { path: 'gettimeseries/2026-10-26', times: null, fault: stuck },
      { path: 'gettimeseries', body: point(3), times: null, fault: stuck },
    ]);
    const client = customerOf(hub, { bundle: 1, days: 1, concurrency: 4 });
    for await (const chunk of client.series(asked)) {
      expect(chunk.progress.unitsDone).toBe(1);
      await reached(hub, ({ fault: one }) => one === 'slow');
      break;
    }
    await hub.faults([]);
    // The places of what was broken off are free again: nothing waits for the slow answers.
    const { outcomes } = await collect(client.series(asked));
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  it('a caller’s own deadline is an abort, a silent hub is a timeout', async () => {
    const hub = await start();
    await hub.faults([{ path: 'gettimeseries', times: null, fault: stuck }]);
    const signal = AbortSignal.timeout(300);
    const client = (extra: object): EloverblikCustomer =>
      customerOf(hub, { retry: { attempts: 1 }, ...extra });
    expect(await fault(collect(client({}).series(asked, { signal })))).toMatchObject({
      code: 'hub/aborted',
    });
    expect(await fault(collect(client({ timeout: 100 }).series(asked)))).toMatchObject({
      code: 'hub/timeout',
      retry: 'smaller',
    });
  });
});
