import type { Reason } from './types/decision.ts';
import type { GrantFact } from './types/fact.ts';
import type { Grant } from './types/grant.ts';
import type { TermsByDimension } from './context.ts';
import { rank } from './lattice.ts';
import { box, meetBoxes, order, type Region } from './region.ts';

/** One version of a grant in the time in which it is live. */
export interface GrantEntry {
  readonly grant: Grant;
  readonly kind: 'consent' | 'delegation';
  readonly to: string;
  readonly from: string;
  /** Live from, until (exclusive): state, validity and later versions taken together. */
  readonly start: number;
  readonly end: number;
  readonly what: readonly number[];
  readonly for: readonly number[];
  /** Purposes taken back one by one. */
  readonly not: readonly number[];
  /** Objects; null: all of the giver's. */
  readonly objects: ReadonlySet<string> | null;
  /** Detail and period of the data. */
  readonly region: Region;
  /** Rules that stood on it, each followed by the reasons that name both; made when first needed. */
  readonly reasons: (object | Reason)[];
}

/** Finds grants; in the order of their ids. */
export interface GrantIndex {
  /** Those of a giver. */
  readonly from: (giver: string) => readonly GrantEntry[];
  /** Those of a giver that may be for an object. */
  readonly near: (giver: string, object: string | undefined) => readonly GrantEntry[];
}

/** Told of work that grows faster than the facts, and for which grant; throws where it becomes too much. */
export type Spend = (work: number, grant: Grant) => void;

/** The list that a map holds for a key; made when there is none. */
export function listAt<K, T>(map: Map<K, T[]>, key: K): T[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}

const byId = (a: GrantEntry, b: GrantEntry): number =>
  order(a.grant.id, b.grant.id) || a.start - b.start;

function index(entries: GrantEntry[], keyOf: (entry: GrantEntry) => string): GrantIndex {
  const all = new Map<string, GrantEntry[]>();
  const open = new Map<string, GrantEntry[]>();
  const of = new Map<string, Map<string, GrantEntry[]>>();
  for (const entry of entries.sort(byId)) {
    const { objects } = entry;
    const key = keyOf(entry);
    listAt(all, key).push(entry);
    if (!objects?.size) listAt(open, key).push(entry);
    else {
      if (!of.has(key)) of.set(key, new Map());
      for (const object of objects) listAt(of.get(key)!, object).push(entry);
    }
  }
  return {
    from: (key) => all.get(key) ?? [],
    near: (key, object) => {
      const wide = open.get(key) ?? [];
      const narrow = object === undefined ? undefined : of.get(key)?.get(object);
      return narrow === undefined ? wide : [...wide, ...narrow].sort(byId);
    },
  };
}

/**
 * Put versions of grants in order. At an instant the version with the latest `at` holds (of equals the one seen last);
 * an `invalidated` one ends all from its `at` on, whatever was recorded for later: it says that there never was consent.
 */
export function indexGrants(
  facts: readonly GrantFact[],
  terms: TermsByDimension,
  spend: Spend,
): GrantIndex {
  const versions = new Map<string, GrantFact[]>();
  for (const fact of facts) listAt(versions, fact.grant.id).push(fact);
  const own: GrantEntry[] = [];
  const onBehalf: GrantEntry[] = [];
  const memory = new Map<string, unknown>();
  /** Equal parts of grants become one: they lie near each other in memory, and most grants are alike. */
  const shared = <T>(key: unknown, part: T): T => {
    const text = String(key);
    if (!memory.has(text)) memory.set(text, part);
    return memory.get(text) as T;
  };
  const places = (dimension: 'what' | 'for', names: readonly string[] = []): readonly number[] => {
    const found = names.flatMap((name) => terms[dimension].index.get(name) ?? []);
    return shared(found, found);
  };
  for (const list of versions.values()) {
    list.sort((a, b) => a.at - b.at || a.seen - b.seen);
    const never = list.find((each) => each.grant.state === 'invalidated')?.at ?? Infinity;
    for (const [i, { grant, at }] of list.entries()) {
      const { from, to, valid, span, by = from, meteringPoints } = grant;
      const finest = rank(grant.finest);
      const start = Math.max(at, valid.start ?? -Infinity);
      const end = Math.min(list[i + 1]?.at ?? Infinity, never, valid.end ?? Infinity);
      const period = [span.start ?? -Infinity, span.end ?? Infinity] as const;
      if (grant.state === 'active' && start < end && finest >= 0)
        (by === from ? own : onBehalf).push({
          grant,
          kind: grant.kind ?? 'consent',
          to: shared(`to ${to}`, to),
          from,
          start,
          end,
          region: shared([finest, period, ''], [box(finest, ...period)]),
          reasons: [],
          what: places('what', grant.what),
          for: places('for', grant.purposes),
          not: places('for', grant.withdrawn),
          objects: meteringPoints === undefined ? null : new Set(meteringPoints),
        });
    }
  }
  const powers = index(
    own.filter(({ kind }) => kind === 'delegation'),
    ({ from, to }) => JSON.stringify([from, to]),
  );
  // What someone gave for another is worth what the delegation was worth when it was given: without one nothing, else no
  // more data, purposes, objects, detail or period than it has.
  for (const entry of onBehalf) {
    const { grant, objects } = entry;
    const given = grant.given ?? entry.start;
    const key = JSON.stringify([grant.from, grant.by]);
    const near = new Set<GrantEntry>();
    for (const object of objects?.size ? objects : ['']) {
      const found = objects?.size ? powers.near(key, object) : powers.from(key);
      spend(found.length, grant);
      for (const power of found) near.add(power);
    }
    for (const power of near) {
      spend(power.objects?.size ?? 0, grant);
      if (power.start > given || given >= power.end) continue;
      const common = meetBoxes(entry.region[0]!, power.region[0]!, () => false);
      const inside = (dimension: 'what' | 'for'): number[] =>
        entry[dimension].filter((term) => someIn(power[dimension], terms[dimension].up[term]!));
      const what = inside('what');
      const purposes = inside('for');
      const both =
        power.objects === null
          ? objects
          : new Set([...power.objects].filter((object) => objects?.has(object) !== false));
      if (
        what.length > 0 &&
        purposes.length > 0 &&
        common !== null &&
        // No object in common: nothing, unless both are for what has none.
        (both?.size !== 0 || (!objects?.size && !power.objects?.size))
      )
        own.push({
          ...entry,
          region: [common],
          what,
          for: purposes,
          not: [...entry.not, ...power.not],
          objects: both,
        });
    }
  }
  return index(own, ({ from }) => from);
}

const someIn = (mine: readonly number[], up: ReadonlySet<number> | undefined): boolean => {
  for (let i = 0; i < mine.length; i++) if (up?.has(mine[i]!)) return true;
  return false;
};

/** Whether a live grant covers this: the kind of data, the purpose (none withdrawn touching it), the object. */
export function covers(
  entry: GrantEntry,
  what: number,
  purpose: number,
  object: string | undefined,
  terms: TermsByDimension,
): boolean {
  const { objects, not } = entry;
  const up = terms.for.up[purpose];
  return (
    up !== undefined &&
    (objects === null || (object === undefined ? objects.size === 0 : objects.has(object))) &&
    someIn(entry.what, terms.what.up[what]) &&
    someIn(entry.for, up) &&
    (not.length === 0 || !not.some((gone) => up.has(gone) || terms.for.up[gone]!.has(purpose)))
  );
}
