import type { DriverRow } from '../driver.ts';

/** Heat cost allocators. */
export const ALLOCATORS: readonly DriverRow[] = [
  {
    driver: 'apatoreitn',
    devices: 'APT 4/8',
    names: `
      current_consumption_hca             current_hca
      consumption_at_set_date_hca         previous_hca
      meter_date                          current_date
      room_temperature_c                  temp_room_avg_c
      room_temperature_at_last_due_date_c temp_room_prev_avg_c
      seal_broken                         esb_date`,
  },
  { driver: 'aventieshca', devices: 'AAA 85/8', names: '' },
  {
    driver: 'bfw240radio',
    devices: 'BFW 2/8',
    names: `
      meter_date                      device_date
      current_consumption_hca         current_hca
      consumption_at_set_date_hca     prev_hca
      consumption_at_set_date_{n}_hca prev_{nn-1}_hca`,
  },
  {
    driver: 'caltose',
    devices: 'ZRI 252/8',
    names: `
      current_consumption_hca                                         consumption_hca
      consumption_at_set_date_hca                                     target_hca consumption_1_hca
      set_date                                                        target_date consumption_1
      consumption_at_set_date_8_hca                                   base_hca
      set_date_8                                                      base_date
      set_date_{n}                                                    consumption_{n-8}
      heat_cost_allocation_inverse_compact_profile_at_storage_{n}_hca consumption_{n-8}_hca`,
  },
  {
    driver: 'eurisii',
    devices: 'RAM 85/8',
    names: `
      consumption_at_set_date_hca consumption_at_set_date_hca consumption_at_set_date_1_hca`,
  },
  {
    driver: 'fhkvdataiii',
    devices: 'TCH 105/128',
    media: 'heat cost allocator',
    names: `
      current_consumption_hca     current_hca
      meter_date                  current_date
      consumption_at_set_date_hca previous_hca
      target_date                 previous_date
      radiator_temperature_c      temp_radiator_c
      room_temperature_c          temp_room_c`,
  },
  {
    driver: 'hcae2',
    devices: 'EFE 49/8',
    names: `
      current_consumption_hca         current_consumption_hca consumption_hca
      consumption_at_set_date_hca     target_hca consumption_at_set_date_1_hca
      set_date                        target_date
      set_date_2                      half_month_history_start_date
      consumption_at_set_date_{n}_hca delta_{n-1}_half_months_ago_hca`,
  },
  {
    driver: 'hydroclimav2',
    devices: 'BMP 83/8, BMP 133/8',
    names: `
      current_consumption_hca                      consumption_hca
      current_consumption_2_hca                    total_consumption_hca
      consumption_at_set_date_hca                  target_hca
      set_date                                     target_date
      consumption_at_set_date_2_hca                consumption_at_set_date_1_hca
      consumption_at_set_date_2_2_hca              consumption_at_set_date_2_hca
      room_temperature_c                           average_ambient_temperature_c
      room_temperature_at_last_due_date_c          average_ambient_temperature_last_month_c
      max_room_temperature_c                       max_ambient_temperature_c
      max_room_temperature_at_last_due_date_c      max_ambient_temperature_c
      radiator_temperature_c                       average_heater_temperature_c
      radiator_temperature_at_last_due_date_c      average_heater_temperature_last_month_c
      room_temperature_at_last_due_date_subunit1_c ambient_temperature_at_set_date_1_c
      room_temperature_at_storage_{n}_subunit1_c   ambient_temperature_at_set_date_{n}_c`,
  },
  {
    driver: 'kaden',
    devices: 'VIP 30/8',
    names: `
      current_consumption_hca                 consumption_hca
      consumption_at_set_date_hca             target_hca
      set_date                                target_date
      actuality_duration_min                  no_measurement_duration_h
      actuality_duration_at_last_due_date_min no_measurement_duration_last_year_h
      actuality_duration_s                    tampering_duration_h`,
  },
  {
    driver: 'qcaloric',
    devices: 'LSE 24/8, LSE 52/8, QDS 52/8, QDS 53/8, ZRI 253/8',
    names: `
      meter_date_at_error         error_date
      meter_datetime              device_datetime
      consumption_at_set_date_hca consumption_at_set_date_hca consumption_at_set_date_1_hca
      set_date                    set_date set_date_1`,
  },
  {
    driver: 'relhca',
    devices: 'REL 65/0',
    names: `
      current_consumption_hca            consumption_hca
      consumption_at_set_date_hca        target_hca
      meter_time_future_at_last_due_date next_target_date`,
  },
  {
    driver: 'sontex868',
    devices: 'SON 22/8',
    names: `
      meter_datetime                          device_datetime
      flow_temperature_c                      current_temp_c
      external_temperature_c                  current_room_temp_c
      max_flow_temperature_c                  max_temp_c
      max_flow_temperature_at_last_due_date_c max_temp_previous_period_c`,
  },
];
