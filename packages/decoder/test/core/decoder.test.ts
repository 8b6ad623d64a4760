import { describe, expect, it } from 'vitest';
import { hasSimd } from '../../src/wasm.ts';
import { createDecoder, createDecoderSync } from '../../src/index.ts';
import { octets } from '../../src/encode/octets.ts';
import { METER, VALUES, heat } from './telegrams.ts';

describe.each([true, false])('the decoder (SIMD: %s)', (simd) => {
  const decoder = createDecoderSync({ simd });

  it('gives the meter and every record in its JSON form', () => {
    const telegram = decoder.decode(heat());
    expect(telegram.schema).toBe('metergram.telegram/1');
    expect(telegram.meter).toMatchObject({ ...METER, mediumCode: 4 });
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES);
    expect(telegram.records[1]).toEqual({
      quantity: 'volume',
      unit: 'm3',
      value: '56.789',
      kind: 'number',
      function: 'instantaneous',
      storage: 0,
      tariff: 0,
      subunit: 0,
      modifiers: [],
      obis: '6-0:2.0.0*255',
      dib: '04',
      vib: '13',
      raw: 'd5dd0000',
      offset: 21,
    });
    expect(telegram.issues).toEqual([]);
  });

  it('decodes alike wired, wireless, with the CRCs of either format and without', () => {
    const forms = [
      heat(),
      heat({ link: { kind: 'wireless', format: 'A' } }),
      heat({ link: { kind: 'wireless', format: 'B' } }),
      heat({ link: { kind: 'wired-long' } }),
    ].map((bytes) => decoder.decode(bytes));
    for (const { records, meter, issues } of forms) {
      expect(records.map(({ value }) => value)).toEqual(VALUES);
      expect(meter).toMatchObject(METER);
      expect(issues).toEqual([]);
    }
    expect(forms.map(({ link }) => [link.kind, link.format, link.crc])).toEqual([
      ['wireless', null, 'removed'],
      ['wireless', 'A', 'ok'],
      ['wireless', 'B', 'ok'],
      ['wired-long', null, 'ok'],
    ]);
  });

  it('counts offsets in the bytes as given, CRCs included', () => {
    const bytes = heat({ link: { kind: 'wireless', format: 'A' } });
    for (const { dib, offset } of decoder.decode(bytes).records)
      expect(bytes[offset]?.toString(16).padStart(2, '0')).toBe(dib);
  });

  it('leaves its input as it is and gives objects that later calls do not change', () => {
    const bytes = heat();
    const copy = bytes.slice();
    const telegram = decoder.decode(bytes);
    const text = JSON.stringify(telegram);
    decoder.decode(heat({ records: [{ quantity: 'energy', unit: 'Wh', value: '1' }] }));
    expect(bytes).toEqual(copy);
    expect(JSON.stringify(telegram)).toBe(text);
  });

  it('says what is wrong with what is no telegram', () => {
    const codes = (bytes: Uint8Array): string[] =>
      decoder.decode(bytes).issues.map(({ code }) => code);
    expect(codes(new Uint8Array())).toEqual(['input/empty']);
    expect(codes(Uint8Array.of(1, 2, 3))).toEqual(['link/unrecognised']);
    expect(codes(new Uint8Array(70_000))).toEqual(['input/too-long']);
  });

  it('decodes bare records where it is told so', () => {
    const { records, meter, link } = decoder.decode(
      Uint8Array.of(0x0c, 0x13, 0x56, 0x34, 0x12, 0),
      {
        layer: 'records',
      },
    );
    expect(records.map(({ value, unit }) => [value, unit])).toEqual([['123.456', 'm3']]);
    expect([meter, link.kind]).toEqual([null, 'none']);
  });
});

it.each([
  ['41', 'lower_limit_exceeds'],
  ['49', 'upper_limit_exceeds'],
])(
  'counts how often a limit was exceeded, whatever scale the quantity has: VIFE %s',
  (vife, name) => {
    // 5 times, under a volume flow in steps of 10^-3 m3/h and under a volume in steps of 10 m3.
    for (const vif of ['BB', '97']) {
      const bytes = octets(`02 ${vif} ${vife} 0500`)!;
      expect(createDecoderSync().decode(bytes, { layer: 'records' }).records).toMatchObject([
        { quantity: 'count', unit: '', value: '5', modifiers: [name] },
      ]);
    }
  },
);

it('is made with and without waiting, and refuses another module', async () => {
  const decoder = await createDecoder();
  expect(decoder.decode(Uint8Array.of(0xe5)).link).toMatchObject({
    kind: 'wired-ack',
    control: null,
  });
  const other = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  expect(() => createDecoderSync({ module: other })).toThrow('decoder/module');
});

it('takes the build with SIMD where the engine has it, as Node and Chromium do', () => {
  expect(hasSimd()).toBe(true);
});
