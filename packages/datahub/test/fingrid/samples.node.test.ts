import { describe, expect, test } from 'vitest';
import type { Instant } from '@metergram/model';
import { fingridPoints, fingridSeries, parseAnswer } from '../../src/fingrid-browser.ts';
import { specJson, specsFolder } from '../hub-specs.ts';

describe.skipIf(specsFolder === undefined)('captured answers of Datahub', () => {
  test('values: decimals as sent, 215 of 217 hours missing and none of them zero', () => {
    const answer = parseAnswer(specJson('fi-fingrid/sample-timeSeriesWithValues-eddie.json'));
    if (answer.kind !== 'data') throw new Error(answer.kind);
    const { series, issues } = fingridSeries(answer.transaction, {
      interval: {
        start: '2024-07-21T00:00:00Z' as Instant,
        end: '2024-07-30T01:00:00Z' as Instant,
      },
    });
    expect(issues).toEqual([]);
    const values = series[0]?.series.points ?? [];
    expect(values).toHaveLength(217);
    expect(values.filter((point) => point.value !== null)).toEqual([
      {
        start: '2024-07-27T21:00:00Z',
        end: '2024-07-27T22:00:00Z',
        value: '1.509000',
        quality: 'measured',
        source: { scheme: 'fingrid', code: 'OK' },
      },
      {
        start: '2024-07-27T22:00:00Z',
        end: '2024-07-27T23:00:00Z',
        value: '3.353000',
        quality: 'measured',
        source: { scheme: 'fingrid', code: 'OK' },
      },
    ]);
  });

  test('reasons and emptiness', () => {
    expect(
      parseAnswer(specJson('fi-fingrid/sample-timeSeriesWithErrors-eddie.json')),
    ).toMatchObject({
      kind: 'reasons',
      reasons: [{ code: 'RC-MDM-RMV-100', text: 'No data found' }],
    });
    expect(
      parseAnswer(specJson('fi-fingrid/sample-customerDataWithoutData-eddie.json')),
    ).toMatchObject({
      kind: 'empty',
      header: { DocumentType: 'CUS.DIF' },
    });
  });

  test('a customer’s agreement names its metering point', () => {
    const answer = parseAnswer(specJson('fi-fingrid/sample-customerData-eddie.json'));
    if (answer.kind !== 'data') throw new Error(answer.kind);
    const { points, agreements } = fingridPoints(answer.transaction);
    expect(points.map((point) => point.id)).toEqual(['642502030590623827']);
    expect(agreements[0]).toMatchObject({ type: 'AP01', status: 'CFD' });
  });
});
