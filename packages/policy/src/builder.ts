import type {
  AccessRule,
  ClassifyRule,
  DutyRule,
  NoteRule,
  Policy,
  RetentionRule,
  Rule,
} from './types/index.ts';
import type { Dimension, Vocabulary } from './types/term.ts';

/** Terms that a vocabulary declares in one dimension. */
type TermsOf<V extends Vocabulary, D extends Dimension> = Extract<keyof NonNullable<V[D]>, string>;
/** What a rule may write in one dimension: a declared term, everything narrower than one, or everything. */
type RefsOf<V extends Vocabulary, D extends Dimension> = TermsOf<V, D> | `${TermsOf<V, D>}.*` | '*';
type Dimensions<V extends Vocabulary> = { readonly [D in Dimension]?: readonly RefsOf<V, D>[] };
type Typed<V extends Vocabulary, R> = Omit<R, Dimension | 'effect' | 'as'> &
  Omit<Dimensions<V>, Exclude<Dimension, keyof R>>;

/** Rule makers whose terms the compiler checks against the vocabulary. */
export interface RuleBuilder<V extends Vocabulary> {
  permit(rule: Typed<V, AccessRule> & { readonly do: readonly RefsOf<V, 'do'>[] }): AccessRule;
  forbid(rule: Typed<V, AccessRule> & { readonly do: readonly RefsOf<V, 'do'>[] }): AccessRule;
  keep(
    rule: Typed<V, RetentionRule> & { readonly what: readonly RefsOf<V, 'what'>[] },
  ): RetentionRule;
  cap(
    rule: Typed<V, RetentionRule> & { readonly what: readonly RefsOf<V, 'what'>[] },
  ): RetentionRule;
  duty(rule: Typed<V, DutyRule>): DutyRule;
  classify(
    rule: Typed<V, ClassifyRule> & {
      readonly what: readonly RefsOf<V, 'what'>[];
      readonly as: readonly TermsOf<V, 'what'>[];
    },
  ): ClassifyRule;
  note(rule: Omit<NoteRule, 'effect'> & { readonly effect?: NoteRule['effect'] }): NoteRule;
}

const builder: RuleBuilder<Vocabulary> = {
  permit: (rule) => ({ ...rule, effect: 'permit' }),
  forbid: (rule) => ({ ...rule, effect: 'forbid' }),
  keep: (rule) => ({ ...rule, effect: 'keep' }),
  cap: (rule) => ({ ...rule, effect: 'cap' }),
  duty: (rule) => ({ ...rule, effect: 'duty' }),
  classify: (rule) => ({ ...rule, effect: 'classify' }),
  note: (rule) => ({ effect: 'info', ...rule }),
};

/**
 * Write a policy with its terms checked while typing: a term that the vocabulary does not declare is a type error.
 *
 * The result is plain JSON; nothing is validated at run time (that is `compile`).
 *
 * ```ts
 * const policy = definePolicy(
 *   { id: 'house', version: '1', validFrom: '2026-01-01', tz: 'Europe/Stockholm',
 *     vocab: { who: { tenant: {} }, do: { read: {} }, what: { 'meter-data': {} }, for: { insight: {} } } },
 *   (rule) => [rule.permit({ id: 'own', who: ['tenant'], do: ['read'], what: ['meter-data'], basis: 'contract' })],
 * );
 * ```
 */
export function definePolicy<const V extends Vocabulary>(
  head: Omit<Policy, 'rules' | 'vocab'> & { readonly vocab: V },
  rules: (rule: RuleBuilder<V>) => readonly Rule[],
): Policy {
  return { ...head, rules: rules(builder as unknown as RuleBuilder<V>) };
}
