import {
  type Decimal,
  type EpochMs,
  formatInstant,
  type Instant,
  parseDecimal,
  parseEpochMs,
} from '@metergram/model';

/**
 * An exact decimal of a number as hubs send it, blanks around it allowed; every digit that was sent is kept. Null for
 * anything that is no number; empty text is none.
 */
export function decimalOf(text: string): Decimal | null {
  return parseDecimal(text.trim());
}

/** Epoch milliseconds as an {@link Instant}. Throws RangeError outside of what a date can be. */
export function instantOf(ms: EpochMs): Instant {
  return formatInstant(ms);
}

/** Epoch milliseconds of ISO 8601 text with a zone or offset; null for anything else, local time included. */
export function epochOf(text: string | null | undefined): EpochMs | null {
  return typeof text === 'string' ? parseEpochMs(text) : null;
}
