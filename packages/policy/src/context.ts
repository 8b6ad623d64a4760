import type { FactValue, Period } from './types/condition.ts';
import type { Actor, Question, Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { Dimension, Term } from './types/term.ts';
import type { GrantEntry } from './grant-index.ts';
import { isObject } from './fault.ts';
import type { Known } from './known.ts';
import type { Moment } from './moment.ts';
import { rank } from './lattice.ts';
import { touch } from './moment.ts';
import { box, EMPTY, FULL, type Region } from './region.ts';
import type { Test } from './condition.ts';
import type { Access, RuleBook } from './rules.ts';
import type { Terms } from './vocabulary.ts';

export type TermsByDimension = Readonly<Record<Dimension, Terms>>;

/** What a question looks like while it is being answered; one is reused for all questions of an engine. */
export interface Context extends Moment {
  book: RuleBook;
  /** Rules that combinations of terms meet in the times in which they do. */
  memory: Map<number, readonly Access[]>;
  question: Question;
  known: Known;
  /** As whom: the actor, or the party that it acts for. */
  actor: Actor;
  /** Its roles, and all kinds of data asked for. */
  roles: readonly number[];
  kinds: readonly number[];
  /** The first word of the question that no vocabulary declares. */
  unknown: Reason | null;
  /** Kind of data looked at now. */
  what: number;
  /** Whether it is about a person. */
  personal: boolean;
  action: number;
  /** Purpose and system; −1 when none was given. */
  purpose: number;
  system: number;
  detail: number;
  fields: readonly Term[] | undefined;
  deidentified: boolean;
  /** The time in which the same rules hold. */
  epoch: number;
  /** Grants that the condition looked at now stands on. */
  grants: readonly GrantEntry[];
  /** The permit's condition that was looked at last, and what was found: rules in a row often ask the same. */
  asked: Test | null;
  found: Region;
  granted: readonly GrantEntry[];
  /** An object's holder was looked for and none fitted; some bound came from a holder's time; from an order. */
  noTenancy: boolean;
  tenancy: boolean;
  order: boolean;
  because: Reason[];
  obligations: Obligation[];
  /** Permits whose condition does not hold, permits without a legal basis. */
  failed: readonly Access[];
  baseless: readonly Access[];
}

/** A context that asks nothing yet; what a question sets comes with it. */
export function newContext(known: Known, book: RuleBook): Context {
  const actor: Actor = { id: '', roles: [] };
  return {
    at: 0,
    next: 0,
    book,
    known,
    actor,
    memory: new Map(),
    question: { at: 0, actor, do: '', what: '' },
    roles: [],
    what: 0,
    purpose: -1,
    deidentified: false,
    grants: [],
    obligations: [],
    failed: [],
    baseless: [],
  } as Partial<Context> as Context;
}

/** Values of parameters that the host gave or that a policy declares. */
export type ParameterValues = ReadonlyMap<string, FactValue>;

/** How a fact's value is found. */
export type FactReader = (context: Context) => FactValue | undefined;

/** Facts that the engine answers itself. */
const OWN = new Map<string, (c: Context) => unknown>([
  ['actor', (c) => c.actor.id],
  ['actor.role', (c) => c.actor.roles],
  ['recipient', (c) => c.question.recipient?.id],
  ['recipient.role', (c) => c.question.recipient?.roles],
  ['request.purpose', (c) => c.question.for],
  ['request.action', (c) => c.question.do],
  ['resource.data', (c) => c.book.terms.what.names[c.what]],
  ['resource.fields', (c) => c.fields],
  ['resource.resolution', (c) => c.detail],
  ['resource.deidentified', (c) => c.deidentified],
  ['resource.object', (c) => c.question.object],
  ['resource.system', (c) => c.question.in],
  ['resource.restricted', (c) => c.question.restrictedTo !== undefined],
  ['now', (c) => c.at],
]);

/** A reader for a fact by name: the engine's own names first, then the question's facts, then what is recorded. */
export function factReader(name: string): FactReader {
  const own = OWN.get(name);
  if (own !== undefined) return own as FactReader;
  const about = name.slice(0, name.indexOf('.') + 1);
  return (c) => {
    const { facts, subject, object, recipient } = c.question;
    if (facts !== undefined && Object.hasOwn(facts, name) && facts[name] !== undefined)
      return facts[name];
    if (name === 'resource.subject' && subject !== undefined) return subject;
    const value = (id: string | undefined): FactValue | undefined => c.known.value(name, id, c);
    // Recorded facts are looked up under what their name begins with.
    return about === 'actor.'
      ? value(c.actor.id)
      : about === 'recipient.'
        ? value(recipient?.id)
        : about === 'subject.'
          ? value(subject)
          : (value(object) ??
            value(subject) ??
            (about === 'resource.' ? undefined : (value(c.actor.id) ?? value(undefined))));
  };
}

/** The time in which a party held the object, as a region of the data; all where no object changes hands. */
export function tenancyOf(c: Context, party: string, required: boolean): Region {
  const holdings = c.known.holdersOf(c.question.object);
  if (holdings.length > 0) c.tenancy = true;
  else if (!required) return FULL;
  const own = holdings.filter(({ value, from }) => {
    if (value === party) touch(c, from);
    return value === party && from <= c.at;
  });
  if (own.length === 0) c.noTenancy = true;
  return own.map(({ from, to }) => box(0, from, to));
}

const readOrder = factReader('legal.order');
const readDetail = factReader('legal.order.finest');

/** The scope of the order in the fact `legal.order`, as a region of the data; nothing where it has none. */
export function orderOf(c: Context): Region {
  const order = readOrder(c);
  const finest = rank((readDetail(c) ?? 'raw') as string);
  if (!isObject(order) || Array.isArray(order)) return EMPTY;
  c.order = true;
  const { from, to } = order as Period;
  return finest < 0 ? EMPTY : [box(finest, from, to)];
}
