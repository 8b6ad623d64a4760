import { VENDOR_QUANTITIES } from './vendor-quantity.ts';
import { VENDOR_VIFS } from './vendor-vif.ts';

/**
 * How a VIF's value is read, beside what the DIF says of its bytes (EN 13757-3 annex A has the types' letters).
 *
 * `number`: type B, A, H or LVAR number, by the DIF. `unsigned`: type C. `bits`: type D, a bit array shown as unsigned.
 * `time`: G, J, F, I or M by length. `identifier`: digits or text, never a number. `bytes`: a container, kept raw.
 * `text-unit`: a number whose unit stands in the telegram. `raw`: types without a public layout, named and kept raw.
 */
export type VifType =
  | 'number'
  | 'unsigned'
  | 'bits'
  | 'time'
  | 'identifier'
  | 'bytes'
  | 'text-unit'
  | 'raw';

export type VifTable = 'main' | 'fb' | 'fd' | 'fdfd';

/** Codes `code` … `code + span − 1`; the first code's values are in `10^scale` of `unit`, each next one ten times that. */
export interface VifRow {
  readonly table: VifTable;
  readonly code: number;
  readonly span: number;
  readonly quantity: string;
  /** One unit, or one for each code of the span (durations: the code chooses the unit, the number is not scaled). */
  readonly unit: string | readonly string[];
  readonly scale: number;
  readonly type: VifType;
  /** The value is `n · 2^-12`, exact in decimals because 2^-12 = 5^12 · 10^-12. */
  readonly binaryFraction?: 12;
  readonly note?: string;
}

const NN = ['s', 'min', 'h', 'd'] as const;
const PP = ['h', 'd', 'month', 'year'] as const;

function row(
  table: VifTable,
  code: number,
  span: number,
  quantity: string,
  unit: string | readonly string[] = '',
  scale = 0,
  type: VifType = 'number',
): VifRow {
  return { table, code, span, quantity, unit, scale, type };
}

/** EN 13757-3 table 10 (primary VIF). */
const MAIN: readonly VifRow[] = [
  row('main', 0x00, 8, 'energy', 'Wh', -3),
  row('main', 0x08, 8, 'energy', 'J', 0),
  row('main', 0x10, 8, 'volume', 'm3', -6),
  row('main', 0x18, 8, 'mass', 'kg', -3),
  row('main', 0x20, 4, 'on_time', NN),
  row('main', 0x24, 4, 'operating_time', NN),
  row('main', 0x28, 8, 'power', 'W', -3),
  row('main', 0x30, 8, 'power', 'J/h', 0),
  row('main', 0x38, 8, 'volume_flow', 'm3/h', -6),
  row('main', 0x40, 8, 'volume_flow', 'm3/min', -7),
  row('main', 0x48, 8, 'volume_flow', 'm3/s', -9),
  row('main', 0x50, 8, 'mass_flow', 'kg/h', -3),
  row('main', 0x58, 4, 'flow_temperature', '°C', -3),
  row('main', 0x5c, 4, 'return_temperature', '°C', -3),
  row('main', 0x60, 4, 'temperature_difference', 'K', -3),
  row('main', 0x64, 4, 'external_temperature', '°C', -3),
  row('main', 0x68, 4, 'pressure', 'bar', -3),
  row('main', 0x6c, 1, 'date', '', 0, 'time'),
  row('main', 0x6d, 1, 'datetime', '', 0, 'time'),
  row('main', 0x6e, 1, 'heat_cost_allocation', 'hca'),
  row('main', 0x70, 4, 'averaging_duration', NN),
  row('main', 0x74, 4, 'actuality_duration', NN),
  row('main', 0x78, 1, 'fabrication_number', '', 0, 'identifier'),
  row('main', 0x79, 1, 'identification', '', 0, 'identifier'),
  row('main', 0x7a, 1, 'address', '', 0, 'unsigned'),
  row('main', 0x7c, 1, 'plain_text_unit', '', 0, 'text-unit'),
  row('main', 0x7e, 1, 'any'),
  row('main', 0x7f, 1, 'manufacturer_specific'),
];

