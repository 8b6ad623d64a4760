import type { OpenInterval } from '@metergram/model';
import type { Actor, Question, Reason } from './types/decision.ts';
import type { Dimension } from './types/term.ts';
import type { Context } from './context.ts';
import { isObject } from './fault.ts';
import type { Known } from './known.ts';
import { DELETED, rank } from './lattice.ts';

/** Most words in one list of a question. */
const MOST = 1000;

const isWord = (value: unknown): boolean => typeof value === 'string';
const isMaybe = (value: unknown, good: (value: never) => boolean): boolean =>
  value === undefined || good(value as never);
const isShort = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length <= MOST;
const isList = (value: unknown): boolean => isShort(value) && value.every(isWord);
const isBound = (value: unknown): boolean => value === null || Number.isFinite(value);
const isParty = (value: Actor): boolean =>
  isObject(value) && isWord(value.id) && isShort(value.roles);
const isPeriod = (value: OpenInterval): boolean =>
  isObject(value) &&
  isBound(value.start) &&
  isBound(value.end) &&
  (value.start ?? -Infinity) < (value.end ?? Infinity);

/** Name of the first part of a question that cannot be read; null when all can. Terms are looked up elsewhere. */
function badPart(q: Question): string | null {
  if (!isObject(q)) return 'question';
  const { at, what } = q;
  if (!Number.isSafeInteger(at) || Math.abs(at) > 8.64e15) return 'at';
  if (!isParty(q.actor)) return 'actor';
  if (!isWord(what) && (!isList(what) || what.length === 0)) return 'what';
  if (!isMaybe(q.span, isPeriod)) return 'span';
  if (!isMaybe(q.subject, isWord) || !isMaybe(q.object, isWord)) return 'subject';
  if (
    !isMaybe(q.fields, isList) ||
    !isMaybe(q.accepts, isList) ||
    !isMaybe(q.restrictedTo, isList) ||
    !isMaybe(q.flow, isList)
  )
    return 'fields';
  if (!isMaybe(q.recipient, isParty) || !isMaybe(q.onBehalfOf, isParty)) return 'recipient';
  if (!isMaybe(q.facts, isObject)) return 'facts';
  const finest = rank(q.detail ?? 'raw');
  return finest < 0 || finest >= DELETED ? 'detail' : null;
}

/**
 * Set the context to a question and look up its words. A reason to deny where that fails: something cannot be read, a term
 * is not declared, no policy is in force.
 */
export function readQuestion(c: Context, question: Question, known: Known): Reason | null {
  const { epochs } = c.book;
  c.next = Infinity;
  c.question = question;
  c.known = known;
  c.unknown = null;
  const part = badPart(question);
  if (part !== null)
    return { key: 'deny.bad-request', params: { code: 'question/bad-shape', part } };
  const { at, what, actor, onBehalfOf } = question;
  c.at = at;
  c.actor = onBehalfOf ?? actor;
  c.detail = rank(question.detail ?? 'raw');
  c.fields = question.fields;
  c.deidentified = question.deidentified === true;
  c.epoch = epochs.length - 1;
  for (; c.epoch >= 0 && epochs[c.epoch]! > at; c.epoch--) c.next = epochs[c.epoch]!;
  if (c.epoch < 0) return { key: 'deny.no-policy', params: { at } };

  c.action = placeOf(c, 'do', question.do);
  c.purpose = question.for === undefined ? -1 : placeOf(c, 'for', question.for);
  c.system = question.in === undefined ? -1 : placeOf(c, 'in', question.in);
  c.kinds =
    typeof what === 'string'
      ? [placeOf(c, 'what', what)]
      : [...new Set(what)].sort().map((term) => placeOf(c, 'what', term));
  if (onBehalfOf !== undefined) rolesOf(c, actor);
  c.roles = rolesOf(c, c.actor);
  for (const end of question.flow ?? []) placeOf(c, 'in', end);
  return c.unknown;
}

/** The number of a word; what no vocabulary declares is noted. */
function placeOf(c: Context, dimension: Dimension, term: string): number {
  const found = c.book.terms[dimension].index.get(term) ?? -1;
  if (found < 0) c.unknown ??= { key: 'deny.unknown-term', params: { dimension, term } };
  return found;
}

const rolesOf = (c: Context, { roles }: Actor): readonly number[] =>
  roles.map((role) => placeOf(c, 'who', role));
