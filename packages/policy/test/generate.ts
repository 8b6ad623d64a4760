import fc from 'fast-check';
import type {
  AccessRule,
  Condition,
  Detail,
  Fact,
  Grant,
  Item,
  Policy,
  Question,
  RetentionRule,
  Rule,
} from '../src/index.ts';
import { house } from './house.ts';

/** Random policies, facts and questions over the small house's vocabulary. */
const vocab = house.vocab;
const names = (dimension: 'who' | 'do' | 'what' | 'for' | 'in'): string[] =>
  Object.keys(vocab[dimension]!);

const HOUR = 3_600_000;
const START = Date.UTC(2025, 0, 1);
export const time: fc.Arbitrary<number> = fc
  .integer({ min: 0, max: 24 * 500 })
  .map((hours) => START + hours * HOUR);
const details: readonly Detail[] = ['raw', 'PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'];
const detail = fc.constantFrom(...details);
const persons = ['anna', 'bo'];
const parties = ['anna', 'bo', 'tv', 'guardian'];

const refs = (dimension: 'who' | 'do' | 'what' | 'for' | 'in') =>
  fc.uniqueArray(fc.constantFrom(...names(dimension)), { minLength: 1, maxLength: 3 });

const atom: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ fact: fc.constantFrom('a', 'b', 'c'), value: fc.boolean() }),
  fc.constantFrom<Condition>(
    { fact: 'resource.household', value: '$actor.household' },
    { fact: 'resource.subject', value: '$actor' },
    { fact: 'resource.resolution', op: 'finerThan', value: 'P1D' },
    { fact: 'a', op: 'exists' },
    { fact: 'agreement', op: 'activeAt', value: '$now' },
    { grant: { from: 'household', to: '$actor' } },
    { grant: { from: 'household', to: '$actor', for: 'presentation' } },
    { event: 'ordered' },
    { state: 'service' },
  ),
  fc.record({
    fact: fc.constant('now'),
    op: fc.constantFrom('lt', 'le', 'gt', 'ge', 'eq', 'ne', 'before', 'after'),
    value: time,
  }),
);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 5, arbitrary: atom },
  { weight: 1, arbitrary: fc.array(atom, { minLength: 1, maxLength: 3 }).map((all) => ({ all })) },
  { weight: 1, arbitrary: fc.array(atom, { minLength: 1, maxLength: 3 }).map((any) => ({ any })) },
  { weight: 1, arbitrary: atom.map((not) => ({ not })) },
);

const accessOf = (effect: 'permit' | 'forbid'): fc.Arbitrary<Omit<AccessRule, 'id'>> =>
  fc.record(
    {
      effect: fc.constant(effect),
      do: refs('do'),
      who: refs('who'),
      what: refs('what'),
      for: refs('for'),
      in: refs('in'),
      if: condition,
      unless: condition,
      finest: detail,
      basis: fc.constantFrom('contract' as const, 'consent' as const),
    },
    { requiredKeys: ['effect', 'do'] },
  );

export const forbid: fc.Arbitrary<AccessRule> = accessOf('forbid').map((rule) => ({
  ...rule,
  id: 'z-added',
}));

const number = <R extends object>(rules: readonly R[]): (R & { id: string })[] =>
  rules.map((rule, place) => ({ ...rule, id: `r${place}` }));

export const accessPolicy: fc.Arbitrary<Policy> = fc
  .tuple(
    fc.array(accessOf('permit'), { minLength: 1, maxLength: 8 }),
    fc.array(accessOf('forbid'), { maxLength: 4 }),
    fc.boolean(),
    fc.option(condition, { nil: undefined }),
  )
  .map(([permits, forbids, classes, open]) => ({
    ...house,
    rules: [
      // One wide permit, or hardly a question would be answered with yes.
      {
        id: 'open',
        effect: 'permit',
        do: ['*'],
        basis: 'contract',
        ...(open === undefined ? null : { if: open }),
      },
      ...number([...permits, ...forbids]),
      ...(classes ? house.rules.filter((rule) => rule.effect === 'classify') : []),
    ] as Rule[],
  }));

const span = fc
  .tuple(fc.option(time), fc.option(time))
  .map(([a, b]) =>
    a !== null && b !== null && a >= b ? { start: b, end: a + HOUR } : { start: a, end: b },
  );

export const grant: fc.Arbitrary<Grant> = fc.record({
  id: fc.constantFrom('g1', 'g2', 'g3'),
  kind: fc.constantFrom('consent' as const, 'consent' as const, 'delegation' as const),
  from: fc.constantFrom(...persons),
  to: fc.constantFrom(...parties),
  what: refs('what'),
  purposes: refs('for'),
  finest: detail,
  span,
  valid: span,
  state: fc.constant('active' as const),
});

