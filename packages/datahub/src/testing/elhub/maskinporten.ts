import { type KeyObject, randomUUID, verify, X509Certificate } from 'node:crypto';
import type { HubCall, HubReply } from '../app.ts';

/** A client that the stub knows. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly certificate: string;
  readonly scopes: readonly string[];
}

export interface MaskinportenStubOptions {
  readonly issuer: () => string;
  readonly now: () => number;
  readonly clients: readonly RegisteredClient[];
  /** Life of an access token in seconds. */
  readonly seconds: number;
}

/** An access token that the stub gave out. */
export interface IssuedToken {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expires: number;
}

const digests: Readonly<Record<string, string>> = {
  RS256: 'sha256',
  RS384: 'sha384',
  RS512: 'sha512',
};
/** Every claim that is known; one more, and the grant is refused. */
const claimNames = new Set([
  'aud',
  'iss',
  'scope',
  'iat',
  'exp',
  'jti',
  'resource',
  'consumer_org',
  'sub',
  'iss_onbehalfof',
]);

/** Maskinporten as far as a client sees it: checks an assertion in all that its documentation asks for. */
export class MaskinportenStub {
  readonly #options: MaskinportenStubOptions;
  readonly #tokens: Map<string, IssuedToken> = new Map();
  readonly #used: Set<string> = new Set();

  constructor(options: MaskinportenStubOptions) {
    this.#options = options;
  }

  /** The token of an Authorization header that still holds; null for any other. */
  read(authorization: string | null): IssuedToken | null {
    const given = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    const token = given === undefined ? undefined : this.#tokens.get(given);
    return token === undefined || token.expires <= this.#options.now() ? null : token;
  }

  /** From now on no access token given out so far is good. */
  refuseAll(): void {
    this.#tokens.clear();
  }

  handle(call: HubCall): HubReply {
    if (call.method !== 'POST') return refusal(405, 'invalid_request', 'POST only');
    if (!(call.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded'))
      return refusal(400, 'invalid_request', 'the body must be a form');
    const form = new URLSearchParams(call.body);
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
      return refusal(400, 'unsupported_grant_type', 'only jwt-bearer');
    const checked = this.#check(form.get('assertion') ?? '');
    if ('status' in checked) return checked;
    const token = `stub.${randomUUID()}`;
    const { seconds, now } = this.#options;
    this.#tokens.set(token, { ...checked, expires: now() + seconds * 1000 });
    return json(200, {
      access_token: token,
      token_type: 'Bearer',
      expires_in: seconds,
      scope: checked.scopes.join(' '),
    });
  }

  #check(assertion: string): { clientId: string; scopes: readonly string[] } | HubReply {
    const wrong = (why: string): HubReply =>
      refusal(400, 'invalid_grant', `Invalid assertion: ${why}`);
    const [head = '', body = '', signature = '', ...more] = assertion.split('.');
    const header = decode(head);
    const claims = decode(body);
    if (header === null || claims === null || more.length > 0) return wrong('not a JWT');
    const digest = digests[String(header['alg'])];
    if (digest === undefined) return wrong('alg must be RS256, RS384 or RS512');
    const client = this.#client(header);
    if (client === null) return wrong('unknown or ambiguous key');
    const signed = Buffer.from(`${head}.${body}`);
    if (!verify(digest, signed, client.publicKey, Buffer.from(signature, 'base64url')))
      return wrong('signature');
    const extra = Object.keys(claims).find((name) => !claimNames.has(name));
    if (extra !== undefined) return wrong(`unknown claim ${extra}`);
    if (claims['aud'] !== this.#options.issuer()) return wrong('aud must be the issuer');
    if (claims['iss'] !== client.clientId) return wrong('iss is not the key’s client');
    const { iat, exp, jti } = claims;
    const now = this.#options.now() / 1000;
    if (typeof iat !== 'number' || typeof exp !== 'number')
      return wrong('iat and exp are required');
    if (Math.abs(iat - now) > 10) return wrong('iat is more than 10 seconds off');
    if (exp - iat > 120) return wrong('exp - iat is more than 120 seconds');
    if (exp <= now) return wrong('expired');
    if (typeof jti === 'string') {
      if (this.#used.has(jti)) return wrong('jti was used before');
      this.#used.add(jti);
    }
    const scopes = String(claims['scope'] ?? '')
      .split(' ')
      .filter(Boolean);
    if (scopes.length === 0 || scopes.some((scope) => !client.scopes.includes(scope)))
      return refusal(400, 'invalid_scope', 'a scope is not the client’s');
    if (claims['resource'] !== undefined && !Array.isArray(claims['resource']))
      return wrong('resource must be an array');
    return { clientId: client.clientId, scopes };
  }

  /** By `kid` or by `x5c`, but not by both. */
  #client(header: Readonly<Record<string, unknown>>): RegisteredClient | null {
    const { kid, x5c } = header;
    if ((kid === undefined) === (x5c === undefined)) return null;
    if (kid !== undefined)
      return this.#options.clients.find((client) => client.keyId === kid) ?? null;
    const leaf = Array.isArray(x5c) ? String(x5c[0]) : '';
    const found = this.#options.clients.find((client) => client.certificate === leaf);
    if (found === undefined) return null;
    const certificate = new X509Certificate(Buffer.from(leaf, 'base64'));
    return { ...found, publicKey: certificate.publicKey };
  }
}

function decode(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

function refusal(status: number, error: string, description: string): HubReply {
  return json(status, { error, error_description: description });
}

function json(status: number, value: unknown): HubReply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}
