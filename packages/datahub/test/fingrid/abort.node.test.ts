import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { collect } from '../../src/index.ts';
import { expectReleased, stopper } from '../abort.ts';
import { faultOf } from '../fault.ts';
import { between } from '../interval.ts';
import { client, CUSTOMER, first, second, startFingrid, stopHubs, third } from './setup.ts';

afterEach(stopHubs);

const stuck = { kind: 'slow', milliseconds: 600_000 } as const;
const week = between('2026-03-26T22:00:00Z', '2026-04-02T21:00:00Z');

describe('Fingrid, told to stop', () => {
  test('in the middle of a body; the other transfer of the same client goes on', async () => {
    const hub = await startFingrid();
    await hub.faults([{ path: 'GetTimeSeries', body: first, fault: stuck }]);
    const { signal, hook } = stopper(hub, ({ operation }) => operation === 'GetTimeSeriesDataPost');
    const fingrid = client(hub, { hook });
    const mine = faultOf(
      collect(fingrid.series({ meteringPoints: [first], interval: week }, { signal })),
    );
    const other = collect(fingrid.series({ meteringPoints: [second], interval: week }));
    expect(await mine).toMatchObject({ code: 'hub/aborted', retry: 'never' });
    expect((await other).outcomes).toMatchObject([{ state: 'complete' }]);
    await expectReleased(signal);
  });

  test('between the parts of one metering point: the rest is not asked for', async () => {
    const hub = await startFingrid();
    let sent = 0;
    const { signal, hook } = stopper(
      hub,
      ({ operation }) => operation === 'GetTimeSeriesDataPost' && ++sent === 2,
    );
    await hub.faults([{ path: 'GetTimeSeries', skip: 1, fault: stuck }]);
    const fingrid = client(hub, { hook, maxDays: 1 });
    const request = { meteringPoint: first, customer: CUSTOMER, interval: week };
    expect((await faultOf(fingrid.timeSeries(request, signal))).code).toBe('hub/aborted');
    expect(sent).toBe(2);
    await expectReleased(signal);
  });

  test('while it waits for a place within the limit that the host knows: nothing is sent', async () => {
    const hub = await startFingrid(undefined, { perMinute: 1 }, { auto: false });
    const fingrid = client(hub, { limits: [{ scope: 'address', max: 1, per: 60_000 }] });
    await fingrid.customer(CUSTOMER);
    const { signal, stop } = stopper();
    const waiting = faultOf(fingrid.customer(CUSTOMER, signal));
    const behind = fingrid.customer(CUSTOMER);
    await sleep(30);
    stop();
    expect((await waiting).code).toBe('hub/aborted');
    expect((await hub.report()).exchanges).toHaveLength(1);
    await hub.clock.advance(60_000);
    expect((await behind)?.points).toHaveLength(3);
    expect((await hub.report()).limits).toMatchObject([{ busiest: 1, counted: 2, refused: 0 }]);
    await expectReleased(signal);
  });

  test('between metering points: nothing more is handed over, and it resumes', async () => {
    const hub = await startFingrid();
    const request = { meteringPoints: [first, second, third], interval: week };
    const whole = (await collect(client(hub).series(request))).items;
    const { signal, stop } = stopper();
    const got: unknown[] = [];
    let resume = '';
    const work = (async (): Promise<void> => {
      for await (const chunk of client(hub).series(request, { signal })) {
        got.push(...chunk.items);
        ({ resume } = chunk);
        await sleep(50);
        stop();
      }
    })();
    expect((await faultOf(work)).code).toBe('hub/aborted');
    expect(got).toHaveLength(1);
    await expectReleased(signal);
    expect([...got, ...(await collect(client(hub).series(request, { resume }))).items]).toEqual(
      whole,
    );
  });
});
