import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compile,
  type Condition,
  type Decision,
  type Fact,
  type Question,
  type Rule,
} from '../src/index.ts';
import { compile as compileSmall } from '../src/core.ts';
import { accessPolicy, facts, forbid, question, time } from './generate.ts';
import { ask, house } from './house.ts';

/** Whether one point of the data (a detail, an instant) may be had by a decision. */
const DETAILS = ['raw', 'PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'] as const;
const POINTS = Array.from(
  { length: 26 },
  (_, i) => Date.UTC(2024, 11, 15) + i * 20 * 86_400_000 + 1,
);

function had(decision: Decision, q: Question): Set<string> {
  const { start = null, end = null } = q.span ?? {};
  const asked = DETAILS.indexOf((q.detail ?? 'raw') as (typeof DETAILS)[number]);
  const result = new Set<string>();
  for (const [place, detail] of DETAILS.entries()) {
    if (place < asked) continue;
    for (const at of POINTS) {
      if ((start !== null && at < start) || (end !== null && at >= end)) continue;
      const allowed =
        decision.outcome === 'permit' ||
        decision.limits.some(
          ({ finest, span }) =>
            DETAILS.indexOf(finest as (typeof DETAILS)[number]) <= place &&
            (span.start === null || span.start <= at) &&
            (span.end === null || at < span.end),
        );
      if (allowed) result.add(`${detail} ${at}`);
    }
  }
  return result;
}

const within = (smaller: Set<string>, larger: Set<string>): boolean =>
  [...smaller].every((point) => larger.has(point));

const plain = (decision: Decision) => JSON.parse(JSON.stringify(decision)) as object;

const shape = (d: Decision) => [d.outcome, d.limits, d.obligations, d.because];

