import type { EpochMs } from '@metergram/model';
import type { Condition, Dimension, FactValue, Question, TermRef } from '../types/index.ts';
import { compileCondition, type HolderTime } from '../condition.ts';
import { type Context, factReader, newContext, orderOf, tenancyOf } from '../context.ts';
import type { Engine } from '../engine.ts';
import type { Known } from '../known.ts';
import { readQuestion } from '../question.ts';
import { type Region, UNKNOWN } from '../region.ts';
import type { Access, Classification } from '../rules.ts';
import { declares, DIMENSIONS, meaning, personalTerms } from '../vocabulary.ts';
import { and, type Needs, not, or, type Pair, quote, translate } from './expression.ts';

/** Type of entity that a dimension's terms become. */
const TYPES: Readonly<Record<Dimension, string>> = {
  who: 'Role',
  do: 'Act',
  what: 'Kind',
  for: 'Purpose',
  in: 'System',
};

/** Attribute of the context that holds the question's term; the actor's roles are its parents instead. */
const PLACES: Readonly<Record<Exclude<Dimension, 'who'>, string>> = {
  do: 'context.act',
  what: 'context.kind',
  for: 'context.purpose',
  in: 'context.system',
};

interface Uid {
  readonly type: string;
  readonly id: string;
}

/** An entity in Cedar's JSON form. */
export interface CedarEntity {
  readonly uid: Uid;
  readonly attrs: Readonly<Record<string, never>>;
  readonly parents: readonly Uid[];
}

/** A value of a context in Cedar's JSON form. */
export type CedarValue =
  | string
  | number
  | boolean
  | readonly CedarValue[]
  | { readonly [key: string]: CedarValue };

/** One request to Cedar, without its policies. */
export interface CedarRequest {
  readonly principal: Uid;
  readonly action: Uid;
  readonly resource: Uid;
  readonly context: Readonly<Record<string, CedarValue>>;
  readonly entities: readonly CedarEntity[];
}

/** Access rules as Cedar policies. */
export interface CedarExport {
  /** Policy text by `policy id#rule id`; for Cedar's `staticPolicies`. */
  readonly policies: Readonly<Record<string, string>>;
  /** What of the policies Cedar has no word for. */
  readonly omitted: readonly string[];
  /**
   * A question as requests, one for each kind of data: it is answered with a permit or a limit where Cedar allows all of
   * them. Null where a term is not declared, which we deny and Cedar has no error for.
   */
  readonly requests: (question: Question, known: Known) => readonly CedarRequest[] | null;
}

const entity = (dimension: Dimension, id: string): CedarValue => ({
  __entity: { type: TYPES[dimension], id },
});

/** How the time of a holder bounds a rule's conditions. */
const tenancyFor = (rule: Access | Classification): HolderTime =>
  'permit' in rule && rule.rule.tenancy === 'none' ? 'none' : (rule.policy.tenancy ?? 'when-known');

/**
 * The access rules that are in force at an instant, in Cedar (policy language 4). Permit, forbid and `unless` are Cedar's
 * own; hierarchies become entity parents; absent facts are spelled out, since Cedar skips a policy that errs and a skipped
 * forbid would permit. Not exported: limits and obligations (Cedar says yes or no), delegation, restriction, and what is
 * listed in `omitted`. Grants, events, states and comparisons with time are worked out by us for each request.
 */
