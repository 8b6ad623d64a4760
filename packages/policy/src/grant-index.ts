import type { Reason } from './types/decision.ts';
import type { GrantFact } from './types/fact.ts';
import type { Grant } from './types/grant.ts';
import type { Dimension } from './types/term.ts';
import { rank } from './lattice.ts';
import { FULL, type Region } from './region.ts';
import type { Terms } from './vocabulary.ts';

/** One version of a grant in the time in which it is live. */
export interface GrantEntry {
  readonly grant: Grant;
  /** Live from, until (exclusive): state, validity and later versions taken together. */
  readonly start: number;
  readonly end: number;
  readonly what: readonly number[];
  readonly for: readonly number[];
  readonly not: readonly number[];
  readonly finest: number;
  /** Period of the data. */
  readonly from: number;
  readonly to: number;
  readonly objects: ReadonlySet<string> | null;
  /** Detail and period as a region. */
  readonly region: Region;
  /** Reasons that name this grant, by the rule that stands on it; made when first needed. */
  readonly reasons: Map<object, readonly Reason[]>;
}

/** Grants by receiver and giver, and by giver. */
export interface GrantIndex {
  readonly between: ReadonlyMap<string, ReadonlyMap<string, readonly GrantEntry[]>>;
  readonly from: ReadonlyMap<string, readonly GrantEntry[]>;
}

const numbers = (terms: Terms, names: readonly string[]): number[] =>
  names.map((name) => terms.index.get(name) ?? -1).filter((place) => place >= 0);

/**
 * Put versions of grants in order. At an instant the version with the latest `at` holds (of equals the one seen last);
 * an `invalidated` one ends all from its `at` on, whatever was recorded for later: it says that there never was consent.
 */
export function indexGrants(
  facts: readonly GrantFact[],
  terms: Readonly<Record<Dimension, Terms>>,
): GrantIndex {
  const versions = new Map<string, GrantFact[]>();
  for (const fact of facts) {
    const list = versions.get(fact.grant.id);
    if (list === undefined) versions.set(fact.grant.id, [fact]);
    else list.push(fact);
  }
  const between = new Map<string, Map<string, GrantEntry[]>>();
  const add = (entry: GrantEntry): void => {
    const { to, from } = entry.grant;
    let inner = between.get(to);
    if (inner === undefined) between.set(to, (inner = new Map<string, GrantEntry[]>()));
    const list = inner.get(from);
    if (list === undefined) inner.set(from, [entry]);
    else list.push(entry);
  };
  const onBehalf: GrantEntry[] = [];
  for (const list of versions.values()) {
    list.sort((a, b) => a.at - b.at || a.seen - b.seen);
    let never = Infinity;
    for (const fact of list)
      if (fact.grant.state === 'invalidated') never = Math.min(never, fact.at);
    for (const [place, fact] of list.entries()) {
      const following = list[place + 1];
      const entry = makeEntry(fact, Math.min(following?.at ?? Infinity, never), terms);
      if (entry === null) continue;
      if (fact.grant.by !== undefined && fact.grant.by !== fact.grant.from) onBehalf.push(entry);
      else add(entry);
    }
  }
  for (const entry of onBehalf)
    for (const bounded of boundByDelegation(entry, between, terms)) add(bounded);
  const from = new Map<string, GrantEntry[]>();
  for (const inner of between.values()) {
    for (const [giver, list] of inner) {
      list.sort((a, b) =>
        a.grant.id < b.grant.id ? -1 : a.grant.id > b.grant.id ? 1 : a.start - b.start,
      );
      from.set(giver, [...(from.get(giver) ?? []), ...list]);
    }
  }
  return { between, from };
}

function makeEntry(
  fact: GrantFact,
  until: number,
  terms: Readonly<Record<Dimension, Terms>>,
): GrantEntry | null {
  const { grant } = fact;
  if (grant.state !== 'active') return null;
  const start = Math.max(fact.at, grant.valid.start ?? -Infinity);
  const end = Math.min(until, grant.valid.end ?? Infinity);
  const finest = rank(grant.finest);
  if (!(start < end) || finest < 0) return null;
  const from = grant.span.start ?? -Infinity;
  const to = grant.span.end ?? Infinity;
  return {
    grant,
    start,
    end,
    region: [{ ...FULL[0]!, finest, from, to }],
    reasons: new Map(),
    what: numbers(terms.what, grant.what),
    for: numbers(terms.for, grant.purposes),
    not: numbers(terms.for, grant.withdrawn ?? []),
    finest,
    from,
    to,
    objects: grant.meteringPoints === undefined ? null : new Set(grant.meteringPoints),
  };
}

const inside = (t: Terms, mine: readonly number[], theirs: readonly number[]): number[] =>
  mine.filter((term) => theirs.some((broader) => t.up[term]!.has(broader)));

/**
 * What someone gave for another is worth what the delegation was worth when it was given: without one nothing, else no
 * more data, purposes, objects, detail or period than it has.
 */
function boundByDelegation(
  entry: GrantEntry,
  between: ReadonlyMap<string, ReadonlyMap<string, readonly GrantEntry[]>>,
  terms: Readonly<Record<Dimension, Terms>>,
): GrantEntry[] {
  const { grant } = entry;
  const given = grant.given ?? entry.start;
  const powers = between.get(grant.by!)?.get(grant.from) ?? [];
  const result: GrantEntry[] = [];
  for (const power of powers) {
    if (power.grant.kind !== 'delegation' || power.start > given || power.end <= given) continue;
    const objects =
      power.objects === null
        ? entry.objects
        : entry.objects === null
          ? power.objects
          : new Set([...entry.objects].filter((object) => power.objects!.has(object)));
    const finest = Math.max(entry.finest, power.finest);
    const from = Math.max(entry.from, power.from);
    const to = Math.min(entry.to, power.to);
    const bounded: GrantEntry = {
      ...entry,
      region: [{ ...FULL[0]!, finest, from, to }],
      what: inside(terms.what, entry.what, power.what),
      for: inside(terms.for, entry.for, power.for),
      not: [...entry.not, ...power.not],
      finest,
      from,
      to,
      objects,
    };
    if (bounded.what.length > 0 && bounded.for.length > 0 && bounded.from < bounded.to)
      result.push(bounded);
  }
  return result;
}

const someIn = (mine: readonly number[], up: ReadonlySet<number>): boolean => {
  for (let i = 0; i < mine.length; i++) if (up.has(mine[i]!)) return true;
  return false;
};

/** Whether a live grant covers this: the kind of data, the purpose (none withdrawn touching it), the object. */
export function covers(
  entry: GrantEntry,
  what: number,
  purpose: number,
  object: string | undefined,
  terms: Readonly<Record<Dimension, Terms>>,
): boolean {
  const { objects, not } = entry;
  if (purpose < 0) return false;
  if (objects !== null && (object === undefined ? objects.size > 0 : !objects.has(object)))
    return false;
  const up = terms.for.up[purpose]!;
  return (
    someIn(entry.what, terms.what.up[what]!) &&
    someIn(entry.for, up) &&
    !not.some((gone) => up.has(gone) || terms.for.up[gone]!.has(purpose))
  );
}
