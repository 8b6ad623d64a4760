import type { Actor, Question, Reason } from './types/decision.ts';
import type { Dimension } from './types/term.ts';
import type { Context } from './context.ts';
import type { Known } from './known.ts';
import { DELETED, rank } from './lattice.ts';
import type { RuleBook } from './rules.ts';
import type { Terms } from './vocabulary.ts';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isWord = (value: unknown): boolean => value === undefined || typeof value === 'string';
const isList = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((word) => typeof word === 'string'));
const isParty = (value: Actor | undefined): boolean =>
  value === undefined ||
  (isObject(value) && typeof value.id === 'string' && Array.isArray(value.roles));
const isBound = (value: unknown): boolean => value === null || Number.isFinite(value);

/** Name of the first part of a question that cannot be read; null when all can. Terms are looked up elsewhere. */
function badPart(q: Question): string | null {
  if (!isObject(q)) return 'question';
  const { at, actor, what, span, detail = 'raw' } = q;
  if (!Number.isSafeInteger(at) || Math.abs(at) > 8.64e15) return 'at';
  if (!isObject(actor) || !isParty(actor)) return 'actor';
  if (typeof what !== 'string' && (!isObject(what) || !isList(what) || what.length === 0))
    return 'what';
  if (
    span !== undefined &&
    !(
      isObject(span) &&
      isBound(span.start) &&
      isBound(span.end) &&
      (span.start ?? -Infinity) < (span.end ?? Infinity)
    )
  )
    return 'span';
  if (!isWord(q.subject) || !isWord(q.object)) return 'subject';
  if (!isList(q.fields) || !isList(q.accepts) || !isList(q.restrictedTo) || !isList(q.flow))
    return 'fields';
  if (!isParty(q.recipient) || !isParty(q.onBehalfOf)) return 'recipient';
  if (q.facts !== undefined && !isObject(q.facts)) return 'facts';
  const finest = rank(detail);
  return finest < 0 || finest >= DELETED ? 'detail' : null;
}

/**
 * Set the context to a question and look up its words. A reason to deny where that fails: something cannot be read, a term
 * is not declared, no policy is in force.
 */
export function readQuestion(
  c: Context,
  question: Question,
  known: Known,
  { terms, epochs, live }: RuleBook,
): Reason | null {
  c.next = Infinity;
  c.question = question;
  c.known = known;
  c.unknown = null;
  const part = badPart(question);
  if (part !== null)
    return { key: 'deny.bad-request', params: { code: 'question/bad-shape', part } };
  const { at, what, span, actor, onBehalfOf, flow, for: purpose, in: system } = question;
  c.at = at;
  c.actor = onBehalfOf ?? actor;
  c.detail = rank(question.detail ?? 'raw');
  c.fields = question.fields;
  c.deidentified = question.deidentified === true;
  c.from = span?.start ?? -Infinity;
  c.to = span?.end ?? Infinity;
  let epoch = epochs.length - 1;
  for (; epoch >= 0 && epochs[epoch]! > at; epoch--) c.next = epochs[epoch]!;
  if (epoch < 0) return { key: 'deny.no-policy', params: { at } };
  c.live = live[epoch]!;

  c.action = placeOf(c, terms.do, 'do', question.do);
  c.purpose = purpose === undefined ? -1 : placeOf(c, terms.for, 'for', purpose);
  c.system = system === undefined ? -1 : placeOf(c, terms.in, 'in', system);
  c.kinds =
    typeof what === 'string'
      ? [placeOf(c, terms.what, 'what', what)]
      : [...new Set(what)].sort().map((term) => placeOf(c, terms.what, 'what', term));
  const roles = ({ roles: names }: Actor): readonly number[] =>
    names.map((role) => placeOf(c, terms.who, 'who', role));
  if (onBehalfOf !== undefined) roles(actor);
  c.roles = roles(c.actor);
  if (flow !== undefined) for (const end of flow) placeOf(c, terms.in, 'in', end);
  return c.unknown;
}

function placeOf(c: Context, { index }: Terms, dimension: Dimension, term: string): number {
  const place = index.get(term) ?? -1;
  if (place < 0) c.unknown ??= { key: 'deny.unknown-term', params: { dimension, term } };
  return place;
}
