import { describe, expect, it } from 'vitest';
import { crc16 } from '../../src/encode/crc.ts';
import { hex } from '../../src/encode/octets.ts';
import { encoded } from '../../src/encode.ts';
import { explain } from '../../src/explain.ts';
import { createDecoderSync, type Telegram } from '../../src/index.ts';
import { heat, KEY, METER, OTHER_KEY, VALUES } from './telegrams.ts';

const codes = ({ issues }: Telegram): string[] => issues.map(({ code }) => code);
const values = ({ records }: Telegram): unknown[] => records.map(({ value }) => value);

/** One volume behind ELL II, encrypted, in the session of a minute. */
const inMinute = (
  minutes: number,
  as: { key: string } | { plain: true } = { key: KEY },
): Uint8Array =>
  encoded({
    meter: METER,
    ell: { ci: 0x8d, session: { minutes }, ...as },
    transport: { header: 'none' },
    records: [{ quantity: 'volume', unit: 'm3', value: '56.789' }],
  });

/** Where the payload CRC stands, and whether it fits the bytes as sent. */
const PAYLOAD = 17;
const fits = (bytes: Uint8Array): boolean =>
  crc16(bytes, PAYLOAD + 2) === bytes[PAYLOAD]! + 256 * bytes[PAYLOAD + 1]!;

describe.each([true, false])('extended link layer (SIMD: %s)', (simd) => {
  const decode = (bytes: Uint8Array, key?: string): Telegram =>
    createDecoderSync({ simd }).decode(bytes, key === undefined ? {} : { key });

  // Found by trying minutes: the ciphertext's first two bytes are a CRC that fits by chance.
  describe.each([
    [37_442, 'an unknown CI field', false],
    [3_388_766, 'the CI field 8C', true],
  ] as const)('minute %i, ciphertext that looks plain with %s', (minute, _, known) => {
    it('does look so', () => {
      expect(fits(inMinute(minute))).toBe(true);
    });

    it('is decrypted with the key', () => {
      const telegram = decode(inMinute(minute), KEY);
      expect(telegram.security).toEqual({ mode: 0, layer: 'ell', state: 'decrypted' });
      expect(values(telegram)).toEqual(['56.789']);
    });

    it('gives no value without it or with another', () => {
      const telegram = decode(inMinute(minute));
      expect(telegram.security.state).toBe(known ? 'plain' : 'key-missing');
      expect(values(telegram)).not.toContain('56.789');
      expect(values(decode(inMinute(minute), OTHER_KEY))).not.toContain('56.789');
    });
  });

  it('what is marked as encrypted and is plain stays plain, with the key too', () => {
    for (const key of [undefined, KEY, OTHER_KEY]) {
      const telegram = decode(inMinute(5, { plain: true }), key);
      expect(telegram.security).toEqual({ mode: 0, layer: 'ell', state: 'plain' });
      expect(values(telegram)).toEqual(['56.789']);
    }
  });

  it('tells a missing and a wrong key', () => {
    const bytes = heat({ ell: { ci: 0x8f, key: KEY } });
    expect([decode(bytes), decode(bytes, OTHER_KEY)].map(codes)).toEqual([
      ['ell/key-missing'],
      ['ell/key-wrong'],
    ]);
    expect(values(decode(bytes, KEY))).toEqual(VALUES);
  });

  it('names layer V (CI 86), whose layout is not public, and makes nothing of it', () => {
    const bytes = encoded({
      meter: METER,
      transport: { ci: 0x86, header: 'none' },
      body: '200100 78 0b13436587',
    });
    const decoder = createDecoderSync({ simd });
    const telegram = decoder.decode(bytes);
    expect(telegram.link.ci).toBe(0x86);
    expect(codes(telegram)).toEqual(['ell/unsupported']);
    expect(telegram.records.map(({ kind }) => kind)).toEqual(['bytes']);
    const marks = explain(decoder, bytes).bytes;
    expect(marks.map((mark) => mark.hex).join('')).toBe(hex(bytes));
    expect(marks.find((mark) => mark.hex === '86')).toMatchObject({
      layer: 'ell',
      meaning: 'extended link layer V',
    });
  });
});

describe('a message to a meter', () => {
  const gateway = { manufacturer: 'XMG', id: '87654321', version: 1, mediumCode: 0x31 };

  it('is for whom the extended link layer names; the link layer names its sender', () => {
    const bytes = encoded({
      meter: METER,
      sender: gateway,
      ell: { ci: 0x8e, peer: METER },
      transport: { ci: 0x5a, accessNumber: 3, security: { mode: 5, key: KEY } },
      records: [{ quantity: 'datetime', value: '2026-02-28T23:45' }],
    });
    const telegram = createDecoderSync({ keys: [{ ...METER, key: KEY }] }).decode(bytes);
    expect([telegram.meter?.id, telegram.sender?.id]).toEqual(['12345678', '87654321']);
    expect(telegram.security.state).toBe('decrypted');
    expect(values(telegram)).toEqual(['2026-02-28T23:45']);
  });

  it('has keys of its own: the same key and counter authenticate no answer as a command', () => {
    const of = (ci: number): Uint8Array =>
      encoded({
        meter: METER,
        afl: { key: KEY, counter: 7 },
        transport: { ci, security: { mode: 7, key: KEY } },
        records: [{ quantity: 'volume', unit: 'm3', value: '56.789' }],
      });
    const [answer, command] = [of(0x72), of(0x5b)];
    expect(decode(answer)).toEqual(['decrypted', 'ok']);
    expect(decode(command)).toEqual(['decrypted', 'ok']);
    // The CI field says which: an answer sent back as a command opens nothing.
    const turned = Uint8Array.from(answer);
    const at = turned.indexOf(0x72, 11);
    turned[at] = 0x5b;
    expect(decode(turned)).toEqual(['key-wrong', 'wrong']);

    function decode(bytes: Uint8Array): unknown[] {
      const { security } = createDecoderSync({ keys: [{ ...METER, key: KEY }] }).decode(bytes);
      return [security.state, security.mac];
    }
  });

  it('a MAC is checked where nothing is encrypted too', () => {
    const bytes = heat({ afl: { key: KEY, counter: 9 }, transport: { header: 'none' } });
    const macs = [KEY, OTHER_KEY, undefined].map(
      (key) =>
        createDecoderSync({ keys: key === undefined ? [] : [{ ...METER, key }] }).decode(bytes)
          .security.mac,
    );
    expect(macs).toEqual(['ok', 'wrong', undefined]);
  });
});
