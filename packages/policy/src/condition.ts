import type { Condition, FactTest, FactValue, GrantPattern, Period } from './types/condition.ts';
import { DIMENSIONS, isWithin } from './vocabulary.ts';
import {
  type Context,
  type FactReader,
  factReader,
  type ParameterValues,
  tenancyOf,
  type TermsByDimension,
} from './context.ts';
import { covers } from './grant-index.ts';
import { rank } from './lattice.ts';
import { live, type Moment, touch } from './moment.ts';
import { EMPTY, FULL, isFalse, join, meet, type Region, UNKNOWN, type Within } from './region.ts';

/** A condition made ready: closures only, so that no engine has to allow code to be made from text. */
export interface Test {
  /** Where it is true: `FULL`, `EMPTY` (false), `UNKNOWN`, or a part (a grant's period and detail). */
  readonly test: (context: Context) => Region;
  /** What it was made of; null where nothing was said. */
  readonly condition: Condition | null;
  readonly parts: readonly Test[];
}

/** What conditions are compiled with. */
export interface ConditionScope {
  readonly terms: TermsByDimension;
  readonly parameters: ParameterValues;
  readonly within: Within;
  /** Whether rights of a holder are bounded by its time: must be known, bounded where known, or not at all. */
  readonly tenancy: 'required' | 'when-known' | 'none';
}

const made = (
  test: Test['test'],
  condition: Condition | null = null,
  parts: readonly Test[] = [],
): Test => ({ test, condition, parts });

/** What an absent condition says: of `if` that it holds, of `unless` that it does not. */
export const ALWAYS: Test = made(() => FULL);
export const NEVER: Test = made(() => EMPTY);

/** Compile a condition. Nesting is bounded before, when the policy is taken in. */
export function compileCondition(condition: Condition, scope: ConditionScope): Test {
  const compiled = (each: Condition): Test => compileCondition(each, scope);
  const parts =
    'all' in condition
      ? condition.all.map(compiled)
      : 'any' in condition
        ? condition.any.map(compiled)
        : [];
  return made(
    'all' in condition
      ? allOf(parts, scope)
      : 'any' in condition
        ? anyOf(parts)
        : 'not' in condition
          ? notOf(compiled(condition.not))
          : 'grant' in condition
            ? grantTest(condition.grant, scope)
            : 'event' in condition
              ? eventTest(condition.event)
              : 'state' in condition
                ? stateTest(condition.state)
                : factTest(condition, scope),
    condition,
    parts,
  );
}

const allOf =
  (tests: readonly Test[], { within }: ConditionScope): Test['test'] =>
  (c) => {
    const stands = c.grants;
    let region = FULL;
    for (const { test } of tests) {
      const found = test(c);
      if (isFalse(found)) region = EMPTY;
      else if (found === UNKNOWN) region = UNKNOWN;
      else if (region !== UNKNOWN) region = meet(region, found, within);
      if (isFalse(region)) break;
    }
    // What does not hold stands on no grant.
    if (region.length === 0) c.grants = stands;
    return region;
  };

const anyOf =
  (tests: readonly Test[]): Test['test'] =>
  (c) => {
    let region = EMPTY;
    let unknown = EMPTY;
    for (const { test } of tests) {
      // No short cut: which grants a permit stands on must not depend on the order of alternatives.
      const found = test(c);
      if (found === UNKNOWN) unknown = UNKNOWN;
      else region = join(region, found);
    }
    return region.length === 0 ? unknown : region;
  };

const notOf =
  ({ test }: Test): Test['test'] =>
  (c) => {
    const stands = c.grants;
    const found = test(c);
    c.grants = stands;
    // True only in part is neither: whoever means the part writes `unless`.
    return found === FULL ? EMPTY : isFalse(found) ? FULL : UNKNOWN;
  };

/** The party to which a grant must have been given. */
export const receiverOf = ({ to }: GrantPattern, c: Context): string | undefined =>
  to === '$actor' ? c.actor.id : c.question.recipient?.id;

/** The party that plays the giver's part; without one each holder of the object is asked. */
export function giverReader(
  { from }: GrantPattern,
  terms: TermsByDimension,
): (c: Context) => string | undefined {
  const read: FactReader =
    from === undefined ? () => undefined : factReader(`resource.${from}`, terms);
  return (c) => {
    const named = read(c);
    return typeof named === 'string' ? named : c.question.subject;
  };
}

function grantTest(
  pattern: GrantPattern,
  { terms, tenancy, within }: ConditionScope,
): Test['test'] {
  const { kind = 'consent', method } = pattern;
  const giverOf = giverReader(pattern, terms);
  const wantFor = terms.for.index.get(pattern.for ?? '');
  const wantWhat = terms.what.index.get(pattern.what ?? '');

  const give = (c: Context, to: string, giver: string, before: Region): Region => {
    let region = before;
    const { what, purpose, known, question } = c;
    const { object } = question;
    for (const entry of known.grants.near(giver, object)) {
      if (
        entry.to !== to ||
        entry.kind !== kind ||
        (method !== undefined && entry.grant.method !== method) ||
        !live(c, entry.start, entry.end) ||
        !covers(entry, what, purpose, object, terms) ||
        // The pattern's own terms narrow: the grant has to cover them too.
        (wantFor !== undefined && !covers(entry, what, wantFor, object, terms)) ||
        (wantWhat !== undefined && !covers(entry, wantWhat, purpose, object, terms))
      )
        continue;
      const found =
        tenancy === 'none'
          ? entry.region
          : meet(entry.region, tenancyOf(c, giver, tenancy === 'required'), within);
      if (found.length === 0) continue;
      c.grants = c.grants.length === 0 ? [entry] : [...c.grants, entry];
      region = join(region, found);
    }
    return region;
  };

  return (c) => {
    const to = receiverOf(pattern, c);
    if (to === undefined) return EMPTY;
    const giver = giverOf(c);
    if (giver !== undefined) return give(c, to, giver, EMPTY);
    const holders = c.known.holdersOf(c.question.object);
    return [...new Set(holders.map(({ value }) => value))].reduce(
      (region, party) => give(c, to, party, region),
      EMPTY,
    );
  };
}

