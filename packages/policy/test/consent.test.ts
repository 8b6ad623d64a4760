import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Fact, type Grant } from '../src/index.ts';
import {
  advance,
  grantOf,
  type GrantEvent,
  receiptOf,
  stateAt,
  stateFrom,
  stateOfElhub,
  stateOfEloverblik,
  STATES,
  stateTo,
  TRANSITIONS,
} from '../src/consent.ts';
import { ask, consent, day, house } from './house.ts';

const JUNE = day('2026-06-01');
const step = (grant: Grant, event: GrantEvent, at = JUNE) => {
  const result = advance(grant, event, at);
  if (!result.ok) throw new Error(result.issue.code);
  return result;
};
const code = (grant: Grant, event: GrantEvent) => {
  const result = advance(grant, event, JUNE);
  return result.ok ? null : result.issue.code;
};
const draft = consent({ state: 'draft' });

const give = (part: Partial<Grant>, power?: Grant) =>
  code(consent({ state: 'draft', ...part }), {
    do: 'give',
    method: 'signature',
    by: 'guardian',
    ...(power === undefined ? null : { authority: power }),
  });

describe('states of other systems', () => {
  it('maps every word there and back', () => {
    for (const row of STATES)
      for (const scheme of ['elhub', 'eloverblik', 'eddie', 'dpv'] as const)
        for (const word of row[scheme]) expect(stateFrom(scheme, word)).toBe(row.state);
  });

  it('has a word for every state in every system, and says where it loses something', () => {
    for (const { state } of STATES)
      for (const scheme of ['elhub', 'eloverblik', 'eddie', 'dpv'] as const) {
        const { word, exact, loss } = stateTo(scheme, state);
        expect(word).not.toBe('');
        expect(loss === undefined).toBe(exact);
        if (exact) expect(stateFrom(scheme, word)).toBe(state);
        // What is not live must never become live in another's words, but for Elhub's, whose dates tell.
        if (!exact && stateFrom(scheme, word) === 'active')
          expect([scheme, state]).toEqual(['elhub', 'expired']);
      }
  });

  it('knows expiry by date where a system has no word for it', () => {
    expect(stateOfElhub({ word: 'grant:Active', validTo: JUNE }, JUNE - 1)).toBe('active');
    expect(stateOfElhub({ word: 'grant:Active', validTo: JUNE }, JUNE)).toBe('expired');
    expect(stateOfElhub({ word: 'request:Pending', validTo: JUNE }, JUNE)).toBe('lapsed-request');
    expect(stateOfElhub({ word: 'grant:Revoked', validTo: JUNE }, JUNE)).toBe('withdrawn');
    expect(stateOfEloverblik({ listed: true, until: JUNE }, JUNE - 1)).toBe('active');
    expect(stateOfEloverblik({ listed: false, until: JUNE }, JUNE - 1)).toBe('withdrawn');
    expect(stateOfEloverblik({ listed: false, until: JUNE }, JUNE)).toBe('expired');
    expect(stateFrom('elhub', 'grant:active')).toBeNull();
  });
});

describe('life of a grant', () => {
  it('is asked for, given, narrowed, withdrawn for one purpose, and withdrawn', () => {
    const requested = step(consent({ state: 'draft', purposes: ['presentation', 'marketing'] }), {
      do: 'request',
    });
    expect(requested.grant.state).toBe('requested');
    const given = step(requested.grant, { do: 'give', method: 'active-act-in-portal' }, JUNE);
    expect(given.grant).toMatchObject({
      state: 'active',
      given: JUNE,
      method: 'active-act-in-portal',
    });
    const narrowed = step(given.grant, { do: 'narrow', finest: 'P1M' });
    expect(narrowed.grant.finest).toBe('P1M');
    const less = step(narrowed.grant, { do: 'withdraw', purposes: ['marketing'] });
    expect(less.grant).toMatchObject({ state: 'active', withdrawn: ['marketing'] });
    expect(step(less.grant, { do: 'withdraw', purposes: ['presentation'] }).grant.state).toBe(
      'withdrawn',
    );
  });

  it('does not take a ticked box for consent, nor widen, nor skip steps', () => {
    expect(code(draft, { do: 'give', method: 'pre-ticked' })).toBe('grant/bad-transition');
    expect(code(consent(), { do: 'narrow', finest: 'raw' })).toBe('grant/widened');
    expect(code(consent(), { do: 'narrow', purposes: ['presentation', 'marketing'] })).toBe(
      'grant/widened',
    );
    expect(code(consent(), { do: 'narrow', valid: { start: null, end: null } })).toBe(
      'grant/widened',
    );
    expect(code(draft, { do: 'withdraw' })).toBe('grant/bad-transition');
    expect(code(consent({ state: 'withdrawn' }), { do: 'give', method: 'signature' })).toBe(
      'grant/bad-transition',
    );
  });

  it('is given for another only within a power that holds', () => {
    const authority = consent({ id: 'poa', kind: 'delegation', to: 'guardian', finest: 'P1D' });
    expect(give({}, authority)).toBeNull();
    expect(give({})).toBe('grant/no-authority');
    expect(give({}, { ...authority, valid: { start: null, end: JUNE } })).toBe(
      'grant/no-authority',
    );
    expect(give({}, { ...authority, state: 'withdrawn' })).toBe('grant/no-authority');
    expect(give({ finest: 'PT1H' }, authority)).toBe('grant/beyond-principal');
    expect(give({ purposes: ['marketing'] }, authority)).toBe('grant/beyond-principal');
  });

  it('ends by time without anybody recording it', () => {
    expect(stateAt(consent(), day('2026-12-31'))).toBe('active');
    expect(stateAt(consent(), day('2027-01-01'))).toBe('expired');
    expect(stateAt(consent({ state: 'requested' }), JUNE, JUNE)).toBe('lapsed-request');
  });

  it('is live in one state only, and no event leads from an end back to it', () => {
    expect(STATES.filter((row) => row.live).map((row) => row.state)).toEqual(['active']);
    const ends = new Set([
      'withdrawn',
      'expired',
      'exhausted',
      'terminated',
      'invalidated',
      'refused',
    ]);
    for (const [event, { from, to }] of Object.entries(TRANSITIONS))
      if (to === 'active' && event !== 'narrow')
        expect(from.filter((state) => ends.has(state))).toEqual([]);
  });
});

