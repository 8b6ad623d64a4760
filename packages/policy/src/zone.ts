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
  startOf(at: number, unit: 'P1D' | 'P1M' | 'P1Y', step: number): number;
}

interface OffsetDay {
  readonly before: number;
  readonly after: number;
  /** First instant of `after`. */
  readonly change: number;
}

const zones = new Map<string, Zone>();

/** The zone of a name; null where the engine does not know it. */
export function zoneOf(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
  const zone = makeZone(name, format);
  zones.set(name, zone);
  return zone;
}

function makeZone(name: string, format: Intl.DateTimeFormat): Zone {
  const memory = new Map<number, OffsetDay>();

  const look = (at: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
    const whole = Math.floor(at / 1000) * 1000;
    return (
      Date.UTC(
        part['year']!,
        part['month']! - 1,
        part['day']!,
        // Some engines write midnight as 24 even with h23.
        part['hour']! % 24,
        part['minute']!,
        part['second']!,
      ) - whole
    );
  };

  const dayOf = (day: number): OffsetDay => {
    let entry = memory.get(day);
    if (entry !== undefined) return entry;
    let low = day * DAY;
    let high = low + DAY;
    const before = look(low);
    const after = look(high);
    if (before !== after) {
      while (high - low > 1000) {
        const middle = Math.floor((low + high) / 2000) * 1000;
        if (look(middle) === before) low = middle;
        else high = middle;
      }
    }
    entry = { before, after, change: high };
    if (memory.size >= MEMORY) memory.clear();
    memory.set(day, entry);
    return entry;
  };

  const offset = (at: number): number => {
    const day = dayOf(Math.floor(at / DAY));
    return at < day.change ? day.before : day.after;
  };

  const instant = (civil: number): number => {
    const early = offset(civil - DAY);
    const late = offset(civil + DAY);
    if (offset(civil - early) === early) return civil - early;
    if (offset(civil - late) === late) return civil - late;
    return civil - early;
  };

  const add = (at: number, duration: CalendarDuration): number => {
    let moved = at;
    if (duration.months !== 0 || duration.days !== 0) {
      const civil = at + offset(at);
      const date = new Date(civil);
      const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + duration.months;
      const year = Math.floor(month / 12);
      const last = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
      const day = Math.min(date.getUTCDate(), last) + duration.days;
      const time = civil - Math.floor(civil / DAY) * DAY;
      const target = Date.UTC(year, month % 12, day) + time;
      // Nothing moves when the date does not: the second of two equal hours stays the second.
      if (target !== civil) moved = instant(target);
    }
    return moved + duration.ms;
  };

  const startOf = (at: number, unit: 'P1D' | 'P1M' | 'P1Y', step: number): number => {
    const date = new Date(at + offset(at));
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth();
    if (unit === 'P1D') return instant(Date.UTC(year, month, date.getUTCDate() + step));
    if (unit === 'P1M') return instant(Date.UTC(year, month + step, 1));
    return instant(Date.UTC(year + step, 0, 1));
  };

  return { name, offset, instant, add, startOf };
}

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Instant of an ISO 8601 date (start of that civil day in `zone`) or of a date and time with an offset; null for
 * anything else, and for dates that do not exist.
 */
export function parseInstant(text: string, zone: Zone): number | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const civil = Date.UTC(year, month - 1, day);
  if (new Date(civil).getUTCMonth() !== month - 1 || day === 0) return null;
  if (match[4] === undefined) return zone.instant(civil);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