/** EN 13757-3 table 12 (first extension, FB). Units until 2004 (°F, US gallon) are still decoded. */
const FB: readonly VifRow[] = [
  row('fb', 0x00, 2, 'energy', 'Wh', 5),
  row('fb', 0x02, 2, 'reactive_energy', 'varh', 3),
  row('fb', 0x04, 2, 'apparent_energy', 'VAh', 3),
  row('fb', 0x06, 1, 'coefficient_of_performance', '', -1),
  row('fb', 0x08, 2, 'energy', 'J', 8),
  row('fb', 0x0c, 4, 'energy', 'cal', 5),
  row('fb', 0x10, 2, 'volume', 'm3', 2),
  row('fb', 0x14, 4, 'reactive_power', 'var', 0),
  row('fb', 0x18, 2, 'mass', 'kg', 5),
  row('fb', 0x1a, 2, 'relative_humidity', '%', -1),
  row('fb', 0x20, 1, 'volume', 'ft3', 0),
  row('fb', 0x21, 1, 'volume', 'ft3', -1),
  row('fb', 0x22, 1, 'volume', 'gal', -1),
  row('fb', 0x23, 1, 'volume', 'gal', 0),
  row('fb', 0x24, 1, 'volume_flow', 'gal/min', -3),
  row('fb', 0x25, 1, 'volume_flow', 'gal/min', 0),
  row('fb', 0x26, 1, 'volume_flow', 'gal/h', 0),
  row('fb', 0x28, 2, 'power', 'W', 5),
  row('fb', 0x2a, 1, 'phase_angle_voltage', '°', -1),
  row('fb', 0x2b, 1, 'phase_angle_current', '°', -1),
  row('fb', 0x2c, 4, 'frequency', 'Hz', -3),
  row('fb', 0x30, 2, 'power', 'J/h', 8),
  row('fb', 0x34, 4, 'apparent_power', 'VA', 0),
  row('fb', 0x58, 4, 'flow_temperature', '°F', -3),
  row('fb', 0x5c, 4, 'return_temperature', '°F', -3),
  row('fb', 0x60, 4, 'temperature_difference', '°F', -3),
  row('fb', 0x64, 4, 'external_temperature', '°F', -3),
  { ...row('fb', 0x68, 1, 'hca_rating_factor', '', 0, 'unsigned'), binaryFraction: 12 },
  row('fb', 0x69, 1, 'hca_thermal_output_factor', 'W', 0, 'unsigned'),
  { ...row('fb', 0x6a, 1, 'hca_coupling_factor', '', 0, 'unsigned'), binaryFraction: 12 },
  { ...row('fb', 0x6b, 1, 'hca_coupling_factor_room', '', 0, 'unsigned'), binaryFraction: 12 },
  { ...row('fb', 0x6c, 1, 'hca_coupling_factor_heater', '', 0, 'unsigned'), binaryFraction: 12 },
  { ...row('fb', 0x6d, 1, 'hca_low_temperature_factor', '', 0, 'unsigned'), binaryFraction: 12 },
  { ...row('fb', 0x6e, 1, 'hca_display_factor', '', 0, 'unsigned'), binaryFraction: 12 },
  row('fb', 0x70, 4, 'temperature_limit', '°F', -3),
  row('fb', 0x74, 4, 'temperature_limit', '°C', -3),
  row('fb', 0x78, 8, 'power_cumulative_maximum', 'W', -3),
];

