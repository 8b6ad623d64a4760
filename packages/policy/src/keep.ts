import type { Item } from './types/plan.ts';
import type { Context } from './context.ts';
import { purposeStretches, readClock } from './clock.ts';
import { type CalendarDuration, parseDuration } from './duration.ts';
import type { Known } from './known.ts';
import { DELETED } from './lattice.ts';
import { type Moment, touch } from './moment.ts';
import { UNKNOWN } from './region.ts';
import type { ReadyStage, Retention, RetentionBook } from './retention.ts';
import { meaning } from './vocabulary.ts';

/** What one rule, hold, purpose or request says of an item at an instant. */
export interface Level {
  /** Rank of detail: a floor's finest that must exist, a cap's finest that may. */
  readonly rank: number;
  /** Since when it says so. */
  readonly since: number;
  readonly rule: Retention | null;
  /** What is behind it where it is no rule. */
  readonly source:
    | { readonly kind: 'rule' }
    | { readonly kind: 'not-started' }
    | { readonly kind: 'no-parameter'; readonly parameter: string }
    | {
        readonly kind: 'hold';
        readonly id: string;
        readonly purpose: string | undefined;
        readonly cite: readonly string[];
      }
    | { readonly kind: 'purpose'; readonly purpose: string }
    | { readonly kind: 'no-purpose' }
    | { readonly kind: 'erasure'; readonly request: string };
  readonly deidentified: boolean;
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
  return (name, item, moment) => {
    const value =
      known.value(name, item.object, moment) ??
      (item.subject === undefined ? undefined : known.value(name, item.subject, moment)) ??
      known.value(name, undefined, moment) ??
      (Object.prototype.hasOwnProperty.call(given, name) ? given[name] : undefined) ??
      book.parameters.get(name);
    let duration = memory.get(value);
    if (duration === undefined) {
      duration = typeof value === 'string' ? parseDuration(value) : null;
      memory.set(value, duration);
    }
    return duration;
  };
}

/** Work out what is said of an item at `c.at`; later changes are noted in the context. */
export function levelsOf(
  book: RetentionBook,
  item: Item,
  c: Context,
  parameterOf: ParameterOf,
): Levels {
  const { terms } = book;
  const term = terms.what.index.get(item.what);
  const floors: Level[] = [];
  const caps: Level[] = [];
  const needs: { readonly rule: Retention; readonly level: Level }[] = [];
  for (const rule of term === undefined ? [] : book.rules[term]!) {
    touch(c, rule.from);
    if (rule.from > c.at) continue;
    touch(c, rule.to);
    if (rule.to <= c.at) continue;
    const system = item.in === undefined ? undefined : terms.in.index.get(item.in);
    if (rule.in !== null && item.in !== undefined && (system === undefined || !rule.in.has(system)))
      continue;
    if (rule.if !== null) {
      const found = rule.if.test(c);
      // Not known: a floor keeps, a cap does not delete.
      if (found === UNKNOWN ? !rule.floor : found.length === 0) continue;
    }
    const level = levelOf(rule, item, c, parameterOf, book);
    if (rule.floor) floors.push(level);
    else if (rule.for === null) caps.push(level);
    else needs.push({ rule, level });
  }
  addHolds(floors, item, c, book);
  addErasures(caps, item, c, book);
  if (item.purposes !== undefined) caps.push(purposeLevel(item, c, needs, book));
  else if (needs.length > 0) {
    // Which purposes are live is not tracked: each may be, so the finest need of any counts.
    const all = needs.map(({ level }) => level);
    caps.push(
      all.reduce((a, b) => (b.rank < a.rank || (b.rank === a.rank && b.since > a.since) ? b : a)),
    );
  }
  const floor = floors.reduce((least, level) => Math.min(least, level.rank), DELETED);
  const allowed = caps.reduce((most, level) => Math.max(most, level.rank), 0);
  return { floors, caps, floor, allowed, keep: Math.min(floor, allowed) };
}

const RULE = { kind: 'rule' } as const;

