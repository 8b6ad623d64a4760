import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoderSync } from '../../src/index.ts';
import { explain } from '../../src/explain.ts';
import { octets } from '../../src/encode/octets.ts';
import { KEY, encrypted, heat } from './telegrams.ts';

const decoder = createDecoderSync();
const text = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const put = (bytes: Uint8Array, options = {}): string =>
  explain(decoder, bytes, options)
    .bytes.map(({ hex }) => hex)
    .join('');

const FORMS: readonly (readonly [string, Uint8Array])[] = [
  ['wireless', heat()],
  ['format A', heat({ link: { kind: 'wireless', format: 'A' } })],
  ['format B', heat({ link: { kind: 'wireless', format: 'B' } })],
  ['wired', heat({ link: { kind: 'wired-long' } })],
  ['encrypted', encrypted()],
  ['encrypted, format A', encrypted({ link: { kind: 'wireless', format: 'A' } })],
  ['extended link layer', heat({ ell: { ci: 0x8d, key: KEY } })],
  ['compact', heat({ transport: { header: 'none', content: 'compact' } })],
  ['with bytes behind it', heat({ trailing: Uint8Array.of(1, 2, 3) })],
];

describe('the bytes of an explanation put together are the input', () => {
  it.each(FORMS)('%s', (_, bytes) => {
    expect(put(bytes)).toBe(text(bytes));
    expect(put(bytes, { key: KEY })).toBe(text(bytes));
  });

  it('whatever bytes come', () => {
    const damaged = fc
      .tuple(fc.constantFrom(...FORMS), fc.nat(), fc.nat(255), fc.nat(40))
      .map(([[, bytes], at, value, cut]) => {
        const copy = bytes.slice(0, bytes.length - (cut > 20 ? 0 : cut));
        copy[at % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 80 })), (bytes) => {
        expect(put(bytes, { key: KEY })).toBe(text(bytes));
      }),
      { numRuns: 500 },
    );
  });
});

it('names every field of a telegram, with its clause', () => {
  const { bytes } = explain(decoder, heat({ link: { kind: 'wired-long' } }));
  expect(bytes.map(({ name }) => name).join(' ')).toBe(
    'start L L start C A CI ID M Ver Type ACC STS CF' +
      ' DIB VIB data DIB VIB data DIB VIB data DIB VIB data CS stop',
  );
  expect(bytes.every(({ clause }) => clause !== '')).toBe(true);
  expect(bytes.find(({ meaning }) => meaning === '56.789 m3')?.hex).toBe('d5dd0000');
});

it('shows encrypted bytes as sent, and what they mean', () => {
  const { bytes, telegram } = explain(decoder, encrypted(), { key: KEY });
  expect(telegram.security.state).toBe('decrypted');
  const volume = bytes.find(({ meaning }) => meaning === '56.789 m3');
  expect(volume?.plain).toBe('d5dd0000');
  expect(volume?.hex).not.toBe('d5dd0000');
});

it.each([
  ['04 6D 00 0C 6B 2B', '2019-11-11T12:00 (type F)'],
  ['02 6C 6B 2B', '2019-11-11 (type G)'],
  ['0C 13 78 56 34 12', '12345.678 m3 (type A)'],
  ['0D 13 C2 34 12', '1.234 m3 (type A)'],
  ['05 2E 00 00 C0 3F', '1500 W (type H)'],
  ['04 13 D5 DD 00 00', '56.789 m3'],
  ['04 FD72 01020304', '01020304 (type K, no public layout: bytes as sent)'],
  [
    '0D FD73 EB 0102030405060708090A0B',
    '0102030405060708090a0b (type L, no public layout: bytes as sent)',
  ],
  ['0D 6D E5 0102030405', '0102030405 (type M, no public layout: bytes as sent)'],
])('names the data type of %s', (hex, meaning) => {
  const bytes = octets(hex)!;
  const { bytes: rows } = explain(decoder, bytes, { layer: 'records' });
  expect(rows.at(-1)?.meaning).toBe(meaning);
});

describe('CRCs of radio frames, and what a wrong one spoils', () => {
  const format = (name: 'A' | 'B'): Uint8Array =>
    heat({ link: { kind: 'wireless', format: name } });
  const linkNames = (bytes: Uint8Array, from: number): string[] =>
    explain(decoder, bytes)
      .bytes.filter(({ layer, offset }) => layer === 'link' && offset >= from)
      .map(({ name, meaning, hex }) => `${name} ${hex.length / 2} ${meaning}`);

  it('format A has one behind every block', () => {
    expect(new Set(linkNames(format('A'), 10))).toEqual(new Set(['CRC 2 ok']));
  });

  it('format B ends with one', () => {
    expect(linkNames(format('B'), 10)).toEqual(['CRC 2 ok']);
  });

  it('the block of a wrong one is not read, and those behind it are not checked', () => {
    const bytes = format('A');
    bytes[12 + 3]! ^= 1;
    const [first, second, third] = linkNames(bytes, 10);
    expect(first).toBe('CRC 2 ok');
    expect(second).toBe('block 16 not read: its CRC is wrong, or one before it');
    expect(third).toBe('CRC 2 wrong');
    expect(linkNames(bytes, 30).at(-1)).toBe('CRC 2 not checked');
  });

  it('of a telegram that is cut short no CRC is made up', () => {
    const bytes = format('A').subarray(0, 12 + 18 + 5);
    expect(linkNames(bytes, 10).slice(0, 2)).toEqual(['CRC 2 ok', 'CRC 2 ok']);
    expect(linkNames(bytes, 30).some((name) => name.startsWith('CRC'))).toBe(false);
  });
});

it('says in words what application error a meter reports', () => {
  const { bytes, telegram } = explain(
    decoder,
    Uint8Array.of(0x68, 4, 4, 0x68, 8, 1, 0x70, 3, 0x7c, 0x16),
  );
  expect(telegram.issues[0]?.message).toBe('the meter reports an application error (03)');
  expect(bytes.find(({ name }) => name === 'error')?.meaning).toBe('too many records');
});
