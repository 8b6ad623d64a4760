import type { Actor, Question, Reason } from './types/decision.ts';
import type { Dimension } from './types/term.ts';
import type { Context } from './context.ts';
import type { Known } from './known.ts';
import { rank } from './lattice.ts';
import type { RuleBook } from './rules.ts';

const LAST = rank('P1Y');

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isWords = (value: unknown): boolean =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');
const isList = (value: unknown): boolean => value === undefined || isWords(value);
const isParty = (value: Actor | undefined): boolean =>
  value === undefined ||
  (isObject(value) && typeof value.id === 'string' && Array.isArray(value.roles));
const isBound = (value: unknown): boolean => value === null || Number.isFinite(value);
const isName = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** Name of the first part of a question that cannot be read; null when all can. Terms are looked up elsewhere. */
function badPart(q: Question): string | null {
  if (!isObject(q)) return 'question';
  const { at, actor, what, span } = q;
  if (!Number.isSafeInteger(at) || at > 8.64e15 || at < -8.64e15) return 'at';
  if (actor === undefined || !isParty(actor)) return 'actor';
  if (typeof what !== 'string' && !(isWords(what) && what.length > 0)) return 'what';
  if (span !== undefined) {
    if (!isObject(span) || !isBound(span.start) || !isBound(span.end)) return 'span';
    if (span.start !== null && span.end !== null && span.start >= span.end) return 'span';
  }
  if (!isName(q.subject) || !isName(q.object)) return 'subject';
  if (!isList(q.fields) || !isList(q.accepts) || !isList(q.restrictedTo) || !isList(q.flow))
    return 'fields';
  if (!isParty(q.recipient) || !isParty(q.onBehalfOf)) return 'recipient';
  return q.facts === undefined || isObject(q.facts) ? null : 'facts';
}

/**
 * Set the context to a question and look up its words. A reason to deny where that fails: something cannot be read, a term
 * is not declared, no policy is in force.
 */
export function readQuestion(
  c: Context,
  question: Question,
  known: Known,
  book: RuleBook,
): Reason | null {
  c.next = Infinity;
  const bad = badPart(question);
  if (bad !== null)
    return { key: 'deny.bad-request', params: { code: 'question/bad-shape', part: bad } };
  const { what, detail, span, actor, onBehalfOf } = question;
  c.at = question.at;
  c.question = question;
  c.known = known;
  c.actor = onBehalfOf ?? actor;
  c.detail = detail === undefined ? 0 : rank(detail);
  if (c.detail < 0 || c.detail > LAST)
    return { key: 'deny.bad-request', params: { code: 'question/bad-shape', part: 'detail' } };
  c.fields = question.fields;
  c.deidentified = question.deidentified === true;
  c.from = span?.start ?? -Infinity;
  c.to = span?.end ?? Infinity;
  c.grants.length = 0;
  const { terms, epochs } = book;
  let epoch = epochs.length - 1;
  for (; epoch >= 0 && epochs[epoch]! > c.at; epoch--) c.next = epochs[epoch]!;
  if (epoch < 0) return { key: 'deny.no-policy', params: { at: c.at } };
  c.live = book.live[epoch]!;

  let unknown: Reason | null = null;
  const { do: action, for: purpose, in: system, flow } = question;
  c.action = terms.do.index.get(action) ?? -1;
  if (c.action < 0) unknown = unknownTerm('do', action);
  c.purpose = -1;
  if (purpose !== undefined) {
    c.purpose = terms.for.index.get(purpose) ?? -1;
    if (c.purpose < 0) unknown ??= unknownTerm('for', purpose);
  }
  c.system = -1;
  if (system !== undefined) {
    c.system = terms.in.index.get(system) ?? -1;
    if (c.system < 0) unknown ??= unknownTerm('in', system);
  }
  const places = (to: number[], dimension: Dimension, names: readonly string[]): void => {
    to.length = 0;
    for (let i = 0; i < names.length; i++) {
      const place = terms[dimension].index.get(names[i]!);
      if (place === undefined) unknown ??= unknownTerm(dimension, names[i]!);
      else to.push(place);
    }
  };
  if (typeof what === 'string') {
    const place = terms.what.index.get(what);
    if (place === undefined) unknown ??= unknownTerm('what', what);
    c.kinds.length = 1;
    c.kinds[0] = place ?? 0;
  } else places(c.kinds, 'what', [...new Set(what)].sort());
  if (onBehalfOf !== undefined) places(c.roles, 'who', actor.roles);
  places(c.roles, 'who', c.actor.roles);
  if (flow !== undefined) places([], 'in', flow);
  return unknown;
}

const unknownTerm = (dimension: Dimension, term: string): Reason => ({
  key: 'deny.unknown-term',
  params: { dimension, term },
});
