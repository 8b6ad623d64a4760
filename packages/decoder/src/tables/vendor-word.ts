/**
 * What the VIFEs behind VIFE FF mean for a manufacturer, by quantity: words as names have them. From the manufacturers'
 * published register lists and telegrams of their meters; what is not here keeps its number.
 */
export interface VendorWords {
  readonly manufacturer: string;
  /** Version in the meter's address; any where it is left out. */
  readonly version?: number;
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const PHASES = { '01': 'l1', '02': 'l2', '03': 'l3' } as const;

export const VENDOR_WORDS: readonly VendorWords[] = [
  {
    // Schneider Electric iEM3000.
    manufacturer: 'SEC',
    words: {
      energy: { ...PHASES, '09': 'export', '0d': 'partial' },
      power: PHASES,
      current: { ...PHASES, '00': 'mean' },
      voltage: {
        ...PHASES,
        '04': 'mean',
        '05': 'l1_l2',
        '06': 'l2_l3',
        '07': 'l3_l1',
        '08': 'mean_between_phases',
      },
    },
  },
  {
    // IME Nemo.
    manufacturer: 'IME',
    version: 0x1d,
    words: {
      power: PHASES,
      power_factor: PHASES,
      current: { ...PHASES, '04': 'neutral' },
      voltage: { ...PHASES, '04': 'l1_l2', '05': 'l2_l3', '06': 'l3_l1' },
    },
  },
];
