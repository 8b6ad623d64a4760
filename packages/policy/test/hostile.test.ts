import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, compile, type Policy, PolicyError, type Question } from '../src/index.ts';
import { ask, house } from './house.ts';

const codes = (policy: unknown): string[] => check(policy).map((issue) => issue.code);
const deep = (levels: number): unknown => {
  let condition: unknown = { fact: 'a' };
  for (let i = 0; i < levels; i++) condition = { not: condition };
  return { ...house, rules: [{ id: 'x', effect: 'permit', do: ['read'], if: condition }] };
};

describe('faults of policies', () => {
  it('say what may stand there, in words of the policy', () => {
    const said = (rule: object): string[] =>
      check({ ...house, rules: [{ id: 'x', effect: 'permit', do: ['read'], ...rule }] }).map(
        ({ pointer, message }) => `${pointer.replace('/0/rules/0/', '')} ${message}`,
      );
    expect(said({ do: 'read' })).toEqual(['do must be list of do']);
    expect(said({ effect: 'allow' })).toEqual([
      'effect must be permit|forbid|keep|cap|duty|classify|inherit|info',
    ]);
    expect(said({ then: [{ do: 'logg' }] })).toEqual([
      'then/0/do must be log|deidentify|limit-to-order-scope|mask|coarsen|substitute|notify',
    ]);
    expect(said({ if: { fakt: 'x' } })).toEqual(['if must be all|any|not|grant|event|state|fact']);
    expect(said({ basis: 'will' })[0]).toContain('basis must be consent|contract|');
    expect(said({ flow: ['cloud'] })).toEqual(['flow must be list of in']);
    expect(said({ unles: {} })).toEqual(['unles must be left out']);
  });
});

