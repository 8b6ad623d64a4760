import type { Fact } from './types/fact.ts';
import type { PolicyIssue } from './types/issue.ts';
import type { Item } from './types/plan.ts';
import type { Policy } from './types/policy.ts';
import type { Dimension, TermRef } from './types/term.ts';
import type { TermsByDimension } from './context.ts';
import { fault, refuse } from './fault.ts';
import { takeIn } from './intake.ts';
import type { Spend } from './grant-index.ts';
import { rank } from './lattice.ts';
import { checkShape, checkType, type Say } from './shape.ts';
import { closeVocabulary, DIMENSIONS, meaning } from './vocabulary.ts';
import { zoneOf } from './zone.ts';

/** Most policies; of all together most terms of one dimension, most rules or activities. */
const MOST_POLICIES = 1000;
const MOST_TERMS = 2000;
const MOST_RULES = 10_000;
/** Most rules and activities, times terms. */
const MOST_CELLS = 1_000_000;
/** Most steps from terms to all that is broader; and from references to all that they mean and touch. */
const MOST_STEPS = 200_000;
const MOST_MEANT = 3_000_000;

/** What names terms: a rule, or an activity with its purposes. */
type Naming = Readonly<Partial<Record<Dimension | 'purposes', readonly TermRef[]>>>;

/** Policies that passed, and what did not. */
export interface Checked {
  readonly policies: readonly Policy[];
  readonly terms: TermsByDimension;
  readonly issues: readonly PolicyIssue[];
}

/**
 * Read policies that may be anything. Shape first, then meaning: terms, parameters, dates, zones. Throws only
 * `PolicyError` for what is not JSON at all; everything else is in `issues`.
 */
export function readPolicies(given: unknown): Checked {
  const issues: PolicyIssue[] = [];
  const say: Say = (code, pointer, expected) => {
    issues.push(fault(code ?? 'policy/bad-shape', pointer, expected));
  };
  const most = (limit: number, what: string, size: number): number => {
    if (size > limit) say('policy/too-large', '', `at most ${limit} ${what}`);
    return size;
  };
  const list = [takeIn(given)].flat() as readonly Policy[];
  if (most(MOST_POLICIES, 'policies', list.length) <= MOST_POLICIES)
    for (const [i, each] of list.entries()) checkShape('policy', each, `/${i}`, say);
  const sound = issues.length > 0 ? [] : list;
  const activities = sound.flatMap((policy) => policy.activities ?? []);
  const rules = most(MOST_RULES, 'rules', sound.flatMap((each) => each.rules).length);
  const speaking = rules + most(MOST_RULES, 'activities', activities.length);
  const links = activities.flatMap((each) => each.rules ?? []).length;
  most(20 * MOST_CELLS, 'pairs of rules', rules * links);
  let steps = 0;
  for (const dimension of DIMENSIONS) {
    const declared = sound.flatMap((each) => Object.entries(each.vocab[dimension] ?? {}));
    const broader = new Map<string, readonly string[]>();
    for (const [name, { is = [] }] of declared)
      broader.set(name, [...(broader.get(name) ?? []), ...is]);
    most(
      MOST_CELLS,
      `rules times ${dimension}`,
      most(MOST_TERMS, dimension, declared.length) * speaking,
    );
    for (const name of broader.keys()) {
      const all = new Set([name]);
      for (const each of all) {
        const above = broader.get(each) ?? [];
        steps += 1 + above.length;
        if (steps > MOST_STEPS) break;
        for (const one of above) all.add(one);
      }
    }
  }
  most(MOST_STEPS, 'broader terms', steps);
  const policies = issues.length > 0 ? [] : sound;
  const terms = closeVocabulary(policies.map((each) => each.vocab));
  for (const dimension of DIMENSIONS) {
    for (const name of terms[dimension].cycles)
      say('policy/term-cycle', '', `no cycle: ${dimension} ${name}`);
    for (const name of terms[dimension].missing)
      say('policy/unknown-term', '', `declared: ${dimension} ${name}`);
  }
  let meant = 0;
  for (const policy of policies)
    for (const entry of [...policy.rules, ...(policy.activities ?? [])] as readonly Naming[])
      for (const dimension of DIMENSIONS)
        for (const ref of [
          ...(entry[dimension] ?? []),
          ...((dimension === 'for' && entry.purposes) || []),
        ])
          if (meant <= MOST_MEANT)
            for (const term of meaning(terms[dimension], ref))
              meant += terms[dimension].up[term]!.size;
  most(MOST_MEANT, 'terms meant', meant);
  const seen = new Set<string>();
  const unique = (key: unknown, pointer: string): void => {
    const text = JSON.stringify(key);
    if (seen.has(text)) say('policy/duplicate-id', pointer, 'unique');
    seen.add(text);
  };
  for (const [i, policy] of policies.entries()) {
    const { parameters = {} } = policy;
    const zone = zoneOf(policy.tz);
    if (zone === null) {
      say('policy/bad-zone', `/${i}/tz`, 'a time zone');
      continue;
    }
    checkShape('policy', policy, `/${i}`, say, { terms, zone, parameters });
    unique([policy.id, policy.version], `/${i}/version`);
    for (const [place, rule] of policy.rules.entries())
      unique([i, rule.id], `/${i}/rules/${place}/id`);
  }
  return { policies: issues.length > 0 ? [] : policies, terms, issues };
}

/** Throws `PolicyError` `question/bad-shape` for a time that is none. */
export function checkTime(at: unknown, pointer: string): void {
  if (!Number.isFinite(at)) refuse('question/bad-shape', pointer, 'an instant');
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** Throws `PolicyError` `item/bad-shape` for what is no stored item; the pointer is into the item. */
export function checkItem(item: Item, now: number): void {
  checkTime(now, '/now');
  const { id, what, detail, start = 0, end, purposes = [] } = item ?? ({} as Item);
  // The table of shapes only tells what is wrong: this is asked for each of ten million.
  if (
    !isText(id) ||
    !isText(what) ||
    rank(detail) < 0 ||
    !Number.isFinite(start) ||
    !Number.isFinite(end) ||
    !Array.isArray(purposes) ||
    !purposes.every(isText)
  )
    checkShape('item', item, '', (_, pointer, expected) =>
      refuse('item/bad-shape', pointer, expected),
    );
}

/**
 * Throws `PolicyError` `fact/bad-shape` for the first that is no fact, with a pointer. What comes back throws
 * `fact/too-large`, with a pointer to the grant, when it has been told of too much work.
 */
export function checkFacts(facts: readonly Fact[]): Spend {
  // A list's holes are looked at too: what is copied has none.
  checkType('*@fact', Array.isArray(facts) ? [...facts] : facts, '', (_, pointer, expected) =>
    refuse('fact/bad-shape', pointer, expected),
  );
  let spent = 0;
  return (work, grant) => {
    spent += work;
    if (spent <= MOST_STEPS) return;
    const place = facts.findIndex((fact) => fact.type === 'grant' && fact.grant === grant);
    refuse('fact/too-large', `/${place}`, `at most ${MOST_STEPS} pairs of grants`);
  };
}
