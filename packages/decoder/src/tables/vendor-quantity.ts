import type { Meaning } from './vif.ts';

/** Quantities that no VIF has: of manufacturers' formats, of clock messages, of applications without records. */
export const VENDOR_QUANTITIES: readonly Meaning[] = [
  { quantity: 'energy_in_period', unit: 'Wh' },
  { quantity: 'energy_in_period', unit: 'J' },
  { quantity: 'volume_in_period', unit: 'm3' },
  { quantity: 'heat_cost_allocation_in_period', unit: 'hca' },
  { quantity: 'room_temperature', unit: '°C' },
  { quantity: 'radiator_temperature', unit: '°C' },
  { quantity: 'backward_volume', unit: 'm3' },
  { quantity: 'battery_voltage', unit: 'V' },
  { quantity: 'vendor_status', unit: '' },
  { quantity: 'frame_status', unit: '' },
  { quantity: 'smoke', unit: '' },
  { quantity: 'seal_broken', unit: '' },
  { quantity: 'leak', unit: '' },
  { quantity: 'fraud', unit: '' },
  { quantity: 'housing_opened', unit: '' },
  { quantity: 'month_value', unit: 'm3' },
  { quantity: 'vendor_bytes', unit: '' },
  { quantity: 'application_data', unit: '' },
  { quantity: 'clock_offset', unit: 's' },
];
