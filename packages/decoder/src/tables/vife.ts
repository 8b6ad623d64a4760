/**
 * What a combinable VIFE does to its record (EN 13757-3 tables 15 and 16).
 *
 * `qualify`: the value keeps its unit, its meaning is narrowed. `per` and `times`: the unit is divided or multiplied.
 * `scale`: times 10^scale. `add`: plus 10^scale of the VIF's unit. `time`: the value is an instant, by its length.
 * `duration`: the value is a duration in `unit`. `count`: it is a number of times. `error`: the meter has no valid value. `profile`: the bytes are a
 * compact profile. `unsigned`, `bits`: the number's type. `vendor`: what follows is the manufacturer's own.
 */
export type VifeEffect =
  | 'qualify'
  | 'per'
  | 'times'
  | 'scale'
  | 'add'
  | 'time'
  | 'duration'
  | 'count'
  | 'error'
  | 'profile'
  | 'unsigned'
  | 'bits'
  | 'vendor'
  | 'reserved';

export interface VifeRow {
  /** `main`: the VIFE itself. `fc`: the byte behind FC. */
  readonly table: 'main' | 'fc';
  readonly code: number;
  readonly name: string;
  readonly effect: VifeEffect;
  /** Power of ten, for `scale` and `add`. */
  readonly scale?: number;
  /** Unit that the value is per, times, or in. */
  readonly unit?: string;
}

const main = (code: number, name: string, effect: VifeEffect = 'qualify'): VifeRow => ({
  table: 'main',
  code,
  name,
  effect,
});
const fc = (code: number, name: string, effect: VifeEffect = 'qualify'): VifeRow => ({
  table: 'fc',
  code,
  name,
  effect,
});
const per = (code: number, unit: string, name = `per_${unit}`): VifeRow => ({
  table: 'main',
  code,
  name,
  effect: 'per',
  unit,
});
const times = (code: number, unit: string, name: string): VifeRow => ({
  table: 'main',
  code,
  name,
  effect: 'times',
  unit,
});
const NN = ['s', 'min', 'h', 'd'] as const;
const durations = (code: number, name: string): readonly VifeRow[] =>
  NN.map((unit, nn) => ({ table: 'main', code: code + nn, name, effect: 'duration', unit }));

/** From meter to master 00 … 1F report why a record has no value; from master to meter they are actions, see {@link ACTIONS}. */
const ERRORS: readonly VifeRow[] = [
  main(0x00, 'no_error'),
  main(0x01, 'error_too_many_difes', 'error'),
  main(0x02, 'error_storage_not_implemented', 'error'),
  main(0x03, 'error_subunit_not_implemented', 'error'),
  main(0x04, 'error_tariff_not_implemented', 'error'),
  main(0x05, 'error_function_not_implemented', 'error'),
  main(0x06, 'error_data_class_not_implemented', 'error'),
  main(0x07, 'error_data_size_not_implemented', 'error'),
  main(0x0b, 'error_too_many_vifes', 'error'),
  main(0x0c, 'error_illegal_vif_group', 'error'),
  main(0x0d, 'error_illegal_vif_exponent', 'error'),
  main(0x0e, 'error_vif_dif_mismatch', 'error'),
  main(0x0f, 'error_unimplemented_action', 'error'),
  main(0x15, 'error_no_data_available', 'error'),
  main(0x16, 'error_data_overflow', 'error'),
  main(0x17, 'error_data_underflow', 'error'),
  main(0x18, 'error_data_error', 'error'),
  main(0x1c, 'error_premature_end_of_record', 'error'),
];

