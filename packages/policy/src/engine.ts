import type { FactValue } from './types/condition.ts';
import type { Decision, Question } from './types/decision.ts';
import type { Fact } from './types/fact.ts';
import type { PolicyIssue } from './types/issue.ts';
import type { Item, Operation, PlanSummary } from './types/plan.ts';
import type { Parameters, Policy } from './types/policy.ts';
import { readPolicies } from './check.ts';
import { makeDecider } from './decide.ts';
import { PolicyError } from './intake.ts';
import { Known } from './known.ts';
import { Planner, type PlanOptions } from './plan.ts';
import { compileRetention, type RetentionBook } from './retention.ts';
import { compileRules, type RuleBook } from './rules.ts';
import { zoneOf } from './zone.ts';

/** What `compile` takes beside the policies. */
export interface CompileOptions {
  /** Values of parameters that hold for everything; recorded facts of the same name about an item come before them. */
  readonly parameters?: Parameters;
}

/** Policies made ready to answer. Immutable; safe to share; knows no clock. */
export interface Engine {
  readonly policies: readonly Policy[];
  readonly rules: RuleBook;
  readonly retention: RetentionBook;
  /**
   * Index recorded facts for this engine, as they were recorded up to `seen` (epoch milliseconds; absent: all).
   *
   * Throws `PolicyError` `fact/bad-shape` for what is no fact, with a pointer to the first.
   */
  know(facts: readonly Fact[], seen?: number): Known;
  /**
   * Answer a question by what is known. Never throws on a question: one that cannot be read is denied with
   * `deny.bad-request`. The question must not be changed before `until` and `nearest` of the answer have been read.
   */
  decide(question: Question, known?: Known): Decision;
  /** What to do with stored items; one operation for each, in their order. Memory does not grow with their number. */
  plan(
    items: Iterable<Item>,
    known: Known,
    options: PlanOptions,
  ): Generator<Operation, PlanSummary>;
  /** A planner for items that come one by one or asynchronously. */
  planner(known: Known, options: PlanOptions): Planner;
}

/** Everything that is wrong with policies, without compiling them. An empty list means that `compile` will not throw. */
export function check(policies: unknown): readonly PolicyIssue[] {
  try {
    return readPolicies(policies).issues;
  } catch (error) {
    if (error instanceof PolicyError) return error.issues;
    throw error;
  }
}

/**
 * Compile one policy or several (versions of one, or of several organisations) into an engine. All that hold at an
 * instant hold together: any forbid of any of them stands, any permit of any of them counts.
 *
 * Throws `PolicyError` with all issues (`policy/…` codes, RFC 6901 pointers) where something is wrong with them.
 *
 * ```ts
 * const engine = compile(policy, { parameters: { 'service.hourlyFor': 'P3M' } });
 * const answer = engine.decide({ at: Date.UTC(2026, 0, 1), actor: { id: 'a', roles: ['tenant'] },
 *   do: 'read', what: 'meter-data', for: 'insight', detail: 'PT1H' }, engine.know(facts));
 * ```
 */
export function compile(
  policies: Policy | readonly Policy[],
  options: CompileOptions = {},
): Engine {
  const { policies: read, terms, issues } = readPolicies(policies);
  if (issues.length > 0) throw new PolicyError(issues);
  const parameters = new Map<string, FactValue>();
  for (const policy of read)
    for (const [name, { default: value }] of Object.entries(policy.parameters ?? {}))
      if (value !== undefined && !parameters.has(name)) parameters.set(name, value);
  for (const [name, value] of Object.entries(options.parameters ?? {})) parameters.set(name, value);
  const rules = compileRules(read, terms, parameters);
  const retention = compileRetention(read, terms, parameters, zoneOf(read[0]?.tz ?? 'UTC')!);
  const { decide } = makeDecider(rules, new Known([], terms, null));
  return {
    policies: read,
    rules,
    retention,
    know: (facts, seen) => new Known(facts, terms, seen ?? null),
    decide,
    planner: (known, planOptions) => new Planner(retention, known, planOptions),
    plan: (items, known, planOptions) => new Planner(retention, known, planOptions).run(items),
  };
}
