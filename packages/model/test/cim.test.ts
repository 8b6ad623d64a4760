import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, type TimeSeries } from '@metergram/model';
import { fromMyEnergyData, type MarketDocument, toMyEnergyData } from '@metergram/model/cim';
import { timeSeries, validate } from '@metergram/model/schema';
import { seriesOf, withoutCodes } from './series-values.ts';

function documentOf(...series: readonly TimeSeries[]): MarketDocument {
  return {
    id: '80024a18',
    created: instant('2026-02-15T10:10:07Z'),
    sender: { id: '5790000432752', scheme: 'A10', name: 'Energinet' },
    period: null,
    series,
  };
}

const hourly = {
  mRID: 'd1',
  createdDateTime: '2026-03-30T10:00:00Z',
  'sender_MarketParticipant.name': '',
  'sender_MarketParticipant.mRID': { codingScheme: null, name: null },
  'period.timeInterval': { start: '2026-03-28T23:00:00Z', end: '2026-03-29T22:00:00Z' },
};

function oneSeries(Period: unknown, more: Record<string, unknown> = {}): unknown {
  return {
    ...hourly,
    TimeSeries: [
      {
        mRID: '571313179100066516',
        businessType: 'A04',
        curveType: 'A01',
        'measurement_Unit.name': 'KWH',
        MarketEvaluationPoint: { mRID: { codingScheme: 'A10', name: '571313179100066516' } },
        Period,
        ...more,
      },
    ],
  };
}

function point(position: string, quantity?: string, quality?: string): unknown {
  return {
    position,
    ...(quantity === undefined ? {} : { 'out_Quantity.quantity': quantity }),
    ...(quality === undefined ? {} : { 'out_Quantity.quality': quality }),
  };
}

const day = { start: '2026-03-28T23:00:00Z', end: '2026-03-29T22:00:00Z' };

