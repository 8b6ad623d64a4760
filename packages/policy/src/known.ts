import type { FactValue } from './types/condition.ts';
import type { Fact, HoldFact, RightFact } from './types/fact.ts';
import type { TermsByDimension } from './context.ts';
import { type GrantIndex, indexGrants, listAt, type Spend } from './grant-index.ts';
import { type Moment, touch } from './moment.ts';
import { order } from './region.ts';

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

/** What is asked about, or what an item is of. */
export interface About {
  readonly object?: string | undefined;
  readonly subject?: string | undefined;
}

/**
 * What is known: recorded facts, indexed for one vocabulary, as they were recorded up to an instant. Immutable; build a
 * new one when facts are added.
 */
export interface Known {
  readonly holds: readonly HoldFact[];
  readonly rights: readonly RightFact[];
  readonly grants: GrantIndex;
  /** Who held an object (`value`), and when. */
  holdersOf(object: string | undefined): readonly Note<string>[];
  /** Value of a fact about a party or object, or (about undefined) about everything. */
  value(name: string, about: string | undefined, moment: Moment): FactValue | undefined;
  /** Times at which an event of this name happened, about the subject, the object or about everything; in order. */
  eventTimes(name: string, about: About): readonly number[];
  /** When a state held, or since when an event has happened; joined, in order. */
  stretches(type: 'state' | 'event', name: string, about: About): readonly Stretch[];
  /** Everything of one name: facts, states, or events with what they refer to. */
  named(type: 'value' | 'event' | 'state', name: string): readonly Note[];
}

type Notes = Map<string | undefined, Note[]>;

/** A fact of any type. */
interface Loose {
  readonly type: string;
  readonly at: number;
  readonly to?: number;
  readonly id?: string;
  readonly name?: string;
  readonly about?: string;
  readonly object?: string;
  readonly party?: string;
  readonly ref?: string;
  readonly value?: FactValue;
}

const NOBODY: readonly never[] = [];

/** Index facts, which are facts (`checkFacts`), as they were recorded up to `seen`; see the interface. */
export function makeKnown(
  facts: readonly Fact[],
  terms: TermsByDimension,
  seen: number,
  spend: Spend,
): Known {
  // Of records with the same key the one that was seen last holds (of equals, the later in the list).
  const latest = new Map<string, Fact>();
  for (const [place, fact] of facts.entries()) {
    // A time that is no number knows nothing.
    if (!(fact.seen <= seen)) continue;
    const { type, id, name, about, object, party, at } = fact as Loose;
    const key = JSON.stringify(
      /^(grant|event)$/.test(type) ? place : [type, id ?? [name ?? object, about ?? party, at]],
    );
    if ((latest.get(key)?.seen ?? -Infinity) <= fact.seen) latest.set(key, fact);
  }
  const all = [...latest.values()].sort((a, b) => a.at - b.at);
  const only = <T extends Fact['type']>(type: T): Extract<Fact, { type: T }>[] =>
    all.filter((fact) => fact.type === type) as Extract<Fact, { type: T }>[];

  const byName: Record<string, Map<string, Notes>> = {
    value: new Map(),
    event: new Map(),
    state: new Map(),
    tenancy: new Map(),
  };
  for (const fact of all) {
    const { type, name = '', object, about = object, party, ref = party, at: from } = fact as Loose;
    const { value = ref, to = Infinity } = fact as Loose;
    const names = byName[type];
    if (names === undefined) continue;
    if (!names.has(name)) names.set(name, new Map());
    listAt(names.get(name)!, about).push({ about, from, to, value });
  }
  const holders = byName.tenancy!.get('');
  const notes = (type: string, name: string, { object, subject }: About): readonly Note[] => {
    const inner = byName[type]!.get(name);
    return inner === undefined
      ? NOBODY
      : [...new Set([object, subject, undefined])].flatMap((about) => inner.get(about) ?? []);
  };
  return {
    holds: only('hold').sort((a, b) => order(a.id, b.id)),
    rights: only('right'),
    grants: indexGrants(only('grant'), terms, spend),
    holdersOf: (object) => (holders?.get(object) ?? NOBODY) as readonly Note<string>[],
    named: (type, name) => [...(byName[type]!.get(name)?.values() ?? [])].flat(),
    eventTimes: (name, about) =>
      notes('event', name, about)
        .map((each) => each.from)
        .sort((a, b) => a - b),
    stretches: (type, name, about) => merge(notes(type, name, about)),
    value: (name, about, moment) => {
      const list = byName.value!.get(name)?.get(about) ?? NOBODY;
      for (let i = list.length - 1; i >= 0; i--) {
        const { from, to, value } = list[i]!;
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
    const last = result.at(-1);
    if (last !== undefined && from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else if (from < to) result.push({ from, to });
  }
  return result;
}
