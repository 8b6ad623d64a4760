import type { Parameters, Policy } from '@metergram/policy';
import { compile } from '@metergram/policy';
import { albertslund, elhub, karleby, ktc, undecided } from '@metergram/policy/presets';
import { describe, expect, it } from 'vitest';
import type { Statement } from './case.ts';
import { expectAnswer, expectDuty, expectPlan } from './case.ts';
import { ALBERTSLUND } from './albertslund.cases.ts';
import { ELHUB } from './elhub.cases.ts';
import { KARLEBY } from './karleby.cases.ts';
import { KTC } from './ktc.cases.ts';

interface Document {
  readonly policy: Policy;
  readonly statements: readonly Statement[];
  readonly count: number;
  readonly parameters: Parameters;
}

const DOCUMENTS: readonly Document[] = [
  { policy: ktc, statements: KTC, count: 28, parameters: {} },
  { policy: karleby, statements: KARLEBY, count: 21, parameters: {} },
  {
    policy: albertslund,
    statements: ALBERTSLUND,
    count: 31,
    parameters: { 'threshold.red': 30_000 },
  },
  { policy: elhub, statements: ELHUB, count: 25, parameters: {} },
];

describe.each(DOCUMENTS)('$policy.id', ({ policy, statements, count, parameters }) => {
  const engine = compile(policy, { parameters });

  it(`has ${count} statements, each with a rule of its id and something that is tested of it`, () => {
    const ids = statements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(count);
    const rules = new Set(policy.rules.map(({ id }) => id));
    expect(ids.filter((id) => !rules.has(id))).toEqual([]);
    const empty = statements.filter(
      ({ answers = [], plans = [], duties = [], undecided: reason }) =>
        answers.length + plans.length + duties.length === 0 && reason === undefined,
    );
    expect(empty).toEqual([]);
  });

  it.each(statements)(
    '$id: $says',
    ({ id, answers = [], plans = [], duties = [], undecided: reason }) => {
      for (const answered of answers) expectAnswer(engine, answered, parameters);
      for (const planned of plans) expectPlan(engine, planned);
      for (const obliged of duties) expectDuty(engine, id, obliged);
      const note = undecided(policy).find((entry) => entry.id === id);
      expect(note !== undefined).toBe(reason !== undefined);
      if (reason !== undefined) expect(note?.reason).toMatch(reason);
    },
  );
});
