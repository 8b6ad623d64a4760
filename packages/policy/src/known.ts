import type { FactValue } from './types/condition.ts';
import type { Fact, HoldFact, RightFact, TenancyFact, ValueFact } from './types/fact.ts';
import type { Dimension } from './types/term.ts';
import { fault, PolicyError } from './intake.ts';
import { indexGrants, type GrantEntry } from './grant-index.ts';
import { type Moment, touch } from './moment.ts';
import type { Terms } from './vocabulary.ts';

/** A half-open time in which something holds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Valued extends Stretch {
  readonly value: FactValue;
}

/** Who held an object, and when. */
export interface Holding extends Stretch {
  readonly party: string;
}

type ByName<T> = Map<string, Map<string, T>>;

const NOBODY: readonly never[] = [];
/** Key of facts about everything. */
const ALL = '\u0000';

/** What is noted about each of these, and about everything. */
function listsOf<T>(inner: ReadonlyMap<string, T>, abouts: readonly (string | undefined)[]): T[] {
  const found = abouts.map((about) => inner.get(about ?? ALL)).filter((list) => list !== undefined);
  const general = inner.get(ALL);
  if (general !== undefined && !found.includes(general)) found.push(general);
  return found;
}

function push<T>(map: ByName<T[]>, name: string, about: string, item: T): void {
  let inner = map.get(name);
  if (inner === undefined) map.set(name, (inner = new Map<string, T[]>()));
  const list = inner.get(about);
  if (list === undefined) inner.set(about, [item]);
  else list.push(item);
}

const SHAPES: Readonly<Record<Fact['type'], readonly string[]>> = {
  grant: [],
  tenancy: ['object', 'party'],
  value: ['name'],
  event: ['name'],
  state: ['name'],
  hold: ['id'],
  right: ['id', 'right', 'subject'],
};

function checkFact(fact: Fact, place: number): void {
  const bad = (message: string): never => {
    throw new PolicyError([fault('fact/bad-shape', `/${place}`, message)]);
  };
  if (typeof fact !== 'object' || fact === null) bad('is no object');
  const needed = Object.prototype.hasOwnProperty.call(SHAPES, fact.type) ? SHAPES[fact.type] : null;
  if (needed === null) return bad('has an unknown type');
  if (!Number.isFinite(fact.at) || !Number.isFinite(fact.seen))
    bad('needs at and seen in epoch milliseconds');
  const to = (fact as { to?: unknown }).to;
  if (to !== undefined && !Number.isFinite(to)) bad('has an end that is no number');
  for (const key of needed)
    if (typeof (fact as unknown as Record<string, unknown>)[key] !== 'string') bad(`lacks ${key}`);
  if (fact.type === 'grant') {
    const grant = fact.grant;
    const lists = grant === undefined ? [] : [grant.what, grant.purposes];
    if (lists.length === 0 || !lists.every(Array.isArray)) bad('lacks what its grant covers');
    if ([grant.id, grant.from, grant.to].some((text) => typeof text !== 'string'))
      bad('lacks the parties of its grant');
    for (const period of [grant.span, grant.valid])
      if (typeof period !== 'object' || period === null) bad('lacks a period of its grant');
  }
}

/** Of records with the same key, the one that was seen last (of equals, the later in the list). */
function latest<F extends Fact>(facts: readonly F[], key: (fact: F) => string): F[] {
  const map = new Map<string, F>();
  for (const fact of facts) {
    const name = key(fact);
    const before = map.get(name);
    if (before === undefined || before.seen <= fact.seen) map.set(name, fact);
  }
  return [...map.values()];
}

/**
 * What is known: recorded facts, indexed for one vocabulary, as they were recorded up to `seen`. Immutable; build a new
 * one when facts are added.
 */
export class Known {
  /** Facts recorded later are not in here; null: all are. */
  readonly seen: number | null;
  readonly holds: readonly HoldFact[];
  readonly rights: readonly RightFact[];
  private lastTo: string | null = null;
  private lastFrom: string | null = null;
  private lastGrants: readonly GrantEntry[] = NOBODY;
  private readonly grantsBy: ReturnType<typeof indexGrants>;
  private readonly valuesBy: ByName<Valued[]> = new Map();
  private readonly eventsBy: ByName<number[]> = new Map();
  private readonly statesBy: ByName<Stretch[]> = new Map();
  private readonly holdingsBy: Map<string, Holding[]> = new Map();
  private readonly refsBy: Map<string, number[]> = new Map();

