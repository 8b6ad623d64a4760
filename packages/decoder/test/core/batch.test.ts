import { describe, expect, it } from 'vitest';
import { encoded } from '../../src/encode.ts';
import { MEANINGS, createDecoderSync, type RecordView } from '../../src/index.ts';
import { batchesOf } from '../../src/stream.ts';
import { KEY, METER, VALUES, encrypted, heat, packed } from './telegrams.ts';

const keys = [{ manufacturer: 'ELS', id: '12345678', key: KEY }];
const mixed = [
  heat(),
  encrypted(),
  heat({ link: { kind: 'wired-long' } }),
  Uint8Array.of(1, 2, 3),
  new Uint8Array(),
  heat({ link: { kind: 'wireless', format: 'B' } }),
];

describe('a batch', () => {
  it('holds the same as its telegrams decoded one by one', () => {
    const decoder = createDecoderSync({ keys });
    const singly = mixed.map((telegram) => decoder.decode(telegram));
    const { bytes, offsets } = packed(mixed);
    const batch = decoder.decodeBatch(bytes, offsets);
    expect(batch.length).toBe(mixed.length);
    expect(mixed.map((_, i) => batch.telegram(i))).toEqual(singly);
    expect(() => batch.telegram(mixed.length)).toThrow('batch/index');
  });

  it('gives the same telegrams field by field', () => {
    const decoder = createDecoderSync({ keys });
    const { bytes, offsets } = packed(mixed);
    const batch = decoder.decodeBatch(bytes, offsets);
    for (let i = 0; i < batch.length; i++) {
      const view = batch.view(i);
      const plain = batch.telegram(i);
      expect(JSON.parse(JSON.stringify(view))).toEqual(JSON.parse(JSON.stringify(plain)));
      for (const field of Object.keys(plain) as (keyof typeof plain & keyof typeof view)[])
        if (field !== 'records') expect(view[field]).toEqual(plain[field]);
      expect(view.sender).toEqual(plain.sender);
      plain.records.forEach((record, at) => {
        for (const field of Object.keys(record) as (keyof typeof record & keyof RecordView)[])
          expect(view.records[at]?.[field]).toEqual(record[field]);
        expect(view.records[at]?.origin).toBe(record.origin);
      });
    }
    expect(() => batch.view(batch.length)).toThrow('batch/index');
  });

  it('gives values as integer and power of ten, with quantity and unit by number', () => {
    const { bytes, offsets } = packed([heat()]);
    const { records, telegrams } = createDecoderSync().decodeBatch(bytes, offsets);
    expect([...records.mantissa.subarray(0, 3)]).toEqual([1234000n, 56789n, 712n]);
    expect([...records.scale.subarray(0, 3)]).toEqual([0, -3, -1]);
    expect(MEANINGS[records.meaning[1] as number]).toEqual({ quantity: 'volume', unit: 'm3' });
    expect(telegrams.id[0]).toBe(0x12345678);
  });

  it('ends at 131 072 telegrams, however short they are', () => {
    const offsets = Uint32Array.from({ length: 131_072 + 4 }, (_, i) => i);
    const batch = createDecoderSync().decodeBatch(new Uint8Array(131_072 + 3), offsets);
    expect(batch.length).toBe(131_072);
  });

  it('begins anew where there is no more room for what is deciphered, and loses nothing', () => {
    // Mode 9 is deciphered beside its telegram and put back: more than a batch has room for.
    const telegram = encoded({
      meter: METER,
      transport: { security: { mode: 9, key: KEY, counter: 3 } },
      records: Array.from({ length: 24 }, (_, i) => ({
        quantity: 'volume',
        unit: 'm3',
        value: `${i}.250`,
      })),
    });
    const decoder = createDecoderSync({ keys: [{ ...METER, key: KEY }], experimental: [9] });
    const { bytes, offsets } = packed(Array.from({ length: 200 }, () => telegram));
    const rounds: number[] = [];
    for (let read = 0; read < 200; read += rounds.at(-1) ?? 200) {
      const batch = decoder.decodeBatch(bytes, offsets, read);
      rounds.push(batch.length);
      for (let i = 0; i < batch.length; i++) {
        const { security, records } = batch.telegram(i);
        expect([security.state, records.length, records[23]?.value]).toEqual([
          'decrypted',
          24,
          '23.250',
        ]);
      }
    }
    expect(rounds.length).toBeGreaterThan(1);
    expect(rounds.reduce((sum, count) => sum + count, 0)).toBe(200);
  });

  it('outlives the next call when it was detached', () => {
    const decoder = createDecoderSync({ keys });
    const { bytes, offsets } = packed(mixed);
    const kept = decoder.decodeBatch(bytes, offsets).detach();
    const before = mixed.map((_, i) => kept.telegram(i));
    decoder.decodeBatch(...(Object.values(packed([heat(), heat()])) as [Uint8Array, Uint32Array]));
    expect(mixed.map((_, i) => kept.telegram(i))).toEqual(before);
    expect(before[1]?.records.map(({ value }) => value)).toEqual(VALUES);
  });

  it('goes on where it is told to', () => {
    const decoder = createDecoderSync({ keys });
    const { bytes, offsets } = packed(mixed);
    expect(decoder.decodeBatch(bytes, offsets, 2).telegram(0).link.kind).toBe('wired-long');
    expect(decoder.decodeBatch(bytes, offsets, mixed.length).length).toBe(0);
  });

  it('comes in several for long input, in order and without loss', () => {
    const decoder = createDecoderSync();
    const many = Array.from({ length: 140_000 }, (_, i) =>
      Uint8Array.of(0x10, 0x5b, i & 0xff, (0x5b + i) & 0xff, 0x16),
    );
    const { bytes, offsets } = packed(many);
    let seen = 0;
    let batches = 0;
    for (const batch of batchesOf(decoder, bytes, offsets)) {
      batches++;
      for (let i = 0; i < batch.length; i++) {
        if (batch.telegrams.address[i] !== ((seen + i) & 0xff)) throw new Error('out of order');
      }
      seen += batch.length;
    }
    expect(seen).toBe(many.length);
    expect(batches).toBeGreaterThan(1);
  });

  it('has nothing of rows that were tried and taken back', () => {
    const decoder = createDecoderSync();
    // Without a key, what is encrypted is tried as plain records: rows are written, and taken back.
    const telegrams = Array.from({ length: 300 }, (_, i) =>
      i % 2 === 0
        ? heat({
            transport: {
              accessNumber: i & 255,
              security: { mode: 5, key: i.toString(16).padStart(32, '5') },
            },
          })
        : heat(),
    );
    const alone = telegrams.map((bytes) => createDecoderSync().decode(bytes));
    const { bytes, offsets } = packed(telegrams);
    for (let round = 0; round < 2; round++) {
      const batch = decoder.decodeBatch(bytes, offsets);
      expect(telegrams.map((_, i) => batch.telegram(i))).toEqual(alone);
    }
  });

  it('refuses offsets that do not rise or lie outside', () => {
    const decoder = createDecoderSync();
    const bytes = heat();
    expect(() => decoder.decodeBatch(bytes, Uint32Array.of(4, 2))).toThrow('batch/offsets');
    expect(() => decoder.decodeBatch(bytes, Uint32Array.of(0, bytes.length + 1))).toThrow(
      'batch/offsets',
    );
    expect(() => decoder.decodeBatch(bytes, Uint32Array.of(0, 1), 5)).toThrow('batch/offsets');
  });

  it('of nothing but the shortest records fits', () => {
    const records = new Uint8Array(60_000);
    for (let i = 0; i < records.length; i += 2) records[i + 1] = 0x13;
    const { records: found, issues } = createDecoderSync().decode(records, { layer: 'records' });
    expect(found).toHaveLength(30_000);
    expect(issues).toEqual([]);
  });
});

it('a part of a batch has its last telegram whole, in a decoder that has seen none before', () => {
  const telegrams = [heat(), encrypted(), heat()];
  const { bytes, offsets } = packed(telegrams);
  const part = createDecoderSync().decodeBatch(bytes, offsets, 1, { key: KEY });
  expect(part.length).toBe(2);
  for (const i of [0, 1])
    expect(part.telegram(i).records.map(({ value }) => value)).toEqual(VALUES);
});
