import { afterEach, describe, expect, test } from 'vitest';
import { collect, corrections } from '../../src/index.ts';
import { createElhubEnergyData } from '../../src/elhub.ts';
import { generatedIds, type TestHub, type TestHubData } from '../../src/testing.ts';
import { between, client, faultOf, startElhub, stopHubs } from './setup.ts';

afterEach(stopHubs);

const setup = (missing = 0): TestHubData => ({
  hub: {
    elhub: {
      energyData: {
        from: Date.parse('2025-01-31T23:00:00Z'),
        to: Date.parse('2026-05-31T22:00:00Z'),
        missing,
      },
    },
  },
});

function open(hub: TestHub): ReturnType<typeof createElhubEnergyData> {
  return createElhubEnergyData({
    origin: hub.origin,
    userAgent: 'metergram-test/1.0',
    clock: hub.clock,
    fetch: hub.fetch,
  });
}

describe('energy data', () => {
  test('a year is asked for by months; the days of the change have 23 and 25 hours', async () => {
    const hub = await startElhub({ data: setup() });
    const { items } = await collect(
      open(hub).series({
        entity: 'price-areas',
        id: 'NO1',
        dataset: 'CONSUMPTION_PER_GROUP_MBA_HOUR',
        interval: between('2025-02-28T23:00:00Z', '2026-02-28T23:00:00Z'),
        filter: { consumptionGroup: 'household' },
      }),
    );
    expect(items).toHaveLength(12);
    const points = items.flatMap(({ series }) => series.points);
    expect(points).toHaveLength(365 * 24);
    expect(points.every((point) => point.value !== null)).toBe(true);
    expect(items.map(({ series }) => series.points.length)).toEqual([
      743, 720, 744, 720, 744, 744, 720, 745, 720, 744, 744, 672,
    ]);
    const { exchanges } = await hub.report();
    expect(exchanges.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  });

  test('cutting a period differently gives the same points; holes are missing, never zero', async () => {
    const hub = await startElhub({ data: setup(0.2) });
    const ask = async (from: string, to: string): Promise<unknown[]> =>
      (
        await collect(
          open(hub).series({
            entity: 'price-areas',
            id: 'NO3',
            dataset: 'PRODUCTION_PER_GROUP_MBA_HOUR',
            interval: between(from, to),
            filter: { productionGroup: 'wind' },
          }),
        )
      ).items.flatMap(({ series }) => series.points);
    const whole = await ask('2025-10-20T00:00:00Z', '2025-11-10T00:00:00Z');
    const parts = [
      ...(await ask('2025-10-20T00:00:00Z', '2025-10-26T00:30:00Z')),
      ...(await ask('2025-10-26T01:00:00Z', '2025-11-10T00:00:00Z')),
    ];
    expect(parts).toEqual(whole);
    const missing = (whole as { value: string | null; quality: string }[]).filter(
      (point) => point.value === null,
    );
    expect(missing.length).toBeGreaterThan(50);
    expect(missing.every((point) => point.quality === 'missing')).toBe(true);
  });

  test('resumed after any month, it gives what the uninterrupted one gives', async () => {
    const hub = await startElhub({ data: setup(0.05) });
    const request = {
      entity: 'price-areas',
      dataset: 'CONSUMPTION_PER_GROUP_MBA_HOUR',
      interval: between('2026-01-15T00:00:00Z', '2026-04-10T00:00:00Z'),
    };
    const chunks: { items: unknown[]; resume: string }[] = [];
    for await (const { items, resume } of open(hub).series(request)) {
      chunks.push({ items: [...items], resume });
    }
    expect(chunks).toHaveLength(4);
    for (const [at, { resume }] of chunks.entries()) {
      const rest = await collect(open(hub).series(request, { resume }));
      expect(rest.items).toEqual(chunks.slice(at + 1).flatMap(({ items }) => items));
    }
  });

  test('a corrected hour is found by its time of change, and by reading again', async () => {
    const hub = await startElhub({ data: setup() });
    const request = {
      entity: 'price-areas',
      id: 'NO2',
      dataset: 'CONSUMPTION_PER_GROUP_MBA_HOUR',
      interval: between('2026-03-01T00:00:00Z', '2026-03-08T00:00:00Z'),
      filter: { consumptionGroup: 'cabin' },
    };
    const before = (await collect(open(hub).series(request))).items;
    await hub.act('correct', {
      area: 'NO2',
      group: 'cabin',
      start: '2026-03-03T10:00:00Z',
      quantity: '77.70',
    });
    const after = (await collect(open(hub).series(request))).items;
    expect(after[0]?.lastUpdated).toBe(Date.parse('2026-06-01T08:00:00Z'));
    const changed = corrections(
      before.map(({ series }) => series),
      after.map(({ series }) => series),
    );
    expect(changed.map(({ after: point }) => [point?.start, point?.value])).toEqual([
      ['2026-03-03T10:00:00Z', '77.70'],
    ]);
  });

  test('204 is no data; a refusal is thrown and not lost; a month that fails is halved', async () => {
    const hub = await startElhub({ data: setup() });
    const data = open(hub);
    const request = {
      entity: 'price-areas',
      id: 'NO1',
      dataset: 'CONSUMPTION_PER_GROUP_MBA_HOUR',
      interval: between('2020-01-31T23:00:00Z', '2020-02-29T23:00:00Z'),
    };
    expect((await collect(data.series(request))).items).toEqual([]);
    expect(await faultOf(collect(data.series({ ...request, dataset: 'NONSENSE' })))).toMatchObject({
      code: 'hub/invalid-request',
      message: 'The requested entity is invalid or unsupported.',
    });
    await hub.faults([{ times: 4, fault: { kind: 'status', status: 500 } }]);
    const halved = await collect(
      data.series({
        ...request,
        interval: between('2025-02-28T23:00:00Z', '2025-03-31T22:00:00Z'),
      }),
    );
    expect(halved.items.flatMap(({ series }) => series.points)).toHaveLength(743 * 3);
  });

  test('a limit is kept: more months than a minute allows take longer, and none is refused', async () => {
    const hub = await startElhub({ data: setup(), options: { perMinute: 5 } });
    const data = createElhubEnergyData({
      origin: hub.origin,
      userAgent: 'metergram-test/1.0',
      clock: hub.clock,
      fetch: hub.fetch,
      limits: [{ scope: 'address', max: 5, per: 60_000 }],
    });
    const began = hub.clock.now();
    await collect(
      data.rows({
        entity: 'price-areas',
        dataset: 'CONSUMPTION_PER_GROUP_MBA_HOUR',
        interval: between('2025-02-28T23:00:00Z', '2026-02-28T23:00:00Z'),
      }),
    );
    expect(hub.clock.now() - began).toBeGreaterThanOrEqual(120_000);
    const { limits } = await hub.report();
    expect(limits).toMatchObject([{ max: 5, busiest: 5, counted: 12, refused: 0 }]);
  });

  test('per-meter values are off unless turned on, and come with holes as missing', async () => {
    const hub = await startElhub({
      data: {
        generate: [{ first: '70705750000000001', count: 2, resolution: 'PT1H', missing: 0.1 }],
      },
    });
    const [id] = generatedIds({
      first: '70705750000000001',
      count: 2,
      resolution: 'PT1H',
    });
    const request = {
      meteringPoints: [id as never, '707057599999999999' as never],
      interval: between('2025-10-25T22:00:00Z', '2025-10-26T23:00:00Z'),
    };
    expect((await faultOf(collect(client(hub).series(request)))).code).toBe('hub/not-supported');
    const elhub = client(hub, { meteringValues: { dataset: 'HOURLY_RESTRICTED' } });
    const { items, outcomes } = await collect(elhub.series(request));
    expect(items[0]?.points).toHaveLength(25);
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'no-data']);
    expect(await elhub.experimental.meteringPoint(id as never)).toMatchObject({ priceArea: 'NO4' });
  });
});