describe('receipts', () => {
  it('reads back the grant that it was made of', () => {
    const given = step(consent({ state: 'draft', by: 'guardian' }), {
      do: 'give',
      method: 'electronic-signature',
    });
    const gone = step(given.grant, { do: 'withdraw' }, JUNE + 1);
    const facts: Fact[] = [given.fact, gone.fact];
    const receipt = receiptOf(gone.grant, facts, {
      controller: { id: 'utility', name: 'Utility', contact: 'dpo@utility.example' },
      notice: 'https://utility.example/privacy',
      language: 'sv',
      withdrawal: 'https://utility.example/my-consents',
      vocab: { ...house.vocab, for: { presentation: { dpv: 'dpv:ServiceProvision' } } },
    });
    expect(receipt.events.map((event) => event.event_state)).toEqual([
      'dpv:ConsentGiven',
      'dpv:ConsentWithdrawn',
    ]);
    expect(receipt.pii_processing[0]?.purposes[0]?.['@id']).toBe('dpv:ServiceProvision');
    expect(receipt.pii_processing[0]?.lawful_basis).toBe('eu-gdpr:A6-1-a');
    const { given: _, ...kept } = gone.grant;
    expect(grantOf(JSON.parse(JSON.stringify(receipt))).grant).toEqual(kept);
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
      }
    const local = { ...receipt, validity_duration: { start: '2026-01-01T00:00:00', end: null } };
    expect(grantOf(local).issues).toMatchObject([{ pointer: '/validity_duration' }]);
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
});

it('no sequence of events makes a grant give more than was given', () => {
  const event: fc.Arbitrary<GrantEvent> = fc.oneof(
    fc.constantFrom<GrantEvent>(
      { do: 'withdraw', purposes: ['marketing'] },
      { do: 'withdraw' },
      { do: 'expire' },
      { do: 'wind-down' },
      { do: 'terminate' },
      { do: 'invalidate' },
      { do: 'narrow', finest: 'P1M' },
      { do: 'narrow', finest: 'raw' },
      { do: 'narrow', purposes: ['presentation'] },
      { do: 'narrow', span: { start: day('2026-01-01'), end: null } },
    ),
  );
  const engine = compile(house);
  const size = (facts: Fact[], purpose: string): string => {
    const q = ask({
      at: day('2026-12-01'),
      actor: { id: 'tv', roles: ['tv-provider'] },
      for: purpose,
      subject: 'anna',
      facts: {},
    });
    return engine.decide(q, engine.know(facts)).outcome;
  };
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), (events) => {
      let grant = consent({ purposes: ['presentation', 'marketing'], finest: 'PT1H' });
      const facts: Fact[] = [{ type: 'grant', at: day('2026-01-01'), seen: 0, grant }];
      const order = ['deny', 'permit-with', 'permit'];
      let before = [2, 2];
      for (const [place, each] of events.entries()) {
        const result = advance(grant, each, day('2026-02-01') + place);
        if (!result.ok) continue;
        grant = result.grant;
        facts.push(result.fact);
        const now = ['presentation', 'marketing'].map((purpose) =>
          order.indexOf(size(facts, purpose)),
        );
        expect(now[0]).toBeLessThanOrEqual(before[0]!);
        expect(now[1]).toBeLessThanOrEqual(before[1]!);
        before = now;
      }
    }),
    { numRuns: 200 },
  );
});
