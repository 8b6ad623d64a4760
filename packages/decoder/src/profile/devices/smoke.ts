import type { DeviceProfile } from '../form.ts';

/** Smoke detectors. */
export const SMOKE: readonly DeviceProfile[] = [
  {
    name: 'ei-electronics-6500',
    title: 'Ei Electronics Ei6500-OMS smoke detector',
    source:
      "telegrams of these detectors, and an independent reader's description of the same bits",
    match: [{ manufacturer: 'EIE', versions: [0x0c], media: [0x1a] }],
    status: { 6: 'clock_invalid' },
    flags: [
      {
        record: { vib: 'fd17' },
        bits: {
          9: 'unknown_c_field',
          10: 'unknown_ci_field',
          11: 'unknown_record',
          12: 'access_right_missing',
          13: 'record_size_wrong',
          14: 'record_value_wrong',
          15: 'password_wrong',
        },
      },
      {
        record: { dib: '8440', vib: 'ff2c' },
        bits: {
          5: 'sounder_fault',
          6: 'removed_by_tampering',
          7: 'end_of_life',
          12: 'battery_low',
          13: 'smoke_sensor_fault',
          14: 'obstacle_detector_fault',
          15: 'end_of_life_within_12_months',
          16: 'obstacle_survey_complete',
          17: 'environment_changed',
          18: 'no_communication_to_head',
          19: 'obstacle_detection_disturbed',
          24: 'obstacle_detected',
          25: 'covered',
        },
        fields: [
          {
            bit: 0,
            width: 5,
            words: Object.fromEntries(
              [28, 29, 30, 31].map((dust) => [dust, 'cleaning_recommended']),
            ),
          },
          {
            bit: 20,
            width: 3,
            words: {
              0: 'obstacle_survey_not_done',
              2: 'obstacle_at_45_to_60_cm',
              3: 'obstacle_at_38_to_53_cm',
              4: 'obstacle_at_33_to_48_cm',
              5: 'obstacle_at_28_to_40_cm',
              6: 'obstacle_at_20_to_33_cm',
              7: 'obstacle_at_0_to_25_cm',
            },
          },
        ],
        amounts: [
          { bit: 0, width: 5, quantity: 'dust_level' },
          { bit: 8, width: 4, quantity: 'battery_voltage', unit: 'V', from: '2.25', step: '0.05' },
        ],
      },
    ],
  },
  {
    name: 'lansen-smoke',
    title: 'Lansen smoke detector',
    source: "the manufacturer's data format, and telegrams",
    match: [{ manufacturer: 'LAS', versions: [0x03], media: [0x1a] }],
    flags: [
      {
        record: { vib: 'fd971d' },
        bits: {
          1: 'battery_low',
          2: 'smoke',
          3: 'manual_test',
          4: 'malfunction',
          5: 'no_connection_to_detector',
          8: 'end_of_life',
        },
      },
    ],
  },
  {
    name: 'lansen-pulse',
    title: 'Lansen pulse counters',
    source: "the manufacturer's data format, and telegrams",
    match: [
      { manufacturer: 'LAS', versions: [0x14, 0x1b], media: [0x00] },
      { manufacturer: 'LAS', versions: [0x0b], media: [0x02] },
    ],
    status: { 6: 'enclosure_sabotage' },
  },
];
