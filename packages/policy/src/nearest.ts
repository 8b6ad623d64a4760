import type { Decision, Question, Reason } from './types/decision.ts';
import type { Dimension } from './types/term.ts';
import type { Context } from './context.ts';
import type { Decider } from './decide.ts';
import type { Known } from './known.ts';
import { UNKNOWN } from './region.ts';
import type { Access } from './rules.ts';

const KEY_OF: Readonly<Partial<Record<Dimension, Reason['key']>>> = {
  who: 'nearest.role',
  for: 'nearest.purpose',
  in: 'nearest.system',
};

const OTHER_QUESTION: ReadonlySet<string> = new Set(Object.values(KEY_OF));

/**
 * The smallest set of changes that would turn a deny or a limit into more: for the permit that lacks least, what it
 * lacks; for each forbid that stands, the least that lifts it. Together, not one of them alone.
 */
export function findNearest(
  decider: Decider,
  question: Question,
  known: Known,
  answer: Decision,
): readonly Reason[] {
  // Finding out until when an answer holds asks other questions: that comes before this one is loaded.
  const until = wait(answer);
  const c = decider.load(question, known);
  if (c === null) return until.length === 0 ? [{ key: 'nearest.none' }] : until;
  const needed: Reason[] = [];
  let possible = true;
  for (const what of c.kinds) {
    c.what = what;
    const most = leastOf(decider, c);
    if (most === null) possible = false;
    else needed.push(...most);
  }
  const reasons = unique(needed);
  for (const limit of answer.limits) {
    const wanted = question.detail ?? 'raw';
    if (limit.finest !== wanted && reasons.length === 0)
      reasons.push({ key: 'nearest.detail', params: { detail: limit.finest } });
  }
  if (!possible) reasons.splice(0, reasons.length, { key: 'nearest.none' });
  const denied = answer.because.find((reason) => reason.key === 'deny.no-tenancy');
  if (denied !== undefined && possible)
    reasons.unshift({ key: 'nearest.tenancy', params: { object: question.object } });
  const principal = question.onBehalfOf;
  if (principal !== undefined && decider.power(c).length === 0)
    reasons.unshift({
      key: 'nearest.delegation',
      params: { from: principal.id, to: question.actor.id, purpose: question.for },
    });
  if (answer.because.some((reason) => reason.key === 'deny.restricted'))
    reasons.splice(0, reasons.length, {
      key: 'nearest.purpose',
      params: { purpose: question.restrictedTo },
    });
  reasons.push(...until);
  return reasons.length === 0 ? [{ key: 'nearest.none' }] : reasons;
}

const wait = (answer: Decision): Reason[] =>
  answer.until === null ? [] : [{ key: 'nearest.wait', params: { at: answer.until } }];

