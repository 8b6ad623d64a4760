import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Item, type Operation } from '../src/index.ts';
import { facts, item, retentionPolicy, time } from './generate.ts';
import { one } from './plan-questions.ts';

const ORDER = ['raw', 'PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y', 'deleted'];

/** What is left of an item after its operation was carried out. */
function applied(before: Item, operation: Operation): Item | null {
  if (operation.op === 'delete') return null;
  const after: Item = { ...before, restricted: operation.restrictedTo !== undefined };
  if (operation.op !== 'rollup') return after;
  // The value moves into the coarser interval; its own time stays that of the value that it replaces.
  return { ...after, detail: operation.to! };
}

describe('laws of plans', () => {
  it('a plan applied twice changes nothing', () => {
    fc.assert(
      fc.property(retentionPolicy, facts, item, time, (policy, known, stored, now) => {
        const engine = compile(policy);
        const planner = engine.planner(engine.know(known), { now });
        const left = applied(stored, planner.operation(stored));
        if (left === null) return;
        const again = planner.operation(left);
        expect(applied(left, again)).toEqual(left);
        expect(['keep', 'hold']).toContain(again.op);
      }),
      { numRuns: 400 },
    );
  });

  it('nothing is kept finer than its floors, or its caps and live purposes, allow', () => {
    fc.assert(
      fc.property(retentionPolicy, facts, item, time, (policy, known, stored, now) => {
        const engine = compile(policy);
        const planner = engine.planner(engine.know(known), { now });
        const levels = planner.levels(stored, now);
        const operation = planner.operation(stored);
        const left = applied(stored, operation);
        const waits = operation.because.some((reason) => reason.key === 'plan.waits');
        const rank = left === null ? ORDER.length - 1 : ORDER.indexOf(left.detail);
        const allowed = ORDER.indexOf(
          ['raw', '', '', '', '', 'PT15M', '', 'PT1H', 'P1D', 'P1M', 'P1Y', 'deleted'][
            levels.keep
          ]!,
        );
        if (!waits) expect(rank).toBeGreaterThanOrEqual(allowed);
        // And never coarser than a floor demands, unless it came so.
        if (left === null) expect(levels.floor).toBe(11);
        if (left !== null && left.detail !== stored.detail) expect(rank).toBe(allowed);
      }),
      { numRuns: 400 },
    );
  });

  it('nothing is due before the instant that a plan names', () => {
    fc.assert(
      fc.property(
        retentionPolicy,
        facts,
        item,
        time,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (policy, known, stored, now, part) => {
          const engine = compile(policy);
          const record = engine.know(known);
          const at = (when: number) => {
            const { op, to } = engine.planner(record, { now: when }).operation(stored);
            return { op, to };
          };
          const { next } = engine.planner(record, { now }).operation(stored);
          const end = next ?? now + 4000 * 86_400_000;
          expect(at(Math.floor(now + (end - 1 - now) * part))).toEqual(at(now));
          expect(at(end - 1)).toEqual(at(now));
          if (next !== null)
            expect(engine.planner(record, { now: next }).operation(stored)).not.toMatchObject({
              ...at(now),
              next,
            });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('does not depend on the order of rules', () => {
    fc.assert(
      fc.property(retentionPolicy, facts, item, time, (policy, known, stored, now) => {
        const a = one(policy, stored, now, known);
        const b = one({ ...policy, rules: policy.rules.toReversed() }, stored, now, known);
        expect(b).toEqual(a);
      }),
      { numRuns: 200 },
    );
  });
});
