import { isAuthorized, type AuthorizationCall } from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compile,
  type Condition,
  type Engine,
  type Fact,
  type FactValue,
  type Policy,
  type Question,
} from '../src/index.ts';
import { toCedar } from '../src/cedar.ts';
import { albertslund, elhub, karleby, ktc } from '../src/presets.ts';
import { accessPolicy, facts as anyFacts, question } from './generate.ts';
import { house } from './house.ts';

/** What Cedar says: allowed for every kind of data. Throws on policies that it cannot read. */
function cedarAllows(engine: Engine, q: Question, facts: readonly Fact[]): boolean | null {
  const exported = toCedar(engine, q.at);
  const requests = exported.requests(q, engine.know(facts));
  if (requests === null) return null;
  return requests.every(({ entities, ...request }) => {
    const answer = isAuthorized({
      ...request,
      entities,
      policies: { staticPolicies: exported.policies },
    } as unknown as AuthorizationCall);
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
    // A policy that errs is skipped by Cedar: a skipped forbid would permit.
    expect(answer.response.diagnostics.errors).toEqual([]);
    return answer.response.decision === 'allow';
  });
}

/** Whether we let it be had as it was asked for, or within a grant's limits, but not only coarser by our own offer. */
function weAllow(engine: Engine, q: Question, facts: readonly Fact[]): boolean {
  return engine.decide({ ...q, detail: q.detail ?? 'raw' }, engine.know(facts)).outcome !== 'deny';
}

/** What Cedar cannot say is left out of the generated rules: own offers of coarser data, limits that meet in nothing. */
const plainFacts = anyFacts.map((list) =>
  list.flatMap((fact): Fact[] => {
    if (fact.type === 'tenancy') return [];
    if (fact.type !== 'grant') return [fact];
    return [{ ...fact, grant: { ...fact.grant, finest: 'raw', span: { start: null, end: null } } }];
  }),
);
const plainQuestion = question.map((q): Question => {
  const { onBehalfOf: _, span: __, ...rest } = q;
  // At the coarsest there is nothing coarser to offer.
  return { ...rest, detail: 'P1Y' };
});