const QUALIFIERS: readonly VifeRow[] = [
  main(0x12, 'average'),
  main(0x13, 'inverse_compact_profile', 'profile'),
  main(0x14, 'relative_deviation'),
  main(0x1d, 'standard_conform'),
  main(0x1e, 'compact_profile_with_registers', 'profile'),
  main(0x1f, 'compact_profile', 'profile'),
  per(0x20, 's', 'per_second'),
  per(0x21, 'min', 'per_minute'),
  per(0x22, 'h', 'per_hour'),
  per(0x23, 'd', 'per_day'),
  per(0x24, 'week', 'per_week'),
  per(0x25, 'month', 'per_month'),
  per(0x26, 'year', 'per_year'),
  per(0x27, 'revolution', 'per_revolution'),
  main(0x28, 'increment_per_input_pulse_0'),
  main(0x29, 'increment_per_input_pulse_1'),
  main(0x2a, 'increment_per_output_pulse_0'),
  main(0x2b, 'increment_per_output_pulse_1'),
  per(0x2c, 'l', 'per_litre'),
  per(0x2d, 'm3', 'per_m3'),
  per(0x2e, 'kg', 'per_kg'),
  per(0x2f, 'K', 'per_kelvin'),
  per(0x30, 'kWh', 'per_kwh'),
  per(0x31, 'GJ', 'per_gj'),
  per(0x32, 'kW', 'per_kw'),
  per(0x33, '(K·l)', 'per_kelvin_litre'),
  per(0x34, 'V', 'per_volt'),
  per(0x35, 'A', 'per_ampere'),
  times(0x36, 's', 'times_second'),
  times(0x37, 's/V', 'times_second_per_volt'),
  times(0x38, 's/A', 'times_second_per_ampere'),
  main(0x39, 'start_of', 'time'),
  main(0x3a, 'uncorrected'),
  main(0x3b, 'positive_only'),
  main(0x3c, 'negative_only'),
  main(0x3d, 'non_metric'),
  main(0x3e, 'at_base_conditions'),
  main(0x3f, 'obis_declaration'),
  main(0x40, 'lower_limit'),
  main(0x41, 'lower_limit_exceeds', 'count'),
  main(0x42, 'begin_of_first_lower_limit_exceed', 'time'),
  main(0x43, 'end_of_first_lower_limit_exceed', 'time'),
  main(0x46, 'begin_of_last_lower_limit_exceed', 'time'),
  main(0x47, 'end_of_last_lower_limit_exceed', 'time'),
  main(0x48, 'upper_limit'),
  main(0x49, 'upper_limit_exceeds', 'count'),
  main(0x4a, 'begin_of_first_upper_limit_exceed', 'time'),
  main(0x4b, 'end_of_first_upper_limit_exceed', 'time'),
  main(0x4e, 'begin_of_last_upper_limit_exceed', 'time'),
  main(0x4f, 'end_of_last_upper_limit_exceed', 'time'),
  ...durations(0x50, 'time_in_first_lower_limit_exceed'),
  ...durations(0x54, 'time_in_last_lower_limit_exceed'),
  ...durations(0x58, 'time_in_first_upper_limit_exceed'),
  ...durations(0x5c, 'time_in_last_upper_limit_exceed'),
  ...durations(0x60, 'duration_of_first'),
  ...durations(0x64, 'duration_of_last'),
  main(0x68, 'during_lower_limit_exceed'),
  main(0x69, 'leakage'),
  main(0x6a, 'begin_of_first', 'time'),
  main(0x6b, 'end_of_first', 'time'),
  main(0x6c, 'during_upper_limit_exceed'),
  main(0x6d, 'overflow'),
  main(0x6e, 'begin_of_last', 'time'),
  main(0x6f, 'end_of_last', 'time'),
  ...Array.from({ length: 8 }, (_, nnn): VifeRow => ({
    table: 'main',
    code: 0x70 + nnn,
    name: `times_10^${nnn - 6}`,
    effect: 'scale',
    scale: nnn - 6,
  })),
  ...Array.from({ length: 4 }, (_, nn): VifeRow => ({
    table: 'main',
    code: 0x78 + nn,
    name: `plus_10^${nn - 3}`,
    effect: 'add',
    scale: nn - 3,
  })),
  { table: 'main', code: 0x7d, name: 'times_10^3', effect: 'scale', scale: 3 },
  main(0x7e, 'future'),
  main(0x7f, 'manufacturer_specific', 'vendor'),
];

/** EN 13757-3:2018 table 17, behind FC. */
const FC: readonly VifeRow[] = [
  fc(0x01, 'phase_l1'),
  fc(0x02, 'phase_l2'),
  fc(0x03, 'phase_l3'),
  fc(0x04, 'neutral'),
  fc(0x05, 'between_l1_l2'),
  fc(0x06, 'between_l2_l3'),
  fc(0x07, 'between_l3_l1'),
  fc(0x08, 'quadrant_1'),
  fc(0x09, 'quadrant_2'),
  fc(0x0a, 'quadrant_3'),
  fc(0x0b, 'quadrant_4'),
  fc(0x0c, 'delta_import_export'),
  fc(0x0d, 'non_metric_alternative'),
  fc(0x0e, 'secondary_sensor'),
  fc(0x0f, 'higher_resolution'),
  fc(0x10, 'absolute_accumulation'),
  fc(0x11, 'unsigned', 'unsigned'),
  fc(0x12, 'bit_array', 'bits'),
  fc(0x13, 'end_of', 'time'),
  fc(0x14, 'from_partner_to_meter'),
  fc(0x15, 'from_meter_to_partner'),
];

export const VIFE_ROWS: readonly VifeRow[] = [...ERRORS, ...QUALIFIERS, ...FC];

/** A VIFE's number in a batch's `modifiers` column: 1 and its code, 128 and its code behind FC. */
export function vifeNumber({ code, table }: VifeRow): number {
  return table === 'main' ? 1 + code : 128 + code;
}

/** Object actions: what VIFEs 00 … 0D ask of a meter, in telegrams to it (CI 51, 5A, 5B). */
export const ACTIONS: readonly string[] = [
  'action_write',
  'action_add',
  'action_subtract',
  'action_or',
  'action_and',
  'action_xor',
  'action_and_not',
  'action_clear',
  'action_add_entry',
  'action_delete_entry',
  'action_delayed',
  'action_freeze',
  'action_add_to_readout',
  'action_delete_from_readout',
];
