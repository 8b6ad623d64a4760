import type { Quality } from '../quality.ts';
import type { Quantity } from '../quantity.ts';

/** Scheme under which ESPI codes (QualityOfReading) stand beside our words. */
export const ESPI_QUALITY = 'espi-quality';

interface UomRow {
  readonly code: string;
  /** Unit with its power of ten beside the base unit of the code: 3 for kWh beside Wh. */
  readonly unit: string;
  readonly prefix: number;
  readonly quantity: Quantity;
}

/**
 * UnitSymbolKind of ESPI beside the units of the model. Of several rows with one code, the first is what is read; the
 * others are written with a power of ten.
 */
const UOMS: readonly UomRow[] = [
  { code: '72', unit: 'kWh', prefix: 3, quantity: 'energy' },
  { code: '72', unit: 'Wh', prefix: 0, quantity: 'energy' },
  { code: '72', unit: 'MWh', prefix: 6, quantity: 'energy' },
  { code: '38', unit: 'kW', prefix: 3, quantity: 'power' },
  { code: '38', unit: 'W', prefix: 0, quantity: 'power' },
  { code: '73', unit: 'kvarh', prefix: 3, quantity: 'reactive_energy' },
  { code: '73', unit: 'varh', prefix: 0, quantity: 'reactive_energy' },
  { code: '71', unit: 'kVAh', prefix: 3, quantity: 'apparent_energy' },
  { code: '71', unit: 'VAh', prefix: 0, quantity: 'apparent_energy' },
  { code: '31', unit: 'J', prefix: 0, quantity: 'energy' },
  { code: '31', unit: 'GJ', prefix: 9, quantity: 'energy' },
  { code: '42', unit: 'm3', prefix: 0, quantity: 'volume' },
  { code: '134', unit: 'l', prefix: 0, quantity: 'volume' },
  { code: '23', unit: '°C', prefix: 0, quantity: 'temperature' },
];

/** Unit that values of a code are read in; null for a code that the model has no unit for. */
export function unitOfUom(code: string): UomRow | null {
  return UOMS.find((row) => row.code === code) ?? null;
}

/** How a unit is written; `exact` when it is read again as the same unit. */
export function uomOfUnit(unit: string): (UomRow & { readonly exact: boolean }) | null {
  const row = UOMS.find((candidate) => candidate.unit === unit);
  return row === undefined ? null : { ...row, exact: unitOfUom(row.code)?.unit === unit };
}

/** Kind of service of a usage point: 0 electricity, 1 gas, 2 water, 5 heat. */
export function serviceKind(quantity: Quantity): string {
  return quantity === 'volume' || quantity === 'mass' ? '2' : '0';
}

const QUALITY_OF_CODE: Readonly<Record<string, Quality>> = {
  0: 'measured',
  7: 'adjusted',
  8: 'estimated',
  9: 'interpolated',
  10: 'unknown',
  11: 'calculated',
  12: 'estimated',
  13: 'unknown',
  14: 'measured',
  15: 'calculated',
  16: 'unknown',
  17: 'measured',
  18: 'measured',
  19: 'measured',
};

/** Our word for a QualityOfReading; `unknown` for others. */
export function qualityOfEspi(code: string): Quality {
  return Object.hasOwn(QUALITY_OF_CODE, code) ? (QUALITY_OF_CODE[code] ?? 'unknown') : 'unknown';
}

/** The QualityOfReading for our word; null where none says it (`unknown`, which is then not written). */
export function espiOfQuality(quality: Quality): { readonly code: string | null; exact: boolean } {
  switch (quality) {
    case 'measured':
      return { code: '17', exact: true };
    case 'adjusted':
      return { code: '7', exact: true };
    case 'estimated':
      return { code: '8', exact: true };
    case 'interpolated':
      return { code: '9', exact: true };
    case 'calculated':
      return { code: '11', exact: true };
    case 'incomplete':
      return { code: '13', exact: false };
    default:
      return { code: null, exact: true };
  }
}
