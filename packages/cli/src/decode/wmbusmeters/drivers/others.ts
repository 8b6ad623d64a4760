import type { DriverRow } from '../driver.ts';

/** Gas meters, sensors of rooms, doors and smoke, counters of pulses, repeaters. */
export const OTHERS: readonly DriverRow[] = [
  {
    driver: 'aerius',
    devices: 'DME 48/3',
    names: `
      volume_at_base_conditions_total_m3        total_m3
      volume_at_base_conditions_at_storage_3_m3 target_m3
      set_datetime_3                            target_datetime
      volume_flow_m3h                           flow_m3h
      flow_temperature_c                        temperature_c`,
  },
  {
    driver: 'ei6500',
    devices: 'EIE 12/26',
    names: `
      dust_level_subunit1                   dust_level_counter
      meter_datetime                        message_datetime
      meter_date_tariff_2                   installation_date
      target_date                           last_sound_check_date
      meter_date_tariff_1_subunit1          last_alarm_date
      meter_date_tariff_2_subunit1          last_remove_date
      meter_date_tariff_3_subunit1          test_button_last_date
      cumulation_counter_tariff_1_subunit1  alarm_counter
      cumulation_counter_tariff_2_subunit1  removed_counter
      cumulation_counter_tariff_3_subunit1  test_button_counter
      tariff_duration_tariff_2_subunit1_min duration_removed_h`,
  },
  { driver: 'elster', devices: 'ELS 129/3', names: '' },
  {
    driver: 'elvsense',
    devices: 'ELV 80/27',
    names: `
      external_temperature_c temperature_c
      voltage_v              battery_v`,
  },
  {
    driver: 'kampress',
    devices: 'KAM 1/24',
    names: `
      pressure_alpha alfa_counter
      pressure_beta  beta_counter`,
  },
  {
    driver: 'lansendw',
    devices: 'LAS 7/29',
    names: `
      dimensionless          a_counter
      dimensionless_subunit1 b_counter`,
  },
  {
    driver: 'lansenpu',
    devices: 'LAS 20/0',
    names: `
      dimensionless          a_counter
      dimensionless_subunit1 b_counter`,
  },
  {
    driver: 'lansenrp',
    devices: 'LAS 11/50',
    media: 'reserved',
    names: `
      voltage_v                      battery_v
      dimensionless                  total_routed_messages_counter
      dimensionless_subunit1         used_router_slots_counter
      dimensionless_subunit3         seconds_to_mode_change_counter
      dimensionless_at_last_due_date listen_timer_value_counter
      dimensionless_at_storage_2     pause_timer_value_counter
      dimensionless_at_storage_4     start_time_value_counter`,
  },
  {
    driver: 'lansensm',
    devices: 'LAS 3/26',
    names: `
      access_number async_msg_id_counter
      dimensionless minutes_since_last_manual_test_counter`,
  },
  {
    driver: 'lansenth',
    devices: 'LAS 9/27',
    names: `
      external_temperature_c                  current_temperature_c
      external_temperature_at_last_due_date_c average_temperature_1h_c
      external_temperature_at_storage_2_c     average_temperature_24h_c
      relative_humidity_rh                    current_relative_humidity_rh
      relative_humidity_at_last_due_date_rh   average_relative_humidity_1h_rh
      relative_humidity_at_storage_2_rh       average_relative_humidity_24h_rh`,
  },
  {
    driver: 'munia',
    devices: 'WEP 2/27',
    names: `
      external_temperature_c current_temperature_c
      relative_humidity_rh   current_relative_humidity_rh`,
  },
  {
    driver: 'piigth',
    devices: 'PII 1/27',
    names: `
      external_temperature_c                  temperature_c
      external_temperature_at_last_due_date_c average_temperature_1h_c
      external_temperature_at_storage_2_c     average_temperature_24h_c
      relative_humidity_at_last_due_date_rh   relative_humidity_1h_rh
      relative_humidity_at_storage_2_rh       relative_humidity_24h_rh`,
  },
  {
    driver: 'qsmoke',
    devices: 'QDS 35/26',
    names: `
      meter_datetime                  message_datetime
      meter_date_at_error             at_error_date
      plain_text_unit_at_storage_4_ui test_button_counter
      set_date_4                      test_button_last_date
      plain_text_unit_at_storage_6_al alarm_counter
      set_date_6                      last_alarm_date`,
  },
  {
    driver: 'rfmamb',
    devices: 'BMT 16/27',
    names: `
      meter_datetime                              device_datetime
      external_temperature_c                      current_temperature_c
      external_temperature_at_last_due_date_c     average_temperature_1h_c
      external_temperature_at_storage_2_c         average_temperature_24h_c
      max_external_temperature_c                  maximum_temperature_1h_c
      min_external_temperature_c                  minimum_temperature_1h_c
      max_external_temperature_at_last_due_date_c maximum_temperature_24h_c
      min_external_temperature_at_last_due_date_c minimum_temperature_24h_c
      relative_humidity_rh                        current_relative_humidity_rh
      relative_humidity_at_last_due_date_rh       average_relative_humidity_1h_rh
      relative_humidity_at_storage_2_rh           average_relative_humidity_24h_rh
      max_relative_humidity_rh                    maximum_relative_humidity_1h_rh
      min_relative_humidity_rh                    minimum_relative_humidity_1h_rh
      max_relative_humidity_at_last_due_date_rh   maximum_relative_humidity_24h_rh
      min_relative_humidity_at_last_due_date_rh   minimum_relative_humidity_24h_rh`,
  },
  {
    driver: 'tsd2',
    devices: 'TCH 118/240',
    media: 'smoke detector',
    names: `
      target_date prev_date`,
  },
];
