import type { DriverRow } from '../driver.ts';

/** Meters of heat and cooling. */
export const HEAT: readonly DriverRow[] = [
  {
    driver: 'c5isf',
    devices: 'ZRI 136/13',
    names: `
      total_energy_consumption_kwh    total_energy_consumption_kwh
      consumption_at_set_date_32_kwh  total_energy_consumption_last_month_kwh prev_1_month_kwh
      consumption_at_set_date_{n}_kwh prev_{n-31}_month_kwh
      set_date_{n}                    prev_{n-31}_month_date`,
  },
  {
    driver: 'compact5',
    devices: 'TCH 57/67, TCH 69/67',
    media: 'heat',
    names: `
      total_energy_consumption_kwh total_kwh
      energy_in_period_kwh         current_kwh
      target_energy_kwh            previous_kwh`,
  },
  {
    driver: 'elf2',
    devices: 'APA 66/4, APA 66/13',
    names: `
      power_kw                              current_power_kw
      volume_flow_m3h                       current_volume_flow_m3h
      flow_temperature_c                    t1_temperature_c
      return_temperature_c                  t2_temperature_c
      total_energy_consumption_kwh          total_energy_kwh
      target_energy_kwh                     total_energy_period_kwh
      total_energy_consumption_subunit1_kwh total_energy_cooling_kwh
      target_energy_subunit1_kwh            total_energy_cooling_period_kwh
      total_volume_subunit1_m3              total_volume_cooling_m3
      total_volume_tariff_{n}_m3            input{n}_volume_m3`,
  },
  {
    driver: 'enercal',
    devices: 'GWF 8/4',
    names: `
      total_energy_consumption_kwh           total_kwh
      target_energy_kwh                      target_kwh
      total_volume_m3                        total_m3
      target_volume_m3                       target_m3
      volume_flow_m3h                        flow_m3h
      flow_temperature_c                     forward_c
      return_temperature_c                   return_c
      temperature_difference_k               difference_c
      total_volume_subunit{n}_m3             subunit{n}_m3
      target_volume_subunit{n}_m3            subunit{n}_target_m3
      current_consumption_subunit{n}_hca     subunit{n}_hca
      consumption_at_set_date_subunit{n}_hca subunit{n}_target_hca`,
  },
  {
    driver: 'hydrocalm3',
    devices: 'BMT 11/13',
    names: `
      meter_datetime                 device_datetime
      total_energy_consumption_kwh   total_heating_kwh
      total_energy_consumption_2_kwh total_cooling_kwh
      total_volume_m3                total_heating_m3
      total_volume_2_m3              total_cooling_m3
      total_volume_3_m3              c1_volume_m3
      total_volume_4_m3              c2_volume_m3
      flow_temperature_c             supply_temperature_c`,
  },
  {
    driver: 'hydrocalm4',
    devices: 'BMT 26/13',
    names: `
      meter_datetime               device_datetime
      total_energy_consumption_kwh total_heating_kwh
      total_volume_m3              total_heating_m3
      total_volume_subunit{n}_m3   c{n}_volume_m3
      flow_temperature_c           supply_temperature_c`,
  },
  {
    driver: 'istaheat',
    devices: 'IST 169/4',
    names: `
      total_energy_consumption_kwh  total_kwh
      target_energy_kwh             last_year_kwh
      target_date                   last_year_date
      consumption_at_set_date_2_kwh target_kwh
      consumption_at_set_date_2_m3  target_m3
      set_date_2                    target_date`,
  },
  {
    driver: 'itronheat',
    devices: 'ITW 0/4',
    names: `
      total_energy_consumption_kwh total_kwh
      total_volume_m3              total_m3
      target_date                  last_year_date`,
  },
  {
    driver: 'kamheat',
    devices:
      'KAM 25/4, KAM 28/4, KAM 48/4, KAM 48/12, KAM 52/4, KAM 52/10, KAM 52/12, KAM 52/13, ' +
      'KAM 53/4, KAM 53/12, KAM 53/13, KAM 57/4, KAM 64/4, KAM 64/12, KAM 64/13',
    names: `
      energy_negative_only_total_kwh                                 total_energy_backward_kwh
      energy_negative_only_at_last_due_date_kwh                      target_energy_backward_kwh
      temperature_difference_k                                       flow_return_temperature_difference_c
      operating_time_manufacturer_specific_vendor_21_h               operating_time_h
      heat_cost_allocation_manufacturer_specific_vendor_07_total_hca va_counter
      heat_cost_allocation_manufacturer_specific_vendor_08_total_hca vb_counter
      identification_manufacturer_specific_vendor_15                 enhanced_id`,
  },
  {
    driver: 'microclima',
    devices: 'MAD 0/4',
    names: `
      target_energy_kwh consumption_at_set_date_1_kwh
      target_date       set_date_1_date`,
  },
  {
    driver: 'pollucomf',
    devices: 'SEN 29/4',
    names: `
      total_energy_consumption_kwh              total_kwh
      target_energy_kwh                         target_kwh
      total_volume_m3                           total_m3
      target_volume_m3                          target_m3
      volume_flow_m3h                           flow_m3h
      flow_temperature_c                        forward_c
      return_temperature_c                      return_c
      max_flow_at_last_due_date_m3h             flow_max_m3h
      max_flow_temperature_at_last_due_date_c   forward_max_c
      max_return_temperature_at_last_due_date_c return_max_c`,
  },
  {
    driver: 'qheat',
    devices: 'QDS 35/4, QDS 35/55',
    media: 'heat',
    names: `
      meter_date_at_error            device_error_date
      meter_datetime                 device_date_time
      target_energy_kwh              last_year_energy_consumption_kwh
      target_date                    last_year_date
      consumption_at_set_date_17_kwh last_month_energy_consumption_kwh
      set_date_17                    last_month_date`,
  },
  {
    driver: 'qheat5us',
    devices: 'LSE 35/4',
    names: `
      total_energy_consumption_kwh total_kwh
      target_energy_kwh            target_kwh`,
  },
  {
    driver: 'qheat_55_us',
    devices: 'LUG 7/4',
    names: `
      meter_datetime                  device_datetime
      on_time_at_error_h              time_without_measurement_h
      actuality_duration_s            actuality_duration_h
      target_energy_kwh               key_datetime_kwh
      target_datetime                 key_datetime
      consumption_at_set_date_{n}_kwh prev_{n-1}_month_kwh
      set_datetime_2                  prev_month_datetime`,
  },
  {
    driver: 'qheatv2',
    devices: 'QDS 62/4, QDS 62/55, QDS 72/4',
    names: `
      meter_date_at_error                 device_error_date
      total_energy_consumption_kwh        total_kwh
      target_energy_kwh                   target_year_kwh
      target_date                         target_year_date
      consumption_at_set_date_17_kwh      target_kwh
      set_date_17                         target_date
      energy_in_period_at_storage_{n}_kwh energy_delta_{30-n}_kwh`,
  },
  {
    driver: 'qualcosonic',
    devices: 'AXI 12/13',
    names: `
      energy_positive_only_total_kwh         total_heat_energy_kwh
      energy_negative_only_total_kwh         total_cooling_energy_kwh
      energy_positive_only_at_storage_16_kwh target_heat_energy_kwh
      energy_negative_only_at_storage_16_kwh target_cooling_energy_kwh
      set_datetime_16                        target_datetime
      total_volume_m3                        total_m3
      temperature_difference_k               flow_return_temperature_difference_c`,
  },
  {
    driver: 'sensostar',
    devices: 'EFE 0/4',
    names: `
      total_energy_consumption_kwh    total_kwh
      target_energy_kwh               target_kwh
      consumption_at_set_date_{n}_kwh target_{n}_kwh
      total_volume_m3                 total_water_m3
      target_volume_m3                target_water_m3
      volume_flow_m3h                 flow_water_m3h
      max_flow_m3h                    flow_water_max_m3h
      max_power_kw                    power_max_kw
      flow_temperature_c              forward_c
      return_temperature_c            return_c
      temperature_difference_k        difference_c`,
  },
  {
    driver: 'sharky',
    devices: 'DME 64/4',
    names: `
      total_energy_consumption_tariff_{n}_kwh total_energy_consumption_tariff{n}_kwh
      temperature_difference_k                temperature_difference_c
      consumption_at_set_date_5_kwh           target_energy_consumption_kwh
      consumption_at_set_date_5_m3            target_volume_m3
      set_date_5                              target_date`,
  },
  {
    driver: 'sharky774',
    devices: 'DME 65/4, DME 65/12, DME 65/13',
    names: `
      total_energy_consumption_tariff_1_kwh total_cooling_consumption_kwh
      total_volume_tariff_2_m3              total_cooling_volume_m3
      target_energy_kwh                     energy_at_set_date_kwh
      target_energy_tariff_1_kwh            cooling_at_set_date_kwh
      target_date                           set_date
      operating_time_error_data_error_h     operating_time_in_error_h`,
  },
  {
    driver: 'ultraheat',
    devices: 'LUG 4/4',
    names: `
      total_energy_consumption_kwh heat_kwh
      target_energy_kwh            target_kwh
      total_volume_m3              volume_m3
      volume_flow_m3h              flow_m3h
      flow_temperature_c           flow_c
      return_temperature_c         return_c`,
  },
  {
    driver: 'vario411',
    devices: 'TCH 40/4',
    names: `
      target_energy_kwh target_kwh`,
  },
  {
    driver: 'vario451',
    devices: 'TCH 39/195',
    media: 'heat',
    names: `
      total_energy_consumption_kwh total_kwh
      energy_in_period_kwh         current_kwh
      target_energy_kwh            previous_kwh`,
  },
];
