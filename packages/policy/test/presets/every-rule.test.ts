import type { Policy, Rule } from '@metergram/policy';
import { compile } from '@metergram/policy';
import { elhub, karleby, ktc, albertslund } from '@metergram/policy/presets';
import { describe, expect, it } from 'vitest';
import { BESIDE, besideOf } from './beside.ts';
import { ALBERTSLUND } from './albertslund.cases.ts';
import type { Answered, Statement } from './case.ts';
import { expectAnswer, expectDuty, expectPlan } from './case.ts';
import { ELHUB } from './elhub.cases.ts';
import { ELHUB_PERIODS } from './elhub-periods.cases.ts';
import { KARLEBY } from './karleby.cases.ts';
import { KTC } from './ktc.cases.ts';

const periods: readonly Statement[] = Object.entries(ELHUB_PERIODS).map(([id, plansOf]) => {
  const rule = elhub.rules.find((entry) => entry.id === id);
  const [item = ''] = rule !== undefined && 'what' in rule ? (rule.what ?? []) : [];
  return { id, says: 'period', plans: plansOf(item) };
});

const DOCUMENTS: readonly (readonly [Policy, readonly Statement[]])[] = [
  [ktc, KTC],
  [karleby, KARLEBY],
  [albertslund, ALBERTSLUND],
  [elhub, [...ELHUB, ...periods]],
];

const parameters = { 'threshold.red': 30_000 };

/** Whether all that is tested of the statements still holds. */
function stands(policy: Policy, cases: readonly Statement[], beside: readonly Answered[]): boolean {
  const engine = compile(policy, { parameters });
  try {
    for (const { id, answers = [], plans = [], duties = [] } of cases) {
      for (const answered of answers) expectAnswer(engine, answered, parameters);
      for (const planned of plans) expectPlan(engine, planned);
      for (const obliged of duties) expectDuty(engine, id, obliged);
    }
    for (const answered of beside) expectAnswer(engine, answered, parameters);
    return true;
  } catch {
    return false;
  }
}

const PARTS = ['if', 'unless', 'then', 'key', 'flow', 'for', 'in', 'who'] as const;

const decides = ({ effect }: Rule): boolean => effect !== 'info' && effect !== 'inherit';

/** Parts that say nothing that could be missed: "everyone", who bears a duty, for whom a floor keeps (rights.test.ts). */
function isEmpty(rule: Rule, part: (typeof PARTS)[number]): boolean {
  if (rule.effect === 'duty') return part === 'who';
  if (part === 'for') return rule.effect === 'keep' || rule.effect === 'cap';
  return part === 'who' && 'who' in rule && rule.who?.[0] === '*';
}

/** Parts whose absence changes no answer, because another rule says the same; and which. */
const SAME: Readonly<Record<string, string>> = {
  'ktc.06.high-resolution in': 'ktc.05 permits the same everywhere',
  'ktc.11.no-login-without-permission.agreed if': 'the forbid of ktc.11 asks for the same consent',
  'ktc.12.no-sale.share-ordered if': 'without an order its scope is empty',
  'alb.15.fof-no-cpr.tao-name if': 'the forbid of alb.15 asks for the same kind of document',
  'alb.21.energykey-purpose.use for': 'the forbid of alb.21 lets in the same purposes',
  'elh.02.confidentiality.exempted if': 'the forbid of elh.02 asks for the same exemption',
  'elh.03.duty-need if': 'the forbid of elh.04 asks for the same need',
  'elh.09.supplier-contract.own-period for':
    'the recorded contract period covers this purpose alone',
};

it('names only rules that there are', () => {
  const ids = new Set(DOCUMENTS.flatMap(([{ rules }]) => rules.map(({ id }) => id)));
  const named = [
    ...Object.keys(BESIDE),
    ...Object.keys(SAME).map((entry) => entry.split(' ')[0] ?? ''),
  ];
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});

describe.each(DOCUMENTS)('$id', (policy, cases) => {
  const beside = besideOf(policy, cases, parameters);

  it('answers as its statements say', () => {
    expect(stands(policy, cases, [])).toBe(true);
  });

  it.each(beside)('refuses what lies beside a permit: $ask', (answered) => {
    expectAnswer(compile(policy, { parameters }), answered, parameters);
  });

  it('has no rule that could be taken away unnoticed', () => {
    const idle = policy.rules
      .filter(decides)
      .filter(({ id }) =>
        stands({ ...policy, rules: policy.rules.filter((r) => r.id !== id) }, cases, beside),
      )
      .map(({ id }) => id);
    expect(idle).toEqual([]);
  });

  it('has no term, condition or exception that could be taken away unnoticed', () => {
    const idle = policy.rules.filter(decides).flatMap((rule) =>
      PARTS.filter((part) => part in rule && !isEmpty(rule, part))
        .filter((part) => {
          const { [part]: _, ...rest } = rule as unknown as Record<string, unknown>;
          const rules = policy.rules.map((r) => (r.id === rule.id ? (rest as never) : r));
          return stands({ ...policy, rules }, cases, beside);
        })
        .map((part) => `${rule.id} ${part}`)
        .filter((entry) => !(entry in SAME)),
    );
    expect(idle).toEqual([]);
  });
});
