import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { fromMyEnergyData, toMyEnergyData } from '@metergram/model/cim';
import { timeSeries, validate } from '@metergram/model/schema';
import { hasSpecs, spec } from './shared.ts';

interface Envelope {
  readonly result: readonly { readonly MyEnergyData_MarketDocument: unknown }[];
}

const samples = [
  'dk-eloverblik/sample-timeseries-eddie.json',
  'dk-eloverblik/sample-timeseries-short-eddie.json',
  'dk-eloverblik/sample-timeseries-imported_timeseries_data_gsrn1-projectorigin.json',
  'dk-eloverblik/sample-timeseries-imported_timeseries_data_gsrn2-projectorigin.json',
];

/** The published OpenAPI schemas as JSON Schema: `nullable` written out, references kept. */
function judge(): (value: unknown) => boolean {
  const api = JSON.parse(spec('dk-eloverblik/swagger-eloverblik-customerapi.json')) as {
    components: { schemas: Record<string, unknown> };
  };
  const convert = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(convert);
    if (typeof node !== 'object' || node === null) return node;
    const { nullable, description: _, readOnly: __, ...rest } = node as Record<string, unknown>;
    const inner = Object.fromEntries(
      Object.entries(rest).map(([key, part]) => [key, convert(part)]),
    );
    return nullable === true ? { anyOf: [inner, { type: 'null' }] } : inner;
  };
  const ajv = new Ajv2020({ strict: false, logger: false });
  return ajv.compile({
    components: convert(api.components) as object,
    $ref: '#/components/schemas/MyEnergyDataMarketDocument',
  });
}

describe.skipIf(!hasSpecs)('the samples of Eloverblik', () => {
  it.each(samples)('%s comes back as it was', (path) => {
    const published = judge();
    const { result } = JSON.parse(spec(path)) as Envelope;
    expect(result.length).toBeGreaterThan(0);
    for (const { MyEnergyData_MarketDocument: document } of result) {
      const read = fromMyEnergyData(document);
      expect(read.issues).toEqual([]);
      for (const series of read.value.series) {
        expect(validate(timeSeries, series).issues).toEqual([]);
      }
      const written = toMyEnergyData(read.value);
      expect(written.issues).toEqual([]);
      expect(written.value).toEqual(document);
      expect(published(written.value)).toBe(true);
      expect(published({ ...written.value, surplus: 1 })).toBe(false);
    }
  });
});
