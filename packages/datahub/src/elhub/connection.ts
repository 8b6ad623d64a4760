import type { Gln } from '@metergram/model';
import { type Clock, systemClock } from '../core/clock.ts';
import { HubError, type HubFault } from '../core/fault.ts';
import type { Hook } from '../core/hook.ts';
import { type FetchLike, type HubAnswer, HubHttp, retryAt } from '../core/http.ts';
import { asRecord, asText } from '../core/exact-json.ts';
import { type Limit, type Limiter, sharedLimiter } from '../core/limiter.ts';
import {
  meaningOf,
  defaultRetry,
  pauseBefore,
  retryAfter,
  type RetryPolicy,
} from '../core/retry.ts';
import { Secret } from '../core/secret.ts';
import { type AccessToken, TokenCache } from '../core/token.ts';
import { parseErrors } from './json-api.ts';
import {
  checkCredential,
  MASKINPORTEN,
  type MaskinportenCredential,
  type MaskinportenEnvironment,
  signAssertion,
  tokenRequestBody,
} from './maskinporten.ts';

/** Elhub publishes no limit; users report 429. This is kept unless the host knows better. */
export const ELHUB_LIMITS: readonly Limit[] = [{ scope: 'address', max: 120, per: 60_000 }];

/** What every Elhub client takes. */
export interface ElhubConnectionOptions {
  /** `https://api.elhub.no` unless given; `https://api-mt1.elhub.no` is the test environment. */
  readonly origin?: string;
  /** `User-Agent`, which Elhub asks for: name and version of the calling software. */
  readonly userAgent: string;
  readonly clock?: Clock;
  readonly fetch?: FetchLike;
  readonly hook?: Hook;
  readonly retry?: Partial<RetryPolicy>;
  readonly limits?: readonly Limit[];
  readonly limiter?: Limiter;
  readonly timeout?: number;
}

/** What the protected APIs need besides. */
export interface ElhubCredentialOptions extends ElhubConnectionOptions {
  readonly credential: MaskinportenCredential;
  readonly maskinporten?: MaskinportenEnvironment;
  /** GLN of the calling party. */
  readonly gln: Gln | string;
  /** GLN of the party on whose behalf a service provider calls. */
  readonly onBehalfOfGln?: Gln | string;
}

/** The fault of an Elhub answer, from its status and its JSON:API errors, of which the first one that says something is told. */
export function elhubFault(answer: HubAnswer, redact: (text: string) => string): HubFault {
  const { status } = answer;
  // Eleven digits are a national identity number, whoever sent it.
  const clean = (text: string): string => redact(text).replaceAll(/\b\d{11}\b/gu, '[person]');
  const error = readErrors(answer).find((one) => one.detail !== null || one.title !== null);
  const at = retryAfter(answer.header('retry-after'), answer.at);
  const base = {
    hub: 'elhub' as const,
    status,
    message: clean(error?.detail ?? error?.title ?? `Elhub answered ${status}`),
    ...(error?.code ? { hubCode: { scheme: 'elhub', code: clean(error.code) } } : {}),
  };
  if (status === 401) return { ...base, code: 'hub/token-refused', retry: 'never' };
  if (status === 403) return { ...base, code: 'hub/not-permitted', retry: 'never' };
  if (status === 404) return { ...base, code: 'hub/no-data', retry: 'never' };
  if (status === 409) return { ...base, code: 'hub/conflict', retry: 'never' };
  const meaning = meaningOf(status) ?? { code: 'hub/invalid-request', retry: 'never' };
  return { ...base, ...meaning, ...retryAt(at) } as HubFault;
}

function readErrors(answer: HubAnswer): ReturnType<typeof parseErrors> {
  try {
    return parseErrors(JSON.parse(answer.text()));
  } catch {
    return [];
  }
}

/** The way to Elhub's API. */
export function elhubHttp(options: ElhubConnectionOptions): HubHttp {
  const clock = options.clock ?? systemClock;
  const origin = new URL(options.origin ?? 'https://api.elhub.no').origin;
  return new HubHttp({
    hub: 'elhub',
    origin,
    clock,
    limiter: options.limiter ?? sharedLimiter(origin, clock, options.limits ?? ELHUB_LIMITS),
    fault: elhubFault,
    correlation: ['x-correlation-id', 'x-request-id'],
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.hook === undefined ? {} : { hook: options.hook }),
    ...(options.retry === undefined ? {} : { retry: options.retry }),
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
  });
}

