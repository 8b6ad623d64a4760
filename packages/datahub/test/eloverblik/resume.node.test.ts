import type { MeteringPointId } from '@metergram/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HubSeries } from '../../src/core/client.ts';
import { corrections, mergeSeries, revise } from '../../src/core/series.ts';
import { collect, type Outcome } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { EloverblikCustomer, type EloverblikOptions } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import {
  type FaultRule,
  generatedIds,
  type GeneratedPoints,
  startTestHub,
  type TestHub,
} from '../../src/testing.ts';

const generate: GeneratedPoints = {
  first: '57131310000000000',
  count: 23,
  resolution: 'PT1H',
  missing: 0.03,
};
const ids = generatedIds(generate) as MeteringPointId[];
// Across both changes of the clocks of 2025 and a leap year's February.
const interval = localInterval('2024-02-20', '2025-11-05', danishZone);

let hub: TestHub;
let whole: { items: HubSeries[]; outcomes: Outcome[] };
const client = (options: Partial<EloverblikOptions> = {}): EloverblikCustomer =>
  new EloverblikCustomer({
    refreshToken: hub.credentials['customerRefreshToken'] as string,
    origin: hub.origin,
    clock: hub.clock,
    fetch: hub.fetch,
    ...options,
  });

beforeAll(async () => {
  hub = await startTestHub({
    hub: 'eloverblik',
    data: { now: '2026-01-15T10:00:00Z', generate: [generate] },
  });
  const { items, outcomes } = await collect(
    client().series({ meteringPoints: ids, interval, resolution: 'P1D' }),
  );
  whole = { items: mergeSeries(items), outcomes };
});
afterAll(() => hub.stop());

const fault = (kind: FaultRule['fault'], skip: number, times = 1): FaultRule => ({
  path: 'gettimeseries',
  fault: kind,
  skip,
  times,
});

describe('a long transfer', () => {
  it.each([
    { days: 31, bundle: 7 },
    { days: 1, bundle: 10, from: '2025-10-20', to: '2025-11-02' },
    { days: 100, bundle: 1, concurrency: 4 },
  ])(
    'split by $days days and $bundle points, merged, is the unsplit',
    async ({ from, to, ...sizes }) => {
      const part = from === undefined ? interval : localInterval(from, to as string, danishZone);
      const { items, outcomes } = await collect(
        client(sizes).series({ meteringPoints: ids, interval: part, resolution: 'P1D' }),
      );
      const expected = whole.items.map((series) => ({
        ...series,
        points: series.points.filter(({ start }) => start >= part.start && start < part.end),
      }));
      expect(mergeSeries(items)).toEqual(expected);
      expect(outcomes).toEqual(whole.outcomes);
    },
  );

  it('with a hub that fails again and again is the undisturbed', async () => {
    await hub.faults([
      fault({ kind: 'status', status: 503 }, 1, 2),
      fault({ kind: 'reset' }, 1),
      fault({ kind: 'cut', keep: 0.7 }, 1, 6),
      fault({ kind: 'status', status: 429, retryAfter: 3 }, 1),
      fault({ kind: 'duplicates' }, 0, 2),
      fault({ kind: 'unsorted' }, 0, 2),
    ]);
    const { items, outcomes, progress } = await collect(
      client({ days: 60, concurrency: 2 }).series({
        meteringPoints: ids,
        interval,
        resolution: 'P1D',
      }),
    );
    await hub.faults([]);
    expect(outcomes).toEqual(whole.outcomes);
    expect(mergeSeries(items)).toEqual(whole.items);
    expect(progress?.retries).toBeGreaterThan(5);
  });

  it('cut anywhere and resumed by another client is the uninterrupted', async () => {
    const items: HubSeries[] = [];
    const outcomes: Outcome[] = [];
    let resume: string | undefined;
    let runs = 0;
    for (let done = false; !done; runs++) {
      let taken = 0;
      done = true;
      const request = { meteringPoints: ids, interval, resolution: 'P1D' } as const;
      const options = resume === undefined ? {} : { resume };
      for await (const chunk of client({ days: 90 }).series(request, options)) {
        items.push(...chunk.items);
        outcomes.push(...chunk.outcomes);
        ({ resume } = chunk);
        if (++taken > runs % 4) {
          done = chunk.progress.unitsDone === chunk.progress.unitsTotal;
          break;
        }
      }
      // The day has changed meanwhile, and so has what "until today" means; the plan of the transfer has not.
      await hub.clock.advance(3_600_000);
    }
    expect(runs).toBeGreaterThan(5);
    expect(mergeSeries(items)).toEqual(whole.items);
    expect(outcomes).toEqual(whole.outcomes);
  });

  it('finds corrections when a window is read again', async () => {
    const id = ids[4] as MeteringPointId;
    const window = localInterval('2025-10-25', '2025-10-28', danishZone);
    const ask = async () =>
      (
        await collect(
          client().series({ meteringPoints: [id], interval: window, resolution: 'PT1H' }),
        )
      ).items;
    const before = await ask();
    const start = Date.UTC(2025, 9, 26, 1);
    await hub.act('correct', {
      meteringPoint: id,
      point: { start, end: start + 3_600_000, value: '9.875', quality: 'adjusted' },
    });
    const after = await ask();
    const found = corrections(before, after);
    expect(found).toHaveLength(1);
    expect(found[0]?.after).toMatchObject({
      start: '2025-10-26T01:00:00Z',
      value: '9.875',
      quality: 'adjusted',
      source: { code: 'A01' },
    });
    const revised = revise(before, after)[0]?.points.filter(({ revision }) => revision === 1);
    expect(revised?.map(({ start: at }) => at)).toEqual(['2025-10-26T01:00:00Z']);
  });

  it('never exceeds a limit of the hub in all of this', async () => {
    const { limits } = await hub.report();
    expect(limits.map(({ scope }) => scope).toSorted()).toEqual(['address', 'all', 'token']);
    for (const { busiest, max, refused } of limits) {
      expect(busiest).toBeLessThanOrEqual(max);
      expect(refused).toBe(0);
    }
  });
});
