import type { MessageKey, MessageParameters } from './types/message.ts';
import type { Item } from './types/plan.ts';
import type { Context } from './context.ts';
import { purposeStretches, readClock } from './clock.ts';
import { type CalendarDuration, parseDuration } from './duration.ts';
import type { Known } from './known.ts';
import { DELETED } from './lattice.ts';
import { live, type Moment, touch } from './moment.ts';
import { isFalse, UNKNOWN } from './region.ts';
import type { Retention, RetentionBook } from './retention.ts';
import { unionOf } from './vocabulary.ts';

/** What one rule, hold, purpose or request says of an item at an instant. */
export interface Level {
  /** Rank of detail: a floor's finest that must exist, a cap's finest that may. */
  readonly rank: number;
  /** Since when it says so. */
  readonly since: number;
  readonly rule: Retention | null;
  /** Why; with what is behind it where it is not simply the rule's word (`params`). */
  readonly key: Extract<MessageKey, `plan.${string}`>;
  readonly params: MessageParameters | null;
  readonly deidentified: boolean;
  /** Of a hold: the purpose that may read what only it keeps, and its grounds. */
  readonly purpose?: string | undefined;
  readonly cite?: readonly string[];
}

/** All that is said of an item at an instant: `keep = floors ∨ (caps ∧ purposes)`. */
export interface Levels {
  readonly floors: readonly Level[];
  readonly caps: readonly Level[];
  /** Finest that floors demand; `deleted` where there is none. */
  readonly floor: number;
  /** Finest that caps and purposes allow; `raw` where there is none. */
  readonly allowed: number;
  /** Finer of the two. */
  readonly keep: number;
}

/** Values of parameters for this run. */
export type ParameterOf = (name: string, item: Item, moment: Moment) => CalendarDuration | null;

/** Parameters of a run: recorded about the item first, then as given, then as declared. */
export function parameterReader(
  book: RetentionBook,
  known: Known,
  given: Readonly<Record<string, unknown>>,
): ParameterOf {
  const memory = new Map<unknown, CalendarDuration | null>();
  return (name, { object, subject }, moment) => {
    let value: unknown;
    for (const about of [object, subject, undefined]) value ??= known.value(name, about, moment);
    value ??=
      (Object.hasOwn(given, name) ? given[name] : undefined) ?? book.book.parameters.get(name);
    let duration = memory.get(value);
    if (duration === undefined)
      memory.set(value, (duration = typeof value === 'string' ? parseDuration(value) : null));
    return duration;
  };
}

const said = (
  rank: number,
  since: number,
  key: Level['key'],
  params: Level['params'],
  rule: Retention | null = null,
): Level => ({ rank, since, rule, key, params, deidentified: false });