/** The fault of a token request: Maskinporten says `{ error, error_description }` (RFC 6749 §5.2). */
function tokenFault(answer: HubAnswer, clean: (text: string) => string): HubFault {
  const { status } = answer;
  let error: string | null = null;
  let description: string | null = null;
  try {
    const body = asRecord(JSON.parse(answer.text()));
    error = asText(body?.['error']);
    description = asText(body?.['error_description']);
  } catch {
    // No JSON: the status says enough.
  }
  const base = {
    hub: 'elhub' as const,
    operation: 'token',
    status,
    message: clean(description ?? `Maskinporten answered ${status}`),
    ...(error === null ? {} : { hubCode: { scheme: 'maskinporten', code: clean(error) } }),
  };
  const at = retryAfter(answer.header('retry-after'), answer.at);
  const meaning = meaningOf(status);
  // There is nothing smaller to ask for than a token.
  if (meaning?.retry === 'smaller')
    return { ...base, ...meaning, retry: 'later', ...retryAt(at) } as HubFault;
  if (meaning !== null) return { ...base, ...meaning, ...retryAt(at) } as HubFault;
  return { ...base, code: 'hub/credential-refused', retry: 'never' };
}

function readToken(answer: HubAnswer): AccessToken {
  let body: Readonly<Record<string, unknown>> | null = null;
  try {
    body = asRecord(JSON.parse(answer.text()));
  } catch {
    // Told below.
  }
  const token = asText(body?.['access_token']);
  const seconds = body?.['expires_in'];
  if (token === null || typeof seconds !== 'number' || !(seconds > 0)) {
    throw new HubError({
      code: 'hub/protocol',
      hub: 'elhub',
      message: 'the token answer holds no token, or does not say how long it lasts',
      retry: 'never',
    });
  }
  return { secret: new Secret(token), expires: answer.at + seconds * 1000 };
}

/**
 * Access tokens of a Maskinporten credential: one at a time, however many wait. An assertion can be used once, so each
 * attempt signs its own.
 */
export function maskinportenTokens(options: ElhubCredentialOptions): TokenCache {
  checkCredential(options.credential);
  const clock = options.clock ?? systemClock;
  const environment = options.maskinporten ?? MASKINPORTEN;
  const endpoint = new URL(environment.tokenEndpoint);
  const policy: RetryPolicy = { ...defaultRetry, ...options.retry };
  const http = new HubHttp({
    hub: 'elhub',
    origin: endpoint.origin,
    clock,
    limiter: sharedLimiter(endpoint.origin, clock, []),
    fault: tokenFault,
    correlation: ['x-correlation-id'],
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.hook === undefined ? {} : { hook: options.hook }),
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
  });
  const once = async (signal: AbortSignal): Promise<AccessToken> => {
    const assertion = await signAssertion(options.credential, environment, clock.now()).catch(
      // What a library says about a key may quote it.
      () => {
        throw new HubError({
          code: 'hub/credential-refused',
          hub: 'elhub',
          operation: 'token',
          message:
            'the private key cannot sign: it is no PKCS #8 PEM, JWK or key for the algorithm',
          retry: 'never',
        });
      },
    );
    http.redactor.learn(new Secret(assertion));
    return http.send(
      {
        operation: 'token',
        method: 'POST',
        route: '/token',
        path: endpoint.pathname,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
          'user-agent': options.userAgent,
        },
        body: tokenRequestBody(assertion),
        limits: [],
        attempts: 1,
      },
      readToken,
      signal,
    );
  };
  return new TokenCache({
    clock,
    fetch: async (signal) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(signal);
        } catch (error) {
          if (!(error instanceof HubError)) throw error;
          const pause = pauseBefore(error.fault, attempt, policy, clock.now());
          if (pause === null) throw error;
          await clock.sleep(pause, signal);
        }
      }
    },
  });
}
