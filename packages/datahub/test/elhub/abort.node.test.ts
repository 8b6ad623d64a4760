import { afterEach, describe, expect, test } from 'vitest';
import { collect } from '../../src/index.ts';
import { createElhubEnergyData } from '../../src/elhub.ts';
import { expectReleased, stopper } from '../abort.ts';
import { between, client, faultOf, startElhub, stopHubs, submission } from './setup.ts';

afterEach(stopHubs);

const stuck = { kind: 'slow', milliseconds: 600_000 } as const;
const page = { number: 0, size: 1 };

describe('Elhub, told to stop', () => {
  test('a token on its way stays for the others that wait for it; nobody waiting, it is dropped', async () => {
    const hub = await startElhub();
    await hub.faults([{ path: '/token', fault: { kind: 'slow', milliseconds: 4_000 } }]);
    const { signal, hook } = stopper(hub, ({ operation }) => operation === 'token');
    const elhub = client(hub, { hook });
    const mine = faultOf(collect(elhub.consents({ signal })));
    const other = elhub.access.page('grants', 'AuthorizationGrant', page);
    expect(await mine).toMatchObject({ code: 'hub/aborted', retry: 'never' });
    expect((await other).items).toEqual([]);
    const tokens = async (): Promise<number> =>
      (await hub.report()).exchanges.filter(({ path }) => path === '/token').length;
    expect(await tokens()).toBe(1);
    await expectReleased(signal);

    await hub.forget();
    await hub.faults([{ path: '/token', fault: stuck }]);
    const alone = stopper(hub, ({ operation }) => operation === 'token');
    const second = client(hub, { hook: alone.hook });
    const pending = faultOf(second.access.grant('x', alone.signal));
    expect((await pending).code).toBe('hub/aborted');
    expect((await second.access.page('grants', 'AuthorizationGrant', page)).items).toEqual([]);
    expect(await tokens()).toBe(2);
    await expectReleased(alone.signal);
  });

  test('in the middle of a page: no more is asked for, and what came before was given', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    for (let made = 0; made < 3; made += 1) await elhub.access.createRequest(submission());
    await hub.forget();
    await hub.faults([{ path: 'page%5Bnumber%5D=1', fault: stuck }]);
    let sent = 0;
    const { signal, hook } = stopper(
      hub,
      ({ operation }) => operation === 'requests' && ++sent === 2,
    );
    const own = client(hub, { hook });
    const ids: string[] = [];
    const work = (async (): Promise<void> => {
      for await (const request of own.access.requests({}, { pageSize: 1, signal }))
        ids.push(request.id);
    })();
    expect((await faultOf(work)).code).toBe('hub/aborted');
    expect(ids).toHaveLength(1);
    const { exchanges } = await hub.report();
    expect(exchanges.filter(({ path }) => path.includes('requests'))).toHaveLength(2);
    await expectReleased(signal);
  });

  test('what must not be done twice is not done again after a stop', async () => {
    const hub = await startElhub();
    await hub.faults([{ path: 'authorization-requests', fault: stuck }]);
    const { signal, hook } = stopper(hub, ({ route }) => route.includes('authorization-requests'));
    const elhub = client(hub, { hook });
    const fault = await faultOf(elhub.access.createRequest(submission(), signal));
    expect(fault.code).toBe('hub/aborted');
    const { exchanges } = await hub.report();
    expect(exchanges.filter(({ path }) => path.includes('authorization-requests'))).toHaveLength(1);
    await expectReleased(signal);
  });

  test('between months of the open data: nothing more is handed over, and it resumes', async () => {
    const from = Date.parse('2025-01-31T23:00:00Z');
    const to = Date.parse('2026-05-31T22:00:00Z');
    const hub = await startElhub({ data: { hub: { elhub: { energyData: { from, to } } } } });
    const open = createElhubEnergyData({
      origin: hub.origin,
      userAgent: 'metergram-test/1.0',
      clock: hub.clock,
      fetch: hub.fetch,
    });
    const request = {
      entity: 'price-areas',
      id: 'NO1',
      dataset: 'CONSUMPTION_PER_GROUP_MBA_HOUR',
      interval: between('2025-02-28T23:00:00Z', '2025-08-31T22:00:00Z'),
      filter: { consumptionGroup: 'household' },
    } as const;
    const whole = (await collect(open.series(request))).items;
    const { signal, stop } = stopper();
    const got: unknown[] = [];
    let resume = '';
    const work = (async (): Promise<void> => {
      for await (const chunk of open.series(request, { signal })) {
        got.push(...chunk.items);
        ({ resume } = chunk);
        if (got.length === 2) stop();
      }
    })();
    expect((await faultOf(work)).code).toBe('hub/aborted');
    expect(got).toHaveLength(2);
    await expectReleased(signal);
    expect([...got, ...(await collect(open.series(request, { resume }))).items]).toEqual(whole);
  });
});
