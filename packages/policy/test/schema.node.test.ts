import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { policySchema } from '../src/schema.ts';

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(policySchema);
const head = { id: 'p', version: '1', validFrom: '2026-01-01', tz: 'UTC', vocab: {} };

it('takes one rule of each kind', () => {
  const rules = [
    { id: 'a', effect: 'permit', do: ['read'], if: { fact: 'x' }, then: [{ do: 'log' }] },
    {
      id: 'b',
      effect: 'cap',
      what: ['*'],
      clock: { base: 'while', state: { any: ['power-agreement', 'grid-agreement'] } },
      stages: [{ after: '$service.hourlyFor', to: 'P1D' }],
    },
    { id: 'c', effect: 'duty', on: 'personal-data-breach', must: 'notify', within: 'PT72H' },
    { id: 'd', effect: 'classify', what: ['a'], as: ['b'] },
    { id: 'e', effect: 'inherit', from: 'law:X', reason: 'a law, not a rule' },
  ];
  expect(validate({ ...head, rules })).toBe(true);
});

it.each([
  ['a retention rule without a clock', { id: 'b', effect: 'cap', what: ['*'], stages: [] }],
  ['an unknown effect', { id: 'b', effect: 'allow', do: ['read'] }],
  ['a priority', { id: 'b', effect: 'permit', do: ['read'], priority: 1 }],
  ['a made-up operator', { id: 'b', effect: 'permit', do: ['x'], if: { fact: 'x', op: 'eval' } }],
])('refuses %s', (_name, rule) => {
  expect(validate({ ...head, rules: [rule] })).toBe(false);
});
