import type { Brand } from './brand.ts';

/** A point in time: ISO 8601 in UTC, `2026-01-31T23:00:00Z`, with milliseconds only where they are not zero. */
export type Instant = Brand<string, 'Instant'>;

/** Milliseconds since 1970-01-01T00:00:00Z, a whole number; what columns and arithmetic use. */
export type EpochMs = number;

/** Half-open: `start` is inside, `end` is not. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/** Half-open, in epoch milliseconds; `null` means without bound on that side. */
export interface OpenInterval {
  readonly start: EpochMs | null;
  readonly end: EpochMs | null;
}
