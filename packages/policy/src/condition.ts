import type { Condition, FactTest, FactValue, GrantPattern, Period } from './types/condition.ts';
import { DIMENSIONS, isWithin } from './vocabulary.ts';
import {
  type Context,
  type FactReader,
  factReader,
  tenancyOf,
  type TermsByDimension,
} from './context.ts';
import { covers } from './grant-index.ts';
import { isObject } from './fault.ts';
import { rank } from './lattice.ts';
import { live, type Moment, touch } from './moment.ts';
import { parseInstant, zoneOf } from './zone.ts';
import { EMPTY, FULL, isFalse, join, meet, type Region, UNKNOWN } from './region.ts';

/** A condition made ready: closures only, so that no engine has to allow code to be made from text. */
export interface Test {
  /** Where it is true: `FULL`, `EMPTY` (false), `UNKNOWN`, or a part (a grant's period and detail). */
  readonly test: (context: Context) => Region;
  /** What it was made of; undefined where nothing was said. */
  readonly condition: Condition | undefined;
  readonly parts: readonly Test[];
}

/** Whether rights of a holder are bounded by its time: must be known, bounded where known, or not at all. */
export type HolderTime = 'required' | 'when-known' | 'none';

/**
 * Compile a condition; where nothing was said, `otherwise`: of `if` that it holds, of `unless` that it does not. Nesting is
 * bounded before, when the policy is taken in.
 */
export function compileCondition(
  condition: Condition | undefined,
  tenancy: HolderTime,
  otherwise: Region = FULL,
): Test {
  const made = (test: Test['test'], list: readonly Condition[] = []): Test => ({
    test,
    condition,
    parts: list.map((each) => compileCondition(each, tenancy)),
  });
  if (condition === undefined) return made(() => otherwise);
  if ('fact' in condition) return made(factTest(condition, tenancy));
  if ('grant' in condition) return made(grantTest(condition.grant, tenancy));
  if ('event' in condition) return made(heldTest('event', condition.event));
  if ('state' in condition) return made(heldTest('state', condition.state));
  if ('not' in condition) {
    const { test } = compileCondition(condition.not, tenancy);
    return made((c) => {
      const stands = c.grants;
      const found = test(c);
      c.grants = stands;
      // True only in part is neither: whoever means the part writes `unless`.
      return found === FULL ? EMPTY : isFalse(found) ? FULL : UNKNOWN;
    });
  }
  if ('any' in condition) {
    const any: Test = made((c) => {
      let region = EMPTY;
      let unknown = EMPTY;
      for (const { test } of any.parts) {
        // No short cut: which grants a permit stands on must not depend on the order of alternatives.
        const found = test(c);
        if (found === UNKNOWN) unknown = UNKNOWN;
        else region = join(region, found);
      }
      return region.length === 0 ? unknown : region;
    }, condition.any);
    return any;
  }
  const all: Test = made((c) => {
    const stands = c.grants;
    let region = FULL;
    for (const { test } of all.parts) {
      const found = test(c);
      if (isFalse(found)) region = EMPTY;
      else if (found === UNKNOWN) region = UNKNOWN;
      else if (region !== UNKNOWN) region = meet(region, found, c.book.within);
      if (isFalse(region)) break;
    }
    // What does not hold stands on no grant.
    if (region.length === 0) c.grants = stands;
    return region;
  }, condition.all);
  return all;
}

/** The party to which a grant must have been given. */
export const receiverOf = ({ to }: GrantPattern, c: Context): string | undefined =>
  (to === '$actor' ? c.actor : c.question.recipient)?.id;

/** The party that plays the giver's part; without one each holder of the object is asked. */
export function giverReader({ from }: GrantPattern): (c: Context) => string | undefined {
  const read = factReader(`resource.${from}`);
  return (c) => {
    const named = from && read(c);
    return typeof named === 'string' ? named : c.question.subject;
  };
}

