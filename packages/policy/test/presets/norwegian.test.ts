import { compile } from '@metergram/policy';
import { norwegian } from '@metergram/policy/presets';
import type { Activity } from '@metergram/policy/register';
import {
  activityReferences,
  changeActivity,
  erasureText,
  linkRegister,
  norwegianRegister,
  registerPolicy,
} from '@metergram/policy/register';
import { describe, expect, it } from 'vitest';
import type { Planned } from './case.ts';
import { day, expectPlan, happened, held } from './case.ts';

/**
 * Each activity's bases (points of Article 6(1)), whether it holds data of Article 9, and its time limit in words. Written
 * beside the library, not made from it.
 */
const ROWS = `
employees.1 | f a | - | as long as: the person is employed and shown
employees.2 | b f | - | 1 year after: the recruitment is closed
employees.3 | b c | - | as long as: the person is employed
employees.4 | b c f | - | 3 years after: the employment has ended
employees.5 | c b | 9 | 5 years after: the leave has ended
employees.6 | f c | - | 1 year after the event
employees.7 | f c | - | 90 days after the event
employees.8 | f b | - | as long as: the employee has the telephone
employees.9 | f | - | 90 days after the event
common.1 | f b | - | 1 year after: the matter is closed
common.2 | f b | - | 90 days after the event
common.3 | f b | - | 1 year after: the matter is closed
common.4 | f | - | 30 days after the event
common.5 | f a | - | as long as: the post is published
common.6 | f | - | 7 days after the event
common.7 | b c f | - | 5 years after: the contract has ended
common.8 | b c | - | as long as: the person is a customer; then 3 years
customer-relationship.1 | b c | - | as long as: the person is a customer; then 3 years
customer-relationship.2 | c e | 9 | as long as: the exemption is in force; then 3 years
customer-relationship.3 | b c | - | as long as: the person is a customer
customer-relationship.4 | b f | - | 3 years after: the matter is closed
customer-relationship.5 | b | - | 3 years after the event
customer-relationship.6 | b c | 9 | 3 years after: the claim is settled
customer-relationship.7 | b c | - | 3 years after: both the power and the grid agreement have ended
metering-billing.1 | c b | - | 3 years after the time of metering
metering-billing.2 | b c | - | 5 years after: the fiscal year has ended
metering-billing.3 | b c f | - | 3 years after: the claim is settled
metering-billing.4 | c | - | 5 years after: the fiscal year has ended
operations-support.1 | c b | - | 3 years after: the fault is corrected
operations-support.2 | c b | - | 3 years after: the case is closed
operations-support.3 | c b | - | 1 year after: the fault is corrected
operations-support.4 | c | - | 3 years after: the fault is corrected
operations-support.5 | c b | - | 90 days after the event
operations-support.6 | f | - | 5 years after: the claim is settled
operations-support.7 | c e | - | 1 year after the event
operations-support.8 | c f | - | 1 year after the event
marketing.1 | a f | - | until: consent is withdrawn or the person objects; at the latest 2 years after: collection
marketing.2 | f a | - | until: the person objects or the customer relationship has ended
marketing.3 | a | - | until: consent is withdrawn; at the latest 1 year after: the customer relationship has ended
grid-planning.1 | c e f | - | as long as: the installation exists
grid-planning.2 | c b | - | 3 years after: the project is closed
grid-planning.3 | b f | - | 3 years after: the project is closed
grid-planning.4 | b c | - | as long as: the installation exists
grid-planning.5 | b c | - | 10 years after: the fiscal year has ended
grid-planning.6 | c | - | as long as: the meter is installed; then 3 years
dle.1 | c e | - | 10 years after: the deviation is closed
commercial.1 | b c | - | 5 years after: the fiscal year has ended
commercial.2 | b f | - | as long as: the person has broadband; then 1 year
commercial.3 | b c | - | 21 days after the event
commercial.4 | a | - | until: consent is withdrawn or the person objects; at the latest 2 years after: collection`
  .replace('the person has broadband', 'the customer has broadband')
  .trim()
  .split('\n')
  .map((line) => {
    const [id = '', bases = '', special, limit = ''] = line.split(' | ');
    return { id: `no-kraft.${id}`, bases: bases.split(' '), special: special === '9', limit };
  });

const POINTS = {
  consent: 'a',
  contract: 'b',
  'legal-obligation': 'c',
  'vital-interests': 'd',
  'public-task': 'e',
  'legitimate-interest': 'f',
} as const;

const WHO = 'person-1';
const END = '2020-02-29';
/** Oslo is an hour ahead of UTC in winter: an event at midnight UTC is at 01:00 there, and so is its anniversary. */
const after = (period: string): number => {
  const [, count = '0', unit] = /^P(\d+)([YD])$/.exec(period) ?? [];
  const start = new Date(day(END));
  if (unit === 'D') return day(END) + Number(count) * 86_400_000;
  const year = start.getUTCFullYear() + Number(count);
  const leap = year % 4 === 0;
  return Date.UTC(year, 1, leap ? 29 : 28);
};

