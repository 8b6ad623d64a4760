import {
  type Converted,
  type Decimal,
  type TimeSeries,
  toEpochMs,
  type Quality,
} from '@metergram/model';
import { type BandContext, inBand, type TimeBand } from './band.ts';
import {
  addFraction,
  compareFraction,
  divideFraction,
  type Fraction,
  fraction,
  fractionOf,
  fractionToDecimal,
  multiplyFraction,
} from './fraction.ts';
import { fault } from './sum.ts';
import { lengthMs, powerOf, unitRatio } from './unit.ts';

/**
 * How the base load is found. `quantile`: power that only `share` of the intervals are below (nearest rank: of n intervals
 * the ⌈share · n⌉th smallest). `band`: the median of the intervals in a band, say 2 to 5 at night.
 */
export type BaseLoadMethod =
  | { readonly kind: 'quantile'; readonly share: Decimal }
  | { readonly kind: 'band'; readonly band: TimeBand };

export interface BaseLoad {
  /** Power that is always on, kW, to the watt. */
  readonly power: Decimal;
  /** What it makes of the energy of the present intervals, 0 … 1, four decimals; null when they add up to nothing. */
  readonly share: Decimal | null;
  /** Intervals that were looked at; those without a value do not count. */
  readonly intervals: number;
  readonly missing: number;
  /** `incomplete` when intervals are missing. */
  readonly quality: Quality;
}

/** Middle of sorted fractions; of an even number the mean of the two in the middle. */
export function medianOf(sorted: readonly Fraction[]): Fraction | null {
  const middle = sorted.length >> 1;
  const high = sorted[middle];
  if (high === undefined) return null;
  const low = sorted[middle - 1];
  if (sorted.length % 2 === 1 || low === undefined) return high;
  return multiplyFraction(addFraction(low, high), fraction(1n, 2n));
}

function refuse(code: string, message: string): Converted<null> {
  return { value: null, issues: [fault(code, message)] };
}

/**
 * The load that never goes away: standby, circulation, leaks. Null with `energy/unit-mismatch` (no energy),
 * `energy/share-range` (a share outside 0 … 1) or `energy/no-intervals`.
 */
export function baseLoad(
  load: TimeSeries,
  method: BaseLoadMethod,
  context: BandContext,
): Converted<BaseLoad | null> {
  const ratio = unitRatio(load.unit, 'kWh');
  if (ratio === null) return refuse('energy/unit-mismatch', `${load.unit} is no energy`);
  const inside = load.points.filter(
    ({ start }) => method.kind === 'quantile' || inBand(method.band, toEpochMs(start), context),
  );
  const powers = inside.flatMap((point) => powerOf(load, point) ?? []).sort(compareFraction);
  if (powers.length === 0) return refuse('energy/no-intervals', 'no interval has a value');
  let power: Fraction | null;
  if (method.kind === 'quantile') {
    const share = fractionOf(method.share);
    if (share.n < 0n || share.n > share.d) {
      return refuse('energy/share-range', 'a share is from 0 to 1');
    }
    const rank = (share.n * BigInt(powers.length) + share.d - 1n) / share.d;
    power = powers[Math.max(0, Number(rank) - 1)] ?? null;
  } else {
    power = medianOf(powers);
  }
  if (power === null) return refuse('energy/no-intervals', 'no interval has a value');
  let [energy, hours]: [Fraction, Fraction] = [
    { n: 0n, d: 1n },
    { n: 0n, d: 1n },
  ];
  for (const point of load.points) {
    if (point.value === null) continue;
    energy = addFraction(energy, multiplyFraction(fractionOf(point.value), ratio));
    hours = addFraction(hours, fraction(BigInt(lengthMs(point)), 3_600_000n));
  }
  const share = divideFraction(multiplyFraction(power, hours), energy);
  const missing = inside.length - powers.length;
  return {
    value: {
      power: fractionToDecimal(power, -3),
      share: share === null ? null : fractionToDecimal(share, -4),
      intervals: powers.length,
      missing,
      quality: missing > 0 ? 'incomplete' : 'calculated',
    },
    issues: [],
  };
}
