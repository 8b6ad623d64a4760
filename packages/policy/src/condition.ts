import type { Condition, FactTest, FactValue, GrantPattern, Period } from './types/condition.ts';
import type { Reason } from './types/decision.ts';
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
import { type Moment, touch } from './moment.ts';
import { EMPTY, FULL, join, meet, type Region, UNKNOWN, type Within } from './region.ts';

/** A condition made ready: closures only, so that no engine has to allow code to be made from text. */
export interface Test {
  /** Where it is true: `FULL`, `EMPTY` (false), `UNKNOWN`, or a part (a grant's period and detail). */
  readonly test: (context: Context) => Region;
  /** The fewest things that together would make it true; null where nothing that we can name would. */
  readonly need: (context: Context) => readonly Reason[] | null;
}

/** What conditions are compiled with. */
export interface ConditionScope {
  readonly terms: TermsByDimension;
  readonly parameters: ParameterValues;
  readonly within: Within;
  /** Whether rights of a holder are bounded by its time: must be known, bounded where known, or not at all. */
  readonly tenancy: 'required' | 'when-known' | 'none';
}

/** Compile a condition. Nesting is bounded before, when the policy is taken in. */
export function compileCondition(condition: Condition, scope: ConditionScope): Test {
  if ('all' in condition)
    return allOf(
      condition.all.map((c) => compileCondition(c, scope)),
      scope,
    );
  if ('any' in condition) return anyOf(condition.any.map((c) => compileCondition(c, scope)));
  if ('not' in condition) return notOf(condition.not, scope);
  if ('grant' in condition) return grantTest(condition.grant, scope);
  if ('event' in condition) return eventTest(condition.event);
  if ('state' in condition) return stateTest(condition.state);
  return factTest(condition, scope);
}

export function allOf(tests: readonly Test[], scope: Pick<ConditionScope, 'within'>): Test {
  return {
    test: (c) => {
      const stands = c.grants.length;
      let region = FULL;
      for (const { test } of tests) {
        const found = test(c);
        if (found === UNKNOWN) region = UNKNOWN;
        else if (found.length === 0) region = EMPTY;
        else if (region !== UNKNOWN) region = meet(region, found, scope.within);
        if (region !== UNKNOWN && region.length === 0) break;
      }
      // What does not hold stands on no grant.
      if (region.length === 0) c.grants.length = stands;
      return region;
    },
    need: (c) => {
      const needed: Reason[] = [];
      for (const each of tests) {
        const more = each.need(c);
        if (more === null) return null;
        needed.push(...more);
      }
      return needed;
    },
  };
}

function anyOf(tests: readonly Test[]): Test {
  return {
    test: (c) => {
      let region = EMPTY;
      let unknown = false;
      for (const { test } of tests) {
        // No short cut: which grants a permit stands on must not depend on the order of alternatives.
        const found = test(c);
        if (found === UNKNOWN) unknown = true;
        else region = join(region, found);
      }
      return unknown && region.length === 0 ? UNKNOWN : region;
    },
    need: (c) => {
      let best: readonly Reason[] | null = null;
      for (const each of tests) {
        const needed = each.need(c);
        if (needed !== null && (best === null || needed.length < best.length)) best = needed;
      }
      return best;
    },
  };
}

// True only in part is neither: whoever means the part writes `unless`.
const negate = (found: Region): Region =>
  found === FULL ? EMPTY : found === UNKNOWN || found.length > 0 ? UNKNOWN : FULL;

function notOf(inner: Condition, scope: ConditionScope): Test {
  const { test } = compileCondition(inner, scope);
  return {
    test: (c) => negate(test(c)),
    need: (c) => {
      if (negate(test(c)) === FULL) return [];
      if (!('fact' in inner)) return null;
      const { fact, op = 'eq', value = true } = inner;
      return [{ key: 'nearest.fact', params: { fact, op: `not ${op}`, value: show(value) } }];
    },
  };
}

