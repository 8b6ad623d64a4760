import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aesKey } from '../../src/encode/aes.ts';
import { cmac } from '../../src/encode/cmac.ts';
import { DerivationError, derivation } from '../../src/derivation.ts';
import { type KeyEntry, KeyError, createDecoderSync } from '../../src/index.ts';
import { encoded } from '../../src/encode.ts';
import { hex, octets } from '../../src/encode/octets.ts';
import { loadSync } from '../../src/wasm.ts';
import { KEY, OTHER_KEY, VALUES, encrypted, heat } from './telegrams.ts';

const unhex = (text: string): Uint8Array => octets(text)!;

/** Whether the telegram of ELS 12345678, version 51, heat is opened with the first key where `key` is not said. */
function opens(...entries: readonly Partial<KeyEntry>[]): boolean {
  const keys = entries.map((entry) => ({
    manufacturer: 'ELS',
    id: '12345678',
    key: OTHER_KEY,
    ...entry,
  }));
  return createDecoderSync({ keys }).decode(encrypted()).security.state === 'decrypted';
}

const right = { key: KEY };

describe('a pattern', () => {
  it.each([
    '12345678',
    '1234*',
    '????5678',
    '12*78',
    '*',
    '*8',
    '1*',
    '?2?4?6?8',
    '12345678*',
    '1234567?',
  ])('of the id %s fits', (id) => {
    expect(opens({ id, ...right })).toBe(true);
  });

  it.each(['2*', '????5679', '1234567', '12*79', '*7'])('of the id %s does not fit', (id) => {
    let state = true;
    try {
      state = opens({ id, ...right });
    } catch (error) {
      expect(error).toBeInstanceOf(KeyError);
      state = false;
    }
    expect(state).toBe(false);
  });

  it.each(['*', 'E*', '?LS', '*S', 'els', 'E?S'])('of the manufacturer %s fits', (manufacturer) => {
    expect(opens({ manufacturer, ...right })).toBe(true);
    expect(opens({ manufacturer, id: '*', ...right })).toBe(true);
  });

  it('may name version and medium', () => {
    expect(opens({ id: '*', version: 51, ...right })).toBe(true);
    expect(opens({ id: '*', version: 52, ...right })).toBe(false);
    expect(opens({ id: '*', mediumCode: 4, ...right })).toBe(true);
    expect(opens({ id: '*', mediumCode: 7, ...right })).toBe(false);
    expect(opens({ version: 0, ...right })).toBe(false);
  });

  it.each(['12345678901', '1234 *', '12**', 'XYZ', '', '1234567', '123456789*'])(
    'is not %j',
    (id) => {
      expect(() => opens({ id })).toThrow(KeyError);
    },
  );

  it('gives way to a more exact one, whatever their order', () => {
    const order = [
      { id: '12345678', version: 51 },
      { id: '12345678' },
      { id: '12345678', manufacturer: 'E*' },
      { id: '12345678', manufacturer: '*' },
      { id: '1234567*' },
      { id: '*345678', manufacturer: '*', version: 51 },
      { id: '12*', version: 51, mediumCode: 4 },
      { id: '12*', version: 51 },
      { id: '12*', mediumCode: 4 },
      { id: '12*' },
      { id: '*', mediumCode: 4 },
      { id: '*' },
      { id: '*', manufacturer: '??S' },
      { id: '*', manufacturer: '*' },
    ];
    for (let i = 0; i < order.length; i++)
      for (let k = i + 1; k < order.length; k++) {
        expect(opens({ ...order[i], ...right }, { ...order[k] })).toBe(true);
        expect(opens({ ...order[k] }, { ...order[i], ...right })).toBe(true);
      }
  });

  it('that comes last wins of equally exact ones', () => {
    expect(opens({ id: '1234????' }, { id: '????5678', ...right })).toBe(true);
    expect(opens({ id: '????5678' }, { id: '1234????', ...right })).toBe(true);
    expect(opens({ id: '1234????', ...right }, { id: '????5678' })).toBe(false);
    expect(opens({ id: '1234*' }, { id: '????5678' }, { id: '1234*', ...right })).toBe(true);
    expect(opens({ manufacturer: 'E??' }, { manufacturer: '?L?', ...right })).toBe(true);
  });

  it('is one of 31 forms at most, and of any number of each', () => {
    const forms = Array.from({ length: 32 }, (_each, bits) =>
      Array.from({ length: 8 }, (_, i) => ((bits >> i) & 1 ? '1' : '?')).join(''),
    );
    const entries = forms.map((id) => ({ manufacturer: 'KAM', id, key: KEY }));
    expect(() => createDecoderSync({ keys: entries.slice(0, 31) })).not.toThrow();
    expect(() => createDecoderSync({ keys: entries })).toThrow('keys/patterns');
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      manufacturer: 'ELS',
      id: `${String(i).padStart(4, '0')}*`,
      key: i === 1234 ? KEY : OTHER_KEY,
    }));
    const decoder = createDecoderSync({ keys: many });
    expect(decoder.decode(encrypted()).security.state).toBe('decrypted');
    decoder.wipeKeys();
    expect(decoder.decode(encrypted()).security.state).toBe('key-missing');
  });

  it('is found as a plain search over the list finds it', () => {
    const digit = fc.constantFrom('1', '2', '?');
    const entry = fc.record({
      manufacturer: fc.constantFrom('ELS', 'E??', '*', 'KAM'),
      id: fc.oneof(
        fc.tuple(digit, digit).map(([a, b]) => `${a}${b}000000`),
        digit.map((a) => `${a}*`),
        fc.constant('*'),
      ),
      version: fc.option(fc.constantFrom(51, 52), { nil: undefined }),
    });
    // The slow way: every entry that fits, the most exact first, of equals the last.
    const find = (list: readonly Omit<KeyEntry, 'key'>[], meter: { id: string }): number => {
      let best = -1;
      let bestRank = -1;
      list.forEach(({ manufacturer, id, version }, i) => {
        const letters = manufacturer === '*' ? '???' : manufacturer;
        const digits = id.includes('*') ? id.replace('*', '').padEnd(8, '?') : id;
        const fits =
          [...letters].every((c, k) => c === '?' || c === 'ELS'[k]) &&
          [...digits].every((c, k) => c === '?' || c === meter.id[k]) &&
          (version === undefined || version === 51);
        const told = (text: string): number => text.replaceAll('?', '').length;
        const rank = told(digits) * 100 + told(letters) * 10 + (version === undefined ? 0 : 1);
        if (fits && rank >= bestRank) [best, bestRank] = [i, rank];
      });
      return best;
    };
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 12 }),
        fc.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('1', '2', '3')),
        (list, [a, b]) => {
          const meter = { manufacturer: 'ELS', id: `${a}${b}000000`, version: 51, medium: 'heat' };
          const expected = find(list, meter);
          const bytes = heat({
            meter,
            transport: { accessNumber: 1, security: { mode: 5, key: KEY } },
          });
          const decoder = createDecoderSync({
            keys: list.map((each, i) => ({ ...each, key: i === expected ? KEY : OTHER_KEY })),
          });
          expect(decoder.decode(bytes).security.state === 'decrypted').toBe(expected >= 0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a key derived from a master key', () => {
  const derived = (text: string, master: string, key: string, id = '*'): string =>
    createDecoderSync({
      keys: [{ manufacturer: '*', id, key: master, derivation: derivation(text) }],
    }).decode(encrypted({ transport: { accessNumber: 9, security: { mode: 5, key } } })).security
      .state;

  // Inputs without a field of the address: what is printed in a standard is the key of every meter.
  it.each([
    [
      'CEN/TR 17167 F.3: Kenc of KDF-A, EN 13757-7',
      '00 B30A0000 78563412 07070707070707',
      '000102030405060708090A0B0C0D0E0F',
      'ECCF39D475D730B8284FDFDC1995D52F',
    ],
    [
      'CEN/TR 17167 F.3: Kmac of KDF-A',
      '01 B30A0000 78563412 07070707070707',
      '000102030405060708090A0B0C0D0E0F',
      'C9CD19FF5A9AAD5A6BBDA13BD2C4C7AD',
    ],
    [
      'NXP AN10922, table 2',
      '01 04782E21801D80 3042F5 4E585020416275',
      '00112233445566778899AABBCCDDEEFF',
      'A8DD63A3B89D54B37CA802473FDA9175',
    ],
    [
      'RFC 4493, example 3',
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411',
      '2b7e151628aed2a6abf7158809cf4f3c',
      'dfa66747de9ae63030ca32611497c827',
    ],
  ])('is that of %s', (_, input, master, key) => {
    expect(derived(input, master, key)).toBe('decrypted');
  });

  it('is that of CEN/TR 17167 F.3 with the id of the meter in its place', () => {
    // The id of the telegram is 12345678, as in the example.
    const text = '00 B30A0000 {id} 07070707070707';
    const master = '000102030405060708090A0B0C0D0E0F';
    expect(derived(text, master, 'ECCF39D475D730B8284FDFDC1995D52F', '1234*')).toBe('decrypted');
    expect(derived(text, master, 'ECCF39D475D730B8284FDFDC1995D530', '1234*')).toBe('key-wrong');
  });

  it('takes every field of the address, in either order', () => {
    const master = unhex('ffeeddccbbaa99887766554433221100');
    const fields: Record<string, string> = {
      '{manufacturer}': '9315',
      '{manufacturer-msb}': '1593',
      '{id}': '78563412',
      '{id-msb}': '12345678',
      '{version}': '33',
      '{medium}': '04',
    };
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(...Object.keys(fields)),
            fc.uint8Array({ minLength: 1, maxLength: 4 }).map(hex),
          ),
          { minLength: 1, maxLength: 14 },
        ),
        (parts) => {
          const input = unhex(parts.map((part) => fields[part] ?? part).join(''));
          const key = hex(cmac(aesKey(master), input));
          expect(derived(parts.join(' '), hex(master), key)).toBe('decrypted');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('differs from meter to meter, and is another for mode 7 and the extended link layer', () => {
    const master = '000102030405060708090A0B0C0D0E0F';
    const decoder = createDecoderSync({
      keys: [{ manufacturer: 'ELS', id: '*', key: master, derivation: derivation('kdf-a') }],
    });
    for (const id of ['00000001', '00000002', 'aabbccdd']) {
      const input = unhex(`0000000000${[...id.match(/../g)!].reverse().join('')}07070707070707`);
      const key = hex(cmac(aesKey(unhex(master)), input));
      const meter = { manufacturer: 'ELS', id, version: 51, medium: 'heat' };
      for (const bytes of [
        heat({ meter, transport: { security: { mode: 5, key } } }),
        heat({ meter, transport: { security: { mode: 7, key, counter: 17 } } }),
        heat({ meter, ell: { ci: 0x8d, key } }),
      ]) {
        const telegram = decoder.decode(bytes);
        expect(telegram.security.state).toBe('decrypted');
        expect(telegram.records.map(({ value }) => value)).toEqual(VALUES);
      }
    }
  });

  it('is refused where the text is none, or there are too many', () => {
    for (const text of ['', '0', '{serial}', 'zz', '{id', 'id}', '00'.repeat(65)])
      expect(() => derivation(text)).toThrow(DerivationError);
    const entries = Array.from({ length: 8 }, (_, i) => ({
      manufacturer: '*',
      id: `${i}*`,
      key: KEY,
      derivation: derivation(`0${i} {id}`),
    }));
    expect(() => createDecoderSync({ keys: entries.slice(0, 7) })).not.toThrow();
    expect(() => createDecoderSync({ keys: entries })).toThrow('keys/patterns');
  });
});

describe('an adapter that sends for a meter', () => {
  const meter = { manufacturer: 'ELS', id: '12345678', version: 51, medium: 'heat' } as const;
  const adapter = { manufacturer: 'KAM', id: '87654321', version: 1, mediumCode: 0x37 } as const;
  const codes = (bytes: Uint8Array, keys: readonly KeyEntry[]): [string, string[]] => {
    const telegram = createDecoderSync({ keys }).decode(bytes);
    const { state } = telegram.security;
    expect(telegram.records.map(({ value }) => value)).toEqual(state === 'decrypted' ? VALUES : []);
    return [state, telegram.issues.map(({ code }) => code)];
  };
  const ofMeter = { manufacturer: 'ELS', id: '12345678', key: KEY };
  const ofAdapter = { manufacturer: 'KAM', id: '87654321', key: KEY };

  const sent = (security: { mode: 5 } | { mode: 7; counter: number }): Uint8Array =>
    heat({
      meter,
      sender: adapter,
      transport: { header: 'long', accessNumber: 7, security: { ...security, key: KEY } },
    });

  /** Built as the adapter's own telegram, then with the meter's address put in its header: its plaintext stays. */
  const underAdapter = (security: { mode: 5 } | { mode: 7; counter: number }): Uint8Array => {
    const bytes = encoded({
      meter: adapter,
      sender: adapter,
      records: [
        { quantity: 'energy', unit: 'Wh', value: '1234000' },
        { quantity: 'volume', unit: 'm3', value: '56.789' },
        { quantity: 'flow_temperature', unit: '°C', value: '71.2' },
        { quantity: 'datetime', value: '2026-02-28T23:45' },
      ],
      transport: { header: 'long', accessNumber: 7, security: { ...security, key: KEY } },
    });
    bytes.set(unhex('78563412 9315 33 04'), 11);
    return bytes;
  };

  it.each([[{ mode: 5 }], [{ mode: 7, counter: 99 }]] as const)('in %j', (security) => {
    expect(codes(sent(security), [ofMeter])).toEqual(['decrypted', []]);
    expect(codes(sent(security), [ofAdapter])).toEqual(['decrypted', ['security/sender-key']]);
    expect(codes(underAdapter(security), [ofMeter])).toEqual([
      'decrypted',
      ['security/sender-address'],
    ]);
    expect(codes(underAdapter(security), [ofAdapter])).toEqual([
      'decrypted',
      ['security/sender-address', 'security/sender-key'],
    ]);
    // The meter's own key first, then the adapter's.
    const wrong = { ...ofMeter, key: OTHER_KEY };
    expect(codes(sent(security), [wrong, ofAdapter])).toEqual([
      'decrypted',
      ['security/sender-key'],
    ]);
    expect(codes(sent(security), [wrong])).toEqual(['key-wrong', ['security/key-wrong']]);
    expect(codes(sent(security), [{ ...ofAdapter, key: OTHER_KEY }])).toEqual([
      'key-missing',
      ['security/key-missing'],
    ]);
    expect(codes(sent(security), [])).toEqual(['key-missing', ['security/key-missing']]);
    // A key for anyone is the meter's as well.
    expect(codes(sent(security), [{ manufacturer: '*', id: '*', key: KEY }])).toEqual([
      'decrypted',
      [],
    ]);
  });

  it('with the MAC of the fitting key', () => {
    const bytes = heat({
      meter,
      sender: adapter,
      afl: { key: KEY, counter: 5, macLength: 8 },
      transport: { header: 'long', accessNumber: 7, security: { mode: 7, key: KEY } },
    });
    for (const key of [ofMeter, ofAdapter])
      expect(createDecoderSync({ keys: [key] }).decode(bytes).security).toEqual({
        mode: 7,
        layer: 'tpl',
        state: 'decrypted',
        mac: 'ok',
      });
  });
});

it('a key that takes the place of another needs no room of its own', () => {
  const core = loadSync({});
  expect(core.reserveKeys(2)).toBeTruthy();
  for (let i = 0; i < 500; i++)
    expect(core.addPattern(0x1593, 0x7fff, 0x12345678, 0xffff_ffff, 0, 0, 0)).toBeTruthy();
  expect(core.addPattern(0x1593, 0x7fff, 0x12345679, 0xffff_ffff, 0, 0, 0)).toBeTruthy();
  const added = Array.from({ length: 500 }, (_, i) =>
    core.addPattern(0x1593, 0x7fff, i, 0xffff_ffff, 0, 0, 0),
  );
  expect(added.some((kept) => !kept)).toBe(true);
});
