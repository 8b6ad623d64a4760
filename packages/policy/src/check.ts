import type { PolicyCode, PolicyIssue } from './types/issue.ts';
import type { Policy } from './types/policy.ts';
import type { Dimension } from './types/term.ts';
import { fault, takeIn } from './intake.ts';
import { checkShape } from './shape.ts';
import { closeTerms, DIMENSIONS, type Terms } from './vocabulary.ts';
import { zoneOf } from './zone.ts';

/** Most terms of one dimension, and rules of all policies together. */
const MOST_TERMS = 2000;
const MOST_RULES = 10_000;

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
  const many = Array.isArray(given);
  const list = (many ? takeIn(given) : [takeIn(given)]) as readonly unknown[];
  const issues: PolicyIssue[] = [];
  const terms = {} as Record<Dimension, Terms>;
  for (let i = 0; i < list.length; i++) checkShape('policy', list[i], `/${i}`, issues, null);
  const policies = issues.length > 0 ? [] : (list as readonly Policy[]);
  const say = (code: PolicyCode, pointer: string, message: string): void => {
    issues.push(fault(code, pointer, message));
  };
  const large = policies.reduce((sum, { rules }) => sum + rules.length, 0) > MOST_RULES;
  if (large) say('policy/too-large', '', 'too many rules');
  for (const dimension of DIMENSIONS) {
    const size = policies.reduce(
      (sum, { vocab }) => sum + Object.keys(vocab[dimension] ?? {}).length,
      0,
    );
    if (size > MOST_TERMS) say('policy/too-large', '', `too many terms of ${dimension}`);
  }
  const usable = issues.length > 0 ? [] : policies;
  for (const dimension of DIMENSIONS) {
    terms[dimension] = closeTerms(
      usable.map(({ vocab }) => vocab),
      dimension,
    );
    for (const name of terms[dimension].cycles)
      say('policy/term-cycle', '', `${dimension}: ${name} is broader than itself`);
    for (const name of terms[dimension].missing)
      say('policy/unknown-term', '', `${dimension}: ${name} is not declared`);
  }
  const versions = new Set<string>();
  for (let i = 0; i < usable.length; i++) {
    const policy = usable[i]!;
    const zone = zoneOf(policy.tz);
    if (zone === null) {
      say('policy/bad-zone', `/${i}/tz`, `${policy.tz} is no time zone`);
      continue;
    }
    const { parameters = {}, rules } = policy;
    checkShape('policy', policy, `/${i}`, issues, { terms, zone, parameters });
    const version = `${policy.id}\n${policy.version}`;
    if (versions.has(version)) say('policy/duplicate-id', `/${i}/version`, 'given twice');
    versions.add(version);
    const ids = new Set<string>();
    for (let place = 0; place < rules.length; place++) {
      const { id } = rules[place]!;
      if (ids.has(id))
        say('policy/duplicate-id', `/${i}/rules/${place}/id`, `${id} is given twice`);
      ids.add(id);
    }
  }
  return { policies: issues.length > 0 ? [] : usable, terms, issues };
}
