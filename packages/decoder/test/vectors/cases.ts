/// <reference types="vite/client" />
import type { DataRecord, Telegram } from '../../src/index.ts';
import type { TelegramDescription } from '../../src/encode.ts';

/**
 * A worked example of a standard: one file in `cases/`, picked up by listing the folder. What `expected` does not name is
 * not looked at.
 */
export interface Vector {
  /** Standard, clause, and what it shows. */
  readonly clause: string;
  /** The printed telegram; spaces are for reading. */
  readonly hex: string;
  readonly key?: string;
  /** Telegrams that have to come before. */
  readonly context?: readonly string[];
  /** `records` where the standard prints bare data records. */
  readonly layer?: 'records';
  /** Elements of compact profiles are looked at by value, not by position. */
  readonly profile?: true;
  /** What the encoder makes the same bytes from. */
  readonly description?: TelegramDescription;
  readonly expected?: Partial<Omit<Telegram, 'records'>> & {
    readonly records?: readonly Partial<DataRecord>[];
  };
}

const files = import.meta.glob<Vector>('./cases/*.json', { eager: true, import: 'default' });

/** Every vector by the name of its file. */
export const VECTORS: readonly (readonly [name: string, vector: Vector])[] = Object.entries(files)
  .map(([path, vector]) => [path.slice('./cases/'.length, -'.json'.length), vector] as const)
  .toSorted(([a], [b]) => (a < b ? -1 : 1));
