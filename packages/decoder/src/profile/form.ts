/** Which records a rule is about: every field that is told must be so. */
export interface RecordSelector {
  readonly quantity?: string;
  readonly unit?: string;
  /** Data and value information block in lower-case hexadecimal. */
  readonly dib?: string;
  readonly vib?: string;
  readonly function?: 'instantaneous' | 'maximum' | 'minimum' | 'error';
  readonly storage?: number;
  readonly tariff?: number;
  readonly subunit?: number;
}

/** Meters that a profile is for. */
export interface DeviceMatch {
  /** Three letters. */
  readonly manufacturer: string;
  /** Versions, 0 to 255; any where it is left out. */
  readonly versions?: readonly number[];
  /** Device types, 0 to 255 (`meter.mediumCode`); any where it is left out. */
  readonly media?: readonly number[];
}

/** Several bits that count, as how long a state has lasted. */
export interface BitField {
  /** Lowest bit, and how many. */
  readonly bit: number;
  readonly width: number;
  /** A word for each value, by the value in decimal; a value without a word has no flag. */
  readonly words: Readonly<Record<string, string>>;
}

/** Several bits that are a number: its value is `from + step · number`. */
export interface BitAmount {
  /** Lowest bit, and how many. */
  readonly bit: number;
  readonly width: number;
  /** As of a record: `battery_voltage`, `V`; no unit for a plain number. */
  readonly quantity: string;
  readonly unit?: string;
  /** Decimals; 0 and 1 where they are left out. */
  readonly from?: string;
  readonly step?: string;
}

/** What the bits of a record mean. */
export interface FlagRule {
  readonly record: RecordSelector;
  /** A word for each bit, by its number in decimal; an unnamed bit that is set becomes `bit_N`. */
  readonly bits: Readonly<Record<string, string>>;
  readonly fields?: readonly BitField[];
  /** Each becomes a record of its own behind the one that holds it, with the same bytes and place. */
  readonly amounts?: readonly BitAmount[];
}

/** Values that mean "none" though they look like one. */
export interface SentinelRule {
  readonly record: RecordSelector;
  /** `raw` of such records, in lower-case hexadecimal. */
  readonly raw: readonly string[];
}

/**
 * What DIF and VIF cannot say of a kind of device, as data. A profile is JSON; `deviceProfile` describes its form, and
 * `parseProfiles` reads it.
 */
export interface DeviceProfile {
  /** Lower-case words and digits with hyphens: `kamstrup-water`. */
  readonly name: string;
  readonly title: string;
  /** Where the facts were found. */
  readonly source: string;
  readonly match: readonly DeviceMatch[];
  /** Words for the manufacturer's bits of the status byte: `5`, `6`, `7`. */
  readonly status?: Readonly<Record<string, string>>;
  readonly flags?: readonly FlagRule[];
  readonly sentinels?: readonly SentinelRule[];
  /** The register that bills are made from, where it is not the first total of what the meter is for. */
  readonly reading?: RecordSelector;
}
