import type { Detail } from './types/detail.ts';
import type { CalendarDuration } from './duration.ts';

const DAY = 86_400_000;
/** Days whose offsets are remembered for each zone (about 27 years); past that the memory starts anew. */
const MEMORY = 10_000;

/**
 * Civil time of one IANA zone on `Intl.DateTimeFormat`. Instants are epoch milliseconds; a civil time is written as the
 * milliseconds that it would be in UTC. Rules come from the engine's own zone data.
 */
export interface Zone {
  readonly name: string;
  /** Offset from UTC at an instant, in milliseconds; east is positive. */
  offset(at: number): number;
  /** Instant of a civil time: the first of two when clocks go back, moved on by the gap when they go forward. */
  instant(civil: number): number;
  /** Add years, months and days on the civil calendar (end of month kept within the month), then elapsed time. */
  add(at: number, duration: CalendarDuration): number;
  /** Start of the civil day, month (`P1M`) or year (`P1Y`) that holds an instant, moved by `step` of them. */
  startOf(at: number, unit: Detail, step: number): number;
}

/** Offsets at both ends of a day of UTC, and the first instant of the later one. */
type OffsetDay = readonly [before: number, after: number, change: number];

const zones = new Map<string, Zone>();
const numeric = 'numeric';

/** The zone of a name; null where the engine does not know it. */
export function zoneOf(name: string): Zone | null {
  let zone = zones.get(name);
  if (zone === undefined) {
    try {
      const format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        hourCycle: 'h23',
        year: numeric,
        month: numeric,
        day: numeric,
        hour: numeric,
        minute: numeric,
        second: numeric,
      });
      zones.set(name, (zone = makeZone(name, format)));
    } catch {
      return null;
    }
  }
  return zone;
}

function makeZone(name: string, format: Intl.DateTimeFormat): Zone {
  const memory = new Map<number, OffsetDay>();

  const look = (at: number): number => {
    // 11/22/2026, 00:16:10
    const [month, day, year, hour, minute, second] = format.format(at).match(/\d+/g)!.map(Number);
    // Some engines write midnight as 24 even with h23.
    return (
      Date.UTC(year!, month! - 1, day, hour! % 24, minute, second) - Math.floor(at / 1000) * 1000
    );
  };

  const offset = (at: number): number => {
    const day = Math.floor(at / DAY);
    let entry = memory.get(day);
    if (entry === undefined) {
      let low = day * DAY;
      let high = low + DAY;
      const before = look(low);
      const after = look(high);
      if (before === after) low = high;
      while (high - low > 1000) {
        const middle = Math.floor((low + high) / 2000) * 1000;
        if (look(middle) === before) low = middle;
        else high = middle;
      }
      entry = [before, after, high];
      if (memory.size >= MEMORY) memory.clear();
      memory.set(day, entry);
    }
    return entry[at < entry[2] ? 0 : 1];
  };

  const instant = (civil: number): number => {
    const early = civil - offset(civil - DAY);
    const late = civil - offset(civil + DAY);
    return early + offset(early) !== civil && late + offset(late) === civil ? late : early;
  };

  const add = (at: number, { months, days, ms }: CalendarDuration): number => {
    const civil = at + offset(at);
    const date = new Date(civil);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth() + months;
    const today = date.getUTCDate();
    const last = today > 28 ? new Date(Date.UTC(year, month + 1, 0)).getUTCDate() : today;
    const day = Math.min(today, last) + days;
    const target = Date.UTC(year, month, day) + civil - Math.floor(civil / DAY) * DAY;
    // Nothing moves when the date does not: the second of two equal hours stays the second.
    return (target === civil ? at : instant(target)) + ms;
  };

  const startOf = (at: number, unit: Detail, step: number): number => {
    const date = new Date(at + offset(at));
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth();
    return instant(
      unit === 'P1Y'
        ? Date.UTC(year + step, 0)
        : unit === 'P1M'
          ? Date.UTC(year, month + step)
          : Date.UTC(year, month, date.getUTCDate() + step),
    );
  };

  return { name, offset, instant, add, startOf };
}

const DATE = /^(\d{4}-\d\d-(\d\d))(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Instant of an ISO 8601 date (start of that civil day in `zone`) or of a date and time with an offset; null for
 * anything else, and for dates that do not exist.
 */
export function parseInstant(text: string, zone: Zone): number | null {
  const [, date, day, time] = DATE.exec(text) ?? [];
  // Some engines take the 30th of February for the 2nd of March.
  const civil = Date.parse(date ?? '');
  if (new Date(civil).getUTCDate() !== Number(day)) return null;
  const at = time === undefined ? zone.instant(civil) : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
