import { compile } from '@metergram/policy';
import { elhub, ELHUB_ITEMS } from '@metergram/policy/presets';
import { describe, expect, it } from 'vitest';
import { expectAnswer, expectPlan } from './case.ts';
import { ELHUB_PERIODS } from './elhub-periods.cases.ts';

const engine = compile(elhub);
const count = (table: string): number => ELHUB_ITEMS.filter((item) => item.table === table).length;

describe('items of the datahub', () => {
  it('are 5 general ones, 16 of the market and 4 traces, under 7 periods', () => {
    expect([count('general'), count('market'), count('web')]).toEqual([5, 16, 4]);
    const periods = new Set(
      ELHUB_ITEMS.map(({ retention }) => retention).filter((id) => id !== null),
    );
    expect([...periods].sort()).toEqual(Object.keys(ELHUB_PERIODS).sort());
    expect(ELHUB_ITEMS.filter(({ status }) => status === 'inferred')).toHaveLength(11);
  });

  it('are each covered by exactly the period that their row shares', () => {
    for (const { id, retention } of ELHUB_ITEMS) {
      const rules = elhub.rules.filter(
        (rule) =>
          rule.effect === 'cap' && rule.id.startsWith('elhub.ret.') && rule.what.includes(id),
      );
      expect(rules.map((rule) => rule.id)).toEqual(retention === null ? [] : [retention]);
    }
  });

  it.each(ELHUB_ITEMS.filter(({ retention }) => retention !== null))(
    '$id is kept and erased as its row says ($retention)',
    ({ id, retention }) => {
      const planned = ELHUB_PERIODS[retention ?? '']?.(id) ?? [];
      expect(planned.length).toBeGreaterThan(1);
      for (const plan of planned) expectPlan(engine, plan);
    },
  );

  it.each(ELHUB_ITEMS.filter(({ retention }) => retention === null))(
    '$id has no period in the document: nothing erases it but the end of its purpose',
    ({ id }) => {
      expectPlan(engine, { item: { what: id, end: 0 }, op: 'keep' });
      const known = [
        { type: 'state', name: 'purpose:security', at: 0, seen: 0, to: 1000 } as const,
      ];
      const item = { what: id, end: 0, purposes: ['security'] };
      expectPlan(engine, { item, known, op: 'delete', by: 'elh.05.storage-limit', due: 1000 });
    },
  );

  it.each(ELHUB_ITEMS)('$id may be used for its own purposes and for no other', (item) => {
    const facts = { 'item.purposes': item.purposes, 'process.needsIdentity': true };
    for (const purpose of item.purposes) {
      const ask = { as: 'elhub', do: 'use', what: item.id, for: purpose, facts };
      expectAnswer(engine, { ask, is: 'permit' }, {});
    }
    const ask = { as: 'elhub', do: 'use', what: item.id, for: 'marketing', facts };
    expectAnswer(engine, { ask, is: 'deny', by: 'elh.01.purpose-limit' }, {});
  });
});
