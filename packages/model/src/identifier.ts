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

/** What an M-Bus address says of a meter. */
export interface MeterAddress {
  /** Three letters of the FLAG association. */
  readonly manufacturer: string;
  /** Eight hexadecimal digits, most significant first, lower case. */
  readonly id: string;
  /** 0 … 255. */
  readonly version: number;
  /** Medium (device type) code of EN 13757-7, 0 … 255. */
  readonly medium: number;
}

/** Longest identifier of a source that is taken, in UTF-16 units. */
export const MAX_IDENTIFIER_LENGTH: number = 200;

// Letters, marks, digits, punctuation, symbols and single blanks inside: no controls, line breaks or odd spaces.
const PLAIN = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+(?: [\p{L}\p{M}\p{N}\p{P}\p{S}]+)*$/u;
const ADDRESS = /^([A-Z]{3})-([0-9a-f]{8})-([0-9a-f]{2})-([0-9a-f]{2})$/;
const ZONE = /^(?:UTC|[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9][A-Za-z0-9_+-]*){1,2})$/;

/** True for text of 1 … {@link MAX_IDENTIFIER_LENGTH} printable characters without outer blanks. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_IDENTIFIER_LENGTH && PLAIN.test(value);
}

/** A meter's name as a source writes it; null when it is empty, too long or holds control characters. */
export function parseMeterId(text: string): MeterId | null {
  return isIdentifier(text) ? (text as MeterId) : null;
}

/**
 * The meter of an M-Bus address.
 *
 * @throws RangeError when a part is out of range.
 *
 * @example
 * formatMeterId({ manufacturer: 'KAM', id: '12345678', version: 27, medium: 7 }); // 'KAM-12345678-1b-07'
 */
export function formatMeterId(address: MeterAddress): MeterId {
  const version = address.version.toString(16).padStart(2, '0');
  const medium = address.medium.toString(16).padStart(2, '0');
  const text = `${address.manufacturer}-${address.id.toLowerCase()}-${version}-${medium}`;
  if (!ADDRESS.test(text)) throw new RangeError(`not a meter address: ${text.slice(0, 40)}`);
  return text as MeterId;
}

/** The M-Bus address that a meter id was made of; null when it is a name of another kind. */
export function meterAddress(meter: MeterId): MeterAddress | null {
  const match = ADDRESS.exec(meter);
  if (match === null) return null;
  const [, manufacturer = '', id = '', version = '', medium = ''] = match;
  return {
    manufacturer,
    id,
    version: Number.parseInt(version, 16),
    medium: Number.parseInt(medium, 16),
  };
}

/** A register's name; null when it is empty, too long or holds control characters. */
export function parseRegisterId(text: string): RegisterId | null {
  return isIdentifier(text) ? (text as RegisterId) : null;
}

/** A metering point's number or name; null when it is empty, too long or holds control characters. */
export function parseMeteringPointId(text: string): MeteringPointId | null {
  return isIdentifier(text) ? (text as MeteringPointId) : null;
}

/**
 * The name of an IANA time zone, or null when it cannot be one (`CET` and `+01:00` are not). Whether the engine at hand
 * knows it is another question: {@link isKnownZone}.
 */
export function parseZoneId(text: string): ZoneId | null {
  return text.length <= 60 && ZONE.test(text) ? (text as ZoneId) : null;
}

/** True when this engine's `Intl` has rules for the zone. */
export function isKnownZone(zone: ZoneId): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** One text for a household, `property/apartment` with both parts percent-encoded: a key for maps and columns. */
export function householdKey(household: HouseholdId): string {
  return `${encodeURIComponent(household.property)}/${encodeURIComponent(household.apartment)}`;
}

/** The household of a {@link householdKey}, or null when the text is none. */
export function parseHouseholdKey(text: string): HouseholdId | null {
  const parts = text.split('/');
  if (parts.length !== 2 || text.length > 6 * MAX_IDENTIFIER_LENGTH) return null;
  try {
    const [property = '', apartment = ''] = parts.map(decodeURIComponent);
    const household = { property, apartment };
    const whole = isIdentifier(property) && isIdentifier(apartment);
    return whole && householdKey(household) === text ? household : null;
  } catch {
    return null;
  }
}
