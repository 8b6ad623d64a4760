import type { Instant, MeteringPointId } from '@metergram/model';
import { type Clock, systemClock } from '../core/clock.ts';
import { HubError, type HubFault } from '../core/fault.ts';
import type { Hook } from '../core/hook.ts';
import { type FetchLike, type HubAnswer, HubHttp, type HubRequest } from '../core/http.ts';
import { instantOf } from '../core/json.ts';
import { type Limit, type Limiter, sharedLimiter } from '../core/limiter.ts';
import type { RetryPolicy } from '../core/retry.ts';
import { Secret } from '../core/secret.ts';
import { type AccessToken, jwtExpiry, TokenCache, type TokenStore } from '../core/token.ts';
import { answerFault, itemFault, listOf, resultOf, wrongAnswer } from './answer.ts';
import type { Item, MeteringPointsBody } from './wire.ts';

/** Options of both of Eloverblik's APIs. */
export interface EloverblikOptions {
  /** Made in the portal, with MitID; holds at most a year. */
  readonly refreshToken: string | Secret;
  /** `https://api.eloverblik.dk` unless told. */
  readonly origin?: string;
  readonly clock?: Clock;
  readonly fetch?: FetchLike;
  readonly hook?: Hook;
  readonly retry?: Partial<RetryPolicy>;
  /** Its limits stand; the one of this process for the address unless told. */
  readonly limiter?: Limiter;
  /** Where the access token outlives this process: the hub gives two a minute, and each holds for a day. */
  readonly tokenStore?: TokenStore;
  /** Milliseconds for one sending; 120 000 unless told, for the hub is slow at times. */
  readonly timeout?: number;
  /** Metering points in one request, at most 10, which is also what the hub advises. */
  readonly bundle?: number;
  /** Days in one request, at most 730. Fewer for finer values keep answers small. */
  readonly days?: number;
  /** Requests under way at a time; 2 unless told. */
  readonly concurrency?: number;
}

/** What the hub allows (description of 2026-02-10): 2 tokens and 120 requests a minute from one address. */
export const eloverblikLimits: readonly Limit[] = [
  { scope: 'token', max: 2, per: 60_000 },
  { scope: 'address', max: 120, per: 60_000 },
];

export const eloverblikOrigin = 'https://api.eloverblik.dk';

/** Token, limits and errors of one credential at one of the two APIs. */
export class EloverblikConnection {
  readonly http: HubHttp;
  readonly clock: Clock;
  readonly token: TokenCache;
  readonly #refresh: Secret;
  readonly #base: string;

