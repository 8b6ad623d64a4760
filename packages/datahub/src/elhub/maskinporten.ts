import { SignJWT, importJWK, importPKCS8 } from 'jose';
import type { CryptoKey, JWK, KeyObject } from 'jose';
import type { EpochMs } from '@metergram/model';
import { Secret } from '../core/secret.ts';

/** Algorithms that Maskinporten takes. */
export type MaskinportenAlgorithm = 'RS256' | 'RS384' | 'RS512';

/** Where tokens come from. `issuer` is what the assertion's `aud` must be: the identifier, with its slash. */
export interface MaskinportenEnvironment {
  readonly issuer: string;
  readonly tokenEndpoint: string;
}

/** Digdir's production. */
export const MASKINPORTEN: MaskinportenEnvironment = {
  issuer: 'https://maskinporten.no/',
  tokenEndpoint: 'https://maskinporten.no/token',
};

/** Digdir's test environment; production certificates do not work there. */
export const MASKINPORTEN_TEST: MaskinportenEnvironment = {
  issuer: 'https://test.maskinporten.no/',
  tokenEndpoint: 'https://test.maskinporten.no/token',
};

/** What identifies a client to Maskinporten. The private key is only used to sign, and never leaves the process. */
export interface MaskinportenCredential {
  readonly clientId: string;
  /** `elhub:balancesupplier` or `elhub:serviceprovider` for the Access API; Elhub assigns them by hand. */
  readonly scopes: readonly string[];
  /** PKCS #8 PEM (text or {@link Secret}), a private JWK, or an imported key. */
  readonly key: string | Secret | JWK | CryptoKey | KeyObject;
  /** Id of a key registered in advance. Exactly one of `keyId` and `certificates` is given. */
  readonly keyId?: string;
  /** The organisation's certificate chain, leaf first, each base64 of the DER: the header's `x5c`. */
  readonly certificates?: readonly string[];
  readonly algorithm?: MaskinportenAlgorithm;
  /** Target API, where its owner asks for one; sent as an array. */
  readonly resource?: string;
  /** Organisation on whose behalf, where access is delegated in Altinn. */
  readonly consumerOrganization?: string;
}

/** An assertion is good for at most 120 seconds; it is made for this many, which leaves room for a clock that is off. */
export const ASSERTION_SECONDS = 100;

type SigningKey = CryptoKey | KeyObject | Uint8Array;

async function signingKey(
  credential: MaskinportenCredential,
  algorithm: MaskinportenAlgorithm,
): Promise<SigningKey> {
  const { key } = credential;
  if (typeof key === 'string') return importPKCS8(key, algorithm);
  if (key instanceof Secret) return importPKCS8(key.expose(), algorithm);
  if ('kty' in key) return importJWK(key as JWK, algorithm);
  return key as CryptoKey | KeyObject;
}

/** Throws TypeError when not exactly one of `keyId` and `certificates` is given, or no scope is. */
export function checkCredential(credential: MaskinportenCredential): void {
  if ((credential.keyId === undefined) === (credential.certificates === undefined)) {
    throw new TypeError('Maskinporten needs exactly one of keyId and certificates');
  }
  if (credential.scopes.length === 0) throw new TypeError('Maskinporten needs a scope');
}

/**
 * The signed assertion of an RFC 7523 grant. It holds the claims that Maskinporten knows and no other (one more is
 * refused with 400): `aud` the issuer, `iss` the client, `scope`, `iat`, `exp`, `jti`, and `resource` and `consumer_org`
 * where given.
 *
 * @param now The time of signing; Maskinporten refuses an `iat` more than 10 seconds off.
 * @throws TypeError when not exactly one of `keyId` and `certificates` is given, or no scope is.
 */
export async function signAssertion(
  credential: MaskinportenCredential,
  environment: MaskinportenEnvironment,
  now: EpochMs,
): Promise<string> {
  checkCredential(credential);
  const { keyId, certificates, algorithm = 'RS256' } = credential;
  const issued = Math.floor(now / 1000);
  const claims: Record<string, unknown> = {
    aud: environment.issuer,
    iss: credential.clientId,
    scope: credential.scopes.join(' '),
    iat: issued,
    exp: issued + ASSERTION_SECONDS,
    jti: crypto.randomUUID(),
    ...(credential.resource === undefined ? {} : { resource: [credential.resource] }),
    ...(credential.consumerOrganization === undefined
      ? {}
      : { consumer_org: credential.consumerOrganization }),
  };
  const header =
    keyId === undefined
      ? { alg: algorithm, x5c: [...(certificates as readonly string[])] }
      : { alg: algorithm, kid: keyId };
  return new SignJWT(claims)
    .setProtectedHeader(header)
    .sign(await signingKey(credential, algorithm));
}

/** Form of the token request. */
export function tokenRequestBody(assertion: string): string {
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion,
  }).toString();
}
