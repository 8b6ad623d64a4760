import type { FactValue } from './types/condition.ts';
import type { Actor, Question, Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { Dimension, Term } from './types/term.ts';
import type { GrantEntry } from './grant-index.ts';
import type { Known } from './known.ts';
import type { Moment } from './moment.ts';
import { touch } from './moment.ts';
import { type Box, EMPTY, FULL, type Region } from './region.ts';
import type { Access } from './rules.ts';
import type { Terms } from './vocabulary.ts';

export type TermsByDimension = Readonly<Record<Dimension, Terms>>;

/** What a question looks like while it is being answered; one is reused for all questions of an engine. */
export interface Context extends Moment {
  question: Question;
  known: Known;
  /** As whom: the actor, or the party that it acts for. */
  actor: Actor;
  /** Its roles, and all kinds of data asked for. */
  roles: number[];
  kinds: number[];
  /** Kind of data looked at now. */
  what: number;
  action: number;
  /** Purpose and system; −1 when none was given. */
  purpose: number;
  system: number;
  detail: number;
  fields: readonly Term[] | undefined;
  deidentified: boolean;
  from: number;
  to: number;
  /** Rules that are in force. */
  live: Uint32Array;
  /** Grants that the rule looked at now stands on. */
  grants: GrantEntry[];
  /** An object's holder was looked for and none fitted; some bound came from a holder's time; from an order. */
  noTenancy: boolean;
  tenancy: boolean;
  order: boolean;
  because: Reason[];
  obligations: Obligation[];
  /** Forbids that stand, permits whose condition does not hold, permits without a legal basis. */
  fired: Access[];
  failed: Access[];
  baseless: Access[];
}

const NOBODY: Actor = { id: '', roles: [] };

/** A context that asks nothing yet. */
export function newContext(known: Known): Context {
  return {
    at: 0,
    next: Infinity,
    question: { at: 0, actor: NOBODY, do: '', what: '' },
    known,
    actor: NOBODY,
    roles: [],
    kinds: [],
    what: 0,
    action: 0,
    purpose: -1,
    system: -1,
    detail: 0,
    fields: undefined,
    deidentified: false,
    from: -Infinity,
    to: Infinity,
    live: new Uint32Array(0),
    grants: [],
    noTenancy: false,
    tenancy: false,
    order: false,
    because: [],
    obligations: [],
    fired: [],
    failed: [],
    baseless: [],
  };
}

/** Add a reason once; the same rule's reason is the same object. */
export function give(context: Context, reason: Reason): void {
  if (!context.because.includes(reason)) context.because.push(reason);
}

/** Values of parameters that the host gave or that a policy declares. */
export type ParameterValues = ReadonlyMap<string, FactValue>;

/** How a fact's value is found. */
export type FactReader = (context: Context) => FactValue | undefined;

const own = (facts: Readonly<Record<string, FactValue>>, name: string): FactValue | undefined =>
  Object.prototype.hasOwnProperty.call(facts, name) ? facts[name] : undefined;

/** Recorded facts are looked up under what their name begins with. */
function abouts(name: string, { question, actor }: Context): readonly (string | undefined)[] {
  if (name.startsWith('actor.')) return [actor.id];
  if (name.startsWith('recipient.')) return [question.recipient?.id];
  if (name.startsWith('resource.')) return [question.object, question.subject];
  if (name.startsWith('subject.')) return [question.subject];
  return [question.object, question.subject, actor.id, undefined];
}

/** A reader for a fact by name: the engine's own names first, then the question's facts, then what is recorded. */
export function factReader(name: string, terms: TermsByDimension): FactReader {
  switch (name) {
    case 'actor':
      return (c) => c.actor.id;
    case 'actor.role':
      return (c) => c.actor.roles;
    case 'recipient':
      return (c) => c.question.recipient?.id;
    case 'recipient.role':
      return (c) => c.question.recipient?.roles;
    case 'request.purpose':
      return (c) => c.question.for;
    case 'request.action':
      return (c) => c.question.do;
    case 'resource.data':
      return (c) => terms.what.names[c.what];
    case 'resource.fields':
      return (c) => c.fields;
    case 'resource.resolution':
      return (c) => c.detail;
    case 'resource.deidentified':
      return (c) => c.deidentified;
    case 'resource.object':
      return (c) => c.question.object;
    case 'resource.system':
      return (c) => c.question.in;
    case 'resource.restricted':
      return (c) => c.question.restrictedTo !== undefined;
    case 'now':
      return (c) => c.at;
    default:
      return (c) => {
        const given = c.question.facts;
        if (given !== undefined) {
          const value = own(given, name);
          if (value !== undefined) return value;
        }
        if (name === 'resource.subject' && c.question.subject !== undefined)
          return c.question.subject;
        if (!c.known.hasValues(name)) return undefined;
        for (const about of abouts(name, c)) {
          const value = c.known.value(name, about, c);
          if (value !== undefined) return value;
        }
        return undefined;
      };
  }
}

/** The time in which a party held the object, as a region of the data; all where no object changes hands. */
export function tenancyOf(c: Context, party: string, required: boolean): Region {
  const { object } = c.question;
  const holdings = object === undefined ? [] : c.known.holdersOf(object);
  if (holdings.length === 0) {
    if (!required) return FULL;
    c.noTenancy = true;
    return EMPTY;
  }
  const boxes: Box[] = [];
  for (const holding of holdings) {
    if (holding.party !== party) continue;
    touch(c, holding.from);
    if (holding.from <= c.at) boxes.push({ ...FULL[0]!, from: holding.from, to: holding.to });
  }
  c.tenancy = true;
  if (boxes.length > 0) return boxes;
  c.noTenancy = true;
  return EMPTY;
}
