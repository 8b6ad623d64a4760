/** One meter's key. `*` in `manufacturer` or `id` stands for any; the most exact entry wins, of equals the last. */
export interface KeyEntry {
  /** Three letters, or `*`. */
  readonly manufacturer: string;
  /** Eight digits, most significant first, or `*`. */
  readonly id: string;
  /** 16 bytes, as such or as 32 hexadecimal digits in either case. Never printed or logged. */
  readonly key: string | Uint8Array;
}

export interface DecoderOptions {
  readonly keys?: readonly KeyEntry[];
  /** Force the SIMD (`true`) or the baseline (`false`) build; found out by default. */
  readonly simd?: boolean;
  /** A precompiled module, for engines that forbid compiling bytes. */
  readonly module?: WebAssembly.Module;
}

export interface DecodeOptions {
  /** Key for this call alone, before any other. */
  readonly key?: string | Uint8Array;
  /** `records`: the bytes are bare data records without link and transport layer. */
  readonly layer?: 'records';
}