function grantTest(pattern: GrantPattern, scope: ConditionScope): Test {
  const { terms } = scope;
  const part = pattern.from === undefined ? null : factReader(`resource.${pattern.from}`, terms);
  const wantFor = pattern.for === undefined ? -1 : (terms.for.index.get(pattern.for) ?? -1);
  const wantWhat = pattern.what === undefined ? -1 : (terms.what.index.get(pattern.what) ?? -1);
  const kind = pattern.kind ?? 'consent';
  const bounded = (c: Context, giver: string): Region =>
    scope.tenancy === 'none' ? FULL : tenancyOf(c, giver, scope.tenancy === 'required');

  const give = (c: Context, to: string, giver: string, before: Region): Region => {
    let region = before;
    const entries = c.known.grantsBetween(to, giver);
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i]!;
      const { grant, start, end } = entry;
      if ((grant.kind ?? 'consent') !== kind) continue;
      if (pattern.method !== undefined && grant.method !== pattern.method) continue;
      touch(c, start);
      if (start > c.at) continue;
      touch(c, end);
      if (end <= c.at) continue;
      const { object } = c.question;
      if (!covers(entry, c.what, c.purpose, object, terms)) continue;
      // The pattern's own terms narrow: the grant has to cover them too.
      if (wantFor >= 0 && !covers(entry, c.what, wantFor, object, terms)) continue;
      if (wantWhat >= 0 && !covers(entry, wantWhat, c.purpose, object, terms)) continue;
      const found = meet(entry.region, bounded(c, giver), scope.within);
      if (found.length === 0) continue;
      c.grants.push(entry);
      region = join(region, found);
    }
    return region;
  };

  /** The party that plays the giver's part; without one each holder of the object is asked. */
  const giverOf = (c: Context): string | undefined => {
    const named = part?.(c);
    return typeof named === 'string' ? named : c.question.subject;
  };

  const test = (c: Context): Region => {
    const to = pattern.to === '$actor' ? c.actor.id : c.question.recipient?.id;
    if (to === undefined) return EMPTY;
    const giver = giverOf(c);
    if (giver !== undefined) return give(c, to, giver, EMPTY);
    const { object } = c.question;
    const holders = object === undefined ? [] : c.known.holdersOf(object);
    let region = EMPTY;
    for (const party of new Set(holders.map((holding) => holding.party)))
      region = give(c, to, party, region);
    return region;
  };
  return {
    test,
    need: (c) => {
      if (test(c).length > 0) return [];
      const giver = giverOf(c);
      const purpose = pattern.for ?? c.question.for;
      const to = pattern.to === '$actor' ? c.actor.id : c.question.recipient?.id;
      const params = { from: giver ?? pattern.from, to, purpose, data: terms.what.names[c.what] };
      return [{ key: kind === 'consent' ? 'nearest.grant' : 'nearest.delegation', params }];
    },
  };
}

function missing(test: (c: Context) => Region, fact: string): Test {
  const needed: readonly Reason[] = [
    { key: 'nearest.fact', params: { fact, op: 'eq', value: true } },
  ];
  return { test, need: (c) => (test(c).length > 0 ? [] : needed) };
}

function eventTest(name: string): Test {
  return missing((c) => {
    const { object, subject } = c.question;
    const [first] = c.known.eventTimes(name, [object, subject]);
    if (first === undefined) return EMPTY;
    touch(c, first);
    return first <= c.at ? FULL : EMPTY;
  }, `event ${name}`);
}

function stateTest(name: string): Test {
  return missing((c) => {
    const { object, subject } = c.question;
    for (const { from, to } of c.known.stretches(name, [object, subject])) {
      touch(c, from);
      if (from > c.at) break;
      touch(c, to);
      if (to > c.at) return FULL;
    }
    return EMPTY;
  }, `state ${name}`);
}

const show = (value: FactValue): string | number | boolean | readonly string[] =>
  typeof value === 'object'
    ? Array.isArray(value)
      ? value.map(String)
      : JSON.stringify(value)
    : value;

