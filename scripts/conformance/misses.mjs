// Values that other decoders' tests assert and this one does not give, each with its reason. A quirk is an expectation
// that contradicts the standard or the telegram itself; the others are what this decoder leaves to its reader.

/** Whatever the value is: the telegram as a whole is at fault. */
const ANY = /^/;
const VIFE_56 =
  'expects the volume flow 0. VIFE 56 is "duration of the last lower limit exceed, in hours" (EN 13757-3, combinable VIFEs), and 0 is what the record holds in every telegram that we know, so none shows that the meter means a flow';

export const MISSES = [
  {
    telegrams: ['lm-test-landis+gyr_ultraheat_t230'],
    values: /2027-01-01/,
    quirk: true,
    why: 'expects 2027 for year 127 of a date of type F, which means every year (EN 13757-3 annex A): a due date on 1 January, no point in time',
  },
  {
    telegrams: ['wm-xmq-c5isf-01'],
    values: /=-2147483648$/,
    quirk: true,
    why: 'expects 80000000 as a number in the 13 months that the meter has not had; EN 13757-3 annex A, type B: no valid value ([0001](decisions/0001-impossible-values-are-null.md))',
  },
  {
    telegrams: ['wm-xmq-em24-01'],
    values: /^total_(reactive|apparent)_energy/,
    quirk: true,
    why: 'expects the values without VIFE 75, which is ×10⁻¹ (and two that are computed from them); the meter counts its active energy in tenths, too',
  },
  {
    telegrams: ['wm-xmq-kamwater-07'],
    values: ANY,
    quirk: true,
    why: "an edited telegram: the full frame's CRC is wrong, so no value can be trusted",
  },
  {
    telegrams: [
      'wm-xmq-qwaterv2-01',
      'wm-xmq-qwaterv2-07',
      'wm-xmq-qwaterv2-10',
      'wm-xmq-qwaterv2-15',
      'wm-xmq-qwaterv2-16',
      'wm-cc-qwater-01',
    ],
    values: /^volume_flow_m3h=0$/,
    quirk: true,
    why: VIFE_56,
  },
  {
    telegrams: ['wm-xmq-qwaterv2-02'],
    values: /^volume_delta_/,
    quirk: true,
    why: 'expects month differences in litres; eight telegrams show by their sums that they are tens of litres (581 of them where the register rose by 5819 litres), and 8000h is none',
  },
  {
    telegrams: ['wm-xmq-waterstarm-08'],
    values: /^meter_datetime=/,
    quirk: true,
    why: 'expects a time whose bit "invalid" (IV, type F) is set',
  },
  {
    telegrams: ['wm-cc-qwater-01'],
    values: /^meter_datetime=/,
    quirk: true,
    why: 'expects a time of which two bytes stand behind the end that the telegram states (L = 37h, 56 bytes; 60 are there)',
  },
  {
    telegrams: ['wm-dv-20'],
    values: /0413/,
    quirk: true,
    why: 'the assertion is about a record that these bytes do not hold (DIF 04, VIF 13), left over from another telegram',
  },
];
