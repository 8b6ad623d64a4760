import type { Instant, Interval } from '@metergram/model';

/** An interval of two instants as text, half-open. */
export function between(from: string, to: string): Interval {
  return { start: from as Instant, end: to as Instant };
}
