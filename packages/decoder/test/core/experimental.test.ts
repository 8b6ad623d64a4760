import { describe, expect, it } from 'vitest';
import { encoded, type SecurityDescription } from '../../src/encode.ts';
import { hex } from '../../src/encode/octets.ts';
import { explain } from '../../src/explain.ts';
import { createDecoderSync, type Decoder, type Telegram } from '../../src/index.ts';
import { heat, KEY, METER, OTHER_KEY, RECORDS, VALUES } from './telegrams.ts';

const MODES = [8, 9, 10] as const;
type Mode = (typeof MODES)[number];

/** The telegram of the heat meter; `clear` of its records stand behind the encrypted ones. */
function secured(mode: Mode, clear = 0): Uint8Array {
  const security: SecurityDescription = { mode, key: KEY, counter: 0x01020304, records: 4 - clear };
  return heat({
    ...(mode === 8 ? { afl: { key: KEY, counter: 0x01020304 } } : {}),
    transport: { accessNumber: 7, security },
  });
}

const values = ({ records }: Telegram): unknown[] => records.map(({ value }) => value);
const codes = ({ issues }: Telegram): string[] => issues.map(({ code }) => code);

describe.each([true, false])('experimental security modes (SIMD: %s)', (simd) => {
  const decoder = (key?: string): Decoder =>
    createDecoderSync({
      simd,
      experimental: MODES,
      keys: key === undefined ? [] : [{ ...METER, key }],
    });

  it.each(MODES)('mode %i is unsupported unless asked for, and says so', (mode) => {
    const telegram = createDecoderSync({ simd }).decode(secured(mode), { key: KEY });
    expect(telegram.security).toMatchObject({ mode, layer: 'tpl', state: 'unsupported' });
    expect(values(telegram)).toEqual([]);
    expect(telegram.issues).toMatchObject([{ code: 'security/unsupported', severity: 'error' }]);
    expect(telegram.issues[0]!.message).toBe(`mode not supported; 8-10: experimental (${mode})`);
  });

  it('asking for one mode asks for no other', () => {
    const only = createDecoderSync({ simd, experimental: [9] });
    expect(MODES.map((mode) => only.decode(secured(mode), { key: KEY }).security.state)).toEqual([
      'unsupported',
      'decrypted',
      'unsupported',
    ]);
  });

  describe.each(MODES)('mode %i', (mode) => {
    it.each([0, 2])('is deciphered; %i records follow in clear', (clear) => {
      const telegram = decoder(KEY).decode(secured(mode, clear));
      expect(telegram.security).toEqual({ mode, layer: 'tpl', state: 'decrypted', mac: 'ok' });
      expect(telegram.messageCounter).toBe(0x01020304);
      expect(values(telegram)).toEqual(VALUES);
      expect(telegram.issues).toEqual([]);
    });

    it('tells a missing and a wrong key; what stands in clear is read', () => {
      const [missing, wrong] = [undefined, OTHER_KEY].map((key) =>
        decoder(key).decode(secured(mode, 2)),
      );
      expect(missing!.security.state).toBe('key-missing');
      expect(wrong!.security.state).toBe('key-wrong');
      expect([missing!, wrong!].map(values)).toEqual([VALUES.slice(2), VALUES.slice(2)]);
    });

    it('is readable with a wrong MAC, and that is told', () => {
      const bytes = secured(mode);
      // The tag ends the telegram; in mode 8 the MAC stands in the AFL, behind MCL and MCR.
      const at = mode === 8 ? 10 + 4 + 1 + 4 : bytes.length - 1;
      bytes[at]! ^= 1;
      const telegram = decoder(KEY).decode(bytes);
      expect(telegram.security).toEqual({ mode, layer: 'tpl', state: 'decrypted', mac: 'wrong' });
      expect(codes(telegram)).toEqual(['security/mac']);
      expect(values(telegram)).toEqual(VALUES);
    });

    it('may be plain all the same: that is told, whatever the key', () => {
      const body = hex(encoded({ link: { kind: 'none' }, records: RECORDS })).slice(2);
      const counted = body.length / 2 - (mode === 10 ? 8 : 0);
      const extension = mode === 9 ? `${hex(Uint8Array.of(counted))}0001000000` : '1001000000';
      const configuration = (mode << 8) | (mode === 9 ? 0 : 0x2000 | counted);
      const bytes = encoded({
        meter: METER,
        transport: { security: { mode: 'raw', configuration, extension } },
        body,
      });
      for (const key of [undefined, OTHER_KEY]) {
        const telegram = decoder(key).decode(bytes);
        expect([telegram.security.state, ...codes(telegram)]).toEqual(['plain', 'security/plain']);
        expect(values(telegram)).toEqual(VALUES);
      }
    });

    it('cut short gives no value', () => {
      const bytes = secured(mode).slice(0, -4);
      bytes[0]! -= 4;
      const telegram = decoder(KEY).decode(bytes);
      expect(values(telegram)).toEqual([]);
      expect(codes(telegram)).toContain('security/length');
    });

    it('is explained byte by byte', () => {
      const bytes = secured(mode, 1);
      const parts = explain(decoder(KEY), bytes).bytes;
      expect(parts.map((part) => part.hex).join('')).toBe(hex(bytes));
      const tag = parts.find(({ name }) => name === 'tag');
      expect(tag === undefined ? 0 : tag.hex.length / 2).toBe({ 8: 0, 9: 12, 10: 8 }[mode]);
      expect(tag?.plain).toBeUndefined();
      expect(parts.find(({ name }) => name === 'counter')?.meaning).toContain('16909060');
      for (const { layer, clause, name } of parts) {
        expect(layer).toMatch(/^(link|ell|afl|tpl|records)$/);
        if (layer === 'tpl') expect([name, clause]).toEqual([name, 'EN 13757-7 7']);
      }
    });
  });

  it('mode 9: the counter may stand in the vector as sent, too: the tag decides', () => {
    // Encrypted under the counter's bytes turned round, then sent with them as they were.
    const bytes = heat({
      transport: { security: { mode: 9, key: KEY, counter: 0x04030201 } },
    });
    const at = hex(bytes).indexOf('01020304') / 2;
    bytes.set([4, 3, 2, 1], at);
    const telegram = decoder(KEY).decode(bytes);
    expect(telegram.security.mac).toBe('ok');
    expect(values(telegram)).toEqual(VALUES);
  });

  it('mode 9: an acknowledgement has a tag and no text', () => {
    const bytes = encoded({
      meter: METER,
      transport: { security: { mode: 9, key: KEY, counter: 1 } },
    });
    expect(decoder(KEY).decode(bytes).security).toMatchObject({ state: 'decrypted', mac: 'ok' });
    expect(codes(decoder().decode(bytes))).toEqual([]);
  });

  it('mode 13 (TLS) is named and not supported, and none of its bytes is a record', () => {
    const bytes = encoded({
      meter: METER,
      transport: { security: { mode: 'raw', configuration: 0x0d2a, extension: '00' } },
      body: '17030300250000000000000001 1233445566778899aabbccddeeff',
    });
    const telegram = decoder(KEY).decode(bytes);
    expect(telegram.security).toEqual({ mode: 13, layer: 'tpl', state: 'unsupported' });
    expect(telegram.issues[0]!.message).toContain('(13)');
    expect(telegram.records).toEqual([]);
    const parts = explain(decoder(), bytes).bytes;
    expect(parts.find(({ name }) => name === 'CF')?.meaning).toContain('TLS');
  });
});