export function toCedar(engine: Engine, at: EpochMs): CedarExport {
  const { rules: book } = engine;
  const { terms } = book;
  const needs: Needs = { facts: new Set(), sets: new Set(), atoms: [] };
  const live = <R extends { readonly from: number; readonly to: number }>(
    list: readonly R[],
  ): R[] => list.filter(({ from, to }) => from <= at && at < to);
  const pairOf = (condition: Condition | undefined, rule: Access | Classification): Pair | null =>
    condition === undefined
      ? null
      : translate(condition, terms, needs, (each) => compileCondition(each, tenancyFor(rule)));
  const uid = (dimension: Dimension, place: number): string =>
    `${TYPES[dimension]}::${quote(terms[dimension].names[place]!)}`;

  /** The question's term lies in what the references mean. */
  const inside = (dimension: Exclude<Dimension, 'who'>, refs: readonly TermRef[]): string =>
    or(
      refs.map((ref) => {
        if (ref === '*') return 'true';
        const strict = ref.endsWith('.*') && !terms[dimension].index.has(ref);
        const name = strict ? ref.slice(0, -2) : ref;
        const target = `${TYPES[dimension]}::${quote(name)}`;
        const where = `${PLACES[dimension]} in ${target}`;
        return strict ? and([where, `${PLACES[dimension]} != ${target}`]) : where;
      }),
    );
  /** Some term lies both in the question's and in what the references mean. */
  const touching = (dimension: Exclude<Dimension, 'who'>, refs: readonly TermRef[]): string => {
    const meant = new Set(refs.flatMap((ref) => meaning(terms[dimension], ref)));
    return or([...meant].map((place) => `${uid(dimension, place)} in ${PLACES[dimension]}`));
  };

  const classes = live(book.classes).map((entry) => ({
    entry,
    pair: pairOf(entry.rule.if, entry),
  }));
  const omitted = classes
    .filter(({ entry }) =>
      classes.some((other) => entry.as.some((term) => other.entry.touches.has(term))),
    )
    .map(({ entry }) => `${entry.rule.id}: what it classifies is classified again`);
  const classed = (refs: readonly TermRef[] | undefined, surely: boolean): string[] => {
    if (refs === undefined) return [];
    const meant = new Set(refs.flatMap((ref) => meaning(terms.what, ref)));
    return classes
      .filter(({ entry }) =>
        entry.as.some((term) =>
          surely ? meant.has(term) : [...meant].some((each) => terms.what.up[each]!.has(term)),
        ),
      )
      .map(({ entry, pair }) =>
        surely
          ? and([inside('what', entry.rule.what), pair?.sure ?? 'true'])
          : and([touching('what', entry.rule.what), pair?.maybe ?? 'true']),
      );
  };

  const personal = personalTerms(terms.what);
  const isPersonal = (): string =>
    or([
      ...terms.what.names.flatMap((_, place) =>
        personal[place]! ? [`${PLACES.what} == ${uid('what', place)}`] : [],
      ),
      ...classes
        .filter(({ entry }) => entry.as.some((term) => personal[term]!))
        .map(({ entry, pair }) => and([touching('what', entry.rule.what), pair?.maybe ?? 'true'])),
    ]);
  const grounded = (rule: Access, when: Pair | null): string => {
    if (rule.rule.basis !== undefined || (rule.activity?.basis.length ?? 0) > 0) return 'true';
    const byPurpose = engine.policies.flatMap((policy) =>
      (policy.activities ?? [])
        .filter((activity) => activity.basis.length > 0)
        .map((activity) =>
          and([
            'context has purpose',
            inside(
              'for',
              activity.purposes.filter((ref) => declares(terms.for, ref)),
            ),
            activity.what === undefined
              ? 'true'
              : inside(
                  'what',
                  activity.what.filter((ref) => declares(terms.what, ref)),
                ),
          ]),
        ),
    );
    return or([not(isPersonal()), when?.grant ?? 'false', ...byPurpose]);
  };

  /** An attribute that we work out for each request: whether there is anything left of the data. */
  const worked = (name: string, test: (c: Context) => Region): string => {
    if (!needs.atoms.some((atom) => atom.name === name))
      needs.atoms.push({ name, test: { test, condition: undefined, parts: [] } });
    return `context.f[${quote(name)}]`;
  };

  const policies: Record<string, string> = {};
  for (const rule of live(book.access)) {
    const { rule: source, permit } = rule;
    const parts: string[] = [];
    if (source.who !== undefined) {
      const roles = new Set(source.who.flatMap((ref) => meaning(terms.who, ref)));
      const among = [...roles].map((place) => `principal in ${uid('who', place)}`);
      // Everybody, a party without a role included, is forbidden by `*` and permitted by nothing but no `who`.
      parts.push(!permit && source.who.includes('*') ? 'true' : or(among));
    }
    const match = permit ? inside : touching;
    parts.push(match('do', source.do));
    if (source.what !== undefined)
      parts.push(or([match('what', source.what), ...classed(source.what, permit)]));
    for (const dimension of ['for', 'in'] as const) {
      const refs = source[dimension];
      if (refs === undefined) continue;
      const given = `context has ${PLACES[dimension].slice(8)}`;
      parts.push(
        permit ? and([given, match(dimension, refs)]) : or([not(given), match(dimension, refs)]),
      );
    }
    if (source.flow !== undefined) {
      const ends = source.flow.map((ref, end) =>
        match('in', [ref]).replaceAll(PLACES.in, end === 0 ? 'context.flowFrom' : 'context.flowTo'),
      );
      parts.push(
        permit
          ? and(['context has flowFrom', ...ends])
          : or([not('context has flowFrom'), and(ends)]),
      );
    }
    const keyed: Condition[] =
      source.key === undefined ? [] : [{ fact: 'resource.key', op: 'isa', value: source.key }];
    const conditions = [...keyed, ...(source.if === undefined ? [] : [source.if])];
    const when = conditions.length === 0 ? null : pairOf({ all: conditions }, rule);
    const unless = pairOf(source.unless, rule);
    if (when !== null) parts.push(permit ? when.sure : when.maybe);
    // What is bounded by the scope of an order is nothing without one; a holder's right nothing without its time.
    const scope =
      source.then?.some(({ do: word }) => word === 'limit-to-order-scope') === true
        ? worked('the order has a scope', orderOf)
        : 'true';
    if (unless !== null) parts.push(not(permit ? unless.maybe : and([unless.sure, scope])));
    if (permit) parts.push(scope);
    if (permit && source.tenancy === 'holder') {
      const required = rule.policy.tenancy === 'required';
      parts.push(
        worked(`the time of the holder is known (${required})`, (c) =>
          tenancyOf(c, c.actor.id, required),
        ),
      );
    }
    if (permit) parts.push(grounded(rule, when));
    if (
      source.then?.some(({ do: word }) => !/^(log|notify|limit-to-order-scope)$/.test(word)) ===
      true
    )
      omitted.push(`${source.id}: obligations that change the data`);
    policies[`${rule.policy.id}#${source.id}`] =
      `${permit ? 'permit' : 'forbid'} (principal, action, resource) when { ${and(parts)} };`;
  }

  const entities: readonly CedarEntity[] = DIMENSIONS.flatMap((dimension) =>
    terms[dimension].names.map((id, place) => ({
      uid: { type: TYPES[dimension], id },
      attrs: {},
      parents: terms[dimension].declarations[place]!.is!.map((parent) => ({
        type: TYPES[dimension],
        id: parent,
      })),
    })),
  );
  const c = newContext(engine.know([]), book);
  const readers = [...new Set([...needs.facts, ...needs.sets])].map(
    (name) => [name, factReader(name)] as const,
  );

  const requests: CedarExport['requests'] = (question, known) => {
    if (readQuestion(c, question, known) !== null) return null;
    return c.kinds.map((what) => {
      c.what = what;
      const facts: Record<string, CedarValue> = {};
      for (const [name, read] of readers) {
        const value = read(c) ?? engine.rules.parameters.get(name);
        if (value === undefined) continue;
        const all = Array.isArray(value) ? (value as readonly FactValue[]) : [value];
        if (needs.sets.has(name)) facts[`${name}#all`] = all.map(plainOf);
        if (needs.facts.has(name)) facts[name] = plainOf(value);
      }
      for (const { name, test } of needs.atoms) {
        const found = test.test(c);
        if (found !== UNKNOWN) facts[name] = found.length > 0;
      }
      const principal = { type: 'Party', id: question.actor.id };
      return {
        principal,
        action: { type: 'Action', id: 'ask' },
        resource: { type: 'Answer', id: 'data' },
        context: {
          f: facts,
          act: entity('do', question.do),
          kind: entity('what', terms.what.names[what]!),
          ...(question.for === undefined ? null : { purpose: entity('for', question.for) }),
          ...(question.in === undefined ? null : { system: entity('in', question.in) }),
          ...(question.flow === undefined
            ? null
            : { flowFrom: entity('in', question.flow[0]), flowTo: entity('in', question.flow[1]) }),
        },
        entities: [
          ...entities,
          {
            uid: principal,
            attrs: {},
            parents: question.actor.roles.map((id) => ({ type: TYPES.who, id })),
          },
        ],
      };
    });
  };
  return { policies, omitted, requests };
}

/** A value as Cedar has a type for it: what it has none for is a record, which equals only its like. */
function plainOf(value: FactValue): CedarValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'number')
    return { [Array.isArray(value) ? 'list' : 'period']: JSON.stringify(value) };
  return Number.isSafeInteger(value) ? value : { number: String(value) };
}
