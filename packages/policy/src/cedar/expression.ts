import type { Condition, FactTest, FactValue } from '../types/index.ts';
import type { Test } from '../condition.ts';
import type { TermsByDimension } from '../context.ts';
import { rank } from '../lattice.ts';
import { DIMENSIONS, isWithin } from '../vocabulary.ts';

/** A Cedar expression for "surely true" and one for "not surely false": a fact may be absent. */
export interface Pair {
  readonly sure: string;
  readonly maybe: string;
  /** True where a grant holds that the condition stands on. */
  readonly grant: string;
}

/** What Cedar cannot work out itself (grants, time) is worked out before and given as an attribute of this name. */
export interface Atom {
  readonly name: string;
  readonly test: Test;
}

/** Facts that the expressions look at: as they are, and as the set of all their values (of a word, of that one). */
export interface Needs {
  readonly facts: Set<string>;
  readonly sets: Set<string>;
  readonly atoms: Atom[];
}

export const quote = (text: string): string => JSON.stringify(text);
export const or = (parts: readonly string[]): string =>
  parts.length === 0 ? 'false' : `(${parts.join(' || ')})`;
export const and = (parts: readonly string[]): string =>
  parts.length === 0 ? 'true' : `(${parts.join(' && ')})`;
export const not = (part: string): string => `!(${part})`;

const fact = (name: string): string => `context.f[${quote(name)}]`;
const has = (name: string): string => `context.f has ${quote(name)}`;

/** Translate a condition; `prepare` compiles what Cedar cannot say. */
export function translate(
  condition: Condition,
  terms: TermsByDimension,
  needs: Needs,
  prepare: (condition: Condition) => Test,
): Pair {
  const all = (list: readonly Condition[]): Pair[] =>
    list.map((each) => translate(each, terms, needs, prepare));
  if ('all' in condition) {
    const parts = all(condition.all);
    const sure = and(parts.map((part) => part.sure));
    return {
      sure,
      maybe: and(parts.map((part) => part.maybe)),
      grant: and([sure, or(parts.map((part) => part.grant))]),
    };
  }
  if ('any' in condition) {
    const parts = all(condition.any);
    return {
      sure: or(parts.map((part) => part.sure)),
      maybe: or(parts.map((part) => part.maybe)),
      grant: or(parts.map((part) => part.grant)),
    };
  }
  if ('not' in condition) {
    const { sure, maybe } = translate(condition.not, terms, needs, prepare);
    return { sure: not(maybe), maybe: not(sure), grant: 'false' };
  }
  if (!('fact' in condition)) return atom(condition, needs, prepare);
  return factTest(condition, terms, needs, prepare);
}

function atom(condition: Condition, needs: Needs, prepare: (condition: Condition) => Test): Pair {
  const name = `atom${needs.atoms.length}`;
  needs.atoms.push({ name, test: prepare(condition) });
  const sure = `(${has(name)} && ${fact(name)})`;
  return {
    sure,
    maybe: `(!(${has(name)}) || ${fact(name)})`,
    grant: 'grant' in condition ? sure : 'false',
  };
}

const literal = (value: FactValue): string | null => {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
};

/** Terms that lie in any of these, in any dimension, and the words themselves. */
function narrower(broader: readonly string[], terms: TermsByDimension): readonly string[] {
  const found = new Set(broader);
  for (const dimension of DIMENSIONS)
    for (const name of terms[dimension].names)
      if (broader.some((each) => isWithin(terms[dimension], name, each))) found.add(name);
  return [...found].sort();
}

const known = (expression: string, ...names: readonly string[]): Pair => {
  const present = and(names.map(has));
  return {
    sure: and([present, expression]),
    maybe: or([not(present), expression]),
    grant: 'false',
  };
};

const setOf = (values: readonly string[]): string => `[${values.map(quote).join(', ')}]`;

function factTest(
  condition: FactTest,
  terms: TermsByDimension,
  needs: Needs,
  prepare: (condition: Condition) => Test,
): Pair {
  const { fact: name, op = 'eq', value = true } = condition;
  if (op === 'exists') {
    needs.facts.add(name);
    const sure = value === true ? has(name) : value === false ? not(has(name)) : 'false';
    return { sure, maybe: sure, grant: 'false' };
  }
  const all = `${name}#all`;
  const ofAll = (expression: string, ...others: readonly string[]): Pair => {
    needs.sets.add(name);
    for (const other of others) needs.facts.add(other);
    return known(expression, all, ...others);
  };
  if (op === 'isa' || op === 'subsetOf') {
    const list = Array.isArray(value) ? value : [value];
    if (!list.every((each) => typeof each === 'string' && !each.startsWith('$')))
      return atom(condition, needs, prepare);
    const words = setOf(narrower(list as readonly string[], terms));
    return ofAll(
      op === 'isa' ? `${fact(all)}.containsAny(${words})` : `${words}.containsAll(${fact(all)})`,
    );
  }
  if (op === 'finerThan') {
    if (name !== 'resource.resolution' || typeof value !== 'string' || rank(value) < 0)
      return atom(condition, needs, prepare);
    needs.facts.add(name);
    return known(`${fact(name)} < ${rank(value)}`, name);
  }
  if (op === 'in') {
    const words = ((Array.isArray(value) ? value : [value]) as readonly FactValue[]).map(literal);
    if (words.includes(null) || (typeof value === 'string' && value.startsWith('$')))
      return atom(condition, needs, prepare);
    return ofAll(`${fact(all)}.containsAny([${words.join(', ')}])`);
  }
  if (op !== 'eq' && op !== 'ne') return atom(condition, needs, prepare);
  // A list equals each of its values; nothing equals a list.
  const equal = (right: string, ...others: readonly string[]): Pair => {
    const holds = `${fact(all)}.contains(${right})`;
    return ofAll(op === 'eq' ? holds : not(holds), ...others);
  };
  if (typeof value === 'string' && value.startsWith('$')) {
    // The right of a holder ends with its time: that is for us to work out.
    if (value.startsWith('$actor') && name.startsWith('resource.'))
      return atom(condition, needs, prepare);
    const other = value.slice(1);
    return equal(fact(other), other);
  }
  const word = literal(value);
  return word === null ? atom(condition, needs, prepare) : equal(word);
}
