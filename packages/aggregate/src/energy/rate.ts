import { type EpochMs, type PricePoint, toEpochMs, toScaled } from '@metergram/model';
import { type Fraction, fraction } from './fraction.ts';

/** A rate that holds from one instant to the next: a price, a VAT rate, a carbon intensity. Points in order of time. */
export interface Rate {
  readonly points: readonly PricePoint[];
}

/** A rate made ready for many questions. */
export interface RateIndex {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Values as integers times 10^scale; null where it is not published. */
  readonly mantissas: readonly (bigint | null)[];
  readonly scale: number;
}

/** Prepares a rate: one look at each point. */
export function indexRate(rate: Rate): RateIndex {
  const scaled = rate.points.map(({ value }) => (value === null ? null : toScaled(value)));
  const scale = scaled.reduce((least, one) => Math.min(least, one?.scale ?? 0), 0);
  return {
    starts: Float64Array.from(rate.points, ({ start }) => toEpochMs(start)),
    ends: Float64Array.from(rate.points, ({ end }) => (end === null ? Infinity : toEpochMs(end))),
    mantissas: scaled.map((one) =>
      one === null ? null : one.mantissa * 10n ** BigInt(one.scale - scale),
    ),
    scale,
  };
}

/** Last point that begins at or before `at`, −1 when there is none. */
function lastBefore(starts: Float64Array, at: EpochMs): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Mean of a rate over an interval, weighted by time and exact; the rate itself where it does not change within. Null when
 * it is not known for the whole interval.
 */
export function rateOver(index: RateIndex, start: EpochMs, end: EpochMs): Fraction | null {
  let weighted = 0n;
  let at = start;
  for (let i = lastBefore(index.starts, start); at < end; i++) {
    const mantissa = i < 0 || i >= index.starts.length ? null : index.mantissas[i];
    const from = index.starts[i] as number;
    const to = index.ends[i] as number;
    if (mantissa === null || mantissa === undefined || from > at || to <= at) return null;
    const until = Math.min(to, end);
    weighted += mantissa * BigInt(until - at);
    at = until;
  }
  return fraction(weighted, BigInt(end - start) * 10n ** BigInt(-index.scale));
}

/** A time in which no rate changes, and what each is then. */
export interface RatePiece {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly rates: readonly Fraction[];
}

/** An interval cut where one of several rates changes, in order of time; null when one is not known for all of it. */
export function piecesOver(
  indexes: readonly RateIndex[],
  start: EpochMs,
  end: EpochMs,
): readonly RatePiece[] | null {
  const pieces: RatePiece[] = [];
  for (let from = start; from < end;) {
    const ends = indexes.map(({ starts, ends: all }) => all[lastBefore(starts, from)] ?? end);
    const until = Math.min(end, ...ends);
    // A rate that ended before, and none after it.
    if (until <= from) return null;
    const rates: Fraction[] = [];
    for (const index of indexes) {
      const rate = rateOver(index, from, until);
      if (rate === null) return null;
      rates.push(rate);
    }
    pieces.push({ start: from, end: until, rates });
    from = until;
  }
  return pieces;
}
