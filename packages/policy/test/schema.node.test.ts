import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check, type Policy } from '../src/index.ts';
import { albertslund, elhub, karleby, ktc, norwegian } from '../src/presets.ts';
import { policySchema } from '../src/schema.ts';
import { accessPolicy, retentionPolicy } from './generate.ts';
import { house } from './house.ts';

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

it.each([house, ktc, karleby, albertslund, elhub, norwegian])(
  'takes $id, as compile does',
  (policy) => {
    expect(validate(policy)).toBe(true);
    expect(check(policy)).toEqual([]);
  },
);

it('takes and refuses what compile takes and refuses: a key too many, a key too few (property)', () => {
  const verdicts = new Set<string>();
  fc.assert(
    fc.property(
      fc.oneof(accessPolicy, retentionPolicy),
      fc.nat(),
      fc.boolean(),
      (given, at, more) => {
        const policy = JSON.parse(JSON.stringify(given)) as Policy;
        const places: Record<string, unknown>[] = [];
        const visit = (value: unknown): void => {
          if (typeof value !== 'object' || value === null) return;
          if (!Array.isArray(value)) places.push(value as Record<string, unknown>);
          for (const each of Object.values(value)) visit(each);
        };
        visit(policy.rules);
        const place = places[at % places.length];
        if (place === undefined) return;
        const key = Object.keys(place)[at % Math.max(1, Object.keys(place).length)] ?? '';
        if (more) place['unles'] = 1;
        else delete place[key];
        const takes = validate(policy);
        const codes = check(policy).map(({ code }) => code);
        expect({ rules: policy.rules, takes }).toEqual({
          rules: policy.rules,
          takes: !codes.some((code) => /bad-|no-clock/.test(code)),
        });
        verdicts.add(`${more} ${takes}`);
      },
    ),
    { numRuns: 400 },
  );
  expect(verdicts).toContain('true false');
  expect(verdicts).toContain('false false');
});
