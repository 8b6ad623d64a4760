import type { Question } from './types/decision.ts';
import { rank } from './lattice.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= 1000 && value.every(isText);

const isActor = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const { id, roles } = value as { id?: unknown; roles?: unknown };
  return isText(id) && isTexts(roles);
};

const isBound = (value: unknown): boolean => value === null || Number.isFinite(value);

/** What is wrong with a question: the name of the first part that cannot be read; null when it can be answered. */
export function badPart(given: unknown): string | null {
  if (typeof given !== 'object' || given === null) return 'question';
  const q = given as Partial<Record<keyof Question, unknown>>;
  if (!Number.isSafeInteger(q.at) || Math.abs(q.at as number) > 8.64e15) return 'at';
  if (!isActor(q.actor)) return 'actor';
  if (!isText(q.do)) return 'do';
  if (!isText(q.what) && (!isTexts(q.what) || (q.what as string[]).length === 0)) return 'what';
  if (q.for !== undefined && !isText(q.for)) return 'for';
  if (q.in !== undefined && !isText(q.in)) return 'in';
  if (q.detail !== undefined && (!isText(q.detail) || rank(q.detail) < 0 || q.detail === 'deleted'))
    return 'detail';
  if (q.span !== undefined) {
    if (typeof q.span !== 'object' || q.span === null) return 'span';
    const { start, end } = q.span as { start?: unknown; end?: unknown };
    if (!isBound(start) || !isBound(end)) return 'span';
    if (start !== null && end !== null && !((start as number) < (end as number))) return 'span';
  }
  if (q.flow !== undefined && (!isTexts(q.flow) || (q.flow as string[]).length !== 2))
    return 'flow';
  if (q.fields !== undefined && !isTexts(q.fields)) return 'fields';
  if (q.accepts !== undefined && !isTexts(q.accepts)) return 'accepts';
  if (q.restrictedTo !== undefined && !isTexts(q.restrictedTo)) return 'restrictedTo';
  if (q.subject !== undefined && !isText(q.subject)) return 'subject';
  if (q.object !== undefined && !isText(q.object)) return 'object';
  if (q.recipient !== undefined && !isActor(q.recipient)) return 'recipient';
  if (q.onBehalfOf !== undefined && !isActor(q.onBehalfOf)) return 'onBehalfOf';
  if (q.facts !== undefined && (typeof q.facts !== 'object' || q.facts === null)) return 'facts';
  return null;
}
