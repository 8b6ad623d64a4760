import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, instant, type TimeSeries } from '@metergram/model';
import { toMyEnergyData } from '@metergram/model/cim';
import {
  fromHistoricalXml,
  fromMyEnergyDataXml,
  type HistoricalDocument,
  toHistoricalXml,
  toMyEnergyDataXml,
} from '@metergram/model/xml';
import { seriesOf, withoutCodes } from './series-values.ts';

const held = seriesOf({
  resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
  qualities: ['measured', 'estimated', 'adjusted', 'incomplete', 'calculated', 'unknown'],
});

function historical(version: '0.82' | '1.04', series: readonly TimeSeries[]): HistoricalDocument {
  return {
    version,
    id: 'bd47c67b-ddda-4ae0-8b9a-4ff770df9abd',
    created: instant('2026-02-15T10:10:07Z'),
    sender: { id: '5790000432752', scheme: 'A10', role: 'A26' },
    receiver: { id: 'p<&>"1', scheme: 'NNO', role: 'A13' },
    period: { start: instant('2026-01-01T00:00Z'), end: instant('2026-02-01T00:00Z') },
    series,
    header: { connectionId: 'c1', permissionId: 'p1', dataNeedId: 'd1', country: 'NDK' },
  };
}

const text = (point: string): string =>
  `<?xml version="1.0"?><x:MyEnergyData_MarketDocument xmlns:x="urn:x"><x:mRID>a&amp;b&#x41;</x:mRID>
      <x:createdDateTime>2026-02-15T10:10:07Z</x:createdDateTime><x:TimeSeries>
      <x:businessType>A04</x:businessType><x:measurement_Unit.name>KWH</x:measurement_Unit.name>
      <x:MarketEvaluationPoint>${point}</x:MarketEvaluationPoint><x:Period><x:resolution>PT1H</x:resolution>
      <x:timeInterval><x:start>2026-01-01T00:00Z</x:start><x:end>2026-01-01T01:00Z</x:end></x:timeInterval>
      <x:Point><x:position>1</x:position><x:out_Quantity.quantity>0.100</x:out_Quantity.quantity>
      <x:out_Quantity.quality>A04</x:out_Quantity.quality></x:Point></x:Period></x:TimeSeries>
      </x:MyEnergyData_MarketDocument>`;

const wrap = (inner: string): string =>
  `<MyEnergyData_MarketDocument>${inner}</MyEnergyData_MarketDocument>`;

const codes = (document: HistoricalDocument): string[] =>
  toHistoricalXml(document).issues.map(({ code }) => code);

