import type { FactValue } from './types/condition.ts';
import type { Decision, Question } from './types/decision.ts';
import type { Fact } from './types/fact.ts';
import type { Item, Operation, PlanSummary } from './types/plan.ts';
import type { Parameters, Policy } from './types/policy.ts';
import type { FindNearest } from './answer.ts';
import type { TermsByDimension } from './context.ts';
import { makeDecider } from './decide.ts';
import { type Known, makeKnown } from './known.ts';
import { makePlanner, type Planner, type PlanOptions } from './plan.ts';
import { compileRetention, type RetentionBook } from './retention.ts';
import { compileRules, type RuleBook } from './rules.ts';
import { closeVocabulary } from './vocabulary.ts';
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

/** What the whole engine has and that of `/core` does without. */
export interface Extras {
  readonly findNearest?: FindNearest;
  readonly checkFacts?: (facts: readonly Fact[]) => void;
  /** The vocabulary, where it was closed already. */
  readonly terms?: TermsByDimension;
}

/** An engine of policies that were checked. */
export function makeEngine(
  policies: readonly Policy[],
  options: CompileOptions,
  {
    findNearest,
    checkFacts,
    terms = closeVocabulary(policies.map(({ vocab }) => vocab)),
  }: Extras = {},
): Engine {
  const parameters = new Map<string, FactValue>();
  for (const policy of policies)
    for (const [name, { default: value }] of Object.entries(policy.parameters ?? {}))
      if (value !== undefined && !parameters.has(name)) parameters.set(name, value);
  for (const [name, value] of Object.entries(options.parameters ?? {})) parameters.set(name, value);
  const rules = compileRules(policies, terms, parameters);
  const zone = zoneOf(policies[0]?.tz ?? 'UTC')!;
  const retention = compileRetention(policies, terms, parameters, zone);
  return {
    policies,
    rules,
    retention,
    know: (facts, seen) => {
      checkFacts?.(facts);
      return makeKnown(facts, terms, seen ?? null);
    },
    decide: makeDecider(rules, makeKnown([], terms, null), findNearest).decide,
    planner: (known, planOptions) => makePlanner(retention, known, planOptions),
    plan: (items, known, planOptions) => makePlanner(retention, known, planOptions).run(items),
  };
}
