import { AggregateError } from '../error.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Clocks are asked once a week; no zone has changed twice within one and come back to where it was. */
const WEEK = 7 * DAY;

/** A change of clocks: from `at` on, local time is UTC plus `offset` milliseconds. */
interface Change {
  readonly at: number;
  readonly offset: number;
}

/** What is known of one week of a zone: its offset at the start, and the changes within. */
interface Week {
  readonly offset: number;
  readonly changes: readonly Change[];
}

/**
 * An IANA time zone as the engine's own `Intl` knows it; no zone data is shipped. Asking for offsets is slow in every
 * engine, so each week is looked at once and remembered.
 */
export class Zone {
  readonly id: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #weeks = new Map<number, Week>();

  /** @throws AggregateError `calendar/unknown-zone` where the engine has no such zone. */
  constructor(id: string) {
    try {
      this.#format = new Intl.DateTimeFormat('en-US', {
        timeZone: id,
        calendar: 'gregory',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw new AggregateError('calendar/unknown-zone', `no time zone ${JSON.stringify(id)}`);
    }
    this.id = id;
  }

  /** Milliseconds that local time is ahead of UTC at `time` (epoch milliseconds): 7 200 000 for Oslo's summer. */
  offset(time: number): number {
    const week = this.#week(Math.floor(time / WEEK));
    let offset = week.offset;
    for (const change of week.changes) if (change.at <= time) offset = change.offset;
    return offset;
  }

  /** Changes of clocks in [from, to), in order of time. */
  changes(from: number, to: number): { at: number; before: number; after: number }[] {
    const found: { at: number; before: number; after: number }[] = [];
    for (let week = Math.floor(from / WEEK); week * WEEK < to; week++) {
      let { offset } = this.#week(week);
      for (const change of this.#week(week).changes) {
        if (change.at >= from && change.at < to)
          found.push({ at: change.at, before: offset, after: change.offset });
        ({ offset } = change);
      }
    }
    return found;
  }

  #week(index: number): Week {
    let week = this.#weeks.get(index);
    if (week === undefined) {
      const start = index * WEEK;
      const end = start + WEEK;
      const offset = this.#ask(start);
      const changes: Change[] = [];
      this.#search(start, offset, end, this.#ask(end), changes);
      week = { offset, changes };
      this.#weeks.set(index, week);
    }
    return week;
  }

  /** Finds the changes in (from, to], where the offsets at both ends are known. */
  #search(from: number, before: number, to: number, after: number, into: Change[]): void {
    if (before === after) return;
    let low = from;
    let high = to;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (this.#ask(middle) === before) low = middle;
      else high = middle;
    }
    const offset = this.#ask(high);
    into.push({ at: high, offset });
    this.#search(high, offset, to, after, into);
  }

  #ask(time: number): number {
    let year = 0;
    let month = 0;
    let day = 0;
    let hour = 0;
    let minute = 0;
    let second = 0;
    let before = false;
    for (const { type, value } of this.#format.formatToParts(time)) {
      if (type === 'year') year = Number(value);
      else if (type === 'month') month = Number(value);
      else if (type === 'day') day = Number(value);
      else if (type === 'hour') hour = Number(value);
      else if (type === 'minute') minute = Number(value);
      else if (type === 'second') second = Number(value);
      else if (type === 'era') before = value.startsWith('B');
    }
    const local = utc(before ? 1 - year : year, month, day) + (hour * 60 + minute) * MINUTE;
    return local + second * 1000 - Math.floor(time / 1000) * 1000;
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
