import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Condition, type Policy, type Rule } from '../src/index.ts';
import { flowsOf, lint } from '../src/lint.ts';
import { ask, house } from './house.ts';

const found = (policy: unknown, key: string) =>
  lint(policy).filter((each) => each.key === `lint.${key}`);
const rules = (...list: Rule[]): Policy => ({ ...house, rules: list });
const cap: Rule = {
  id: 'cap',
  effect: 'cap',
  what: ['meter-data'],
  clock: { base: 'age', clock: 'value-time' },
  stages: [{ after: 'P3Y', to: 'deleted' }],
};
const read: Rule = {
  id: 'read',
  effect: 'permit',
  do: ['read'],
  what: ['name'],
  for: ['operation'],
};

const barFor = (id: string, purpose: string): Rule => ({
  id,
  effect: 'forbid',
  do: ['read'],
  for: [purpose],
});

describe('lint', () => {
  it('finds a rule without a clock, and one whose clock the source does not state', () => {
    const { clock: _, ...timeless } = cap as Extract<Rule, { effect: 'cap' | 'keep' }>;
    expect(found({ ...house, rules: [timeless] }, 'no-clock')).toHaveLength(1);
    const unstated = {
      ...cap,
      clock: { base: 'age', clock: 'value-time', unstated: true },
    } as Rule;
    expect(found(rules(unstated), 'unstated-clock')).toMatchObject([
      { rule: 'cap', severity: 'warning' },
    ]);
  });

  it('finds a permit that is always forbidden, and one that sometimes is', () => {
    const bar: Rule = { id: 'bar', effect: 'forbid', do: ['read'], what: ['personal-data'] };
    expect(found(rules(read, bar), 'shadowed')).toMatchObject([
      { rule: 'read', params: { other: ['bar'] } },
    ]);
    const some: Rule = { ...bar, who: ['support'] };
    expect(found(rules(read, some), 'shadowed')).toEqual([]);
    expect(found(rules(read, some), 'contradiction')).toMatchObject([
      { rule: 'read', params: { other: 'bar', term: ['support', 'read', 'name', 'operation'] } },
    ]);
    const lifted: Rule = { ...bar, unless: { fact: 'x' } };
    expect(found(rules(read, lifted), 'shadowed')).toEqual([]);
    expect(found(rules(read, lifted), 'contradiction')).toEqual([]);
  });

  it('finds shadows that only several forbids together cast', () => {
    const wide: Rule = {
      id: 'wide',
      effect: 'permit',
      do: ['read'],
      what: ['name'],
      for: ['research', 'marketing'],
    };
    expect(
      found(rules(wide, barFor('a', 'research'), barFor('b', 'marketing')), 'shadowed'),
    ).toMatchObject([{ rule: 'wide', params: { other: ['a', 'b'] } }]);
  });

  it('finds a rule that can never apply', () => {
    expect(
      found(rules({ ...read, id: 'none', what: ['spot-price.*'] } as Rule), 'never-applies'),
    ).toMatchObject([{ rule: 'none' }]);
    expect(
      found(
        rules({ ...read, validFrom: '2027-01-01', validTo: '2026-01-01' } as Rule),
        'never-applies',
      ).length,
    ).toBeGreaterThan(0);
  });

  it('finds rules of every kind that name only what there is none of, or contradict themselves', () => {
    const never = (rule: object) =>
      found(rules({ ...rule, id: 'x' } as Rule), 'never-applies').map((each) => each.rule);
    const none = { what: ['spot-price.*'] };
    const is = { fact: 'a', value: 1 };
    const { clock, stages } = cap as Extract<Rule, { effect: 'cap' | 'keep' }>;
    for (const rule of [
      { ...read, ...none },
      { ...read, effect: 'forbid', ...none },
      { effect: 'keep', clock, stages, ...none },
      { effect: 'cap', clock, stages, what: ['meter-data'], in: ['amr.*'] },
      { effect: 'classify', as: ['behaviour'], ...none },
      { effect: 'duty', on: 'x', must: 'y', who: ['tenant.*'] },
      { ...read, if: { all: [is, { any: [{ all: [{ fact: 'b' }, { not: { fact: 'b' } }] }] }] } },
      { ...read, if: { all: [{ all: [is] }, { not: is }] } },
      { ...cap, if: { all: [is, { not: is }] } },
      { ...read, if: is, unless: is },
      { ...read, if: { all: [{ fact: 'b' }, is] }, unless: { any: [{ fact: 'c' }, is] } },
    ])
      expect(never(rule)).toEqual(['x']);
    for (const rule of [
      read,
      { ...read, if: { all: [is, { not: { fact: 'a', value: 2 } }] } },
      { ...read, if: { any: [is, { not: is }] } },
      { ...read, if: is, unless: { all: [is, { fact: 'b' }] } },
      // It bites where nobody knows the fact.
      { ...read, effect: 'forbid', if: { all: [is, { not: is }] } },
      { effect: 'cap', clock, stages, what: ['meter-data'], in: ['cloud.*'] },
    ])
      expect(never(rule)).toEqual([]);
  });

  it('calls no permit idle that permits something (property)', () => {
    const fact = fc.constantFrom<Condition>({ fact: 'a' }, { fact: 'b' }, { fact: 'c' });
    const condition = fc.letrec<{ any: Condition }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fact,
        tie('any').map((not): Condition => ({ not })),
        fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
        fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
      ),
    })).any;
    const values = [undefined, true, false];
    let idle = 0;
    fc.assert(
      fc.property(condition, fc.option(condition, { nil: undefined }), (when, unless) => {
        const policy = rules({
          ...read,
          if: when,
          ...(unless === undefined ? null : { unless }),
        } as Rule);
        if (found(policy, 'never-applies').length === 0) return;
        idle += 1;
        const engine = compile({ ...policy, activities: house.activities ?? [] });
        for (const a of values)
          for (const b of values)
            for (const c of values) {
              const facts = Object.fromEntries(
                Object.entries({ a, b, c }).filter(([, value]) => value !== undefined),
              ) as Record<string, boolean>;
              const question = ask({ what: 'name', for: 'operation', facts });
              expect(engine.decide(question).outcome).toBe('deny');
            }
      }),
      { numRuns: 2000 },
    );
    expect(idle).toBeGreaterThan(20);
  });

  it('finds stages that stand behind later or coarser ones', () => {
    const order = (...stages: readonly (readonly [after: string, to: string])[]) =>
      found(
        rules({ ...cap, stages: stages.map(([after, to]) => ({ after, to })) } as Rule),
        'stage-order',
      ).length;
    expect(order(['P1M', 'P1D'], ['P1Y', 'deleted'])).toBe(0);
    expect(order(['P1Y', 'P1D'], ['P1M', 'deleted'])).toBe(1);
    expect(order(['P1M', 'P1M'], ['P1Y', 'P1D'])).toBe(1);
    // Which of these is longer the calendar decides; what a parameter holds nobody knows yet.
    expect(order(['P1M', 'P1D'], ['P30D', 'P1M'])).toBe(0);
    expect(order(['$service.hourlyFor', 'P1D'], ['P1D', 'P1M'])).toBe(0);
    expect(order(['P1M', 'P1D'], ['P27D', 'P1M'])).toBe(1);
    const stages = [
      { after: 'P2Y', to: 'P1D' },
      { after: 'P1Y', to: 'deleted' },
    ];
    const branch = { ...cap, unless: [{ if: { fact: 'ordered' }, stages }] } as Rule;
    expect(found(rules(branch), 'stage-order')).toMatchObject([{ rule: 'cap', severity: 'error' }]);
  });

  it('finds data that nothing ends, and a floor over a cap without a purpose', () => {
    expect(found(rules(cap), 'no-retention').map((each) => each.params['term'])).toEqual(
      expect.arrayContaining(['name', 'national-id']),
    );
    expect(found(rules(cap), 'no-retention').map((each) => each.params['term'])).not.toContain(
      'meter-data.hourly',
    );
    expect(found(rules({ ...cap, what: ['*'] } as Rule), 'no-retention')).toEqual([]);
    const floor = { ...cap, id: 'floor', effect: 'keep' } as Rule;
    expect(found(rules(cap, floor), 'floor-over-cap')).toMatchObject([
      { rule: 'floor', params: { other: 'cap' } },
    ]);
    expect(found(rules(cap, { ...floor, for: ['accounting'] } as Rule), 'floor-over-cap')).toEqual(
      [],
    );
  });

  it('finds purposes and bases that the register lacks', () => {
    expect(found(rules(read), 'purpose-not-registered')).toEqual([]);
    expect(
      found(rules({ ...read, for: ['marketing'] } as Rule), 'purpose-not-registered'),
    ).toMatchObject([{ params: { purpose: 'marketing' } }]);
    expect(found(rules({ ...read, for: ['marketing'] } as Rule), 'no-basis')).toMatchObject([
      { rule: 'read' },
    ]);
    expect(
      found(rules({ ...read, for: ['marketing'], basis: 'consent' } as Rule), 'no-basis'),
    ).toEqual([]);
  });

  it('finds suppliers without an agreement and versions in force before their notice', () => {
    const systems = [
      { id: 'amr', supplier: 'S', holds: ['meter-data'] },
      { id: 'portal', supplier: 'T', holds: [], agreement: 'signed' as const },
    ];
    expect(found({ ...house, systems }, 'no-agreement')).toMatchObject([
      { params: { system: 'amr' } },
    ]);
    expect(found({ ...house, noticed: '2020-01-01' }, 'before-notice')).toHaveLength(1);
    expect(found({ ...house, noticed: '2019-12-01' }, 'before-notice')).toHaveLength(0);
    expect(
      found([house, { ...house, version: '2', validFrom: '2026-01-01' }], 'before-notice'),
    ).toHaveLength(1);
    expect(
      found(
        [house, { ...house, version: '2', validFrom: '2026-01-01', noticed: '2025-12-01' }],
        'before-notice',
      ),
    ).toHaveLength(0);
  });

  it('finds words that nothing declares, and declared ones that nothing uses', () => {
    expect(found(rules({ ...read, what: ['nmae'] } as Rule), 'unknown-term')).toHaveLength(1);
    expect(found(rules({ ...read, cite: ['nowhere'] } as Rule), 'unknown-cite')).toHaveLength(1);
    expect(
      found(rules({ ...read, if: { fact: 'secret' } } as Rule), 'undeclared-fact'),
    ).toMatchObject([{ params: { fact: 'secret' } }]);
    expect(found(rules(read), 'unused-term').map((each) => each.params['term'])).toContain(
      'authority',
    );
    expect(
      found(
        rules({ id: 'n', effect: 'inherit', from: 'policy:parent', reason: 'r' }),
        'inherit-missing',
      ),
    ).toHaveLength(1);
    expect(found(rules(read, read), 'duplicate-rule')).toHaveLength(1);
  });

  it('finds rights over an identifier that changes hands without a tenancy', () => {
    expect(found(house, 'no-tenancy').map((each) => each.rule)).toEqual(['own', 'tv']);
    expect(found({ ...house, tenancy: 'required' }, 'no-tenancy')).toEqual([]);
  });

  it('says nothing bad of what is no policy but what is wrong with it', () => {
    const cyclic: Record<string, unknown> = { ...house };
    cyclic['rules'] = [cyclic];
    expect(lint(cyclic)).toMatchObject([
      { key: 'lint.invalid', params: { code: 'policy/cyclic' } },
    ]);
    expect(lint(null)[0]?.severity).toBe('error');
  });

  it('agrees with deciding: a shadowed permit never permits', () => {
    const bar: Rule = { id: 'bar', effect: 'forbid', do: ['read'], what: ['personal-data'] };
    const engine = compile(rules({ ...read, basis: 'contract' } as Rule, bar));
    for (const role of Object.keys(house.vocab.who!))
      for (const purpose of Object.keys(house.vocab.for!))
        expect(
          engine.decide({
            at: 1.8e12,
            actor: { id: 'a', roles: [role] },
            do: 'read',
            what: 'name',
            for: purpose,
          }).outcome,
        ).toBe('deny');
  });
});