export const facts: fc.Arbitrary<Fact[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('grant' as const), at: time, seen: time, grant }),
    fc.record(
      {
        type: fc.constant('tenancy' as const),
        object: fc.constantFrom('apt-1', 'apt-2'),
        party: fc.constantFrom(...persons),
        at: time,
        seen: time,
        to: time,
      },
      { requiredKeys: ['type', 'object', 'party', 'at', 'seen'] },
    ),
    fc.record(
      {
        type: fc.constant('value' as const),
        name: fc.constantFrom('a', 'b', 'agreement'),
        about: fc.constantFrom('apt-1', 'anna'),
        value: fc.boolean(),
        at: time,
        seen: time,
        to: time,
      },
      { requiredKeys: ['type', 'name', 'value', 'at', 'seen'] },
    ),
    fc.record({
      type: fc.constant('event' as const),
      name: fc.constantFrom('ordered', 'service-ended', 'moved'),
      about: fc.constantFrom('apt-1', 'anna'),
      at: time,
      seen: time,
    }),
    fc.record(
      {
        type: fc.constant('state' as const),
        name: fc.constantFrom('service', 'purpose:insight', 'purpose:accounting'),
        about: fc.constantFrom('apt-1', 'anna'),
        at: time,
        seen: time,
        to: time,
      },
      { requiredKeys: ['type', 'name', 'about', 'at', 'seen'] },
    ),
  ),
  { maxLength: 12 },
);

const actor = fc.record({
  id: fc.constantFrom(...parties),
  roles: fc.uniqueArray(fc.constantFrom(...names('who')), { minLength: 1, maxLength: 2 }),
});

export const question: fc.Arbitrary<Question> = fc.record(
  {
    at: time,
    actor,
    do: fc.constantFrom(...names('do')),
    what: fc.constantFrom(...names('what')),
    for: fc.constantFrom(...names('for')),
    in: fc.constantFrom(...names('in')),
    subject: fc.constantFrom(...persons),
    object: fc.constantFrom('apt-1', 'apt-2'),
    detail,
    span,
    onBehalfOf: fc.record({ id: fc.constantFrom(...persons), roles: fc.constant(['tenant']) }),
    facts: fc.record(
      {
        a: fc.boolean(),
        b: fc.boolean(),
        'resource.household': fc.constantFrom('x', 'y'),
        'actor.household': fc.constantFrom('x', 'y'),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['at', 'actor', 'do', 'what', 'for'] },
);

const duration = fc.constantFrom('P0D', 'P1D', 'P1M', 'P90D', 'P1Y', 'PT36H');
const stages = fc
  .uniqueArray(
    fc.record({ after: duration, to: fc.constantFrom<Detail>('P1D', 'P1M', 'P1Y', 'deleted') }),
    { minLength: 1, maxLength: 3, selector: (stage) => stage.to },
  )
  .map((list) => list.sort((a, b) => details.indexOf(a.to) - details.indexOf(b.to)));

const retention: fc.Arbitrary<Omit<RetentionRule, 'id'>> = fc.record(
  {
    effect: fc.constantFrom('keep' as const, 'cap' as const, 'cap' as const),
    what: fc.constantFrom(['meter-data'], ['personal-data'], ['*']),
    clock: fc.oneof(
      fc.constant({ base: 'age' as const, clock: 'value-time' as const }),
      fc.constant({ base: 'after' as const, event: 'service-ended' }),
      fc.constant({ base: 'after' as const, event: { latest: ['moved', 'service-ended'] } }),
      fc.constant({ base: 'while' as const, state: 'service' }),
      fc.constant({ base: 'until' as const, event: 'ordered' }),
    ),
    stages,
    for: fc.constantFrom(['insight'], ['accounting']),
  },
  { requiredKeys: ['effect', 'what', 'clock', 'stages'] },
);

export const retentionPolicy: fc.Arbitrary<Policy> = fc
  .array(retention, { minLength: 1, maxLength: 5 })
  .map((rules) => ({ ...house, rules: number(rules) as Rule[] }));

export const item: fc.Arbitrary<Item> = fc.record(
  {
    id: fc.constantFrom('i1', 'i2'),
    what: fc.constantFrom('meter-data', 'meter-data.hourly', 'name'),
    subject: fc.constant('anna'),
    object: fc.constant('apt-1'),
    detail: fc.constantFrom<Detail>('PT1H', 'P1D', 'P1M'),
    end: time,
    purposes: fc.subarray(['insight', 'accounting']),
  },
  { requiredKeys: ['id', 'what', 'detail', 'end', 'subject', 'object'] },
);
