import type { Quality } from '../quality.ts';
import type { Quantity } from '../quantity.ts';
import { parseResolution, type Resolution } from '../resolution.ts';

/** Scheme under which ESMP quality codes (QualityTypeList, A01 … A06) stand beside our words. */
export const QUALITY_SCHEME = 'esmp-quality';

const QUALITY_OF_CODE: Readonly<Record<string, Quality>> = {
  A01: 'adjusted',
  A02: 'missing',
  A03: 'estimated',
  A04: 'measured',
  A05: 'incomplete',
  A06: 'calculated',
};

/** Our word for an ESMP quality code; a code that we do not know is `unknown`, and kept as sent. */
export function qualityOfCode(code: string): Quality {
  return Object.hasOwn(QUALITY_OF_CODE, code) ? (QUALITY_OF_CODE[code] ?? 'unknown') : 'unknown';
}

/** The ESMP code for our word, and whether it says as much; null where there is none. */
export function codeOfQuality(quality: Quality): { readonly code: string | null; exact: boolean } {
  if (quality === 'interpolated') return { code: 'A03', exact: false };
  if (quality === 'unknown') return { code: null, exact: true };
  const found = Object.entries(QUALITY_OF_CODE).find(([, word]) => word === quality);
  return { code: found?.[0] ?? null, exact: found !== undefined };
}

interface UnitRow {
  readonly code: string;
  readonly unit: string;
  readonly quantity: Quantity;
  /** Eloverblik's, and not in ENTSO-E's UnitOfMeasureTypeList. */
  readonly unlisted?: true;
}

/** UN/ECE codes of ESMP and Eloverblik beside the units of the model. */
const UNITS: readonly UnitRow[] = [
  { code: 'KWH', unit: 'kWh', quantity: 'energy' },
  { code: 'MWH', unit: 'MWh', quantity: 'energy' },
  { code: 'GWH', unit: 'GWh', quantity: 'energy' },
  { code: 'K3', unit: 'kvarh', quantity: 'reactive_energy', unlisted: true },
  { code: 'MAH', unit: 'Mvarh', quantity: 'reactive_energy' },
  { code: 'WTT', unit: 'W', quantity: 'power' },
  { code: 'KWT', unit: 'kW', quantity: 'power' },
  { code: 'MAW', unit: 'MW', quantity: 'power' },
  { code: 'KVR', unit: 'kvar', quantity: 'reactive_power' },
  { code: 'MTQ', unit: 'm3', quantity: 'volume' },
  { code: 'TNE', unit: 't', quantity: 'mass', unlisted: true },
  { code: 'CEL', unit: '°C', quantity: 'temperature' },
  { code: 'AMP', unit: 'A', quantity: 'current' },
];

/** Unit and quantity of a code; an unknown code stands for itself, its quantity is `energy` as in every sample. */
export function unitOfCode(code: string): { readonly unit: string; readonly quantity: Quantity } {
  return UNITS.find((row) => row.code === code) ?? { unit: code, quantity: 'energy' };
}

/** The code of a unit, or null when there is none for it; `listed`: none in ENTSO-E's own list. */
export function codeOfUnit(unit: string, listed: boolean): string | null {
  const row = UNITS.find((one) => one.unit === unit);
  return row === undefined || (listed && row.unlisted === true) ? null : row.code;
}

/** CommodityKind of ESPI and CIM. */
export function commodityOf(quantity: Quantity): string {
  return quantity === 'volume' ? '9' : '1';
}

/**
 * The resolution of a duration as senders write it: `PT1H`, `PT60M`, `P0Y0M0DT0H15M0.000S`, and `PT1D`, `PT1Y`, which
 * Eloverblik sends for days and years. Null for others (`PXD`).
 */
export function resolutionOfDuration(text: string): Resolution | null {
  if (text === 'PT1D') return 'P1D';
  if (text === 'PT1Y') return 'P1Y';
  const match =
    /^P(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,7})(?:\.0{1,9})?S)?)?$/.exec(
      text,
    );
  if (match === null) return null;
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  const clock = hours * 3600 + minutes * 60 + seconds;
  const calendar = years * 12 + months;
  if (calendar === 0 && days === 0) {
    if (clock === 900) return 'PT15M';
    return clock === 3600 ? 'PT1H' : null;
  }
  if (clock !== 0) return null;
  if (days === 0) return calendar === 1 ? 'P1M' : calendar === 12 ? 'P1Y' : null;
  return calendar === 0 && days === 1 ? 'P1D' : parseResolution(text);
}
