import type { Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { ActivityReference, Policy } from './types/policy.ts';
import type { AccessRule, ClassifyRule, DutyRule, Rule } from './types/rule.ts';
import type { Condition } from './types/condition.ts';
import type { Dimension, TermRef } from './types/term.ts';
import { allOf, compileCondition, type ConditionScope, type Test } from './condition.ts';
import type { ParameterValues, TermsByDimension } from './context.ts';
import { rank } from './lattice.ts';
import { FULL, order, type Region, type Within } from './region.ts';
import { isAccess } from './rule-kind.ts';
import { DIMENSIONS, isWithin, meaning, type Terms } from './vocabulary.ts';
import { parseInstant, type Zone, zoneOf } from './zone.ts';

/** A rule with the time in which it holds. */
export interface Dated<R> {
  readonly rule: R;
  readonly policy: Policy;
  readonly zone: Zone;
  readonly from: number;
  readonly to: number;
}

/** An access rule made ready. */
export interface Access extends Dated<AccessRule> {
  readonly permit: boolean;
  readonly if: Test | null;
  readonly unless: Test | null;
  /** Everything at the rule's own detail. */
  readonly bound: Region;
  readonly flow: readonly [ReadonlySet<number>, ReadonlySet<number>] | null;
  readonly then: readonly Obligation[];
  readonly required: boolean;
  readonly activity: ActivityReference | null;
  /** The legal basis that the rule itself has, or the activity that names it. */
  readonly ground: Reason | null;
  readonly reason: Reason;
  readonly exception: Reason;
  readonly denial: Reason;
  readonly denialUnknown: Reason;
}

/** A classification made ready. */
export interface Classification extends Dated<ClassifyRule> {
  /** Terms that lie in it, and all that touch it. */
  readonly what: ReadonlySet<number>;
  readonly touches: ReadonlySet<number>;
  readonly as: readonly number[];
  readonly if: Test | null;
}

/** An activity with the purposes and data that it covers. */
export interface Activity {
  readonly reference: ActivityReference;
  readonly policy: string;
  readonly what: ReadonlySet<number> | null;
}

/** For one dimension: which rules each term meets; a row of bits for each term, one more for "not said". */
export interface Rows {
  readonly of: readonly Uint32Array[];
  readonly absent: Uint32Array;
}

/** Everything that access decisions need. */
export interface RuleBook {
  readonly terms: TermsByDimension;
  readonly within: Within;
  readonly access: readonly Access[];
  readonly permits: Uint32Array;
  readonly words: number;
  readonly rows: Readonly<Record<Dimension, Rows>>;
  readonly classes: readonly Classification[];
  readonly onAccess: readonly {
    readonly dated: Dated<DutyRule>;
    readonly who: ReadonlySet<number> | null;
    readonly if: Test | null;
    readonly unless: Test | null;
    readonly obligation: Obligation;
  }[];
  readonly activities: readonly (readonly Activity[])[];
  /** Starts of the times in which the same rules hold, and the rules of each. */
  readonly epochs: readonly number[];
  readonly live: readonly Uint32Array[];
  /** Whether some condition looks at the detail asked for, so that a coarser question may fare better. */
  readonly usesDetail: boolean;
}

const startOf = (policy: Policy): number => parseInstant(policy.validFrom, zoneOf(policy.tz)!)!;

/** All rules with their times: a version of a policy holds until the next version of the same policy starts. */
export function dateRules(policies: readonly Policy[]): readonly Dated<Rule>[] {
  const result: Dated<Rule>[] = [];
  for (const policy of policies) {
    const zone = zoneOf(policy.tz)!;
    const instant = (text: string | undefined, otherwise: number): number =>
      text === undefined ? otherwise : parseInstant(text, zone)!;
    const start = startOf(policy);
    let end = instant(policy.validTo, Infinity);
    for (const other of policies) {
      if (other.id !== policy.id || other === policy) continue;
      const next = startOf(other);
      // Of two versions with the same start the one with the higher version word holds alone.
      if (next > start || (next === start && order(other.version, policy.version) > 0))
        end = Math.min(end, next);
    }
    for (const rule of policy.rules) {
      const from = Math.max(start, instant(rule.validFrom, start));
      const to = Math.min(end, instant(rule.validTo, end));
      if (from < to) result.push({ rule, policy, zone, from, to });
    }
  }
  return result.sort(
    (a, b) => order(a.rule.id, b.rule.id) || order(a.policy.id, b.policy.id) || a.from - b.from,
  );
}

/** A reason that names a rule. */
export function reasonOf(key: Reason['key'], { rule, policy }: Dated<Rule>): Reason {
  return {
    key,
    params: { rule: rule.id },
    policy: policy.id,
    rule: rule.id,
    ...(rule.cite === undefined ? null : { cite: rule.cite }),
  };
}

const set = (bits: Uint32Array, place: number): void => {
  bits[place >>> 5]! |= 1 << (place & 31);
};

const unionOf = (terms: Terms, refs: readonly TermRef[]): ReadonlySet<number> => {
  const all = new Set<number>();
  for (const ref of refs) for (const term of meaning(terms, ref)!) all.add(term);
  return all;
};

/** Terms that a forbid touches: those meant, and those that hold one of them. An actor is what its roles say, no more. */
function touched(
  terms: Terms,
  meant: ReadonlySet<number>,
  dimension: Dimension,
): ReadonlySet<number> {
  if (dimension === 'who') return meant;
  const all = new Set<number>();
  for (const term of meant) for (const broader of terms.up[term]!) all.add(broader);
  return all;
}

function makeRows(
  access: readonly Access[],
  terms: Terms,
  dimension: Dimension,
  words: number,
): Rows {
  const of = terms.names.map(() => new Uint32Array(words));
  const absent = new Uint32Array(words);
  for (const [place, { rule, permit }] of access.entries()) {
    const refs = rule[dimension];
    if (refs === undefined) {
      for (const row of of) set(row, place);
      set(absent, place);
      continue;
    }
    const meant = unionOf(terms, refs);
    for (const term of permit ? meant : touched(terms, meant, dimension)) set(of[term]!, place);
    // A permit for a purpose does not cover a question that names none, a forbid does; who names no role has none.
    if (!permit && (dimension !== 'who' || refs.includes('*'))) set(absent, place);
  }
  return { of, absent };
}

function mentionsDetail(condition: Condition | undefined): boolean {
  return condition !== undefined && /"\$?resource\.resolution"/.test(JSON.stringify(condition));
}

/** Compile everything about access. The policies have passed `readPolicies`. */
export function compileRules(
  policies: readonly Policy[],
  terms: TermsByDimension,
  parameters: ParameterValues,
): RuleBook {
  const dated = dateRules(policies);
  const within: Within = (term, broader) => isWithin(terms.what, term, broader);
  const scopeOf = ({ policy, rule }: Dated<Rule>): ConditionScope => {
    const own = isAccess(rule) ? rule.tenancy : undefined;
    return {
      terms,
      parameters,
      within,
      tenancy: own === 'none' ? 'none' : (policy.tenancy ?? 'when-known'),
    };
  };
  const testOf = (condition: Condition | undefined, entry: Dated<Rule>): Test | null =>
    condition === undefined ? null : compileCondition(condition, scopeOf(entry));

  const access: Access[] = [];
  const classes: Classification[] = [];
  const onAccess: RuleBook['onAccess'][number][] = [];
  let usesDetail = false;
  const obligations = new Map<string, Obligation>();
  for (const entry of dated) {
    const { rule } = entry;
    if (isAccess(rule)) {
      usesDetail ||= mentionsDetail(rule.if) || mentionsDetail(rule.unless);
      access.push(makeAccess(entry as Dated<AccessRule>, scopeOf(entry), obligations));
    } else if (rule.effect === 'classify') {
      usesDetail ||= mentionsDetail(rule.if);
      classes.push({
        ...(entry as Dated<ClassifyRule>),
        what: unionOf(terms.what, rule.what),
        touches: touched(terms.what, unionOf(terms.what, rule.what), 'what'),
        as: rule.as.map((name) => terms.what.index.get(name)!),
        if: testOf(rule.if, entry),
      });
    } else if (rule.effect === 'duty' && rule.on === 'access') {
      const obligation = obligationOf(rule.must);
      if (obligation !== null)
        onAccess.push({
          dated: entry as Dated<DutyRule>,
          who: rule.who === undefined ? null : unionOf(terms.who, rule.who),
          if: testOf(rule.if, entry),
          unless: testOf(rule.unless, entry),
          obligation: internObligation(obligations, obligation),
        });
    }
  }
  const words = Math.max(1, Math.ceil(access.length / 32));
  const permits = new Uint32Array(words);
  for (const [place, rule] of access.entries()) if (rule.permit) set(permits, place);
  const rows = {} as Record<Dimension, Rows>;
  for (const dimension of DIMENSIONS)
    rows[dimension] = makeRows(access, terms[dimension], dimension, words);
  const epochs = [
    ...new Set(dated.flatMap(({ from, to }) => [from, to]).filter((at) => Number.isFinite(at))),
  ].sort((a, b) => a - b);
  const live = epochs.map((at) => {
    const bits = new Uint32Array(words);
    for (const [place, { from, to }] of access.entries())
      if (from <= at && at < to) set(bits, place);
    return bits;
  });
  return {
    terms,
    within,
    access,
    permits,
    words,
    rows,
    classes,
    onAccess,
    activities: activitiesByPurpose(policies, terms),
    epochs,
    live,
    usesDetail,
  };
}

function obligationOf(word: string): Obligation | null {
  if (word === 'log' || word === 'deidentify' || word === 'limit-to-order-scope')
    return { do: word };
  return null;
}

function groundOf(entry: Dated<AccessRule>, activity: ActivityReference | null): Reason | null {
  const { rule } = entry;
  if (rule.basis !== undefined) {
    const { basis } = rule;
    return { ...reasonOf('permit.basis-rule', entry), params: { rule: rule.id, basis }, basis };
  }
  const basis = activity?.basis[0];
  if (activity === null || basis === undefined) return null;
  return {
    ...reasonOf(
      activity.status === 'proposed' ? 'permit.basis-proposed' : 'permit.basis-activity',
      entry,
    ),
    params: { rule: rule.id, activity: activity.id, basis },
    activity: activity.id,
    basis,
  };
}

/** Equal obligations become one object, so that each is given once. */
export function internObligation(all: Map<string, Obligation>, given: Obligation): Obligation {
  const key = JSON.stringify(given);
  const known = all.get(key);
  if (known !== undefined) return known;
  all.set(key, given);
  return given;
}

function makeAccess(
  entry: Dated<AccessRule>,
  scope: ConditionScope,
  obligations: Map<string, Obligation>,
): Access {
  const { rule, policy } = entry;
  const { terms } = scope;
  const own = rule.if === undefined ? null : compileCondition(rule.if, scope);
  const keyed =
    rule.key === undefined
      ? null
      : compileCondition({ fact: 'resource.key', op: 'isa', value: rule.key }, scope);
  const tests = [keyed, own].filter((test) => test !== null);
  const permit = rule.effect === 'permit';
  const flowTerms = (ref: TermRef): ReadonlySet<number> => {
    const meant = meaning(terms.in, ref)!;
    return permit ? meant : touched(terms.in, meant, 'in');
  };
  const activity = policy.activities?.find((each) => each.rules?.includes(rule.id)) ?? null;
  return {
    ...entry,
    permit,
    if: tests.length > 1 ? allOf(tests, scope) : (tests[0] ?? null),
    unless: rule.unless === undefined ? null : compileCondition(rule.unless, scope),
    bound: rule.finest === undefined ? FULL : [{ ...FULL[0]!, finest: rank(rule.finest) }],
    flow: rule.flow === undefined ? null : [flowTerms(rule.flow[0]), flowTerms(rule.flow[1])],
    then: (rule.then ?? []).map((each) => internObligation(obligations, each)),
    required: policy.tenancy === 'required',
    activity,
    ground: groundOf(entry, activity),
    reason: reasonOf('permit.rule', entry),
    exception: reasonOf('permit.exception', entry),
    denial: reasonOf('deny.forbid', entry),
    denialUnknown: reasonOf('deny.forbid-unknown', entry),
  };
}

function activitiesByPurpose(
  policies: readonly Policy[],
  terms: TermsByDimension,
): readonly (readonly Activity[])[] {
  const lists: Activity[][] = terms.for.names.map(() => []);
  for (const policy of policies) {
    for (const reference of policy.activities ?? []) {
      const known = reference.what?.filter((ref) => meaning(terms.what, ref) !== null);
      const activity: Activity = {
        reference,
        policy: policy.id,
        what: known === undefined ? null : unionOf(terms.what, known),
      };
      for (const ref of reference.purposes)
        for (const purpose of meaning(terms.for, ref) ?? []) lists[purpose]!.push(activity);
    }
  }
  for (const list of lists)
    list.sort((a, b) => order(a.reference.id, b.reference.id) || order(a.policy, b.policy));
  return lists;
}
