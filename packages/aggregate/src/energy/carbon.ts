import {
  type Converted,
  type SeriesPoint,
  type TimeSeries,
  toEpochMs,
  type Unit,
  worseQuality,
} from '@metergram/model';
import { fractionOf, fractionToDecimal, multiplyFraction } from './fraction.ts';
import { indexRate, type Rate, rateOver } from './rate.ts';
import { fault } from './sum.ts';
import { unitRatio } from './unit.ts';

/** Greenhouse gas for each unit of energy, with its own history: hourly for location, yearly for a contract. */
export interface CarbonIntensity extends Rate {
  /** What it counts, named because the methods differ: `location-based`, `market-based`, `residual-mix`. */
  readonly method: string;
  /** Grams of CO₂ equivalent for each of this unit of energy, `kWh`. */
  readonly per: Unit;
}

/**
 * Greenhouse gas of a load, interval by interval: energy times intensity (GHG Protocol, Scope 2), in grams of CO₂
 * equivalent, rounded half to even to `10^scale` (default −3). An intensity that changes within an interval counts by its
 * time-weighted mean; where it or the load is missing, the result is missing. `energy/unit-mismatch` (null) when the load
 * is no energy. Feed-in is not subtracted: it has a series of its own.
 */
export function carbonOf(
  load: TimeSeries,
  intensity: CarbonIntensity,
  scale = -3,
): Converted<TimeSeries | null> {
  const ratio = unitRatio(load.unit, intensity.per);
  if (ratio === null) {
    const message = `an intensity per ${intensity.per} for a load in ${load.unit}`;
    return { value: null, issues: [fault('energy/unit-mismatch', message)] };
  }
  const index = indexRate(intensity);
  const { register: _, ...head } = load;
  const points = load.points.map((point): SeriesPoint => {
    const { start, end, value, quality } = point;
    const rate = rateOver(index, toEpochMs(start), toEpochMs(end));
    if (rate === null || value === null) return { start, end, value: null, quality: 'missing' };
    const grams = multiplyFraction(multiplyFraction(fractionOf(value), ratio), rate);
    return {
      start,
      end,
      value: fractionToDecimal(grams, scale),
      quality: worseQuality(quality, 'calculated'),
    };
  });
  return {
    value: { ...head, quantity: 'carbon', unit: 'g', basis: 'calculated', points },
    issues: [],
  };
}
