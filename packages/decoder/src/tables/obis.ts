/**
 * OBIS codes (IEC 62056-61, OMS volume 2 annex A) of standard records, as far as public sources confirm them: a record
 * that no row fits has none. `T` stands for the tariff, `N` for the storage number, `A` for the medium's own group.
 */
export interface ObisRow {
  readonly media: readonly number[] | 'any';
  readonly quantity: string;
  /** All of a record's combinable VIFEs, in order; without `[]` there are none. */
  readonly modifiers: readonly string[];
  /** Default: instantaneous. */
  readonly function: 'instantaneous' | 'maximum';
  readonly storage: 'none' | 'due' | 'numbered';
  readonly tariff: 'none' | 'numbered';
  readonly code: string;
}

const ELECTRICITY = [0x02];
const HEAT = [0x04, 0x0c, 0x0d];
const COOLING = [0x0a, 0x0b];
const COLD_WATER = [0x07, 0x16];
const WARM_WATER = [0x06, 0x15];
const GAS = [0x03];
const ALLOCATOR = [0x08];

function row(
  media: ObisRow['media'],
  quantity: string,
  code: string,
  modifiers: readonly string[] = [],
  change: Partial<ObisRow> = {},
): ObisRow {
  return {
    media,
    quantity,
    modifiers,
    function: 'instantaneous',
    storage: 'none',
    tariff: 'none',
    code,
    ...change,
  };
}

const due = { storage: 'due' } as const;
const byTariff = { tariff: 'numbered' } as const;

const electricity: readonly ObisRow[] = [
  row(ELECTRICITY, 'energy', '1-0:1.8.0*255'),
  row(ELECTRICITY, 'energy', '1-0:1.8.0*255', ['positive_only']),
  row(ELECTRICITY, 'energy', '1-0:1.8.T*255', [], byTariff),
  row(ELECTRICITY, 'energy', '1-0:2.8.0*255', ['negative_only']),
  row(ELECTRICITY, 'energy', '1-0:2.8.T*255', ['negative_only'], byTariff),
  row(ELECTRICITY, 'energy', '1-0:1.8.0*N', [], { storage: 'numbered' }),
  row(ELECTRICITY, 'energy', '1-0:1.8.T*N', [], { storage: 'numbered', ...byTariff }),
  row(ELECTRICITY, 'reactive_energy', '1-0:3.8.0*255'),
  row(ELECTRICITY, 'power', '1-0:1.7.0*255'),
  row(ELECTRICITY, 'power', '1-0:1.7.0*255', ['positive_only']),
  row(ELECTRICITY, 'power', '1-0:2.7.0*255', ['negative_only']),
  row(ELECTRICITY, 'power', '1-0:16.7.0*255', ['delta_import_export']),
  row(ELECTRICITY, 'power', '1-0:1.6.0*255', [], { function: 'maximum' }),
  ...['21', '41', '61'].map((code, phase) =>
    row(ELECTRICITY, 'power', `1-0:${code}.7.0*255`, [`phase_l${phase + 1}`]),
  ),
  ...['32', '52', '72'].map((code, phase) =>
    row(ELECTRICITY, 'voltage', `1-0:${code}.7.0*255`, [`phase_l${phase + 1}`]),
  ),
  ...['31', '51', '71'].map((code, phase) =>
    row(ELECTRICITY, 'current', `1-0:${code}.7.0*255`, [`phase_l${phase + 1}`]),
  ),
  ...['4', '15', '26'].map((code, phase) =>
    row(ELECTRICITY, 'phase_angle_current', `1-0:81.7.${code}*255`, [`phase_l${phase + 1}`]),
  ),
  row(ELECTRICITY, 'frequency', '1-0:14.7.0*255'),
];

const thermal = (media: readonly number[], a: number): readonly ObisRow[] => [
  row(media, 'energy', `${a}-0:1.0.0*255`),
  row(media, 'energy', `${a}-0:1.2.0*255`, [], due),
  row(media, 'volume', `${a}-0:2.0.0*255`),
  row(media, 'power', `${a}-0:8.0.0*255`),
  row(media, 'volume_flow', `${a}-0:9.0.0*255`),
  row(media, 'flow_temperature', `${a}-0:10.0.0*255`),
  row(media, 'return_temperature', `${a}-0:11.0.0*255`),
];

const water = (media: readonly number[], a: number): readonly ObisRow[] => [
  row(media, 'volume', `${a}-0:1.0.0*255`),
  row(media, 'volume', `${a}-0:1.2.0*255`, [], due),
  row(media, 'volume_flow', `${a}-0:2.0.0*255`),
];

export const OBIS_ROWS: readonly ObisRow[] = [
  ...electricity,
  ...thermal(HEAT, 6),
  row(HEAT, 'energy', '6-0:1.0.T*255', [], byTariff),
  row(HEAT, 'volume', '6-0:2.2.0*255', [], due),
  row(HEAT, 'temperature_difference', '6-0:12.0.0*255'),
  row([0x0d], 'energy', '5-0:1.0.0*255', ['negative_only']),
  ...thermal(COOLING, 5),
  ...water(COLD_WATER, 8),
  ...water(WARM_WATER, 9),
  row(ALLOCATOR, 'heat_cost_allocation', '4-0:1.0.0*255'),
  row(ALLOCATOR, 'heat_cost_allocation', '4-0:1.0.0*255', ['unsigned']),
  row(ALLOCATOR, 'heat_cost_allocation', '4-0:1.2.0*255', [], due),
  row(ALLOCATOR, 'heat_cost_allocation', '4-0:1.2.0*255', ['unsigned'], due),
  row(GAS, 'volume', '7-0:3.0.0*255', ['uncorrected']),
  row(GAS, 'volume', '7-0:3.1.0*255'),
  row(GAS, 'volume_flow', '7-0:43.15.0*255'),
  row('any', 'fabrication_number', 'A-0:96.1.0*255'),
  row('any', 'identification', '0-0:96.1.255*255'),
  row('any', 'date', 'A-0:0.9.2*255'),
  row('any', 'datetime', 'A-0:0.9.1*255'),
  row('any', 'averaging_duration', 'A-0:0.8.0*255'),
  row('any', 'battery_remaining', '0-0:96.6.1*255'),
];

/** OBIS value group A of each device type; what is not here is abstract, 0. */
export const GROUP_A: Readonly<Record<number, number>> = Object.fromEntries([
  ...ELECTRICITY.map((code) => [code, 1]),
  ...ALLOCATOR.map((code) => [code, 4]),
  ...COOLING.map((code) => [code, 5]),
  ...HEAT.map((code) => [code, 6]),
  ...GAS.map((code) => [code, 7]),
  ...COLD_WATER.map((code) => [code, 8]),
  ...WARM_WATER.map((code) => [code, 9]),
]);
