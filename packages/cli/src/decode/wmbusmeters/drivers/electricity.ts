import type { DriverRow } from '../driver.ts';

/** Electricity meters. */
export const ELECTRICITY: readonly DriverRow[] = [
  {
    driver: 'abbb23',
    devices: 'ABB 32/2',
    names: `
      manufacturer_specific_vendor_20_vendor_15 ct_numerator_factor
      manufacturer_specific_vendor_21_vendor_15 vt_numerator_factor
      manufacturer_specific_vendor_22_vendor_15 ct_denominator_factor
      manufacturer_specific_vendor_23_vendor_15 vt_denominator_factor
      manufacturer_specific_vendor_2a_vendor_00 product_no`,
  },
  {
    driver: 'amiplus',
    devices: 'APA 1/2, DEV 1/2, NES 3/2',
    names: `
      meter_datetime device_datetime`,
  },
  { driver: 'ebzwmbe', devices: 'EBZ 1/2', names: '' },
  {
    driver: 'eltako',
    devices: 'ELT 1/2',
    names: `
      total_energy_consumption_tariff_1_kwh                      total_tariff_1_kwh total_kwh
      total_energy_consumption_tariff_2_kwh                      total_tariff_2_kwh
      consumption_at_set_date_2_tariff_{n}_kwh                   total_reactive_tariff_{n}_kwh
      voltage_manufacturer_specific_vendor_0{n}_v                voltage_l{n}_n_v
      current_manufacturer_specific_vendor_0{n}_a                current_l{n}_a
      manufacturer_specific_vendor_13                            active_tariff_counter
      manufacturer_specific_vendor_68                            ct_numerator_counter
      power_import_manufacturer_specific_vendor_00_kw            active_power_overall_kw
      power_import_manufacturer_specific_vendor_0{n}_kw          power_l{n}_kw
      power_import_manufacturer_specific_vendor_00_subunit1_kw   reactive_power_overall_kw
      power_import_manufacturer_specific_vendor_0{n}_subunit1_kw reactive_power_l{n}_kw`,
  },
  {
    driver: 'em24',
    devices: 'GAV 0/2, KAM 51/2',
    names: `
      current_power_consumption_kw power_kw`,
  },
  {
    driver: 'esyswm',
    devices: 'ESY 17/2, ETY 17/2',
    names: `
      device_type                                       version
      total_energy_consumption_tariff_{n}_kwh           total_energy_consumption_tariff{n}_kwh
      power_import_manufacturer_specific_vendor_0{n}_kw current_power_consumption_phase{n}_kw`,
  },
  {
    driver: 'gransystems',
    devices: 'GSS 1/2',
    names: `
      meter_datetime                           device_datetime
      set_datetime_2                           target_datetime
      consumption_at_set_date_2_kwh            target_energy_consumption_kwh
      consumption_at_set_date_2_tariff_{n}_kwh target_energy_consumption_tariff_{n}_kwh
      voltage_subunit{n}_v                     voltage_at_phase_{n}_v
      current_subunit{n}_a                     current_at_phase_{n}_a`,
  },
  {
    driver: 'iem3000',
    devices: 'SEC 19/2, SEC 21/2, SEC 24/2',
    names: `
      current_power_consumption_kw               active_consumption_kw
      current_power_consumption_phase{n}_kw      active_consumption_l{n}_kw
      current_power_consumption_subunit1_kw      reactive_consumption_kw
      current_power_consumption_subunit2_kw      apparent_consumption_kw
      current_at_phase_{n}_a                     current_l{n}_a
      current_mean_a                             current_average_a
      voltage_at_phase_{n}_v                     voltage_l{n}_n_v
      voltage_mean_v                             voltage_average_ln_v
      voltage_mean_between_phases_v              voltage_average_ll_v
      total_energy_consumption_subunit1_kwh      total_reactive_energy_consumption_kvarh
      total_energy_production_subunit1_kwh       total_reactive_energy_production_kvarh
      energy_import_partial_total_kwh            partial_energy_consumption_kwh
      energy_import_partial_total_subunit1_kwh   partial_reactive_energy_consumption_kvarh
      meter_time_manufacturer_specific_vendor_0c last_partial_energy_reset_datetime
      meter_time_manufacturer_specific_vendor_0e last_input_metering_reset_datetime
      meter_time_manufacturer_specific_vendor_39 last_alarm_datetime
      active_tariff                              active_tariff_nr
      cumulation_counter                         input_metering_cumulation_counter
      pulse_constant                             pulse_constant_counter
      pulse_weight                               pulse_weight_counter pulse_duration_counter
      phases                                     phases_counter
      pickup_setpoint                            pickup_setpoint_counter
      wires                                      wires_nr`,
  },
  {
    driver: 'ime',
    devices: 'IME 102/2',
    names: `
      power_import_vendor_04_vendor_2b_tariff_7_kw             three_phase_total_active_power_kw
      power_import_vendor_04_vendor_2b_tariff_8_kw             active_power_l1_kw
      power_import_vendor_04_vendor_2b_tariff_9_kw             active_power_l2_kw
      power_import_vendor_04_vendor_2b_tariff_10_kw            active_power_l3_kw
      reactive_power_import_vendor_05_vendor_2b_tariff_7_kvar  three_phase_total_reactive_power_kvar
      reactive_power_import_vendor_05_vendor_2b_tariff_8_kvar  reactive_power_l1_kvar
      reactive_power_import_vendor_05_vendor_2b_tariff_9_kvar  reactive_power_l2_kvar
      reactive_power_import_vendor_05_vendor_2b_tariff_10_kvar reactive_power_l3_kvar
      apparent_power_import_vendor_06_vendor_2b_tariff_7_kva   three_phase_total_apparent_power_kva
      apparent_power_import_vendor_06_vendor_2b_tariff_8_kva   apparent_power_l1_kva
      apparent_power_import_vendor_06_vendor_2b_tariff_9_kva   apparent_power_l2_kva
      apparent_power_import_vendor_06_vendor_2b_tariff_10_kva  apparent_power_l3_kva
      voltage_vendor_07_vendor_48_tariff_8_v                   voltage_1_n_v
      voltage_vendor_07_vendor_48_tariff_9_v                   voltage_2_n_v
      voltage_vendor_07_vendor_48_tariff_10_v                  voltage_3_n_v
      voltage_vendor_08_vendor_48_tariff_8_v                   voltage_1_2_v
      voltage_vendor_08_vendor_48_tariff_9_v                   voltage_2_3_v
      voltage_vendor_08_vendor_48_tariff_10_v                  voltage_3_1_v
      current_vendor_09_vendor_59_tariff_8_a                   current_l1_a
      current_vendor_09_vendor_59_tariff_9_a                   current_l2_a
      current_vendor_09_vendor_59_tariff_10_a                  current_l3_a
      frequency_vendor_0a_vendor_48_hz                         frequency_hz
      power_factor_vendor_0b_vendor_28_tariff_7                three_phase_power_factor
      power_demand_vendor_0d_vendor_2b_tariff_1_kw             total_active_power_requirement_kw
      power_demand_maximum_vendor_0e_vendor_2b_tariff_{n}_kw   max_total_active_power_tariff{n}_kw
      operating_time_vendor_0f_vendor_21_tariff_7_h            run_meter_total_h
      operating_time_vendor_0f_vendor_21_tariff_{n}_h          run_meter_tariff{n}_h`,
  },
  {
    driver: 'nemo',
    devices: 'IME 29/2',
    names: `
      total_energy_consumption_tariff_1_subunit1_kwh  total_active_positive_3phase_kwh
      total_energy_consumption_tariff_2_subunit1_kwh  total_active_partial_3phase_kwh
      total_energy_consumption_tariff_1_subunit2_kwh  total_reactive_positive_3phase_kwh
      total_energy_consumption_tariff_2_subunit2_kwh  total_reactive_partial_3phase_kwh
      current_power_consumption_tariff_1_subunit1_kw  active_positive_3phase_kw
      current_power_consumption_tariff_2_subunit1_kw  active_negative_3phase_kw
      current_power_consumption_tariff_1_subunit2_kw  reactive_positive_3phase_kw
      current_power_consumption_tariff_2_subunit2_kw  reactive_negative_3phase_kw
      current_power_consumption_phase{n}_subunit1_kw  active_power_at_phase_{n}_kw
      current_power_consumption_phase{n}_subunit2_kw  reactive_power_at_phase_{n}_kw
      dimensionless                                   power_factor
      dimensionless_manufacturer_specific_vendor_0{n} at_phase_{n}_power_factor
      current_neutral_a                               current_in_neutral_a`,
  },
  {
    driver: 'nzr',
    devices: 'NZR 0/2',
    names: `
      current_at_storage_2_a                    current_at_phase_1_a
      current_at_storage_4_a                    current_at_phase_2_a
      current_at_storage_6_a                    current_at_phase_3_a
      voltage_at_storage_2_v                    voltage_at_phase_1_v
      voltage_at_storage_4_v                    voltage_at_phase_2_v
      voltage_at_storage_6_v                    voltage_at_phase_3_v
      current_power_consumption_at_storage_2_kw current_power_consumption_1_kw
      current_power_consumption_at_storage_4_kw current_power_consumption_2_kw
      current_power_consumption_at_storage_6_kw current_power_consumption_3_kw`,
  },
  { driver: 'omnipower', devices: 'KAM 48/2', names: '' },
];
