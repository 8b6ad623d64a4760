import type { Brand } from './brand.ts';

/** GS1 GSRN of a metering point: 18 digits, the last one a check digit. */
export type Gsrn = Brand<string, 'Gsrn'>;
/** GS1 GLN of a market party: 13 digits, the last one a check digit. */
export type Gln = Brand<string, 'Gln'>;
/** ENTSO-E energy identification code: 16 characters, the last one a check character. */
export type Eic = Brand<string, 'Eic'>;
/** OBIS code, reduced or full: `1-0:1.8.0*255` (IEC 62056-61). */
export type Obis = Brand<string, 'Obis'>;
/** A meter: `KAM-12345678-1b-07` (manufacturer, id, version, medium code) or any text that a source uses. */
export type MeterId = Brand<string, 'MeterId'>;
/** One register of one meter. */
export type RegisterId = Brand<string, 'RegisterId'>;
/** A metering point in whatever scheme its market uses; a {@link Gsrn} where there is one. */
export type MeteringPointId = Brand<string, 'MeteringPointId'>;
/** IANA time zone name, `Europe/Oslo`. */
export type ZoneId = Brand<string, 'ZoneId'>;
/** Household as property and apartment number: the only household identity where a policy demands it. */
export interface HouseholdId {
  readonly property: string;
  readonly apartment: string;
}
