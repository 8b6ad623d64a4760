import { describe, expect, it } from 'vitest';
import type { TelegramDescription } from '../../src/encode.ts';
import { createDecoderSync, type Telegram } from '../../src/index.ts';
import { heat, KEY, METER, OTHER_KEY, VALUES } from './telegrams.ts';

/** Every way of protection that has a key and, but for mode 5 alone and the extended link layer, a MAC. */
const PROTECTED: Record<string, Partial<TelegramDescription>> = {
  'mode 5': { transport: { security: { mode: 5, key: KEY } } },
  'mode 5 with a MAC': {
    afl: { key: KEY, counter: 5 },
    transport: { security: { mode: 5, key: KEY } },
  },
  'mode 7': { afl: { key: KEY, counter: 5 }, transport: { security: { mode: 7, key: KEY } } },
  'mode 7 with a counter of its own': {
    afl: { key: KEY, counter: 5 },
    transport: { security: { mode: 7, key: KEY, counter: 5 } },
  },
};

const values = ({ records }: Telegram): unknown[] => records.map(({ value }) => value);
const codes = ({ issues }: Telegram): string[] => issues.map(({ code }) => code);

describe.each([true, false])('the verdict of docs/security.md (SIMD: %s)', (simd) => {
  const decode = (bytes: Uint8Array, key?: string): Telegram =>
    createDecoderSync({ simd, keys: key === undefined ? [] : [{ ...METER, key }] }).decode(bytes);

  describe.each(Object.keys(PROTECTED))('%s', (name) => {
    const description = PROTECTED[name]!;
    const bytes = heat(description);

    it('no key', () => {
      const telegram = decode(bytes);
      expect(telegram.security.state).toBe('key-missing');
      expect(codes(telegram)).toEqual(['security/key-missing']);
      expect(values(telegram)).toEqual([]);
    });

    it('wrong key', () => {
      const telegram = decode(bytes, OTHER_KEY);
      expect(telegram.security.state).toBe('key-wrong');
      expect(codes(telegram)).toContain('security/key-wrong');
      expect(telegram.security.mac).toBe(description.afl === undefined ? undefined : 'wrong');
      expect(values(telegram)).toEqual([]);
    });

    it('right key', () => {
      const telegram = decode(bytes, KEY);
      expect(telegram.security.state).toBe('decrypted');
      expect(telegram.security.mac).toBe(description.afl === undefined ? undefined : 'ok');
      expect(values(telegram)).toEqual(VALUES);
      expect(telegram.issues).toEqual([]);
    });

    it.runIf(description.afl !== undefined)('MAC wrong, but readable', () => {
      const changed = Uint8Array.from(bytes);
      // CI AFLL FCL(2) MCL MCR(4), then the MAC.
      changed[10 + 9]! ^= 1;
      const telegram = decode(changed, KEY);
      expect(telegram.security).toMatchObject({ state: 'decrypted', mac: 'wrong' });
      expect(telegram.issues).toMatchObject([{ code: 'security/mac', severity: 'error' }]);
      expect(values(telegram)).toEqual(VALUES);
    });
  });

  it.each([5, 7] as const)('mode %i, plain all the same', (mode) => {
    const security = {
      mode,
      key: KEY,
      plain: true,
      ...(mode === 7 ? { counter: 1 } : {}),
    } as const;
    for (const key of [undefined, KEY, OTHER_KEY]) {
      const telegram = decode(heat({ transport: { security } }), key);
      expect(telegram.security).toMatchObject({ mode, state: 'plain' });
      expect(codes(telegram)).toEqual(['security/plain']);
      expect(values(telegram)).toEqual(VALUES);
    }
  });

  it('compact frame without its format, behind a key that fits', () => {
    const telegram = decode(
      heat({ transport: { header: 'short', content: 'compact', security: { mode: 0 } } }),
    );
    expect(codes(telegram)).toEqual(['compact/format-unknown']);
    expect(values(telegram)).toEqual([]);
  });

  it.each([1, 4, 6, 11, 12, 14, 15])('mode %i: unsupported, and named', (mode) => {
    const telegram = decode(
      heat({ transport: { security: { mode: 'raw', configuration: (mode << 8) | 0x20 } } }),
      KEY,
    );
    // Records that stand there in clear are plain where the mode counts blocks.
    expect(telegram.security).toMatchObject({
      mode,
      state: mode > 8 && mode < 14 ? 'unsupported' : 'plain',
    });
  });
});
