import type { Condition } from './types/condition.ts';
import type { PolicyCode, PolicyIssue } from './types/issue.ts';
import type { Policy } from './types/policy.ts';
import type { Rule, Stage } from './types/rule.ts';
import type { Dimension, TermRef } from './types/term.ts';
import { parseDuration } from './duration.ts';
import { checkShape, escapePointer, fault, takeIn } from './intake.ts';
import { isNote, isRetention } from './rule-kind.ts';
import { policySchema } from './schema.ts';
import { closeTerms, DIMENSIONS, meaning, type Terms } from './vocabulary.ts';
import { parseInstant, zoneOf } from './zone.ts';

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
 * Read policies that may be anything. Shape first, then meaning: terms, parameters, dates, zones, stages. Throws only
 * `PolicyError` for what is not JSON at all; everything else is in `issues`.
 */
export function readPolicies(given: unknown): Checked {
  const list = (Array.isArray(given) ? takeIn(given) : [takeIn(given)]) as readonly unknown[];
  const issues: PolicyIssue[] = [];
  const good: Policy[] = [];
  const places: number[] = [];
  for (const [place, value] of list.entries()) {
    const found = checkShape(value, policySchema, policySchema);
    for (const issue of found) issues.push({ ...issue, pointer: `/${place}${issue.pointer}` });
    if (found.length === 0) {
      good.push(value as Policy);
      places.push(place);
    }
  }
  let total = 0;
  for (const [i, policy] of good.entries()) {
    total += policy.rules.length;
    for (const dimension of DIMENSIONS)
      if (Object.keys(policy.vocab[dimension] ?? {}).length > MOST_TERMS)
        issues.push(
          fault('policy/too-large', `/${places[i]!}/vocab/${dimension}`, 'too many terms'),
        );
  }
  if (total > MOST_RULES) issues.push(fault('policy/too-large', '', 'too many rules'));
  const usable = issues.some((issue) => issue.code === 'policy/too-large') ? [] : good;
  const vocabularies = usable.map((policy) => policy.vocab);
  const terms = {} as Record<Dimension, Terms>;
  for (const dimension of DIMENSIONS) {
    terms[dimension] = closeTerms(vocabularies, dimension);
    for (const name of terms[dimension].cycles)
      issues.push(fault('policy/term-cycle', '', `${dimension}: ${name} is broader than itself`));
    for (const name of terms[dimension].missing)
      issues.push(fault('policy/unknown-term', '', `${dimension}: ${name} is not declared`));
  }
  for (const [i, policy] of usable.entries())
    checkMeaning(policy, `/${places[i]!}`, terms, usable, issues);
  return { policies: usable, terms, issues };
}

function checkMeaning(
  policy: Policy,
  root: string,
  terms: Readonly<Record<Dimension, Terms>>,
  all: readonly Policy[],
  issues: PolicyIssue[],
): void {
  const say = (code: PolicyCode, pointer: string, message: string): void => {
    issues.push(fault(code, root + pointer, message));
  };
  const zone = zoneOf(policy.tz);
  if (zone === null) {
    say('policy/bad-zone', '/tz', `${policy.tz} is no time zone`);
    return;
  }
  if (
    all.some(
      (other) => other !== policy && other.id === policy.id && other.version === policy.version,
    )
  )
    say('policy/duplicate-id', '/version', `${policy.id} ${policy.version} is given twice`);
  const date = (value: string | undefined, pointer: string): void => {
    if (value !== undefined && parseInstant(value, zone) === null)
      say('policy/bad-date', pointer, `${value} is no date`);
  };
  const duration = (value: string | undefined, pointer: string): void => {
    if (value === undefined || value === 'undue-delay') return;
    if (value.startsWith('$')) {
      if (policy.parameters?.[value.slice(1)] === undefined)
        say('policy/unknown-parameter', pointer, `${value} is not declared`);
    } else if (parseDuration(value) === null) {
      say('policy/bad-duration', pointer, `${value} is no duration`);
    }
  };
  const refs = (
    list: readonly TermRef[] | undefined,
    dimension: Dimension,
    pointer: string,
  ): void => {
    for (const [place, ref] of (list ?? []).entries())
      if (meaning(terms[dimension], ref) === null)
        say('policy/unknown-term', `${pointer}/${place}`, `${dimension}: ${ref} is not declared`);
  };
  const stages = (list: readonly Stage[], pointer: string): void => {
    for (const [place, stage] of list.entries()) duration(stage.after, `${pointer}/${place}/after`);
  };
  const condition = (value: Condition | undefined, pointer: string): void => {
    if (value === undefined) return;
    if ('all' in value)
      for (const [i, child] of value.all.entries()) condition(child, `${pointer}/all/${i}`);
    else if ('any' in value)
      for (const [i, child] of value.any.entries()) condition(child, `${pointer}/any/${i}`);
    else if ('not' in value) condition(value.not, `${pointer}/not`);
    else if ('grant' in value) {
      const pattern = value.grant;
      refs(pattern.for === undefined ? [] : [pattern.for], 'for', `${pointer}/grant/for`);
      refs(pattern.what === undefined ? [] : [pattern.what], 'what', `${pointer}/grant/what`);
    }
  };

  date(policy.validFrom, '/validFrom');
  date(policy.validTo, '/validTo');
  date(policy.noticed, '/noticed');
  for (const [name, declared] of Object.entries(policy.parameters ?? {}))
    if (declared.type === 'duration')
      duration(
        declared.default as string | undefined,
        `/parameters/${escapePointer(name)}/default`,
      );
  const ids = new Set<string>();
  for (const [place, rule] of policy.rules.entries()) {
    const at = `/rules/${place}`;
    if (ids.has(rule.id)) say('policy/duplicate-id', `${at}/id`, `${rule.id} is given twice`);
    ids.add(rule.id);
    date(rule.validFrom, `${at}/validFrom`);
    date(rule.validTo, `${at}/validTo`);
    checkRule(rule, at);
  }

  function checkRule(rule: Rule, at: string): void {
    if (isNote(rule)) return;
    for (const dimension of DIMENSIONS)
      refs(
        (rule as Partial<Record<Dimension, readonly TermRef[]>>)[dimension],
        dimension,
        `${at}/${dimension}`,
      );
    condition(rule.if, `${at}/if`);
    if (isRetention(rule)) {
      stages(rule.stages, `${at}/stages`);
      for (const [i, branch] of (rule.unless ?? []).entries()) {
        condition(branch.if, `${at}/unless/${i}/if`);
        stages(branch.stages, `${at}/unless/${i}/stages`);
      }
    } else if (rule.effect === 'duty') {
      condition(rule.unless, `${at}/unless`);
      duration(rule.within, `${at}/within`);
      duration(rule.every, `${at}/every`);
    } else if (rule.effect === 'classify') {
      refs(rule.as, 'what', `${at}/as`);
    } else {
      condition(rule.unless, `${at}/unless`);
      refs(rule.flow, 'in', `${at}/flow`);
    }
  }
}
