import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { compile, type Fact, type Item, type Question } from '../src/index.ts';
import { compile as compileSmall } from '../src/core.ts';
import { answerRight, deadlineOf, duties } from '../src/rights.ts';
import { ask, house } from './house.ts';

/** A grant from Anna to a television provider, but for what is said otherwise. */
const grant = (id: string, more: object): Fact => ({
  type: 'grant',
  at: 0,
  seen: 0,
  grant: {
    id,
    from: 'anna',
    to: 'tv',
    what: ['meter-data'],
    purposes: ['presentation'],
    finest: 'PT1H',
    span: { start: null, end: null },
    valid: { start: null, end: null },
    state: 'active',
    ...more,
  },
});

describe('hostile facts and questions', () => {
  const engine = compile(house);
  it('fail with a code and a place', () => {
    for (const bad of [
      null,
      {},
      { type: 'x', at: 0, seen: 0 },
      { type: 'event', name: 'x', at: Number.NaN, seen: 0 },
      { type: 'grant', at: 0, seen: 0 },
      { type: 'tenancy', object: 1, party: 'a', at: 0, seen: 0 },
      { type: 'state', name: 'x', at: 0, seen: 0, to: 'soon' },
      {
        type: 'grant',
        at: 0,
        seen: 0,
        grant: { what: [], purposes: [], id: 'g', from: 'a', to: 'b' },
      },
      { type: 'toString', at: 0, seen: 0 },
    ])
      expect(() => engine.know([bad as Fact])).toThrow(/fact\/bad-shape at \/0/);
  });

  it('refuse what is no list of facts, and a list with a hole', () => {
    for (const bad of [null, undefined, 7, 'facts', {}])
      expect(() => engine.know(bad as never)).toThrow('fact/bad-shape at /: must be list of fact');
    const holed: Fact[] = [];
    holed[1] = grant('g', {});
    expect(() => engine.know(holed)).toThrow('fact/bad-shape at /0: must be fact');
  });

  it('find a grant whose optional parts are of another kind', () => {
    const know = (more: object) => engine.know([grant('g', more)]);
    expect(() => know({ by: 'anna', meteringPoints: ['m1'], withdrawn: [] })).not.toThrow();
    for (const [part, value] of [
      ['by', 7],
      ['meteringPoints', 7],
      ['meteringPoints', [7]],
      ['withdrawn', 'presentation'],
      ['finest', 'PT1X'],
    ] as const)
      expect(() => know({ [part]: value })).toThrow(
        expect.objectContaining({
          message: expect.stringContaining(`fact/bad-shape at /0/grant/${part}`) as string,
        }) as Error,
      );
  });

  it('takes values that are words, numbers, periods and lists of them, nothing with a ring or a depth', () => {
    const fact = (value: unknown) => ({ type: 'value', name: 'x', at: 0, seen: 0, value }) as Fact;
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    for (const value of [ring, [[['deep', [1]]]], null, undefined, Symbol('x'), () => 1, [null]])
      expect(() => engine.know([fact(value)])).toThrow(/fact\/bad-shape at \/0\/value/);
    for (const value of ['a', 0, false, [], ['a', 1], { from: 0 }, [{ from: 0, to: 1 }]])
      expect(engine.know([fact(value)]).value('x', undefined, { at: 0, next: 1 })).toEqual(value);
  });

  it('look at few delegations for each grant that somebody gave for another, and at no more than 200 000', () => {
    const facts = (count: number, power: (i: number) => object, given: (i: number) => object) =>
      Array.from({ length: count }, (_, i) => [
        grant(`d${i}`, { kind: 'delegation', to: 'b', ...power(i) }),
        grant(`g${i}`, { by: 'b', ...given(i) }),
      ]).flat();
    /** Looks at a pair of a grant and a delegation: their periods are met, which nothing else in `know` does. */
    const looks = (list: readonly Fact[]): number => {
      const max = vi.spyOn(Math, 'max');
      engine.know(list);
      const calls = max.mock.calls.length;
      max.mockRestore();
      return calls - list.length;
    };
    const point = (i: number) => ({ meteringPoints: [`p${i}`] });
    // Each delegate of one giver, and each metering point, is found by itself: two looks for each grant (detail, period).
    expect(
      looks(
        facts(
          2000,
          (i) => ({ to: `b${i}` }),
          (i) => ({ by: `b${i}` }),
        ),
      ),
    ).toBe(4000);
    expect(looks(facts(2000, point, point))).toBe(4000);
    const all = facts(
      500,
      () => ({}),
      () => ({}),
    );
    expect(() => engine.know(all)).toThrow(/fact\/too-large at \/\d+:/);
    expect(() => engine.know(facts(500, point, () => ({})))).toThrow(/fact\/too-large at \/\d+:/);
    const one = [
      grant('d', { kind: 'delegation', to: 'b', meteringPoints: all.map((_, i) => `p${i}`) }),
    ];
    const wide = Array.from({ length: 210 }, (_, i) => grant(`g${i}`, { by: 'b' }));
    expect(() => engine.know([...one, ...wide])).toThrow(/fact\/too-large at \/\d+:/);
    expect(() => engine.know([...one, ...wide.slice(20)])).not.toThrow();
  });

  it('refuse what is no stored item with a code and a place, in plans and in answers to a person', () => {
    const item = { id: 'v', what: 'meter-data', detail: 'PT1H', start: 0, end: 1, subject: 'anna' };
    const known = engine.know([]);
    const run = (bad: unknown) => [...engine.plan([bad as Item], known, { now: 1.8e12 })];
    const answer = (bad: unknown) => [
      ...answerRight(engine, known, [bad as Item], {
        right: 'erasure',
        subject: 'anna',
        at: 1.7e12,
        now: 1.8e12,
      }),
    ];
    expect(run(item)).toHaveLength(1);
    expect(answer(item)).toHaveLength(1);
    const wrong: readonly (readonly [string, unknown])[] = [
      ...[null, undefined, 7, 'item', [], () => item].map(
        (bad) => [': must be item', bad] as const,
      ),
      ['id: must be given', {}],
      ...[undefined, 7, {}].flatMap((bad) => {
        const is = (type: string) => (bad === undefined ? 'must be given' : `must be ${type}`);
        return [
          [`id: ${is('text')}`, { ...item, id: bad }],
          [`what: ${is('text')}`, { ...item, what: bad }],
          [`detail: ${is('detail')}`, { ...item, detail: bad }],
          [`end: ${is('number')}`, { ...item, end: bad === 7 ? Number.NaN : bad }],
        ] as const;
      }),
      ['detail: must be detail', { ...item, detail: 'PT7M' }],
      ['detail: must be detail', { ...item, detail: 'toString' }],
      ['start: must be number', { ...item, start: '2026-01-01' }],
      ['start: must be number', { ...item, start: null }],
      ['purposes: must be list of text', { ...item, purposes: 'billing' }],
      ['purposes/0: must be text', { ...item, purposes: [Symbol('x')] }],
    ];
    for (const [said, bad] of wrong)
      for (const use of [run, answer]) expect(() => use(bad)).toThrow(`item/bad-shape at /${said}`);
  });

  it('refuse a time that is none, and a demand that is none: nothing is deleted by mistake', () => {
    const item = { id: 'v', what: 'meter-data', detail: 'PT1H', end: 0, subject: 'anna' } as const;
    const stages = [{ after: 'P1D', to: 'deleted' }] as const;
    const clock = { base: 'age', clock: 'value-time' } as const;
    const gone = {
      ...house,
      rules: [{ id: 'x', effect: 'cap', what: ['meter-data'], clock, stages }] as const,
      activities: [],
    };
    const strict = compile(gone);
    const known = strict.know([]);
    const demand = { right: 'erasure', subject: 'anna', at: 1.7e12, now: 1.8e12 } as const;
    const refused = (use: () => unknown, pointer: string) =>
      expect(use).toThrow(
        expect.objectContaining({
          code: 'question/bad-shape',
          issues: [expect.objectContaining({ pointer })],
        }),
      );
    const small = compileSmall(gone);
    expect([...small.plan([item], small.know([]), { now: 1.8e12 })][0]?.op).toBe('delete');
    for (const bad of [Number.NaN, undefined, null, '2026-01-01', {}, Infinity] as never[]) {
      refused(() => [...strict.plan([item], known, { now: bad })], '/now');
      refused(() => [...answerRight(strict, known, [item], { ...demand, now: bad })], '/now');
      refused(() => [...answerRight(strict, known, [item], { ...demand, at: bad })], '/at');
      refused(() => [...answerRight(strict, known, [item], { ...demand, right: bad })], '/right');
      refused(() => deadlineOf(strict, { right: 'access', at: bad }), '/at');
      refused(() => duties(strict, known, bad), '/now');
    }
    refused(() => [...answerRight(strict, known, [], null as never)], '');
    refused(
      () => [...answerRight(strict, known, [], { ...demand, subject: 7 as never })],
      '/subject',
    );
    // The small engine, which does not look, keeps; and knows nothing by a time that is none.
    expect([...small.plan([item], small.know([]), { now: Number.NaN })][0]?.op).toBe('keep');
    const fact = { type: 'value', name: 'x', at: 0, seen: 0, value: 1 } as const;
    for (const seen of [Number.NaN, -1])
      expect(small.know([fact], seen).value('x', undefined, { at: 1, next: 2 })).toBeUndefined();
  });

  it('takes no list without an end', () => {
    const known = engine.know([]);
    const words = Array.from({ length: 100_000 }, () => 'read');
    const parts = Object.entries({ what: words, fields: words, accepts: words, flow: words });
    for (const [part, value] of parts)
      expect(engine.decide({ ...ask(), [part]: value } as never, known).because).toMatchObject([
        { params: { code: 'question/bad-shape' } },
      ]);
    const actor = { id: 'a', roles: words };
    expect(engine.decide({ ...ask(), actor }, known).because).toMatchObject([
      { params: { part: 'actor' } },
    ]);
  });

  it('answers whatever stands in the facts of a question, and tells what would help', () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    const operators = [
      'eq',
      'ne',
      'in',
      'lt',
      'isa',
      'before',
      'subsetOf',
      'finerThan',
      'activeAt',
    ];
    const rules = operators.flatMap((op, i) =>
      (['permit', 'forbid'] as const).map((effect) => ({
        id: `${effect}${i}`,
        effect,
        do: ['read'],
        basis: 'contract' as const,
        if: { fact: 'a', op: op as 'eq', value: '$b' },
        unless: { fact: 'c', op: op as 'eq', value: '$a' },
      })),
    );
    const odd = compile({ ...house, rules });
    const value = fc.oneof(
      fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, withMap: true }),
      fc.constantFrom(ring, [ring], [null], [Object.create(null)], { toString: 1 }),
    );
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const facts = { a, b, c } as Question['facts'] & object;
        expect(odd.decide(ask({ facts })).toJSON().outcome).toMatch(/deny|permit/);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no list of what are no words', () => {
    const known = engine.know([]);
    for (const what of [[0, { toString: 0 }], [{}], [null]])
      expect(engine.decide({ ...ask(), what } as never, known).toJSON().because[0]).toMatchObject({
        params: { code: 'question/bad-shape', part: 'what' },
      });
  });

  it('never throws on a question, and denies what it cannot read', () => {
    const known = engine.know([]);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(engine.decide(value as Question, known).outcome).toBe('deny');
        for (const key of [
          'do',
          'what',
          'for',
          'in',
          'actor',
          'span',
          'detail',
          'fields',
          'recipient',
          'flow',
        ])
          engine.decide({ ...ask(), [key]: value } as Question, known).toJSON();
      }),
      { numRuns: 300 },
    );
  });
});