const eventTest =
  (name: string): Test['test'] =>
  (c) => {
    const { object, subject } = c.question;
    const [first = Infinity] = c.known.eventTimes(name, [object, subject]);
    return live(c, first, Infinity) ? FULL : EMPTY;
  };

const stateTest =
  (name: string): Test['test'] =>
  (c) => {
    const { object, subject } = c.question;
    const found = c.known.stretches(name, [object, subject]);
    return found.filter(({ from, to }) => live(c, from, to)).length > 0 ? FULL : EMPTY;
  };

/** The right-hand side of a test of a fact: a constant, `$now`, another fact, or a parameter. */
export function operandReader(
  { op, value = op === 'activeAt' ? '$now' : true }: FactTest,
  terms: TermsByDimension,
  parameters: ParameterValues,
): FactReader {
  if (typeof value !== 'string' || value[0] !== '$') return () => value;
  const name = value.slice(1);
  const read = factReader(name, terms);
  return (c) => read(c) ?? parameters.get(name);
}

function factTest(condition: FactTest, scope: ConditionScope): Test['test'] {
  const { terms, parameters, tenancy } = scope;
  const { fact, op = 'eq', value = op === 'activeAt' ? '$now' : true } = condition;
  const read = factReader(fact, terms);
  const operand = operandReader(condition, terms, parameters);
  const timed = value === '$now' || fact === 'now';
  const within = (a: string, b: string): boolean =>
    DIMENSIONS.some((dimension) => isWithin(terms[dimension], a, b));
  // The right of whoever is compared with the resource is the right of its holder.
  const ownData =
    tenancy !== 'none' &&
    op === 'eq' &&
    fact.startsWith('resource.') &&
    /^\$actor(\.|$)/.test(String(value));
  return (c) => {
    const left = read(c);
    if (op === 'exists') return (left !== undefined) === value ? FULL : EMPTY;
    const right = operand(c);
    if (left === undefined || right === undefined) return UNKNOWN;
    const found = compare(op, left, right, within, timed ? c : null);
    return found === null
      ? UNKNOWN
      : !found
        ? EMPTY
        : ownData
          ? tenancyOf(c, c.actor.id, tenancy === 'required')
          : FULL;
  };
}

const listOf = (value: FactValue): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const instantOf = (value: FactValue): number =>
  typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
const rankOf = (value: FactValue): number =>
  typeof value === 'number' ? value : rank(String(value));

/** Compare two values; null where the operator means nothing for them. */
function compare(
  op: NonNullable<FactTest['op']>,
  left: FactValue,
  right: FactValue,
  within: Within,
  moment: Moment | null,
): boolean | null {
  const among = (item: unknown): boolean =>
    listOf(right).some((broader) => within(String(item), String(broader)));
  switch (op) {
    case 'eq':
    case 'ne':
      return (
        (typeof left === 'object' ? listOf(left).includes(right) : left === right) === (op === 'eq')
      );
    case 'in':
      return listOf(left).some((item) => listOf(right).includes(item));
    case 'isa':
      return listOf(left).some(among);
    case 'subsetOf':
      return listOf(left).every(among);
    case 'finerThan': {
      const a = rankOf(left);
      const b = rankOf(right);
      return a < 0 || b < 0 ? null : a < b;
    }
    case 'activeAt':
      return activeAt(left, instantOf(right), moment);
    case 'before':
    case 'after': {
      const a = instantOf(left);
      const b = instantOf(right);
      if (Number.isNaN(a) || Number.isNaN(b)) return null;
      if (moment !== null) {
        const edge = a === moment.at ? b : a;
        touch(moment, edge);
        // "After" begins one millisecond later than "not before".
        touch(moment, edge + 1);
      }
      return op === 'before' ? a < b : a > b;
    }
    default:
      if (typeof left !== 'number' || typeof right !== 'number') return null;
      return op === 'lt'
        ? left < right
        : op === 'le'
          ? left <= right
          : op === 'gt'
            ? left > right
            : left >= right;
  }
}

function activeAt(value: FactValue, at: number, moment: Moment | null): boolean | null {
  if (typeof value === 'boolean') return value;
  const periods = listOf(value) as readonly Period[];
  if (Number.isNaN(at) || periods.some((period) => typeof period !== 'object')) return null;
  let active = false;
  for (const { from = -Infinity, to = Infinity } of periods) {
    if (moment !== null) live(moment, from, to);
    active ||= from <= at && at < to;
  }
  return active;
}
