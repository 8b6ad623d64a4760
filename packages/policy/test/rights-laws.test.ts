import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile, type Fact } from '../src/index.ts';
import { DELETED, DETAILS } from '../src/lattice.ts';
import { answerRight } from '../src/rights.ts';
import { facts, item, retentionPolicy, time } from './generate.ts';

it('what a person is told about an erasure is what the plan then does, and until when', () => {
  const told = { erase: 0, reduce: 0, refuse: 0 };
  fc.assert(
    fc.property(retentionPolicy, facts, item, time, (policy, known, stored, now) => {
      const engine = compile(policy);
      const subject = 'anna';
      const end = Math.min(stored.end, now);
      const mine = { ...stored, subject, end, start: end - 1 };
      const demand = { right: 'erasure', subject, at: now, now } as const;
      const [answer] = answerRight(engine, engine.know(known), [mine], demand);
      const { answer: word, to, until, restrictedTo = [] } = answer!;
      told[word as keyof typeof told] += 1;
      const accepted: Fact = {
        type: 'right',
        id: 'the demand',
        right: 'erasure',
        subject,
        accepted: true,
        at: now,
        seen: now,
      };
      const planner = engine.planner(engine.know([...known, accepted]), { now });
      const { keep } = planner.levels(mine, now);
      const operation = planner.operation(mine);
      expect(operation.op === 'delete').toBe(word === 'erase');
      if (word === 'reduce') expect(DETAILS[keep]).toBe(to);
      if (word === 'refuse') {
        expect(keep).toBeLessThanOrEqual(DETAILS.indexOf(mine.detail));
        expect(operation.restrictedTo ?? []).toEqual(restrictedTo);
      }
      if (until === undefined || until === null) return;
      expect(planner.levels(mine, until).floor).toBe(DELETED);
      expect(planner.levels(mine, until - 1).floor).toBeLessThan(DELETED);
    }),
    { numRuns: 600 },
  );
  for (const count of Object.values(told)) expect(count).toBeGreaterThan(0);
});