/** A day (in summer an hour) around the limit, and the limit itself. */
function plansOf({ id, erasure }: Activity): readonly Planned[] {
  const item = { what: id, subject: WHO, end: day(END) };
  const rule = `${id}.erasure`;
  switch (erasure.base) {
    case 'age': {
      const due = after(erasure.after);
      const edge = 3_600_000 + 1;
      return [
        { item, at: due - edge, op: 'keep' },
        { item, at: due + edge, op: 'delete', by: rule },
      ];
    }
    case 'after': {
      const known = [happened(erasure.event, END, WHO)];
      const due = after(erasure.after);
      return [
        { item, at: due, op: 'keep', says: 'plan.not-started' },
        { item, known, at: due - 1, op: 'keep' },
        { item, known, at: due, op: 'delete', by: rule, due },
      ];
    }
    case 'while': {
      const due = after(erasure.after);
      const known = [held(erasure.state, '2010-01-01', END, WHO)];
      return [
        { item, known: [held(erasure.state, '2010-01-01', undefined, WHO)], op: 'keep' },
        { item, known, at: due - 1, op: 'keep' },
        { item, known, at: due, op: 'delete', by: rule, due },
      ];
    }
    case 'until': {
      const at = day(END);
      return [
        { item, at: at + 1000, op: 'keep' },
        ...erasure.events.map((event) => ({
          item: { ...item, end: at - 1000 },
          known: [happened(event, END, WHO)],
          at,
          op: 'delete' as const,
          by: rule,
          due: at,
        })),
      ];
    }
  }
}

describe('the Norwegian register as a policy', () => {
  const engine = compile(norwegian);

  it.each(ROWS)('$id rests on $bases and is kept $limit', ({ id, bases, special, limit }) => {
    const activity = norwegianRegister.activities.find((entry) => entry.id === id);
    if (activity === undefined) throw new Error(`${id} is missing`);
    expect(activity.bases.map((basis) => POINTS[basis])).toEqual(bases);
    expect(activity.special).toBe(special);
    expect(erasureText(activity.erasure, 'en')).toBe(limit);
    expect(norwegian.activities?.find((entry) => entry.id === id)?.status).toBe('proposed');
    for (const plan of plansOf(activity)) expectPlan(engine, plan);
  });

  it('covers every activity', () => {
    expect(ROWS.map(({ id }) => id)).toEqual(norwegianRegister.activities.map(({ id }) => id));
  });

  it('keeps the longest period of marketing too, whichever comes first', () => {
    const former = { what: 'no-kraft.marketing.3', subject: WHO, end: day('2019-06-01') };
    const known = [happened('relationship-ended', END, WHO)];
    const due = day('2021-02-28');
    expectPlan(engine, { item: former, known, at: due - 1, op: 'keep' });
    expectPlan(engine, {
      item: former,
      known,
      at: due,
      op: 'delete',
      by: 'no-kraft.marketing.3.at-most',
    });
    const prospect = { what: 'no-kraft.marketing.1', subject: WHO, end: day('2019-06-01') };
    expectPlan(engine, {
      item: prospect,
      at: day('2021-06-02'),
      op: 'delete',
      by: 'no-kraft.marketing.1.at-most',
    });
  });

  it('calls every period proposed until someone confirms it', () => {
    const item = { what: 'no-kraft.dle.1', subject: WHO };
    const known = [happened('deviation-closed', END, WHO)];
    expectPlan(engine, { item, known, at: day('2030-03-01'), op: 'delete', says: 'plan.proposed' });
    const erasure = { base: 'after', event: 'deviation-closed', after: 'P5Y' } as const;
    const { register } = changeActivity(norwegianRegister, 'no-kraft.dle.1', { erasure });
    const policy = registerPolicy(register, { version: '2', validFrom: '2018-07-20' });
    const rule = policy.rules.find(({ id }) => id === 'no-kraft.dle.1.erasure');
    expect(rule?.status).toBe('stated');
    expectPlan(compile(policy), { item, known, at: day('2025-03-01'), op: 'delete' });
    expect(activityReferences(register)).toHaveLength(50);
  });
});

describe('linkRegister', () => {
  it('finds rules that no policy has, and purposes that the record lacks', () => {
    const { register } = changeActivity(norwegianRegister, 'no-kraft.dle.1', {
      rules: ['no-kraft.dle.1.erasure', 'dle.none'],
    });
    expect(linkRegister(register, [norwegian])).toEqual([
      expect.objectContaining({ code: 'register/rule-missing', pointer: '/activities/45/rules/1' }),
    ]);
    const issues = linkRegister(norwegianRegister, [
      {
        id: 'a/b',
        version: '1',
        validFrom: '2026-01-01',
        tz: 'Europe/Oslo',
        vocab: { for: { known: { dpv: 'dpv:DirectMarketing' }, unknown: {} } },
        rules: [{ id: 'r', effect: 'permit', do: ['read'], for: ['known', 'unknown.*', '*'] }],
      },
    ]);
    expect(issues).toEqual([
      expect.objectContaining({
        code: 'register/purpose-missing',
        severity: 'warning',
        pointer: '/a~1b/rules/0/for/1',
      }),
    ]);
  });
});