/** EN 13757-3 table 14 (second extension, FD). */
const FD: readonly VifRow[] = [
  row('fd', 0x00, 4, 'credit', 'currency', -3),
  row('fd', 0x04, 4, 'debit', 'currency', -3),
  row('fd', 0x08, 1, 'access_number', '', 0, 'unsigned'),
  row('fd', 0x09, 1, 'device_type', '', 0, 'unsigned'),
  row('fd', 0x0a, 1, 'manufacturer', '', 0, 'unsigned'),
  row('fd', 0x0b, 1, 'parameter_set', '', 0, 'unsigned'),
  row('fd', 0x0c, 1, 'model_version', '', 0, 'unsigned'),
  row('fd', 0x0d, 1, 'hardware_version', '', 0, 'unsigned'),
  row('fd', 0x0e, 1, 'firmware_version', '', 0, 'unsigned'),
  row('fd', 0x0f, 1, 'software_version', '', 0, 'unsigned'),
  row('fd', 0x10, 1, 'customer_location', '', 0, 'identifier'),
  row('fd', 0x11, 1, 'customer', '', 0, 'identifier'),
  row('fd', 0x12, 1, 'access_code_user', '', 0, 'unsigned'),
  row('fd', 0x13, 1, 'access_code_operator', '', 0, 'unsigned'),
  row('fd', 0x14, 1, 'access_code_system_operator', '', 0, 'unsigned'),
  row('fd', 0x15, 1, 'access_code_developer', '', 0, 'unsigned'),
  row('fd', 0x16, 1, 'password', '', 0, 'unsigned'),
  row('fd', 0x17, 1, 'error_flags', '', 0, 'bits'),
  row('fd', 0x18, 1, 'error_mask', '', 0, 'bits'),
  row('fd', 0x19, 1, 'security_key', '', 0, 'bytes'),
  row('fd', 0x1a, 1, 'digital_output', '', 0, 'bits'),
  row('fd', 0x1b, 1, 'digital_input', '', 0, 'bits'),
  row('fd', 0x1c, 1, 'baud_rate', 'Bd', 0, 'unsigned'),
  row('fd', 0x1d, 1, 'response_delay', 'bit times', 0, 'unsigned'),
  row('fd', 0x1e, 1, 'retry', '', 0, 'unsigned'),
  row('fd', 0x1f, 1, 'remote_control', '', 0, 'bits'),
  row('fd', 0x20, 1, 'first_cyclic_storage', '', 0, 'unsigned'),
  row('fd', 0x21, 1, 'last_cyclic_storage', '', 0, 'unsigned'),
  row('fd', 0x22, 1, 'storage_block_size', '', 0, 'unsigned'),
  row('fd', 0x23, 1, 'tariff_subunit_descriptor', '', 0, 'unsigned'),
  row('fd', 0x24, 4, 'storage_interval', NN),
  row('fd', 0x28, 1, 'storage_interval', 'month'),
  row('fd', 0x29, 1, 'storage_interval', 'year'),
  row('fd', 0x2a, 1, 'operator_specific'),
  row('fd', 0x2b, 1, 'time_point_second', 's', 0, 'unsigned'),
  row('fd', 0x2c, 4, 'duration_since_readout', NN, 0, 'unsigned'),
  row('fd', 0x30, 1, 'tariff_start', '', 0, 'time'),
  row('fd', 0x31, 3, 'tariff_duration', ['min', 'h', 'd'], 0, 'unsigned'),
  row('fd', 0x34, 4, 'tariff_period', NN),
  row('fd', 0x38, 1, 'tariff_period', 'month'),
  row('fd', 0x39, 1, 'tariff_period', 'year'),
  row('fd', 0x3a, 1, 'dimensionless'),
  row('fd', 0x3b, 1, 'wireless_container', '', 0, 'bytes'),
  row('fd', 0x3c, 4, 'transmission_period', NN, 0, 'unsigned'),
  row('fd', 0x40, 16, 'voltage', 'V', -9),
  row('fd', 0x50, 16, 'current', 'A', -12),
  row('fd', 0x60, 1, 'reset_counter'),
  row('fd', 0x61, 1, 'cumulation_counter'),
  row('fd', 0x62, 1, 'control_signal'),
  row('fd', 0x63, 1, 'day_of_week', '', 0, 'unsigned'),
  row('fd', 0x64, 1, 'week_number', '', 0, 'unsigned'),
  row('fd', 0x65, 1, 'day_change', '', 0, 'time'),
  row('fd', 0x66, 1, 'parameter_activation', '', 0, 'unsigned'),
  row('fd', 0x67, 1, 'supplier_information', '', 0, 'unsigned'),
  row('fd', 0x68, 4, 'duration_since_cumulation', PP, 0, 'unsigned'),
  row('fd', 0x6c, 4, 'battery_operating_time', PP),
  row('fd', 0x70, 1, 'battery_change', '', 0, 'time'),
  row('fd', 0x71, 1, 'rf_level', 'dBm'),
  row('fd', 0x72, 1, 'daylight_saving', '', 0, 'raw'),
  row('fd', 0x73, 1, 'listening_window', '', 0, 'raw'),
  row('fd', 0x74, 1, 'battery_remaining', 'd', 0, 'unsigned'),
  row('fd', 0x75, 1, 'stop_count', '', 0, 'unsigned'),
  row('fd', 0x76, 1, 'manufacturer_container', '', 0, 'bytes'),
];

/** Second level of the second extension (FD FD); EN 13757-3:2018. */
const FDFD: readonly VifRow[] = [
  row('fdfd', 0x00, 1, 'selected_application'),
  row('fdfd', 0x02, 1, 'battery_remaining', 'month'),
  row('fdfd', 0x03, 1, 'battery_remaining', 'year'),
  row('fdfd', 0x3e, 1, 'moisture', '%'),
];

export const VIF_ROWS: readonly VifRow[] = [...MAIN, ...FB, ...FD, ...FDFD];

/** One (quantity, unit) that a record can have; the number in a batch's `vif` column is an index into {@link MEANINGS}. */
export interface Meaning {
  readonly quantity: string;
  readonly unit: string;
}

/** 0 is a code that no table defines; 1 is what stands behind DIF 0F or 1F, without a VIF; then what VIFEs make durations, and counts. */
const FIRST: readonly Meaning[] = [
  { quantity: 'reserved', unit: '' },
  { quantity: 'manufacturer_data', unit: '' },
  ...NN.map((unit) => ({ quantity: 'duration', unit })),
  { quantity: 'count', unit: '' },
];

function collect(): readonly Meaning[] {
  const meanings: Meaning[] = [...FIRST];
  const seen = new Set<string>();
  for (const { quantity, unit } of [...VIF_ROWS, ...VENDOR_VIFS, ...VENDOR_QUANTITIES])
    for (const one of typeof unit === 'string' ? [unit] : unit) {
      const key = `${quantity}\n${one}`;
      if (seen.has(key)) continue;
      seen.add(key);
      meanings.push({ quantity, unit: one });
    }
  return meanings;
}

export const MEANINGS: readonly Meaning[] = collect();
