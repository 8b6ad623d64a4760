import type { Condition } from './types/condition.ts';
import type { Policy } from './types/policy.ts';
import type { RetentionRule, Stage } from './types/rule.ts';
import { compileCondition, type Test } from './condition.ts';
import type { ParameterValues, TermsByDimension } from './context.ts';
import { type CalendarDuration, parseDuration } from './duration.ts';
import { rank } from './lattice.ts';
import { type Dated, dateRules } from './rules.ts';
import { isRetention } from './rule-kind.ts';
import { isWithin, meaning } from './vocabulary.ts';
import type { Zone } from './zone.ts';

/** A stage made ready: a duration, or the name of the parameter that holds it. */
export interface ReadyStage {
  readonly after: CalendarDuration | string;
  readonly to: number;
  readonly deidentified: boolean;
}

/** A retention rule made ready. */
export interface Retention extends Dated<RetentionRule> {
  readonly floor: boolean;
  /** Systems it speaks of; null: all. */
  readonly in: ReadonlySet<number> | null;
  /** Purposes it speaks of; null: not of one. */
  readonly for: ReadonlySet<number> | null;
  readonly if: Test | null;
  readonly stages: readonly ReadyStage[];
  readonly unless: readonly { readonly if: Test; readonly stages: readonly ReadyStage[] }[];
}

/** Retention rules by kind of data. */
export interface RetentionBook {
  readonly terms: TermsByDimension;
  readonly parameters: ParameterValues;
  /** For each term of `what`: the rules it lies in, in the order of their ids. */
  readonly rules: readonly (readonly Retention[])[];
  /** Zone of the civil days that data are rolled up to: that of the rule, else of the first policy. */
  readonly zone: Zone;
}

/** Compile the retention rules. The policies have passed `readPolicies`. */
export function compileRetention(
  policies: readonly Policy[],
  terms: TermsByDimension,
  parameters: ParameterValues,
  zone: Zone,
): RetentionBook {
  const rules: Retention[][] = terms.what.names.map(() => []);
  for (const dated of dateRules(policies)) {
    const { rule, policy } = dated;
    if (!isRetention(rule)) continue;
    const test = (condition: Condition): Test =>
      compileCondition(condition, {
        terms,
        parameters,
        within: (a, b) => isWithin(terms.what, a, b),
        tenancy: 'none',
      });
    const setOf = (refs: readonly string[] | undefined, dimension: 'in' | 'for') =>
      refs === undefined
        ? null
        : new Set(refs.flatMap((ref) => [...meaning(terms[dimension], ref)!]));
    const ready: Retention = {
      ...dated,
      rule,
      policy,
      floor: rule.effect === 'keep',
      in: setOf(rule.in, 'in'),
      for: setOf(rule.for, 'for'),
      if: rule.if === undefined ? null : test(rule.if),
      stages: rule.stages.map(readyStage),
      unless: (rule.unless ?? []).map((branch) => ({
        if: test(branch.if),
        stages: branch.stages.map(readyStage),
      })),
    };
    const covered = new Set(rule.what.flatMap((ref) => [...meaning(terms.what, ref)!]));
    for (const term of covered) rules[term]!.push(ready);
  }
  return { terms, parameters, rules, zone };
}

const readyStage = ({ after, to, deidentified }: Stage): ReadyStage => ({
  after: after.startsWith('$') ? after.slice(1) : parseDuration(after)!,
  to: rank(to),
  deidentified: deidentified === true,
});
