import { civilDate, civilTime, daysFromCivil, type EpochMs, type ZoneId } from '@metergram/model';

/**
 * Part of the time in which a tariff counts, as data: all that is given must hold, what is left out always holds. Times
 * are those on the clocks of the zone.
 */
export interface TimeBand {
  /** 1 January … 12 December. */
  readonly months?: readonly number[];
  /** 1 Monday … 7 Sunday. */
  readonly weekdays?: readonly number[];
  /** From full hour `from` up to, not including, `to`, 0 … 24; `from` 22 `to` 6 goes over midnight. */
  readonly hours?: readonly { readonly from: number; readonly to: number }[];
  /** `only` on holidays, or `except` on holidays; holidays are given as dates. */
  readonly holidays?: 'only' | 'except';
}

/** Where and when bands are looked at. */
export interface BandContext {
  readonly zone: ZoneId;
  /** Public holidays as `YYYY-MM-DD` of the zone; which days those are differs by country and is not ours to know. */
  readonly holidays?: ReadonlySet<string>;
}

/** True when the instant is in the band. */
export function inBand(band: TimeBand, at: EpochMs, context: BandContext): boolean {
  const civil = civilTime(context.zone, at);
  if (band.months !== undefined && !band.months.includes(civil.month)) return false;
  if (band.weekdays !== undefined) {
    // 1970-01-01 was a Thursday.
    const day = daysFromCivil(civil.year, civil.month, civil.day);
    if (!band.weekdays.includes(((((day + 3) % 7) + 7) % 7) + 1)) return false;
  }
  if (band.hours !== undefined) {
    const inside = band.hours.some(({ from, to }) =>
      from <= to ? civil.hour >= from && civil.hour < to : civil.hour >= from || civil.hour < to,
    );
    if (!inside) return false;
  }
  if (band.holidays === undefined) return true;
  const holiday = context.holidays?.has(civilDate(context.zone, at)) ?? false;
  return holiday === (band.holidays === 'only');
}