/** Reader for the right-hand side: a constant, `$now`, another fact, or a parameter. */
function operandReader(value: FactValue, scope: ConditionScope): FactReader {
  if (typeof value !== 'string' || !value.startsWith('$')) return () => value;
  const name = value.slice(1);
  const read = factReader(name, scope.terms);
  return (c) => read(c) ?? scope.parameters.get(name);
}

function factTest(condition: FactTest, scope: ConditionScope): Test {
  const { fact, op = 'eq' } = condition;
  const value = condition.value ?? (op === 'activeAt' ? '$now' : true);
  const read = factReader(fact, scope.terms);
  const operand = operandReader(value, scope);
  const timed = value === '$now' || fact === 'now';
  const within = (a: string, b: string): boolean =>
    DIMENSIONS.some((dimension) => isWithin(scope.terms[dimension], a, b));
  // The right of whoever is compared with the resource is the right of its holder.
  const ownData =
    scope.tenancy !== 'none' &&
    op === 'eq' &&
    fact.startsWith('resource.') &&
    typeof value === 'string' &&
    /^\$actor(\.|$)/.test(value);
  const test = (c: Context): Region => {
    const left = read(c);
    if (op === 'exists') return (left !== undefined) === (condition.value ?? true) ? FULL : EMPTY;
    if (left === undefined) return UNKNOWN;
    const right = operand(c);
    if (right === undefined) return UNKNOWN;
    const found = compare(op, left, right, within, timed ? c : null);
    if (found === null) return UNKNOWN;
    if (!found) return EMPTY;
    return ownData ? tenancyOf(c, c.actor.id, scope.tenancy === 'required') : FULL;
  };
  return {
    test,
    need: (c) => {
      if (test(c).length > 0) return [];
      const right = operand(c) ?? value;
      return [{ key: 'nearest.fact', params: { fact, op, value: show(right) } }];
    },
  };
}

const listOf = (value: FactValue): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const instantOf = (value: FactValue): number =>
  typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;

/** Compare two values; null where the operator means nothing for them. */
function compare(
  op: NonNullable<FactTest['op']>,
  left: FactValue,
  right: FactValue,
  within: Within,
  moment: Moment | null,
): boolean | null {
  switch (op) {
    case 'eq':
    case 'ne': {
      const same = typeof left === 'object' ? listOf(left).includes(right) : left === right;
      return same === (op === 'eq');
    }
    case 'in':
      return listOf(left).some((item) => listOf(right).includes(item));
    case 'isa':
      return listOf(left).some((item) =>
        listOf(right).some((broader) => within(String(item), String(broader))),
      );
    case 'subsetOf':
      return listOf(left).every((item) =>
        listOf(right).some((broader) => within(String(item), String(broader))),
      );
    case 'finerThan': {
      const a = typeof left === 'number' ? left : rank(String(left));
      const b = typeof right === 'number' ? right : rank(String(right));
      return a < 0 || b < 0 ? null : a < b;
    }
    case 'activeAt':
      return activeAt(left, instantOf(right), moment);
    case 'before':
    case 'after': {
      const a = instantOf(left);
      const b = instantOf(right);
      if (Number.isNaN(a) || Number.isNaN(b)) return null;
      if (moment !== null) touch(moment, a === moment.at ? b : a);
      // "After" begins one millisecond later than "not before".
      if (moment !== null) touch(moment, (a === moment.at ? b : a) + 1);
      return op === 'before' ? a < b : a > b;
    }
    default: {
      if (typeof left !== 'number' || typeof right !== 'number') return null;
      if (op === 'lt') return left < right;
      if (op === 'le') return left <= right;
      return op === 'gt' ? left > right : left >= right;
    }
  }
}

function activeAt(value: FactValue, at: number, moment: Moment | null): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || Number.isNaN(at)) return null;
  let active = false;
  for (const period of listOf(value) as readonly Period[]) {
    if (typeof period !== 'object') return null;
    const { from = -Infinity, to = Infinity } = period;
    if (moment !== null) {
      touch(moment, from);
      touch(moment, to);
    }
    if (from <= at && at < to) active = true;
  }
  return active;
}
