import { describe, expect, it } from 'vitest';
import { encoded, type RecordDescription } from '../../src/encode.ts';
import { createDecoderSync } from '../../src/index.ts';
import { meaningOf, namedRecords, type RecordMeaning } from '../../src/meaning.ts';

const decoder = createDecoderSync();

function meaning(medium: string, record: RecordDescription): RecordMeaning {
  const meter = { manufacturer: 'ELS', id: '12345678', medium };
  const telegram = decoder.decode(encoded({ meter, records: [record] }));
  return meaningOf(telegram.records[0]!, telegram.meter);
}

const energy = { quantity: 'energy', unit: 'Wh', value: '1000' } as const;
const volume = { quantity: 'volume', unit: 'm3', value: '1.000' } as const;
const power = { quantity: 'power', unit: 'W', value: '5' } as const;

describe('a record is named without a driver', () => {
  it.each([
    ['electricity', energy, 'energy_import_total', 'cumulative'],
    [
      'electricity',
      { ...energy, modifiers: ['negative_only'] },
      'energy_export_total',
      'cumulative',
    ],
    [
      'electricity',
      { ...energy, modifiers: ['positive_only'] },
      'energy_import_total',
      'cumulative',
    ],
    [
      'heat',
      { ...energy, modifiers: ['positive_only'] },
      'energy_positive_only_total',
      'cumulative',
    ],
    ['electricity', { ...energy, tariff: 1 }, 'energy_import_tariff_1', 'cumulative'],
    ['electricity', { ...energy, tariff: 2 }, 'energy_import_tariff_2', 'cumulative'],
    ['electricity', { ...power, function: 'maximum' }, 'maximum_power_import', 'maximum'],
    [
      'electricity',
      { quantity: 'voltage', unit: 'V', value: '230', modifiers: ['phase_l1'] },
      'voltage_l1',
      'momentary',
    ],
    ['heat', energy, 'energy_total', 'cumulative'],
    ['water', { ...volume, storage: 1 }, 'volume_at_last_due_date', 'due'],
    ['water', { ...volume, storage: 8 }, 'volume_at_storage_8', 'due'],
    [
      'heat',
      { quantity: 'flow_temperature', unit: '°C', value: '70.5' },
      'flow_temperature',
      'momentary',
    ],
    ['water', { quantity: 'datetime', value: '2026-01-01T00:00' }, 'meter_time', 'time'],
    [
      'water',
      { quantity: 'date', value: '2026-01-01', storage: 1 },
      'meter_time_at_last_due_date',
      'time',
    ],
    ['water', { quantity: 'fabrication_number', value: '01020304' }, 'fabrication_number', 'text'],
  ] as const)('%s, %o: %s, %s', (medium, record, name, type) => {
    expect(meaning(medium, record as RecordDescription)).toMatchObject({ name, readingType: type });
  });

  it.each([
    [
      'electricity',
      energy,
      { device_class: 'energy', state_class: 'total_increasing', unit_of_measurement: 'Wh' },
    ],
    [
      'water',
      volume,
      { device_class: 'water', state_class: 'total_increasing', unit_of_measurement: 'm³' },
    ],
    [
      'gas',
      volume,
      { device_class: 'gas', state_class: 'total_increasing', unit_of_measurement: 'm³' },
    ],
    ['water', { ...volume, storage: 1 }, { device_class: 'water', unit_of_measurement: 'm³' }],
    [
      'electricity',
      power,
      { device_class: 'power', state_class: 'measurement', unit_of_measurement: 'W' },
    ],
    ['water', { quantity: 'datetime', value: '2026-01-01T00:00' }, { device_class: 'timestamp' }],
    ['water', { quantity: 'fabrication_number', value: '01020304' }, {}],
    ['water', { ...volume, modifiers: ['increment_per_input_pulse_0'] }, {}],
  ] as const)('for Home Assistant: %s, %o', (medium, record, expected) => {
    expect(meaning(medium, record as RecordDescription).homeAssistant).toEqual(expected);
  });

  // Device classes and the units that each may have: developers.home-assistant.io/docs/core/entity/sensor.
  it.each([
    ['Wh', 'energy', 'Wh'],
    ['J', 'energy', 'J'],
    ['cal', 'energy', 'cal'],
    ['varh', 'reactive_energy', 'varh'],
    ['W', 'power', 'W'],
    ['VA', 'apparent_power', 'VA'],
    ['var', 'reactive_power', 'var'],
    ['V', 'voltage', 'V'],
    ['A', 'current', 'A'],
    ['Hz', 'frequency', 'Hz'],
    ['bar', 'pressure', 'bar'],
    ['°C', 'temperature', '°C'],
    ['°F', 'temperature', '°F'],
    ['m3/h', 'volume_flow_rate', 'm³/h'],
    ['m3/min', 'volume_flow_rate', 'm³/min'],
    ['m3/s', 'volume_flow_rate', 'm³/s'],
    ['s', 'duration', 's'],
    ['min', 'duration', 'min'],
    ['h', 'duration', 'h'],
    ['d', 'duration', 'd'],
    ['dBm', 'signal_strength', 'dBm'],
    ['kg', 'weight', 'kg'],
    ['hca', undefined, 'hca'],
  ])('for Home Assistant, what is measured in %s is %s in %s', (unit, deviceClass, told) => {
    const [record] = decoder.decode(
      encoded({ meter: { manufacturer: 'ELS', id: '12345678', medium: 'heat' }, records: [power] }),
    ).records;
    const { homeAssistant } = meaningOf({ ...record!, quantity: 'quantity', unit }, null);
    expect([homeAssistant.device_class, homeAssistant.unit_of_measurement]).toEqual([
      deviceClass,
      told,
    ]);
  });

  it('and names stay apart within a telegram', () => {
    const telegram = decoder.decode(
      encoded({
        meter: { manufacturer: 'ELS', id: '12345678', medium: 'water' },
        records: [volume, volume],
      }),
    );
    expect([...namedRecords(telegram).keys()]).toEqual(['volume_total', 'volume_total_2']);
  });
});

describe("a manufacturer's VIFEs", () => {
  const named = (manufacturer: string, version: number, body: string): string[] => {
    const meter = { manufacturer, id: '12345678', version, mediumCode: 2 };
    const telegram = decoder.decode(encoded({ meter, body }));
    return [...namedRecords(telegram).keys()];
  };

  it('say phase, direction and mean where they are known', () => {
    // int32: energy of L1 and exported, voltage L1 to L2; a number that is not known stays.
    const body = '0484ff01010000000484ff090100000004fdc9ff05010000000484ff7701000000';
    expect(named('SEC', 0x13, body)).toEqual([
      'energy_import_l1_total',
      'energy_export_total',
      'voltage_l1_l2',
      'energy_import_manufacturer_specific_vendor_77_total',
    ]);
    expect(named('IME', 0x1d, '04abff0301000000')).toEqual(['power_import_l3']);
  });

  it('of another maker or version keep their numbers', () => {
    const body = '04abff0301000000';
    expect(named('IME', 0x66, body)).toEqual(['power_import_manufacturer_specific_vendor_03']);
    expect(named('ELS', 0x1d, body)).toEqual(['power_import_manufacturer_specific_vendor_03']);
  });

  it('behind VIF FF are no part of the name where they have told the quantity', () => {
    expect(named('SEC', 0x13, '04ff0b0100000004ff7701000000')).toEqual([
      'frequency',
      'manufacturer_specific_vendor_77',
    ]);
  });
});
