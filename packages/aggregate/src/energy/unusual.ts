import {
  civilTime,
  daysFromCivil,
  type Decimal,
  type Interval,
  type SeriesPoint,
  type TimeSeries,
  toEpochMs,
  type ZoneId,
} from '@metergram/model';
import { medianOf } from './base-load.ts';
import {
  addFraction,
  compareFraction,
  divideFraction,
  type Fraction,
  fractionOf,
  fractionToDecimal,
  multiplyFraction,
} from './fraction.ts';

/** Something out of the ordinary, with the reason in figures and in words. */
export interface Finding {
  /**
   * `unusual/history-high`, `unusual/history-low`: against one's own earlier days. `unusual/peers-high`: against a peer
   * group. `unusual/never-still`: it never stopped, as with a leak.
   */
  readonly code:
    | 'unusual/history-high'
    | 'unusual/history-low'
    | 'unusual/peers-high'
    | 'unusual/never-still';
  readonly interval: Interval | null;
  readonly value: Decimal;
  /** What was to be expected: median of what it is compared with. */
  readonly expected: Decimal;
  /** Value over expected, two decimals; null when expected is zero. */
  readonly ratio: Decimal | null;
  /** How many values the expectation rests on. */
  readonly samples: number;
  /** The reason in a sentence, English; the figures are for other languages. */
  readonly reason: string;
}

/** When a value is unusual against one's own history; both tests must agree. */
export interface HistoryRule {
  /** How many earlier intervals are looked at. Default 28. */
  readonly window?: number;
  /** Only the same weekday among them: for offices. Default false. */
  readonly sameWeekday?: boolean;
  /** Fewer earlier values give no judgement. Default 7. */
  readonly minimum?: number;
  /** Times the median (or the median over it). Default 1.5. */
  readonly ratio?: Decimal;
  /** Median absolute deviations from the median. Default 3.5. */
  readonly deviations?: Decimal;
  readonly zone: ZoneId;
}

const minus = (a: Fraction, b: Fraction): Fraction => addFraction(a, { n: -b.n, d: b.d });
const size = (a: Fraction): Fraction => (a.n < 0n ? { n: -a.n, d: a.d } : a);

function ratioText(value: Fraction, expected: Fraction): Decimal | null {
  const ratio = divideFraction(value, expected);
  return ratio === null ? null : fractionToDecimal(ratio, -2);
}

function weekday(zone: ZoneId, point: SeriesPoint): number {
  const { year, month, day } = civilTime(zone, toEpochMs(point.start));
  return (((daysFromCivil(year, month, day) + 3) % 7) + 7) % 7;
}

/**
 * Intervals (days, as a rule) that are far from what this customer used before.
 *
 * Expected is the median of the earlier values in the window; unusual is what is more than `ratio` times it (or less than
 * the inverse) *and* more than `deviations` median absolute deviations away: a robust test that one odd day does not
 * spoil. Exact throughout. Intervals that are missing or incomplete are neither judged nor used.
 */
export function unusualInHistory(series: TimeSeries, rule: HistoryRule): readonly Finding[] {
  const { window = 28, minimum = 7, sameWeekday = false, zone } = rule;
  const ratio = fractionOf(rule.ratio ?? ('1.5' as Decimal));
  const deviations = fractionOf(rule.deviations ?? ('3.5' as Decimal));
  const found: Finding[] = [];
  const history = new Map<number, Fraction[]>();
  for (const point of series.points) {
    if (point.value === null || point.quality === 'incomplete') continue;
    const { value: text } = point;
    const value = fractionOf(text);
    const day = sameWeekday ? weekday(zone, point) : 0;
    const before = history.get(day) ?? [];
    history.set(day, before);
    const earlier = before.slice(-window).sort(compareFraction);
    before.push(value);
    if (earlier.length < minimum) continue;
    const expected = medianOf(earlier) as Fraction;
    const spread = medianOf(
      earlier.map((one) => size(minus(one, expected))).sort(compareFraction),
    ) as Fraction;
    const far =
      compareFraction(size(minus(value, expected)), multiplyFraction(spread, deviations)) > 0;
    const high = compareFraction(value, multiplyFraction(expected, ratio)) > 0;
    const low = compareFraction(multiplyFraction(value, ratio), expected) < 0;
    if (!far || (!high && !low)) continue;
    const median = fractionToDecimal(expected, -3);
    const times = ratioText(value, expected);
    found.push({
      code: high ? 'unusual/history-high' : 'unusual/history-low',
      interval: { start: point.start, end: point.end },
      value: text,
      expected: median,
      ratio: times,
      samples: earlier.length,
      reason: `${text} ${series.unit}, where the median of ${earlier.length} earlier ones is ${median}${times === null ? '' : ` (${times} times)`}`,
    });
  }
  return found;
}