describe('laws of decisions', () => {
  it('adding a forbid never permits more', () => {
    fc.assert(
      fc.property(accessPolicy, forbid, facts, question, (policy, added, known, q) => {
        const before = compile(policy);
        const after = compile({ ...policy, rules: [...policy.rules, added] });
        const less = had(after.decide(q, after.know(known)), q);
        expect(within(less, had(before.decide(q, before.know(known)), q))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('withdrawing never widens', () => {
    fc.assert(
      fc.property(accessPolicy, facts, question, time, (policy, known, q, when) => {
        const engine = compile(policy);
        const grants = known.filter((fact) => fact.type === 'grant');
        const withdrawals: Fact[] = grants.map((fact) => ({
          ...fact,
          at: Math.max(when, ...grants.map(({ at }) => at)),
          seen: Number.MAX_SAFE_INTEGER,
          grant: { ...fact.grant, state: 'withdrawn' },
        }));
        // A rule that asks for the absence of a grant is the one thing that a withdrawal may open.
        if (/"not":{[^}]*"grant"/.test(JSON.stringify(policy.rules))) return;
        const less = had(engine.decide(q, engine.know([...known, ...withdrawals])), q);
        expect(within(less, had(engine.decide(q, engine.know(known)), q))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('the order of rules, policies’ words and facts does not matter', () => {
    fc.assert(
      fc.property(accessPolicy, facts, question, (policy, known, q) => {
        const engine = compile(policy);
        const mirrored = compile({ ...policy, rules: policy.rules.toReversed() });
        const apart = new Map(
          known.map((fact) => [
            `${JSON.stringify({ ...fact, value: 0, to: 0, grant: 0 })}${fact.type === 'grant' ? fact.grant.id : ''}`,
            fact,
          ]),
        );
        const unique = [...apart.values()];
        expect(plain(mirrored.decide(q, mirrored.know(unique.toReversed())))).toEqual(
          plain(engine.decide(q, engine.know(unique))),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('what was asked before does not matter', () => {
    fc.assert(
      fc.property(
        accessPolicy,
        facts,
        fc.array(question, { maxLength: 12 }),
        (policy, known, asked) => {
          const engine = compile(policy);
          const record = engine.know(known);
          const answers = [...asked, ...asked.toReversed()].map((q) => ({
            q,
            answer: engine.decide(q, record),
          }));
          for (const { q, answer } of answers) {
            const fresh = compile(policy);
            expect(plain(answer)).toEqual(plain(fresh.decide(q, fresh.know(known))));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('the small engine answers as the whole one does, to the last word', () => {
    fc.assert(
      fc.property(accessPolicy, facts, question, (policy, known, q) => {
        const [whole, small] = [compile(policy), compileSmall(policy)];
        expect(plain(small.decide(q, small.know(known)))).toEqual(
          plain(whole.decide(q, whole.know(known))),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('holds until the instant that it names, and changes there', () => {
    fc.assert(
      fc.property(
        accessPolicy,
        facts,
        question,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (policy, known, q, part) => {
          const engine = compile(policy);
          const record = engine.know(known);
          const now = engine.decide(q, record);
          const end = now.until ?? q.at + 1000 * 86_400_000;
          const between = Math.floor(q.at + (end - 1 - q.at) * part);
          expect(shape(engine.decide({ ...q, at: between }, record))).toEqual(shape(now));
          expect(shape(engine.decide({ ...q, at: end - 1 }, record))).toEqual(shape(now));
          if (now.until !== null)
            expect(shape(engine.decide({ ...q, at: now.until }, record))).not.toEqual(shape(now));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('acting for another never gives more than the other has', () => {
    fc.assert(
      fc.property(accessPolicy, facts, question, (policy, known, q) => {
        const engine = compile(policy);
        const record = engine.know(known);
        const principal = { id: 'anna', roles: ['tenant'] };
        const delegated = engine.decide({ ...q, onBehalfOf: principal }, record);
        const { onBehalfOf: _, ...alone } = q;
        const own = engine.decide({ ...alone, actor: principal }, record);
        expect(within(had(delegated, q), had(own, q))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('tells facts that would change a deny, and they do', () => {
    const leaf: fc.Arbitrary<Condition> = fc
      .constantFrom('a', 'b', 'c', 'd')
      .map((fact) => ({ fact }));
    const many = fc.array(leaf, { minLength: 1, maxLength: 3 });
    const test = fc.oneof(
      leaf,
      many.map((all) => ({ all })),
      many.map((any) => ({ any })),
    );
    // What a forbid is of: everything, or what the data may only count as.
    const bar = fc.record({ unless: test, counted: fc.boolean() });
    const rules = fc.tuple(test, fc.array(bar, { maxLength: 2 })).map(([open, bars]): Rule[] => [
      { id: 'open', effect: 'permit', do: ['read'], if: open, basis: 'contract' },
      {
        id: 'counts',
        effect: 'classify',
        what: ['meter-data'],
        as: ['behaviour'],
        if: { fact: 'e' },
      },
      ...bars.map(({ unless, counted }, i): Rule => ({
        id: `bar${i}`,
        effect: 'forbid',
        do: ['read'],
        unless,
        ...(counted && { what: ['behaviour'] }),
      })),
    ]);
    fc.assert(
      fc.property(
        rules,
        fc.dictionary(fc.constantFrom('a', 'b', 'e'), fc.boolean()),
        (list, given) => {
          const engine = compile({ ...house, rules: list });
          const q = ask({ facts: given });
          const answer = engine.decide(q);
          if (answer.outcome !== 'deny') return;
          expect(answer.nearest.every((reason) => reason.key === 'nearest.fact')).toBe(true);
          const told = Object.fromEntries(
            answer.nearest.map(({ params }) => [
              String(params!['fact']),
              params!['value'] as boolean,
            ]),
          );
          expect(engine.decide({ ...q, facts: { ...given, ...told } }).outcome).toBe('permit');
        },
      ),
      { numRuns: 500 },
    );
  });
});
