import type { Reason } from './types/decision.ts';
import { giverReader, readTest, receiverOf, type Test } from './condition.ts';
import type { FactValue } from './types/condition.ts';
import type { Context } from './context.ts';
import type { Decision, Question } from './types/decision.ts';
import { power } from './decide.ts';
import { inForce, kindsOf, meets, remedy } from './examine.ts';
import type { Known } from './known.ts';
import { readQuestion } from './question.ts';
import { isFalse } from './region.ts';
import type { Access } from './rules.ts';

type Needs = readonly Reason[] | null;

/** What is missing where a permit is for others. Another role, purpose or system is another question. */
const OTHERS = [
  ['who', 'role'],
  ['for', 'purpose'],
  ['in', 'system'],
] as const;

/**
 * The smallest set of changes that would turn a deny or a limit into more: for the permit that lacks least, what it
 * lacks; for each forbid that stands, the least that lifts it. Together, not one of them alone.
 */
export function findNearest(
  c: Context,
  question: Question,
  known: Known,
  answer: Decision,
): readonly Reason[] {
  // Finding out until when an answer holds asks other questions: that comes before this one is loaded.
  const { until, because, limits } = answer;
  const says = (key: Reason['key']): boolean => because.some((reason) => reason.key === key);
  let reasons: Reason[] = [];
  if (readQuestion(c, question, known) === null) {
    const { onBehalfOf, detail = 'raw', object } = question;
    const all = c.kinds.map((what) => {
      c.what = what;
      return leastOf(c);
    });
    // The same need of several kinds of data is told once.
    reasons = [
      ...new Map(
        (all.flat() as Reason[]).map((reason) => [JSON.stringify(reason), reason]),
      ).values(),
    ];
    const coarser = limits.find((each) => each.finest !== detail)?.finest;
    if (reasons.length === 0 && coarser !== undefined)
      reasons = [{ key: 'nearest.detail', params: { detail: coarser } }];
    if (all.includes(null)) reasons = [{ key: 'nearest.none' }];
    else if (says('deny.no-tenancy'))
      reasons.unshift({ key: 'nearest.tenancy', params: { object } });
    if (onBehalfOf !== undefined && power(c).length === 0)
      reasons.unshift({
        key: 'nearest.delegation',
        params: { from: onBehalfOf.id, to: question.actor.id, purpose: question.for },
      });
    if (says('deny.restricted'))
      reasons = [{ key: 'nearest.purpose', params: { purpose: question.restrictedTo } }];
  }
  if (until !== null) reasons.push({ key: 'nearest.wait', params: { at: until } });
  return reasons.length === 0 ? [{ key: 'nearest.none' }] : reasons;
}

/** What the nearest permit lacks, and what every standing forbid needs; null where nothing would help. */
function leastOf(c: Context): Needs {
  const { access, activities } = c.book;
  const [sure, maybe] = kindsOf(c);
  let needed: readonly Reason[] = [];
  let best: Needs = null;
  let least = Infinity;
  for (const entry of access) {
    const { rule, permit, flow } = entry;
    if (
      !inForce(entry, c) ||
      !meets(entry, 'do', c.action) ||
      ![...(permit ? sure : maybe)].some((what) => meets(entry, 'what', what))
    )
      continue;
    const asked = { who: c.roles.length > 0 ? c.roles : [-1], for: [c.purpose], in: [c.system] };
    const apart = OTHERS.filter(
      ([dimension]) => !asked[dimension].some((place) => meets(entry, dimension, place)),
    );
    const of = (reasons: readonly Reason[]): Reason[] =>
      reasons.map((reason) => ({ ...reason, policy: entry.policy.id, rule: rule.id }));
    if (!permit) {
      const lifts = apart.length > 0 ? [] : liftOf(c, entry);
      if (lifts === null) return null;
      needed = [...needed, ...of(lifts)];
      continue;
    }
    c.grants = [];
    const needs = needOf(c, entry.if);
    if (needs === null) continue;
    let lacks: Reason[] = apart.map(([dimension, name]) => ({
      key: `nearest.${name}`,
      params: { [name]: rule[dimension]! },
    }));
    // Another question counts for much more than a missing fact or grant.
    let weight = 9 * lacks.length;
    if (flow !== null && c.question.flow === undefined) {
      lacks.push({ key: 'nearest.system', params: { system: rule.flow! } });
      weight += 9;
    }
    lacks = [...lacks, ...needs];
    if (
      c.personal &&
      entry.ground === null &&
      c.grants.length === 0 &&
      !activities[c.purpose]?.length &&
      !lacks.some((each) => each.key === 'nearest.grant')
    )
      lacks.push({ key: 'nearest.basis', params: { rule: rule.id } });
    weight += lacks.length;
    if (weight < least) {
      least = weight;
      best = of(lacks);
    }
  }
  return best && [...best, ...needed];
}

/** The least that lifts a forbid: its exception, or a change of the data that it offers; null where nothing does. */
function liftOf(c: Context, rule: Access): Needs {
  const found = rule.if.test(c);
  if (isFalse(found) || rule.unless.test(c).length > 0) return [];
  // Unknown: it would not stand if the fact were known to be another.
  const needs = found.length === 0 ? needOf(c, rule.if) : null;
  if (needs !== null)
    return needs.map((reason) => ({
      ...reason,
      params: { ...reason.params, op: `not ${String(reason.params?.['op'] ?? 'eq')}` },
    }));
  for (const obligation of rule.then)
    if (remedy(c, rule, obligation).length > 0) {
      const { do: word, except, by, to } = obligation as Partial<Record<string, string>>;
      return [
        word === 'coarsen'
          ? { key: 'nearest.detail', params: { detail: to } }
          : {
              key: `nearest.${word as 'mask' | 'deidentify' | 'substitute'}`,
              params: { fields: except, term: by },
            },
      ];
    }
  return needOf(c, rule.unless);
}

/** A value in words; what a host has put in place of one (a cycle, say) is not. */
function told(value: FactValue): string | number | boolean | readonly string[] {
  try {
    const text = JSON.stringify(value);
    return typeof value !== 'object' ? value : Array.isArray(value) ? value.map(String) : text;
  } catch {
    return '…';
  }
}

const factReason = (fact: string, op: string, value: FactValue): readonly Reason[] => [
  { key: 'nearest.fact', params: { fact, op, value: told(value) } },
];

/** The fewest things that together would make a condition true; null where nothing that we can name would. */
function needOf(c: Context, { test, condition, parts }: Test): Needs {
  if (condition !== undefined && ('all' in condition || 'any' in condition)) {
    const needs = parts.map((part) => needOf(c, part));
    if ('all' in condition) return needs.includes(null) ? null : (needs.flat() as Reason[]);
    const [best = null] = needs.filter((need) => need !== null).sort((a, b) => a.length - b.length);
    return best;
  }
  if (test(c).length > 0) return [];
  if (condition === undefined) return null;
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
          from: giverReader(grant)(c) ?? grant.from,
          to: receiverOf(grant, c),
          purpose: grant.for ?? c.question.for,
          data: grant.what ?? c.book.terms.what.names[c.what],
        },
      },
    ];
  }
  const { fact, op, value, operand } = readTest(condition);
  return factReason(fact, op, operand(c) ?? value);
}
