import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Fact, type Grant } from '../src/index.ts';
import {
  advance,
  isLive,
  type GrantEvent,
  stateAt,
  stateFrom,
  stateOfElhub,
  stateOfEloverblik,
  STATES,
  stateTo,
  TRANSITIONS,
} from '../src/consent.ts';
import { ask, consent, day, grantFact, house } from './house.ts';

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
        // What is not live never becomes live in another's words.
        expect(stateFrom(scheme, word) === 'active').toBe(state === 'active');
      }
  });

  it('knows every state of Elhub’s requests, documents and grants', () => {
    const words = {
      request: { Pending: 'requested', Accepted: 'active', Rejected: 'refused' },
      document: { Pending: 'requested', Signed: 'active', Rejected: 'refused' },
      grant: { Active: 'active', Exhausted: 'exhausted', Revoked: 'withdrawn', Expired: 'expired' },
    } as const;
    for (const [kind, states] of Object.entries(words))
      for (const [word, state] of Object.entries(states))
        expect(stateFrom('elhub', `${kind}:${word}`)).toBe(state);
    for (const kind of ['request', 'document'])
      expect(stateFrom('elhub', `${kind}:Expired`)).toBe('lapsed-request');
  });

  it('knows expiry by date where nobody has changed the word yet', () => {
    expect(stateOfElhub({ word: 'grant:Active', validTo: JUNE }, JUNE - 1)).toBe('active');
    expect(stateOfElhub({ word: 'grant:Active', validTo: JUNE }, JUNE)).toBe('expired');
    expect(stateOfElhub({ word: 'request:Pending', validTo: JUNE }, JUNE)).toBe('lapsed-request');
    expect(stateOfElhub({ word: 'grant:Revoked', validTo: JUNE }, JUNE)).toBe('withdrawn');
    expect(stateOfEloverblik({ listed: true, until: JUNE }, JUNE - 1)).toBe('active');
    expect(stateOfEloverblik({ listed: false, until: JUNE }, JUNE - 1)).toBe('withdrawn');
    expect(stateOfEloverblik({ listed: false, until: JUNE }, JUNE)).toBe('expired');
    expect(stateFrom('elhub', 'grant:active')).toBeNull();
    // A date that is none ends what rests on it.
    expect(stateOfElhub({ word: 'grant:Active', validTo: Number.NaN }, JUNE)).toBe('expired');
    expect(stateOfEloverblik({ listed: true, until: Number.NaN }, JUNE)).toBe('expired');
  });

  it('refuses with a code and a place what is no state and no system', () => {
    const odd = 'toString' as never;
    expect(() => stateTo('dpv', odd)).toThrow('question/bad-shape at /state');
    expect(() => stateTo(odd, 'active')).toThrow('question/bad-shape at /scheme');
    expect(() => stateFrom(odd, 'active')).toThrow('question/bad-shape at /scheme');
    expect(isLive(odd)).toBe(false);
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

  it('is told what is no grant, no event, no act and no instant, with a code and a place', () => {
    const issue = (grant: unknown, event: unknown, at: unknown = JUNE) => {
      const result = advance(grant as Grant, event as GrantEvent, at as number);
      return result.ok ? null : `${result.issue.code} ${result.issue.pointer}`;
    };
    expect(issue(null, { do: 'request' })).toBe('fact/bad-shape /grant');
    expect(issue({ ...draft, what: 'x' }, { do: 'request' })).toBe('fact/bad-shape /grant/what');
    expect(issue({ ...draft, state: 'x' }, { do: 'request' })).toBe('fact/bad-shape /grant/state');
    expect(issue({ ...draft, kind: 'x' }, { do: 'request' })).toBe('fact/bad-shape /grant/kind');
    expect(issue({ ...draft, given: 'x' }, { do: 'request' })).toBe('fact/bad-shape /grant/given');
    expect(issue({ ...draft, once: 1 }, { do: 'request' })).toBe('fact/bad-shape /grant/once');
    expect(issue(draft, { do: 'request' }, Number.NaN)).toBe('fact/bad-shape /at');
    expect(issue(draft, { do: 'request', valid: 7 })).toBe('fact/bad-shape /grant/valid');
    for (const odd of [null, 'give', {}, { do: 'constructor' }, { do: 'give-up' }])
      expect(issue(draft, odd)).toBe('grant/bad-transition /do');
    expect(issue(draft, { do: 'give' })).toBe('grant/bad-transition /method');
    expect(issue(draft, { do: 'give', method: 'x' })).toBe('grant/bad-transition /method');
    expect(issue(consent(), { do: 'narrow', purposes: 'x' })).toBe(
      'fact/bad-shape /grant/purposes',
    );
    for (const purposes of [[], 'presentation', [7], null])
      expect(issue(consent(), { do: 'withdraw', purposes })).toBe('grant/bad-transition /purposes');
  });

  it('stays in its state when it is narrowed', () => {
    for (const state of TRANSITIONS.narrow.from)
      expect(step(consent({ state }), { do: 'narrow', finest: 'P1M' }).grant.state).toBe(state);
  });

  it('is renewed for a time that is asked for, not for one that is over', () => {
    const after = day('2027-02-01');
    const ended = step(consent(), { do: 'expire' }, day('2027-01-01')).grant;
    const same = step(ended, { do: 'request' }, after).grant;
    expect(advance(same, { do: 'give', method: 'signature' }, after)).toMatchObject({
      ok: false,
      issue: { code: 'grant/bad-transition', pointer: '/valid' },
    });
    const valid = { start: after, end: day('2028-01-01') };
    const asked = step(ended, { do: 'request', valid }, after).grant;
    const given = step(asked, { do: 'give', method: 'signature' }, after).grant;
    expect(given).toMatchObject({ state: 'active', valid });
    expect(stateAt(given, after)).toBe('active');
  });

  it('knows by a vocabulary what is narrower, and which purposes there are', () => {
    const { vocab } = house;
    const wide = consent({ purposes: ['insight'] });
    const to: GrantEvent = {
      do: 'narrow',
      purposes: ['presentation'],
      what: ['meter-data.hourly'],
    };
    expect(code(wide, to)).toBe('grant/widened');
    expect(advance(wide, to, JUNE, JUNE, vocab).ok).toBe(true);
    const back: GrantEvent = { do: 'narrow', purposes: ['insight'] };
    expect(advance(consent(), back, JUNE, JUNE, vocab).ok).toBe(false);
    const misspelt: GrantEvent = { do: 'withdraw', purposes: ['presentatoin'] };
    expect(advance(consent(), misspelt, JUNE, JUNE, vocab)).toMatchObject({
      issue: { code: 'grant/bad-transition', pointer: '/purposes' },
    });
    const all = advance(consent(), { do: 'withdraw', purposes: ['insight'] }, JUNE, JUNE, vocab);
    expect(all.ok && all.grant.state).toBe('withdrawn');
    // A power for a broader purpose reaches the narrower, not what was taken back of it.
    const authority = consent({
      id: 'p',
      kind: 'delegation',
      to: 'guardian',
      purposes: ['insight'],
    });
    const giving = (power: Grant): GrantEvent => ({
      do: 'give',
      method: 'signature',
      by: 'guardian',
      authority: power,
    });
    expect(advance(draft, giving(authority), JUNE, JUNE, vocab).ok).toBe(true);
    for (const withdrawn of [['insight'], ['presentation']])
      expect(advance(draft, giving({ ...authority, withdrawn }), JUNE, JUNE, vocab)).toMatchObject({
        issue: { code: 'grant/beyond-principal' },
      });
  });

  it('was never one when it is invalidated, whether or not anyone wrote down when it was given', () => {
    const engine = compile(house);
    const tv = ask({
      at: day('2026-03-01'),
      actor: { id: 'tv', roles: ['tv-provider'] },
      for: 'presentation',
      subject: 'anna',
      facts: {},
    });
    for (const valid of [consent().valid, { start: null, end: null }]) {
      const first = grantFact(consent({ valid }), day('2026-02-01'));
      const gone = step(consent({ valid }), { do: 'invalidate' }, day('2026-09-01'));
      expect(engine.decide(tv, engine.know([first])).outcome).toBe('permit-with');
      expect(engine.decide(tv, engine.know([first, gone.fact])).outcome).toBe('deny');
    }
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
    for (const { from, to } of Object.values(TRANSITIONS))
      if (to === 'active') expect(from.filter((state) => ends.has(state))).toEqual([]);
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
