import type { MeteringPointId } from '@metergram/model';
import { describe, expect, it } from 'vitest';
import { itemFault, listOf } from '../../src/eloverblik/answer.ts';
import { readPoints } from '../../src/eloverblik/masterdata.ts';
import { readMarketDocument } from '../../src/eloverblik/timeseries.ts';
import type { ResultItem, SeriesItem, WirePointData } from '../../src/eloverblik/wire.ts';
import { specsFolder, specText } from '../hub-specs.ts';

const load = (name: string): { readonly result: unknown } =>
  JSON.parse(specText(`dk-eloverblik/${name}`)) as { readonly result: unknown };

const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Every point as it stands in the file, worked out the slow way: from the period's own start. */
function plainly(item: SeriesItem): [start: string, end: string, value: string][] {
  const rows: [string, string, string][] = [];
  for (const series of item.MyEnergyData_MarketDocument?.TimeSeries ?? [])
    for (const period of series.Period ?? [])
      for (const point of period.Point ?? []) {
        const start =
          Date.parse(period.timeInterval?.start ?? '') + (Number(point.position) - 1) * 3_600_000;
        rows.push([stamp(start), stamp(start + 3_600_000), point['out_Quantity.quantity'] ?? '']);
      }
  return rows;
}

describe.skipIf(specsFolder === undefined)('answers of the real hub', () => {
  it.each([
    // Two series in one document: consumption and production of different days.
    ['sample-timeseries-eddie.json', [48, 48]],
    ['sample-timeseries-short-eddie.json', [2]],
    ['sample-timeseries-imported_timeseries_data_gsrn1-projectorigin.json', [744]],
    ['sample-timeseries-imported_timeseries_data_gsrn2-projectorigin.json', [744]],
  ])('%s is read exactly', (name, counts) => {
    const items = listOf<SeriesItem>(load(name).result);
    expect(items).toHaveLength(1);
    for (const item of items) {
      const id = (item.id ?? '') as MeteringPointId;
      expect(itemFault(item, id, String)).toBeNull();
      const { series, issues } = readMarketDocument(item.MyEnergyData_MarketDocument ?? {}, id);
      expect(issues).toEqual([]);
      expect(series.map(({ points }) => points.length)).toEqual(counts);
      expect(series.map(({ direction }) => direction)).toEqual(
        ['consumption', 'production'].slice(0, counts.length),
      );
      for (const one of series)
        expect(one).toMatchObject({
          unit: 'kWh',
          quantity: 'energy',
          basis: 'metered',
          resolution: 'PT1H',
        });
      const points = series.flatMap((one) => one.points);
      expect(points.map(({ start, end, value }) => [start, end, value])).toEqual(plainly(item));
      for (const point of points)
        expect(point).toMatchObject({ quality: 'measured', source: { code: 'A04' } });
    }
  });

  it('details keep every field', () => {
    const [item] = listOf<ResultItem<WirePointData>>(load('sample-getdetails-eddie.json').result);
    const [point] = readPoints(item?.result ?? {});
    const { childMeteringPoints: _, ...rest } = item?.result ?? {};
    expect(point?.source).toEqual(rest);
    expect(point).toMatchObject({
      kind: 'consumption',
      resolution: 'PT1H',
      gridArea: '791',
      meters: [{ meter: '21012379' }],
    });
  });
});
