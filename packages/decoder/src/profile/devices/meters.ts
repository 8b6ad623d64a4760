import type { DeviceProfile } from '../form.ts';

/** Meters of other manufacturers. */
export const METERS: readonly DeviceProfile[] = [
  {
    name: 'apator-na1-wired',
    title: 'Apator NA-1 water meter module, wired',
    source: 'telegrams of these meters beside the states that were read from them',
    match: [{ manufacturer: 'APA', versions: [0x15], media: [0x07] }],
    flags: [
      {
        record: { dib: '03', vib: 'fd17' },
        bits: {
          0: 'past_magnetic_field',
          1: 'past_strong_light',
          2: 'past_bus_disconnected',
          3: 'past_detection_without_changes',
          4: 'past_minimum_flow',
          5: 'past_maximum_flow',
          6: 'past_reverse_flow',
          7: 'past_leak',
          8: 'past_processor_reset',
          9: 'past_clock_hand_error',
          10: 'battery_low',
          11: 'past_detector_error',
          16: 'magnetic_field',
          17: 'strong_light',
          18: 'bus_disconnected',
          19: 'detection_without_changes',
          20: 'minimum_flow',
          21: 'maximum_flow',
          22: 'reverse_flow',
          23: 'processor_reset',
        },
      },
    ],
  },
  {
    name: 'ecomess-picoflux',
    title: 'Ecomess Picoflux water meter',
    source: 'telegrams of these meters',
    match: [{ manufacturer: 'ECM', versions: [0x05], media: [0x07] }],
    status: { 5: 'leak_below_100_l_per_h', 6: 'leak_above_100_l_per_h' },
  },
  {
    name: 'ime-conto',
    title: 'IME Conto energy meters: all three phases are told as tariff 7',
    source: 'telegrams of these meters: DIFE B0 10 is the total of three phases',
    match: [{ manufacturer: 'IME', versions: [0x66], media: [0x02] }],
    reading: {
      quantity: 'energy',
      vib: 'ff80843b',
      function: 'instantaneous',
      storage: 0,
      tariff: 7,
    },
  },
  {
    name: 'sontex-868',
    title: 'Sontex 868 heat cost allocator',
    source: 'telegrams of these devices: the year 127 in a due date that is not set',
    match: [{ manufacturer: 'SON', versions: [0x16], media: [0x08] }],
    sentinels: [{ record: { vib: '6c' }, raw: ['e1f7'] }],
  },
];
