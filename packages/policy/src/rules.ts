import type { Condition } from './types/condition.ts';
import type { Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { ActivityReference, Policy } from './types/policy.ts';
import type { AccessRule, Basis, ClassifyRule, DutyRule, Rule } from './types/rule.ts';
import type { Dimension, TermRef } from './types/term.ts';
import { compileCondition, type HolderTime, type Test } from './condition.ts';
import { type ParameterValues, type TermsByDimension } from './context.ts';
import { rank } from './lattice.ts';
import { box, EMPTY, FULL, order, type Region, type Within } from './region.ts';
import { isAccess } from './rule-kind.ts';
import { byDimension, isWithin, personalTerms, type Terms, unionOf } from './vocabulary.ts';
import { parseInstant, type Zone, zoneOf } from './zone.ts';

/** A rule with the time in which it holds. */
export interface Dated<R> {
  readonly rule: R;
  readonly policy: Policy;
  readonly zone: Zone;
  readonly from: number;
  readonly to: number;
}

/** For each dimension: the terms that a rule meets, −1 for "not said"; null: whatever is said or not. */
export type Meets = Readonly<Record<Dimension, ReadonlySet<number> | null>>;

/** An access rule made ready. */
export interface Access extends Dated<AccessRule> {
  /** Its place among all access rules, in the order of their ids. */
  readonly place: number;
  readonly permit: boolean;
  readonly meets: Meets;
  readonly if: Test;
  readonly unless: Test;
  /** Everything at the rule's own detail. */
  readonly bound: Region;
  readonly flow: readonly ReadonlySet<number>[] | null;
  readonly then: readonly Obligation[];
  readonly activity: ActivityReference | null;
  /** The legal basis that the rule itself has, or the activity that names it. */
  readonly ground: Reason | null;
  readonly reason: Reason;
  /** Other reasons that name it; made when first needed. */
  readonly said: Map<Reason['key'], Reason>;
}

/** A classification made ready. */
export interface Classification extends Dated<ClassifyRule> {
  /** Terms that lie in it, and all that touch it. */
  readonly what: ReadonlySet<number>;
  readonly touches: ReadonlySet<number>;
  readonly as: readonly number[];
  readonly if: Test;
}

/** An activity with the purposes and data that it covers. */
export interface Activity {
  readonly reference: ActivityReference;
  readonly policy: string;
  readonly what: ReadonlySet<number> | null;
}

/** A duty that every access calls up. */
export interface AccessDuty extends Dated<DutyRule> {
  readonly who: ReadonlySet<number> | null;
  readonly if: Test;
  readonly unless: Test;
  readonly obligation: Obligation;
}

/** Everything that access decisions need. */
export interface RuleBook {
  readonly terms: TermsByDimension;
  readonly parameters: ParameterValues;
  readonly within: Within;
  /** All rules with their times, in the order of their ids. */
  readonly dated: readonly Dated<Rule>[];
  readonly access: readonly Access[];
  readonly classes: readonly Classification[];
  readonly onAccess: readonly AccessDuty[];
  readonly activities: readonly (readonly Activity[])[];
  /** Whether each kind of data is about a person. */
  readonly personal: readonly boolean[];
  /** One more than the number of terms, by dimension. */
  readonly sizes: Readonly<Record<Dimension, number>>;
  /** Starts of the times in which the same rules hold. */
  readonly epochs: readonly number[];
  /** Whether some condition looks at the detail asked for, so that a coarser question may fare better. */
  readonly usesDetail: boolean;
}

/** All rules with their times: a version of a policy holds until the next version of the same policy starts. */
export function dateRules(policies: readonly Policy[]): readonly Dated<Rule>[] {
  const starts = policies.map((policy) => parseInstant(policy.validFrom, zoneOf(policy.tz)!)!);
  return policies
    .flatMap((policy, place) => {
      const zone = zoneOf(policy.tz)!;
      const instant = (text: string | undefined, otherwise: number): number =>
        text === undefined ? otherwise : parseInstant(text, zone)!;
      const start = starts[place]!;
      let end = instant(policy.validTo, Infinity);
      for (const [i, other] of policies.entries()) {
        const next = starts[i]!;
        // Of two versions with the same start the one with the higher version word holds alone.
        if (
          other.id === policy.id &&
          (next > start || (next === start && other.version > policy.version))
        )
          end = Math.min(end, next);
      }
      return policy.rules.map((rule) => ({
        rule,
        policy,
        zone,
        from: Math.max(start, instant(rule.validFrom, start)),
        to: Math.min(end, instant(rule.validTo, end)),
      }));
    })
    .filter(({ from, to }) => from < to)
    .sort(
      (a, b) => order(a.rule.id, b.rule.id) || order(a.policy.id, b.policy.id) || a.from - b.from,
    );
}

/** A reason that names a rule and has nothing of its own: the same object each time. */
export function saying(key: Reason['key'], { said, rule, policy }: Access): Reason {
  let reason = said.get(key);
  if (reason === undefined)
    said.set(
      key,
      (reason = {
        key,
        params: { rule: rule.id },
        policy: policy.id,
        rule: rule.id,
        ...(rule.cite && { cite: rule.cite }),
      }),
    );
  return reason;
}

/** The reason that a rule has a legal basis: its own word, or an activity's. */
export function groundOf(
  reason: Reason,
  basis: Basis | undefined,
  reference?: ActivityReference | null,
): Reason | null {
  if (basis === undefined) return null;
  const activity = reference && { activity: reference.id };
  return {
    ...reason,
    key: !reference
      ? 'permit.basis-rule'
      : reference.status === 'proposed'
        ? 'permit.basis-proposed'
        : 'permit.basis-activity',
    params: { ...reason.params, ...activity, basis },
    ...activity,
    basis,
  };
}

/** Terms that a forbid touches: those meant, and those that hold one of them. */
const touched = ({ up }: Terms, meant: ReadonlySet<number>): Set<number> =>
  new Set([...meant].flatMap((term) => [...up[term]!]));

/** Compile everything about access. The policies have passed `readPolicies`. */
export function compileRules(
  policies: readonly Policy[],
  terms: TermsByDimension,
  parameters: ParameterValues,
): RuleBook {
  const dated = dateRules(policies);
  const within: Within = (term, broader) => isWithin(terms.what, term, broader);
  const made = new Map<string, unknown>();
  /** What was made of an equal part before, so that equal conditions are looked at once, and equal obligations given once. */
  const once = <T>(part: unknown, make: () => T): T => {
    const key = JSON.stringify(part);
    if (!made.has(key)) made.set(key, make());
    return made.get(key) as T;
  };
  const intern = (obligation: Obligation): Obligation => once(obligation, () => obligation);
  const testOf = (
    condition: Condition | undefined,
    { policy, rule }: Dated<Rule>,
    otherwise: Region = FULL,
  ): Test => {
    const own = (rule as Partial<AccessRule>).tenancy;
    const tenancy: HolderTime = own === 'none' ? own : (policy.tenancy ?? 'when-known');
    return once([tenancy, condition ?? otherwise.length], () =>
      compileCondition(condition, tenancy, otherwise),
    );
  };
  /** Terms that a rule's references meet: a permit covers what lies in them, a forbid all that it touches. */
  const meaning = (dimension: Dimension, refs: readonly TermRef[], permit: boolean): Set<number> =>
    once([dimension, refs, permit], () => {
      const meant = unionOf(terms[dimension], refs);
      // An actor is what its roles say, no more.
      const all = permit || dimension === 'who' ? meant : touched(terms[dimension], meant);
      // A permit for a purpose does not cover a question that names none, a forbid does; who names no role has none.
      return !permit && (dimension !== 'who' || refs.includes('*')) ? all.add(-1) : all;
    });

  const access: Access[] = [];
  const classes: Classification[] = [];
  const onAccess: AccessDuty[] = [];
  for (const entry of dated) {
    const { rule, policy } = entry;
    if (isAccess(rule)) {
      const permit = rule.effect === 'permit';
      const { key, flow } = rule;
      const all: readonly Condition[] = [
        ...(key === undefined ? [] : [{ fact: 'resource.key', op: 'isa', value: key } as const]),
        ...(rule.if === undefined ? [] : [rule.if]),
      ];
      const activity = policy.activities?.find((each) => each.rules?.includes(rule.id)) ?? null;
      const said: Access['said'] = new Map();
      const reason = saying('permit.rule', { ...entry, said } as Access);
      access.push({
        ...(entry as Dated<AccessRule>),
        place: access.length,
        permit,
        meets: byDimension((dimension) => {
          const refs = rule[dimension];
          return refs === undefined ? null : meaning(dimension, refs, permit);
        }),
        if: testOf(all.length > 1 ? { all } : all[0], entry),
        unless: testOf(rule.unless, entry, EMPTY),
        bound: rule.finest === undefined ? FULL : [box(rank(rule.finest))],
        flow: flow === undefined ? null : flow.map((end) => meaning('in', [end], permit)),
        then: (rule.then ?? []).map(intern),
        activity,
        ground: groundOf(reason, rule.basis) ?? groundOf(reason, activity?.basis[0], activity),
        reason,
        said,
      });
    } else if (rule.effect === 'classify') {
      const what = unionOf(terms.what, rule.what);
      classes.push({
        ...(entry as Dated<ClassifyRule>),
        what,
        touches: touched(terms.what, what),
        as: rule.as.map((name) => terms.what.index.get(name)!),
        if: testOf(rule.if, entry),
      });
    } else if (
      rule.effect === 'duty' &&
      rule.on === 'access' &&
      /^(log|deidentify|limit-to-order-scope)$/.test(rule.must)
    )
      onAccess.push({
        ...(entry as Dated<DutyRule>),
        who: rule.who === undefined ? null : unionOf(terms.who, rule.who),
        if: testOf(rule.if, entry),
        unless: testOf(rule.unless, entry, EMPTY),
        obligation: intern({ do: rule.must } as Obligation),
      });
  }
  /** Activities in the order of their ids. */
  const activities = policies
    .flatMap(({ id: policy, activities: list = [] }) =>
      list.map((reference) => ({
        reference,
        policy,
        what: reference.what === undefined ? null : unionOf(terms.what, reference.what),
        purposes: unionOf(terms.for, reference.purposes),
      })),
    )
    .sort((a, b) => order(a.reference.id, b.reference.id) || order(a.policy, b.policy));
  return {
    terms,
    parameters,
    within,
    dated,
    access,
    classes,
    onAccess,
    activities: terms.for.names.map((_, purpose) =>
      activities.filter((each) => each.purposes.has(purpose)),
    ),
    personal: personalTerms(terms.what),
    sizes: byDimension((dimension) => terms[dimension].names.length + 1),
    epochs: dated
      .flatMap(({ from, to }) => [from, to])
      .filter(Number.isFinite)
      .sort((a, b) => a - b),
    usesDetail: JSON.stringify(policies).includes('resource.resolution'),
  };
}
