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
  /** True for what is a mean over the interval and no amount. */
  readonly momentary?: true;
}

/**
 * UnitSymbolKind of ESPI beside the units of the model. Of several rows with one code, the first is what is read; the
 * others are written with a power of ten.
 */
const UOMS: readonly UomRow[] = [
  { code: '72', unit: 'kWh', prefix: 3, quantity: 'energy' },
  { code: '72', unit: 'Wh', prefix: 0, quantity: 'energy' },
  { code: '72', unit: 'MWh', prefix: 6, quantity: 'energy' },
  { code: '38', unit: 'kW', prefix: 3, quantity: 'power', momentary: true },
  { code: '38', unit: 'W', prefix: 0, quantity: 'power', momentary: true },
  { code: '73', unit: 'kvarh', prefix: 3, quantity: 'reactive_energy' },
  { code: '73', unit: 'varh', prefix: 0, quantity: 'reactive_energy' },
  { code: '71', unit: 'kVAh', prefix: 3, quantity: 'apparent_energy' },
  { code: '71', unit: 'VAh', prefix: 0, quantity: 'apparent_energy' },
  { code: '31', unit: 'J', prefix: 0, quantity: 'energy' },
  { code: '31', unit: 'GJ', prefix: 9, quantity: 'energy' },
  { code: '42', unit: 'm3', prefix: 0, quantity: 'volume' },
  { code: '134', unit: 'l', prefix: 0, quantity: 'volume' },
  { code: '23', unit: '°C', prefix: 0, quantity: 'temperature', momentary: true },
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

/** What is delivered at a usage point, as far as ESPI and the model both have a word for it. */
export type EspiService = 'electricity' | 'gas' | 'water' | 'heat';

/** ServiceKind of the usage point and CommodityKind of what flows: 9 is potable water, 12 a heating fluid. */
const SERVICES: Readonly<
  Record<EspiService, { readonly kind: string; readonly commodity: string }>
> = {
  electricity: { kind: '0', commodity: '1' },
  gas: { kind: '1', commodity: '7' },
  water: { kind: '2', commodity: '9' },
  heat: { kind: '4', commodity: '12' },
};

/** ServiceKind and CommodityKind of a service. */
export function codesOfService(service: EspiService): {
  readonly kind: string;
  readonly commodity: string;
} {
  return SERVICES[service];
}

/** What a quantity is delivered as when nothing else is said: volume is water, everything else electricity. */
export function usualService(quantity: Quantity): EspiService {
  return quantity === 'volume' ? 'water' : 'electricity';
}

/** MeasurementKind: 8 demand (power in an interval), 12 energy, 46 temperature, 58 volume. */
export function measurementKind(uom: UomRow): string {
  if (uom.quantity === 'power') return '8';
  if (uom.quantity === 'temperature') return '46';
  return uom.quantity === 'volume' ? '58' : '12';
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

/**
 * The QualityOfReading for our word; null for `measured`, as a reading without a quality counts as valid, so that
 * `unknown` must be said (16, other).
 */
export function espiOfQuality(quality: Quality): {
  readonly code: string | null;
  readonly exact: boolean;
} {
  switch (quality) {
    case 'measured':
      return { code: null, exact: true };
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
      return { code: '16', exact: true };
  }
}
