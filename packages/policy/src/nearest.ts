import type { Reason } from './types/decision.ts';
import type { FactValue } from './types/condition.ts';
import type { Dimension } from './types/term.ts';
import { giverReader, operandReader, receiverOf, type Test } from './condition.ts';
import type { Context } from './context.ts';
import type { FindNearest } from './answer.ts';
import type { Decider } from './decide.ts';
import { isFalse } from './region.ts';
import { type Access, hasBit, type RuleBook } from './rules.ts';

/** What is missing where a permit is for others. Another role, purpose or system is another question. */
const OTHERS = [
  ['who', 'role'],
  ['for', 'purpose'],
  ['in', 'system'],
] as const;
const OTHER_QUESTION = /^nearest\.(role|purpose|system)$/;

/**
 * The smallest set of changes that would turn a deny or a limit into more: for the permit that lacks least, what it
 * lacks; for each forbid that stands, the least that lifts it. Together, not one of them alone.
 */
export const findNearest: FindNearest = (
  decider,
  question,
  known,
  { until, because, limits },
): readonly Reason[] => {
  // Finding out until when an answer holds (`until` above) asks other questions: that comes before this one is loaded.
  const c = decider.load(question, known);
  const { object, onBehalfOf, detail = 'raw', restrictedTo } = question;
  let reasons: Reason[] = [];
  let possible = c !== null;
  for (const what of c?.kinds ?? []) {
    c!.what = what;
    const least = leastOf(decider, c!);
    if (least === null) possible = false;
    else reasons.push(...least);
  }
  const says = (key: Reason['key']): boolean => because.some((reason) => reason.key === key);
  reasons = [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
  if (c !== null) {
    if (reasons.length === 0)
      for (const { finest } of limits)
        if (finest !== detail && reasons.length === 0)
          reasons = [{ key: 'nearest.detail', params: { detail: finest } }];
    if (!possible) reasons = [{ key: 'nearest.none' }];
    else if (says('deny.no-tenancy'))
      reasons.unshift({ key: 'nearest.tenancy', params: { object } });
    if (onBehalfOf !== undefined && decider.power().length === 0)
      reasons.unshift({
        key: 'nearest.delegation',
        params: { from: onBehalfOf.id, to: question.actor.id, purpose: question.for },
      });
    if (says('deny.restricted'))
      reasons = [{ key: 'nearest.purpose', params: { purpose: restrictedTo } }];
  }
  if (until !== null) reasons.push({ key: 'nearest.wait', params: { at: until } });
  return reasons.length === 0 ? [{ key: 'nearest.none' }] : reasons;
};

/** What the nearest permit lacks, and what every standing forbid needs; null where nothing would help. */
function leastOf(decider: Decider, c: Context): readonly Reason[] | null {
  const { rows, access, activities } = decider.book;
  const needed: Reason[] = [];
  let best: readonly Reason[] = [];
  let least = Infinity;
  for (const rule of access) {
    if (!hasBit(c.live, rule.place)) continue;
    /** Whether the rule's terms meet the question in a dimension. */
    const meets = (dimension: Dimension, places: readonly number[]): boolean => {
      const { of, absent } = rows[dimension];
      return (places.length === 0 ? [-1] : places).some((place) =>
        hasBit(of[place] ?? absent, rule.place),
      );
    };
    const asked = { who: c.roles, for: [c.purpose], in: [c.system] };
    if (!meets('do', [c.action]) || !meets('what', [c.what])) continue;
    const apart = OTHERS.filter(([dimension]) => !meets(dimension, asked[dimension]));
    const about = { policy: rule.policy.id, rule: rule.rule.id };
    const of = (reasons: readonly Reason[] | null): readonly Reason[] | null =>
      reasons && reasons.map((reason) => ({ ...reason, ...about }));
    if (!rule.permit) {
      const lifts = apart.length > 0 ? [] : of(liftOf(decider, rule, c));
      if (lifts === null) return null;
      needed.push(...lifts);
      continue;
    }
    const lacks: Reason[] = apart.map(([dimension, name]) => ({
      key: `nearest.${name}`,
      params: { [name]: rule.rule[dimension]! },
    }));
    if (rule.flow !== null && c.question.flow === undefined)
      lacks.push({ key: 'nearest.system', params: { system: rule.rule.flow! } });
    c.grants = [];
    const needs = needOf(rule.if, c, decider.book);
    if (needs === null) continue;
    lacks.push(...needs);
    const grounded =
      rule.ground !== null || c.grants.length > 0 || (activities[c.purpose]?.length ?? 0) > 0;
    if (!grounded && !lacks.some(({ key }) => key === 'nearest.grant'))
      lacks.push({ key: 'nearest.basis', params: { rule: rule.rule.id } });
    // Another question counts for much more than a missing fact or grant.
    const weight = lacks.reduce((sum, { key }) => sum + (OTHER_QUESTION.test(key) ? 10 : 1), 0);
    if (weight < least) {
      least = weight;
      best = of(lacks)!;
    }
  }
  return least === Infinity ? null : [...best, ...needed];
}

/** The least that lifts a forbid: its exception, or a change of the data that it offers; null where nothing does. */
function liftOf(decider: Decider, rule: Access, c: Context): readonly Reason[] | null {
  const found = rule.if.test(c);
  if (isFalse(found) || rule.unless.test(c).length > 0) return [];
  // Unknown: it would not stand if the fact were known to be another.
  const needs = found.length === 0 ? needOf(rule.if, c, decider.book) : null;
  if (needs !== null)
    return needs.map((reason) => ({
      ...reason,
      params: { ...reason.params, op: `not ${String(reason.params?.['op'] ?? 'eq')}` },
    }));
  for (const obligation of rule.then) {
    if (decider.remedy(rule, obligation, c).length === 0) continue;
    const { do: word } = obligation;
    if (word === 'mask') return [{ key: 'nearest.mask', params: { fields: obligation.except } }];
    if (word === 'deidentify') return [{ key: 'nearest.deidentify' }];
    if (word === 'substitute')
      return [{ key: 'nearest.substitute', params: { term: obligation.by } }];
    if (word === 'coarsen') return [{ key: 'nearest.detail', params: { detail: obligation.to } }];
  }
  return needOf(rule.unless, c, decider.book);
}

const factReason = (fact: string, op: string, value: FactValue): readonly Reason[] => [
  {
    key: 'nearest.fact',
    params: {
      fact,
      op,
      value:
        typeof value !== 'object'
          ? value
          : Array.isArray(value)
            ? value.map(String)
            : JSON.stringify(value),
    },
  },
];

/** The fewest things that together would make a condition true; null where nothing that we can name would. */
function needOf(
  { test, condition, parts }: Test,
  c: Context,
  book: RuleBook,
): readonly Reason[] | null {
  const needs = parts.map((part) => needOf(part, c, book));
  if (condition !== null && 'all' in condition)
    return needs.includes(null) ? null : needs.flatMap((need) => need!);
  if (condition !== null && 'any' in condition)
    return needs.reduce(
      (best, need) => (need !== null && (best === null || need.length < best.length) ? need : best),
      null,
    );
  if (test(c).length > 0) return [];
  if (condition === null) return null;
  const { terms, parameters } = book;
  if ('not' in condition) {
    const { not } = condition;
    return 'fact' in not ? factReason(not.fact, `not ${not.op ?? 'eq'}`, not.value ?? true) : null;
  }
  if ('event' in condition) return factReason(`event ${condition.event}`, 'eq', true);
  if ('state' in condition) return factReason(`state ${condition.state}`, 'eq', true);
  if ('grant' in condition) {
    const { grant } = condition;
    return [
      {
        key: grant.kind === 'delegation' ? 'nearest.delegation' : 'nearest.grant',
        params: {
          from: giverReader(grant, terms)(c) ?? grant.from,
          to: receiverOf(grant, c),
          purpose: grant.for ?? c.question.for,
          data: terms.what.names[c.what],
        },
      },
    ];
  }
  const { fact, op = 'eq', value = op === 'activeAt' ? '$now' : true } = condition;
  return factReason(fact, op, operandReader(condition, terms, parameters)(c) ?? value);
}
