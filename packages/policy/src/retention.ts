import type { Condition } from './types/condition.ts';
import type { Policy } from './types/policy.ts';
import type { RetentionRule, Stage } from './types/rule.ts';
import { ALWAYS, compileCondition, type Test } from './condition.ts';
import type { ParameterValues, TermsByDimension } from './context.ts';
import { type CalendarDuration, parseDuration } from './duration.ts';
import { rank } from './lattice.ts';
import { type Dated, dateRules } from './rules.ts';
import { isRetention } from './rule-kind.ts';
import { isWithin, unionOf } from './vocabulary.ts';
import type { Zone } from './zone.ts';

/** A stage made ready: a duration, or the name of the parameter that holds it. */
export interface ReadyStage {
  readonly after: CalendarDuration | string;
  readonly to: number;
  readonly deidentified: boolean;
}

/** Stages that hold where a condition is true. */
export interface Branch {
  readonly if: Test;
  readonly stages: readonly ReadyStage[];
}

/** A retention rule made ready. */
export interface Retention extends Dated<RetentionRule> {
  readonly floor: boolean;
  /** Systems it speaks of; null: all. */
  readonly in: ReadonlySet<number> | null;
  /** Purposes it speaks of; null: not of one. */
  readonly for: ReadonlySet<number> | null;
  readonly if: Test;
  /** Stages, the first whose condition is true; the last has none. */
  readonly branches: readonly Branch[];
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

const ready = ({ after, to, deidentified }: Stage): ReadyStage => ({
  after: after[0] === '$' ? after.slice(1) : parseDuration(after)!,
  to: rank(to),
  deidentified: deidentified === true,
});

/** Compile the retention rules. The policies have passed `readPolicies`. */
export function compileRetention(
  policies: readonly Policy[],
  terms: TermsByDimension,
  parameters: ParameterValues,
  zone: Zone,
): RetentionBook {
  const rules: Retention[][] = terms.what.names.map(() => []);
  const test = (condition: Condition | undefined): Test =>
    condition === undefined
      ? ALWAYS
      : compileCondition(condition, {
          terms,
          parameters,
          within: (a, b) => isWithin(terms.what, a, b),
          tenancy: 'none',
        });
  for (const dated of dateRules(policies)) {
    const { rule } = dated;
    if (!isRetention(rule)) continue;
    const made: Retention = {
      ...dated,
      rule,
      floor: rule.effect === 'keep',
      in: rule.in === undefined ? null : unionOf(terms.in, rule.in),
      for: rule.for === undefined ? null : unionOf(terms.for, rule.for),
      if: test(rule.if),
      branches: [...(rule.unless ?? []), { if: undefined, stages: rule.stages }].map((branch) => ({
        if: test(branch.if),
        stages: branch.stages.map(ready),
      })),
    };
    for (const term of unionOf(terms.what, rule.what)) rules[term]!.push(made);
  }
  return { terms, parameters, rules, zone };
}
