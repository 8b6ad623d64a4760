import { clockChanges, type ClockChange, type ZoneId, zoneOffsetMs } from '@metergram/model';
import { AggregateError } from '../error.ts';

/** An IANA time zone as the engine's own `Intl` knows it; no zone data is shipped. */
export class Zone {
  readonly id: ZoneId;

  /** @throws AggregateError `calendar/unknown-zone` where the engine has no such zone. */
  constructor(id: string) {
    this.id = id as ZoneId;
    try {
      this.offset(0);
    } catch {
      throw new AggregateError('calendar/unknown-zone', `no time zone ${JSON.stringify(id)}`);
    }
  }

  /** Milliseconds that local time is ahead of UTC at `time` (epoch milliseconds): 7 200 000 for Oslo's summer. */
  offset(time: number): number {
    return zoneOffsetMs(this.id, time);
  }

  /** Changes of clocks in [from, to), in order of time. */
  changes(from: number, to: number): ClockChange[] {
    return clockChanges(this.id, from, to);
  }
}

/** Epoch milliseconds of a date in UTC; `Date.UTC` takes years below 100 for others. */
export function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

const zones = new Map<string, Zone>();

/** The zone of that name, remembered. @throws AggregateError `calendar/unknown-zone`. */
export function zoneOf(id: string): Zone {
  let zone = zones.get(id);
  if (zone === undefined) {
    zone = new Zone(id);
    zones.set(id, zone);
  }
  return zone;
}
