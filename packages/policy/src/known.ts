import type { FactValue } from './types/condition.ts';
import type { Fact, HoldFact, RightFact } from './types/fact.ts';
import type { Dimension } from './types/term.ts';
import { type GrantIndex, indexGrants, listAt } from './grant-index.ts';
import { type Moment, touch } from './moment.ts';
import { order } from './region.ts';
import type { Terms } from './vocabulary.ts';

/** A half-open time in which something holds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What was recorded under a name: a fact's value, a holder of an object, what an event refers to. */
export interface Note<V = FactValue | undefined> extends Stretch {
  readonly about: string | undefined;
  readonly value: V;
}

/**
 * What is known: recorded facts, indexed for one vocabulary, as they were recorded up to `seen`. Immutable; build a new
 * one when facts are added.
 */
export interface Known {
  /** Facts recorded later are not in here; null: all are. */
  readonly seen: number | null;
  readonly holds: readonly HoldFact[];
  readonly rights: readonly RightFact[];
  readonly grants: GrantIndex;
  /** Who held an object (`value`), and when. */
  holdersOf(object: string | undefined): readonly Note<string>[];
  /** Value of a fact about a party or object, or (about undefined) about everything. */
  value(name: string, about: string | undefined, moment: Moment): FactValue | undefined;
  /** Times at which an event of this name happened, about any of these or about everything; in order. */
  eventTimes(name: string, abouts: readonly (string | undefined)[]): readonly number[];
  /** When a state held, about any of these or about everything; joined, in order. */
  stretches(name: string, abouts: readonly (string | undefined)[]): readonly Stretch[];
  /** Everything of one name: facts, states, or events with what they refer to. */
  named(type: 'value' | 'event' | 'state', name: string): readonly Note[];
}

const NOBODY: readonly never[] = [];

/** Index facts, which are facts (`checkFacts`); see the interface. */
export function makeKnown(
  facts: readonly Fact[],
  terms: Readonly<Record<Dimension, Terms>>,
  seen: number | null,
): Known {
  // Of records with the same key the one that was seen last holds (of equals, the later in the list).
  const latest = new Map<string, Fact>();
  for (const [place, fact] of facts.entries()) {
    if (seen !== null && fact.seen > seen) continue;
    const { type, at } = fact;
    const key = JSON.stringify(
      type === 'grant' || type === 'event'
        ? place
        : type === 'value' || type === 'state'
          ? [type, fact.name, fact.about, at]
          : [type, fact.id ?? ((type === 'tenancy' && [fact.object, fact.party, at]) || '')],
    );
    if ((latest.get(key)?.seen ?? -Infinity) <= fact.seen) latest.set(key, fact);
  }
  const all = [...latest.values()].sort((a, b) => a.at - b.at);
  const only = <T extends Fact['type']>(type: T): Extract<Fact, { type: T }>[] =>
    all.filter((fact) => fact.type === type) as Extract<Fact, { type: T }>[];

  const byName = {
    value: new Map(),
    event: new Map(),
    state: new Map(),
    tenancy: new Map(),
  } as Record<
    'value' | 'event' | 'state' | 'tenancy',
    Map<string, Map<string | undefined, Note[]>>
  >;
  for (const fact of all) {
    const { type } = fact;
    if (type === 'grant' || type === 'hold' || type === 'right') continue;
    const tenancy = type === 'tenancy';
    const name = tenancy ? '' : fact.name;
    const about = tenancy ? fact.object : fact.about;
    const value = tenancy
      ? fact.party
      : type === 'value'
        ? fact.value
        : type === 'event'
          ? fact.ref
          : undefined;
    const to = (type === 'event' ? undefined : fact.to) ?? Infinity;
    let inner = byName[type].get(name);
    if (inner === undefined)
      byName[type].set(name, (inner = new Map<string | undefined, Note[]>()));
    listAt(inner, about).push({ about, from: fact.at, to, value });
  }
  const notes = (
    type: keyof typeof byName,
    name: string,
    abouts: readonly (string | undefined)[],
  ): readonly Note[] => {
    const inner = byName[type].get(name);
    return inner === undefined
      ? NOBODY
      : [...new Set([...abouts, undefined])].flatMap((about) => inner.get(about) ?? []);
  };
  return {
    seen,
    holds: only('hold').sort((a, b) => order(a.id, b.id)),
    rights: only('right'),
    grants: indexGrants(only('grant'), terms),
    holdersOf: (object) =>
      (byName.tenancy.get('')?.get(object) ?? NOBODY) as readonly Note<string>[],
    named: (type, name) => [...(byName[type].get(name)?.values() ?? [])].flat(),
    eventTimes: (name, abouts) =>
      notes('event', name, abouts)
        .map(({ from }) => from)
        .sort((a, b) => a - b),
    stretches: (name, abouts) => merge(notes('state', name, abouts)),
    value: (name, about, moment) => {
      const list = byName.value.get(name)?.get(about);
      for (let i = (list?.length ?? 0) - 1; i >= 0; i--) {
        const { from, to, value } = list![i]!;
        touch(moment, from);
        if (from > moment.at) continue;
        touch(moment, to);
        return to > moment.at ? value : undefined;
      }
      return undefined;
    },
  };
}

/** Join stretches that touch or overlap. */
export function merge(list: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const { from, to } of [...list].sort((a, b) => a.from - b.from)) {
    const place = result.length - 1;
    const last = result[place];
    if (last !== undefined && from <= last.to)
      result[place] = { from: last.from, to: Math.max(last.to, to) };
    else if (from < to) result.push({ from, to });
  }
  return result;
}