function grantTest(pattern: GrantPattern, tenancy: HolderTime): Test['test'] {
  const { kind = 'consent', method, for: wantFor, what: wantWhat } = pattern;
  const giverOf = giverReader(pattern);

  const give = (c: Context, to: string, giver: string, before: Region): Region => {
    let all = before;
    const { what, purpose } = c;
    const { object } = c.question;
    const { terms, within } = c.book;
    for (const entry of c.known.grants.near(giver, object)) {
      if (
        entry.to !== to ||
        entry.kind !== kind ||
        (method !== undefined && entry.grant.method !== method) ||
        !live(c, entry.start, entry.end) ||
        !covers(entry, what, purpose, object, terms) ||
        // The pattern's own terms narrow: the grant has to cover them too; nothing covers what is no term.
        (wantFor !== undefined &&
          !covers(entry, what, terms.for.index.get(wantFor) ?? -1, object, terms)) ||
        (wantWhat !== undefined &&
          !covers(entry, terms.what.index.get(wantWhat) ?? -1, purpose, object, terms))
      )
        continue;
      const found =
        tenancy === 'none'
          ? entry.region
          : meet(entry.region, tenancyOf(c, giver, tenancy === 'required'), within);
      if (found.length === 0) continue;
      c.grants = c.grants.length === 0 ? [entry] : [...c.grants, entry];
      all = join(all, found);
    }
    return all;
  };

  return (c) => {
    const to = receiverOf(pattern, c);
    if (to === undefined) return EMPTY;
    const giver = giverOf(c);
    if (giver !== undefined) return give(c, to, giver, EMPTY);
    let region = EMPTY;
    for (const party of new Set(c.known.holdersOf(c.question.object).map((each) => each.value)))
      region = give(c, to, party, region);
    return region;
  };
}

/** True from the first event of a name on, and while a state of a name holds. */
const heldTest =
  (type: 'event' | 'state', name: string): Test['test'] =>
  (c) =>
    c.known.stretches(type, name, c.question).filter(({ from, to }) => live(c, from, to)).length > 0
      ? FULL
      : EMPTY;

/** A test of a fact with what it leaves out, and a reader of its right-hand side. */
export function readTest({
  fact,
  op = 'eq',
  value = op === 'activeAt' ? '$now' : true,
}: FactTest): Required<FactTest> & { readonly operand: FactReader } {
  if (typeof value !== 'string' || value[0] !== '$')
    return { fact, op, value, operand: () => value };
  const name = value.slice(1);
  const read = factReader(name);
  return { fact, op, value, operand: (c) => read(c) ?? c.book.parameters.get(name) };
}

function factTest(condition: FactTest, tenancy: HolderTime): Test['test'] {
  const { fact, op, value, operand } = readTest(condition);
  const read = factReader(fact);
  const timed = value === '$now' || fact === 'now';
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
    // What is compared with the time changes there, or ("after") one millisecond later, whatever the operator.
    if (timed)
      for (const each of listOf(fact === 'now' ? right : left)) {
        const edge = instantOf(each as FactValue);
        touch(c, edge);
        touch(c, edge + 1);
      }
    const found = compare(op, left, right, c.book.terms, timed ? c : { at: NaN, next: NaN });
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
/** Milliseconds of a fact's instant; a date is the start of its day in UTC, a time without an offset is no instant. */
const instantOf = (value: FactValue): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'string'
      ? (parseInstant(value, zoneOf('UTC')!) ?? NaN)
      : NaN;
const rankOf = (value: FactValue): number =>
  typeof value === 'number' ? value : rank(value as string);

/** Compare two values; null where the operator means nothing for them. */
function compare(
  op: NonNullable<FactTest['op']>,
  left: FactValue,
  right: FactValue,
  terms: TermsByDimension,
  moment: Moment,
): boolean | null {
  const among = (item: unknown): boolean =>
    listOf(right).some((broader) =>
      DIMENSIONS.some((dimension) => isWithin(terms[dimension], item as string, broader as string)),
    );
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
    default: {
      const timed = op === 'before' || op === 'after';
      const a = timed ? instantOf(left) : left;
      const b = timed ? instantOf(right) : right;
      if (typeof a !== 'number' || typeof b !== 'number' || Number.isNaN(a) || Number.isNaN(b))
        return null;
      return op === 'lt' || op === 'before'
        ? a < b
        : op === 'le'
          ? a <= b
          : op === 'ge'
            ? a >= b
            : a > b;
    }
  }
}

function activeAt(value: FactValue, at: number, moment: Moment): boolean | null {
  if (typeof value === 'boolean') return value;
  const periods = listOf(value);
  if (Number.isNaN(at) || !periods.every((period) => isObject(period))) return null;
  let active = false;
  for (const { from = -Infinity, to = Infinity } of periods as readonly Period[]) {
    live(moment, from, to);
    active ||= from <= at && at < to;
  }
  return active;
}
