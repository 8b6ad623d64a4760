import type { DeviceProfile, FlagRule } from '../form.ts';

const LASTED = [
  '1_to_8_hours',
  '9_to_24_hours',
  '2_to_3_days',
  '4_to_7_days',
  '8_to_14_days',
  '15_to_21_days',
  '22_to_31_days',
];
const lasted = (state: string): Readonly<Record<string, string>> =>
  Object.fromEntries(LASTED.map((time, i) => [String(i + 1), `${state}_for_${time}`]));

const HEAT_INFO: FlagRule['bits'] = {
  0: 'voltage_interrupted',
  1: 'battery_low',
  2: 'sensor_error',
  3: 't1_above_range',
  4: 't2_above_range',
  5: 't1_below_range',
  6: 't2_below_range',
  7: 'temperature_difference_reversed',
  8: 'flow_sensor_weak_or_air',
  9: 'flow_reversed',
  11: 'flow_increased',
  12: 'input_a1_leak',
  13: 'input_b1_leak',
  14: 'input_a_external_alarm',
  15: 'input_b_external_alarm',
  16: 'v1_communication_error',
  17: 'v1_pulse_figure_wrong',
  18: 'input_a2_leak',
  19: 'input_b2_leak',
  20: 't3_above_range_or_off',
  21: 't3_below_range',
  22: 'v2_communication_error',
  23: 'v2_pulse_figure_wrong',
  24: 'v2_air',
  25: 'v2_flow_reversed',
  27: 'v2_flow_increased',
  28: 'burst_water_loss',
  29: 'burst_penetration',
  30: 'leak_water_loss',
  31: 'leak_penetration',
};

const SOURCE =
  "telegrams of these meters beside their displays, and the manufacturer's descriptions of info codes";

export const KAMSTRUP: readonly DeviceProfile[] = [
  {
    name: 'kamstrup-water',
    title: 'Kamstrup water meters: MULTICAL 21, flowIQ',
    source: SOURCE,
    match: [
      { manufacturer: 'KAM', media: [0x06, 0x07, 0x15, 0x16] },
      { manufacturer: 'KAW', media: [0x06, 0x07, 0x15, 0x16] },
    ],
    flags: [
      {
        record: { vib: 'ff20' },
        bits: { 0: 'dry', 1: 'reverse', 2: 'leak', 3: 'burst' },
        fields: ['dry', 'reverse', 'leak', 'burst'].map((state, i) => ({
          bit: 4 + 3 * i,
          width: 3,
          words: lasted(state),
        })),
      },
      {
        record: { vib: 'ff23' },
        bits: {
          0: 'dry',
          1: 'reverse',
          2: 'leak',
          3: 'burst',
          4: 'tamper',
          5: 'battery_low',
          6: 'ambient_temperature_low',
          7: 'flow_above_q4',
          9: 'no_consumption',
        },
      },
    ],
  },
  {
    name: 'kamstrup-heat',
    title: 'Kamstrup heat and cooling meters: MULTICAL 302, 303, 402, 403, 602, 603',
    source: SOURCE,
    match: [{ manufacturer: 'KAM', media: [0x04, 0x0a, 0x0b, 0x0c, 0x0d] }],
    flags: [{ record: { vib: 'ff22' }, bits: HEAT_INFO }],
  },
  {
    name: 'kamstrup-pressure',
    title: 'Kamstrup pressure sensor',
    source: SOURCE,
    match: [{ manufacturer: 'KAM', versions: [0x01], media: [0x18] }],
    flags: [
      {
        record: { dib: '02', vib: 'fd17' },
        bits: {
          0: 'pressure_drop',
          1: 'pressure_surge',
          2: 'pressure_high',
          3: 'pressure_low',
          4: 'pressure_transient',
          5: 'communication_error',
        },
      },
    ],
  },
];
