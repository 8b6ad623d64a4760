import {
  compareInstant,
  type Converted,
  type Currency,
  type Decimal,
  compareDecimal,
  formatInstant,
  type Instant,
  multiplyDecimal,
  negateDecimal,
  type PricePoint,
  type PriceSeries,
  subtractDecimal,
  toEpochMs,
} from '@metergram/model';
import { type BandContext, inBand, type TimeBand } from './band.ts';
import { fault } from './sum.ts';

/**
 * The price with one more validity interval. The interval that was open ends where the new one begins; nothing that was
 * said about the past changes: a new interval that begins before the last one's start, or inside one that has an end, is
 * refused (`energy/price-history`) and the price stays as it was.
 */
export function addPrice(series: PriceSeries, point: PricePoint): Converted<PriceSeries> {
  const last = series.points.at(-1);
  if (last === undefined) return { value: { ...series, points: [point] }, issues: [] };
  const late =
    last.end === null
      ? compareInstant(point.start, last.start) <= 0
      : compareInstant(point.start, last.end) < 0;
  if (late) {
    const message = `a price from ${point.start} would rewrite the past: the last begins at ${last.start}`;
    return { value: series, issues: [fault('energy/price-history', message)] };
  }
  const closed = last.end === null ? { ...last, end: point.start } : last;
  return {
    value: { ...series, points: [...series.points.slice(0, -1), closed, point] },
    issues: [],
  };
}

/** A price that differs by time of day, weekday, season, as data: the first band that holds gives it. */
export interface TimeOfUse {
  readonly name: string;
  readonly currency: Currency;
  readonly per: string;
  readonly vat: PriceSeries['vat'];
  readonly bands: readonly { readonly band: TimeBand; readonly value: Decimal }[];
}

/**
 * Writes a time-of-use price out as validity intervals from `start` to `end`; times in no band have no price. Bands change
 * at full quarters of an hour of the zone's clocks, so 23- and 25-hour days come out right.
 */
export function timeOfUse(
  rule: TimeOfUse,
  start: Instant,
  end: Instant,
  context: BandContext,
): PriceSeries {
  const points: { start: Instant; end: Instant; value: Decimal | null }[] = [];
  const last = toEpochMs(end);
  for (let at = toEpochMs(start); at < last;) {
    const next = Math.min(last, (Math.floor(at / 900_000) + 1) * 900_000);
    const found = rule.bands.find(({ band }) => inBand(band, at, context));
    const value = found?.value ?? null;
    const before = points.at(-1);
    if (before !== undefined && before.value === value) before.end = formatInstant(next);
    else points.push({ start: formatInstant(at), end: formatInstant(next), value });
    at = next;
  }
  const { name, currency, per, vat } = rule;
  return { name, currency, per, vat, points };
}

/**
 * A support that pays a share of what a price exceeds a threshold by, as a price below zero: Norway's electricity support
 * pays 90 % of the hourly spot price above the threshold. Unknown where the price is unknown.
 */
export function supportAbove(
  price: PriceSeries,
  threshold: Decimal,
  share: Decimal,
  name: string,
): PriceSeries {
  const paid = (value: Decimal): Decimal =>
    compareDecimal(value, threshold) > 0
      ? negateDecimal(multiplyDecimal(subtractDecimal(value, threshold), share))
      : ('0' as Decimal);
  return {
    ...price,
    name,
    points: price.points.map((point) => ({
      ...point,
      value: point.value === null ? null : paid(point.value),
    })),
  };
}
