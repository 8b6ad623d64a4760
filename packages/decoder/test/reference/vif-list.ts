// The VIF tables as lines to read aloud: first code, number of codes, power of ten of the first, unit, quantity, type.
// `nn` and `pp` are units chosen by the code. Retyped from the facts, not taken from the decoder's own table.

const MAIN = `
00 8  -3 Wh     energy
08 8   0 J      energy
10 8  -6 m3     volume
18 8  -3 kg     mass
20 4   0 nn     on_time
24 4   0 nn     operating_time
28 8  -3 W      power
30 8   0 J/h    power
38 8  -6 m3/h   volume_flow
40 8  -7 m3/min volume_flow
48 8  -9 m3/s   volume_flow
50 8  -3 kg/h   mass_flow
58 4  -3 °C     flow_temperature
5c 4  -3 °C     return_temperature
60 4  -3 K      temperature_difference
64 4  -3 °C     external_temperature
68 4  -3 bar    pressure
6c 1   0 -      date                   time
6d 1   0 -      datetime               time
6e 1   0 hca    heat_cost_allocation
70 4   0 nn     averaging_duration
74 4   0 nn     actuality_duration
78 1   0 -      fabrication_number     identifier
79 1   0 -      identification         identifier
7a 1   0 -      address                unsigned
7c 1   0 -      plain_text_unit        text-unit
7e 1   0 -      any
7f 1   0 -      manufacturer_specific`;

const FB = `
00 2   5 Wh     energy
02 2   3 varh   reactive_energy
04 2   3 VAh    apparent_energy
06 1  -1 -      coefficient_of_performance
08 2   8 J      energy
0c 4   5 cal    energy
10 2   2 m3     volume
14 4   0 var    reactive_power
18 2   5 kg     mass
1a 2  -1 %      relative_humidity
20 1   0 ft3    volume
21 1  -1 ft3    volume
22 1  -1 gal    volume
23 1   0 gal    volume
24 1  -3 gal/min volume_flow
25 1   0 gal/min volume_flow
26 1   0 gal/h  volume_flow
28 2   5 W      power
2a 1  -1 °      phase_angle_voltage
2b 1  -1 °      phase_angle_current
2c 4  -3 Hz     frequency
30 2   8 J/h    power
34 4   0 VA     apparent_power
58 4  -3 °F     flow_temperature
5c 4  -3 °F     return_temperature
60 4  -3 °F     temperature_difference
64 4  -3 °F     external_temperature
68 1   0 -      hca_rating_factor        2^-12
69 1   0 W      hca_thermal_output_factor unsigned
6a 1   0 -      hca_coupling_factor      2^-12
6b 1   0 -      hca_coupling_factor_room 2^-12
6c 1   0 -      hca_coupling_factor_heater 2^-12
6d 1   0 -      hca_low_temperature_factor 2^-12
6e 1   0 -      hca_display_factor       2^-12
70 4  -3 °F     temperature_limit
74 4  -3 °C     temperature_limit
78 8  -3 W      power_cumulative_maximum`;

const FD = `
00 4  -3 currency credit
04 4  -3 currency debit
08 1   0 -      access_number          unsigned
09 1   0 -      device_type            unsigned
0a 1   0 -      manufacturer           unsigned
0b 1   0 -      parameter_set          unsigned
0c 1   0 -      model_version          unsigned
0d 1   0 -      hardware_version       unsigned
0e 1   0 -      firmware_version       unsigned
0f 1   0 -      software_version       unsigned
10 1   0 -      customer_location      identifier
11 1   0 -      customer               identifier
12 1   0 -      access_code_user       unsigned
13 1   0 -      access_code_operator   unsigned
14 1   0 -      access_code_system_operator unsigned
15 1   0 -      access_code_developer  unsigned
16 1   0 -      password               unsigned
17 1   0 -      error_flags            bits
18 1   0 -      error_mask             bits
19 1   0 -      security_key           bytes
1a 1   0 -      digital_output         bits
1b 1   0 -      digital_input          bits
1c 1   0 Bd     baud_rate              unsigned
1d 1   0 bit_times response_delay      unsigned
1e 1   0 -      retry                  unsigned
1f 1   0 -      remote_control         bits
20 1   0 -      first_cyclic_storage   unsigned
21 1   0 -      last_cyclic_storage    unsigned
22 1   0 -      storage_block_size     unsigned
23 1   0 -      tariff_subunit_descriptor unsigned
24 4   0 nn     storage_interval
28 1   0 month  storage_interval
29 1   0 year   storage_interval
2a 1   0 -      operator_specific
2b 1   0 s      time_point_second      unsigned
2c 4   0 nn     duration_since_readout unsigned
30 1   0 -      tariff_start           time
31 1   0 min    tariff_duration        unsigned
32 1   0 h      tariff_duration        unsigned
33 1   0 d      tariff_duration        unsigned
34 4   0 nn     tariff_period
38 1   0 month  tariff_period
39 1   0 year   tariff_period
3a 1   0 -      dimensionless
3b 1   0 -      wireless_container     bytes
3c 4   0 nn     transmission_period    unsigned
40 16 -9 V      voltage
50 16 -12 A     current
60 1   0 -      reset_counter
61 1   0 -      cumulation_counter
62 1   0 -      control_signal
63 1   0 -      day_of_week            unsigned
64 1   0 -      week_number            unsigned
65 1   0 -      day_change             time
66 1   0 -      parameter_activation   unsigned
67 1   0 -      supplier_information   unsigned
68 4   0 pp     duration_since_cumulation unsigned
6c 4   0 pp     battery_operating_time
70 1   0 -      battery_change         time
71 1   0 dBm    rf_level
72 1   0 -      daylight_saving        raw
73 1   0 -      listening_window       raw
74 1   0 d      battery_remaining      unsigned
75 1   0 -      stop_count             unsigned
76 1   0 -      manufacturer_container bytes`;

const FDFD = `
00 1   0 -      selected_application
02 1   0 month  battery_remaining
03 1   0 year   battery_remaining
3e 1   0 %      moisture`;

export type VifKind =
  | 'number'
  | 'unsigned'
  | 'bits'
  | 'time'
  | 'identifier'
  | 'bytes'
  | 'text-unit'
  | 'raw'
  | '2^-12';

export interface VifMeaning {
  readonly quantity: string;
  readonly unit: string;
  readonly exponent: number;
  readonly kind: VifKind;
}

const CHOSEN: Record<string, readonly string[]> = {
  nn: ['s', 'min', 'h', 'd'],
  pp: ['h', 'd', 'month', 'year'],
};

function read(list: string): Map<number, VifMeaning> {
  const meanings = new Map<number, VifMeaning>();
  for (const line of list.trim().split('\n')) {
    const [first, span, exponent, unit, quantity, kind = 'number'] = line.split(/\s+/);
    for (let i = 0; i < Number(span); i++) {
      const chosen = CHOSEN[unit!];
      meanings.set(Number.parseInt(first!, 16) + i, {
        quantity: quantity!,
        unit: chosen?.[i] ?? (unit === '-' ? '' : unit!.replace('_', ' ')),
        exponent: chosen === undefined ? Number(exponent) + i : 0,
        kind: kind as VifKind,
      });
    }
  }
  return meanings;
}

const TABLES = { main: read(MAIN), fb: read(FB), fd: read(FD), fdfd: read(FDFD) };

/** What a code of a table means; an undefined one is reserved. */
export function vifMeaning(table: keyof typeof TABLES, code: number): VifMeaning {
  return TABLES[table].get(code) ?? { quantity: 'reserved', unit: '', exponent: 0, kind: 'number' };
}
