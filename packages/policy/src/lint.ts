import type { PolicyIssue } from './types/index.ts';
import { readPolicies } from './check.ts';
import { compileRetention } from './retention.ts';
import { compileRules } from './rules.ts';
import { zoneOf } from './zone.ts';
import { PolicyError } from './fault.ts';
import { lintCells } from './lint/cells.ts';
import { finding, type LintFinding } from './lint/finding.ts';
import { checkFlows, type FlowResult, lintFlows } from './lint/flow.ts';
import { lintData, lintGovernance, lintRules } from './lint/rules.ts';

export type { FlowResult } from './lint/flow.ts';
export type { LintFinding, LintSeverity } from './lint/finding.ts';

const KEYS: Readonly<Partial<Record<PolicyIssue['code'], LintFinding['key']>>> = {
  'policy/no-clock': 'lint.no-clock',
  'policy/unknown-term': 'lint.unknown-term',
  'policy/unknown-parameter': 'lint.unknown-parameter',
  'policy/duplicate-id': 'lint.duplicate-rule',
};

const ofIssue = ({ code, pointer, message }: PolicyIssue): LintFinding =>
  finding(KEYS[code] ?? 'lint.invalid', null, { code, pointer, message, rule: pointer });

/**
 * Everything that can be found wrong or odd in policies without deciding anything: rules without a clock's start,
 * permits that are always forbidden, data that nothing ends, purposes that the register lacks, suppliers without an
 * agreement, versions in force before their notice, identity numbers that reach a metering system. Exhaustive over the
 * vocabulary. Never throws; what cannot be compiled is reported by what is wrong with it, and then nothing else.
 */
export function lint(policies: unknown): readonly LintFinding[] {
  let checked: ReturnType<typeof readPolicies>;
  try {
    checked = readPolicies(policies);
  } catch (error) {
    if (error instanceof PolicyError) return error.issues.map(ofIssue);
    throw error;
  }
  if (checked.issues.length > 0) return checked.issues.map(ofIssue);
  const { policies: read, terms } = checked;
  const none = new Map<string, never>();
  const book = compileRules(read, terms, none);
  const retention = compileRetention(book, zoneOf(read[0]?.tz ?? 'UTC')!);
  return [
    ...read.flatMap((policy) => [...lintRules(policy, read, terms)]),
    ...lintCells(book),
    ...lintData(read, book, retention),
    ...lintGovernance(read, book),
    ...lintFlows(read, book),
  ].sort((a, b) => rank(a) - rank(b));
}

const rank = ({ severity }: LintFinding): number => ['error', 'warning', 'info'].indexOf(severity);

/** Only the data flows: for each identity number and each system that must not have it, a way or a proof. */
export function flowsOf(policies: unknown): readonly FlowResult[] {
  const { policies: read, terms, issues } = readPolicies(policies);
  if (issues.length > 0) throw new PolicyError(issues);
  return checkFlows(read, compileRules(read, terms, new Map<string, never>()));
}
