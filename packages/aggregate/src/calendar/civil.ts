import { AggregateError } from '../error.ts';
import { zoneOf, type Zone } from './zone.ts';

const DAY = 86_400_000;
const ISO =
  /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?)?$/;

/** How a civil time that happens twice, or never, is to be read. */
export interface CivilRule {
  /**
   * Which of two equal times is meant where clocks go back: the `earlier` one (default), the `later` one, or none
   * (`refuse`).
   */
  readonly twice?: 'earlier' | 'later' | 'refuse';
  /**
   * A time that clocks skip: read by the offset before the change, so that 02:30 becomes 03:30 (`forward`, default), or
   * not at all (`refuse`).
   */
  readonly never?: 'forward' | 'refuse';
  /** What the meter says of its clock, where it does: decides between two equal times before `twice` does. */
  readonly summer?: boolean;
}

/** An instant and how it was found. */
export interface ResolvedTime {
  /** Epoch milliseconds, or null where the rule refuses. */
  readonly time: number | null;
  /** `once`: no doubt. `twice`: one of two equal times was chosen. `never`: clocks skipped it. */
  readonly case: 'once' | 'twice' | 'never';
}

/**
 * The instant of a civil time, ISO 8601 without a zone, as meters send it: `2026-10-25T02:30`. A date alone is its
 * midnight.
 *
 * The rule: where a time happens once, that is it. Where clocks go back and it happens twice, `summer` decides if the
 * meter says it, else `twice`, which by default is the earlier. Where clocks skip it, it is read as if they had not yet
 * changed. The answer tells which case it was.
 *
 * @throws AggregateError `calendar/invalid-time` for a text that is no civil time, `calendar/unknown-zone`.
 * @example
 * civilToInstant('2026-10-25T02:30', 'Europe/Oslo', { twice: 'later' }).time; // 2026-10-25T01:30:00Z
 */
export function civilToInstant(civil: string, zone: string, rule: CivilRule = {}): ResolvedTime {
  return resolveLocal(parseCivil(civil), zoneOf(zone), rule);
}

/** As {@link civilToInstant} for local time given as milliseconds, as if it were UTC. */
export function resolveLocal(local: number, zone: Zone, rule: CivilRule = {}): ResolvedTime {
  const found = candidates(local, zone);
  const [first] = found;
  if (first === undefined) {
    if (rule.never === 'refuse') return { time: null, case: 'never' };
    return { time: local - offsetBeforeGap(local, zone), case: 'never' };
  }
  const last = found.at(-1)!;
  if (first === last) return { time: first, case: 'once' };
  if (rule.summer !== undefined) return { time: rule.summer ? first : last, case: 'twice' };
  if (rule.twice === 'refuse') return { time: null, case: 'twice' };
  return { time: rule.twice === 'later' ? last : first, case: 'twice' };
}

/** All instants at which clocks of a zone show `local`, ascending. */
export function candidates(local: number, zone: Zone): number[] {
  const found = new Set<number>();
  // No zone is, or was, further than 26 hours from UTC, nor changed by more than 24.
  const offsets = new Set([zone.offset(local - 2 * DAY)]);
  for (const change of zone.changes(local - 2 * DAY, local + 2 * DAY)) offsets.add(change.after);
  for (const offset of offsets)
    if (zone.offset(local - offset) === offset) found.add(local - offset);
  return [...found].sort((a, b) => a - b);
}

/** The change of clocks that skips `local`. */
export function changeOver(local: number, zone: Zone): { at: number; before: number } | undefined {
  return zone
    .changes(local - 2 * DAY, local + 2 * DAY)
    .find(({ at, before, after }) => at + before <= local && local < at + after);
}

function offsetBeforeGap(local: number, zone: Zone): number {
  return changeOver(local, zone)?.before ?? zone.offset(local);
}

function parseCivil(text: string): number {
  const match = ISO.exec(text);
  if (match !== null) {
    const [year, month, day, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
    const date = new Date(0);
    date.setUTCFullYear(year!, month! - 1, day!);
    const valid =
      date.getUTCMonth() === month! - 1 &&
      date.getUTCDate() === day &&
      date.getUTCFullYear() === year;
    const h = match[4] === undefined ? 0 : hour;
    const m = match[5] === undefined ? 0 : minute;
    const s = match[6] === undefined ? 0 : second;
    const fraction = Number((match[7] ?? '0').padEnd(3, '0'));
    if (valid && h < 24 && m < 60 && s < 60)
      return date.getTime() + ((h * 60 + m) * 60 + s) * 1000 + fraction;
  }
  throw new AggregateError('calendar/invalid-time', `${JSON.stringify(text)} is no civil time`);
}
