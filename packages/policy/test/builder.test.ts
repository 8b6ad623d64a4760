import { describe, expect, it } from 'vitest';
import { definePolicy } from '../src/builder.ts';

describe('definePolicy', () => {
  it('gives plain JSON', () => {
    const policy = definePolicy(
      {
        id: 'house',
        version: '1',
        validFrom: '2026-01-01',
        tz: 'Europe/Stockholm',
        vocab: { who: { tenant: {} }, do: { read: {} }, what: { 'meter-data': {} } },
      },
      (rule) => [
        rule.permit({ id: 'own', who: ['tenant'], do: ['read'], what: ['meter-data'] }),
        rule.cap({
          id: 'end',
          what: ['*'],
          clock: { base: 'after', event: 'service-ended' },
          stages: [{ after: 'P0D', to: 'deleted' }],
        }),
        rule.note({ id: 'praise', reason: 'states no duty' }),
      ],
    );
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
    expect(policy.rules.map((rule) => rule.effect)).toEqual(['permit', 'cap', 'info']);
  });

  it('makes a term that the vocabulary does not have a type error', () => {
    const policy = definePolicy(
      { id: 'x', version: '1', validFrom: '2026-01-01', tz: 'UTC', vocab: { do: { read: {} } } },
      (rule) => [
        // @ts-expect-error `raed` is not declared
        rule.permit({ id: 'typo', do: ['raed'] }),
      ],
    );
    expect(policy.rules).toHaveLength(1);
  });
});