  constructor(options: EloverblikOptions, api: 'customer' | 'thirdparty') {
    const origin = options.origin ?? eloverblikOrigin;
    this.clock = options.clock ?? systemClock;
    this.#refresh = Secret.of(options.refreshToken);
    this.#base = `/${api}api/api`;
    this.http = new HubHttp({
      hub: 'eloverblik',
      origin,
      clock: this.clock,
      limiter:
        options.limiter ?? sharedLimiter(new URL(origin).origin, this.clock, eloverblikLimits),
      fault: answerFault,
      correlation: ['x-correlation-id'],
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
      ...(options.hook === undefined ? {} : { hook: options.hook }),
      ...(options.retry === undefined ? {} : { retry: options.retry }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    this.http.redactor.learn(this.#refresh);
    this.token = new TokenCache({
      clock: this.clock,
      fetch: (signal) => this.#fetchToken(signal),
      ...(options.tokenStore === undefined ? {} : { store: options.tokenStore }),
    });
  }

  /** When the refresh token ends, by what it says itself; null where it does not. Nothing renews it: warn in time. */
  get refreshTokenExpires(): Instant | null {
    const ms = jwtExpiry(this.#refresh);
    return ms === null ? null : instantOf(ms);
  }

  /** Sends one request with a token. `path` is what follows `/customerapi/api`. */
  send<T>(
    request: Omit<HubRequest, 'path' | 'route' | 'limits' | 'token'> & {
      readonly path: string;
      readonly route: string;
      readonly open?: boolean;
    },
    decode: (answer: HubAnswer) => T,
    signal?: AbortSignal,
  ): Promise<T> {
    const { open, ...rest } = request;
    return this.http.send(
      {
        ...rest,
        path: this.#base + request.path,
        route: this.#base + request.route,
        headers: {
          'api-version': '1.0',
          'x-user-correlation-id': crypto.randomUUID(),
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...request.headers,
        },
        limits: [{ scope: 'address' }],
        ...(open === true ? {} : { token: this.token }),
      },
      decode,
      signal,
    );
  }

  /** Whether the hub says that it works as it should. Needs no token. False where it says 503. */
  async isAlive(signal?: AbortSignal): Promise<boolean> {
    try {
      return await this.send(
        {
          operation: 'is-alive',
          method: 'GET',
          path: '/isalive',
          route: '/isalive',
          open: true,
          attempts: 1,
        },
        (answer) => answer.text().trim().toLowerCase() === 'true',
        signal,
      );
    } catch (error) {
      if (error instanceof HubError && error.fault.status === 503) return false;
      throw error;
    }
  }

  /** Posts a list of metering points and gives each its item, or its fault. */
  async forPoints<I extends Item>(
    request: { readonly operation: string; readonly path: string; readonly route?: string },
    points: readonly MeteringPointId[],
    signal?: AbortSignal,
    exact = false,
  ): Promise<Map<MeteringPointId, I | HubFault>> {
    const items = await this.send(
      { method: 'POST', route: request.path, ...request, body: pointsBody(points) },
      (answer) => listOf<I>(resultOf(answer, exact)),
      signal,
    );
    const found = new Map<MeteringPointId, I | HubFault>();
    const clean = (text: string): string => this.http.redactor.clean(text);
    for (const [at, item] of items.entries()) {
      if (typeof item !== 'object' || item === null)
        throw wrongAnswer('an item is no object', 'later');
      // By its name; where an item names nothing, by its place, if nothing else can be meant.
      const named = String(item.id ?? '') as MeteringPointId;
      const point = points.includes(named)
        ? named
        : named === '' && items.length === points.length
          ? points[at]
          : undefined;
      if (point === undefined || found.has(point)) continue;
      found.set(point, itemFault(item, point, clean) ?? item);
    }
    for (const point of points)
      if (!found.has(point))
        found.set(point, {
          code: 'hub/protocol',
          hub: 'eloverblik',
          message: 'the answer has nothing for this metering point',
          retry: 'never',
          meteringPoint: point,
        });
    return found;
  }

  async #fetchToken(signal: AbortSignal): Promise<AccessToken> {
    const ends = jwtExpiry(this.#refresh);
    if (ends !== null && ends <= this.clock.now())
      throw this.#refused(
        `the refresh token ended at ${instantOf(ends)}: make a new one in the portal`,
      );
    try {
      return await this.http.send(
        {
          operation: 'token',
          method: 'GET',
          path: `${this.#base}/token`,
          route: `${this.#base}/token`,
          headers: { 'api-version': '1.0', accept: 'application/json' },
          credential: {
            name: 'authorization',
            value: () => `Bearer ${this.#refresh.expose()}`,
          },
          limits: [{ scope: 'token' }, { scope: 'address' }],
        },
        (answer) => this.#readToken(answer),
        signal,
      );
    } catch (error) {
      // Whatever the hub says here with 401 or 403 is about the refresh token.
      if (error instanceof HubError && (error.fault.status === 401 || error.fault.status === 403))
        throw new HubError({
          ...error.fault,
          code: 'hub/credential-refused',
          retry: 'never',
        } as HubFault);
      throw error;
    }
  }

  #readToken(answer: HubAnswer): AccessToken {
    const result = resultOf(answer);
    if (typeof result !== 'string' || result === '')
      throw wrongAnswer('the answer has no token', 'later');
    const secret = new Secret(result);
    this.http.redactor.learn(secret);
    // The description says 24 hours, an older one 60 minutes: what the token says counts, else the shorter.
    return { secret, expires: jwtExpiry(secret) ?? this.clock.now() + 3_600_000 };
  }

  #refused(message: string): HubError {
    return new HubError({
      code: 'hub/credential-refused',
      hub: 'eloverblik',
      message,
      retry: 'never',
      operation: 'token',
    });
  }
}

export function pointsBody(points: readonly MeteringPointId[]): string {
  return JSON.stringify({
    meteringPoints: { meteringPoint: points },
  } satisfies MeteringPointsBody);
}
