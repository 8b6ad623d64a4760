import { addDays, dateAt, hourAt, startOfDay } from '@metergram/datahub';
import {
  type Decimal,
  formatInstant,
  type PricePoint,
  type PriceSeries,
  type Resolution,
  type ZoneId,
} from '@metergram/model';
import { draw } from './draw.ts';

const QUARTER = 900_000;
/** Day-ahead prices are those of days in Central European time, of quarters since 1 October 2025. */
const CENTRAL = 'Europe/Oslo' as ZoneId;
const QUARTERS_SINCE = Date.UTC(2025, 8, 30, 22);

/** Cents for a MWh by the hour on the clock, before the day's weather. */
const CURVE: readonly number[] = [
  3100, 2900, 2800, 2750, 2850, 3300, 4800, 6900, 7600, 6400, 5200, 4300, 3600, 3300, 3500, 4300,
  5900, 8200, 9400, 8800, 7000, 5400, 4400, 3600,
];

/** Made-up day-ahead prices of an area for the days that an interval touches; one series for each length of interval. */
export function dayAheadPrices(
  area: string,
  start: number,
  end: number,
  seed: number,
): PriceSeries[] {
  const first = startOfDay(dateAt(start, CENTRAL), CENTRAL);
  const last = startOfDay(addDays(dateAt(end - 1, CENTRAL), 1), CENTRAL);
  const change = Math.min(Math.max(first, QUARTERS_SINCE), last);
  return [
    series(area, first, change, 'PT1H', seed),
    series(area, change, last, 'PT15M', seed),
  ].filter(({ points }) => points.length > 0);
}

function series(
  area: string,
  from: number,
  to: number,
  resolution: Resolution,
  seed: number,
): PriceSeries {
  const step = resolution === 'PT15M' ? QUARTER : 4 * QUARTER;
  const points: PricePoint[] = [];
  for (let at = from; at < to; at += step)
    points.push({
      start: formatInstant(at),
      end: formatInstant(at + step),
      value: euros(cents(area, at, seed)),
    });
  return {
    name: `Day-ahead ${area}`,
    currency: 'EUR',
    per: 'MWh',
    vat: 'exclusive',
    area,
    resolution,
    points,
  };
}

/** Windy days are cheap, down to below nothing; quarters of an hour differ a little. */
function cents(area: string, at: number, seed: number): number {
  const day = dateAt(at, CENTRAL);
  const wind = Math.round(draw(seed, 'wind', area, day) * 6000);
  const quarter = Math.round((draw(seed, 'quarter', area, at) - 0.5) * 400);
  return (CURVE[hourAt(at, CENTRAL)] as number) - wind + quarter;
}

function euros(value: number): Decimal {
  const digits = String(Math.abs(value)).padStart(3, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}` as Decimal;
}
