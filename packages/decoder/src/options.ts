/**
 * The key of a meter, or of all meters that a pattern fits: in `manufacturer` and `id`, `?` stands for any letter or digit
 * and `*` for any number of them (`6449*`, `????1234`). The most exact entry wins: that with more digits of the id, then
 * with more letters, then with a version, then with a medium; of equals the last.
 */
export interface KeyEntry {
  /** Three letters, or a pattern. */
  readonly manufacturer: string;
  /** Eight digits, most significant first, or a pattern. */
  readonly id: string;
  /** Only meters of this version, 0 to 255. */
  readonly version?: number | undefined;
  /** Only meters of this device type, 0 to 255: `telegram.meter.mediumCode`. */
  readonly mediumCode?: number | undefined;
  /**
   * 16 bytes, as such or as 32 hexadecimal digits in either case; for DES (security modes 2 and 3) 8 bytes or 16 digits.
   * Never printed or logged.
   */
  readonly key: string | Uint8Array;
  /**
   * `key` is a master key from which each meter's own is derived so; made by `derivation` of `@metergram/decoder/derivation`.
   */
  readonly derivation?: Uint8Array | undefined;
}

export interface DecoderOptions {
  readonly keys?: readonly KeyEntry[];
  /**
   * Security modes to try although their layout is not public: 8, 9 and 10 (docs/security.md lists what is assumed). Off by
   * default: they are then `unsupported`.
   */
  readonly experimental?: readonly (8 | 9 | 10)[];
  /** Force the SIMD (`true`) or the baseline (`false`) build; found out by default. */
  readonly simd?: boolean;
  /** A precompiled module, for engines that forbid compiling bytes. */
  readonly module?: WebAssembly.Module;
}

export interface DecodeOptions {
  /** Key for this call alone, before any other. */
  readonly key?: string | Uint8Array;
  /**
   * The date that the meter had, YYYY-MM-DD, which security mode 3 needs. Without it the date is taken from the telegram,
   * where that states one.
   */
  readonly date?: string;
  /** `records`: the bytes are bare data records without link and transport layer. */
  readonly layer?: 'records';
}
