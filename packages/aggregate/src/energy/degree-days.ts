import {
  addIntervals,
  type Converted,
  type Decimal,
  civilTime,
  formatInstant,
  type Issue,
  multiplyDecimal,
  signDecimal,
  type SeriesPoint,
  startOfInterval,
  subtractDecimal,
  sumQuality,
  type TimeSeries,
  toEpochMs,
  worseQuality,
  type ZoneId,
} from '@metergram/model';
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

/** How degree days are counted, as data. */
export interface DegreeDayMethod {
  readonly name: string;
  /** Degrees that a day's mean is below this count, °C. */
  readonly base: Decimal;
  /**
   * Days warmer than the limit of their month do not count at all: heating is off. Months without a limit count whenever
   * the mean is below the base.
   */
  readonly limits?: readonly { readonly months: readonly number[]; readonly above: Decimal }[];
}

/**
 * Finland's S17: 17 °C minus the day's mean; days warmer than 10 °C in spring and 12 °C in autumn do not count (Finnish
 * Meteorological Institute, lämmitystarveluku).
 */
export const FINNISH_S17: DegreeDayMethod = {
  name: 'S17',
  base: '17' as Decimal,
  limits: [
    { months: [1, 2, 3, 4, 5, 6], above: '10' as Decimal },
    { months: [7, 8, 9, 10, 11, 12], above: '12' as Decimal },
  ],
};

/** 17 °C minus the day's mean, every day that is colder: no start and no end of the heating season. */
export const BASE_17: DegreeDayMethod = { name: 'base-17', base: '17' as Decimal };

/** Mean of the temperatures of a day, weighted by time; null unless they cover it. */
function dayMean(points: readonly SeriesPoint[], start: number, end: number): Fraction | null {
  let sum: Fraction = { n: 0n, d: 1n };
  let covered = 0;
  for (const point of points) {
    if (point.value === null) return null;
    const ms = toEpochMs(point.end) - toEpochMs(point.start);
    covered += ms;
    sum = addFraction(sum, multiplyFraction(fractionOf(point.value), fraction(BigInt(ms), 1n)));
  }
  return covered === end - start ? multiplyFraction(sum, fraction(1n, BigInt(covered))) : null;
}

/**
 * Degree days of each day of the zone, from a series of outdoor temperatures (°C, means of quarters, hours or days).
 *
 * The day's mean is weighted by time and exact; the result is rounded half to even to `10^scale` (default −4), unit
 * `°C·d`. A day that the temperatures do not cover is missing. Sums of months are `sumIntervals(result, 'P1M', zone)`.
 * Null with `energy/unit-mismatch` (not °C) or `energy/too-coarse` (months).
 */
export function degreeDays(
  temperature: TimeSeries,
  method: DegreeDayMethod,
  options: { readonly zone: ZoneId; readonly scale?: number },
): Converted<TimeSeries | null> {
  const issues: Issue[] = [];
  if (temperature.unit !== '°C') {
    issues.push(fault('energy/unit-mismatch', `${temperature.unit} is not °C`));
  }
  if (temperature.resolution === 'P1M' || temperature.resolution === 'P1Y') {
    issues.push(fault('energy/too-coarse', 'degree days need the temperature of each day'));
  }
  if (issues.length > 0) return { value: null, issues };
  const { zone, scale = -4 } = options;
  const days = new Map<number, SeriesPoint[]>();
  for (const point of temperature.points) {
    const start = startOfInterval(zone, toEpochMs(point.start), 'P1D');
    const day = days.get(start) ?? [];
    day.push(point);
    days.set(start, day);
  }
  const base = fractionOf(method.base);
  const points = [...days].map(([start, parts]): SeriesPoint => {
    const end = addIntervals(zone, start, 'P1D', 1);
    const mean = dayMean(parts, start, end);
    const span = { start: formatInstant(start), end: formatInstant(end) };
    if (mean === null) return { ...span, value: null, quality: 'missing' };
    const { month } = civilTime(zone, start);
    const limit = method.limits?.find(({ months }) => months.includes(month))?.above;
    const off =
      compareFraction(mean, base) >= 0 ||
      (limit !== undefined && compareFraction(mean, fractionOf(limit)) > 0);
    const degrees = off ? { n: 0n, d: 1n } : addFraction(base, { n: -mean.n, d: mean.d });
    const quality = worseQuality(sumQuality(parts.map((part) => part.quality)), 'calculated');
    return { ...span, value: fractionToDecimal(degrees, scale), quality };
  });
  const { register: _, ...head } = temperature;
  return {
    value: {
      ...head,
      quantity: 'degree_days',
      unit: '°C·d',
      basis: 'calculated',
      resolution: 'P1D',
      zone,
      points,
    },
    issues,
  };
}

