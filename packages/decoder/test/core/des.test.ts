import { describe, expect, it } from 'vitest';
import type { SecurityDescription, TelegramDescription } from '../../src/encode.ts';
import { createDecoderSync, type DecodeOptions, type Telegram } from '../../src/index.ts';
import { heat, KEY, METER, RECORDS, VALUES } from './telegrams.ts';

const DES = '0123456789abcdef';
const OTHER_DES = 'fedcba9876543210';
const DATE = '2026-02-28';

type Mode = 2 | 3;
type Des = Extract<SecurityDescription, { mode: Mode }>;

/** The telegram of the heat meter whose last record states a date; `wired` or not. */
function secured(mode: Mode, wired: boolean, change: Partial<Des> = {}): Uint8Array {
  const security = { mode, key: DES, ...(mode === 3 ? { date: DATE } : {}), ...change } as Des;
  return heat({
    ...(wired ? { link: { kind: 'wired-long' as const } } : {}),
    transport: { accessNumber: 7, security },
  });
}

const values = ({ records }: Telegram): unknown[] => records.map(({ value }) => value);
const codes = ({ issues }: Telegram): string[] => issues.map(({ code }) => code);

describe.each([true, false])('security modes 2 and 3 (SIMD: %s)', (simd) => {
  const decode = (bytes: Uint8Array, options?: DecodeOptions): Telegram =>
    createDecoderSync({ simd }).decode(bytes, options);

  describe.each([
    [2, true],
    [2, false],
    [3, true],
    [3, false],
  ] as const)('mode %i, wired: %s', (mode, wired) => {
    const state = (of: string): unknown => ({ mode, layer: 'tpl', state: of });

    it('is opened by the key of the meter, 16 digits or 8 bytes', () => {
      const bytes = secured(mode, wired);
      const key = Uint8Array.of(0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef);
      const decoder = createDecoderSync({ simd, keys: [{ ...METER, key }] });
      for (const telegram of [decoder.decode(bytes), decode(bytes, { key: DES })]) {
        expect(telegram.security).toEqual(state('decrypted'));
        expect(values(telegram)).toEqual(VALUES);
        expect(telegram.issues).toEqual([]);
      }
    });

    it('without a key is said to be without; what stands in clear is read', () => {
      const telegram = decode(secured(mode, wired, { records: 2 }));
      expect(telegram.security).toEqual(state('key-missing'));
      expect(codes(telegram)).toEqual(['security/key-missing']);
      expect(values(telegram)).toEqual(VALUES.slice(2));
    });

    it.each([['another key', OTHER_DES] as const, ['a key for AES', KEY] as const])(
      'with %s is said to have a wrong key',
      (_, key) => {
        const telegram = decode(secured(mode, wired, { records: 2 }), { key });
        expect(telegram.security).toEqual(state('key-wrong'));
        expect(codes(telegram)).toEqual(['security/key-wrong']);
        expect(values(telegram)).toEqual(VALUES.slice(2));
      },
    );

    it('is read where it stands in clear, whatever the key', () => {
      for (const key of [DES, OTHER_DES]) {
        const telegram = decode(secured(mode, wired, { plain: true }), { key });
        expect(values(telegram)).toEqual(VALUES);
        // Of a wired meter the field may be an old signature: nothing is said of it.
        expect(codes(telegram)).toEqual(wired ? [] : ['security/plain']);
      }
    });
  });

  it('mode 3: the date of the caller completes the first block', () => {
    const records = RECORDS.slice(0, 3);
    const bytes = heat({ records, transport: { security: { mode: 3, key: DES, date: DATE } } });
    const telegram = decode(bytes, { key: DES, date: DATE });
    expect(values(telegram)).toEqual(VALUES.slice(0, 3));
    expect(telegram.issues).toEqual([]);
  });

  it('mode 3: without a date anywhere no value is made up', () => {
    const transport = { security: { mode: 3, key: DES, date: DATE, records: 2 } } as const;
    const telegram = decode(heat({ records: RECORDS.slice(0, 3), transport }), { key: DES });
    expect(telegram.security).toEqual({ mode: 3, layer: 'tpl', state: 'key-missing' });
    expect(codes(telegram)).toEqual(['security/date-missing']);
    expect(values(telegram)).toEqual([VALUES[2]]);
  });

  it('mode 3: a date of type G in the clear part is taken too', () => {
    const records = [...RECORDS.slice(0, 3), { quantity: 'date', value: DATE }];
    const transport = { security: { mode: 3, key: DES, date: DATE, records: 3 } } as const;
    expect(values(decode(heat({ records, transport }), { key: DES }))).toEqual([
      ...VALUES.slice(0, 3),
      DATE,
    ]);
  });

  it('cut short: the whole blocks are read, and the rest is told', () => {
    const whole = secured(2, false);
    const cut = whole.slice(0, -8);
    cut[0]! -= 8;
    const telegram = decode(cut, { key: DES });
    expect(codes(telegram)).toContain('security/length');
    expect(values(telegram)).toEqual(VALUES.slice(0, values(telegram).length));
  });

  it('a wired signature that counts no whole blocks is none', () => {
    const description: TelegramDescription = {
      link: { kind: 'wired-long' },
      meter: METER,
      records: RECORDS,
      transport: { security: { mode: 'raw', configuration: 0x0205 } },
    };
    expect(values(decode(heat(description)))).toEqual(VALUES);
  });
});

it.each(['2026-02-30', '26-02-28', '2099-01-01', '0'])('%s is no date of a meter', (date) => {
  const decoder = createDecoderSync();
  expect(() => decoder.decode(secured(3, false), { date })).toThrow(/^date\/invalid/);
});