describe('reading', () => {
  it('never makes a number of what is not available', () => {
    const { value, issues } = fromMyEnergyData(
      oneSeries([
        {
          resolution: 'PT1H',
          timeInterval: day,
          Point: [
            point('1', '0.130', 'A04'),
            point('2', undefined, 'A02'),
            point('3', '1', 'A03'),
            point('5', '2.5', 'A05'),
            point('6', '2.5', 'A99'),
            point('23', '0', 'A01'),
          ],
        },
      ]),
    );
    expect(issues).toEqual([]);
    const [series] = value.series;
    expect(series?.points).toHaveLength(23);
    const at = (hour: number): unknown => {
      const { value: amount, quality, source } = series!.points[hour]!;
      return [amount, quality, source?.code ?? null];
    };
    expect([0, 1, 2, 3, 4, 5, 22].map(at)).toEqual([
      ['0.130', 'measured', 'A04'],
      [null, 'missing', 'A02'],
      ['1', 'estimated', 'A03'],
      [null, 'missing', null],
      ['2.5', 'incomplete', 'A05'],
      ['2.5', 'unknown', 'A99'],
      ['0', 'adjusted', 'A01'],
    ]);
    expect(validate(timeSeries, series).issues).toEqual([]);
  });

  it('gives each resolution its series, and days the length that they have in Denmark', () => {
    const { value, issues } = fromMyEnergyData(
      oneSeries([
        { resolution: 'PT1D', timeInterval: day, Point: [point('1', '24', 'A04')] },
        {
          resolution: 'P1D',
          timeInterval: { start: '2026-03-27T23:00:00Z', end: '2026-03-30T22:00:00Z' },
          Point: [point('1', '1', 'A04'), point('3', '3', 'A04')],
        },
        {
          resolution: 'P1M',
          timeInterval: { start: '2026-02-28T23:00:00Z', end: '2026-03-31T22:00:00Z' },
          Point: [point('1', '500', 'A04')],
        },
      ]),
    );
    expect(issues.map(({ code }) => code)).toEqual(['cim/overlap']);
    expect(value.series.map(({ resolution, points }) => [resolution, points.length])).toEqual([
      ['P1D', 3],
      ['P1M', 1],
    ]);
    const [days] = value.series;
    expect(days?.points[1]).toMatchObject(day);
  });

  it.each([
    ['PT15M', 'PT15M', '00:15'],
    ['PT900S', 'PT15M', '00:15'],
    ['P0Y0M0DT0H15M0.000S', 'PT15M', '00:15'],
    ['PT60M', 'PT1H', '01:00'],
    ['P0DT1H', 'PT1H', '01:00'],
  ])('takes %s for %s', (text, resolution, end) => {
    const timeInterval = { start: '2026-01-01T00:00Z', end: `2026-01-01T${end}Z` };
    const [series] = fromMyEnergyData(
      oneSeries([{ resolution: text, timeInterval, Point: [point('1', '1', 'A04')] }]),
    ).value.series;
    expect(series?.resolution).toBe(resolution);
    expect(series?.points).toHaveLength(1);
  });

  it.each([
    ['PT1D', 'P1D'],
    ['P0Y0M1DT0H0M0S', 'P1D'],
    ['P1M', 'P1M'],
    ['P12M', 'P1Y'],
    ['PT1Y', 'P1Y'],
    ['P1DT1H', undefined],
    ['P2D', undefined],
    ['P1M1D', undefined],
    ['PT30M', undefined],
    ['P', undefined],
  ])('takes %s for %s', (text, resolution) => {
    const [series] = fromMyEnergyData(
      oneSeries([{ resolution: text, timeInterval: day, Point: [point('1', '1', 'A04')] }]),
    ).value.series;
    expect(series?.resolution).toBe(resolution);
  });

  it('takes the id of the series for the metering point that is not named', () => {
    const Period = [
      {
        resolution: 'PT1H',
        timeInterval: day,
        Point: [{ position: 1, 'out_Quantity.quantity': 0.25 }],
      },
    ];
    const named = fromMyEnergyData(oneSeries(Period, { MarketEvaluationPoint: null }));
    expect(named.value.series[0]).toMatchObject({ meteringPoint: '571313179100066516' });
    expect(named.value.series[0]?.points[0]).toMatchObject({ value: '0.25', quality: 'unknown' });
    const bare = fromMyEnergyData(oneSeries(Period, { MarketEvaluationPoint: null, mRID: '' }));
    expect(bare.issues.map(({ code }) => code)).toEqual(['cim/no-metering-point']);
    expect(bare.value.series[0]?.meteringPoint).toBeUndefined();
  });

  it('tells profiled series from metered ones, production from consumption', () => {
    const [series] = fromMyEnergyData(oneSeries([], { businessType: 'A64' })).value.series;
    expect(series).toBeUndefined();
    const Period = [{ resolution: 'PT1H', timeInterval: day, Point: [point('1', '1', 'A04')] }];
    const read = (businessType: string): TimeSeries | undefined =>
      fromMyEnergyData(oneSeries(Period, { businessType })).value.series[0];
    expect(read('A64')).toMatchObject({ direction: 'consumption', basis: 'profiled' });
    expect(read('A01')).toMatchObject({ direction: 'production', basis: 'metered' });
    const odd = fromMyEnergyData(oneSeries(Period, { businessType: 'B12' }));
    expect(odd.issues.map(({ code }) => code)).toEqual(['cim/unknown-direction']);
  });

  it.each([
    ['cim/unknown-resolution', { resolution: 'P17D', timeInterval: day, Point: [] }],
    ['cim/period-times', { resolution: 'PT1H', timeInterval: { start: 'x' }, Point: [] }],
    ['cim/period-times', { resolution: 'PT1H', timeInterval: { ...day, end: day.start } }],
    [
      'cim/period-length',
      { resolution: 'PT1H', timeInterval: { ...day, end: '2026-03-29T22:10:00Z' }, Point: [] },
    ],
    [
      'cim/period-too-long',
      { resolution: 'PT15M', timeInterval: { ...day, end: '9999-01-01T00:00:00Z' }, Point: [] },
    ],
    ['cim/position-outside', { resolution: 'PT1H', timeInterval: day, Point: [point('24', '1')] }],
    ['cim/position-outside', { resolution: 'PT1H', timeInterval: day, Point: [point('-1', '1')] }],
    [
      'cim/position-repeated',
      { resolution: 'PT1H', timeInterval: day, Point: [point('1', '1'), point('1', '2')] },
    ],
    ['cim/not-a-number', { resolution: 'PT1H', timeInterval: day, Point: [point('1', '1,5')] }],
    [
      'cim/quantity-not-available',
      { resolution: 'PT1H', timeInterval: day, Point: [point('1', '0', 'A02')] },
    ],
  ])('tells %s', (code, period) => {
    expect(fromMyEnergyData(oneSeries([period])).issues.map((issue) => issue.code)).toEqual([code]);
  });

  it('takes anything without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (document, period) => {
        expect(fromMyEnergyData(document).value.series).toBeInstanceOf(Array);
        expect(fromMyEnergyData(oneSeries([period])).value.series).toBeInstanceOf(Array);
      }),
    );
    expect(fromMyEnergyData(null).issues.map(({ code }) => code)).toEqual([
      'cim/no-series',
      'cim/created-time',
    ]);
  });

  it('does not fill a hole of years with millions of points', () => {
    const far = { start: '2026-03-29T22:00:00Z', end: '2026-03-30T22:00:00Z' };
    const old = { start: '1990-03-28T23:00:00Z', end: '1990-03-29T22:00:00Z' };
    const periods = [old, day, far].map((timeInterval) => ({
      resolution: 'PT1H',
      timeInterval,
      Point: [point('1', '1', 'A04')],
    }));
    const { value, issues } = fromMyEnergyData(oneSeries(periods));
    expect(issues.map(({ code }) => code)).toEqual(['cim/long-hole']);
    expect(value.series[0]?.points).toHaveLength(23 + 23 + 24);
  });
});

