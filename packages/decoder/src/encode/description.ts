import type { Octets } from './octets.ts';
import type { RecordDescription } from './record.ts';

/**
 * A device's address, in the form in which the decoder gives it, so that `telegram.meter` can be put here as it is.
 * `mediumCode` wins over `medium`, the word of the device type table.
 */
export interface AddressDescription {
  /** Three letters A to Z. */
  readonly manufacturer: string | null;
  /** Eight digits, most significant first; hexadecimal digits are allowed. */
  readonly id: string;
  /** 0 to 255. Default 0. */
  readonly version?: number | null;
  readonly medium?: string;
  /** 0 to 255. */
  readonly mediumCode?: number;
}

/** Wired link layer, EN 13757-2. */
export interface WiredLink {
  readonly kind: 'wired-long' | 'wired-control' | 'wired-short' | 'wired-ack';
  /** C field. Default: RSP-UD (08h) for a long frame, REQ-UD2 (5Bh) for a short, SND-UD (53h) for a control frame. */
  readonly control?: number;
  /** A field, 0 to 255. Default 1. */
  readonly address?: number;
}

/** Wireless link layer, EN 13757-4. */
export interface WirelessLink {
  readonly kind: 'wireless';
  /** Frame format with its CRCs; null (the default) leaves the CRCs out, as most receivers hand telegrams on. */
  readonly format?: 'A' | 'B' | null;
  /** C field. Default: SND-NR (44h). */
  readonly control?: number;
}

/** The transport layer's bytes (CI field first) and nothing around them. */
export interface NoLink {
  readonly kind: 'none';
}

/** Extended link layer, EN 13757-4: CI 8C to 8F. */
export interface ExtendedLinkDescription {
  readonly ci: 0x8c | 0x8d | 0x8e | 0x8f;
  /** Communication control field. Default 0. */
  readonly control?: number;
  /** Default 0. */
  readonly accessNumber?: number;
  /** Second address (M2, A2), for 8E and 8F. Default: the link layer's address. */
  readonly peer?: AddressDescription;
  /** Session, for 8D and 8F. */
  readonly session?: {
    /** 0 to 15. Default 0. */
    readonly number?: number;
    /** Minutes counter, 24 bits. Default 0. */
    readonly minutes?: number;
  };
  /** With a key of 16 bytes, everything after the session number is encrypted (AES-128-CTR). For 8D and 8F. */
  readonly key?: Octets;
  /** Mark as encrypted, but leave the payload readable, as published telegrams often are. */
  readonly plain?: boolean;
}

/** Authentication and fragmentation layer, EN 13757-7: CI 90. */
export interface AuthenticationDescription {
  /** Master key of 16 bytes for the MAC; no MAC without it. */
  readonly key?: Octets;
  /** Message counter (MCR). Needed for a MAC. */
  readonly counter?: number;
  /** Bytes of the truncated CMAC. Default 8. */
  readonly macLength?: 2 | 4 | 8 | 12 | 16;
  /** State the message's length (ML). Default: only where the message is fragmented. */
  readonly messageLength?: boolean;
  /** Key information field (KI), two bytes as transmitted. */
  readonly keyInformation?: Octets;
  /** Cut the message after so many bytes each; several telegrams come out. */
  readonly fragmentSize?: number;
}

/** Bits of the configuration field that do not follow from the security mode. */
export interface ConfigurationBits {
  readonly bidirectional?: boolean;
  readonly accessible?: boolean;
  readonly synchronous?: boolean;
  /** Content, 0 to 3. */
  readonly content?: number;
  readonly repeated?: boolean;
  readonly hop?: boolean;
}

interface Encrypted {
  /** 16 bytes (8 for the modes 2 and 3). */
  readonly key: Octets;
  /** How many of the records are encrypted; the others follow in clear. Default: all. */
  readonly records?: number;
  /** Mark as encrypted, but leave the payload readable. */
  readonly plain?: boolean;
}

