import { describe, expect, it } from 'vitest';
import { encoded, modeC, threeOfSix, type RecordDescription } from '../../src/encode.ts';
import { desBlock, desKey } from '../../src/encode/des.ts';
import { hex, octets } from '../../src/encode/octets.ts';

const meter = { manufacturer: 'XMG', id: '12345678', version: 1, mediumCode: 7 };

/** A record's bytes, the CI field before them left out. */
function bytes(record: RecordDescription): string {
  return hex(encoded({ link: { kind: 'none' }, records: [record] })).slice(2);
}

const volume = { quantity: 'volume', unit: 'm3' } as const;

describe('a record', () => {
  it.each<[string, RecordDescription, string]>([
    ['counts by its decimals', { ...volume, value: '1.25', coding: 'bcd8' }, '0c1425010000'],
    [
      'takes the exponent asked for',
      { ...volume, value: '1.25', coding: 'bcd8', exponent: -3 },
      '0c1350120000',
    ],
    [
      'takes the nearest smaller power of ten',
      { ...volume, value: '5000000', coding: 'bcd8' },
      '0c1600000005',
    ],
    ['is negative in BCD by a top F', { ...volume, value: '-0.012', coding: 'bcd4' }, '0a1312f0'],
    [
      'is negative in LVAR by its own code',
      { ...volume, value: '-0.123', coding: 'lvar-bcd' },
      '0d13d22301',
    ],
    ['has no valid value in int16', { ...volume, value: null, coding: 'int16' }, '02160080'],
    [
      'has no valid value in uint8',
      { quantity: 'baud_rate', unit: 'Bd', value: null, coding: 'uint8' },
      '01fd1cff',
    ],
    ['has no valid date', { quantity: 'date', value: null, coding: 'date' }, '026cffff'],
    [
      'has no valid time',
      { quantity: 'datetime', value: null, coding: 'datetime' },
      '046d80000000',
    ],
    ['is a float', { ...volume, value: '1.5', coding: 'real32', exponent: 0 }, '05160000c03f'],
    [
      'is a float in thousandths',
      { ...volume, value: '1.5', coding: 'real32', exponent: -3 },
      '05130080bb44',
    ],
    [
      'is a double',
      { ...volume, value: '1.5', coding: 'lvar-real64', exponent: 0 },
      '0d16f8000000000000f83f',
    ],
    ['is text, last character first', { quantity: 'customer', value: 'abc' }, '0dfd1103636261'],
    [
      'keeps an identifier’s zeros',
      { quantity: 'fabrication_number', value: '00000012', coding: 'bcd8' },
      '0c7812000000',
    ],
    [
      'is a whole address',
      { quantity: 'identification', value: '0436449312345678', coding: 'int64' },
      '07797856341293443604',
    ],
    [
      'is bytes in order',
      { quantity: 'manufacturer_container', value: 'a1b2c3' },
      '0dfd76e3a1b2c3',
    ],
    [
      'is a unit in text',
      { quantity: 'plain_text_unit', text: 'kWh', value: '7', coding: 'int8' },
      '017c0368576b07',
    ],
    [
      'is seconds of summer',
      { quantity: 'datetime', value: '2026-07-01T12:00:00', summer: true },
      '066d40006c413700',
    ],
    [
      'has a duration of a modifier in its unit',
      {
        quantity: 'volume_flow',
        unit: 'h',
        value: '3',
        coding: 'int8',
        modifiers: ['duration_of_last'],
      },
      '01b86603',
    ],
    [
      'is scaled by a modifier',
      { ...volume, value: '5000', coding: 'int8', exponent: 0, modifiers: ['times_10^3'] },
      '01967d05',
    ],
    [
      'has a phase behind FC',
      { quantity: 'voltage', unit: 'V', value: '230', coding: 'int16', modifiers: ['phase_l1'] },
      '02fdc9fc01e600',
    ],
    [
      'counts in 1/4096',
      { quantity: 'hca_rating_factor', value: '1.5', coding: 'int16' },
      '02fb680018',
    ],
    [
      'grows DIFEs as needed',
      { ...volume, value: '1', coding: 'int8', storage: 33, tariff: 2, subunit: 1 },
      'c1e0011601',
    ],
    [
      'ends its DIFEs with a zero where asked',
      { ...volume, value: '1', coding: 'int8', extensions: 2 },
      '8180001601',
    ],
    ['holds nothing', { ...volume }, '0010'],
  ])('%s', (_, record, expected) => {
    expect(bytes(record)).toBe(expected);
  });

  it('is a compact profile of EN 13757-3 F.2.7', () => {
    const profile = {
      form: 'series',
      steps: 'increments',
      spacing: { count: 1, unit: 'h' },
      coding: 'bcd2',
      elements: ['0.3', '0.2', '1.1'],
    } as const;
    const built = bytes({ ...volume, storage: 8, exponent: -1, profile });
    expect(built).toBe('8d04951f056901030211');
  });
});

describe('around the records', () => {
  it('encrypts with DES in the modes 2 and 3; the round keys backwards open it', () => {
    const key = '133457799bbcdff1';
    for (const [mode, iv] of [
      [2, '0000000000000000'],
      [3, '78563412a7610f31'],
    ] as const) {
      const security = { mode, key, date: '2024-01-15' } as const;
      const records = [{ ...volume, value: '0.001', coding: 'int8' }] as const;
      const telegram = encoded({ meter, transport: { security }, records });
      // L C M A, CI, ACC STS CF, and one block.
      expect(hex(telegram.subarray(13, 15))).toBe(`080${mode}`);
      const block = desBlock(desKey(octets(key)!).toReversed(), telegram.subarray(15, 23));
      const plain = block.map((byte, i) => byte ^ octets(iv)![i]!);
      expect(hex(plain).startsWith('2f2f011301')).toBe(true);
    }
  });

  it('codes 3 of 6, high half first, and fills up with the postamble', () => {
    expect(hex(threeOfSix(Uint8Array.of(0x0f, 0x12)))).toBe('5a934e');
    expect(hex(threeOfSix(Uint8Array.of(0x0f)))).toBe('5a95');
  });

  it('puts the synchronisation of mode C before a frame', () => {
    expect(hex(modeC('A', Uint8Array.of(1)))).toBe('543d54cd01');
    expect(hex(modeC('B', Uint8Array.of(1)))).toBe('543d543d01');
  });

  it('appends trailing bytes, and gives a control frame its CI alone', () => {
    expect(hex(encoded({ link: { kind: 'wired-ack' }, trailing: 'ab cd' }))).toBe('e5abcd');
    const control = encoded({
      link: { kind: 'wired-control', address: 5 },
      transport: { ci: 0xbd },
    });
    expect(hex(control)).toBe('680303685305bd1516');
  });
});
