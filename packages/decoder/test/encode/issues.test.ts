import { describe, expect, it } from 'vitest';
import {
  encode,
  encodeAll,
  type EncodeCode,
  encoded,
  EncodeFault,
  type RecordDescription,
  type TelegramDescription,
} from '../../src/encode.ts';

const meter = { manufacturer: 'XMG', id: '12345678', version: 1, mediumCode: 7 };
const key = '000102030405060708090a0b0c0d0e0f';
const of = (record: RecordDescription): TelegramDescription => ({ meter, records: [record] });
const volume = { quantity: 'volume', unit: 'm3', value: '1.234' } as const;
const long = { vendorData: 'ff'.repeat(240) };

const REFUSED: [name: string, TelegramDescription, EncodeCode, pointer: string][] = [
  ['half a byte', of({ raw: '0c1' }), 'encode/bad-hex', '/records/0/raw'],
  ['a body that is no hexadecimal', { meter, body: 'xy' }, 'encode/bad-hex', '/body'],
  [
    'two letters',
    { meter: { ...meter, manufacturer: 'XM' } },
    'encode/bad-address',
    '/meter/manufacturer',
  ],
  ['seven digits', { meter: { ...meter, id: '1234567' } }, 'encode/bad-address', '/meter/id'],
  [
    'no manufacturer',
    { meter: { ...meter, manufacturer: null } },
    'encode/bad-address',
    '/meter/manufacturer',
  ],
  [
    'a key of 15 bytes',
    { meter, transport: { security: { mode: 5, key: key.slice(2) } } },
    'encode/bad-key',
    '/transport/security/key',
  ],
  [
    'an ELL key of 8 bytes',
    { meter, ell: { ci: 0x8d, key: key.slice(16) } },
    'encode/bad-key',
    '/ell/key',
  ],
  [
    'a number with a comma',
    of({ ...volume, value: '1,2' }),
    'encode/bad-value',
    '/records/0/value',
  ],
  [
    'the 30th of February',
    of({ quantity: 'date', value: '2026-02-30' }),
    'encode/bad-value',
    '/records/0/value',
  ],
  [
    '24 o’clock',
    of({ quantity: 'datetime', value: '2026-02-03T24:00' }),
    'encode/bad-value',
    '/records/0/value',
  ],
  [
    'text outside ISO 8859-1',
    of({ quantity: 'customer', value: 'Łódź' }),
    'encode/bad-value',
    '/records/0/value',
  ],
  [
    '200 in int8',
    of({ ...volume, value: '0.200', coding: 'int8' }),
    'encode/out-of-range',
    '/records/0/value',
  ],
  [
    '100 in bcd2',
    of({ ...volume, value: '0.100', coding: 'bcd2' }),
    'encode/out-of-range',
    '/records/0/value',
  ],
  [
    '-10 in bcd2',
    of({ ...volume, value: '-0.010', coding: 'bcd2' }),
    'encode/out-of-range',
    '/records/0/value',
  ],
  [
    'a year before 1981',
    of({ quantity: 'date', value: '1980-01-01' }),
    'encode/out-of-range',
    '/records/0/value',
  ],
  [
    '17 bytes of binary',
    of({ quantity: 'manufacturer_container', value: '00'.repeat(17) }),
    'encode/out-of-range',
    '/records/0/value',
  ],
  [
    'storage 2^41',
    of({ ...volume, storage: 2 ** 41 }),
    'encode/out-of-range',
    '/records/0/storage',
  ],
  ['tariff 2^20', of({ ...volume, tariff: 2 ** 20 }), 'encode/out-of-range', '/records/0/tariff'],
  ['subunit 1024', of({ ...volume, subunit: 1024 }), 'encode/out-of-range', '/records/0/subunit'],
  ['half a storage', of({ ...volume, storage: 0.5 }), 'encode/out-of-range', '/records/0/storage'],
  [
    'access number 256',
    { meter, transport: { accessNumber: 256 } },
    'encode/out-of-range',
    '/transport/accessNumber',
  ],
  ['version 256', { meter: { ...meter, version: 256 } }, 'encode/out-of-range', '/meter/version'],
  ['256 bytes by wire', { ...of(long), link: { kind: 'wired-long' } }, 'encode/too-long', '/link'],
  ['256 bytes by radio', of({ vendorData: 'ff'.repeat(250) }), 'encode/too-long', '/link'],
  [
    '256 bytes in format B',
    { ...of({ vendorData: 'ff'.repeat(238) }), link: { kind: 'wireless', format: 'B' } },
    'encode/too-long',
    '/link',
  ],
  [
    '16 encrypted blocks',
    { ...of(long), transport: { security: { mode: 5, key } } },
    'encode/too-long',
    '/records',
  ],
  [
    '192 characters',
    of({ quantity: 'customer', value: 'x'.repeat(192) }),
    'encode/too-long',
    '/records/0/value',
  ],
  [
    'a unit of 32 characters',
    of({ quantity: 'plain_text_unit', value: '1', text: 'x'.repeat(32) }),
    'encode/too-long',
    '/records/0/text',
  ],
  [
    'eleven VIFEs',
    of({ ...volume, modifiers: Array<string>(11).fill('average') }),
    'encode/too-long',
    '/records/0/modifiers',
  ],
  ['tea', of({ quantity: 'tea', value: '1' }), 'encode/unknown-quantity', '/records/0/quantity'],
  [
    'a volume in kilograms',
    of({ ...volume, unit: 'kg' }),
    'encode/unknown-quantity',
    '/records/0/unit',
  ],
  [
    'a VIFE that is none',
    of({ ...volume, modifiers: ['sweet'] }),
    'encode/unknown-modifier',
    '/records/0/modifiers/0',
  ],
  [
    'a medium that is none',
    { meter: { manufacturer: 'XMG', id: '12345678', medium: 'tea' } },
    'encode/unknown-medium',
    '/meter/medium',
  ],
  [
    'nanolitres',
    of({ ...volume, value: '0.0000000000001' }),
    'encode/no-scale',
    '/records/0/value',
  ],
  [
    'decimals that the exponent leaves out',
    of({ ...volume, exponent: 0 }),
    'encode/no-scale',
    '/records/0/value',
  ],
  ['a radio frame of nobody', { records: [volume] }, 'encode/missing-field', '/meter'],
  [
    'a long header of nobody',
    { link: { kind: 'wired-long' }, records: [volume] },
    'encode/missing-field',
    '/meter',
  ],
  [
    'no medium',
    { meter: { manufacturer: 'XMG', id: '12345678' } },
    'encode/missing-field',
    '/meter/medium',
  ],
  [
    'mode 7 without counter',
    { meter, transport: { security: { mode: 7, key } } },
    'encode/missing-field',
    '/transport/security/counter',
  ],
  [
    'mode 3 without date',
    { meter, transport: { security: { mode: 3, key: key.slice(16) } } },
    'encode/missing-field',
    '/transport/security/date',
  ],
  ['a MAC without counter', { meter, afl: { key } }, 'encode/missing-field', '/afl/counter'],
  ['records and a body', { ...of(volume), body: '00' }, 'encode/contradiction', '/body'],
  [
    'security without header',
    { meter, transport: { header: 'none', security: { mode: 5, key } } },
    'encode/contradiction',
    '/transport/security',
  ],
  [
    'ELL by wire',
    { meter, link: { kind: 'wired-long' }, ell: { ci: 0x8c } },
    'encode/contradiction',
    '/ell',
  ],
  ['AFL by wire', { meter, link: { kind: 'wired-long' }, afl: {} }, 'encode/contradiction', '/afl'],
  ['a session in 8C', { meter, ell: { ci: 0x8c, key } }, 'encode/contradiction', '/ell'],
  [
    'a second address in 8D',
    { meter, ell: { ci: 0x8d, peer: meter } },
    'encode/contradiction',
    '/ell/peer',
  ],
  [
    'an additive constant',
    of({ ...volume, modifiers: ['plus_10^0'] }),
    'encode/contradiction',
    '/records/0/modifiers/0',
  ],
];

describe('what cannot be built', () => {
  it.each(REFUSED)('%s', (_, description, code, pointer) => {
    const result = encode(description);
    expect(result).toMatchObject({ ok: false, issue: { code, pointer, severity: 'error' } });
    expect(() => encoded(description)).toThrow(EncodeFault);
  });

  it('never says a key', () => {
    const secret = 'c0ffee'.repeat(5);
    const result = encode({ meter, transport: { security: { mode: 5, key: secret } } });
    expect(JSON.stringify(result)).not.toContain('c0ffee');
  });

  it('asks for encodeAll where several telegrams come out', () => {
    const description = { ...of(volume), afl: { fragmentSize: 5 } };
    expect(encode(description)).toMatchObject({
      ok: false,
      issue: { pointer: '/afl/fragmentSize' },
    });
    expect(encodeAll(description)).toMatchObject({ ok: true });
  });
});