describe('flows of identity numbers', () => {
  const systems = [
    { id: 'portal', holds: ['national-id', 'name', 'meter-data'] },
    { id: 'cloud', holds: ['meter-data'] },
    { id: 'amr', holds: ['meter-data'], never: ['national-id'] },
  ];
  const withFlows = (flows: Policy['flows']): Policy => ({
    ...house,
    rules: house.rules.filter((rule) => rule.id !== 'no-identity'),
    systems,
    flows: flows!,
  });

  it('are shown with the way they take, or proved absent', () => {
    const direct = withFlows([
      { from: 'portal', to: 'cloud' },
      { from: 'cloud', to: 'amr', what: ['personal-data'] },
    ]);
    expect(flowsOf(direct)).toEqual([
      { term: 'national-id', system: 'amr', path: ['portal', 'cloud', 'amr'] },
    ]);
    expect(lint(direct)[0]).toMatchObject({ key: 'lint.flow-reaches', severity: 'error' });
    const filtered = withFlows([
      { from: 'portal', to: 'cloud' },
      { from: 'cloud', to: 'amr', what: ['meter-data'] },
    ]);
    expect(flowsOf(filtered)).toEqual([{ term: 'national-id', system: 'amr', path: null }]);
    expect(found(filtered, 'flow-proved')).toHaveLength(1);
  });

  it('end in rounds, and begin where a rule lets them be stored', () => {
    const round = withFlows([
      { from: 'cloud', to: 'amr' },
      { from: 'amr', to: 'cloud' },
    ]);
    expect(flowsOf({ ...round, systems: systems.slice(1) })[0]?.path).toBeNull();
    const stored: Rule = {
      id: 's',
      effect: 'permit',
      do: ['store'],
      what: ['national-id'],
      in: ['cloud'],
    };
    expect(flowsOf({ ...round, systems: systems.slice(1), rules: [stored] })[0]?.path).toEqual([
      'amr',
    ]);
  });
});
