import type { Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { ActivityReference, Policy } from './types/policy.ts';
import type { AccessRule, Basis, ClassifyRule, DutyRule, Rule } from './types/rule.ts';
import type { Condition } from './types/condition.ts';
import type { Dimension, TermRef } from './types/term.ts';
import { ALWAYS, compileCondition, NEVER, type Test } from './condition.ts';
import type { ParameterValues, TermsByDimension } from './context.ts';
import { rank } from './lattice.ts';
import { box, FULL, order, type Region, type Within } from './region.ts';
import { isAccess } from './rule-kind.ts';
import { DIMENSIONS, isWithin, type Terms, unionOf } from './vocabulary.ts';
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
  /** Its place among all access rules, in the order of their ids. */
  readonly place: number;
  readonly permit: boolean;
  readonly if: Test;
  readonly unless: Test;
  /** Everything at the rule's own detail. */
  readonly bound: Region;
  readonly flow: readonly [ReadonlySet<number>, ReadonlySet<number>] | null;
  readonly then: readonly Obligation[];
  readonly required: boolean;
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

/** For one dimension: which rules each term meets; a row of bits for each term, one more for "not said". */
export interface Rows {
  readonly of: readonly Uint32Array[];
  readonly absent: Uint32Array;
}

/** Everything that access decisions need. */
export interface RuleBook {
  readonly terms: TermsByDimension;
  readonly parameters: ParameterValues;
  readonly within: Within;
  readonly access: readonly Access[];
  readonly permits: Uint32Array;
  readonly words: number;
  readonly rows: Readonly<Record<Dimension, Rows>>;
  readonly classes: readonly Classification[];
  readonly onAccess: readonly {
    readonly dated: Dated<DutyRule>;
    readonly who: ReadonlySet<number> | null;
    readonly if: Test;
    readonly unless: Test;
    readonly obligation: Obligation;
  }[];
  readonly activities: readonly (readonly Activity[])[];
  /** Starts of the times in which the same rules hold, and the rules of each. */
  readonly epochs: readonly number[];
  readonly live: readonly Uint32Array[];
  /** Whether some condition looks at the detail asked for, so that a coarser question may fare better. */
  readonly usesDetail: boolean;
}

const startOf = ({ validFrom, tz }: Policy): number => parseInstant(validFrom, zoneOf(tz)!)!;

/** All rules with their times: a version of a policy holds until the next version of the same policy starts. */
export function dateRules(policies: readonly Policy[]): readonly Dated<Rule>[] {
  const starts = policies.map(startOf);
  return policies
    .flatMap((policy, place) => {
      const zone = zoneOf(policy.tz)!;
      const instant = (text: string | undefined, otherwise: number): number =>
        text === undefined ? otherwise : parseInstant(text, zone)!;
      const start = starts[place]!;
      const end = policies.reduce(
        (least, other) => {
          const next = startOf(other);
          // Of two versions with the same start the one with the higher version word holds alone.
          const later = next > start || (next === start && other.version > policy.version);
          return other.id === policy.id && later ? Math.min(least, next) : least;
        },
        instant(policy.validTo, Infinity),
      );
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

/** A reason that names a rule. */
export const reasonOf = (
  key: Reason['key'],
  { rule, policy }: Dated<Rule>,
  params: Reason['params'] = {},
): Reason => ({
  key,
  params: { rule: rule.id, ...params },
  policy: policy.id,
  rule: rule.id,
  ...(rule.cite && { cite: rule.cite }),
});

/** A reason that names a rule and has nothing of its own: the same object each time. */
export function saying(key: Reason['key'], rule: Access): Reason {
  let reason = rule.said.get(key);
  if (reason === undefined) rule.said.set(key, (reason = reasonOf(key, rule)));
  return reason;
}

/** The reason that a rule has a legal basis: its own word, or an activity's. */
export function groundOf(
  entry: Dated<AccessRule>,
  basis: Basis | undefined,
  reference?: ActivityReference | null,
): Reason | null {
  if (basis === undefined) return null;
  const activity = reference && { activity: reference.id };
  const key = !reference
    ? 'permit.basis-rule'
    : reference.status === 'proposed'
      ? 'permit.basis-proposed'
      : 'permit.basis-activity';
  return { ...reasonOf(key, entry, { ...activity, basis }), ...activity, basis };
}

/** Whether a row has the bit of a place, and setting it. */
export const hasBit = (bits: Uint32Array, place: number): boolean =>
  (bits[place >>> 5]! & (1 << (place & 31))) !== 0;
const setBit = (bits: Uint32Array, place: number): void => {
  bits[place >>> 5]! |= 1 << (place & 31);
};

/** Terms that a forbid touches: those meant, and those that hold one of them. An actor is what its roles say, no more. */
function touched(
  { up }: Terms,
  meant: ReadonlySet<number>,
  dimension?: Dimension,
): ReadonlySet<number> {
  if (dimension === 'who') return meant;
  const all = new Set<number>();
  // Narrowest first: what is broader than a term that is in here is in here too.
  for (const term of [...meant].sort((a, b) => up[b]!.size - up[a]!.size))
    if (!all.has(term)) for (const broader of up[term]!) all.add(broader);
  return all;
}

function makeRows(access: readonly Access[], terms: Terms, dimension: Dimension): Rows {
  const empty = (): Uint32Array => new Uint32Array((access.length >>> 5) + 1);
  const of = terms.names.map(empty);
  const absent = empty();
  for (const { rule, permit, place } of access) {
    const refs = rule[dimension];
    const meant = unionOf(terms, refs ?? ['*']);
    for (const term of permit ? meant : touched(terms, meant, dimension)) setBit(of[term]!, place);
    // A permit for a purpose does not cover a question that names none, a forbid does; who names no role has none.
    if (refs === undefined || (!permit && (dimension !== 'who' || refs.includes('*'))))
      setBit(absent, place);
  }
  return { of, absent };
}

/** Compile everything about access. The policies have passed `readPolicies`. */
export function compileRules(
  policies: readonly Policy[],
  terms: TermsByDimension,
  parameters: ParameterValues,
): RuleBook {
  const dated = dateRules(policies);
  const within: Within = (term, broader) => isWithin(terms.what, term, broader);
  const tests = new Map<string, Test>();
  /** Equal conditions become one test, so that what it says is found once. */
  const testOf = (
    condition: Condition | undefined,
    { policy, rule }: Dated<Rule>,
    otherwise: Test,
  ): Test => {
    if (condition === undefined) return otherwise;
    const own = isAccess(rule) ? rule.tenancy : undefined;
    const tenancy = own === 'none' ? own : (policy.tenancy ?? 'when-known');
    const key = tenancy + JSON.stringify(condition);
    let test = tests.get(key);
    if (test === undefined)
      tests.set(key, (test = compileCondition(condition, { terms, parameters, within, tenancy })));
    return test;
  };
  const known = new Map<string, Obligation>();
  /** Equal obligations become one object, so that each is given once. */
  const intern = (given: Obligation): Obligation => {
    const key = JSON.stringify(given);
    const before = known.get(key) ?? given;
    known.set(key, before);
    return before;
  };

  const access: Access[] = [];
  const classes: Classification[] = [];
  const onAccess: RuleBook['onAccess'][number][] = [];
  for (const entry of dated) {
    const { rule, policy } = entry;
    if (isAccess(rule)) {
      const permit = rule.effect === 'permit';
      const { key, flow, basis } = rule;
      const keyed: Condition[] =
        key === undefined ? [] : [{ fact: 'resource.key', op: 'isa', value: key }];
      const all = rule.if === undefined ? keyed : [...keyed, rule.if];
      const [first, more] = all;
      const end = (ref: TermRef): ReadonlySet<number> => {
        const meant = unionOf(terms.in, [ref]);
        return permit ? meant : touched(terms.in, meant);
      };
      const activity = policy.activities?.find((each) => each.rules?.includes(rule.id)) ?? null;
      const own = entry as Dated<AccessRule>;
      access.push({
        ...own,
        place: access.length,
        permit,
        if: testOf(more === undefined ? first : { all }, entry, ALWAYS),
        unless: testOf(rule.unless, entry, NEVER),
        bound: rule.finest === undefined ? FULL : [box(rank(rule.finest))],
        flow: flow === undefined ? null : [end(flow[0]), end(flow[1])],
        then: (rule.then ?? []).map(intern),
        required: policy.tenancy === 'required',
        activity,
        ground: groundOf(own, basis) ?? groundOf(own, activity?.basis[0], activity),
        reason: reasonOf('permit.rule', entry),
        said: new Map(),
      });
    } else if (rule.effect === 'classify') {
      const what = unionOf(terms.what, rule.what);
      classes.push({
        ...(entry as Dated<ClassifyRule>),
        what,
        touches: touched(terms.what, what),
        as: rule.as.map((name) => terms.what.index.get(name)!),
        if: testOf(rule.if, entry, ALWAYS),
      });
    } else if (
      rule.effect === 'duty' &&
      rule.on === 'access' &&
      /^(log|deidentify|limit-to-order-scope)$/.test(rule.must)
    )
      onAccess.push({
        dated: entry as Dated<DutyRule>,
        who: rule.who === undefined ? null : unionOf(terms.who, rule.who),
        if: testOf(rule.if, entry, ALWAYS),
        unless: testOf(rule.unless, entry, NEVER),
        obligation: intern({ do: rule.must } as Obligation),
      });
  }
  /** The bits of rules that are so. */
  const bitsOf = (so: (rule: Access) => boolean): Uint32Array => {
    const bits = new Uint32Array((access.length >>> 5) + 1);
    for (const rule of access) if (so(rule)) setBit(bits, rule.place);
    return bits;
  };
  const epochs = [...new Set(dated.flatMap(({ from, to }) => [from, to]))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return {
    terms,
    parameters,
    within,
    access,
    permits: bitsOf(({ permit }) => permit),
    words: (access.length >>> 5) + 1,
    rows: Object.fromEntries(
      DIMENSIONS.map((dimension) => [dimension, makeRows(access, terms[dimension], dimension)]),
    ) as RuleBook['rows'],
    classes,
    onAccess,
    activities: activitiesByPurpose(policies, terms),
    epochs,
    live: epochs.map((at) => bitsOf(({ from, to }) => from <= at && at < to)),
    usesDetail: dated.some(({ rule }) => JSON.stringify(rule).includes('resource.resolution')),
  };
}

/** Activities of each purpose, in the order of their ids. */
function activitiesByPurpose(
  policies: readonly Policy[],
  terms: TermsByDimension,
): readonly (readonly Activity[])[] {
  const all = policies
    .flatMap(({ id: policy, activities = [] }) =>
      activities.map((reference) => ({
        reference,
        policy,
        what: reference.what === undefined ? null : unionOf(terms.what, reference.what),
        purposes: unionOf(terms.for, reference.purposes),
      })),
    )
    .sort((a, b) => order(a.reference.id, b.reference.id) || order(a.policy, b.policy));
  return terms.for.names.map((_, purpose) => all.filter(({ purposes }) => purposes.has(purpose)));
}
