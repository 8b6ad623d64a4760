import { describe, expect, it } from 'vitest';
import { aesKey, encryptCbc } from '../../src/encode/aes.ts';
import { octets } from '../../src/encode/octets.ts';
import { DEFAULT_KEYS, KeyError, createDecoderSync } from '../../src/index.ts';
import { KEY, OTHER_KEY, VALUES, encrypted, heat } from './telegrams.ts';

const meter = { manufacturer: 'ELS', id: '12345678' };
const verdict = (keys: readonly { manufacturer: string; id: string; key: string }[]): string =>
  createDecoderSync({ keys }).decode(encrypted()).security.state;

describe.each([true, false])('security mode 5 (SIMD: %s)', (simd) => {
  it('decrypts with the key of the meter', () => {
    const decoder = createDecoderSync({ simd, keys: [{ ...meter, key: KEY }] });
    const telegram = decoder.decode(encrypted());
    expect(telegram.security).toEqual({ mode: 5, layer: 'tpl', state: 'decrypted' });
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES);
  });

  it('decrypts with a long header, where the adapter has an address of its own', () => {
    const decoder = createDecoderSync({ simd, keys: [{ ...meter, key: KEY }] });
    const telegram = decoder.decode(
      encrypted({
        sender: { manufacturer: 'KAM', id: '87654321', mediumCode: 0x37 },
        transport: { header: 'long', accessNumber: 7, security: { mode: 5, key: KEY } },
      }),
    );
    expect(telegram.meter?.id).toBe('12345678');
    expect(telegram.sender?.id).toBe('87654321');
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES);
  });

  it.each(['link layer', 'long header'])(
    'decrypts with the key of a meter whose address is unique only nearby: bit 15 of M in the %s',
    (where) => {
      // ELS with bit 15, 12345678, version 51, heat; the vector has M as it was sent.
      const address = octets('9395785634123304')!;
      const body = octets('2F2F 0413E8030000 2F2F2F2F2F2F2F2F')!;
      const vector = Uint8Array.of(...address, ...Array<number>(8).fill(42));
      encryptCbc(aesKey(octets(KEY)!), vector, body);
      const header =
        where === 'link layer'
          ? [0x7a]
          : [0x72, ...address.subarray(2, 6), ...address.subarray(0, 2), ...address.subarray(6)];
      const frame = [0x44, ...address, ...header, 42, 0, 0x10, 0x05, ...body];
      const { sender, ...telegram } = createDecoderSync({
        simd,
        keys: [{ manufacturer: 'ELS', id: '*', key: KEY }],
      }).decode(Uint8Array.of(frame.length, ...frame));
      expect(telegram).toMatchObject({
        meter: { manufacturer: 'ELS', id: '12345678' },
        security: { state: 'decrypted' },
        records: [{ value: '1.000' }],
      });
      expect(sender).toBeUndefined();
    },
  );

  it('reads what stands behind the encrypted blocks without a key', () => {
    const bytes = encrypted({
      transport: { security: { mode: 5, key: KEY, records: 3 } },
    });
    const telegram = createDecoderSync({ simd }).decode(bytes);
    expect(telegram.security.state).toBe('key-missing');
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES.slice(3));
  });
});

describe('the keys of makers', () => {
  const of = (manufacturer: string, key: string): Uint8Array =>
    encrypted({
      meter: { manufacturer, id: '12345678', medium: 'water' },
      transport: { security: { mode: 5, key } },
    });

  it.each(DEFAULT_KEYS.map(({ manufacturer, key }) => [manufacturer, String(key)]))(
    'of %s are tried where the caller passes them, and not otherwise',
    (manufacturer, key) => {
      const bytes = of(manufacturer, key);
      const states = [DEFAULT_KEYS, []].map(
        (keys) => createDecoderSync({ keys }).decode(bytes).security.state,
      );
      expect(states).toEqual(['decrypted', 'key-missing']);
    },
  );

  it('give way to a key of the meter, and to a later one for the maker', () => {
    for (const id of ['12345678', '*']) {
      const decoder = createDecoderSync({
        keys: [...DEFAULT_KEYS, { manufacturer: 'HYD', id, key: KEY }],
      });
      expect(decoder.decode(of('HYD', KEY)).security.state).toBe('decrypted');
    }
  });
});

describe('the key of a meter', () => {
  it('is the most exact one, of equals the last', () => {
    const wrong = { key: OTHER_KEY };
    const right = { key: KEY };
    expect(
      verdict([
        { ...meter, ...wrong },
        { ...meter, ...right },
      ]),
    ).toBe('decrypted');
    expect(
      verdict([
        { manufacturer: '*', id: '*', ...wrong },
        { ...meter, ...right },
      ]),
    ).toBe('decrypted');
    expect(
      verdict([
        { ...meter, ...right },
        { manufacturer: '*', id: '*', ...wrong },
      ]),
    ).toBe('decrypted');
    expect(
      verdict([
        { manufacturer: 'ELS', id: '*', ...right },
        { manufacturer: '*', id: '*', ...wrong },
      ]),
    ).toBe('decrypted');
    expect(
      verdict([
        { manufacturer: '*', id: '12345678', ...right },
        { manufacturer: 'ELS', id: '*', ...wrong },
      ]),
    ).toBe('decrypted');
    expect(verdict([{ manufacturer: '*', id: '*', ...right }])).toBe('decrypted');
  });

  it('missing and wrong are told apart, and from a payload that is already plain', () => {
    expect(verdict([])).toBe('key-missing');
    expect(verdict([{ manufacturer: 'KAM', id: '12345678', key: KEY }])).toBe('key-missing');
    expect(verdict([{ ...meter, key: OTHER_KEY }])).toBe('key-wrong');
    const plain = encrypted({ transport: { security: { mode: 5, key: KEY, plain: true } } });
    const telegram = createDecoderSync().decode(plain);
    expect(telegram.security.state).toBe('plain');
    expect(telegram.records.map(({ value }) => value)).toEqual(VALUES);
  });

  it('given for one call comes first and is not kept', () => {
    const decoder = createDecoderSync({ keys: [{ ...meter, key: OTHER_KEY }] });
    expect(decoder.decode(encrypted(), { key: KEY }).security.state).toBe('decrypted');
    expect(decoder.decode(encrypted()).security.state).toBe('key-wrong');
  });

  it('is found among many, also after the table grew, and gone after wiping', () => {
    const keys = Array.from({ length: 5000 }, (_, i) => ({
      manufacturer: 'KAM',
      id: String(i).padStart(8, '0'),
      key: OTHER_KEY,
    }));
    const decoder = createDecoderSync({ keys: [{ ...meter, key: KEY }] });
    decoder.decode(heat());
    decoder.addKeys(keys);
    expect(decoder.decode(encrypted()).security.state).toBe('decrypted');
    decoder.wipeKeys();
    expect(decoder.decode(encrypted()).security.state).toBe('key-missing');
  });

  it('that is none is refused without being shown', () => {
    const bad = { ...meter, key: '0011223344' };
    expect(() => createDecoderSync({ keys: [bad] })).toThrow(KeyError);
    try {
      createDecoderSync({ keys: [bad] });
    } catch (error) {
      expect(error).toMatchObject({ code: 'key/invalid' });
      expect(String(error)).toContain('ELS 12345678');
      expect(String(error)).not.toContain('0011223344');
    }
    expect(() => createDecoderSync({ keys: [{ ...meter, id: '123', key: KEY }] })).toThrow(
      /is not 8 digits/,
    );
  });
});
