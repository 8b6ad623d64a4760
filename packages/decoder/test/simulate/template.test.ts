import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encoded, type TelegramDescription } from '../../src/encode.ts';
import { hex } from '../../src/encode/octets.ts';
import { TelegramTemplate } from '../../src/simulate/template.ts';

const key = '000102030405060708090a0b0c0d0e0f';
const meter = { manufacturer: 'XMG', id: '12345678', version: 1, mediumCode: 7 };
const records = [
  { quantity: 'volume', unit: 'm3', value: '0.000', coding: 'bcd8' },
  { quantity: 'datetime', value: '2026-01-15T12:34' },
] as const;

const FORMS: Record<string, TelegramDescription> = {
  wired: { link: { kind: 'wired-long' }, meter },
  'wired, mode 5': {
    link: { kind: 'wired-long' },
    meter,
    transport: { security: { mode: 5, key } },
  },
  plain: { meter },
  'format A, mode 5': {
    link: { kind: 'wireless', format: 'A' },
    meter,
    transport: { security: { mode: 5, key } },
  },
  'format B, ELL II': {
    link: { kind: 'wireless', format: 'B' },
    meter,
    ell: { ci: 0x8d, control: 0x20, key },
    transport: { header: 'none' },
  },
  'AFL and mode 7': {
    meter,
    afl: { key, counter: 0 },
    transport: { security: { mode: 7, key } },
  },
};

it.each(Object.entries(FORMS))('sends what the encoder builds: %s', (_, form) => {
  const template = new TelegramTemplate({ ...form, records });
  fc.assert(
    fc.property(fc.nat(99_999_999), fc.nat(255), fc.nat(1_000_000), (litres, count, minutes) => {
      const digits = String(litres).padStart(8, '0');
      const at = template.data[0]!;
      for (let i = 0; i < 4; i++) {
        template.plain[at + i] = Number.parseInt(digits.slice(6 - 2 * i, 8 - 2 * i), 16);
      }
      const value = `${Number(digits.slice(0, 5))}.${digits.slice(5)}`;
      const { ell, afl, transport } = form;
      const expected = encoded({
        ...form,
        ...(ell === undefined
          ? {}
          : { ell: { ...ell, accessNumber: count, session: { number: count & 15, minutes } } }),
        ...(afl === undefined ? {} : { afl: { ...afl, counter: count } }),
        transport: { ...transport, accessNumber: count },
        records: [{ ...records[0], value }, records[1]],
      });
      expect(hex(template.send(count, minutes))).toBe(hex(expected));
    }),
    { numRuns: 50 },
  );
});
