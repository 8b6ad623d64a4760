import { type SeriesPoint, type TimeSeries, toEpochMs, type Unit } from '@metergram/model';
import { type Fraction, fraction, fractionOf, multiplyFraction } from './fraction.ts';

const WATT_HOURS: Readonly<Record<string, Fraction>> = {
  Wh: { n: 1n, d: 1n },
  kWh: { n: 1000n, d: 1n },
  MWh: { n: 1_000_000n, d: 1n },
  GWh: { n: 1_000_000_000n, d: 1n },
  J: { n: 1n, d: 3600n },
  kJ: { n: 10n, d: 36n },
  MJ: { n: 10_000n, d: 36n },
  GJ: { n: 10_000_000n, d: 36n },
};

/**
 * How many `to` one `from` is, exactly: 1/1000 from kWh to MWh, 1/3600 from kJ to kWh. Null when they measure different
 * things; units that we do not know convert to themselves only.
 */
export function unitRatio(from: Unit, to: Unit): Fraction | null {
  if (from === to) return { n: 1n, d: 1n };
  const a = Object.hasOwn(WATT_HOURS, from) ? WATT_HOURS[from] : undefined;
  const b = Object.hasOwn(WATT_HOURS, to) ? WATT_HOURS[to] : undefined;
  return a === undefined || b === undefined ? null : fraction(a.n * b.d, a.d * b.n);
}

/** Length of an interval in milliseconds. */
export function lengthMs(point: Pick<SeriesPoint, 'start' | 'end'>): number {
  return toEpochMs(point.end) - toEpochMs(point.start);
}

/** Mean power of an interval of an energy series in kW; null when it is missing or the unit is no energy. */
export function powerOf(series: TimeSeries, point: SeriesPoint): Fraction | null {
  const ratio = unitRatio(series.unit, 'kWh');
  if (point.value === null || ratio === null) return null;
  const energy = multiplyFraction(fractionOf(point.value), ratio);
  return multiplyFraction(energy, fraction(3_600_000n, BigInt(lengthMs(point))));
}
