import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoderSync } from '../../src/index.ts';
import { own, plain, values } from './telegrams.ts';

const decoder = createDecoderSync();

/** Invented: previous billing date 2024-06-30, current date 15 March (in 2025, then), both in Techem's form. */
const DUE = 'DE30';
const NOW = 'F006';
/** Apator 16-2. */
const REGISTERS = '2F2F 0F 01020304 000000 71 01 E8030000 D0070000 10 B80B0000 FF FF ABCD';

const FORMATS: readonly (readonly [
  name: string,
  bytes: Uint8Array,
  expected: readonly string[],
])[] = [
  [
    'Techem FHKV data III',
    own('TCH', 0x69, 0x80, 0xa0, `11 ${DUE} 6400 ${NOW} 2A00 6608 9E11`),
    [
      'vendor_status 17',
      'heat_cost_allocation 42hca',
      'date 2025-03-15',
      'heat_cost_allocation@1 100hca',
      'date@1 2024-06-30',
      'room_temperature 21.50°C',
      'radiator_temperature 45.10°C',
    ],
  ],
  [
    'Techem FHKV data III, version 94: one byte more',
    own('TCH', 0x94, 0x80, 0xa2, `0F ${DUE} 6400 ${NOW} 2A00 01 D007 3408`),
    [
      'vendor_status 15',
      'heat_cost_allocation 42hca',
      'date 2025-03-15',
      'heat_cost_allocation@1 100hca',
      'date@1 2024-06-30',
      'room_temperature 20.00°C',
      'radiator_temperature 21.00°C',
    ],
  ],
  [
    'Techem MK radio 3',
    own('TCH', 0x74, 0x62, 0xa2, `06 ${DUE} C800 ${NOW} 3200`),
    [
      'vendor_status 6',
      'volume 25.0m3',
      'date 2025-03-15',
      'volume_in_period 5.0m3',
      'volume@1 20.0m3',
      'date@1 2024-06-30',
    ],
  ],
  [
    'Techem MK radio 3a in the first half of a month',
    own('TCH', 0x50, 0x72, 0xa2, `0C00 4132 E80300 ${'000A05'.repeat(12)} 00`),
    [
      'volume 100.0m3',
      'date 2025-02-01',
      'volume_in_period@1 1.0m3',
      ...Array.from({ length: 11 }, (_, i) => `volume_in_period@${i + 2} 1.5m3`),
    ],
  ],
  [
    'Techem compact V',
    own('TCH', 0x45, 0x43, 0xa1, `00 ${DUE} E80300 60 F40100 00`),
    [
      'vendor_status 0',
      'energy 1500000Wh',
      'energy_in_period 500000Wh',
      'energy@1 1000000Wh',
      'date@1 2024-06-30',
    ],
  ],
  [
    'Techem vario 4.5.1',
    own('TCH', 0x27, 0x04, 0xa2, `12 ${DUE} 0A00 ${NOW} 0500`),
    [
      'vendor_status 18',
      'energy 15000000J',
      'date 2025-03-15',
      'energy_in_period 5000000J',
      'energy@1 10000000J',
      'date@1 2024-06-30',
    ],
  ],
  [
    'Techem smoke detector',
    own('TCH', 0x76, 0xf0, 0xa0, `00 ${DUE} 4132 0000 4132`),
    ['smoke 0', 'date 2025-02-01', 'date@1 2024-06-30'],
  ],
  [
    'Apator 08: pulses of a third of a litre',
    own('APT', 0x03, 0x03, 0xa0, 'E8030000'),
    ['volume 0.333333333m3'],
  ],
  ['Apator 17-2', own('APT', 0x04, 0x11, 0xa0, '06000000'), ['volume 2.000000m3']],
  [
    'Apator 16-2',
    plain('APA', 0x05, 0x07, REGISTERS),
    ['volume@1 1.000m3', 'volume@2 2.000m3', 'volume 3.000m3'],
  ],
  [
    'Apator 16-2: registers of three bytes whose meaning is not known, before the volume',
    plain(
      'APA',
      0x05,
      0x07,
      '2F2F 0F 01020304 000000 B6 112233 BF 445566 C0 778899 C7 AABBCC 10 B80B0000 FF',
    ),
    ['volume 3.000m3'],
  ],
  [
    'Apator E-ITN 30 behind an extension',
    own('APT', 0x04, 0x08, 0xb6, '02 0102 A0 81 0000 3200 4132 0700 4132 8014 4015'),
    [
      'heat_cost_allocation 7hca',
      'date 2025-02-01',
      'room_temperature 21.25000000°C',
      'seal_broken 2025-02-01',
      'heat_cost_allocation@1 50hca',
      'room_temperature@1 20.50000000°C',
    ],
  ],
  [
    'BFW 240',
    plain('BFW', 0x02, 0x08, `2F2F 10 1F 00FA 0064 0000 ${'000000'.repeat(8)} AA1234 150625`),
    [
      'heat_cost_allocation 100hca',
      'date 2025-06-15',
      'heat_cost_allocation@1 250hca',
      ...months(),
    ],
  ],
  [
    'Zenner B.One',
    plain('ZRI', 0x0b, 0x16, '0F 00000000 00E80300 00D00700 00'),
    ['volume 2.00000000000m3', 'vendor_status 0', 'volume@1 1.00000000000m3'],
  ],
  [
    'B Meters HYDRODIGIT',
    plain(
      'BMT',
      0x13,
      0x07,
      `0C13 78563412 0F 95 0B 251231 10270000 E80300 ${'FFFFFF'.repeat(11)}`,
    ),
    [
      'volume 12345.678m3',
      'battery_voltage 3.20V',
      'leak 2025-12-31',
      'backward_volume 10.000m3',
      'month_value@1 10.00m3',
    ],
  ],
  [
    'B Meters HYDRODIGIT, version 17: other fields',
    plain('BMT', 0x17, 0x07, '0C13 78563412 0F 03 0B 10270000'),
    ['volume 12345.678m3', 'battery_voltage 3.20V', 'backward_volume 10.000m3'],
  ],
  [
    'B Meters HYDROCLIMA, frame 10',
    plain(
      'BMP',
      0x53,
      0x08,
      '036E 0A0000 0F 10 0000 0000 0000 D007 B80B 0000 0000 3408 9808 0000 0A0000',
    ),
    [
      'heat_cost_allocation 10hca',
      'room_temperature 20.00°C',
      'room_temperature maximum 30.00°C',
      'room_temperature@1 21.00°C',
      'radiator_temperature@1 22.00°C',
      'heat_cost_allocation 10hca',
    ],
  ],
  [
    'B Meters HYDROCLIMA, frame 11',
    plain(
      'BMP',
      0x85,
      0x08,
      `0F 11 0301 0000 0000 3F33 D007 3408 9808 3F3C FC08 6009
       0A00 1400 1E00 2800 D007 0080 3408 ${'000000'.repeat(3)} 640000`.replaceAll('\n', ''),
    ),
    [
      'housing_opened 2025-03-31',
      'radiator_temperature 20.00°C',
      'room_temperature 21.00°C',
      'room_temperature@1 maximum 22.00°C',
      'date@1 maximum 2025-12-31',
      'radiator_temperature@1 23.00°C',
      'room_temperature@1 24.00°C',
      'heat_cost_allocation@1 10hca',
      'heat_cost_allocation@2 20hca',
      'heat_cost_allocation@3 30hca',
      'heat_cost_allocation@4 40hca',
      // Its second history value, 8000h, is none.
      'room_temperature@1.0.1 20.00°C',
      'room_temperature@3.0.1 21.00°C',
      'heat_cost_allocation 100hca',
    ],
  ],
  [
    'GWF',
    plain('GWF', 0x3c, 0x07, '0413 E8030000 0F 01 02 51'),
    ['volume 1.000m3', 'vendor_status 2', 'battery_remaining 5.0year'],
  ],
  [
    'Qundis walk-by',
    own(
      'QDS',
      0x1a,
      0x07,
      0x78,
      `0DFF5F35 0082050000 0000 07C113FFFF 78560000 1F3C 00400000 3F33 00500000 ${'0080'.repeat(11)} 0A00 2F`,
    ),
    [
      'volume 5.678m3',
      'volume@1 4.000m3',
      'date@1 2024-12-31',
      'volume@17 5.000m3',
      'date@17 2025-03-31',
      'volume_in_period@17 0.10m3',
    ],
  ],
  [
    'Kamstrup registers of volume and temperature',
    own('KAM', 0x34, 0x04, 0x78, '04FF07 E8030000 04FF08 F4010000'),
    ['volume_times_flow_temperature 1000m3·K', 'volume_times_return_temperature 500m3·K'],
  ],
];

