import type { VifType } from './vif.ts';

/**
 * Records whose VIF is FF, the manufacturer's own: what the VIFEs behind it mean for a manufacturer. From the
 * manufacturers' published register lists and from telegrams of their meters; a code that is not here stays
 * `manufacturer_specific`, its number as sent.
 */
export interface VendorVifRow {
  /** Three letters. */
  readonly manufacturer: string;
  /** VIFEs behind FF, without their extension bits. */
  readonly codes: readonly number[];
  readonly quantity: string;
  readonly unit: string;
  readonly scale: number;
  readonly type: VifType;
}

const rows = (
  manufacturers: readonly string[],
  list: readonly (readonly [readonly number[], string, string, number, VifType])[],
): readonly VendorVifRow[] =>
  manufacturers.flatMap((manufacturer) =>
    list.map(([codes, quantity, unit, scale, type]) => ({
      manufacturer,
      codes,
      quantity,
      unit,
      scale,
      type,
    })),
  );

/** Kamstrup: energy registers E8 and E9 are sums of volume times temperature; info codes are bit arrays. */
const KAMSTRUP = rows(
  ['KAM', 'KAW', 'KIM'],
  [
    [[0x07], 'volume_times_flow_temperature', 'm3·K', 0, 'number'],
    [[0x08], 'volume_times_return_temperature', 'm3·K', 0, 'number'],
    [[0x09], 'pressure_alpha', '', 0, 'number'],
    [[0x0a], 'pressure_beta', '', 0, 'number'],
    [[0x20], 'info_flags', '', 0, 'bits'],
    [[0x21], 'info_flags', '', 0, 'bits'],
    [[0x22], 'info_flags', '', 0, 'bits'],
    [[0x23], 'info_flags', '', 0, 'bits'],
  ],
);

/** Schneider Electric iEM3000. */
const SCHNEIDER = rows(
  ['SEC'],
  [
    [[0x0a], 'power_factor', '', 0, 'number'],
    [[0x0b], 'frequency', 'Hz', 0, 'number'],
    [[0x10], 'active_tariff', '', 0, 'unsigned'],
    [[0x20], 'operating_time', 's', 0, 'number'],
    [[0x21], 'phases', '', 0, 'unsigned'],
    [[0x22], 'wires', '', 0, 'unsigned'],
    [[0x23], 'power_system_configuration', '', 0, 'unsigned'],
    [[0x24], 'nominal_frequency', 'Hz', 0, 'unsigned'],
    [[0x2c], 'pulse_duration', 's', -3, 'unsigned'],
    [[0x2e], 'pulse_weight', '', 0, 'number'],
    [[0x2f], 'pulse_constant', '', 0, 'number'],
    [[0x32], 'digital_input', '', 0, 'bits'],
    [[0x35], 'pickup_setpoint', '', 0, 'number'],
    [[0x3a], 'last_alarm_value', '', 0, 'number'],
  ],
);

/** IME: Conto and Nemo. */
const IME = rows(
  ['IME'],
  [
    [[0x00, 0x04, 0x3b], 'energy', 'Wh', 1, 'number'],
    [[0x00, 0x04, 0x3c], 'energy', 'Wh', 1, 'number'],
    [[0x01, 0x04, 0x3b], 'reactive_energy', 'varh', 1, 'number'],
    [[0x01, 0x04, 0x3c], 'reactive_energy', 'varh', 1, 'number'],
    [[0x04, 0x2b], 'power', 'W', 0, 'number'],
    [[0x05, 0x2b], 'reactive_power', 'var', 0, 'number'],
    [[0x06, 0x2b], 'apparent_power', 'VA', 0, 'number'],
    [[0x07, 0x48], 'voltage', 'V', -1, 'number'],
    [[0x08, 0x48], 'voltage', 'V', -1, 'number'],
    [[0x09, 0x59], 'current', 'A', -3, 'number'],
    [[0x0a, 0x48], 'frequency', 'Hz', -1, 'number'],
    [[0x0b, 0x28], 'power_factor', '', -3, 'number'],
    [[0x0c, 0x2b], 'power_factor_sector', '', 0, 'unsigned'],
    [[0x0d, 0x2b], 'power_demand', 'W', 0, 'number'],
    [[0x0e, 0x2b], 'power_demand_maximum', 'W', 0, 'number'],
    [[0x0f, 0x21], 'operating_time', 'min', 0, 'number'],
    [[0x10, 0x29], 'pulse_input', '', -2, 'number'],
    [[0x5a], 'frequency', 'Hz', -1, 'number'],
  ],
);

/** Sontex heat cost allocators. */
const SONTEX = rows(['SON'], [[[0x2d], 'evaluation_factor', '', 0, 'number']]);

export const VENDOR_VIFS: readonly VendorVifRow[] = [...KAMSTRUP, ...SCHNEIDER, ...IME, ...SONTEX];
