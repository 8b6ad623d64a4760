import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoded, type RecordDescription } from '../../src/encode.ts';
import { createDecoderSync } from '../../src/index.ts';
import { obisOf } from '../../src/obis.ts';
import { GROUP_A, OBIS_ROWS } from '../../src/tables/obis.ts';

const decoder = createDecoderSync();

function obis(mediumCode: number, record: RecordDescription): string | undefined {
  const meter = { manufacturer: 'ELS', id: '12345678', mediumCode };
  return decoder.decode(encoded({ meter, records: [record] })).records[0]?.obis;
}

const kwh = { quantity: 'energy', unit: 'Wh', value: '1000' } as const;
const m3 = { quantity: 'volume', unit: 'm3', value: '1.000' } as const;

describe('the OBIS code of a record', () => {
  it.each([
    [0x02, kwh, '1-0:1.8.0*255'],
    [0x02, { ...kwh, tariff: 2 }, '1-0:1.8.2*255'],
    [0x02, { ...kwh, modifiers: ['negative_only'] }, '1-0:2.8.0*255'],
    [0x02, { ...kwh, storage: 33, tariff: 1 }, '1-0:1.8.1*33'],
    [0x02, { quantity: 'power', unit: 'W', value: '5', function: 'maximum' }, '1-0:1.6.0*255'],
    [
      0x02,
      { quantity: 'voltage', unit: 'V', value: '230', modifiers: ['phase_l2'] },
      '1-0:52.7.0*255',
    ],
    [0x04, kwh, '6-0:1.0.0*255'],
    [0x04, { ...kwh, storage: 1 }, '6-0:1.2.0*255'],
    [0x0d, { ...kwh, modifiers: ['negative_only'] }, '5-0:1.0.0*255'],
    [0x0a, m3, '5-0:2.0.0*255'],
    [0x07, m3, '8-0:1.0.0*255'],
    [0x16, { ...m3, storage: 1 }, '8-0:1.2.0*255'],
    [0x06, m3, '9-0:1.0.0*255'],
    [0x03, m3, '7-0:3.1.0*255'],
    [0x03, { ...m3, modifiers: ['uncorrected'] }, '7-0:3.0.0*255'],
    [0x08, { quantity: 'heat_cost_allocation', unit: 'hca', value: '7' }, '4-0:1.0.0*255'],
    [0x07, { quantity: 'datetime', value: '2026-01-01T00:00' }, '8-0:0.9.1*255'],
  ] as const)('of a meter of medium %i: %o is %s', (medium, record, code) => {
    expect(obis(medium, record as RecordDescription)).toBe(code);
  });

  it('is absent where none is confirmed', () => {
    expect(obis(0x07, kwh)).toBeUndefined();
    expect(obis(0x02, { ...kwh, subunit: 1 })).toBeUndefined();
    expect(obis(0x04, { ...kwh, function: 'maximum' })).toBeUndefined();
    expect(obis(0x04, { ...kwh, storage: 2 })).toBeUndefined();
    expect(
      decoder.decode(Uint8Array.of(0x0c, 0x13, 0, 0, 0, 0), { layer: 'records' }).records[0]?.obis,
    ).toBeUndefined();
  });

  it('is the same whatever meters and storages were read before', () => {
    const media = [0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x0d];
    const drawn = fc.record({
      mediumCode: fc.constantFrom(...media),
      storage: fc.nat(9),
      tariff: fc.nat(2),
      quantity: fc.constantFrom(kwh, m3),
    });
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 2, maxLength: 20 }), (many) => {
        for (const { mediumCode, storage, tariff, quantity } of many) {
          const record = { ...quantity, storage, tariff };
          expect(obis(mediumCode, record)).toBe(
            obisOf(mediumCode, {
              ...record,
              modifiers: [],
              function: 'instantaneous',
              subunit: 0,
            }),
          );
        }
      }),
    );
  });

  it('has its form, in every row of the table', () => {
    for (const { code } of OBIS_ROWS)
      expect(code).toMatch(/^[0-9A]+-0:\d+\.\d+\.(?:\d+|T)\*(?:255|N)$/);
  });

  it('is that of the first row that fits, whatever the record', () => {
    const wrong: unknown[] = [];
    const among = (words: readonly string[]) => [...new Set(words)];
    const quantities = [...among(OBIS_ROWS.map(({ quantity }) => quantity)), 'pressure'];
    const modifiers = [...among(OBIS_ROWS.map((row) => row.modifiers.join())), 'leakage'];
    for (const medium of [...Object.keys(GROUP_A).map(Number), 0, 0xff])
      for (const quantity of quantities)
        for (const words of modifiers)
          for (const kind of ['instantaneous', 'maximum', 'minimum', 'error'])
            for (const storage of [0, 1, 2, 40])
              for (const tariff of [0, 3]) {
                const row = OBIS_ROWS.find(
                  (candidate) =>
                    (candidate.media === 'any' || candidate.media.includes(medium)) &&
                    candidate.quantity === quantity &&
                    candidate.modifiers.join() === words &&
                    candidate.function === kind &&
                    { none: storage === 0, due: storage === 1, numbered: storage > 0 }[
                      candidate.storage
                    ] &&
                    (candidate.tariff === 'none') === (tariff === 0),
                );
                const expected = row?.code
                  .replace('T', `${tariff}`)
                  .replace('N', `${storage}`)
                  .replace('A', `${GROUP_A[medium] ?? 0}`);
                const record = {
                  quantity,
                  modifiers: words === '' ? [] : words.split(','),
                  function: kind,
                  storage,
                  tariff,
                  subunit: 0,
                };
                if (obisOf(medium, record) !== expected) wrong.push([medium, record, expected]);
              }
    expect(wrong).toEqual([]);
  });
});
