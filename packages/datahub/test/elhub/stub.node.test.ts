import { generateKeyPair, importPKCS8, SignJWT } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import type { TestHub } from '../../src/testing.ts';
import { startElhub, stopHubs } from './setup.ts';

afterEach(stopHubs);

interface Wrong {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly otherKey?: boolean;
  readonly grantType?: string;
}

async function ask(hub: TestHub, wrong: Wrong): Promise<{ status: number; body: string }> {
  const now = Math.floor(hub.clock.now() / 1000);
  const key = wrong.otherKey
    ? (await generateKeyPair('RS256')).privateKey
    : await importPKCS8(hub.credentials['privateKey'] ?? '', 'RS256');
  const assertion = await new SignJWT({
    aud: `${hub.origin}/`,
    iss: hub.credentials['clientId'] ?? '',
    scope: 'elhub:balancesupplier',
    iat: now,
    exp: now + 100,
    jti: crypto.randomUUID(),
    ...wrong.claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1', ...wrong.header })
    .sign(key);
  const answer = await hub.fetch(`${hub.origin}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: wrong.grantType ?? 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
    }).toString(),
    redirect: 'manual',
    signal: new AbortController().signal,
  });
  return { status: answer.status, body: new TextDecoder().decode(await answer.arrayBuffer()) };
}

describe('the Maskinporten of the test hub checks what Digdir’s checks', () => {
  test('a right assertion gets a token, once', async () => {
    const hub = await startElhub();
    const claims = { jti: 'the-same' };
    expect((await ask(hub, { claims })).status).toBe(200);
    const again = await ask(hub, { claims });
    expect(again.status).toBe(400);
    expect(again.body).toContain('jti was used before');
  });

  test('every wrong one is refused, and told why', async () => {
    const hub = await startElhub();
    const now = Math.floor(hub.clock.now() / 1000);
    const cases: readonly (readonly [Wrong, string])[] = [
      [{ otherKey: true }, 'signature'],
      [{ claims: { foo: 'bar' } }, 'unknown claim foo'],
      [{ claims: { aud: hub.origin } }, 'aud must be the issuer'],
      [{ claims: { iss: 'someone' } }, 'iss is not'],
      [{ claims: { exp: now + 121 } }, 'more than 120 seconds'],
      [{ claims: { iat: now - 60, exp: now - 1 } }, 'iat is more than 10 seconds off'],
      [{ claims: { iat: now - 5, exp: now - 1 } }, 'expired'],
      [{ claims: { scope: '' } }, 'invalid_scope'],
      [{ claims: { resource: 'text' } }, 'resource must be an array'],
      [{ header: { kid: 'key-2' } }, 'unknown or ambiguous key'],
      [{ header: { x5c: [hub.credentials['certificate']] } }, 'unknown or ambiguous key'],
      [{ grantType: 'client_credentials' }, 'unsupported_grant_type'],
    ];
    const told: string[] = [];
    for (const [wrong, why] of cases) {
      const { status, body } = await ask(hub, wrong);
      if (status !== 400 || !body.includes(why)) told.push(`${why}: ${status} ${body}`);
    }
    expect(told).toEqual([]);
  });

  test('nothing is read without a token, with a made-up one, or with one that has run out', async () => {
    const hub = await startElhub({ options: { tokenSeconds: 30 } });
    const { body } = await ask(hub, {});
    const { access_token: token } = JSON.parse(body) as { access_token: string };
    const read = async (authorization?: string): Promise<number> => {
      const answer = await hub.fetch(`${hub.origin}/access/v0/authorization-grants`, {
        method: 'GET',
        headers: {
          accept: 'application/vnd.api+json',
          'user-agent': 'test/1.0',
          sendergln: hub.credentials['gln'] ?? '',
          ...(authorization === undefined ? {} : { authorization }),
        },
        redirect: 'manual',
        signal: new AbortController().signal,
      });
      return answer.status;
    };
    expect([await read(), await read('Bearer stub.x'), await read(`Bearer ${token}`)]).toEqual([
      401, 401, 200,
    ]);
    await hub.clock.advance(31_000);
    expect(await read(`Bearer ${token}`)).toBe(401);
  });
});
