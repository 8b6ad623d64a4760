import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, littleEndian } from '../../src/encode/octets.ts';
import { encoded, type TelegramDescription } from '../../src/encode.ts';
import { createDecoderSync, type Telegram } from '../../src/index.ts';
import {
  applyProfile,
  type DeviceProfile,
  parseProfiles,
  ProfileError,
  profileOf,
  PROFILES,
} from '../../src/profile.ts';
import { readingOf, RegisterReader } from '../../src/reading.ts';
import { packed } from '../core/telegrams.ts';

const decoder = createDecoderSync();

function decoded(
  [manufacturer, version, mediumCode]: readonly [string, number, number],
  body: string,
  change: Partial<TelegramDescription> = {},
): Telegram {
  return decoder.decode(
    encoded({ meter: { manufacturer, id: '12345678', version, mediumCode }, body, ...change }),
  );
}

/** A meter of each profile, what it sends, and what the profile says of its first record, or of its status byte. */
const DEVICES: readonly (readonly [
  name: string,
  meter: readonly [string, number, number],
  body: string,
  flags: readonly string[],
])[] = [
  ['kamstrup-water', ['KAM', 0x1b, 0x16], '02ff207100', ['dry', 'dry_for_22_to_31_days']],
  ['kamstrup-water', ['KAW', 0x3c, 0x16], '04ff2300080000', ['bit_11']],
  [
    'kamstrup-water',
    ['KAW', 0x3c, 0x16],
    '04ff2390020000',
    ['tamper', 'flow_above_q4', 'no_consumption'],
  ],
  [
    'kamstrup-heat',
    ['KAM', 0x34, 0x0c],
    '04ff2260000100',
    ['t1_below_range', 't2_below_range', 'v1_communication_error'],
  ],
  ['kamstrup-heat', ['KAM', 0x40, 0x0d], '02ff220000', []],
  ['kamstrup-pressure', ['KAM', 0x01, 0x18], '02fd170800', ['pressure_low']],
  ['ei-electronics-6500', ['EIE', 0x0c, 0x1a], '8440ff2c000f1100', ['obstacle_survey_complete']],
  [
    'ei-electronics-6500',
    ['EIE', 0x0c, 0x1a],
    '8440ff2c5d0f4100',
    [
      'removed_by_tampering',
      'obstacle_survey_complete',
      'cleaning_recommended',
      'obstacle_at_33_to_48_cm',
    ],
  ],
  ['lansen-smoke', ['LAS', 0x03, 0x1a], '02fd971d0400', ['smoke']],
  [
    'apator-na1-wired',
    ['APA', 0x15, 0x07],
    '03fd171c0300',
    [
      'past_bus_disconnected',
      'past_detection_without_changes',
      'past_minimum_flow',
      'past_processor_reset',
      'past_clock_hand_error',
    ],
  ],
];

