import type { PolicyCode, PolicyIssue } from './types/issue.ts';
import type { Policy } from './types/policy.ts';
import type { Dimension } from './types/term.ts';
import { fault, takeIn } from './intake.ts';
import { checkShape } from './shape.ts';
import { closeVocabulary, DIMENSIONS, type Terms } from './vocabulary.ts';
import { zoneOf } from './zone.ts';

/** Most policies; of all together most terms of one dimension, most rules or activities, most names that any of them names. */
const MOST_POLICIES = 1000;
const MOST_TERMS = 2000;
const MOST_RULES = 10_000;
const MOST_LINKS = 20_000;
/** Most rules and activities, times terms: the work of compiling grows with it. */
const MOST_CELLS = 1_000_000;

/** Policies that passed, and what did not. */
export interface Checked {
  readonly policies: readonly Policy[];
  readonly terms: Readonly<Record<Dimension, Terms>>;
  readonly issues: readonly PolicyIssue[];
}

/**
 * Read policies that may be anything. Shape first, then meaning: terms, parameters, dates, zones. Throws only
 * `PolicyError` for what is not JSON at all; everything else is in `issues`.
 */
export function readPolicies(given: unknown): Checked {
  const taken = takeIn(given);
  const list = (Array.isArray(taken) ? taken : [taken]) as readonly unknown[];
  const issues: PolicyIssue[] = [];
  const say = (code: PolicyCode, pointer: string, expected: string): void => {
    issues.push(fault(code, pointer, expected));
  };
  if (list.length > MOST_POLICIES) say('policy/too-large', '', `at most ${MOST_POLICIES} policies`);
  else for (const [i, each] of list.entries()) checkShape('policy', each, `/${i}`, issues, null);
  let policies = issues.length > 0 ? [] : (list as readonly Policy[]);
  const most = (limit: number, what: string, size: (policy: Policy) => number): number => {
    const sum = policies.reduce((before, policy) => before + size(policy), 0);
    if (sum > limit) say('policy/too-large', '', `at most ${limit} ${what}`);
    return sum;
  };
  const speaking =
    most(MOST_RULES, 'rules', ({ rules }) => rules.length) +
    most(MOST_RULES, 'activities', ({ activities = [] }) => activities.length);
  most(
    MOST_LINKS,
    'rules of activities',
    ({ activities = [] }) => activities.flatMap(({ rules = [] }) => rules).length,
  );
  for (const dimension of DIMENSIONS) {
    const declared = ({ vocab }: Policy) => Object.values(vocab[dimension] ?? {});
    const size = most(MOST_TERMS, dimension, (policy) => declared(policy).length);
    most(MOST_LINKS, dimension, (policy) => declared(policy).flatMap(({ is = [] }) => is).length);
    if (size * speaking > MOST_CELLS)
      say('policy/too-large', '', `at most ${MOST_CELLS} rules times ${dimension}`);
  }
  if (issues.length > 0) policies = [];
  const terms = closeVocabulary(policies.map(({ vocab }) => vocab));
  for (const dimension of DIMENSIONS) {
    const { cycles, missing } = terms[dimension];
    for (const name of cycles) say('policy/term-cycle', '', `no cycle: ${dimension} ${name}`);
    for (const name of missing) say('policy/unknown-term', '', `declared: ${dimension} ${name}`);
  }
  const seen = new Set<string>();
  const unique = (key: string, pointer: string): void => {
    if (seen.has(key)) say('policy/duplicate-id', pointer, 'unique');
    seen.add(key);
  };
  for (const [i, policy] of policies.entries()) {
    const { parameters = {}, rules, id, version, tz } = policy;
    const zone = zoneOf(tz);
    if (zone === null) {
      say('policy/bad-zone', `/${i}/tz`, 'a time zone');
      continue;
    }
    checkShape('policy', policy, `/${i}`, issues, { terms, zone, parameters });
    unique(JSON.stringify([id, version]), `/${i}/version`);
    for (const [place, rule] of rules.entries())
      unique(`${i} ${rule.id}`, `/${i}/rules/${place}/id`);
  }
  return { policies: issues.length > 0 ? [] : policies, terms, issues };
}
