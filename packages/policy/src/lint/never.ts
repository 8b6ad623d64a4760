import type { Condition, Rule, TermRef } from '../types/index.ts';
import type { TermsByDimension } from '../context.ts';
import { isNote, isRetention } from '../rule-kind.ts';
import { DIMENSIONS, unionOf } from '../vocabulary.ts';

type Naming = Readonly<Partial<Record<(typeof DIMENSIONS)[number], readonly TermRef[]>>>;

/** Parts of a condition that all have to be true. */
const conjuncts = (condition: Condition): readonly Condition[] =>
  'all' in condition ? condition.all.flatMap(conjuncts) : [condition];

/** Whether a condition contradicts itself: it asks for something and for its opposite. */
export function isContradiction(condition: Condition): boolean {
  const all = conjuncts(condition);
  const texts = new Set(all.map((each) => JSON.stringify(each)));
  return all.some(
    (each) =>
      ('not' in each && texts.has(JSON.stringify(each.not))) ||
      ('any' in each && each.any.every(isContradiction)),
  );
}

/**
 * Whether no question, item or event ever meets a rule: it names only terms that there are none of (`x.*` where nothing is
 * narrower), it asks for something and its opposite, or its exception is part of what it asks for. What depends on values of
 * facts is not looked at. A forbid bites where its condition is not known, so that one's condition never says so.
 */
export function neverMeets(rule: Rule, terms: TermsByDimension): boolean {
  const named = rule as Naming;
  const empty = DIMENSIONS.some((dimension) => {
    const refs = named[dimension];
    return refs !== undefined && unionOf(terms[dimension], refs).size === 0;
  });
  if (empty || isNote(rule)) return empty;
  if (rule.effect === 'forbid' || rule.if === undefined) return false;
  if (isContradiction(rule.if)) return true;
  if (isRetention(rule) || !('unless' in rule) || rule.unless === undefined) return false;
  const exceptions = 'any' in rule.unless ? rule.unless.any : [rule.unless];
  const asked = new Set(conjuncts(rule.if).map((each) => JSON.stringify(each)));
  return exceptions.some((each) => asked.has(JSON.stringify(each)));
}