describe('the profile', () => {
  it.each(DEVICES)('%s of %j says of %s %j', (name, meter, body, flags) => {
    const telegram = applyProfile(decoded(meter, body), PROFILES);
    expect(telegram.profile).toBe(name);
    expect(telegram.records[0]!.flags).toEqual(flags);
  });

  it('kamstrup-water tells each state with how long it has lasted', () => {
    // burst; bits 13–15: 4, 8 to 14 days would be 5
    const telegram = applyProfile(decoded(['KAM', 0x1b, 0x06], '02ff200880'), PROFILES);
    expect(telegram.records[0]!.flags).toEqual(['burst', 'burst_for_4_to_7_days']);
  });

  it.each([
    [['EIE', 0x0c, 0x1a], 0x40, 'clock_invalid'],
    [['LAS', 0x14, 0x00], 0x40, 'enclosure_sabotage'],
    [['ECM', 0x05, 0x07], 0x20, 'leak_below_100_l_per_h'],
    [['ECM', 0x05, 0x07], 0x40, 'leak_above_100_l_per_h'],
  ] as const)('of %j names status %i', (meter, status, word) => {
    const telegram = decoded(meter, '', { transport: { status: status | 0x84 } });
    expect(telegram.status!.flags).not.toContain(word);
    expect(applyProfile(telegram, PROFILES).status).toEqual({
      code: status | 0x84,
      flags: ['power_low', word, 'manufacturer_bit_7'],
    });
  });

  it('sontex-868 takes a due date of the year 127 for none', () => {
    const records = (raw: string): unknown[] =>
      applyProfile(decoded(['SON', 0x16, 0x08], `426c${raw}`), PROFILES).records.map(
        ({ value, raw: bytes }) => [value, bytes],
      );
    expect(records('e1f7')).toEqual([[null, 'e1f7']]);
    expect(records('9f2a')).toEqual([['2020-10-31', '9f2a']]);
  });

  it('leaves other meters as they are, and everything else of its own', () => {
    const other = decoded(['KAM', 0x02, 0x18], '02fd170800');
    expect(applyProfile(other, PROFILES)).toBe(other);
    const acknowledged = decoder.decode(Uint8Array.of(0xe5));
    expect(applyProfile(acknowledged, PROFILES)).toBe(acknowledged);
    const meter = decoded(['KAM', 0x1b, 0x16], '02ff2000000413640000000f0102');
    const before = structuredClone(meter);
    const after = applyProfile(meter, PROFILES);
    expect(meter).toEqual(before);
    const { flags: _flags, ...record } = after.records[0]!;
    expect({ ...after, records: [record, ...after.records.slice(1)] }).toEqual({
      ...before,
      profile: 'kamstrup-water',
    });
  });

  it('names every bit that is set, once, whatever the bits', () => {
    const [water] = PROFILES as [DeviceProfile];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (value) => {
        const body = `04ff23${hex(littleEndian(value, 4))}`;
        const { flags } = applyProfile(decoded(['KAW', 0x3c, 0x16], body), PROFILES).records[0]!;
        const words = water.flags![1]!.bits;
        const expected = Array.from({ length: 32 }, (_, bit) =>
          (value >>> bit) & 1 ? (words[bit] ?? `bit_${bit}`) : null,
        ).filter((word) => word !== null);
        expect(flags ?? 'none').toEqual(expected);
      }),
    );
  });
});

const CUSTOM: DeviceProfile = {
  name: 'custom',
  title: 'Custom',
  source: 'this test',
  match: [{ manufacturer: 'ELS', versions: [1], media: [4] }],
  sentinels: [{ record: { quantity: 'energy', storage: 0 }, raw: ['00000080'] }],
  reading: { quantity: 'energy', storage: 0, tariff: 2 },
};

