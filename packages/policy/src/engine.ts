import type { FactValue } from './types/condition.ts';
import type { Decision, Question } from './types/decision.ts';
import type { Fact } from './types/fact.ts';
import type { Item, Operation, PlanSummary } from './types/plan.ts';
import type { Parameters, Policy } from './types/policy.ts';
import { newContext, type TermsByDimension } from './context.ts';
import { decide } from './decide.ts';
import type { Spend } from './grant-index.ts';
import { type Known, makeKnown } from './known.ts';
import { makePlanner, type Planner, type PlanOptions } from './plan.ts';
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
   * Throws `PolicyError` `fact/bad-shape` for what is no fact, with a pointer to the first; `fact/too-large` for the grant on
   * somebody's behalf with which grants and the delegations that they stand on come to more than 200 000 pairs.
   */
  know(facts: readonly Fact[], seen?: number): Known;
  /**
   * Answer a question by what is known. Never throws on a question: one that cannot be read is denied with
   * `deny.bad-request`. The question must not be changed before `until` and `nearest` of the answer have been read.
   */
  decide(question: Question, known?: Known): Decision;
  /**
   * What to do with stored items; one operation for each, in their order. Memory does not grow with their number.
   *
   * Throws `PolicyError` `item/bad-shape` when it comes to what is no item, with a pointer into it, and `question/bad-shape`
   * where `now` is no instant.
   */
  plan(
    items: Iterable<Item>,
    known: Known,
    options: PlanOptions,
  ): Generator<Operation, PlanSummary>;
  /** A planner for items that come one by one or asynchronously. */
  planner(known: Known, options: PlanOptions): Planner;
}

/** An engine of policies that were checked, and of their terms. */
export function makeEngine(
  policies: readonly Policy[],
  terms: TermsByDimension,
  options: CompileOptions,
  checkFacts: (facts: readonly Fact[]) => Spend = () => () => undefined,
  checkItem: (item: Item, now: number) => void = () => undefined,
): Engine {
  const parameters = new Map<string, FactValue>();
  for (const policy of policies)
    for (const [name, declared] of Object.entries(policy.parameters ?? {}))
      if (declared.default !== undefined && !parameters.has(name))
        parameters.set(name, declared.default);
  for (const [name, value] of Object.entries(options.parameters ?? {})) parameters.set(name, value);
  const rules = compileRules(policies, terms, parameters);
  const retention = compileRetention(rules, zoneOf(policies[0]?.tz ?? 'UTC')!);
  const nobody = makeKnown([], terms, Infinity, checkFacts([]));
  const context = newContext(nobody, rules);
  return {
    policies,
    rules,
    retention,
    know: (facts, seen = Infinity) => makeKnown(facts, terms, seen, checkFacts(facts)),
    decide: (question, known = nobody) => decide(context, question, known),
    planner: (known, planOptions) => makePlanner(retention, known, planOptions, checkItem),
    plan: (items, known, planOptions) =>
      makePlanner(retention, known, planOptions, checkItem).run(items),
  };
}
