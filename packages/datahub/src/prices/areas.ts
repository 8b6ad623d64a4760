import type { Currency, Eic, ZoneId } from '@metergram/model';

/** A bidding zone: its short name, its EIC, and the zone whose civil days its day-ahead market trades. */
export interface PriceArea {
  readonly name: string;
  readonly eic: Eic;
  readonly zone: ZoneId;
  /** Country, ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** name, EIC, market zone, country. The market day of the coupled markets is Central European Time, also in Finland. */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  ['NO1', '10YNO-1--------2', 'Europe/Oslo', 'NO'],
  ['NO2', '10YNO-2--------T', 'Europe/Oslo', 'NO'],
  ['NO3', '10YNO-3--------J', 'Europe/Oslo', 'NO'],
  ['NO4', '10YNO-4--------9', 'Europe/Oslo', 'NO'],
  ['NO5', '10Y1001A1001A48H', 'Europe/Oslo', 'NO'],
  ['SE1', '10Y1001A1001A44P', 'Europe/Stockholm', 'SE'],
  ['SE2', '10Y1001A1001A45N', 'Europe/Stockholm', 'SE'],
  ['SE3', '10Y1001A1001A46L', 'Europe/Stockholm', 'SE'],
  ['SE4', '10Y1001A1001A47J', 'Europe/Stockholm', 'SE'],
  ['FI', '10YFI-1--------U', 'Europe/Oslo', 'FI'],
  ['DK1', '10YDK-1--------W', 'Europe/Copenhagen', 'DK'],
  ['DK2', '10YDK-2--------M', 'Europe/Copenhagen', 'DK'],
  ['EE', '10Y1001A1001A39I', 'Europe/Oslo', 'EE'],
  ['LV', '10YLV-1001A00074', 'Europe/Oslo', 'LV'],
  ['LT', '10YLT-1001A0008Q', 'Europe/Oslo', 'LT'],
  ['DE-LU', '10Y1001A1001A82H', 'Europe/Berlin', 'DE'],
  ['AT', '10YAT-APG------L', 'Europe/Vienna', 'AT'],
  ['BE', '10YBE----------2', 'Europe/Brussels', 'BE'],
  ['NL', '10YNL----------L', 'Europe/Amsterdam', 'NL'],
  ['FR', '10YFR-RTE------C', 'Europe/Paris', 'FR'],
  ['CH', '10YCH-SWISSGRIDZ', 'Europe/Zurich', 'CH'],
  ['PL', '10YPL-AREA-----S', 'Europe/Warsaw', 'PL'],
  ['CZ', '10YCZ-CEPS-----N', 'Europe/Prague', 'CZ'],
  ['SK', '10YSK-SEPS-----K', 'Europe/Bratislava', 'SK'],
  ['HU', '10YHU-MAVIR----U', 'Europe/Budapest', 'HU'],
  ['SI', '10YSI-ELES-----O', 'Europe/Ljubljana', 'SI'],
  ['HR', '10YHR-HEP------M', 'Europe/Zagreb', 'HR'],
  ['RO', '10YRO-TEL------P', 'Europe/Oslo', 'RO'],
  ['BG', '10YCA-BULGARIA-R', 'Europe/Oslo', 'BG'],
  ['GR', '10YGR-HTSO-----Y', 'Europe/Oslo', 'GR'],
  ['ES', '10YES-REE------0', 'Europe/Madrid', 'ES'],
  ['PT', '10YPT-REN------W', 'Europe/Madrid', 'PT'],
  ['IE-SEM', '10Y1001A1001A59C', 'Europe/Oslo', 'IE'],
  ['IT-NORTH', '10Y1001A1001A73I', 'Europe/Rome', 'IT'],
  ['IT-CNORTH', '10Y1001A1001A70O', 'Europe/Rome', 'IT'],
  ['IT-CSOUTH', '10Y1001A1001A71M', 'Europe/Rome', 'IT'],
  ['IT-SOUTH', '10Y1001A1001A788', 'Europe/Rome', 'IT'],
  ['IT-CALABRIA', '10Y1001C--00096J', 'Europe/Rome', 'IT'],
  ['IT-SICILY', '10Y1001A1001A75E', 'Europe/Rome', 'IT'],
  ['IT-SARDINIA', '10Y1001A1001A74G', 'Europe/Rome', 'IT'],
  ['RS', '10YCS-SERBIATSOV', 'Europe/Belgrade', 'RS'],
  ['ME', '10YCS-CG-TSO---S', 'Europe/Podgorica', 'ME'],
  ['MK', '10YMK-MEPSO----8', 'Europe/Skopje', 'MK'],
  ['AL', '10YAL-KESH-----5', 'Europe/Tirane', 'AL'],
  ['XK', '10Y1001C--00100H', 'Europe/Belgrade', 'XK'],
];

/** Every bidding zone that is known by name here. Others can be given by their EIC. */
export const PRICE_AREAS: readonly PriceArea[] = ROWS.map(([name, eic, zone, country]) => ({
  name,
  eic: eic as Eic,
  zone: zone as ZoneId,
  country,
}));

/** The areas of the Nordic countries: five Norwegian, four Swedish, two Danish, one Finnish. */
export const NORDIC_AREAS: readonly PriceArea[] = PRICE_AREAS.filter((area) =>
  ['NO', 'SE', 'DK', 'FI'].includes(area.country),
);

/** Currency in which ENTSO-E publishes unless the document says otherwise. */
export const ENTSOE_CURRENCY: Currency = 'EUR';

/**
 * The area of a name (`NO1`, `DK2`, `DE-LU`; also `NO_1`, `DE_LU`) or of an EIC; null where it is neither.
 *
 * @example priceArea('FI')?.eic // '10YFI-1--------U'
 */
export function priceArea(nameOrEic: string): PriceArea | null {
  const wanted = nameOrEic.toUpperCase();
  const plain = wanted.replaceAll(/[_-]/gu, '');
  return (
    PRICE_AREAS.find((area) => area.eic === wanted) ??
    PRICE_AREAS.find((area) => area.name.replaceAll('-', '') === plain) ??
    null
  );
}