  constructor(
    facts: readonly Fact[],
    terms: Readonly<Record<Dimension, Terms>>,
    seen: number | null,
  ) {
    for (const [place, fact] of facts.entries()) checkFact(fact, place);
    const usable = seen === null ? facts : facts.filter((fact) => fact.seen <= seen);
    const only = <T extends Fact['type']>(type: T): Extract<Fact, { type: T }>[] =>
      usable.filter((fact) => fact.type === type) as Extract<Fact, { type: T }>[];

    this.seen = seen;
    this.holds = latest(only('hold'), (fact) => fact.id).sort((a, b) => (a.id < b.id ? -1 : 1));
    this.rights = latest(only('right'), (fact) => fact.id);
    for (const fact of latest(only('tenancy'), tenancyKey)) {
      const list = this.holdingsBy.get(fact.object) ?? [];
      list.push({ party: fact.party, from: fact.at, to: fact.to ?? Infinity });
      this.holdingsBy.set(fact.object, list);
    }
    for (const list of this.holdingsBy.values()) list.sort((a, b) => a.from - b.from);
    this.addValues(
      latest(only('value'), (fact) => `${fact.name}\n${fact.about ?? ALL}\n${fact.at}`),
    );
    for (const fact of only('event')) {
      push(this.eventsBy, fact.name, fact.about ?? ALL, fact.at);
      if (fact.ref !== undefined) {
        const key = `${fact.name}\n${fact.ref}`;
        this.refsBy.set(key, [...(this.refsBy.get(key) ?? []), fact.at]);
      }
    }
    for (const inner of this.eventsBy.values())
      for (const list of inner.values()) list.sort((a, b) => a - b);
    const states = latest(
      only('state'),
      (fact) => `${fact.name}\n${fact.about ?? ALL}\n${fact.at}`,
    );
    for (const fact of states)
      push(this.statesBy, fact.name, fact.about ?? ALL, { from: fact.at, to: fact.to ?? Infinity });
    for (const inner of this.statesBy.values())
      for (const [about, list] of inner) inner.set(about, merge(list));
    this.grantsBy = indexGrants(only('grant'), terms);
  }

  private addValues(facts: readonly ValueFact[]): void {
    for (const fact of facts)
      push(this.valuesBy, fact.name, fact.about ?? ALL, {
        from: fact.at,
        to: fact.to ?? Infinity,
        value: fact.value,
      });
    for (const inner of this.valuesBy.values())
      for (const list of inner.values()) list.sort((a, b) => a.from - b.from);
  }

  /** Live and other grants between two parties. */
  grantsBetween(to: string, from: string): readonly GrantEntry[] {
    // Several rules ask for the same two parties in turn.
    if (to !== this.lastTo || from !== this.lastFrom) {
      this.lastTo = to;
      this.lastFrom = from;
      this.lastGrants = this.grantsBy.between.get(to)?.get(from) ?? NOBODY;
    }
    return this.lastGrants;
  }

  /** Grants that a party gave. */
  grantsFrom(from: string): readonly GrantEntry[] {
    return this.grantsBy.from.get(from) ?? NOBODY;
  }

  /** Who held an object. */
  holdersOf(object: string): readonly Holding[] {
    return this.holdingsBy.get(object) ?? NOBODY;
  }

  /** Whether any fact of this name is recorded. */
  hasValues(name: string): boolean {
    return this.valuesBy.has(name);
  }

  /** Value of a fact about a party or object, or (about undefined) about everything. */
  value(name: string, about: string | undefined, moment: Moment): FactValue | undefined {
    const list = this.valuesBy.get(name)?.get(about ?? ALL);
    if (list === undefined) return undefined;
    for (let i = list.length - 1; i >= 0; i--) {
      const entry = list[i]!;
      touch(moment, entry.from);
      if (entry.from > moment.at) continue;
      touch(moment, entry.to);
      return entry.to > moment.at ? entry.value : undefined;
    }
    return undefined;
  }

  /** Times at which an event of this name happened, about any of these or about everything; in order. */
  eventTimes(name: string, abouts: readonly (string | undefined)[]): readonly number[] {
    const inner = this.eventsBy.get(name);
    if (inner === undefined) return NOBODY;
    const found = listsOf(inner, abouts);
    return found.length === 1 ? found[0]! : found.flat().sort((a, b) => a - b);
  }

  /** Every event of this name, with what it is about. */
  eventsNamed(
    name: string,
  ): readonly { readonly at: number; readonly about: string | undefined }[] {
    const result: { at: number; about: string | undefined }[] = [];
    for (const [about, times] of this.eventsBy.get(name) ?? [])
      for (const at of times) result.push({ at, about: about === ALL ? undefined : about });
    return result;
  }

  /** Times of events that refer to something: `ref` of a duty, request or breach. */
  eventsReferring(name: string, ref: string): readonly number[] {
    return this.refsBy.get(`${name}\n${ref}`) ?? NOBODY;
  }

  /** When a state held, about any of these or about everything; joined, in order. */
  stretches(name: string, abouts: readonly (string | undefined)[]): readonly Stretch[] {
    const inner = this.statesBy.get(name);
    if (inner === undefined) return NOBODY;
    const found = listsOf(inner, abouts);
    return found.length === 1 ? found[0]! : merge(found.flat());
  }

  /** Subjects and objects that a state of this name is recorded about. */
  stateSubjects(name: string): readonly (string | undefined)[] {
    return [...(this.statesBy.get(name)?.keys() ?? [])].map((about) =>
      about === ALL ? undefined : about,
    );
  }
}

const tenancyKey = (fact: TenancyFact): string =>
  fact.id ?? `${fact.object}\n${fact.party}\n${fact.at}`;

/** Join stretches that touch or overlap. */
export function merge(list: readonly Stretch[]): Stretch[] {
  const sorted = [...list].sort((a, b) => a.from - b.from);
  const result: Stretch[] = [];
  for (const stretch of sorted) {
    if (!(stretch.from < stretch.to)) continue;
    const last = result[result.length - 1];
    if (last !== undefined && stretch.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    else result.push({ from: stretch.from, to: stretch.to });
  }
  return result;
}
