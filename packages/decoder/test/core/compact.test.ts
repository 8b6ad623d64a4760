import { describe, expect, it } from 'vitest';
import { crc16 } from '../../src/encode/crc.ts';
import { hex, littleEndian, octets } from '../../src/encode/octets.ts';
import { restoreFormats, saveFormats } from '../../src/formats.ts';
import { encodeAll, encoded } from '../../src/encode.ts';
import { type Decoder, createDecoderSync } from '../../src/index.ts';
import { FORMATS } from '../../src/tables/formats.ts';
import { KEY, METER, RECORDS, VALUES, heat } from './telegrams.ts';

const full = heat({ transport: { header: 'none' } });
const compact = heat({ transport: { header: 'none', content: 'compact' } });
const format = heat({ transport: { header: 'none', content: 'format' } });

describe('a compact frame', () => {
  it('is decoded once its full frame has been heard', () => {
    const decoder = createDecoderSync();
    const before = decoder.decode(compact);
    expect(before.records).toEqual([]);
    expect(before.issues.map(({ code }) => code)).toEqual(['compact/format-unknown']);
    decoder.decode(full);
    const after = decoder.decode(compact);
    expect(after.records.map(({ value }) => value)).toEqual(VALUES);
    expect(after.records.every(({ origin, offset }) => origin === 'compact' && offset === 11)).toBe(
      true,
    );
    expect(after.issues).toEqual([]);
  });

  it.each(FORMATS)('of $seen, format %#, is decoded before any full frame', ({ headers }) => {
    // DIF, DIFEs, VIF, VIFEs of each record, and zeros or ones of as many bytes as the DIF says.
    const LENGTHS = [0, 1, 2, 3, 4, 4, 6, 8];
    const found = headers.match(
      /(?:[0-7].|[89a-f].(?:[89a-f].)*[0-7].)(?:[0-7].|[89a-f].(?:[89a-f].)*[0-7].)/g,
    );
    expect(found?.join('')).toBe(headers);
    const parts = (found ?? []).map((header) => ({
      header,
      data: '01'.repeat(LENGTHS[Number.parseInt(header[1] ?? '0', 16)] ?? 0),
    }));
    const crcOf = (text: string): string => hex(littleEndian(BigInt(crc16(octets(text)!)), 2));
    const whole = parts.map(({ header, data }) => header + data).join('');
    const body = `${crcOf(headers)}${crcOf(whole)}${parts.map(({ data }) => data).join('')}`;
    const telegram = createDecoderSync().decode(
      encoded({ meter: METER, transport: { ci: 0x79, header: 'none' }, body }),
    );
    expect(telegram.issues).toEqual([]);
    expect(telegram.records.map(({ dib, vib }) => dib + vib)).toEqual(found);
  });

  it('says the signature of a format that it does not know in four digits', () => {
    const bytes = encoded({
      meter: METER,
      transport: { ci: 0x79, header: 'none' },
      body: '3b00000000',
    });
    expect(createDecoderSync().decode(bytes).issues[0]?.message).toContain('(003b)');
  });

  it('is decoded once its format frame has been heard', () => {
    const decoder = createDecoderSync();
    expect(decoder.decode(format).issues).toEqual([]);
    expect(decoder.decode(compact).records.map(({ value }) => value)).toEqual(VALUES);
  });

  it('is decoded by another decoder that was given the formats', () => {
    const first = createDecoderSync();
    first.decode(full);
    const second = createDecoderSync();
    restoreFormats(second, saveFormats(first));
    expect(second.decode(compact).records.map(({ value }) => value)).toEqual(VALUES);
    second.forget();
    expect(second.decode(compact).records).toEqual([]);
    expect(() => restoreFormats(second, new Uint8Array(3))).toThrow('formats/size');
  });

  it('whose data do not fit the CRC of the full frame gives no values', () => {
    const decoder = createDecoderSync();
    decoder.decode(full);
    const damaged = compact.slice();
    damaged[20] = (damaged[20] as number) ^ 1;
    const telegram = decoder.decode(damaged);
    expect(telegram.records).toEqual([]);
    expect(telegram.issues.map(({ code }) => code)).toEqual(['compact/crc']);
  });

  it('keeps to bounded memory however many formats there are', () => {
    const decoder = createDecoderSync();
    for (let storage = 0; storage < 200; storage++)
      decoder.decode(
        heat({
          transport: { header: 'none' },
          records: [{ quantity: 'energy', unit: 'Wh', value: '1', storage }],
        }),
      );
    expect(saveFormats(decoder).length).toBe(64 * 128);
  });
});

const codes = (decoder: Decoder, bytes: Uint8Array = new Uint8Array()): string[] =>
  decoder.decode(bytes).issues.map(({ code }) => code);

describe('fragments', () => {
  const parts = encodeAll({
    meter: METER,
    afl: { key: KEY, counter: 9, fragmentSize: 24 },
    transport: { security: { mode: 7, key: KEY, counter: 9 } },
    records: RECORDS,
  });
  const telegrams = 'telegrams' in parts ? parts.telegrams : [];
  const keys = [{ manufacturer: 'ELS', id: '12345678', key: KEY }];

  it('are put together by the telegram that completes them', () => {
    expect(telegrams.length).toBeGreaterThan(1);
    const decoder = createDecoderSync({ keys });
    const decoded = telegrams.map((bytes) => decoder.decode(bytes));
    const last = decoded.pop();
    for (const { records, issues } of decoded) {
      expect(records).toEqual([]);
      expect(issues.map(({ code }) => code)).toEqual(['transport/incomplete']);
    }
    expect(last?.records.map(({ value }) => value)).toEqual(VALUES);
    expect(last?.security).toEqual({ mode: 7, layer: 'tpl', state: 'decrypted', mac: 'ok' });
    expect(last?.records.every(({ origin }) => origin === 'fragments')).toBe(true);
  });

  it('that come out of order, or too late, are told as lost', () => {
    const decoder = createDecoderSync({ keys });
    expect(codes(decoder, telegrams[1])).toEqual(['transport/fragment-lost']);
    codes(decoder, telegrams[0]);
    decoder.tick();
    decoder.tick();
    expect(codes(decoder, telegrams[1])).toEqual(['transport/fragment-lost']);
  });
});