describe('the reading of a meter', () => {
  const meter = { manufacturer: 'ELS', id: '12345678', version: 1, mediumCode: 4 };
  const energy = (value: string, tariff: number, storage = 0): object => ({
    quantity: 'energy',
    unit: 'Wh',
    value,
    tariff,
    storage,
  });
  const bytes = (...records: readonly object[]): Uint8Array =>
    encoded({ meter, records: records as never });

  it('is the total of what it is for, or the register that its profile names', () => {
    const telegram = decoder.decode(
      bytes(energy('1000', 0), energy('7000', 2, 1), energy('2000', 2)),
    );
    expect(readingOf(telegram)?.value).toBe('1000');
    expect(readingOf(telegram, PROFILES)?.value).toBe('1000');
    expect(readingOf(telegram, [CUSTOM])?.value).toBe('2000');
    expect(readingOf(decoder.decode(bytes(energy('1000', 0))), [CUSTOM])).toBeUndefined();
  });

  it('is none where its value means none, or the telegram has an error', () => {
    const { reading: _reading, ...sentinels } = CUSTOM;
    const none = decoder.decode(encoded({ meter, body: '040300000080' }));
    expect(readingOf(none, [sentinels])).toBeUndefined();
    const damaged = decoder.decode(bytes(energy('1000', 0)).subarray(0, 17));
    expect(readingOf(damaged)).toBeUndefined();
    expect(readingOf(decoder.decode(Uint8Array.of(0xe5)), [CUSTOM])).toBeUndefined();
  });

  it('is the total of an IME meter, which tells it as tariff 7', () => {
    const body = `84b010ff80843b${'e8030000'}848020ff80843b${'01000000'}`;
    const telegram = decoded(['IME', 0x66, 0x02], body);
    expect(readingOf(telegram)).toBeUndefined();
    expect(readingOf(telegram, PROFILES)).toMatchObject({ value: '10000', unit: 'Wh', tariff: 7 });
  });

  it('of a batch is that of each telegram', () => {
    const list = fc.array(
      fc.record({
        profiled: fc.boolean(),
        tariffs: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 4 }),
        cut: fc.nat({ max: 5 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(list, (telegrams) => {
        const all = telegrams.map(({ profiled, tariffs, cut }, i) => {
          const made = encoded({
            meter: { ...meter, id: `0000000${i}`, version: profiled ? 1 : 2 },
            records: tariffs.map((tariff) => energy(`${1000 * (tariff + 1)}`, tariff)) as never,
          });
          return cut === 0 ? made.subarray(0, made.length - 1) : made;
        });
        const { bytes: joined, offsets } = packed(all);
        const reader = new RegisterReader([CUSTOM]);
        const { readings, skipped } = reader.read(
          decoder.decodeBatch(joined, offsets),
          new Float64Array(all.length),
        );
        const got = Array.from({ length: readings.length }, (_, i) => {
          const { id, scale } = reader.registers[readings.register[i] as number]!;
          return [id, Number(readings.mantissa[i]) * 10 ** scale];
        });
        const expected = all.flatMap((one) => {
          const telegram = decoder.decode(one);
          const reading = readingOf(telegram, [CUSTOM]);
          return reading === undefined ? [] : [[telegram.meter!.id, Number(reading.value)]];
        });
        expect(got).toEqual(expected);
        expect(skipped.withoutReading).toBe(all.length - expected.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an amount in the bits of a record', () => {
  const ei6500 = ['EIE', 0x0c, 0x1a] as const;
  const amounts = (body: string): readonly (readonly [string, string, string | null])[] =>
    applyProfile(decoded(ei6500, body), PROFILES)
      .records.filter(({ origin }) => origin === 'bits')
      .map(({ quantity, unit, value }) => [quantity, unit, value]);

  it('is a record of its own: dust and battery of a smoke detector', () => {
    expect(amounts('8440ff2c000f1100')).toEqual([
      ['dust_level', '', '0'],
      ['battery_voltage', 'V', '3.00'],
    ]);
    // Dust 17, tamper (bit 6), battery step 7.
    expect(amounts('8440ff2c51071100')).toEqual([
      ['dust_level', '', '17'],
      ['battery_voltage', 'V', '2.60'],
    ]);
  });

  it('stands behind the record that holds it, and keeps its bytes and place', () => {
    const records = applyProfile(decoded(ei6500, '046d0c2f46378440ff2c010f1100'), PROFILES).records;
    expect(records.map(({ quantity }) => quantity)).toEqual([
      'datetime',
      'manufacturer_specific',
      'dust_level',
      'battery_voltage',
    ]);
    const [, word, dust] = records;
    expect(dust).toMatchObject({
      dib: word?.dib,
      vib: word?.vib,
      raw: '010f1100',
      offset: word?.offset,
      subunit: 1,
      origin: 'bits',
    });
    expect(word?.value).toBe('1117953');
    expect(dust).not.toHaveProperty('flags');
  });

  it('is no flag, and is exact whatever its bits, start and step', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffff_ffff),
        fc.nat(31),
        fc.integer({ min: 1, max: 32 }),
        fc.integer({ min: -9999, max: 9999 }),
        fc.integer({ min: -9999, max: 9999 }),
        (word, bit, width, from, step) => {
          const body = `0413${hex(littleEndian(BigInt(word), 4))}`;
          const bits: DeviceProfile = {
            name: 'bits',
            title: '',
            source: '',
            match: [{ manufacturer: 'XYZ' }],
            flags: [
              {
                record: { vib: '13' },
                bits: {},
                amounts: [
                  {
                    bit,
                    width,
                    quantity: 'amount',
                    from: (from / 100).toFixed(2),
                    step: (step / 1000).toFixed(3),
                  },
                ],
              },
            ],
          };
          const [whole, part] = applyProfile(decoded(['XYZ', 1, 7], body), [bits]).records;
          if (whole?.value === null) return expect(part).toBeUndefined();
          const number = Math.floor(word / 2 ** bit) % 2 ** width;
          expect(Number(part?.value)).toBeCloseTo(from / 100 + (step / 1000) * number, 3);
          expect(part?.value).toMatch(/^-?\d+\.\d{3}$/);
          for (let one = bit; one < Math.min(32, bit + width); one++)
            expect(whole?.flags).not.toContain(`bit_${one}`);
        },
      ),
    );
  });
});

describe('profiles as JSON', () => {
  it('are read as they are written, those of the package too', () => {
    expect(parseProfiles(JSON.stringify([...PROFILES, CUSTOM]))).toEqual([...PROFILES, CUSTOM]);
    expect(new Set(PROFILES.map(({ name }) => name)).size).toBe(PROFILES.length);
    // The first that is for a meter is taken: none may stand behind one that hides it.
    for (const profile of PROFILES)
      for (const { manufacturer, versions, media } of profile.match)
        for (const version of versions ?? [0])
          for (const mediumCode of media ?? [0])
            expect(profileOf({ manufacturer, version, mediumCode }, PROFILES)?.name).toBe(
              profile.name,
            );
  });

  it.each([
    ['{', ''],
    ['{}', ''],
    [JSON.stringify([{ ...CUSTOM, name: 'Custom meter' }]), '/0/name'],
    [JSON.stringify([{ ...CUSTOM, match: [] }]), '/0/match'],
    [JSON.stringify([{ ...CUSTOM, match: [{ manufacturer: 'els' }] }]), '/0/match/0/manufacturer'],
    [JSON.stringify([{ ...CUSTOM, status: { 4: 'x' } }]), '/0/status/4'],
    [
      JSON.stringify([{ ...CUSTOM, flags: [{ record: {}, bits: { 64: 'x' } }] }]),
      '/0/flags/0/bits/64',
    ],
    [
      JSON.stringify([{ ...CUSTOM, flags: [{ record: {}, bits: { 1: 'Two Words' } }] }]),
      '/0/flags/0/bits/1',
    ],
    [
      JSON.stringify([{ ...CUSTOM, sentinels: [{ record: {}, raw: ['FF'] }] }]),
      '/0/sentinels/0/raw/0',
    ],
    [
      JSON.stringify([
        {
          ...CUSTOM,
          flags: [
            {
              record: {},
              bits: {},
              amounts: [{ bit: 0, width: 4, quantity: 'voltage', step: '1e3' }],
            },
          ],
        },
      ]),
      '/0/flags/0/amounts/0/step',
    ],
    [JSON.stringify([{ ...CUSTOM, driver: 'x' }]), '/0'],
  ])('that are none are refused with their place: %s', (json, pointer) => {
    try {
      parseProfiles(json);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ProfileError);
      expect((error as ProfileError).code).toBe('profile/invalid');
      expect((error as ProfileError).issues.map((issue) => issue.pointer)).toContainEqual(
        expect.stringContaining(pointer),
      );
    }
  });
});
