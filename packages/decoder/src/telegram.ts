/** What carried the telegram. `format` is null where no CRC shows which; `crc` is `removed` where there were none to check. */
export interface Link {
  readonly kind: 'wireless' | 'wired-long' | 'wired-control' | 'wired-short' | 'wired-ack' | 'none';
  readonly format: 'A' | 'B' | null;
  /** Wireless: CRC; wired: checksum. */
  readonly crc: 'ok' | 'removed' | 'wrong';
  /** The control field (C), or null for a single character and for bare records. */
  readonly control: number | null;
  /** The standard's name of the control field's function: `SND-NR`, `RSP-UD`. */
  readonly function: string | null;
  /** Primary address of a wired telegram, 0 to 255. */
  readonly address?: number;
  /** Application layer's CI field. */
  readonly ci?: number;
}

/** A meter's address. */
export interface MeterAddress {
  /** Three letters (`@` … `_` stand in codes that nobody has registered), or null where a telegram has none (CI 73). */
  readonly manufacturer: string | null;
  /** Eight digits, most significant first; hexadecimal digits kept, lower case. */
  readonly id: string;
  readonly version: number | null;
  /** Word of the device type table. */
  readonly medium: string;
  readonly mediumCode: number;
}

export type SecurityState =
  | 'none'
  | 'decrypted'
  | 'plain'
  | 'key-missing'
  | 'key-wrong'
  | 'unsupported';

export interface Security {
  readonly mode: number;
  readonly layer: 'tpl' | 'ell' | null;
  readonly state: SecurityState;
  readonly mac?: 'ok' | 'wrong';
}

export interface Status {
  readonly code: number;
  readonly flags: readonly string[];
}

export type RecordKind = 'number' | 'date' | 'datetime' | 'time' | 'text' | 'bytes' | 'none';
export type RecordFunction = 'instantaneous' | 'maximum' | 'minimum' | 'error';

/** One data record. docs/records.md has the meaning of each field. */
export interface DataRecord {
  readonly quantity: string;
  /** Unit of `value` after scaling; `''` for counts and text. */
  readonly unit: string;
  /** Exact decimal, ISO 8601 civil time, text or hexadecimal, by `kind`; null where the meter has no valid value. */
  readonly value: string | null;
  readonly kind: RecordKind;
  readonly function: RecordFunction;
  readonly storage: number;
  readonly tariff: number;
  readonly subunit: number;
  /** Combinable VIFEs in order, by name. */
  readonly modifiers: readonly string[];
  readonly obis?: string | undefined;
  /** Words of the bits that are set, where a device profile names them. */
  readonly flags?: readonly string[] | undefined;
  /** Data information block, hexadecimal. */
  readonly dib: string;
  /** Value information block, hexadecimal. */
  readonly vib: string;
  /** Value bytes as sent, hexadecimal. */
  readonly raw: string;
  /** Where the DIF stands in the bytes as given, CRCs included. */
  readonly offset: number;
  /** How the record came about, where it does not stand in these bytes as such. */
  readonly origin?:
    | 'compact'
    | 'fragments'
    | 'profile'
    | 'vendor'
    | 'telegrams'
    | 'bits'
    | undefined;
  /** True for what has no DIF and VIF of its own: vendor formats, and the rest after DIF 0F or 1F. */
  readonly vendor?: true | undefined;
}

export type Layer = 'input' | 'link' | 'ell' | 'afl' | 'tpl' | 'records' | 'vendor';

/** A fault in a telegram, as data; docs/generated/issues.md lists the codes. */
export interface TelegramIssue {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly layer: Layer;
  /** Offset in the bytes as given. */
  readonly offset: number;
  readonly message: string;
}

/** The JSON form of a telegram, `metergram.telegram/1`. */
export interface Telegram {
  readonly schema: 'metergram.telegram/1';
  readonly link: Link;
  /** The meter itself; null where the telegram names none. */
  readonly meter: MeterAddress | null;
  /** A radio adapter or repeater that sends for the meter. */
  readonly sender?: MeterAddress | undefined;
  readonly security: Security;
  readonly accessNumber: number | null;
  /** Counter of the meter's messages, 0 to 4294967295: of the authentication layer (AFL), or of security mode 7. */
  readonly messageCounter?: number | undefined;
  readonly status: Status | null;
  readonly records: readonly DataRecord[];
  readonly issues: readonly TelegramIssue[];
  /** Name of the device profile that was applied. */
  readonly profile?: string | undefined;
}
