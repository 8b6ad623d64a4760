import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { MeteringPointId, TimeSeries } from '@metergram/model';
import { collect, corrections, mergeSeries } from '../../src/index.ts';
import { generatedIds } from '../../src/testing.ts';
import { faultOf } from '../fault.ts';
import { between } from '../interval.ts';
import {
  client,
  CUSTOMER,
  first,
  generated,
  second,
  startFingrid,
  stopHubs,
  third,
} from './setup.ts';

afterEach(stopHubs);

const week = between('2026-03-26T22:00:00Z', '2026-04-02T21:00:00Z');

describe('client certificates', () => {
  test('a good one opens the door; none, an expired one and a stranger’s are refused in the handshake', async () => {
    const hub = await startFingrid();
    expect((await collect(client(hub).points())).items.map((point) => point.id)).toEqual([
      first,
      second,
      third,
    ]);
    await hub.forget();
    for (const fetch of [hub.fetch, hub.fetchAs('expired'), hub.fetchAs('stranger')]) {
      const fault = await faultOf(
        client(hub, { fetch, retry: { attempts: 1 } }).customer(CUSTOMER),
      );
      expect(fault.code).toBe('hub/network');
      expect(JSON.stringify(fault)).not.toContain(CUSTOMER);
    }
    expect((await hub.report()).exchanges).toEqual([]);
  });
});

