import { type Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { recordsTable, telegramsTable } from '../../src/arrow.ts';
import { encoded, type RecordDescription } from '../../src/encode.ts';
import { createDecoderSync, MEANINGS, type TelegramBatch } from '../../src/index.ts';
import { heat, KEY, encrypted, METER, packed } from './telegrams.ts';

const decoder = createDecoderSync({ keys: [{ manufacturer: 'ELS', id: '12345678', key: KEY }] });

const VARIED: readonly RecordDescription[] = [
  { quantity: 'energy', unit: 'Wh', value: '-12000', tariff: 2 },
  { quantity: 'volume', unit: 'm3', value: '0.001', storage: 3, function: 'maximum' },
  { quantity: 'voltage', unit: 'V', value: '230', modifiers: ['phase_l1'] },
  { quantity: 'energy', unit: 'Wh', value: '5000', modifiers: ['per_m3'] },
  { quantity: 'date', value: '2026-01-01', storage: 1 },
  { quantity: 'fabrication_number', value: '01020304' },
  { quantity: 'volume', unit: 'm3', value: '1.5', coding: 'lvar-real64', exponent: 0 },
];

/** Records in hexadecimal: no digits, a real number, 2^64 − 2, text, a unit that stands in the telegram, and bytes. */
const RAW = [
  '0c13ffffffff',
  '05130000c03f',
  '0793fc11feffffffffffffff',
  '0dfd0b03434241',
  '027c034b2f570a00',
  '0f0102',
].join('');

function sent(): TelegramBatch {
  const bare = Uint8Array.from(RAW.match(/../g)!, (byte) => parseInt(byte, 16));
  const header = heat({ records: [] });
  const raw = Uint8Array.of(...header, ...bare);
  raw[0] = raw.length - 1;
  const telegrams = [
    heat(),
    encrypted(),
    encoded({ meter: { ...METER, manufacturer: 'KAM', medium: 'water' }, records: VARIED }),
    Uint8Array.of(1, 2, 3),
    raw,
    heat({ meter: { ...METER, id: '87654321', medium: 'electricity' } }),
  ];
  const { bytes, offsets } = packed(telegrams);
  return decoder.decodeBatch(bytes, offsets);
}

const rowsOf = (table: Table): Record<string, unknown>[] =>
  table.toArray().map((row) => ({ ...(row as { toJSON(): object }).toJSON() }));

describe('a batch as Arrow tables', () => {
  it('holds what the batch held, written to IPC and read back', () => {
    const batch = sent().detach();
    for (const form of ['file', 'stream'] as const) {
      const bytes = tableToIPC(recordsTable(batch, { values: true }), form);
      const rows = rowsOf(tableFromIPC(bytes));
      let row = 0;
      for (let i = 0; i < batch.length; i++) {
        const { meter, records } = batch.telegram(i);
        for (const record of records) {
          const at = row++;
          expect(rows[at]).toMatchObject({
            telegram: i,
            manufacturer: meter?.manufacturer ?? null,
            id: meter?.id ?? null,
            medium: meter?.medium ?? null,
            quantity: record.quantity,
            unit: record.unit,
            function: record.function,
            storage: record.storage,
            tariff: record.tariff,
            subunit: record.subunit,
            scale: batch.records.scale[at],
            value: record.value,
          });
        }
      }
      expect(rows).toHaveLength(row);
      expect(row).toBeGreaterThan(20);
    }
  });

  it('holds integers exactly, and null where there is none', () => {
    const batch = sent().detach();
    const rows = rowsOf(tableFromIPC(tableToIPC(recordsTable(batch, { values: true }))));
    const numbers = rows.filter(({ mantissa, kind }) => mantissa !== null && kind === 'number');
    expect(numbers.length).toBeGreaterThan(8);
    for (const { mantissa, scale, value } of numbers)
      expect(Number(mantissa) * 10 ** (scale as number)).toBeCloseTo(Number(value), 9);
    expect(numbers[0]).toMatchObject({ mantissa: 1234000n, scale: 0 });
    const without = rows.filter(({ mantissa }) => mantissa === null);
    expect(without.map(({ kind, validity }) => [kind, validity])).toEqual(
      expect.arrayContaining([
        ['number', 'digits that are none'],
        ['real64', 'valid'],
        ['unsigned', 'valid'],
        ['text', 'valid'],
        ['bytes', 'valid'],
      ]),
    );
    expect(without.map(({ value }) => value)).toContain('18446744073709551.614');
    for (const { validity, value } of rows) expect(value === null).toBe(validity !== 'valid');
  });

  it('holds an unsigned zero of 64 bits as zero', () => {
    // Volume of the VIFE that makes a number unsigned, as above; 0.
    const bytes = Uint8Array.from([0x07, 0x93, 0xfc, 0x11, 0, 0, 0, 0, 0, 0, 0, 0]);
    const options = { layer: 'records' } as const;
    const batch = createDecoderSync().decodeBatch(
      bytes,
      Uint32Array.of(0, bytes.length),
      0,
      options,
    );
    const [row] = rowsOf(recordsTable(batch.detach()));
    expect([row?.['mantissa'], batch.telegram(0).records[0]?.value]).toEqual([0n, '0.000']);
  });

  it('says units that VIFEs or the telegram itself make', () => {
    const units = rowsOf(recordsTable(sent())).map(({ unit }) => unit);
    expect(units).toEqual(expect.arrayContaining(['Wh', 'm3', '°C', 'Wh/m3', 'W/K', '']));
  });

  it('takes the columns of a detached batch as they stand', () => {
    const batch = sent().detach();
    const table = recordsTable(batch);
    const data = (name: string): unknown => table.getChild(name as 'scale')?.data[0]?.values;
    for (const name of ['mantissa', 'scale', 'storage', 'tariff', 'subunit'] as const)
      expect(data(name)).toBe(batch.records[name]);
    for (const name of ['function', 'kind', 'validity'] as const) {
      const { buffer, byteOffset, length } = data(name) as Uint8Array;
      const own = batch.records[name];
      expect([length, byteOffset]).toEqual([own.length, own.byteOffset]);
      expect(buffer).toBe(own.buffer);
    }
    expect(MEANINGS.length).toBeGreaterThan(
      table.getChild('quantity')!.data[0]!.dictionary!.length,
    );
  });

  it('outlives the next call of the decoder', () => {
    const table = recordsTable(sent());
    const before = rowsOf(table);
    const { bytes, offsets } = packed([heat({ records: VARIED }), heat({ records: VARIED })]);
    decoder.decodeBatch(bytes, offsets);
    expect(rowsOf(table)).toEqual(before);
  });

  it('has a row for each telegram', () => {
    const batch = sent().detach();
    const rows = rowsOf(tableFromIPC(tableToIPC(telegramsTable(batch))));
    expect(rows).toHaveLength(batch.length);
    rows.forEach((row, i) => {
      const { accessNumber, issues, link, meter, records, security, status } = batch.telegram(i);
      expect(row).toMatchObject({
        recordCount: records.length,
        manufacturer: meter?.manufacturer ?? null,
        id: meter?.id ?? null,
        medium: meter?.medium ?? null,
        version: meter?.version ?? null,
        link: link.kind,
        ci: link.ci ?? null,
        accessNumber,
        status: status?.code ?? null,
        securityMode: security.mode,
        security: security.state,
        issueCount: issues.length,
      });
    });
  });

  it('may be empty', () => {
    const batch = decoder.decodeBatch(new Uint8Array(), Uint32Array.of(0));
    expect(recordsTable(batch, { values: true }).numRows).toBe(0);
    expect(tableFromIPC(tableToIPC(recordsTable(batch))).numRows).toBe(0);
    expect(tableFromIPC(tableToIPC(telegramsTable(batch))).numRows).toBe(0);
  });
});
