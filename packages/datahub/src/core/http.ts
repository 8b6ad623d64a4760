import type { EpochMs } from '@metergram/model';
import type { Clock } from './clock.ts';
import { faultOf, HubError, type HubFault, type HubId } from './fault.ts';
import { type Hook, quietly, type RequestSeen } from './hook.ts';
import { instantOf } from './json.ts';
import type { Lease, Limiter, LimitKey } from './limiter.ts';
import { causeCode, networkAdvice, notReached } from './network.ts';
import { defaultRetry, pauseBefore, type RetryPolicy } from './retry.ts';
import { Redactor, Secret } from './secret.ts';
import type { AccessToken, TokenCache } from './token.ts';

/** The part of `fetch` that is used: any implementation, proxy or test double will do. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchAnswer>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
  /** Always `manual`: a hub that redirects an API call would be handed our token elsewhere. */
  readonly redirect: 'manual';
}

export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** One request, as a hub's client states it. */
export interface HubRequest {
  /** Short name for faults and hooks: `timeseries`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with placeholders, for hooks: `/meteringpoint/relation/{meteringPointId}`. */
  readonly route: string;
  /** What is really asked for, after the origin, with query; may hold personal data and is never shown. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A header value built at sending, which is never shown: `{ name: 'authorization', value: () => … }`. */
  readonly credential?: { readonly name: string; readonly value: () => string };
  readonly token?: TokenCache;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly limits: readonly LimitKey[];
  /** False for what must not be done twice when an answer is lost: then only 429 and 503 are tried again. */
  readonly repeatable?: boolean;
  /** Milliseconds for one sending with its whole answer; the client's unless told. */
  readonly timeout?: number;
  /** Sendings at most; the policy's unless told. */
  readonly attempts?: number;
}

/** An answer whose body has arrived whole. */
export interface HubAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly at: EpochMs;
  header(name: string): string | null;
  text(): string;
}

export interface HttpOptions {
  readonly hub: HubId;
  /** `https://api.eloverblik.dk`; plain http only to this machine. */
  readonly origin: string;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly fetch?: FetchLike;
  readonly hook?: Hook;
  readonly retry?: Partial<RetryPolicy>;
  /** Milliseconds for one sending with its whole answer; 120 000 unless told. */
  readonly timeout?: number;
  /** Reads the fault of an answer that is none of success; `clean` takes secrets out of its text. */
  readonly fault: (answer: HubAnswer, clean: (text: string) => string) => HubFault;
  /** Names of the headers in which the hub sends its id of the request, best first. */
  readonly correlation?: readonly string[];
}

/** Counts of what was sent since a client was made; a transfer reports the difference. */
export interface Traffic {
  requests: number;
  retries: number;
  bytes: number;
}

/** Sends requests of one hub: limits kept, tokens fetched, faults read, retried as they allow, watched without secrets. */
export class HubHttp {
  readonly hub: HubId;
  readonly origin: string;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly redactor: Redactor = new Redactor();
  readonly traffic: Traffic = { requests: 0, retries: 0, bytes: 0 };
  readonly #options: HttpOptions;
  readonly #retry: RetryPolicy;
  #next = 1;

