import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { PartyId } from '@metergram/model';
import { collect } from '../../src/index.ts';
import {
  parseThirdPartyReturn,
  requestUrl,
  thirdPartyAccessUrl,
  thirdPartyGrant,
} from '../../src/elhub.ts';
import { visit } from '../visit.ts';
import { client, startElhub, stopHubs, submission } from './setup.ts';

afterEach(stopHubs);

describe('the way over Min side and back', () => {
  test('a request: made, answered by the person, who comes back to the address given, and granted', async () => {
    const hub = await startElhub();
    const elhub = client(hub, { terms: { what: ['hourly'], finest: 'PT1H' } });
    const redirectURI = 'https://me.example/back?state=7';
    const { id } = await elhub.access.createRequest({
      ...submission(),
      meta: { ...submission().meta, redirectURI },
    });
    const address = requestUrl(id, hub.origin);
    expect(await visit(hub.fetch, address)).toEqual([200, null]);
    await hub.act('answer', { id });
    expect(await visit(hub.fetch, address)).toEqual([302, redirectURI]);
    // Who comes back proves nothing: the request itself says what was decided.
    const grant = (await elhub.access.request(id)).relationships.authorizationGrant?.data?.id ?? '';
    expect((await elhub.access.scopes(grant))[0]?.relationships.authorizedResources?.data).toEqual([
      { type: 'MeteringPoint', id: '707057500000000001' },
    ]);
    expect((await collect(elhub.consents())).items).toMatchObject([{ id, state: 'active' }]);
    expect(await visit(hub.fetch, requestUrl(randomUUID(), hub.origin))).toEqual([404, null]);
  });

  test('third-party access: metering points that the person chose, for as long as they said', async () => {
    const hub = await startElhub();
    const gln = hub.credentials['gln'] ?? '';
    const requestId = randomUUID();
    const address = thirdPartyAccessUrl({ gln, requestId, scope: 'Limited', baseUrl: hub.origin });
    expect(await visit(hub.fetch, address)).toEqual([200, null]);
    const meteringPoints = ['707057500000000001', '707057500000000019'];
    await hub.act('choose', { meteringPoints, start: '2025-03-01', end: '2027-01-01' });
    const [status, location] = await visit(hub.fetch, address);
    expect(status).toBe(302);
    const back = parseThirdPartyReturn(location ?? '');
    expect(back).toMatchObject({
      outcome: 'granted',
      requestId,
      receiverGln: gln,
      meteringPoints,
      start: '2025-03-01',
      end: '2027-01-01',
    });
    const grant = thirdPartyGrant(back, {
      from: 'user' as PartyId,
      to: 'us' as PartyId,
      now: hub.clock.now(),
      what: ['hourly'],
    });
    expect(grant).toMatchObject({ state: 'active', meteringPoints, what: ['hourly'] });
    expect(grant?.span).toEqual({
      start: Date.parse('2025-02-28T23:00:00Z'),
      end: Date.parse('2026-12-31T23:00:00Z'),
    });
  });

  test.each(['EH088', 'EH106', 'EH111'])(
    'third-party access that ends with %s gives nothing',
    async (error) => {
      const hub = await startElhub();
      const gln = hub.credentials['gln'] ?? '';
      const request = { gln, requestId: randomUUID(), scope: 'Full' as const, baseUrl: hub.origin };
      await hub.act('choose', { meteringPoints: [], error });
      const [, location] = await visit(hub.fetch, thirdPartyAccessUrl(request));
      expect(parseThirdPartyReturn(location ?? '')).toMatchObject({
        outcome: 'refused',
        errorCode: error,
        requestId: request.requestId,
      });
      const stranger = thirdPartyAccessUrl({ ...request, gln: '7080005060009' });
      expect(await visit(hub.fetch, stranger)).toEqual([403, null]);
    },
  );
});