interface DerivedPerMessage extends Omit<Encrypted, 'plain'> {
  /** Message counter in the header; the AFL's where it is left out. */
  readonly counter?: number;
  readonly keyId?: number;
  readonly keyVersion?: number;
}

/** Security of the transport layer, EN 13757-7. */
export type SecurityDescription =
  | { readonly mode: 0 }
  /** DES-CBC; for mode 3 the initial vector holds `date`, the meter's current date (YYYY-MM-DD). */
  | ({ readonly mode: 2 | 3; readonly date?: string } & Encrypted)
  /** AES-128-CBC, static key; the initial vector is the meter's address and the access number. */
  | ({ readonly mode: 5 } & Encrypted)
  /** AES-128-CBC, key derived per message; `counter` stands in the header, or in the AFL where that has one. */
  | ({
      readonly mode: 7;
      readonly counter?: number;
      readonly keyId?: number;
      readonly keyVersion?: number;
    } & Encrypted)
  /** Experimental, AES-128-CTR: as mode 7; the layout is assumed (docs/security.md). */
  | ({ readonly mode: 8 } & DerivedPerMessage)
  /** Experimental, AES-128-GCM: the key is the meter's own; the layout is assumed (docs/security.md). */
  | ({ readonly mode: 9; readonly counter: number } & Omit<Encrypted, 'plain'>)
  /** Experimental, AES-128-CCM: as mode 7; the layout is assumed (docs/security.md). */
  | ({ readonly mode: 10 } & DerivedPerMessage)
  /** Anything else: the configuration field as it is, the body as it is. */
  | { readonly mode: 'raw'; readonly configuration: number; readonly extension?: Octets };

/** Transport layer header. */
export interface TransportDescription {
  /** CI field; else it follows from `header` and `content`. */
  readonly ci?: number;
  /** Default: that of `ci`; without a `ci`, long in wired frames, short in wireless ones, none without a link. */
  readonly header?: 'none' | 'short' | 'long';
  /** What the records become: a full frame, a format frame (headers only) or a compact frame (values only). */
  readonly content?: 'full' | 'format' | 'compact';
  /** 0 to 255. Default 0. */
  readonly accessNumber?: number;
  /** Default 0. */
  readonly status?: number;
  readonly configuration?: ConfigurationBits;
  readonly security?: SecurityDescription;
}

/** The fixed data structure of old wired meters, CI 73 and 77 (EN 1434-3:1997). */
export interface FixedDescription {
  /** Counters as four bytes each: BCD digits, or binary. Up to 8 digits, or a signed 32-bit number. */
  readonly counters: readonly [bigint | number, bigint | number];
  /** Unit codes, 0 to 3Fh, of both counters. */
  readonly units: readonly [number, number];
  /** Medium, 0 to 15. */
  readonly medium: number;
  readonly binary?: boolean;
  /** Values of the fixed date instead of current ones. */
  readonly stored?: boolean;
  /** Status bits 2 to 7. */
  readonly status?: number;
}

/**
 * What {@link encode} makes a telegram from. Layers that are left out are not there; the innermost part is one of
 * `records`, `body` and `fixed`.
 */
export interface TelegramDescription {
  /** Default: wireless without CRCs. */
  readonly link?: WiredLink | WirelessLink | NoLink;
  /** The meter. */
  readonly meter?: AddressDescription;
  /** The radio adapter or repeater that sends for it; its address then stands in the link layer. */
  readonly sender?: AddressDescription;
  readonly ell?: ExtendedLinkDescription;
  readonly afl?: AuthenticationDescription;
  readonly transport?: TransportDescription;
  readonly records?: readonly RecordDescription[];
  /** Bytes after the transport header as they are: an error code, an alarm, a vendor's format. */
  readonly body?: Octets;
  readonly fixed?: FixedDescription;
  /** Wired: at most so many bytes of records in one telegram; the last record of all but the last is DIF 1F. */
  readonly split?: number;
  /** Bytes after the frame, as receivers append them (signal strength, time). */
  readonly trailing?: Octets;
}
