import type { TimeSeries } from '@metergram/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeSeries } from '../../src/core/series.ts';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import {
  type EloverblikCustomer,
  readChargesExport,
  readMasterDataExport,
  readSeriesExport,
} from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { startTestHub, type TestHub } from '../../src/testing.ts';
import { point, small } from './data.ts';
import { customerOf, october } from './setup.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ hub: 'eloverblik', data: small });
});
afterAll(() => hub.stop());

const customer = (extra: object = {}): EloverblikCustomer => customerOf(hub, extra);

describe('eloverblik, CSV exports', () => {
  it('hands over the CSV exports as they come, and reads them to what the JSON says', async () => {
    const asked = { meteringPoints: [point(1), point(3)], interval: october };
    const exported = (await collect(customer({ days: 2 }).exportSeries(asked))).items;
    expect(exported.map(({ period }) => period)).toEqual([
      { from: '2026-10-24', to: '2026-10-26' },
      { from: '2026-10-26', to: '2026-10-27' },
    ]);
    const read = exported.map(({ text, period }) =>
      readSeriesExport(
        text,
        localInterval(period?.from as string, period?.to as string, danishZone),
      ),
    );
    expect(read.flatMap(({ issues }) => issues)).toEqual([]);
    const values = (series: readonly TimeSeries[]): unknown =>
      mergeSeries(series).map(({ meteringPoint, direction, resolution, points }) => [
        [meteringPoint, direction, resolution],
        points.map(({ start, end, value, quality }) => [start, end, value, quality]),
      ]);
    const json = (await collect(customer().series(asked))).items;
    expect(values(read.flatMap(({ series }) => series))).toEqual(values(json));
    // The hub's parts overlap by a day: what was not asked for is there, and is cut off.
    const whole = readSeriesExport(exported[0]?.text ?? '').series[0]?.points.length;
    expect(whole).toBeGreaterThan(read[0]?.series[0]?.points.length ?? 0);
    const data = await collect(customer().exportMasterData([point(1), point(3)]));
    expect(readMasterDataExport(data.items[0]?.text ?? '').points).toMatchObject([
      { id: point(1), kind: 'consumption' },
      { id: point(3), kind: 'production' },
    ]);
    const charges = await collect(customer().exportCharges([point(1)]));
    expect(readChargesExport(charges.items[0]?.text ?? '').charges).toMatchObject([
      { kind: 'tariff', resolution: 'PT1H' },
      { kind: 'subscription', rates: [{ value: '21.000000' }] },
    ]);
  });

  it('halves an export that fails, and goes on with one where it stopped, over midnight', async () => {
    const request = {
      meteringPoints: [point(1), point(2), point(3)],
      interval: localInterval('2026-10-24', '2027-01-01', danishZone),
    };
    await hub.faults([
      {
        path: 'timeseries/export',
        body: point(2),
        times: null,
        fault: { kind: 'status', status: 500 },
      },
    ]);
    const broken = await collect(customer({ retry: { attempts: 1 } }).exportSeries(request));
    await hub.faults([]);
    expect(broken.outcomes.map(({ state }) => state)).toEqual(['complete', 'failed', 'complete']);
    const client = customer({ bundle: 1 });
    let resume = '';
    for await (const chunk of client.exportSeries(request)) {
      ({ resume } = chunk);
      break;
    }
    await hub.clock.advance(86_400_000);
    const rest = await collect(client.exportSeries(request, { resume }));
    expect(rest.items.map(({ meteringPoints, period }) => [meteringPoints, period])).toEqual([
      [[point(2)], { from: '2026-10-24', to: '2026-11-20' }],
      [[point(3)], { from: '2026-10-24', to: '2026-11-20' }],
    ]);
  });
});