describe('Cedar decides as we do', () => {
  it('on generated policies, facts and questions', () => {
    let allowed = 0;
    let denied = 0;
    fc.assert(
      fc.property(accessPolicy, plainFacts, plainQuestion, (policy, facts, q) => {
        const engine = compile(policy);
        const theirs = cedarAllows(engine, q, facts);
        const ours = weAllow(engine, q, facts);
        expect(theirs ?? false).toBe(ours);
        if (ours) allowed += 1;
        else denied += 1;
      }),
      { numRuns: 250 },
    );
    expect(Math.min(allowed, denied)).toBeGreaterThan(20);
  });

  it('on the house and the presets, over their own words', () => {
    for (const policy of [house, ktc, karleby, albertslund, elhub]) {
      const engine = compile(policy);
      const { terms } = engine.rules;
      const pick = (dimension: 'who' | 'do' | 'what' | 'for' | 'in') =>
        fc.constantFrom(...(terms[dimension].names.length > 0 ? terms[dimension].names : ['none']));
      const names = [...new Set(JSON.stringify(policy.rules).match(/"fact":"[^"]+"/g) ?? [])].map(
        (text) => text.slice(8, -1),
      );
      const asked: fc.Arbitrary<Question> = fc.record(
        {
          at: fc.constant(Date.UTC(2026, 5, 1)),
          actor: fc.record({
            id: fc.constantFrom('a', 'b'),
            roles: fc.array(pick('who'), { maxLength: 2 }),
          }),
          do: pick('do'),
          what: pick('what'),
          for: pick('for'),
          in: pick('in'),
          subject: fc.constantFrom('a', 'b'),
          detail: fc.constant('P1Y' as const),
          facts: fc.dictionary(
            fc.constantFrom(
              ...names.filter(
                (name) =>
                  !/^(actor\.role|request\.|resource\.(fields|resolution|data|deid))/.test(name),
              ),
              'actor.household',
              'legal.order',
            ),
            fc.constantFrom<string | boolean | { readonly from: number }>(
              { from: 0 },
              true,
              false,
              'a',
              'same-level',
              'NO',
              'scc',
              'court-order',
            ),
            { maxKeys: 8 },
          ),
        },
        { requiredKeys: ['at', 'actor', 'do', 'what', 'detail', 'facts'] },
      );
      fc.assert(
        fc.property(asked, (q) => {
          const theirs = cedarAllows(engine, q, []);
          const known = engine.decide(q);
          expect({ q, allow: theirs ?? false }).toEqual({ q, allow: known.outcome !== 'deny' });
        }),
        { numRuns: 60 },
      );
    }
  });

  it('on orders with a scope and without, and on holders whose time is known or not', () => {
    const bounded = { do: ['read'], then: [{ do: 'limit-to-order-scope' as const }] };
    const policy: Policy = {
      ...house,
      tenancy: 'required',
      rules: [
        {
          id: 'police',
          effect: 'permit',
          who: ['staff'],
          basis: 'legal-obligation',
          ...bounded,
        },
        {
          id: 'holder',
          effect: 'permit',
          who: ['tenant'],
          do: ['read'],
          basis: 'contract',
          tenancy: 'holder',
        },
        {
          id: 'closed',
          effect: 'forbid',
          what: ['name'],
          unless: { fact: 'legal.order', op: 'exists' },
          ...bounded,
        },
      ],
    };
    const engine = compile(policy);
    const facts: Fact[] = [{ type: 'tenancy', object: 'apt-1', party: 'anna', at: 0, seen: 0 }];
    const outcomes = new Set<string>();
    for (const role of ['staff', 'tenant'])
      for (const what of ['name', 'meter-data'])
        for (const object of ['apt-1', 'apt-2'])
          for (const order of [{ from: 0 }, 'court-order', null])
            for (const finest of ['P1D', 'none']) {
              const q: Question = {
                at: Date.UTC(2026, 5, 1),
                actor: { id: 'anna', roles: [role] },
                do: 'read',
                what,
                for: 'insight',
                object,
                detail: 'P1Y',
                facts: {
                  'legal.order.finest': finest,
                  ...(order !== null && { 'legal.order': order }),
                },
              };
              const ours = weAllow(engine, q, facts);
              expect({ q, allow: cedarAllows(engine, q, facts) }).toEqual({ q, allow: ours });
              outcomes.add(`${role} ${typeof order} ${finest} ${object} ${ours}`);
            }
    expect(outcomes).toContain('staff object P1D apt-2 true');
    expect(outcomes).toContain('staff string P1D apt-2 false');
    expect(outcomes).toContain('staff object none apt-2 false');
    expect(outcomes).toContain('tenant object P1D apt-1 true');
    expect(outcomes).not.toContain('tenant object P1D apt-2 true');
  });

  it('on facts that are lists, under every operator that takes them', () => {
    const word = fc.constantFrom<string | number | boolean>(
      'meter-data',
      'meter-data.hourly',
      'name',
      'x',
      1,
      1.5,
      true,
    );
    const value = fc.oneof(word, fc.array(word, { maxLength: 3 }), fc.constant({ from: 0 }));
    const condition: fc.Arbitrary<Condition> = fc.record({
      fact: fc.constantFrom('a', 'b'),
      op: fc.constantFrom('eq', 'ne', 'in', 'isa', 'subsetOf', 'exists'),
      value: fc.oneof(value, fc.constantFrom('$a', '$b', '$c')) as fc.Arbitrary<FactValue>,
    });
    const rule = fc.record(
      {
        effect: fc.constantFrom('permit', 'permit', 'forbid'),
        do: fc.constant(['read']),
        basis: fc.constant('contract' as const),
        if: condition,
        unless: condition,
      },
      { requiredKeys: ['effect', 'do', 'basis'] },
    );
    const told = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value as fc.Arbitrary<FactValue>);
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 3 }), told, (rules, given) => {
        const policy = {
          ...house,
          rules: rules.map((each, i) => ({ ...each, id: `r${i}` })),
        } as Policy;
        const engine = compile(policy);
        const q: Question = {
          at: Date.UTC(2026, 5, 1),
          actor: { id: 'a', roles: ['tenant'] },
          do: 'read',
          what: 'meter-data',
          for: 'insight',
          detail: 'P1Y',
          facts: given,
        };
        const ours = weAllow(engine, q, []);
        expect(cedarAllows(engine, q, [])).toBe(ours);
        for (const each of rules)
          if (Array.isArray(given[(each.if as { fact?: string } | undefined)?.fact ?? '']))
            seen.add(`${(each.if as { op: string }).op} ${ours}`);
      }),
      { numRuns: 400 },
    );
    expect(seen).toContain('eq true');
    expect(seen).toContain('ne true');
    expect(seen).toContain('eq false');
    expect(seen).toContain('in true');
  });

  it('lists what it leaves out', () => {
    expect(toCedar(compile(house), Date.UTC(2026, 0, 1)).omitted).toContain(
      'ops-fields: obligations that change the data',
    );
  });
});
