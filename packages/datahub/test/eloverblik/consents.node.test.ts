import type { ConsentGrant, PartyId } from '@metergram/model';
import { TRANSITIONS } from '@metergram/policy/consent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HubError } from '../../src/core/fault.ts';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { type ConsentChange, consentChanges, EloverblikThirdParty } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { startTestHub, type TestHub } from '../../src/testing.ts';
import { point, small } from './data.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ hub: 'eloverblik', data: { ...small, grants: [] } });
});
afterAll(() => hub.stop());

const client = (): EloverblikThirdParty =>
  new EloverblikThirdParty({
    refreshToken: hub.credentials['thirdPartyRefreshToken'] as string,
    origin: hub.origin,
    clock: hub.clock,
    fetch: hub.fetch,
    terms: { to: 'us' as PartyId, what: ['consumption'], purposes: ['advice'] },
  });
const interval = localInterval('2026-10-24', '2026-10-27', danishZone);
const give = (id: string, from: string, points: readonly string[], end: string): Promise<unknown> =>
  hub.act('give', {
    id,
    external: { system: 'eloverblik', id },
    from,
    meteringPoints: points,
    span: { start: Date.parse('2026-10-01T00:00:00Z'), end: Date.parse(end) },
    valid: { start: hub.clock.now(), end: Date.parse(end) },
  });

describe('powers of attorney, as customers give and withdraw them', () => {
  it('go through the states that the policy package allows, each followed from lists', async () => {
    const one = client();
    const list = async (): Promise<ConsentGrant[]> => (await collect(one.consents())).items;
    let known: ConsentGrant[] = [];
    const follow = async (): Promise<ConsentChange[]> => {
      const changes = consentChanges(known, await list(), hub.clock.now());
      for (const { before, after } of changes) {
        const from = before?.state ?? 'requested';
        const allowed = Object.values(TRANSITIONS).some(
          (step) => step.to === after.state && step.from.includes(from),
        );
        expect([from, after.state, allowed]).toEqual([from, after.state, true]);
        known = [...known.filter((grant) => grant !== before), after];
      }
      return changes;
    };
    expect(await follow()).toEqual([]);
    await give('g1', 'k1', [point(1)], '2027-06-01T00:00:00Z');
    await give('g2', 'k2', [point(2), point(3)], '2026-12-01T00:00:00Z');
    expect((await follow()).map(({ after }) => [after.id, after.state])).toEqual([
      ['g1', 'active'],
      ['g2', 'active'],
    ]);
    expect(known[1]).toMatchObject({
      from: 'k2',
      to: 'us',
      what: ['consumption'],
      purposes: ['advice'],
      meteringPoints: [point(2), point(3)],
      external: { system: 'eloverblik', id: 'g2' },
    });
    await hub.act('withdraw', { id: 'g1' });
    expect((await follow()).map(({ after }) => [after.id, after.state])).toEqual([
      ['g1', 'withdrawn'],
    ]);
    await hub.clock.advance(20 * 86_400_000);
    expect((await follow()).map(({ after }) => [after.id, after.state])).toEqual([
      ['g2', 'expired'],
    ]);
    expect(await follow()).toEqual([]);
  });

  it('bound what can be read, and a token that is refused changes none', async () => {
    await give('g3', 'k3', [point(3)], '2027-06-01T00:00:00Z');
    const one = client();
    const { outcomes } = await collect(
      one.series({ meteringPoints: [point(3), point(1)], interval }),
    );
    expect(outcomes.map(({ state, faults }) => [state, faults[0]?.code])).toEqual([
      ['complete', undefined],
      ['failed', 'hub/not-permitted'],
    ]);
    const early = await collect(
      one.series({
        meteringPoints: [point(3)],
        interval: localInterval('2026-01-01', '2026-02-01', danishZone),
      }),
    );
    expect(early.outcomes[0]?.faults[0]).toMatchObject({
      code: 'hub/not-permitted',
      hubCode: { code: '30010' },
    });
    const before = (await collect(one.consents())).items;
    await hub.act('withdraw-refresh-tokens');
    await hub.act('refuse-access-tokens');
    // The list does not come, so there is nothing to compare: no consent is taken for withdrawn.
    const error = await collect(one.consents()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HubError);
    expect((error as HubError).code).toBe('hub/credential-refused');
    expect(before.map(({ state }) => state)).toEqual(['active']);
  });
});
