import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  jwtVerify,
} from 'jose';
import { describe, expect, test } from 'vitest';
import { HubError } from '../../src/index.ts';
import { createElhub, MASKINPORTEN, type MaskinportenCredential } from '../../src/elhub.ts';
import { requestBodyV1 } from '../../src/elhub/experimental.ts';
import { signAssertion } from '../../src/elhub/maskinporten.ts';

const NOW = Date.UTC(2026, 5, 1, 8, 0, 0, 500);
const pair = await generateKeyPair('RS256', { extractable: true });
const base = { clientId: 'client', scopes: ['elhub:a', 'elhub:b'] };

describe('assertion', () => {
  test('holds the claims that Maskinporten knows and no other, for less than 120 seconds', async () => {
    const token = await signAssertion(
      { ...base, key: pair.privateKey, keyId: 'k1' },
      MASKINPORTEN,
      NOW,
    );
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: 'k1' });
    const claims = decodeJwt(token);
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'scope']);
    expect(claims).toMatchObject({
      aud: 'https://maskinporten.no/',
      iss: 'client',
      scope: 'elhub:a elhub:b',
      iat: Math.floor(NOW / 1000),
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBeLessThanOrEqual(120);
    await jwtVerify(token, pair.publicKey, { currentDate: new Date(NOW) });
    const again = await signAssertion(
      { ...base, key: pair.privateKey, keyId: 'k1' },
      MASKINPORTEN,
      NOW,
    );
    expect(decodeJwt(again).jti).not.toBe(claims.jti);
  });

  test('a certificate chain, a resource and a consumer stand where they are asked for', async () => {
    const token = await signAssertion(
      {
        ...base,
        key: await exportPKCS8(pair.privateKey),
        certificates: ['leaf', 'issuer'],
        resource: 'https://api.elhub.no',
        consumerOrganization: '0192:123456789',
      },
      MASKINPORTEN,
      NOW,
    );
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', x5c: ['leaf', 'issuer'] });
    expect(decodeJwt(token)).toMatchObject({
      resource: ['https://api.elhub.no'],
      consumer_org: '0192:123456789',
    });
  });

  test('a private JWK signs with the algorithm that is asked for', async () => {
    const jwk = await exportJWK(pair.privateKey);
    const token = await signAssertion(
      { ...base, key: jwk, keyId: 'k', algorithm: 'RS512' },
      MASKINPORTEN,
      NOW,
    );
    expect(decodeProtectedHeader(token).alg).toBe('RS512');
  });
});

describe('a credential that cannot work', () => {
  const make = (credential: Partial<MaskinportenCredential>): ReturnType<typeof createElhub> =>
    createElhub({
      userAgent: 'test/1.0',
      gln: '7080005050000',
      credential: { ...base, key: 'no key', keyId: 'k', ...credential },
      fetch: () => Promise.reject(new Error('nothing is sent')),
    });

  test('without a key id or with both ways of naming it, or without a scope, it is refused at once', () => {
    const { keyId: _, ...unnamed } = { ...base, key: 'x', keyId: 'k' };
    expect(() => createElhub({ userAgent: 't', gln: '1', credential: unnamed })).toThrow(TypeError);
    expect(() => make({ certificates: ['x'] })).toThrow(TypeError);
    expect(() => make({ scopes: [] })).toThrow(TypeError);
  });

  test('a key that is none is the credential’s fault, not the network’s, and is not quoted', async () => {
    const fault = await make({ key: 'not-a-key-but-secret' })
      .access.grant('x')
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(HubError);
    expect(fault).toMatchObject({ fault: { code: 'hub/credential-refused', retry: 'never' } });
    expect(String((fault as Error).stack)).not.toContain('not-a-key-but-secret');
  });
});

test('the body of a V1 request, as far as it is known', () => {
  const person = { idType: 'NationalIdentityNumber' as const, idValue: '13097248022' };
  expect(
    requestBodyV1({
      requestType: 'ChangeOfBalanceSupplierForPerson',
      appliesTo: { meteringPointId: ['707057500000000001'] },
      allowedChanges: { validFrom: ['2026-07-01'] },
      externalReference: 'ref',
      language: 'nb',
      requestedBy: { idType: 'GlobalLocationNumber', idValue: '7080005050000' },
      requestedFrom: person,
      requestedTo: person,
    }),
  ).toMatchObject({
    data: {
      type: 'AuthorizationRequest',
      attributes: {
        appliesTo: { meteringPointId: ['707057500000000001'] },
        allowedChanges: { validFrom: ['2026-07-01'] },
        externalReference: 'ref',
        language: 'nb',
      },
      meta: { requestedFrom: person },
    },
  });
});