describe('series', () => {
  test('quarters over the day of 23 hours: every one there, decimals as sent', async () => {
    const hub = await startFingrid();
    const { items, outcomes } = await collect(
      client(hub).series({ meteringPoints: [first, second], interval: week }),
    );
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect(items.map((series) => series.points.length)).toEqual([7 * 96 - 4, 7 * 96 - 4]);
    expect(items[0]?.points.every((point) => /^\d+\.\d{6}$/.test(point.value ?? ''))).toBe(true);
    expect(items[0]).toMatchObject({ zone: 'Europe/Helsinki', resolution: 'PT15M', unit: 'kWh' });
  });

  test('holes and codes for missing give the same points: null, and never zero', async () => {
    const data = { generate: [{ ...generated, missing: 0.3 }] };
    const gaps = await startFingrid(data);
    const coded = await startFingrid(data, { missing: 'code' });
    const [one] = (await collect(client(gaps).series({ meteringPoints: [first], interval: week })))
      .items;
    const { items, issues } = await collect(
      client(coded).series({ meteringPoints: [first], interval: week }),
    );
    const [other] = items;
    const values = (series: typeof one): unknown =>
      series?.points.map((point) => [point.start, point.value, point.quality]);
    expect(values(one)).toEqual(values(other));
    const missing = one?.points.filter((point) => point.value === null) ?? [];
    expect(missing.length).toBeGreaterThan(100);
    expect(missing.every((point) => point.quality === 'missing')).toBe(true);
    expect(issues.map(({ code }) => code)).toEqual(missing.map(() => 'fingrid/value-of-missing'));
  });

  test('parts of a long period, however cut and halved, give what the whole gives', async () => {
    const hub = await startFingrid({ generate: [{ ...generated, missing: 0.1 }] });
    const request = {
      meteringPoints: [first],
      interval: between('2025-10-20T10:00:00Z', '2025-11-20T10:00:00Z'),
    };
    const whole = (await collect(client(hub).series(request))).items;
    for (const maxDays of [1, 7]) {
      expect((await collect(client(hub, { maxDays }).series(request))).items).toEqual(whole);
    }
    await hub.faults([
      { path: 'GetTimeSeries', times: 4, fault: { kind: 'status', status: 500 } },
      { path: 'GetTimeSeries', times: 1, fault: { kind: 'cut' } },
    ]);
    expect((await collect(client(hub).series(request))).items).toEqual(whole);
  });

  test('coarser is summed by Datahub, by Finnish days; a sum with a part missing says so; finer is no data', async () => {
    const hub = await startFingrid({
      generate: [{ ...generated, resolution: 'PT1H', missing: 0.02 }],
    });
    const days = between('2026-03-27T22:00:00Z', '2026-03-30T21:00:00Z');
    const fingrid = client(hub);
    const { items } = await collect(
      fingrid.series({ meteringPoints: [first], interval: days, resolution: 'P1D' }),
    );
    expect(items[0]?.points.map((point) => [point.start, point.end])).toEqual([
      ['2026-03-27T22:00:00Z', '2026-03-28T22:00:00Z'],
      ['2026-03-28T22:00:00Z', '2026-03-29T21:00:00Z'],
      ['2026-03-29T21:00:00Z', '2026-03-30T21:00:00Z'],
    ]);
    const words = new Set(
      items[0]?.points.map((point) => `${point.quality} ${point.source?.code}`),
    );
    expect([...words].every((word) => ['measured OK', 'incomplete PMISSING'].includes(word))).toBe(
      true,
    );
    const finer = await collect(
      fingrid.series({ meteringPoints: [first], interval: days, resolution: 'PT15M' }),
    );
    expect(finer.items).toEqual([]);
    expect(finer.outcomes[0]).toMatchObject({
      state: 'no-data',
      faults: [{ code: 'hub/no-data' }],
    });
  });

  test('an unknown quality, duplicates and disorder leave every value in its place', async () => {
    const hub = await startFingrid();
    const ask = async (): Promise<
      readonly { start: string; value: string | null; quality: string }[]
    > =>
      (await collect(client(hub).series({ meteringPoints: [first], interval: week }))).items[0]
        ?.points ?? [];
    const whole = await ask();
    for (const kind of ['duplicates', 'unsorted', 'unknown-field'] as const) {
      await hub.faults([{ path: 'GetTimeSeries', fault: { kind } }]);
      expect(await ask()).toEqual(whole);
    }
    await hub.faults([{ path: 'GetTimeSeries', fault: { kind: 'unknown-enum' } }]);
    expect((await ask())[0]).toMatchObject({
      value: whole[0]?.value,
      quality: 'unknown',
      source: { code: 'E99' },
    });
  });

  test('a correction is found by reading the window again, and comes as revised', async () => {
    const hub = await startFingrid();
    const ask = async (): Promise<TimeSeries[]> =>
      (await collect(client(hub).series({ meteringPoints: [first], interval: week }))).items;
    const before = await ask();
    const at = Date.parse('2026-03-28T10:00:00Z');
    await hub.act('correct', {
      meteringPoint: first,
      point: { start: at, end: at + 900_000, value: '9.5', quality: 'adjusted' },
    });
    const found = corrections(mergeSeries(before), mergeSeries(await ask()));
    expect(found.map(({ after }) => after)).toEqual([
      {
        start: '2026-03-28T10:00:00Z',
        end: '2026-03-28T10:15:00Z',
        value: '9.500000',
        quality: 'adjusted',
        source: { scheme: 'fingrid', code: 'REVISED' },
      },
    ]);
  });

  test('what an agreement does not cover is missing; what nobody has a right to is no data', async () => {
    const hub = await startFingrid({
      generate: [generated],
      hub: {
        fingrid: {
          customers: [
            { identification: CUSTOMER, meteringPoints: [first], from: '2026-03-29T21:00:00Z' },
            { identification: 'other', meteringPoints: [second] },
          ],
        },
      },
    });
    const { items, outcomes } = await collect(
      client(hub).series({ meteringPoints: [first, second], interval: week }),
    );
    const points = items[0]?.points ?? [];
    expect(points.filter((point) => point.value === null)).toHaveLength(3 * 96 - 4);
    expect(points[3 * 96 - 4]?.value).not.toBeNull();
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'failed']);
    expect(outcomes[1]?.faults[0]?.code).toBe('hub/not-permitted');
    await hub.act('withdraw', { customer: CUSTOMER });
    const fault = await faultOf(
      client(hub).timeSeries({ meteringPoint: first, customer: CUSTOMER, interval: week }),
    );
    expect(fault).toMatchObject({ code: 'hub/no-data', hubCode: { code: 'empty' } });
    expect(await client(hub).customer(CUSTOMER)).toBeNull();
  });

  test('a transfer goes on where it stopped', async () => {
    const hub = await startFingrid();
    const request = { meteringPoints: [first, second, third], interval: week };
    const whole = (await collect(client(hub).series(request))).items;
    const got: unknown[] = [];
    let resume = '';
    for await (const chunk of client(hub).series(request)) {
      got.push(...chunk.items);
      resume = chunk.resume;
      break;
    }
    for await (const chunk of client(hub).series(request, { resume })) got.push(...chunk.items);
    expect(got).toEqual(whole);
  });
});