describe('hostile policies fail with a code', () => {
  it.each([
    ['nothing', null, 'policy/bad-shape'],
    ['a function', { ...house, id: () => 1 }, 'policy/bad-shape'],
    ['a number that is none', { ...house, version: Number.NaN }, 'policy/bad-shape'],
    ['a date object', { ...house, validFrom: new Date(0) }, 'policy/bad-shape'],
    ['depth', deep(10_000), 'policy/too-deep'],
    ['a long text', { ...house, id: 'x'.repeat(100_000) }, 'policy/too-large'],
    ['a day that does not exist', { ...house, validFrom: '2026-02-30' }, 'policy/bad-date'],
    ['a zone that does not exist', { ...house, tz: 'Mars/Base' }, 'policy/bad-zone'],
    ['a key with a meaning of its own', JSON.parse('{"__proto__": {"id": "x"}}'), 'policy/bad-key'],
    [
      'a misspelt exception',
      { ...house, rules: [{ id: 'x', effect: 'forbid', do: ['read'], unles: { fact: 'a' } }] },
      'policy/bad-shape',
    ],
    [
      'a broader term that is its own',
      { ...house, vocab: { ...house.vocab, in: { a: { is: ['b'] }, b: { is: ['a'] } } } },
      'policy/term-cycle',
    ],
  ])('%s', (_name, policy, code) => {
    expect(codes(policy)).toContain(code);
    expect(() => compile(policy as Policy)).toThrow(PolicyError);
  });

  it('cycles and too many values', () => {
    const cyclic: Record<string, unknown> = { ...house };
    cyclic['self'] = [cyclic];
    expect(codes(cyclic)).toEqual(['policy/cyclic']);
    const wide: unknown[] = [];
    for (let i = 0; i < 600; i++) wide.push(Array.from({ length: 1000 }, () => 0));
    expect(codes({ ...house, rules: wide })).toEqual(['policy/too-large']);
    const terms = Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`t${i}`, {}]));
    expect(codes({ ...house, vocab: { ...house.vocab, in: terms } })).toContain('policy/too-large');
  });

  it('too many policies, activities, links of terms, and rules over a large vocabulary', () => {
    const many = <T>(length: number, make: (i: number) => T): T[] =>
      Array.from({ length }, (_, i) => make(i));
    const named = (length: number, is?: string[]) =>
      Object.fromEntries(many(length, (i) => [`t${i}`, is === undefined || i === 0 ? {} : { is }]));
    expect(codes(many(1001, (i) => ({ ...house, id: `p${i}` })))).toEqual(['policy/too-large']);
    const activities = many(10_001, (i) => ({ id: `a${i}`, purposes: [], basis: [] }));
    expect(codes({ ...house, activities })).toContain('policy/too-large');
    const linked = named(
      2000,
      many(101, () => 't0'),
    );
    expect(codes({ ...house, vocab: { ...house.vocab, in: linked } })).toContain(
      'policy/too-large',
    );
    const rules = many(501, (i) => ({ id: `r${i}`, effect: 'forbid', do: ['read'] }));
    const wide = { ...house, rules, vocab: { ...house.vocab, in: named(2000) } };
    expect(codes(wide)).toEqual(['policy/too-large']);
    expect(codes({ ...wide, rules: rules.slice(100) })).toEqual([]);
  });

  it('work that grows faster than the policy: deep hierarchies, long lists of broad words, long names', () => {
    const many = <T>(length: number, make: (i: number) => T): T[] =>
      Array.from({ length }, (_, i) => make(i));
    const chain = (length: number) =>
      Object.fromEntries(many(length, (i) => [`t${i}`, i === 0 ? {} : { is: [`t${i - 1}`] }]));
    const of = (terms: object, rules: readonly object[], more = {}) =>
      codes({ ...house, vocab: { ...house.vocab, in: terms }, rules, ...more });
    const forbid = { id: 'x', effect: 'forbid', do: ['read'] };
    expect(of(chain(300), [])).toEqual([]);
    expect(of(chain(800), [])).toEqual(['policy/too-large']);
    const stars = (length: number) => [{ ...forbid, in: many(length, () => '*') }];
    expect(of(chain(300), stars(20))).toEqual([]);
    expect(of(chain(300), stars(400))).toEqual(['policy/too-large']);
    const wide = many(400, (i) => ({
      id: `a${i}`,
      purposes: many(100, (j) => `t${j}`),
      basis: [],
    }));
    const vocab = { ...house.vocab, for: { ...house.vocab.for, ...chain(200) } };
    expect(codes({ ...house, vocab, activities: wide })).toContain('policy/too-large');
    const named = many(2000, (i) => ({
      id: `a${i}`,
      purposes: [],
      basis: [],
      rules: many(9, String),
    }));
    const rules = many(2000, (i) => ({ ...forbid, id: `r${i}` }));
    expect(codes({ ...house, rules, activities: named })).toEqual(['policy/too-large']);
    const long = many(400, (i) => ({ ...forbid, id: `${'x'.repeat(15_000)}${i}` }));
    expect(codes({ ...house, rules: long })).toEqual(['policy/too-large']);
    const keys = Object.fromEntries(many(400, (i) => [`${'x'.repeat(15_000)}${i}`, {}]));
    expect(of(keys, [])).toEqual(['policy/too-large']);
  });

  it('lists so long that they could not be handed to a function at once', () => {
    const many = <T>(length: number, make: (i: number) => T): T[] =>
      Array.from({ length }, (_, i) => make(i));
    const terms = { a: {}, b: { is: many(200_000, () => 'a') } };
    expect(codes({ ...house, vocab: { ...house.vocab, in: terms } })).toContain('policy/too-large');
    const of = (rule: object) =>
      compile({ ...house, rules: [{ id: 'x', ...rule }], activities: [] } as unknown as Policy);
    const stages = [{ after: 'P1D', to: 'deleted' }];
    for (const word of ['latest', 'earliest']) {
      const clock = { base: 'after', event: { [word]: many(200_000, () => 'e') } };
      const engine = of({ effect: 'cap', what: ['meter-data'], clock, stages });
      const known = engine.know([{ type: 'event', name: 'e', at: 0, seen: 0 }]);
      const item = { id: 'i', what: 'meter-data', detail: 'PT1H', end: 0 } as const;
      expect([...engine.plan([item], known, { now: 1.8e12 })][0]?.op).toBe('delete');
    }
    const all = many(130_000, (i) => ({ fact: `${i}` }));
    const permit = of({ effect: 'permit', do: ['read'], if: { all }, basis: 'contract' });
    expect(permit.decide(ask()).nearest.length).toBeGreaterThan(100_000);
  });

  it('kinds that are objects with a word for being text', () => {
    for (const effect of [{ toString: 1 }, { toString: 'x', valueOf: 'y' }, [], 7])
      expect(codes({ ...house, rules: [{ id: 'x', effect, do: ['read'] }] })).toEqual([
        'policy/bad-shape',
      ]);
  });

  it('lists where a word is due, and flows with one end', () => {
    const one = (rule: object) => codes({ ...house, rules: [{ id: 'x', do: ['read'], ...rule }] });
    expect(one({ effect: ['forbid'] })).toContain('policy/bad-shape');
    expect(one({ effect: 'forbid', flow: ['portal'] })).toContain('policy/bad-shape');
    expect(one({ effect: 'forbid', if: { fact: ['a'] } })).toContain('policy/bad-shape');
    expect(one({ effect: 'forbid', then: [{ do: ['log'] }] })).toContain('policy/bad-shape');
  });

  it('keeps terms apart from what objects have of themselves', () => {
    const odd = {
      ...house,
      vocab: {
        who: { constructor: {} },
        do: { toString: {} },
        what: { hasOwnProperty: { personal: false } },
      },
      rules: [
        {
          id: 'x',
          effect: 'permit',
          who: ['constructor'],
          do: ['toString'],
          what: ['hasOwnProperty'],
          if: { fact: 'valueOf' },
        },
      ],
      activities: [],
    } as unknown as Policy;
    const engine = compile(odd);
    const q: Question = {
      at: 1.8e12,
      actor: { id: 'a', roles: ['constructor'] },
      do: 'toString',
      what: 'hasOwnProperty',
    };
    expect(engine.decide(q).outcome).toBe('deny');
    expect(engine.decide({ ...q, facts: { valueOf: true } }).outcome).toBe('permit');
    expect(engine.decide({ ...q, do: 'valueOf' }).outcome).toBe('deny');
  });

  it('is not changed by what is done to a policy afterwards', () => {
    const mine = JSON.parse(JSON.stringify(house)) as { rules: unknown[] };
    const engine = compile(mine as unknown as Policy);
    mine.rules.length = 0;
    expect(engine.decide(ask()).outcome).toBe('permit');
  });

  it('never throws anything else, whatever is given', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withMap: true,
          withSet: true,
          withDate: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        (value) => {
          // No policy at all is none that is wrong: it denies everything.
          const none = Array.isArray(value) && value.length === 0;
          if (!none) expect(check(value).length).toBeGreaterThan(0);
          if (!none) expect(check({ ...house, rules: value }).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