  constructor(options: HttpOptions) {
    const url = new URL(options.origin);
    const local = url.hostname === '127.0.0.1' || url.hostname === 'localhost';
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local))
      throw new TypeError('a hub is asked over https only');
    this.#options = options;
    this.hub = options.hub;
    this.origin = url.origin;
    this.clock = options.clock;
    this.limiter = options.limiter;
    this.#retry = { ...defaultRetry, ...options.retry };
  }

  /**
   * Sends until `decode` has read an answer, a fault says that trying is no use, or the attempts are used up. `decode` is
   * given answers of status 200 to 299 and may throw a {@link HubError}, whose advice is followed as well.
   *
   * Throws {@link HubError} and nothing else.
   */
  async send<T>(
    request: HubRequest,
    decode: (answer: HubAnswer) => T,
    signal?: AbortSignal,
  ): Promise<T> {
    const policy = { ...this.#retry, attempts: request.attempts ?? this.#retry.attempts };
    let renewed = false;
    let limited = 1;
    for (let attempt = 1; ;) {
      const sent = await this.#once(request, attempt, decode, signal);
      if ('value' in sent) return sent.value;
      const { fault, token, seen, answered } = sent;
      let pause: number | null;
      if (fault.status === 401 && token !== null && request.token !== undefined && !renewed) {
        // The token may have run out under way or been replaced: one fresh one, then the refusal stands.
        renewed = true;
        request.token.refuse(token);
        pause = 0;
      } else {
        const safe = request.repeatable !== false || fault.status === 429 || fault.status === 503;
        // Being told to wait is no failure of the request: it does not use up the attempts, but it ends some time.
        const busy = fault.status === 429;
        const { attempts } = policy;
        const tries = busy && attempts > 1 ? { ...policy, attempts: attempts * 3 } : policy;
        pause = safe ? pauseBefore(fault, busy ? limited : attempt, tries, this.clock.now()) : null;
        if (busy) limited++;
        else attempt++;
      }
      if (seen !== null) this.#answer(seen, answered, fault, pause === null ? undefined : pause);
      if (pause === null) throw new HubError(fault);
      this.traffic.retries++;
      if (fault.status === 429 && request.limits.length > 0)
        for (const key of request.limits) this.limiter.pause(key, this.clock.now() + pause);
      else if (pause > 0)
        await this.clock.sleep(pause, signal).catch((error: unknown) => {
          throw new HubError(this.#read(error, request, signal));
        });
    }
  }

  async #once<T>(
    request: HubRequest,
    attempt: number,
    decode: (answer: HubAnswer) => T,
    signal: AbortSignal | undefined,
  ): Promise<
    | { readonly value: T }
    | {
        readonly fault: HubFault;
        readonly token: AccessToken | null;
        readonly seen: RequestSeen | null;
        readonly answered: HubAnswer | null;
      }
  > {
    let token: AccessToken | null = null;
    let seen: RequestSeen | null = null;
    let answered: HubAnswer | null = null;
    try {
      let lease: Lease;
      for (;;) {
        token = (await request.token?.get(signal)) ?? null;
        lease = await this.limiter.acquire(request.limits, signal, (milliseconds, limit) =>
          this.#watch('waiting', {
            hub: this.hub,
            operation: request.operation,
            milliseconds,
            limit,
          }),
        );
        // The wait for a place may have outlived the token.
        if (token === null || this.clock.now() < token.expires) break;
        lease.cancel();
      }
      if (lease.waited > 0)
        this.#watch('wait', {
          hub: this.hub,
          operation: request.operation,
          milliseconds: lease.waited,
        });
      try {
        seen = {
          id: this.#next++,
          hub: this.hub,
          operation: request.operation,
          method: request.method,
          origin: this.origin,
          route: request.route,
          attempt,
          at: this.clock.now(),
        };
        this.#watch('request', seen);
        answered = await this.#transmit(request, token, signal);
      } catch (error) {
        // What never came to the hub is not counted there.
        if (notReached(causeCode(error))) lease.cancel();
        throw error;
      } finally {
        lease.done();
      }
      if (answered.status < 200 || answered.status > 299)
        throw new HubError(this.#options.fault(answered, (text) => this.redactor.clean(text)));
      const value = this.#decode(answered, decode);
      this.#answer(seen, answered);
      return { value };
    } catch (error) {
      const fault = this.#complete(this.#read(error, request, signal), request, answered);
      if (fault.code === 'hub/aborted' || seen === null) throw new HubError(fault);
      return { fault, token, seen, answered };
    }
  }

  /** What a reader throws that is none of ours comes of an answer that nobody foresaw: the hub's doing, not the network's. */
  #decode<T>(answer: HubAnswer, decode: (answer: HubAnswer) => T): T {
    try {
      return decode(answer);
    } catch (error) {
      if (error instanceof HubError) throw error;
      throw new HubError({
        code: 'hub/protocol',
        hub: this.hub,
        message: 'the answer is not what the hub’s description allows',
        retry: 'never',
      });
    }
  }

  async #transmit(
    request: HubRequest,
    token: AccessToken | null,
    signal: AbortSignal | undefined,
  ): Promise<HubAnswer> {
    const headers: Record<string, string> = { ...request.headers };
    if (token !== null) {
      this.redactor.learn(token.secret);
      headers['authorization'] = `Bearer ${token.secret.expose()}`;
    }
    if (request.credential !== undefined) {
      const value = request.credential.value();
      this.redactor.learn(new Secret(value.replace(/^Bearer /, '')));
      headers[request.credential.name] = value;
    }
    const end = ending(request.timeout ?? this.#options.timeout ?? 120_000, signal);
    this.traffic.requests++;
    try {
      const fetch = this.#options.fetch ?? (globalThis.fetch as unknown as FetchLike);
      const answer = await fetch(this.origin + request.path, {
        method: request.method,
        headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: end.signal,
        redirect: 'manual',
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      this.traffic.bytes += bytes.length;
      return {
        status: answer.status,
        bytes,
        at: this.clock.now(),
        header: (name) => answer.headers.get(name),
        text: () => new TextDecoder().decode(bytes),
      };
    } finally {
      end.clear();
    }
  }

  /** The fault of whatever was thrown; nothing of the thrown error's own text is kept, it may hold the address. */
  #read(error: unknown, request: HubRequest, signal: AbortSignal | undefined): HubFault {
    if (error instanceof HubError) return error.fault;
    const base = { hub: this.hub, operation: request.operation };
    if (signal?.aborted === true)
      return { ...base, code: 'hub/aborted', message: 'stopped by the caller', retry: 'never' };
    const name = error instanceof Error ? error.name : '';
    if (name === 'TimeoutError')
      return {
        ...base,
        code: 'hub/timeout',
        message: 'no complete answer in time',
        retry: 'smaller',
      };
    if (name === 'AbortError') return faultOf(error, this.hub);
    const why = causeCode(error);
    if (name === 'TypeError' || why !== undefined)
      return {
        ...base,
        code: 'hub/network',
        message: `connection failed${why === undefined ? '' : ` (${why})`}`,
        retry: networkAdvice(why),
      };
    return {
      ...base,
      code: 'hub/protocol',
      message: this.redactor.clean(
        error instanceof Error ? `${name}: ${error.message}` : 'unknown',
      ),
      retry: 'never',
    };
  }

  #complete(fault: HubFault, request: HubRequest, answer: HubAnswer | null): HubFault {
    const correlationId = this.#correlation(answer);
    return {
      ...fault,
      operation: fault.operation ?? request.operation,
      ...(answer === null || fault.status !== undefined ? {} : { status: answer.status }),
      ...(correlationId === undefined || fault.correlationId !== undefined
        ? {}
        : { correlationId }),
    };
  }

  #correlation(answer: HubAnswer | null): string | undefined {
    for (const name of this.#options.correlation ?? []) {
      const value = answer?.header(name);
      if (value) return this.redactor.clean(value, 100);
    }
    return undefined;
  }

  #answer(seen: RequestSeen, answer: HubAnswer | null, fault?: HubFault, again?: number): void {
    const correlationId = this.#correlation(answer);
    this.#watch('answer', {
      ...seen,
      status: answer?.status ?? null,
      milliseconds: (answer?.at ?? this.clock.now()) - seen.at,
      bytes: answer?.bytes.length ?? 0,
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(fault === undefined ? {} : { code: fault.code }),
      ...(fault?.hubCode === undefined ? {} : { hubCode: fault.hubCode }),
      ...(again === undefined ? {} : { again }),
    });
  }

  #watch<K extends keyof Hook>(name: K, seen: Parameters<NonNullable<Hook[K]>>[0]): void {
    const hook = this.#options.hook;
    quietly(() => (hook?.[name] as ((seen: unknown) => void) | undefined)?.call(hook, seen));
  }

  toJSON(): { hub: HubId; origin: string } {
    return { hub: this.hub, origin: this.origin };
  }
}

/**
 * The signal of one sending: the caller's, or that `milliseconds` have passed. By a timer of the machine, not of the
 * injected clock: it is the real network that may hang. Once cleared nothing of it is left, neither timer nor listener; a
 * long transfer would otherwise hold every request of the last two minutes.
 */
function ending(
  milliseconds: number,
  caller: AbortSignal | undefined,
): { readonly signal: AbortSignal; clear(): void } {
  const own = new AbortController();
  const abort = (): void => own.abort(caller?.reason);
  const timer = setTimeout(
    () => own.abort(new DOMException('no complete answer in time', 'TimeoutError')),
    milliseconds,
  );
  if (caller?.aborted === true) abort();
  else caller?.addEventListener('abort', abort, { once: true });
  return {
    signal: own.signal,
    clear: () => {
      clearTimeout(timer);
      caller?.removeEventListener('abort', abort);
    },
  };
}

/** A fault's `retryAt` of an epoch time, as a part to spread; nothing for null. */
export function retryAt(ms: EpochMs | null): { readonly retryAt?: HubFault['retryAt'] & string } {
  return ms === null ? {} : { retryAt: instantOf(ms) };
}
