import {
  addIntervals,
  type Decimal,
  decimal,
  formatInstant,
  instant,
  type PriceSeries,
  type Quality,
  type Resolution,
  type SeriesPoint,
  type TimeSeries,
  toEpochMs,
  type ZoneId,
} from '@metergram/model';

export const OSLO: ZoneId = 'Europe/Oslo' as ZoneId;
export const STOCKHOLM: ZoneId = 'Europe/Stockholm' as ZoneId;
export const HELSINKI: ZoneId = 'Europe/Helsinki' as ZoneId;
export const UTC: ZoneId = 'UTC' as ZoneId;

/** A value, or one with its quality; null is missing. */
export type Given = string | null | readonly [string, Quality];

export interface Head {
  readonly from: string;
  readonly resolution?: Resolution;
  readonly zone?: ZoneId;
  readonly unit?: string;
  readonly quantity?: string;
  readonly direction?: TimeSeries['direction'];
}

/** Intervals one after the other. */
export function series(head: Head, values: readonly Given[]): TimeSeries {
  const { resolution = 'PT1H', zone = OSLO, unit = 'kWh', quantity = 'energy' } = head;
  const start = toEpochMs(instant(head.from));
  const points = values.map((given, i): SeriesPoint => {
    const [value, quality] = Array.isArray(given)
      ? (given as readonly [string, Quality])
      : [given as string | null, (given === null ? 'missing' : 'measured') as Quality];
    return {
      start: formatInstant(addIntervals(zone, start, resolution, i)),
      end: formatInstant(addIntervals(zone, start, resolution, i + 1)),
      value: value === null ? null : decimal(value),
      quality,
    };
  });
  return {
    quantity,
    unit,
    direction: head.direction ?? 'consumption',
    basis: 'metered',
    resolution,
    zone,
    points,
  };
}

/** A price; each entry holds until the next one. */
export function price(
  name: string,
  entries: readonly (readonly [string, string | null])[],
  more: Partial<PriceSeries> = {},
): PriceSeries {
  return {
    name,
    currency: 'NOK',
    per: 'kWh',
    vat: 'exclusive',
    points: entries.map(([from, value], i) => {
      const next = entries[i + 1];
      return {
        start: instant(from),
        end: next === undefined ? null : instant(next[0]),
        value: value === null ? null : decimal(value),
      };
    }),
    ...more,
  };
}

export function valuesOf(one: TimeSeries | undefined): readonly (Decimal | null)[] | undefined {
  return one?.points.map(({ value }) => value);
}

export function codesOf(result: {
  readonly issues: readonly { readonly code: string }[];
}): string[] {
  return result.issues.map(({ code }) => code);
}