function unique(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

/** What the nearest permit lacks, and what every standing forbid needs; null where nothing would help. */
function leastOf(decider: Decider, c: Context): readonly Reason[] | null {
  const { book } = decider;
  const { live } = c;
  const needed: Reason[] = [];
  let best: readonly Reason[] | null = null;
  for (const [place, rule] of book.access.entries()) {
    if ((live[place >>> 5]! & (1 << (place & 31))) === 0) continue;
    if (rule.permit) {
      const lacks = lackOf(decider, rule, place, c);
      if (lacks !== null && (best === null || weight(lacks) < weight(best))) best = lacks;
    } else if (meetsAll(decider, place, c)) {
      const lifts = liftOf(decider, rule, c);
      if (lifts === null) return null;
      needed.push(...lifts);
    }
  }
  return best === null ? null : [...best, ...needed];
}

/** Another role, purpose or system is another question: it counts for much more than a missing fact or grant. */
const weight = (lacks: readonly Reason[]): number =>
  lacks.reduce((sum, { key }) => sum + (OTHER_QUESTION.has(key) ? 10 : 1), 0);

/** For each dimension, whether a rule's terms meet the question. */
function meetsBy(decider: Decider, place: number, c: Context, dimension: Dimension): boolean {
  const { rows, terms } = decider.book;
  const { question } = c;
  const has = (row: Uint32Array): boolean => (row[place >>> 5]! & (1 << (place & 31))) !== 0;
  const row = rows[dimension];
  const of = (term: string | undefined): boolean =>
    has(term === undefined ? row.absent : row.of[terms[dimension].index.get(term)!]!);
  switch (dimension) {
    case 'who':
      return c.actor.roles.length === 0 ? has(row.absent) : c.actor.roles.some((role) => of(role));
    case 'do':
      return of(question.do);
    case 'what':
      return has(row.of[c.what]!);
    case 'for':
      return of(question.for);
    default:
      return of(question.in);
  }
}

function meetsAll(decider: Decider, place: number, c: Context): boolean {
  return (['who', 'do', 'what', 'for', 'in'] as const).every((d) => meetsBy(decider, place, c, d));
}

function lackOf(
  decider: Decider,
  rule: Access,
  place: number,
  c: Context,
): readonly Reason[] | null {
  if (!meetsBy(decider, place, c, 'do') || !meetsBy(decider, place, c, 'what')) return null;
  const lacks: Reason[] = [];
  const about = { policy: rule.policy.id, rule: rule.rule.id };
  for (const dimension of ['who', 'for', 'in'] as const) {
    if (meetsBy(decider, place, c, dimension)) continue;
    const key = KEY_OF[dimension]!;
    const name = dimension === 'who' ? 'role' : dimension === 'for' ? 'purpose' : 'system';
    lacks.push({ key, params: { [name]: rule.rule[dimension]! }, ...about });
  }
  if (rule.flow !== null && c.question.flow === undefined)
    lacks.push({ key: 'nearest.system', params: { system: rule.rule.flow! }, ...about });
  c.grants.length = 0;
  if (rule.if !== null) {
    const more = rule.if.need(c);
    if (more === null) return null;
    for (const reason of more) lacks.push({ ...reason, ...about });
  }
  const activities = c.purpose < 0 ? [] : decider.book.activities[c.purpose]!;
  const grounded = rule.ground !== null || c.grants.length > 0 || activities.length > 0;
  const byGrant = lacks.some((reason) => reason.key === 'nearest.grant');
  if (!grounded && !byGrant)
    lacks.push({ key: 'nearest.basis', params: { rule: rule.rule.id }, ...about });
  return lacks;
}

/** The least that lifts a forbid: its exception, or a change of the data that it offers; null where nothing does. */
function liftOf(decider: Decider, rule: Access, c: Context): readonly Reason[] | null {
  const about = { policy: rule.policy.id, rule: rule.rule.id };
  if (rule.if !== null) {
    const found = rule.if.test(c);
    const needs = found.length === 0 ? rule.if.need(c) : null;
    // Unknown: it would not stand if the fact were known to be another.
    if (found.length === 0 && isFalse(rule, c)) return [];
    if (found.length === 0 && needs !== null)
      return needs.map((reason) => ({
        ...reason,
        params: { ...reason.params, op: `not ${String(reason.params?.['op'] ?? 'eq')}` },
        ...about,
      }));
  }
  if (rule.unless !== null && rule.unless.test(c).length > 0) return [];
  for (const obligation of rule.then) {
    if (decider.remedy(rule, obligation, c).length === 0) continue;
    if (obligation.do === 'mask')
      return [{ key: 'nearest.mask', params: { fields: obligation.except }, ...about }];
    if (obligation.do === 'deidentify') return [{ key: 'nearest.deidentify', ...about }];
    if (obligation.do === 'substitute')
      return [{ key: 'nearest.substitute', params: { term: obligation.by }, ...about }];
    if (obligation.do === 'coarsen')
      return [{ key: 'nearest.detail', params: { detail: obligation.to }, ...about }];
  }
  const needs = rule.unless === null ? null : rule.unless.need(c);
  return needs === null ? null : needs.map((reason) => ({ ...reason, ...about }));
}

function isFalse(rule: Access, c: Context): boolean {
  const found = rule.if!.test(c);
  return found.length === 0 && found !== UNKNOWN;
}
