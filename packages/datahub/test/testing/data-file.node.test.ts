import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonSchema, shapes, validate } from '@metergram/model/schema';
import { lackOf, readTestHubData, testHubData } from '../../src/testing.ts';
import { damaged } from '../../../model/test/shape-values.ts';
import { small } from '../eloverblik/data.ts';

const generate = [{ first: '57131310000000000', count: 2, resolution: 'PT1H' }];
const point = { id: '571313100000000003', kind: 'consumption', medium: 'electricity' };

/** Something of everything. */
const whole = {
  schema: 'metergram.testhub/1',
  now: '2026-11-20T10:00:00+01:00',
  meteringPoints: [point],
  series: [
    { ...small.series![0], meteringPoint: point.id, points: small.series![0]!.points.slice(0, 3) },
  ],
  charges: [{ ...small.charges![1], meteringPoint: point.id }],
  grants: [
    {
      id: 'g',
      from: 'customer',
      to: 'third-party',
      what: [],
      purposes: ['billing'],
      finest: 'PT15M',
      meteringPoints: [point.id],
      span: { start: 0, end: null },
      valid: { start: 0, end: 1 },
      state: 'active',
    },
  ],
  prices: [
    {
      name: 'DK1',
      currency: 'EUR',
      per: 'MWh',
      vat: 'exclusive',
      points: [{ start: '2026-01-01T00:00:00Z', end: null, value: '-1.5' }],
    },
  ],
  generate: [{ ...generate[0], first: '57131310000009000', missing: 0.5, seed: 3 }],
  hub: {
    eloverblik: { unrelated: [point.id], webAccessCodes: { [point.id]: '12345678' }, noData: [] },
    elhub: { energyData: { from: 0, to: 1, missing: 0.1 } },
    energidataservice: { charges: [{ Note: 'a' }], withoutRate: 2 },
    fingrid: {
      customers: [{ identification: 'a', meteringPoints: [point.id], from: '2026-01-01T00:00Z' }],
    },
    prices: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  },
};

/** Code and pointer of each fault of a document. */
function faults(document: unknown): string[] {
  const reading = readTestHubData(
    typeof document === 'string' ? document : JSON.stringify(document),
  );
  return reading.issues.map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('a file of a test hub', () => {
  it('is read whole where it is right', () => {
    expect(
      faults({ schema: 'metergram.testhub/1', now: '2026-11-20T10:00:00Z', generate }),
    ).toEqual([]);
    expect(faults(small)).toEqual([]);
    expect(faults(whole)).toEqual([]);
    expect(readTestHubData(JSON.stringify(small))).toMatchObject({ ok: true, value: small });
  });

  it.each<[unknown, string]>([
    ['', 'schema/not-json '],
    ['meter,start,end', 'schema/not-json '],
    ['{"hex":"00"}\n{"hex":"01"}\n', 'schema/not-json '],
    [[], 'schema/wrong-type '],
    [{}, 'testhub/empty '],
    [{ schema: 'metergram.testhub/1', now: '2026-01-01T00:00:00Z' }, 'testhub/empty '],
    [{ meteringPoints: [], series: [] }, 'testhub/empty '],
    [{ schema: 'metergram.testhub/2', generate }, 'schema/not-in-list /schema'],
    [{ schema: 'metergram.telegram/1', link: {} }, 'schema/not-in-list /schema'],
    [{ generate, meters: [] }, 'schema/unknown-property /meters'],
    [{ generate, now: '2026-11-20' }, 'schema/wrong-form /now'],
    [{ generate: [{ ...generate[0], first: '5713' }] }, 'schema/wrong-form /generate/0/first'],
    [{ generate: [{ ...generate[0], missing: 5 }] }, 'schema/too-large /generate/0/missing'],
    [{ generate: [{ ...generate[0], count: 0 }] }, 'schema/too-small /generate/0/count'],
    [{ generate: [...generate, ...generate] }, 'testhub/duplicate /generate/1/first'],
    [{ meteringPoints: [point, point] }, 'testhub/duplicate /meteringPoints/1/id'],
    [
      { meteringPoints: [{ ...point, parent: '571313100000000010' }] },
      'testhub/unknown-point /meteringPoints/0/parent',
    ],
    [
      { ...small, charges: [{ ...small.charges![0]!, meteringPoint: '571313100000000065' }] },
      'testhub/unknown-point /charges/0/meteringPoint',
    ],
    [
      {
        generate,
        hub: { fingrid: { customers: [{ identification: 'a', meteringPoints: ['x'] }] } },
      },
      'testhub/unknown-point /hub/fingrid/customers/0/meteringPoints/0',
    ],
    [{ generate, hub: { energinet: {} } }, 'schema/unknown-property /hub/energinet'],
    [
      { hub: { prices: { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' } } },
      'model/empty-interval /hub/prices/to',
    ],
    [{ series: [{ ...small.series![0], meteringPoint: undefined }] }, 'testhub/no-point /series/0'],
    [
      {
        series: [{ ...small.series![0], points: [{ ...small.series![0]!.points[0], value: 1.5 }] }],
      },
      'schema/wrong-type /series/0/points/0/value',
    ],
  ])('is refused with a code and a place (%#)', (document, fault) => {
    const found = faults(document);
    expect(found).toContain(fault);
  });

  it('with nothing for a hub says what that hub would need', () => {
    for (const hub of ['eloverblik', 'elhub', 'fingrid'])
      expect(lackOf(hub, { hub: { prices: { from: 'a', to: 'b' } } })).toMatch(/metering points/);
    for (const hub of ['entsoe', 'energidataservice'])
      expect(lackOf(hub, { meteringPoints: small.meteringPoints! })).toMatch(/prices/);
    for (const hub of ['eloverblik', 'elhub', 'fingrid', 'entsoe', 'energidataservice'])
      expect(lackOf(hub, { generate: generate as never })).toBeNull();
  });
});

describe('the published schema', () => {
  const file = new URL('../../schemas/testhub.schema.json', import.meta.url);

  it('is printed from the shape: node packages/datahub/scripts/print-schemas.ts', () => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(jsonSchema(testHubData));
  });

  it('says of whole and of damaged files what our reading says', () => {
    const formats: Record<string, (text: string) => boolean> = {
      moment: (text) => !Number.isNaN(Date.parse(text)),
    };
    for (const shape of shapes.values())
      if (shape.kind === 'text' && shape.format !== undefined)
        formats[shape.format.name] = shape.format.test;
    const ajv = new Ajv2020({ strict: true, strictRequired: false, formats });
    const judge = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
    let good = 0;
    let bad = 0;
    fc.assert(
      fc.property(damaged(JSON.parse(JSON.stringify(whole)) as unknown), (value) => {
        for (const one of [whole, value]) {
          const { issues } = validate(testHubData, one);
          const found = issues.filter(({ code }) => code.startsWith('schema/'));
          expect({ found, taken: found.length === 0 }).toMatchObject({ taken: judge(one) });
          if (found.length === 0) good++;
          else bad++;
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(good, bad)).toBeGreaterThan(5);
  });
});
