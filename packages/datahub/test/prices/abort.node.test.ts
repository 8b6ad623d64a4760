import { afterEach, describe, expect, test } from 'vitest';
import type { PriceSeries } from '@metergram/model';
import { collect } from '../../src/index.ts';
import { expectReleased, stopper } from '../abort.ts';
import { faultOf } from '../fault.ts';
import { between } from '../interval.ts';
import { energinet, entsoe, start, stopHubs } from './setup.ts';

afterEach(stopHubs);

const stuck = { kind: 'slow', milliseconds: 600_000 } as const;
const years = between('2023-12-31T23:00:00Z', '2026-05-31T22:00:00Z');

describe('prices, told to stop', () => {
  test('ENTSO-E: in the middle of a body, and between areas; it resumes', async () => {
    const hub = await start('entsoe');
    await hub.faults([{ fault: stuck }]);
    const halfway = stopper(hub);
    const request = { areas: ['NO1', 'FI'], interval: years };
    const stopped = faultOf(
      collect(entsoe(hub, { hook: halfway.hook }).prices(request, { signal: halfway.signal })),
    );
    expect(await stopped).toMatchObject({ code: 'hub/aborted', retry: 'never' });
    await expectReleased(halfway.signal);
    await hub.faults([]);

    const whole = (await collect(entsoe(hub).prices(request))).items;
    const { signal, stop } = stopper();
    const got: PriceSeries[] = [];
    let resume = '';
    const work = (async (): Promise<void> => {
      for await (const chunk of entsoe(hub).prices(request, { signal })) {
        got.push(...chunk.items);
        ({ resume } = chunk);
        stop();
      }
    })();
    expect((await faultOf(work)).code).toBe('hub/aborted');
    await expectReleased(signal);
    const rest = await collect(entsoe(hub).prices(request, { resume }));
    expect([...got, ...rest.items]).toEqual(whole);
  });

  test('Energi Data Service: between datasets, a minute before the next would be sent', async () => {
    const hub = await start('energidataservice');
    const request = { areas: ['DK1'], interval: years };
    const whole = (await collect(energinet(hub).prices(request))).items;
    await hub.forget();
    const { signal, stop } = stopper();
    const got: PriceSeries[] = [];
    let resume = '';
    const work = (async (): Promise<void> => {
      for await (const chunk of energinet(hub).prices(request, { signal })) {
        got.push(...chunk.items);
        ({ resume } = chunk);
        stop();
      }
    })();
    expect((await faultOf(work)).code).toBe('hub/aborted');
    expect((await hub.report()).exchanges).toHaveLength(1);
    await expectReleased(signal);
    const rest = await collect(energinet(hub).prices(request, { resume }));
    expect([...got, ...rest.items]).toEqual(whole);
  });
});
