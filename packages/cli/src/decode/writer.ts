import type { Telegram } from '@metergram/decoder';

/** A decoded telegram with what its input said beside the bytes. */
export interface Decoded {
  readonly telegram: Telegram;
  /** Line of the input, or ordinal of the argument; the first is 1. */
  readonly line: number;
  /** When it was received, where the input says so. */
  readonly received?: string;
  /** What received it, and how strongly in dBm, as a decimal, where the input says so. */
  readonly device?: string;
  readonly rssi?: number;
}

/** One of the output formats: what stands before all, for each telegram, and after all. */
export interface Writer {
  begin(): string;
  telegram(decoded: Decoded): string;
  end(): string;
  /** What people should know beside the results; it goes to standard error. */
  note?(): string;
}
