import {
  type Converted,
  type Decimal,
  type Issue,
  type Quality,
  resolutionMs,
  signDecimal,
  type SeriesPoint,
  subtractDecimal,
  sumQuality,
  type TimeSeries,
  toEpochMs,
  absDecimal,
  type ZoneId,
} from '@metergram/model';
import { fault, sumIntervals } from './sum.ts';

/**
 * Micro-production netted by interval. `meteredIn` and `meteredOut` are what the meter counted, added up to the netting
 * period; the others are labelled `netted`.
 */
export interface Netting {
  readonly meteredIn: TimeSeries;
  readonly meteredOut: TimeSeries;
  /** In minus out; negative when more was fed in than taken. */
  readonly net: TimeSeries;
  /** What is bought: the net where it is positive, else 0. */
  readonly nettedIn: TimeSeries;
  /** What is sold: minus the net where it is negative, else 0. */
  readonly nettedOut: TimeSeries;
}

const UTC = 'UTC' as ZoneId;

interface Pair {
  readonly start: SeriesPoint['start'];
  readonly end: SeriesPoint['end'];
  readonly net: Decimal | null;
  readonly quality: Quality;
}

/** Zero with the decimals of `net`. */
function zeroOf(net: Decimal): Decimal {
  return absDecimal(subtractDecimal(net, net));
}

function usable(one: SeriesPoint | undefined): one is SeriesPoint & { readonly value: Decimal } {
  return one !== undefined && one.value !== null && one.quality !== 'incomplete';
}

function pairs(taken: TimeSeries, fed: TimeSeries): readonly Pair[] {
  const out = new Map(fed.points.map((point) => [point.start, point]));
  const only = new Map(fed.points.map((point) => [point.start, point]));
  const rows: Pair[] = [];
  for (const point of taken.points) {
    const other = out.get(point.start);
    only.delete(point.start);
    const whole = usable(point) && usable(other);
    rows.push({
      start: point.start,
      end: point.end,
      net: whole ? subtractDecimal(point.value, other.value) : null,
      quality: whole ? sumQuality([point.quality, other.quality]) : 'missing',
    });
  }
  for (const { start, end } of only.values())
    rows.push({ start, end, net: null, quality: 'missing' });
  return rows.sort((a, b) => toEpochMs(a.start) - toEpochMs(b.start));
}

/**
 * Nets production against consumption within each netting period, an hour or a quarter of an hour, and never across its
 * bounds (Finland: the imbalance settlement period, a Government decree on sites up to 100 kVA; in Norway by the hour for prosumers).
 *
 * Finer series are added up first. A period of which either side is missing or incomplete is missing in the netted series:
 * what was not measured is not zero. Both series must be of one unit (`energy/unit-mismatch`) and at most as coarse as
 * the period (`energy/netting-period`); else the value is null.
 *
 * @example
 * netProduction(taken, fed, 'PT1H').value?.nettedIn; // 3 kWh in, 2 kWh out: 1 kWh bought, 0 kWh sold
 */
export function netProduction(
  taken: TimeSeries,
  fed: TimeSeries,
  period: 'PT15M' | 'PT1H',
): Converted<Netting | null> {
  const issues: Issue[] = [];
  if (taken.unit !== fed.unit || taken.quantity !== fed.quantity) {
    issues.push(fault('energy/unit-mismatch', `${taken.unit} and ${fed.unit} cannot be netted`));
  }
  const meteredIn = sumIntervals(taken, period, taken.zone ?? UTC);
  const meteredOut = sumIntervals(fed, period, fed.zone ?? UTC);
  if (meteredIn === null || meteredOut === null || resolutionMs(period) === null) {
    issues.push(fault('energy/netting-period', `a series is coarser than the period of ${period}`));
    return { value: null, issues };
  }
  if (issues.length > 0) return { value: null, issues };
  const rows = pairs(meteredIn, meteredOut);
  const { register: _, ...head } = meteredIn;
  const make = (
    direction: TimeSeries['direction'],
    value: (net: Decimal) => Decimal,
  ): TimeSeries => ({
    ...head,
    direction,
    basis: 'netted',
    points: rows.map(({ start, end, net, quality }) => ({
      start,
      end,
      value: net === null ? null : value(net),
      quality,
    })),
  });
  return {
    value: {
      meteredIn,
      meteredOut,
      net: make('net', (net) => net),
      nettedIn: make('consumption', (net) => (signDecimal(net) > 0 ? net : zeroOf(net))),
      nettedOut: make('production', (net) =>
        signDecimal(net) < 0 ? absDecimal(net) : zeroOf(net),
      ),
    },
    issues,
  };
}