/** Work out what is said of an item at `c.at`; later changes are noted in the context. */
export function levelsOf(
  book: RetentionBook,
  item: Item,
  c: Context,
  parameterOf: ParameterOf,
): Levels {
  const { known, at } = c;
  const { terms } = c.book;
  const floors: Level[] = [];
  const caps: Level[] = [];
  const needs: Level[] = [];
  const system = terms.in.index.get(item.in ?? '') ?? -1;
  for (const rule of book.rules[terms.what.index.get(item.what) ?? -1] ?? []) {
    if (!live(c, rule.from, rule.to)) continue;
    if (rule.in !== null && item.in !== undefined && !rule.in.has(system)) continue;
    const found = rule.if.test(c);
    // Not known: a floor keeps, a cap does not delete.
    if (found === UNKNOWN ? !rule.floor : isFalse(found)) continue;
    const level = levelOf(rule, item, c, parameterOf);
    (rule.floor ? floors : rule.for === null ? caps : needs).push(level);
  }
  /** Whether what a hold or a request names holds the item. */
  const inScope = (refs: readonly string[] | undefined, dimension: 'what' | 'in'): boolean => {
    const place = terms[dimension].index.get(item[dimension] ?? '');
    return refs === undefined || place === undefined || unionOf(terms[dimension], refs).has(place);
  };
  for (const {
    id,
    about,
    what,
    in: systems,
    at: from,
    to = Infinity,
    for: purpose,
    cite = [],
  } of known.holds) {
    if (about !== undefined && about !== item.subject && about !== item.object) continue;
    if (!inScope(what, 'what') || !inScope(systems, 'in')) continue;
    const holds = live(c, from, to);
    if (from <= at)
      floors.push({
        ...said(holds ? 0 : DELETED, holds ? from : to, 'plan.hold', { hold: id }),
        purpose,
        cite,
      });
  }
  for (const { id, right, accepted, subject, what, at: since } of known.rights) {
    if (right !== 'erasure' || accepted !== true || subject !== item.subject) continue;
    // What came in after the request is not what was asked to be erased.
    if (inScope(what, 'what') && live(c, since, Infinity) && (item.start ?? item.end) <= since)
      caps.push(said(DELETED, since, 'plan.erasure', { request: id }));
  }
  if (item.purposes !== undefined) caps.push(purposeLevel(item, item.purposes, c, needs));
  else if (needs.length > 0)
    // Which purposes are live is not tracked: each may be, so the finest need of any counts.
    caps.push(
      needs.reduce((a, b) => (b.rank < a.rank || (b.rank === a.rank && b.since > a.since) ? b : a)),
    );
  const floor = floors.reduce((least, { rank }) => Math.min(least, rank), DELETED);
  const allowed = caps.reduce((most, { rank }) => Math.max(most, rank), 0);
  return { floors, caps, floor, allowed, keep: Math.min(floor, allowed) };
}

function levelOf(rule: Retention, item: Item, c: Context, parameterOf: ParameterOf): Level {
  const { clock } = rule.rule;
  const start = readClock(clock, item, c.known, c, c.book.terms);
  if (start === null) return said(0, -Infinity, 'plan.not-started', {}, rule);
  let level = said(0, -Infinity, rule.floor ? 'plan.floor' : 'plan.cap', null, rule);
  const { stages } = rule.branches.find((branch) => branch.if.test(c).length > 0)!;
  for (const stage of stages) {
    const { after, to } = stage;
    const period = typeof after === 'string' ? parameterOf(after, item, c) : after;
    if (period === null)
      return level.since > -Infinity
        ? level
        : said(0, -Infinity, 'plan.no-parameter', { parameter: String(after) }, rule);
    const at = clock.base === 'until' && stage === stages[0] ? start : rule.zone.add(start, period);
    touch(c, at);
    if (at > c.at) break;
    // Stages only ever coarsen: a finer one that follows says nothing.
    if (to >= level.rank)
      level = {
        ...level,
        rank: to,
        since: to > level.rank || level.since === -Infinity ? at : level.since,
        deidentified: level.deidentified || stage.deidentified,
      };
  }
  return level;
}

/** The finest that any live purpose needs; `deleted` since the last one ended. */
function purposeLevel(
  item: Item,
  purposes: readonly string[],
  c: Context,
  needs: readonly Level[],
): Level {
  const { terms } = c.book;
  let best: Level | null = null;
  let ended = item.end;
  for (const purpose of purposes) {
    let alive = false;
    for (const { from, to } of purposeStretches(purpose, item, c.known, terms))
      if (live(c, from, to)) alive = true;
      else if (to <= c.at) ended = Math.max(ended, to);
    if (!alive) continue;
    const term = terms.for.index.get(purpose) ?? -1;
    const need = needs.reduce(
      (most, level) => (level.rule!.for!.has(term) && level.rank > most.rank ? level : most),
      said(0, -Infinity, 'plan.purpose', { purpose }),
    );
    if (best === null || need.rank < best.rank) best = need;
  }
  return best ?? said(DELETED, ended, 'plan.no-purpose', {});
}