/** When a user is unusual within a group. */
export interface PeerRule {
  /** Groups with fewer others give no judgement, also so that nobody can be told from it. Default 5. */
  readonly minimum?: number;
  /** Times the group's median. Default 1.5. */
  readonly ratio?: Decimal;
  readonly unit: string;
}

/** A user's consumption and what makes it comparable: area, persons, or degree days times area. */
export interface PeerValue {
  readonly value: Decimal;
  readonly size: Decimal;
}

/**
 * Whether a user takes unusually much for its size beside a peer group (which must not hold the user itself). Null when it
 * does not, or when the group is too small to tell. Members without size do not count.
 */
export function unusualAmongPeers(
  own: PeerValue,
  peers: readonly PeerValue[],
  rule: PeerRule,
): Finding | null {
  const specific = (one: PeerValue): Fraction | null =>
    divideFraction(fractionOf(one.value), fractionOf(one.size));
  const group = peers.flatMap((peer) => specific(peer) ?? []).sort(compareFraction);
  const mine = specific(own);
  const expected = medianOf(group);
  if (mine === null || expected === null || group.length < (rule.minimum ?? 5)) return null;
  const bound = multiplyFraction(expected, fractionOf(rule.ratio ?? ('1.5' as Decimal)));
  if (compareFraction(mine, bound) <= 0) return null;
  const [value, median, times] = [
    fractionToDecimal(mine, -3),
    fractionToDecimal(expected, -3),
    ratioText(mine, expected),
  ];
  return {
    code: 'unusual/peers-high',
    interval: null,
    value,
    expected: median,
    ratio: times,
    samples: group.length,
    reason: `${value} ${rule.unit}, where the median of ${group.length} like it is ${median}${times === null ? '' : ` (${times} times)`}`,
  };
}

/**
 * Stretches of at least `hours` in which consumption never stood still, as with a running tap or toilet: every interval
 * above `threshold` (in the unit of the series, for one interval). What is missing ends a stretch: it is not known.
 */
export function neverStill(
  series: TimeSeries,
  rule: { readonly hours: number; readonly threshold: Decimal },
): readonly Finding[] {
  const threshold = fractionOf(rule.threshold);
  const found: Finding[] = [];
  let run: { readonly point: SeriesPoint; readonly value: Fraction }[] = [];
  const close = (): void => {
    const [first] = run;
    const last = run.at(-1);
    if (first !== undefined && last !== undefined) {
      const hours = (toEpochMs(last.point.end) - toEpochMs(first.point.start)) / 3_600_000;
      if (hours >= rule.hours) {
        const least = run.map(({ value }) => value).sort(compareFraction)[0] as Fraction;
        const value = fractionToDecimal(least, -3);
        found.push({
          code: 'unusual/never-still',
          interval: { start: first.point.start, end: last.point.end },
          value,
          expected: rule.threshold,
          ratio: ratioText(least, threshold),
          samples: run.length,
          reason: `never below ${value} ${series.unit} for ${hours} hours; it should come down to ${rule.threshold} at some time`,
        });
      }
    }
    run = [];
  };
  let end: string | null = null;
  for (const point of series.points) {
    const value = point.value === null ? null : fractionOf(point.value);
    const moves = value !== null && compareFraction(value, threshold) > 0;
    if (!moves || (end !== null && end !== point.start)) close();
    if (moves) run.push({ point, value });
    ({ end } = point);
  }
  close();
  return found;
}
