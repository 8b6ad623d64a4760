import {
  type Converted,
  type Decimal,
  type Interval,
  intervalCovers,
  intervalMs,
  subtractDecimal,
  type TimeSeries,
} from '@metergram/model';
import {
  addFraction,
  divideFraction,
  type Fraction,
  fraction,
  fractionOf,
  fractionToDecimal,
  multiplyFraction,
} from './fraction.ts';
import { fault, type SeriesSum, sumPoints } from './sum.ts';
import { lengthMs } from './unit.ts';

/** One side of a comparison. */
export interface PeriodSum extends SeriesSum {
  readonly period: Interval;
  /** Mean of 24 hours of the time that has values, in the unit of the series, to `10^scale`; null when there is none. */
  readonly perDay: Decimal | null;
  /** Share of the period that has values, 0 … 1, four decimals. */
  readonly coverage: Decimal;
}

/** Two periods of any length beside each other. */
export interface PeriodComparison {
  readonly before: PeriodSum;
  readonly after: PeriodSum;
  /** Sum after minus sum before; null unless both periods have all their values. */
  readonly difference: Decimal | null;
  /** The same in percent of before, two decimals; null also when before is zero. */
  readonly percent: Decimal | null;
  /** Per day after minus per day before: also comparable when lengths differ or values are missing. */
  readonly perDayDifference: Decimal | null;
  readonly perDayPercent: Decimal | null;
}

interface Side {
  readonly sum: PeriodSum;
  readonly perDay: Fraction | null;
}

function sideOf(series: TimeSeries, period: Interval, scale: number): Side {
  const inside = series.points.filter((point) => intervalCovers(period, point));
  const whole = inside.reduce((ms, point) => ms + lengthMs(point), 0) === intervalMs(period);
  const present = inside.filter(({ value }) => value !== null);
  const covered = present.reduce((ms, point) => ms + lengthMs(point), 0);
  const sum = sumPoints(inside);
  const total = present.reduce<Fraction>(
    (all, { value }) => (value === null ? all : addFraction(all, fractionOf(value))),
    { n: 0n, d: 1n },
  );
  const perDay =
    covered === 0 ? null : multiplyFraction(total, fraction(86_400_000n, BigInt(covered)));
  return {
    sum: {
      ...sum,
      quality: whole || sum.value === null ? sum.quality : 'incomplete',
      period,
      perDay: perDay === null ? null : fractionToDecimal(perDay, scale),
      coverage: fractionToDecimal(fraction(BigInt(covered), BigInt(intervalMs(period))), -4),
    },
    perDay,
  };
}

/** The sum of a period that has all its values. */
function known(side: Side): Decimal | null {
  return side.sum.quality === 'incomplete' ? null : side.sum.value;
}

function percentOf(before: Fraction, after: Fraction): Decimal | null {
  const size = before.n < 0n ? { n: -before.n, d: before.d } : before;
  const ratio = divideFraction(addFraction(after, { n: -before.n, d: before.d }), size);
  return ratio === null ? null : fractionToDecimal(multiplyFraction(ratio, fraction(100n, 1n)), -2);
}

/**
 * Compares a series of amounts in any two periods: this month with the last one, a year with the year before, the week
 * before and after new windows. Intervals count that lie within a period as a whole.
 *
 * Sums are compared only when both periods are complete; the mean per 24 hours is given for the time that has values, and
 * `coverage` says how much that is. `energy/empty-period` (null) when a period ends before it starts.
 */
export function comparePeriods(
  series: TimeSeries,
  before: Interval,
  after: Interval,
  scale = -3,
): Converted<PeriodComparison | null> {
  if (intervalMs(before) <= 0 || intervalMs(after) <= 0) {
    return {
      value: null,
      issues: [fault('energy/empty-period', 'a period must end after it starts')],
    };
  }
  const a = sideOf(series, before, scale);
  const b = sideOf(series, after, scale);
  const [x, y] = [known(a), known(b)];
  return {
    value: {
      before: a.sum,
      after: b.sum,
      difference: x === null || y === null ? null : subtractDecimal(y, x),
      percent: x === null || y === null ? null : percentOf(fractionOf(x), fractionOf(y)),
      perDayDifference:
        a.perDay === null || b.perDay === null
          ? null
          : fractionToDecimal(addFraction(b.perDay, { n: -a.perDay.n, d: a.perDay.d }), scale),
      perDayPercent: a.perDay === null || b.perDay === null ? null : percentOf(a.perDay, b.perDay),
    },
    issues: [],
  };
}
