import type { RetentionRule } from './types/rule.ts';
import { compileCondition, type Test } from './condition.ts';
import { type CalendarDuration, parseDuration } from './duration.ts';
import { rank } from './lattice.ts';
import type { Dated, RuleBook } from './rules.ts';
import { isRetention } from './rule-kind.ts';
import { type Terms, unionOf } from './vocabulary.ts';
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
  readonly book: RuleBook;
  /** For each term of `what`: the rules it lies in, in the order of their ids. */
  readonly rules: readonly (readonly Retention[])[];
  /** Zone of the civil days that data are rolled up to: that of the rule, else of the first policy. */
  readonly zone: Zone;
}

/** Terms that references mean; null where nothing is said. */
const placesOf = (refs: readonly string[] | undefined, of: Terms): ReadonlySet<number> | null =>
  refs === undefined ? null : unionOf(of, refs);

/** Compile the retention rules of what the rule book holds. */
export function compileRetention(book: RuleBook, zone: Zone): RetentionBook {
  const { terms } = book;
  const rules: Retention[][] = terms.what.names.map(() => []);
  for (const dated of book.dated) {
    const { rule } = dated;
    if (!isRetention(rule)) continue;
    const made: Retention = {
      ...dated,
      rule,
      floor: rule.effect === 'keep',
      in: placesOf(rule.in, terms.in),
      for: placesOf(rule.for, terms.for),
      if: compileCondition(rule.if, 'none'),
      branches: [...(rule.unless ?? []), { if: undefined, stages: rule.stages }].map((branch) => ({
        if: compileCondition(branch.if, 'none'),
        stages: branch.stages.map(({ after, to, deidentified }) => ({
          after: after[0] === '$' ? after.slice(1) : parseDuration(after)!,
          to: rank(to),
          deidentified: deidentified === true,
        })),
      })),
    };
    for (const term of unionOf(terms.what, rule.what)) rules[term]!.push(made);
  }
  return { book, rules, zone };
}
