// What the clocks of an IANA zone show, as the engine's own `Intl` has it; no zone data is shipped. This is the only place
// of the data packages that asks the engine. Asking is slow, so each week is looked at once and remembered.
import type { ZoneId } from './identifier.ts';
import { daysFromCivil, type EpochMs } from './instant.ts';

/** No zone has changed its clocks twice within a week and come back to where it was. */
const WEEK = 604_800_000;
/** Weeks that are remembered for a zone (about 190 years); past that the memory begins anew. */
const MEMORY = 10_000;
/** The furthest instant that engines can tell the time of. */
const FURTHEST = 8_640_000_000_000_000;

/** A change of clocks: at `at` they go from `before` to `after` milliseconds ahead of UTC. */
export interface ClockChange {
  readonly at: EpochMs;
  readonly before: number;
  readonly after: number;
}

/** What is known of one week of a zone: its offset at the start, and the changes within. */
interface Week {
  readonly offset: number;
  readonly changes: readonly ClockChange[];
}

interface Clocks {
  readonly format: Intl.DateTimeFormat;
  readonly weeks: Map<number, Week>;
}

const known = new Map<ZoneId, Clocks>();

function clocksOf(zone: ZoneId): Clocks {
  let clocks = known.get(zone);
  if (clocks === undefined) {
    const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    known.set(zone, (clocks = { format, weeks: new Map() }));
  }
  return clocks;
}

function ask(format: Intl.DateTimeFormat, ms: EpochMs): number {
  const at = Math.max(-FURTHEST, Math.min(ms, FURTHEST));
  const field: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) field[type] = value;
  const year = field['era']!.startsWith('B') ? 1 - Number(field['year']) : Number(field['year']);
  const days = daysFromCivil(year, Number(field['month']), Number(field['day']));
  const minutes = Number(field['hour']) * 60 + Number(field['minute']);
  const seconds = days * 86_400 + minutes * 60 + Number(field['second']);
  return seconds * 1000 - Math.floor(at / 1000) * 1000;
}

/** Finds the changes in (from, to], where the offsets at both ends are known. */
function search(
  format: Intl.DateTimeFormat,
  from: EpochMs,
  before: number,
  to: EpochMs,
  after: number,
  into: ClockChange[],
): void {
  if (before === after) return;
  let low = from;
  let high = to;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (ask(format, middle) === before) low = middle;
    else high = middle;
  }
  const offset = ask(format, high);
  into.push({ at: high, before, after: offset });
  search(format, high, offset, to, after, into);
}

function weekOf({ format, weeks }: Clocks, index: number): Week {
  let week = weeks.get(index);
  if (week === undefined) {
    const start = index * WEEK;
    const end = start + WEEK;
    const offset = ask(format, start);
    const changes: ClockChange[] = [];
    search(format, start, offset, end, ask(format, end), changes);
    if (weeks.size >= MEMORY) weeks.clear();
    weeks.set(index, (week = { offset, changes }));
  }
  return week;
}

/**
 * Milliseconds by which the zone's clocks are ahead of UTC at an instant: 7 200 000 for Oslo's summer.
 *
 * @throws RangeError when the engine does not know the zone.
 * @example
 * zoneOffsetMs('Europe/Oslo' as ZoneId, Date.UTC(2026, 6, 1)); // 7_200_000
 */
export function zoneOffsetMs(zone: ZoneId, ms: EpochMs): number {
  const week = weekOf(clocksOf(zone), Math.floor(ms / WEEK));
  let { offset } = week;
  for (const change of week.changes) if (change.at <= ms) offset = change.after;
  return offset;
}

/**
 * The changes of clocks in [from, to), in order of time.
 *
 * @throws RangeError when the engine does not know the zone.
 * @example
 * clockChanges('Europe/Oslo' as ZoneId, Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)).length; // 2
 */
export function clockChanges(zone: ZoneId, from: EpochMs, to: EpochMs): ClockChange[] {
  const clocks = clocksOf(zone);
  const found: ClockChange[] = [];
  for (let index = Math.floor(from / WEEK); index * WEEK < to; index++)
    for (const change of weekOf(clocks, index).changes)
      if (change.at >= from && change.at < to) found.push(change);
  return found;
}
