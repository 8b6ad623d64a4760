import { describe, expect, it } from 'vitest';
import { encoded } from '../../src/encode.ts';
import { createDecoderSync } from '../../src/index.ts';
import { VALUES, heat } from './telegrams.ts';

const decoder = createDecoderSync();
const wired = (): Uint8Array => heat({ link: { kind: 'wired-long' } });
const issues = (bytes: Uint8Array): [string, number][] =>
  decoder.decode(bytes).issues.map(({ code, offset }) => [code, offset]);

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] as number) ^ 0x10;
  return copy;
}

it('a radio frame that begins as a wired one does is read as what it is', () => {
  // L is 68, C 44, and the manufacturer's code begins with 44 68: ZBD.
  const telegram = (format: 'A' | 'B' | undefined): Uint8Array =>
    encoded({
      link: { kind: 'wireless', ...(format === undefined ? {} : { format }) },
      meter: { manufacturer: 'ZBD', id: '12345678', version: 1, medium: 'water' },
      transport: { ci: 0x78, header: 'none' },
      body: `0413e8030000${'2f'.repeat(format === 'B' ? 86 : 88)}`,
    });
  for (const format of ['A', 'B', undefined] as const)
    expect(decoder.decode(telegram(format))).toMatchObject({
      link: { kind: 'wireless', format: format ?? null },
      records: [{ value: '1.000' }],
      issues: [],
    });
  // Cut to as many bytes as its 68 would count by radio, a wired frame stays one.
  const long = Uint8Array.of(0x68, 0xc8, 0xc8, 0x68, 8, 1, 0x78, ...Array<number>(98).fill(0x2f));
  expect(decoder.decode(long).link.kind).toBe('wired-long');
});

describe('a damaged wired frame', () => {
  it('with a wrong checksum gives no values, for one sum guards them all', () => {
    const bytes = flipped(wired(), 25);
    const telegram = decoder.decode(bytes);
    expect(telegram.link.crc).toBe('wrong');
    expect(telegram.records).toEqual([]);
    expect(issues(bytes)).toEqual([['link/checksum', bytes.length - 2]]);
  });

  it('cut short keeps the records that are whole', () => {
    const bytes = wired().subarray(0, 33);
    const telegram = decoder.decode(bytes);
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES.slice(0, 2));
    expect(issues(bytes).map(([code]) => code)).toEqual(['link/truncated', 'record/truncated']);
  });

  it('without its stop character is told as such', () => {
    expect(issues(flipped(wired(), wired().length - 1))).toEqual([
      ['link/stop', wired().length - 1],
    ]);
  });

  it('is found behind noise, and with bytes behind it', () => {
    const frame = wired();
    const bytes = new Uint8Array([0xff, 0x00, 0x68, ...frame, 0x55]);
    const telegram = decoder.decode(bytes);
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES);
    expect(telegram.records[0]?.offset).toBe(3 + 19);
    expect(issues(bytes)).toEqual([
      ['link/leading-bytes', 0],
      ['link/trailing-bytes', 3 + frame.length],
    ]);
  });
});

describe('a damaged wireless frame', () => {
  const formatA = heat({ link: { kind: 'wireless', format: 'A' } });

  it('of format A keeps what stands in the blocks before the wrong CRC', () => {
    const bytes = flipped(formatA, 36);
    const telegram = decoder.decode(bytes);
    expect(telegram.link).toMatchObject({ format: 'A', crc: 'wrong' });
    expect(telegram.meter?.id).toBe('12345678');
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES.slice(0, 1));
    expect(issues(bytes)[0]).toEqual(['link/crc', bytes.length - 2]);
  });

  it('whose first block is wrong names no meter', () => {
    const telegram = decoder.decode(flipped(formatA, 5));
    expect(telegram.meter).toBeNull();
    expect(telegram.issues.map(({ code }) => code)).toEqual(['link/crc']);
  });

  it('without CRCs and cut short keeps the records that are whole', () => {
    const bytes = heat().subarray(0, 30);
    expect(decoder.decode(bytes).records.map(({ value }) => value)).toEqual(VALUES.slice(0, 2));
    expect(issues(bytes).map(([code]) => code)).toEqual(['link/truncated', 'record/truncated']);
  });

  it('with bytes behind it is decoded', () => {
    const telegram = decoder.decode(heat({ trailing: Uint8Array.of(0xaa, 0x55) }));
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES);
    expect(telegram.issues.map(({ code }) => code)).toEqual(['link/trailing-bytes']);
  });
});

it('short frames and the single character have no records', () => {
  const short = decoder.decode(Uint8Array.of(0x10, 0x5b, 0x01, 0x5c, 0x16));
  expect(short.link).toMatchObject({
    kind: 'wired-short',
    control: 0x5b,
    function: 'REQ-UD2',
    address: 1,
  });
  expect([short.records, short.issues]).toEqual([[], []]);
});
