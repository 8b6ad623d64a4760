import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { MeteringPointId, PartyId } from '@metergram/model';
import {
  authorizationUrl,
  type FingridAuthorizationStatus,
  fingridGrant,
  parseAuthorizationReturn,
} from '../../src/fingrid.ts';
import { collect } from '../../src/index.ts';
import type { TestHub } from '../../src/testing.ts';
import { visit } from '../visit.ts';
import { client, CUSTOMER, first, startFingrid, stopHubs } from './setup.ts';

afterEach(stopHubs);

const returnUrl = 'https://me.example/back';
const browserOf = (hub: TestHub) => hub.fetchAs('good');

async function asked(hub: TestHub): Promise<string> {
  await hub.act('withdraw', { customer: CUSTOMER });
  const id = randomUUID();
  await hub.act('request', { id, customer: CUSTOMER });
  return id;
}

async function stateOf(hub: TestHub, requestId: string): Promise<string> {
  const status = (await hub.act('status', { id: requestId })) as FingridAuthorizationStatus;
  const valid = { start: 0, end: null };
  const parties = { from: 'customer' as PartyId, to: 'us' as PartyId };
  const meteringPoints: MeteringPointId[] = [first];
  const terms = { meteringPoints, what: ['hourly'], purposes: ['advice'], finest: 'PT1H' as const };
  return fingridGrant({ requestId, status, ...parties, ...terms, valid }, hub.clock.now()).state;
}

describe('the way over the Authorization Service and back', () => {
  test.each(['FI', 'SV', 'EN'] as const)(
    'a customer accepts in %s, comes back, and the data can be read',
    async (language) => {
      const hub = await startFingrid();
      const requestId = await asked(hub);
      const relay = randomBytes(16).toString('base64');
      const address = authorizationUrl({
        baseUrl: hub.origin,
        language,
        requestId,
        returnUrl,
        relay,
      });
      expect(await visit(browserOf(hub), address)).toEqual([200, null]);
      expect(await stateOf(hub, requestId)).toBe('requested');
      expect((await collect(client(hub).points())).items).toEqual([]);

      await hub.act('answer', { id: requestId, status: 'Approved' });
      const [status, location] = await visit(browserOf(hub), address);
      expect(status).toBe(302);
      expect(location?.split('?')[0]).toBe(returnUrl);
      // Who comes back says only who they are.
      expect(parseAuthorizationReturn(location ?? '')).toMatchObject({ relay, status: null });
      expect(await stateOf(hub, requestId)).toBe('active');
      expect((await collect(client(hub).points())).items).toHaveLength(3);
    },
  );

  test.each([
    ['Rejected', 'refused'],
    ['Cancelled', 'terminated'],
  ])(
    'a request that ends as %s gives nothing, although the customer comes back',
    async (status, state) => {
      const hub = await startFingrid();
      const requestId = await asked(hub);
      const address = authorizationUrl({
        baseUrl: hub.origin,
        language: 'FI',
        requestId,
        returnUrl,
      });
      await hub.act('answer', { id: requestId, status });
      expect(await visit(browserOf(hub), address)).toEqual([302, returnUrl]);
      expect(await stateOf(hub, requestId)).toBe(state);
      expect((await collect(client(hub).points())).items).toEqual([]);
    },
  );

  test('a request that nobody answers lapses', async () => {
    const hub = await startFingrid();
    const requestId = await asked(hub);
    await hub.clock.advance(29 * 86_400_000);
    expect(await stateOf(hub, requestId)).toBe('lapsed-request');
  });

  test('a stranger’s return address, and a request that was never made, lead nowhere', async () => {
    const hub = await startFingrid();
    const requestId = await asked(hub);
    const to = (more: object): URL =>
      authorizationUrl({ baseUrl: hub.origin, language: 'EN', requestId, returnUrl, ...more });
    const elsewhere = to({ returnUrl: 'https://thief.example/back' });
    expect(await visit(browserOf(hub), elsewhere)).toEqual([400, null]);
    expect(await visit(browserOf(hub), to({ requestId: randomUUID() }))).toEqual([404, null]);
  });
});
