import fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { describe, expect, it } from 'vitest';
import { instant, type ZoneId } from '@metergram/model';
import { timeSeries, validate } from '@metergram/model/schema';
import { fromHistoricalXml, type HistoricalDocument, toHistoricalXml } from '@metergram/model/xml';
import { seriesOf } from './series-values.ts';
import { hasSpecs, spec } from './shared.ts';

const held = seriesOf({
  resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
  qualities: ['measured', 'estimated', 'adjusted', 'incomplete', 'calculated', 'unknown'],
});

/** Faults by the published XSD of version 1.04. */
async function faults(xml: string): Promise<readonly string[]> {
  const folder = 'cim-eddie/';
  const result = await validateXML({
    xml: [{ fileName: 'document.xml', contents: xml }],
    schema: [
      {
        fileName: 'vhd.xsd',
        contents: spec(
          `${folder}xsd-v1_04-vhd/ValidatedHistoricalData_Document_v1.04_annotated.xsd`,
        ).replace('../urn', 'urn'),
      },
    ],
    preload: ['urn-entsoe-eu-wgedi-codelists.xsd', 'urn-entsoe-eu-local-extension-types.xsd'].map(
      (fileName) => ({ fileName, contents: spec(folder + fileName) }),
    ),
    maxMemoryPages: 1024,
  });
  return result.errors.map(({ message }) => message);
}

describe.skipIf(!hasSpecs)('validated historical data', () => {
  it('reads the sample of version 1.04, and writes it again in the same words', async () => {
    const text = spec('cim-eddie/vhd-v1.04-from-green-button.xml');
    const { value, issues } = fromHistoricalXml(text);
    expect(issues).toEqual([]);
    const [document] = value as [HistoricalDocument];
    expect(document).toMatchObject({
      version: '1.04',
      header: { connectionId: 'cid', country: 'NUS', connector: 'us-green-button' },
      sender: { id: 'company', scheme: 'A02', role: 'A26' },
      series: [{ meteringPoint: '1669851', unit: 'kWh', direction: 'production' }],
    });
    const [series] = document.series;
    expect(validate(timeSeries, series).issues).toEqual([]);
    expect(series?.points[0]).toMatchObject({ value: '0.00010000', quality: 'measured' });
    const given = series?.points.filter(({ value: amount }) => amount !== null) ?? [];
    expect(given).toHaveLength(text.match(/<Point>/g)?.length ?? -1);
    const written = toHistoricalXml(document);
    expect(written.issues).toEqual([]);
    expect(await faults(written.value)).toEqual([]);
    expect(fromHistoricalXml(written.value).value[0]?.series[0]?.points).toHaveLength(
      series?.points.length ?? -1,
    );
  });

  it('reads the sample of version 0.82, whose positions begin at 0', () => {
    const { value, issues } = fromHistoricalXml(spec('cim-eddie/vhds-v0.82.xml'));
    expect(issues.map(({ code }) => code)).toEqual(['cim/position-from-zero']);
    expect(value[0]).toMatchObject({
      version: '0.82',
      id: '3847de2f-45f8-44e8-8a68-591635477f94',
      receiver: { id: 'sim', scheme: 'NAT', role: 'A13' },
      header: { permissionId: 'ffcb8491-1f82-4d9d-9ddf-f1312796045a', connector: 'sim' },
      series: [
        {
          meteringPoint: 'mid',
          unit: 'W',
          direction: 'consumption',
          resolution: 'PT15M',
          points: [{ start: '2024-12-30T09:49:00Z', end: '2024-12-30T10:04:00Z', value: '10.0' }],
        },
      ],
    });
  });

  it('writes what the published schema of 1.04 takes, whatever the series', async () => {
    const samples = fc.sample(held, { numRuns: 12, seed: 20_261_121 });
    for (const [i, series] of samples.entries()) {
      const volume = { ...series, quantity: 'volume', unit: 'm3' };
      const document: HistoricalDocument = {
        version: '1.04',
        id: `document-${i}`,
        created: instant('2026-02-15T10:10:07.250Z'),
        sender: { id: '5790000432752', scheme: 'A10' },
        period: null,
        series: i % 2 === 0 ? [series, volume] : [series],
        header: i % 3 === 0 ? {} : { connectionId: 'c', country: 'NNO' },
      };
      const { value } = toHistoricalXml(document);
      expect(await faults(value)).toEqual([]);
      const back = fromHistoricalXml(value, { zone: series.zone as ZoneId });
      expect(back.value[0]?.series).toHaveLength(document.series.length);
      expect(back.value[0]?.series.at(-1)?.unit).toBe(i % 2 === 0 ? 'm3' : 'kWh');
    }
    const units = 'kWh MWh GWh Mvarh W kW MW kvar m3 °C A'.split(' ');
    const period = { start: instant('2026-01-01T00:00:01Z'), end: instant('2026-01-02T00:00Z') };
    const all = toHistoricalXml({
      version: '1.04',
      id: 'units',
      created: instant('2026-02-15T10:10:07Z'),
      sender: { id: '5790000432752', scheme: 'A10' },
      period,
      series: [...units, 'kvarh', 't'].map((unit) => ({ ...samples[0]!, unit })),
      header: {},
    });
    const errors = all.issues.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['cim/no-unit-code', '/series/11'],
      ['cim/no-unit-code', '/series/12'],
      ['cim/not-whole-minutes', '/period'],
    ]);
    expect(await faults(all.value)).toEqual([]);
    expect(
      await faults('<VHD_Envelope xmlns="https//eddie.energy/CIM/VHD_v1.04"><x/></VHD_Envelope>'),
    ).not.toEqual([]);
  });
});
