import { describe, expect, test } from 'vitest';
import { entsoePrices, joinResolutions, parseEntsoeDocument } from '../../src/prices-browser.ts';
import { specsFolder, specText } from '../hub-specs.ts';

function read(name: string): ReturnType<typeof parseEntsoeDocument> {
  return parseEntsoeDocument(specText(`entsoe/${name}`));
}

describe.skipIf(specsFolder === undefined)('captured ENTSO-E documents', () => {
  test('the Belgian mix: two days of quarters, one of hours, nothing lost', () => {
    const document = read('a44-live-BE_60M_15M_mix-hass-entso-e.xml');
    if (document.kind !== 'publication') throw new Error(document.kind);
    const { series, issues } = entsoePrices([document], { area: 'BE' });
    expect(issues).toEqual([]);
    expect(series.map((one) => [one.resolution, one.points.length])).toEqual([
      ['PT15M', 192],
      ['PT1H', 24],
    ]);
    const joined = joinResolutions(series);
    expect(joined?.points).toHaveLength(216);
    expect(joined?.points[0]).toEqual({
      start: '2024-10-05T22:00:00Z',
      end: '2024-10-05T22:15:00Z',
      value: '55.35',
    });
    // Position 53 is −0.01 and holds until 61: eight quarters.
    expect(joined?.points.filter((point) => point.value === '-0.01')).toHaveLength(8);
    expect(joined?.points.at(-1)).toEqual({
      start: '2024-10-08T21:00:00Z',
      end: '2024-10-08T22:00:00Z',
      value: '50',
    });
  });

  test('hourly documents, A03 fill and acknowledgement', () => {
    const hourly = read('a44-live-BE_60M-hass-entso-e.xml');
    const synthetic = read('synthetic-a03curvetype-hexagon.xml');
    if (hourly.kind !== 'publication' || synthetic.kind !== 'publication') throw new Error('kind');
    expect(entsoePrices([hourly]).series.map((one) => one.resolution)).toEqual(['PT1H']);
    const [filled] = entsoePrices([synthetic]).series;
    expect(filled?.points.map((point) => point.value)).toEqual([
      '50.00',
      '50.00',
      '55.00',
      '55.00',
      '55.00',
      '60.00',
    ]);
    expect(read('acknowledgement-invalidrequest-hexagon.xml')).toMatchObject({ noData: true });
  });

  test('the edited sample: positions out of order, and one beyond its period', () => {
    const document = read('a44-live-BE_15M_avg-hass-entso-e.xml');
    if (document.kind !== 'publication') throw new Error(document.kind);
    const { series, issues } = entsoePrices([document]);
    expect(series[0]?.points.slice(0, 6).map((point) => point.value)).toEqual([
      '55.35',
      '40.32',
      '31.86',
      '28.71',
      '44.22',
      '44.22',
    ]);
    expect(issues.map((issue) => issue.code)).toEqual(['entsoe/position-beyond-period']);
  });
});