describe('MyEnergyData_MarketDocument as XML', () => {
  it('says what the JSON form says', () => {
    fc.assert(
      fc.property(held, fc.string({ unit: 'grapheme' }), (series, name) => {
        const document = {
          id: 'x',
          created: instant('2026-02-15T10:10:07Z'),
          sender: { id: null, scheme: null, name: 'Energinet' },
          period: null,
          series: [series],
        };
        const written = toMyEnergyDataXml(document);
        expect(written.issues).toEqual([]);
        const back = fromMyEnergyDataXml(written.value, { zone: series.zone! });
        expect(back.issues).toEqual([]);
        expect(back.value.series.map(withoutCodes)).toEqual([series]);
        expect(toMyEnergyData(back.value).value).toEqual(toMyEnergyData(document).value);
        const odd = toMyEnergyDataXml({ ...document, sender: { ...document.sender, name } });
        const read = fromMyEnergyDataXml(odd.value);
        expect(read.issues).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('takes identifiers in either form', () => {
    const id = '571313179100066516';
    for (const point of [
      `<x:mRID codingScheme="A10">${id}</x:mRID>`,
      `<x:mRID><x:codingScheme>A10</x:codingScheme><x:name>${id}</x:name></x:mRID>`,
    ]) {
      const { value, issues } = fromMyEnergyDataXml(text(point));
      expect(issues).toEqual([]);
      expect(value.id).toBe('a&bA');
      expect(value.series[0]).toMatchObject({ meteringPoint: id, points: [{ value: '0.100' }] });
    }
  });

  it.each([
    ['xml/not-well-formed', ''],
    ['xml/not-well-formed', '<a><b></a>'],
    ['xml/not-well-formed', 'no xml at all'],
    ['xml/not-well-formed', '<'.repeat(200_000)],
    ['xml/not-well-formed', `${'<'.repeat(200_000)}>`],
    ['xml/not-well-formed', '<a><!--'.repeat(100_000)],
    ['xml/document-type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['xml/too-deep', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
    ['xml/too-big', ' '.repeat(64 * 2 ** 20 + 1)],
    ['cim/wrong-document', '<a/>'],
  ])('tells %s', (code, xml) => {
    expect(fromMyEnergyDataXml(xml).issues.map((issue) => issue.code)).toEqual([code]);
    expect(fromHistoricalXml(xml).issues.map((issue) => issue.code)).toEqual([code]);
  });

  it('does not expand entities, and keeps names of the prototype harmless', () => {
    expect(fromMyEnergyDataXml(wrap('<mRID>&unknown;&lt;</mRID>')).value.id).toBe('&unknown;<');
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString']) {
      const { value } = fromMyEnergyDataXml(wrap(`<${name}><x>1</x></${name}><mRID>a</mRID>`));
      expect(value.series).toEqual([]);
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe.each(['0.82', '1.04'] as const)('validated historical data %s', (version) => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(held, held, (a, b) => {
        const series = [a, { ...b, zone: a.zone! }];
        const document = historical(version, [a]);
        const written = toHistoricalXml(document);
        expect(written.issues.map(({ code }) => code)).toEqual(['loss/zone']);
        const back = fromHistoricalXml(written.value, { zone: a.zone! });
        expect(back.issues).toEqual([]);
        const [read] = back.value;
        expect({ ...read, series: read?.series.map(withoutCodes) }).toEqual(document);
        const two = fromHistoricalXml(toHistoricalXml(historical(version, series)).value, {
          zone: a.zone!,
        });
        expect(two.value[0]?.series).toHaveLength(2);
      }),
      { numRuns: 30 },
    );
  });

  it('needs the zone for several days in one period, and says when a series is profiled', () => {
    const [series] = fc.sample(held, { numRuns: 1, seed: 7 });
    const profiled: TimeSeries = { ...series!, basis: 'profiled' };
    const written = toHistoricalXml(historical(version, [profiled]));
    expect(written.issues.map(({ code }) => code)).toEqual(['loss/zone', 'cim/profiled']);
    expect(
      fromHistoricalXml(written.value, { zone: series!.zone! }).value[0]?.series[0]?.basis,
    ).toBe('profiled');
    const name = version === '0.82' ? 'v:resolution' : 'resolution';
    const start = instant('2026-01-01T00:00Z');
    const two = [start, instant('2026-01-01T01:00Z')].map((from) => ({
      start: from,
      end: instant(from.replace(/0([01]):/, (_, hour: string) => `0${Number(hour) + 1}:`)),
      value: decimal('1'),
      quality: 'measured' as const,
    }));
    const hours = { ...series!, resolution: 'PT1H' as const, points: two };
    const hourly = toHistoricalXml(historical(version, [hours])).value;
    const days = hourly.replace(`<${name}>PT1H`, `<${name}>P1D`);
    expect(fromHistoricalXml(days).issues.map(({ code }) => code)).toEqual(['cim/zone-needed']);
  });

  it('names the product by its code: active energy, water, and none for power', () => {
    const [series] = fc.sample(held, { numRuns: 1, seed: 7 });
    const product = (quantity: string, unit: string): string | undefined =>
      /product>([0-9]+)</.exec(
        toHistoricalXml(historical(version, [{ ...series!, quantity, unit }])).value,
      )?.[1];
    expect(product('energy', 'MWh')).toBe('8716867000030');
    expect(product('volume', 'm3')).toBe('8716867009911');
    expect(product('power', 'kW')).toBeUndefined();
  });

  it('refuses what the document has no room for', () => {
    const [series] = fc.sample(held, { numRuns: 1, seed: 7 });
    const start = instant('2026-01-01T00:00:30Z');
    const odd = { ...series!, points: [{ ...series!.points[0]!, start }] };
    expect(codes(historical(version, [odd]))).toEqual(['cim/not-whole-minutes', 'cim/no-series']);
    expect(codes(historical(version, []))).toEqual(['cim/no-series']);
    const good = historical(version, [series!]);
    const far = { ...series!, meteringPoint: 'x'.repeat(61) as never };
    const long = { id: 'x'.repeat(17), scheme: 'A10' };
    expect(codes(historical(version, [series!, far]))).toEqual(['loss/zone', 'cim/id-form']);
    expect(codes({ ...good, sender: long })).toEqual(['cim/id-form', 'loss/zone']);
    expect(codes({ ...good, receiver: { id: 'x', scheme: 'SE' } })).toEqual([
      'cim/id-form',
      'loss/zone',
    ]);
    expect(codes({ ...good, id: '' })).toEqual(['cim/id-form', 'loss/zone']);
    const points = [{ ...series!.points[0]!, source: { scheme: 'esmp-quality', code: 'A99' } }];
    expect(codes(historical(version, [{ ...series!, points }]))).toEqual([
      'loss/zone',
      'loss/source-code',
    ]);
    const named = historical(version, [series!]);
    const created = instant('2026-02-15T10:10:07.250Z');
    expect(codes({ ...named, created, sender: { ...named.sender, name: 'Elvia' } })).toEqual([
      'loss/participant-name',
      'loss/milliseconds',
      'loss/zone',
    ]);
  });
});
