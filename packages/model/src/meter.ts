import type { MeterId } from './identifier.ts';

/** A meter as a thing: what is screwed to the wall; where it measured stands in the metering point. */
export interface Meter {
  readonly id: MeterId;
  /** Three letters of the FLAG association, `KAM`. */
  readonly manufacturer?: string;
  /** Number on its face, leading zeros kept. */
  readonly serial?: string;
  /** M-Bus version, 0 … 255. */
  readonly version?: number;
  readonly medium: 'electricity' | 'heat' | 'cooling' | 'water' | 'gas' | 'unknown';
  /** What the maker calls it. */
  readonly model?: string;
}
