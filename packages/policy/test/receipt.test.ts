import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, Grant } from '../src/index.ts';
import { advance, grantOf, type GrantEvent, receiptOf, STATES } from '../src/consent.ts';
import { grant as grantLike } from './generate.ts';
import { consent, day, grantFact, house } from './house.ts';

const JUNE = day('2026-06-01');
const BROKEN = { issue: { code: 'fact/bad-shape' } };
const options = {
  controller: { id: 'utility', name: 'Utility', contact: 'dpo@utility.example' },
  notice: 'https://utility.example/privacy',
  language: 'sv',
  withdrawal: 'https://utility.example/my-consents',
};
const step = (grant: Grant, event: GrantEvent, at = JUNE) => {
  const result = advance(grant, event, at);
  if (!result.ok) throw new Error(result.issue.code);
  return result;
};

describe('receipts', () => {
  it('reads back the grant that it was made of', () => {
    const given = step(consent({ state: 'draft', by: 'guardian' }), {
      do: 'give',
      method: 'electronic-signature',
    });
    const gone = step(given.grant, { do: 'withdraw' }, JUNE + 1);
    const facts: Fact[] = [given.fact, gone.fact];
    const receipt = receiptOf(gone.grant, facts, {
      ...options,
      vocab: { ...house.vocab, for: { presentation: { dpv: 'dpv:ServiceProvision' } } },
    });
    expect(receipt.events.map((event) => event.event_state)).toEqual([
      'dpv:ConsentGiven',
      'dpv:ConsentWithdrawn',
    ]);
    expect(receipt.pii_processing[0]?.purposes[0]?.['@id']).toBe('dpv:ServiceProvision');
    expect(receipt.pii_processing[0]?.lawful_basis).toBe('eu-gdpr:A6-1-a');
    expect(grantOf(JSON.parse(JSON.stringify(receipt))).grant).toEqual(gone.grant);
    // Any part put out of shape: a grant or issues with a place, never anything thrown.
    const parts = (value: unknown, at: readonly string[] = []): (readonly string[])[] => [
      ...(at.length > 0 ? [at] : []),
      ...(typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, each]) => parts(each, [...at, key]))
        : []),
    ];
    for (const path of parts(receipt))
      for (const bad of [null, 7, 'x', {}, [], undefined]) {
        const copy = structuredClone(receipt) as unknown as Record<string, unknown>;
        let inner: Record<string, unknown> = copy;
        for (const key of path.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
        inner[path.at(-1)!] = bad;
        const { grant, issues } = grantOf(copy);
        expect(grant === null).toBe(issues.length > 0);
        // What comes back is a grant: the engine takes it.
        if (grant !== null) expect(advance(grant, { do: 'narrow' }, 0)).not.toMatchObject(BROKEN);
      }
    const local = { ...receipt, validity_duration: { start: '2026-01-01T00:00:00', end: null } };
    expect(grantOf(local).issues).toMatchObject([{ pointer: '/validity_duration/start' }]);
  });

  it('refuses what is no receipt', () => {
    for (const bad of [
      null,
      {},
      { schema_version: 'x' },
      { schema_version: 'metergram.receipt/1' },
    ])
      expect(grantOf(bad).grant).toBeNull();
  });

  it('say who brought each thing about', () => {
    const steps: readonly (readonly [GrantEvent, string])[] = [
      [{ do: 'request' }, 'tv'],
      [{ do: 'give', method: 'paper' }, 'anna'],
      [{ do: 'terminate' }, 'tv'],
    ];
    const other: readonly (readonly [GrantEvent, string])[] = [
      [{ do: 'expire' }, 'utility'],
      [{ do: 'withdraw' }, 'anna'],
      [{ do: 'invalidate' }, 'dpv:Authority'],
    ];
    const who = (...all: readonly (readonly [GrantEvent, string])[]) => {
      let grant = consent({ state: 'draft' });
      const facts = all.map(([event], place) => {
        const { grant: next, fact } = step(grant, event, JUNE + place);
        grant = next;
        return fact;
      });
      return receiptOf(grant, facts, options).events.map((event) => event.entity_id);
    };
    expect(who(...steps)).toEqual(steps.map(([, entity]) => entity));
    for (const last of other)
      expect(who(steps[0]!, steps[1]!, last)).toEqual(['tv', 'anna', last[1]]);
  });

  it('of an invalidated grant are of none, whatever came between, and say since when', () => {
    const given = step(consent({ state: 'draft' }), { do: 'give', method: 'paper' }, JUNE);
    const less = step(given.grant, { do: 'narrow', finest: 'P1M' }, JUNE + 1);
    const gone = step(less.grant, { do: 'invalidate' }, JUNE + 2);
    const receipt = receiptOf(gone.grant, [given.fact, less.fact, gone.fact], options);
    expect(receipt.events.at(-1)).toMatchObject({
      event_state: 'dpv:ConsentInvalidated',
      event_time: new Date(JUNE + 2).toISOString(),
      'metergram:effectiveFrom': new Date(JUNE).toISOString(),
    });
    expect(grantOf(receipt).grant).toEqual(gone.grant);
  });

  it('keep that a grant is for one use, and what another system calls it', () => {
    const external = { system: 'elhub', id: '42', state: { scheme: 'elhub', code: 'Active' } };
    const grant = consent({ once: true, external, kind: 'delegation', meteringPoints: [] });
    expect(grantOf(receiptOf(grant, [grantFact(grant)], options)).grant).toEqual(grant);
  });

  it('are refused with the place of what is wrong', () => {
    const receipt = receiptOf(consent(), [grantFact(consent())], options);
    const [process] = receipt.pii_processing;
    const place = (part: object): string | undefined =>
      grantOf({ ...receipt, ...part }).issues[0]?.pointer;
    expect(place({ record_id: 7 })).toBe('/record_id');
    expect(place({ pii_principal_id: undefined })).toBe('/pii_principal_id');
    expect(place({ 'metergram:kind': 'delegatoin' })).toBe('/metergram:kind');
    expect(place({ 'metergram:given': 'yesterday' })).toBe('/metergram:given');
    expect(place({ pii_processing: [process, process] })).toBe('/pii_processing');
    expect(place({ pii_processing: [{ ...process, purposes: [{}] }] })).toBe(
      '/pii_processing/0/purposes/0',
    );
    expect(place({ pii_processing: [{ ...process, 'metergram:finest': 'fine' }] })).toBe(
      '/pii_processing/0/metergram:finest',
    );
    expect(
      place({ pii_processing: [{ ...process, 'metergram:dataTo': '2026-01-01T00:00' }] }),
    ).toBe('/pii_processing/0/metergram:dataTo');
    const bad = (grant: unknown, facts: unknown, part: unknown) => () =>
      receiptOf(grant as Grant, facts as Fact[], part as typeof options);
    expect(bad(null, [], options)).toThrow('fact/bad-shape at /grant');
    expect(bad(consent(), [{ ...grantFact(consent()), at: Number.NaN }], options)).toThrow(
      'fact/bad-shape at /0/at',
    );
    expect(bad(consent(), [grantFact(consent({ state: 'x' as never }))], options)).toThrow(
      'fact/bad-shape at /0/grant/state',
    );
    expect(bad(consent(), [], undefined)).toThrow('question/bad-shape');
    expect(bad(consent(), [], { ...options, notice: '' })).toThrow('question/bad-shape at /notice');
  });

  it('keep everything of any grant in any state (property)', () => {
    const states = fc.constantFrom(...STATES.map((row) => row.state));
    const more = fc.record(
      {
        kind: fc.constantFrom('consent' as const, 'delegation' as const),
        by: fc.constant('guardian'),
        basis: fc.constantFrom('contract' as const, 'public-task' as const),
        method: fc.constantFrom('paper' as const, 'court-decision' as const),
        given: fc.integer({ min: -1e12, max: 1e13 }),
        once: fc.boolean(),
        withdrawn: fc.subarray(['presentation', 'marketing']),
        meteringPoints: fc.subarray(['m1', 'm2']),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(grantLike, states, more, (base, state, part) => {
        const whole: Grant = { ...base, ...part, state };
        const stored: unknown = JSON.parse(
          JSON.stringify(receiptOf(whole, [grantFact(whole)], options)),
        );
        expect(grantOf(stored)).toEqual({ grant: whole, issues: [] });
      }),
      { numRuns: 500 },
    );
  });
});
