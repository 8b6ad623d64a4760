/**
 * Units of the fixed data structure (CI 73), EN 1434-3 table: code, quantity and unit of {@link MEANINGS}, power of ten.
 * 00 and 01 (clock and date, packed) have no public layout beyond their names; 3E means "as the other counter, historic".
 */
export interface FixedUnitRow {
  readonly code: number;
  readonly span: number;
  readonly quantity: string;
  readonly unit: string;
  /** Of the first code; each next one is ten times that. */
  readonly scale: number;
}

const row = (
  code: number,
  quantity: string,
  unit: string,
  scale: number,
  span = 3,
): FixedUnitRow => ({
  code,
  span,
  quantity,
  unit,
  scale,
});

export const FIXED_UNITS: readonly FixedUnitRow[] = [
  row(0x02, 'energy', 'Wh', 0),
  row(0x05, 'energy', 'Wh', 3),
  row(0x08, 'energy', 'Wh', 6),
  row(0x0b, 'energy', 'J', 3),
  row(0x0e, 'energy', 'J', 6),
  row(0x11, 'energy', 'J', 9),
  row(0x14, 'power', 'W', 0),
  row(0x17, 'power', 'W', 3),
  row(0x1a, 'power', 'W', 6),
  row(0x1d, 'power', 'J/h', 3),
  row(0x20, 'power', 'J/h', 6),
  row(0x23, 'power', 'J/h', 9),
  row(0x26, 'volume', 'm3', -6),
  row(0x29, 'volume', 'm3', -3),
  row(0x2c, 'volume', 'm3', 0),
  row(0x2f, 'volume_flow', 'm3/h', -6),
  row(0x32, 'volume_flow', 'm3/h', -3),
  row(0x35, 'volume_flow', 'm3/h', 0),
  row(0x38, 'flow_temperature', '°C', -3, 1),
  row(0x39, 'heat_cost_allocation', 'hca', 0, 1),
  row(0x3f, 'dimensionless', '', 0, 1),
];

/** Fixed structure's own media, four bits; A … E mean that the counters are sent high byte first. */
export const FIXED_MEDIA: readonly number[] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0f, 3, 4, 6, 7, 8, 0x0f,
];