function months(): string[] {
  return Array.from({ length: 16 }, (_, i) => `heat_cost_allocation@${19 - i} 0hca`).concat([
    'heat_cost_allocation@3 426hca',
    'heat_cost_allocation@2 564hca',
  ]);
}

describe('the format of', () => {
  it.each(FORMATS)('%s', (_, bytes, expected) => {
    const telegram = decoder.decode(bytes);
    const found = values(telegram).filter((value) => !value.startsWith('manufacturer_specific'));
    expect(found).toEqual(expected);
    expect(telegram.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(FORMATS)('%s: every record stands where it says', (_, bytes) => {
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    for (const { dib, vib, raw, offset } of decoder.decode(bytes).records) {
      // Behind the link layer and the CI field.
      expect(offset).toBeGreaterThanOrEqual(11);
      expect(hex.slice(2 * offset, 2 * offset + dib.length + vib.length + raw.length)).toBe(
        dib + vib + raw,
      );
    }
  });

  // BFW has numbers of 12 bits, and Techem's totals are sums of two fields.
  it.each(FORMATS.filter(([name]) => !/^(BFW|Techem)/.test(name)))(
    '%s: no two of its own numbers are made of the same bytes',
    (_, bytes) => {
      const numbers = decoder.decode(bytes).records.filter((r) => r.vendor && r.kind === 'number');
      const places = numbers.flatMap(({ offset, raw }) =>
        Array.from({ length: raw.length / 2 }, (_none, i) => offset + i),
      );
      expect(new Set(places).size).toBe(places.length);
    },
  );

  it('a meter that it is not for is left alone', () => {
    // A BFW 240 body of another kind; an Apator 16-2 body of another version, and of another device type.
    const others = [
      plain('BFW', 0x02, 0x08, `2F2F 10 1E 00FA 0064 ${'000000'.repeat(8)} 0000 AA1234 150625`),
      plain('APA', 0x06, 0x07, REGISTERS),
      plain('APA', 0x05, 0x04, REGISTERS),
    ];
    for (const bytes of others) {
      const { records } = decoder.decode(bytes);
      expect(records.length).toBeGreaterThan(0);
      expect(records.filter(({ vendor, kind }) => vendor && kind === 'number')).toEqual([]);
    }
  });

  it('data records in the place of Apator 16-2 registers are read once, as what they are', () => {
    const { records } = decoder.decode(
      plain('APA', 0x05, 0x07, '840113E8030000 840113E8030000 0413E8030000'),
    );
    expect(records.map(({ quantity, value }) => `${quantity} ${value}`)).toEqual([
      'volume 1.000',
      'volume 1.000',
      'volume 1.000',
    ]);
  });

  it('any of them, cut short or changed, traps nowhere and keeps inside its bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMATS),
        fc.nat(),
        fc.nat(255),
        fc.nat(),
        ([, bytes], cut, value, at) => {
          const copy = bytes.slice(0, 11 + (cut % (bytes.length - 10)));
          copy[at % copy.length] = value;
          for (const { offset, raw } of decoder.decode(copy).records)
            expect(offset + raw.length / 2).toBeLessThanOrEqual(copy.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

it('a tail that no format is known for stays one record of bytes', () => {
  const telegram = decoder.decode(plain('ELS', 0x01, 0x07, '0413 E8030000 0F 010203'));
  expect(telegram.records.map(({ kind, value, vendor }) => [kind, value, vendor])).toEqual([
    ['number', '1.000', undefined],
    ['bytes', '010203', true],
  ]);
});

it.each(FORMATS)('%s: what is no number has no power of ten in the columns', (_, bytes) => {
  const batch = decoder.decodeBatch(bytes, Uint32Array.of(0, bytes.length));
  const scales = batch
    .telegram(0)
    .records.flatMap(({ kind }, row) => (kind === 'number' ? [] : [batch.records.scale[row]]));
  expect(scales.filter((scale) => scale !== 0)).toEqual([]);
});
