import type { DriverRow } from '../driver.ts';

/** Meters of cold and warm water. */
export const WATER: readonly DriverRow[] = [
  { driver: 'apator08', devices: 'APT 15/15', names: '' },
  { driver: 'apator162', devices: 'APA 5/7', names: '' },
  { driver: 'apator172', devices: 'APT 4/17', media: 'water', names: '' },
  {
    driver: 'apatorna1',
    devices: 'APA 20/7',
    names: `
      target_m3                             historic_m3
      target_datetime                       historic_datetime
      actuality_duration_at_last_due_date_h historic_age_h`,
  },
  { driver: 'aptmbusna', devices: 'APA 21/7', names: '' },
  {
    driver: 'aquastream',
    devices: 'IMT 1/7',
    names: `
      total_tariff_1_m3 total_backwards_m3`,
  },
  {
    driver: 'aventieswm',
    devices: 'AAA 37/7',
    names: `
      target_m3 consumption_at_set_date_1_m3`,
  },
  {
    driver: 'dme173',
    devices: 'DME 99/7',
    names: `
      target_date                  set_date
      target_m3                    total_at_set_date_m3
      set_datetime_8               target_datetime
      consumption_at_set_date_8_m3 target_m3`,
  },
  { driver: 'dme_07', devices: 'DME 123/7', names: '' },
  { driver: 'emerlin868', devices: 'ELR 17/55', names: '' },
  {
    driver: 'engelmann_faw',
    devices: 'EFE 0/7',
    names: `
      target_date                    reporting_date
      target_m3                      consumption_at_reporting_date_m3
      consumption_at_set_date_{n}_m3 consumption_{n-1}_months_ago_m3`,
  },
  { driver: 'ev200', devices: 'ELR 13/7', names: '' },
  {
    driver: 'evo868',
    devices: 'MAD 80/22',
    names: `
      meter_datetime                 device_datetime
      target_m3                      consumption_at_set_date_m3
      target_date                    set_date
      consumption_at_set_date_2_m3   consumption_at_set_date_2_m3
      set_date_8                     history_reference_date history_1_date
      consumption_at_set_date_{n}_m3 consumption_at_history_{n-7}_m3
      max_flow_at_storage_3_m3h      max_flow_since_datetime_m3h
      set_datetime_3                 max_flow_datetime`,
  },
  { driver: 'fiowater', devices: 'FIO 1/7', names: '' },
  {
    driver: 'gwfwater',
    devices: 'GWF 60/7',
    names: `
      battery_2_y battery_y`,
  },
  {
    driver: 'hydrodigit',
    devices: 'BMT 19/6, BMT 19/7, BMT 21/7',
    names: `
      month_value_at_last_due_date_m3 January_total_m3
      month_value_at_storage_{n}_m3   {month}_total_m3
      total_backward_m3               backflow_m3
      battery_voltage_v               voltage_v
      leak                            leak_date`,
  },
  {
    driver: 'hydrus',
    devices: 'DME 112/6, DME 112/7, DME 118/7, HYD 139/6',
    names: `
      volume_flow_m3h              flow_m3h
      battery_y                    remaining_battery_life_y
      target_m3                    total_at_date_m3
      target_date                  at_date
      total_tariff_{n}_m3          total_tariff{n}_m3
      target_tariff_{n}_m3         total_tariff{n}_at_date_m3
      consumption_at_set_date_3_m3 target_m3
      set_datetime_3               target_datetime`,
  },
  {
    driver: 'iperl',
    devices: 'SEN 104/7',
    names: `
      volume_flow_m3h max_flow_m3h`,
  },
  {
    driver: 'istawater',
    devices: 'IST 49/7',
    names: `
      target_m3                    last_year_m3
      target_date                  last_year_date
      consumption_at_set_date_2_m3 target_m3
      set_date_2                   target_date`,
  },
  { driver: 'itron', devices: 'ITW 0/7, ITW 0/22, ITW 3/7', names: '' },
  { driver: 'iwmtx5', devices: 'BMT 24/6, BMT 24/7', names: '' },
  {
    driver: 'izar',
    devices: 'HYD 133/7',
    names: `
      target_m3   last_month_total_m3
      target_date last_month_measure_date
      battery_y   remaining_battery_life_y`,
  },
  { driver: 'izarv2', devices: 'DME 120/7, SAP 0/7', names: '' },
  {
    driver: 'kadenwater',
    devices: 'KDN 1/7, VIP 1/7',
    names: `
      total_2_m3             volume_b_m3
      actuality_duration_2_s duration_b_s`,
  },
  {
    driver: 'kamwater',
    devices: 'KAM 27/6, KAM 27/7, KAM 27/22, KAW 60/22',
    states:
      'current_status time_dry:dry time_reversed:reverse time_leaking:leak time_bursting:burst',
    names: `
      min_flow_temperature_at_last_due_date_c     flow_temperature_c
      min_external_temperature_at_last_due_date_c min_external_temperature_last_month_c
      max_external_temperature_at_last_due_date_c max_external_temperature_c
      min_flow_temperature_at_storage_2_c         min_flow_temperature_c flow_temperature_c
      max_flow_at_storage_2_m3h                   max_flow_m3h
      volume_flow_m3h                             flow_m3h`,
  },
  {
    driver: 'lse_07_17',
    devices: 'LSE 216/7, LSE 24/6, LSE 24/7',
    names: `
      meter_date_at_error error_date
      meter_datetime      device_datetime
      target_m3           due_m3
      target_date         due_date`,
  },
  { driver: 'maddalena', devices: 'MAD 1/7', names: '' },
  {
    driver: 'minomess',
    devices: 'ZRI 0/7, ZRI 1/22',
    names: `
      consumption_at_set_date_8_m3 target_m3
      set_date_8                   target_date`,
  },
  {
    driver: 'mkradio3',
    devices: 'TCH 116/98',
    media: 'warm water',
    names: `
      meter_date  current_date
      target_date prev_date`,
  },
  {
    driver: 'mkradio3',
    devices: 'TCH 116/114',
    media: 'cold water',
    names: `
      meter_date  current_date
      target_date prev_date`,
  },
  {
    driver: 'mkradio3a',
    devices: 'TCH 80/114',
    media: 'cold water',
    names: `
      meter_date                           target_date
      volume_in_period_at_last_due_date_m3 last_nov_m3 target_m3
      volume_in_period_at_storage_2_m3     last_oct_m3
      volume_in_period_at_storage_3_m3     last_sep_m3
      volume_in_period_at_storage_4_m3     last_aug_m3
      volume_in_period_at_storage_5_m3     last_jul_m3
      volume_in_period_at_storage_6_m3     last_jun_m3
      volume_in_period_at_storage_7_m3     last_may_m3
      volume_in_period_at_storage_8_m3     last_apr_m3
      volume_in_period_at_storage_9_m3     last_mar_m3
      volume_in_period_at_storage_10_m3    last_feb_m3
      volume_in_period_at_storage_11_m3    last_jan_m3
      volume_in_period_at_storage_12_m3    last_dec_m3`,
  },
  { driver: 'mkradio4', devices: 'TCH 149/98', media: 'warm water', names: '' },
  { driver: 'mkradio4', devices: 'TCH 149/114', media: 'cold water', names: '' },
  { driver: 'mkradio4a', devices: 'HYD 254/6', names: '' },
  { driver: 'op041a', devices: 'APA 26/7', names: '' },
  { driver: 'picoflux', devices: 'ECM 5/7', names: '' },
  {
    driver: 'q400',
    devices: 'AXI 1/7, AXI 16/7, AXI 32/7',
    names: `
      battery_y                                battery_pct
      target_m3                                consumption_at_set_date_m3
      target_datetime                          set_datetime
      volume_positive_only_total_m3            total_forward_m3
      volume_positive_only_at_last_due_date_m3 forward_at_set_date_m3
      target_backward_m3                       backward_at_set_date_m3
      error_flags_at_error                     error_code_counter
      operating_time_h                         error_free_time_h`,
  },
  {
    driver: 'qwater',
    devices: 'QDS 23/6, QDS 23/7, QDS 24/6, QDS 24/7, QDS 25/7, QDS 26/7, QDS 29/6, QDS 53/55',
    names: `
      meter_date_at_error           error_date
      target_m3                     due_date_m3
      target_date                   due_date
      consumption_at_set_date_17_m3 due_17_date_m3
      set_date_17                   due_17_date`,
  },
  {
    driver: 'qwaterv2',
    devices: 'QDS 22/7, QDS 24/6, QDS 53/7',
    names: `
      meter_date_at_error                device_error_date
      target_m3                          target_year_m3
      target_date                        target_year_date
      consumption_at_set_date_17_m3      target_m3
      set_date_17                        target_date
      volume_in_period_at_storage_{n}_m3 volume_delta_{30-n}_m3`,
  },
  { driver: 'rfmtx1', devices: 'BMT 5/7', names: '' },
  { driver: 'supercom587', devices: 'SON 60/6', names: '' },
  {
    driver: 'topaseskr',
    devices: 'AMT 241/7',
    names: `
      access_number                access_counter
      volume_flow_m3h              current_flow_m3h
      flow_temperature_c           temperature_c
      target_m3                    volume_year_period_m3
      target_date                  meter_year_period_end_date
      target_tariff_1_m3           reverse_volume_year_period_m3
      consumption_at_set_date_3_m3 volume_month_period_m3
      set_datetime_3               meter_month_period_end_datetime`,
  },
  {
    driver: 'uiws',
    devices: 'ZRI 153/7',
    names: `
      consumption_at_set_date_30_m3                    target_m3
      set_date_30                                      target_date
      set_date_{n}                                     target_{n-30}_date
      volume_inverse_compact_profile_at_storage_{n}_m3 target_{n-30}_m3`,
  },
  {
    driver: 'ultrimis',
    devices: 'APA 1/22',
    names: `
      total_backward_m3 total_backward_flow_m3`,
  },
  {
    driver: 'ultrimisv2',
    devices: 'APA 1/22, APA 32/22',
    names: `
      total_backward_m3 total_backward_m3`,
  },
  {
    driver: 'waterstarm',
    devices: 'DWZ 0/6, DWZ 0/7, DWZ 2/6, DWZ 2/7, EFE 112/7',
    names: `
      total_backward_m3              total_backwards_m3
      target_backward_m3             total_backwards_at_set_date_m3
      target_m3                      consumption_at_set_date_m3
      target_date                    set_date
      consumption_at_set_date_{n}_m3 consumption_at_history_{n-1}_m3
      model_version                  meter_version
      voltage_v                      battery_v`,
  },
  { driver: 'watertech', devices: 'WTT 89/7', names: '' },
  { driver: 'weh_07', devices: 'WEH 3/7', names: '' },
  { driver: 'zenner0b', devices: 'ZRI 11/22', names: '' },
];
