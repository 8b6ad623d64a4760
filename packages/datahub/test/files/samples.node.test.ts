import { describe, expect, test } from 'vitest';
import type { MeteringPointId, ZoneId } from '@metergram/model';
import { collect } from '../../src/index.ts';
import { createFileSource, readSeriesFile } from '../../src/files.ts';
import { specsFolder, specText } from '../hub-specs.ts';

describe.skipIf(specsFolder === undefined)('published samples', () => {
  test.each([
    ['green-button/espi-hourly-nine-days.xml', 'green-button', 216],
    ['green-button/espi-15min-openespi-common.xml', 'green-button', 96],
    ['cim-eddie/vhds-v0.82.xml', 'validated-historical-data', 1],
    [
      'dk-eloverblik/sample-timeseries-imported_timeseries_data_gsrn1-projectorigin.json',
      'my-energy-data-json',
      744,
    ],
  ])('%s is %s with %i values', (name, format, count) => {
    const read = readSeriesFile(specText(name), { zone: 'Europe/Copenhagen' as ZoneId });
    expect(read.format).toBe(format);
    const values = read.series
      .flatMap(({ points }) => points)
      .filter(({ value }) => value !== null);
    expect(values).toHaveLength(count);
  });

  test('a Green Button feed behind the common interface', async () => {
    const source = createFileSource({
      files: [
        {
          name: 'feed.xml',
          text: specText('green-button/espi-hourly-nine-days.xml'),
          meteringPoint: '735999000000000001' as MeteringPointId,
        },
      ],
    });
    const { items: points } = await collect(source.points());
    const { items } = await collect(
      source.series({
        meteringPoints: points.map(({ id }) => id),
        interval: { start: '2000-01-01T00:00:00Z' as never, end: '2000-01-02T00:00:00Z' as never },
      }),
    );
    expect(points).toHaveLength(1);
    expect(items).toEqual([]);
  });
});