describe('metering points', () => {
  test('one that two customers share is given once, also where the list is resumed between them', async () => {
    const both = [
      { identification: CUSTOMER, meteringPoints: [first, second] },
      { identification: 'other', meteringPoints: [second, third] },
      { identification: 'third', meteringPoints: [third, first] },
    ];
    const hub = await startFingrid({
      generate: [generated],
      hub: { fingrid: { customers: both } },
    });
    const own = client(hub, { customers: both.map(({ identification }) => identification) });
    const whole = await collect(own.points());
    expect(whole.items.map(({ id }) => id)).toEqual([first, second, third]);
    for await (const { resume, items, progress } of own.points()) {
      const rest = await collect(own.points({ resume }));
      const before = whole.items.findIndex(({ id }) => id === items.at(-1)?.id) + 1;
      if (items.length > 0) expect(rest.items).toEqual(whole.items.slice(before));
      else expect([progress.unitsDone, rest.items]).toEqual([3, []]);
    }
  });

  test('whose they are is asked for again when the hub could not say it at first', async () => {
    const hub = await startFingrid();
    await hub.faults([
      { path: 'GetCustomerData', times: 1, fault: { kind: 'status', status: 500 } },
    ]);
    const { outcomes } = await collect(
      client(hub, { retry: { attempts: 1 } }).series({
        meteringPoints: [first, second, third],
        interval: week,
      }),
    );
    // Two are under way at a time and wait for the same answer; the third asks again.
    expect(outcomes.map(({ state }) => state)).toEqual(['failed', 'failed', 'complete']);
  });
});

describe('the rest of the interface', () => {
  test('an accounting point is kept whole; tariffs and consents are refused with a reason', async () => {
    const hub = await startFingrid();
    const fingrid = client(hub);
    expect(await fingrid.accountingPoint(first, CUSTOMER, '2026-05-01')).toMatchObject({
      id: first,
      source: { MeteringPointStatus: 'AE01' },
    });
    expect((await faultOf(collect(fingrid.charges()))).code).toBe('hub/not-supported');
    expect((await faultOf(collect(fingrid.consents()))).code).toBe('hub/not-supported');
    const backward = { start: week.end, end: week.start };
    const empty = { meteringPoint: first, customer: CUSTOMER, interval: backward };
    expect((await faultOf(fingrid.timeSeries(empty))).code).toBe('hub/invalid-request');
  });

  test('a signal ends it; an outage ends the transfer instead of failing point by point', async () => {
    const hub = await startFingrid();
    const stop = new AbortController();
    stop.abort();
    expect((await faultOf(collect(client(hub).points({ signal: stop.signal })))).code).toBe(
      'hub/aborted',
    );
    await hub.faults([{ times: null, fault: { kind: 'status', status: 503, retryAfter: 1 } }]);
    expect((await faultOf(collect(client(hub).points()))).code).toBe('hub/unavailable');
  });

  test('a limit that the host knows is kept', async () => {
    const hub = await startFingrid({ generate: [{ ...generated, count: 30 }] }, { perMinute: 10 });
    const points = generatedIds({ ...generated, count: 30 }) as MeteringPointId[];
    const { outcomes } = await collect(
      client(hub, { limits: [{ scope: 'address', max: 10, per: 60_000 }] }).series({
        meteringPoints: points,
        interval: between('2026-03-26T22:00:00Z', '2026-03-27T22:00:00Z'),
      }),
    );
    expect(outcomes.every(({ state }) => state === 'complete')).toBe(true);
    expect((await hub.report()).limits).toMatchObject([{ busiest: 10, counted: 31, refused: 0 }]);
  });

  test('no identification of a customer and no key is in any error, hook or inspection', async () => {
    const hub = await startFingrid();
    const seen: string[] = [];
    const fingrid = client(hub, {
      hook: {
        request: (one) => seen.push(JSON.stringify(one)),
        answer: (one) => seen.push(JSON.stringify(one)),
      },
    });
    await collect(fingrid.series({ meteringPoints: [first], interval: week }));
    // Datahub repeats the identification in its reason.
    await hub.faults([
      {
        fault: {
          kind: 'body',
          body: `{"R":{"Transaction":{"EventReasons":{"EventReason":[{"EventReasonCode":"RC-1","EventReasonText":"${CUSTOMER} is not valid"}]}}}}`,
        },
      },
    ]);
    const wrong = await fingrid
      .timeSeries({ meteringPoint: first, customer: CUSTOMER, interval: week })
      .catch((error: unknown) => error);
    expect(wrong).toMatchObject({
      fault: { code: 'hub/invalid-request', hubCode: { code: 'RC-1' } },
    });
    for (const thing of [fingrid, wrong]) {
      seen.push(inspect(thing, { depth: 12, showHidden: true }), JSON.stringify(thing));
    }
    if (wrong instanceof Error) seen.push(wrong.stack ?? '');
    const text = seen.join('\n');
    expect(text).not.toContain(CUSTOMER);
    expect(text).not.toContain(hub.certificates.clients.good.key.split('\n')[1]);
  });
});
