import type { Interval, PricePoint, PriceSeries, ZoneId } from '@metergram/model';
import type { Charge } from './client.ts';
import { instantOf } from './json.ts';
import { epoch, hourAt } from './zone.ts';

const hour = 3_600_000;

/**
 * A charge as a price with intervals, within `interval`. Hourly rates go by the hour that the wall clock in `zone` shows:
 * the hour that comes twice in autumn costs the same twice, the hour that is skipped in spring is never charged. Hours of
 * the same rate that touch are one interval. An hour without a rate has the price null: not published, not free.
 */
export function chargePrices(charge: Charge, interval: Interval, zone: ZoneId): PriceSeries {
  const start = Math.max(
    epoch(interval.start),
    charge.start === null ? -Infinity : epoch(charge.start),
  );
  const end = Math.min(epoch(interval.end), charge.end === null ? Infinity : epoch(charge.end));
  const points: PricePoint[] = [];
  const add = (from: number, to: number, value: PricePoint['value']): void => {
    const last = points.at(-1);
    if (last !== undefined && last.value === value && last.end === instantOf(from))
      points[points.length - 1] = { ...last, end: instantOf(to) };
    else points.push({ start: instantOf(from), end: instantOf(to), value });
  };
  if (start < end && charge.resolution === 'PT1H') {
    const rates = new Map(charge.rates.map(({ position, value }) => [position, value]));
    for (let at = start; at < end;) {
      // To the next full hour: zones with offsets of half hours are not among those with hourly tariffs.
      const next = Math.min(end, (Math.floor(at / hour) + 1) * hour);
      add(at, next, rates.get(hourAt(at, zone) + 1) ?? null);
      at = next;
    }
  } else if (start < end) add(start, end, charge.rates[0]?.value ?? null);
  return {
    name: charge.name,
    currency: charge.currency,
    per: charge.per,
    vat: charge.vat,
    resolution: charge.resolution,
    source: charge.source,
    points,
  };
}
