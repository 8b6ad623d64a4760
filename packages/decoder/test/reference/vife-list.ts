// Combinable VIFEs as lines to read aloud: code, name, what it does, and with what. Retyped from the facts.

const MAIN = `
00 no_error
01 error_too_many_difes error
02 error_storage_not_implemented error
03 error_subunit_not_implemented error
04 error_tariff_not_implemented error
05 error_function_not_implemented error
06 error_data_class_not_implemented error
07 error_data_size_not_implemented error
0b error_too_many_vifes error
0c error_illegal_vif_group error
0d error_illegal_vif_exponent error
0e error_vif_dif_mismatch error
0f error_unimplemented_action error
12 average
13 inverse_compact_profile profile
14 relative_deviation
15 error_no_data_available error
16 error_data_overflow error
17 error_data_underflow error
18 error_data_error error
1c error_premature_end_of_record error
1d standard_conform
1e compact_profile_with_registers profile
1f compact_profile profile
20 per_second per s
21 per_minute per min
22 per_hour per h
23 per_day per d
24 per_week per week
25 per_month per month
26 per_year per year
27 per_revolution per revolution
28 increment_per_input_pulse_0
29 increment_per_input_pulse_1
2a increment_per_output_pulse_0
2b increment_per_output_pulse_1
2c per_litre per l
2d per_m3 per m3
2e per_kg per kg
2f per_kelvin per K
30 per_kwh per kWh
31 per_gj per GJ
32 per_kw per kW
33 per_kelvin_litre per (K·l)
34 per_volt per V
35 per_ampere per A
36 times_second times s
37 times_second_per_volt times s/V
38 times_second_per_ampere times s/A
39 start_of time
3a uncorrected
3b positive_only
3c negative_only
3d non_metric
3e at_base_conditions
3f obis_declaration
40 lower_limit
41 lower_limit_exceeds count
42 begin_of_first_lower_limit_exceed time
43 end_of_first_lower_limit_exceed time
46 begin_of_last_lower_limit_exceed time
47 end_of_last_lower_limit_exceed time
48 upper_limit
49 upper_limit_exceeds count
4a begin_of_first_upper_limit_exceed time
4b end_of_first_upper_limit_exceed time
4e begin_of_last_upper_limit_exceed time
4f end_of_last_upper_limit_exceed time
50 time_in_first_lower_limit_exceed nn
54 time_in_last_lower_limit_exceed nn
58 time_in_first_upper_limit_exceed nn
5c time_in_last_upper_limit_exceed nn
60 duration_of_first nn
64 duration_of_last nn
68 during_lower_limit_exceed
69 leakage
6a begin_of_first time
6b end_of_first time
6c during_upper_limit_exceed
6d overflow
6e begin_of_last time
6f end_of_last time
70 times_10^-6 scale -6
71 times_10^-5 scale -5
72 times_10^-4 scale -4
73 times_10^-3 scale -3
74 times_10^-2 scale -2
75 times_10^-1 scale -1
76 times_10^0 scale 0
77 times_10^1 scale 1
78 plus_10^-3 add -3
79 plus_10^-2 add -2
7a plus_10^-1 add -1
7b plus_10^0 add 0
7d times_10^3 scale 3
7e future
7f manufacturer_specific vendor`;

const SECOND = `
01 phase_l1
02 phase_l2
03 phase_l3
04 neutral
05 between_l1_l2
06 between_l2_l3
07 between_l3_l1
08 quadrant_1
09 quadrant_2
0a quadrant_3
0b quadrant_4
0c delta_import_export
0d non_metric_alternative
0e secondary_sensor
0f higher_resolution
10 absolute_accumulation
11 unsigned unsigned
12 bit_array bits
13 end_of time
14 from_partner_to_meter
15 from_meter_to_partner`;

/** Object actions, in telegrams to the meter. */
export const ACTIONS = [
  'write',
  'add',
  'subtract',
  'or',
  'and',
  'xor',
  'and_not',
  'clear',
  'add_entry',
  'delete_entry',
  'delayed',
  'freeze',
  'add_to_readout',
  'delete_from_readout',
].map((name) => `action_${name}`);

export interface Vife {
  readonly name: string;
  readonly effect: string;
  readonly with: string;
}

function read(list: string): Map<number, Vife> {
  const rows = new Map<number, Vife>();
  for (const line of list.trim().split('\n')) {
    const [code, name, effect = 'qualify', argument = ''] = line.split(' ');
    const first = Number.parseInt(code!, 16);
    if (effect === 'nn') {
      for (const [i, unit] of ['s', 'min', 'h', 'd'].entries()) {
        rows.set(first + i, { name: name!, effect: 'duration', with: unit });
      }
    } else rows.set(first, { name: name!, effect, with: argument });
  }
  return rows;
}

export const VIFES: ReadonlyMap<number, Vife> = read(MAIN);
export const SECOND_VIFES: ReadonlyMap<number, Vife> = read(SECOND);
