/** Words of the device types (EN 13757-7 table 13), by code; a code without a word prints as `reserved`. */
export const MEDIA: Readonly<Record<number, string>> = {
  0x00: 'other',
  0x01: 'oil',
  0x02: 'electricity',
  0x03: 'gas',
  0x04: 'heat',
  0x05: 'steam',
  0x06: 'warm_water',
  0x07: 'water',
  0x08: 'heat_cost_allocator',
  0x09: 'compressed_air',
  0x0a: 'cooling_outlet',
  0x0b: 'cooling_inlet',
  0x0c: 'heat_inlet',
  0x0d: 'heat_cooling',
  0x0e: 'bus',
  0x0f: 'unknown',
  0x10: 'irrigation_water',
  0x11: 'water_logger',
  0x12: 'gas_logger',
  0x13: 'gas_converter',
  0x14: 'calorific_value',
  0x15: 'hot_water',
  0x16: 'cold_water',
  0x17: 'dual_water',
  0x18: 'pressure',
  0x19: 'ad_converter',
  0x1a: 'smoke_detector',
  0x1b: 'room_sensor',
  0x1c: 'gas_detector',
  0x20: 'breaker',
  0x21: 'valve',
  0x25: 'customer_unit',
  0x28: 'waste_water',
  0x29: 'garbage',
  0x2a: 'carbon_dioxide',
  0x30: 'service_tool',
  0x31: 'communication_controller',
  0x32: 'unidirectional_repeater',
  0x33: 'bidirectional_repeater',
  0x36: 'radio_converter_system',
  0x37: 'radio_converter_meter',
  0x38: 'wired_adapter',
  0xff: 'placeholder',
};

/** Device types that speak for other meters: their long header names the meter, the link layer names them. */
export const ADAPTERS: readonly number[] = [0x31, 0x32, 0x33, 0x36, 0x37, 0x38];

export function mediumOf(code: number): string {
  return MEDIA[code] ?? 'reserved';
}