/** What normalised heat is made of; energy in one unit, degree days in one unit. */
export interface HeatToNormalise {
  readonly consumption: Decimal;
  /** Part that does not follow the weather: domestic hot water. */
  readonly independent: Decimal;
  readonly degreeDays: Decimal;
  readonly normalDegreeDays: Decimal;
  /** Correction for another place, Motiva's k. Default 1. */
  readonly factor?: Decimal;
}

/**
 * Heat as it would have been in a normal year: `factor · normal / actual · (consumption − independent) + independent`
 * (Motiva, normalisation of heat consumption). Rounded once, half to even, to `10^scale` (default −3). Null when the
 * independent part is more than the whole, or when there were no degree days and yet heat beyond the independent part.
 */
export function normaliseHeat(heat: HeatToNormalise, scale = -3): Decimal | null {
  const dependent = subtractDecimal(heat.consumption, heat.independent);
  if (dependent.startsWith('-')) return null;
  if (signDecimal(dependent) === 0) return fractionToDecimal(fractionOf(heat.independent), scale);
  const weighted = multiplyDecimal(dependent, heat.factor ?? ('1' as Decimal));
  const ratio = divideFraction(fractionOf(heat.normalDegreeDays), fractionOf(heat.degreeDays));
  if (ratio === null) return null;
  const normal = multiplyFraction(fractionOf(weighted), ratio);
  return fractionToDecimal(addFraction(normal, fractionOf(heat.independent)), scale);
}

/** Values by start; what is missing or incomplete is left out. */
function usable(series: TimeSeries): ReadonlyMap<string, Decimal> {
  return new Map(
    series.points.flatMap(({ start, value, quality }) =>
      value === null || quality === 'incomplete' ? [] : [[start, value] as const],
    ),
  );
}

/**
 * A series of heat, interval by interval as it would have been in a normal year. `actual` and `normal` are degree days of
 * the same intervals; `independent` is the part of each interval that does not follow the weather. An interval is missing
 * where one of the three is missing or incomplete, used less than `independent`, or had no degree days while heat beyond
 * `independent` was used.
 */
export function normaliseSeries(
  heat: TimeSeries,
  actual: TimeSeries,
  normal: TimeSeries,
  options: { readonly independent: Decimal; readonly factor?: Decimal; readonly scale?: number },
): TimeSeries {
  const [degrees, normals] = [usable(actual), usable(normal)];
  return {
    ...heat,
    basis: 'calculated',
    points: heat.points.map((point): SeriesPoint => {
      const { start, end, value, quality } = point;
      const degree = degrees.get(start);
      const norm = normals.get(start);
      const known =
        value !== null && quality !== 'incomplete' && degree !== undefined && norm !== undefined;
      const result = known
        ? normaliseHeat(
            { ...options, consumption: value, degreeDays: degree, normalDegreeDays: norm },
            options.scale,
          )
        : null;
      return {
        start,
        end,
        value: result,
        quality: result === null ? 'missing' : worseQuality(quality, 'calculated'),
      };
    }),
  };
}
