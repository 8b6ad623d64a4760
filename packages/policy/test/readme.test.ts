import { expect, it } from 'vitest';
import { definePolicy } from '../src/builder.ts';
import { compile } from '../src/index.ts';

// The example of the README, word for word; readme.node.test.ts holds the two together.
it('the README’s example permits, and names the rule', () => {
  const policy = definePolicy(
    {
      id: 'house',
      version: '1',
      validFrom: '2026-01-01',
      tz: 'Europe/Stockholm',
      vocab: {
        who: { tenant: {}, tv: {} },
        do: { read: {} },
        what: { 'meter-data': {} },
        for: { insight: {} },
      },
    },
    (rule) => [
      rule.permit({
        id: 'own',
        who: ['tenant'],
        do: ['read'],
        what: ['meter-data'],
        for: ['insight'],
        basis: 'contract',
        if: { fact: 'resource.household', value: '$actor.household' },
      }),
      rule.permit({
        id: 'tv',
        who: ['tv'],
        do: ['read'],
        what: ['meter-data'],
        for: ['insight'],
        finest: 'P1D',
        if: { grant: { from: 'household', to: '$actor' } },
      }),
    ],
  );
  const engine = compile(policy);
  const answer = engine.decide({
    at: Date.UTC(2026, 5, 1),
    actor: { id: 'anna', roles: ['tenant'] },
    do: 'read',
    what: 'meter-data',
    for: 'insight',
    facts: { 'resource.household': '1103', 'actor.household': '1103' },
  });
  expect([answer.outcome, answer.because.map((reason) => reason.rule)]).toEqual([
    'permit',
    ['own', 'own'],
  ]);
});