describe('writing', () => {
  it('groups by local day: 23 hours in March, 25 in October', () => {
    const { value: read } = fromMyEnergyData(
      oneSeries([
        {
          resolution: 'PT1H',
          timeInterval: { start: '2026-10-23T22:00:00Z', end: '2026-10-26T23:00:00Z' },
          Point: [point('1', '1', 'A04')],
        },
      ]),
    );
    const { value } = toMyEnergyData(read);
    const periods = value.TimeSeries[0]?.Period ?? [];
    expect(periods.map(({ Point }) => Point.length)).toEqual([24, 25, 24]);
    expect(periods[1]?.timeInterval).toEqual({
      start: '2026-10-24T22:00:00Z',
      end: '2026-10-25T23:00:00Z',
    });
  });

  it('gives back every series that it can hold', () => {
    const held = seriesOf({
      resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
      qualities: ['measured', 'estimated', 'adjusted', 'incomplete', 'calculated', 'unknown'],
    });
    fc.assert(
      fc.property(held, (series) => {
        const document = documentOf(series);
        const written = toMyEnergyData(document);
        expect(written.issues).toEqual([]);
        const text: unknown = JSON.parse(JSON.stringify(written.value));
        const back = fromMyEnergyData(text, { zone: series.zone! });
        expect(back.issues).toEqual([]);
        expect(back.value.series.map(withoutCodes)).toEqual([series]);
        expect(toMyEnergyData(back.value).value).toEqual(written.value);
      }),
      { numRuns: 50 },
    );
  });

  it('has no periods for a series without points', () => {
    const [series] = fromMyEnergyData(
      oneSeries([{ resolution: 'PT1H', timeInterval: day, Point: [] }]),
    ).value.series as [TimeSeries];
    const { value } = toMyEnergyData(documentOf({ ...series, points: [] }));
    expect(value.TimeSeries[0]?.Period).toEqual([]);
    const { created } = documentOf();
    expect(value['period.timeInterval']).toEqual({ start: created, end: created });
    const late = { ...series, points: series.points.slice(5) };
    const two = toMyEnergyData(documentOf(late, { ...series, points: series.points.slice(0, 3) }));
    expect(two.value['period.timeInterval']).toEqual(day);
  });

  it('states what it loses', () => {
    const { value } = fromMyEnergyData(
      oneSeries([{ resolution: 'PT1H', timeInterval: day, Point: [point('1', '1', 'A04')] }]),
    );
    const [series] = value.series as [TimeSeries];
    const points = series.points.map((p) => ({ ...p, source: { scheme: 'espi', code: '17' } }));
    const odd = {
      ...series,
      basis: 'netted',
      direction: 'net',
      register: 'r1',
      points: [{ ...points[0], revision: 2, quality: 'interpolated' }],
    } as unknown as TimeSeries;
    const receiver = { id: null, scheme: null };
    const written = toMyEnergyData({ ...documentOf(odd), receiver });
    expect(written.issues.map(({ code }) => code)).toEqual([
      'loss/receiver',
      'loss/direction',
      'loss/basis',
      'loss/register',
      'loss/quality',
      'loss/source-code',
      'loss/revision',
    ]);
    const unknown = toMyEnergyData(documentOf({ ...series, unit: 'cubit' }));
    expect(unknown.issues.map(({ code }) => code)).toEqual(['cim/no-unit-code']);
    expect(unknown.value.TimeSeries).toEqual([]);
  });
});