function levelOf(
  rule: Retention,
  item: Item,
  c: Context,
  parameterOf: ParameterOf,
  book: RetentionBook,
): Level {
  const start = readClock(rule.rule.clock, item, c.known, c, book.terms);
  const none: Level = { rank: 0, since: -Infinity, rule, source: RULE, deidentified: false };
  if (start === null) return { ...none, source: { kind: 'not-started' } };
  let stages: readonly ReadyStage[] = rule.stages;
  for (const branch of rule.unless) {
    if (branch.if.test(c).length === 0) continue;
    stages = branch.stages;
    break;
  }
  let level = none;
  for (const stage of stages) {
    const after = typeof stage.after === 'string' ? parameterOf(stage.after, item, c) : stage.after;
    if (after === null)
      return level === none
        ? { ...none, source: { kind: 'no-parameter', parameter: String(stage.after) } }
        : level;
    const at =
      rule.rule.clock.base === 'until' && stage === stages[0] ? start : rule.zone.add(start, after);
    touch(c, at);
    if (at > c.at) break;
    // Stages only ever coarsen: a finer one that follows says nothing.
    if (stage.to >= level.rank)
      level = {
        rank: stage.to,
        since: stage.to > level.rank || level === none ? at : level.since,
        rule,
        source: RULE,
        deidentified: level.deidentified || stage.deidentified,
      };
  }
  return level;
}

const inScope = (
  refs: readonly string[] | undefined,
  term: string | undefined,
  dimension: 'what' | 'in',
  book: RetentionBook,
): boolean => {
  if (refs === undefined || term === undefined) return true;
  const terms = book.terms[dimension];
  const place = terms.index.get(term);
  if (place === undefined) return true;
  const up = terms.up[place]!;
  return refs.some((ref) => {
    const meant = meaning(terms, ref);
    if (meant === null) return false;
    for (const each of meant) if (each === place || up.has(each)) return true;
    return false;
  });
};

function addHolds(floors: Level[], item: Item, c: Context, book: RetentionBook): void {
  for (const hold of c.known.holds) {
    if (hold.about !== undefined && hold.about !== item.subject && hold.about !== item.object)
      continue;
    if (!inScope(hold.what, item.what, 'what', book) || !inScope(hold.in, item.in, 'in', book))
      continue;
    const { to = Infinity } = hold;
    touch(c, hold.at);
    if (hold.at > c.at) continue;
    touch(c, to);
    const source = { kind: 'hold', id: hold.id, purpose: hold.for, cite: hold.cite ?? [] } as const;
    floors.push({
      rank: to > c.at ? 0 : DELETED,
      since: to > c.at ? hold.at : to,
      rule: null,
      source,
      deidentified: false,
    });
  }
}

function addErasures(caps: Level[], item: Item, c: Context, book: RetentionBook): void {
  for (const request of c.known.rights) {
    if (request.right !== 'erasure' || request.accepted !== true) continue;
    if (request.subject !== item.subject || !inScope(request.what, item.what, 'what', book))
      continue;
    touch(c, request.at);
    // What came in after the request is not what was asked to be erased.
    if (request.at > c.at || (item.start ?? item.end) > request.at) continue;
    caps.push({
      rank: DELETED,
      since: request.at,
      rule: null,
      source: { kind: 'erasure', request: request.id },
      deidentified: false,
    });
  }
}

/** The finest that any live purpose needs; `deleted` since the last one ended. */
function purposeLevel(
  item: Item,
  c: Context,
  needs: readonly { readonly rule: Retention; readonly level: Level }[],
  book: RetentionBook,
): Level {
  let best: Level | null = null;
  let ended = item.end;
  for (const purpose of item.purposes!) {
    let live = false;
    for (const { from, to } of purposeStretches(purpose, item, c.known, book.terms)) {
      touch(c, from);
      if (from > c.at) break;
      touch(c, to);
      if (to > c.at) live = true;
      else ended = Math.max(ended, to);
    }
    if (!live) continue;
    const term = book.terms.for.index.get(purpose);
    let need: Level = {
      rank: 0,
      since: -Infinity,
      rule: null,
      source: { kind: 'purpose', purpose },
      deidentified: false,
    };
    for (const { rule, level } of needs)
      if (term !== undefined && rule.for!.has(term) && level.rank > need.rank) need = level;
    if (best === null || need.rank < best.rank) best = need;
  }
  return (
    best ?? {
      rank: DELETED,
      since: ended,
      rule: null,
      source: { kind: 'no-purpose' },
      deidentified: false,
    }
  );
}
