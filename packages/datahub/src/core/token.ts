import type { EpochMs } from '@metergram/model';
import type { Clock } from './clock.ts';
import type { Secret } from './secret.ts';

/** An access token and the instant from which it is worth nothing. */
export interface AccessToken {
  readonly secret: Secret;
  readonly expires: EpochMs;
}

/**
 * Where an access token outlives its process, for hubs that give few of them. What it keeps is as good as the credential
 * while it holds: a store must not leave it readable.
 */
export interface TokenStore {
  /** The token that was saved last for this credential; null where there is none. */
  load(): AccessToken | null;
  /** Null: the hub refused the last one. */
  save(token: AccessToken | null): void;
}

interface Flight {
  readonly promise: Promise<AccessToken>;
  readonly stop: AbortController;
  waiting: number;
}

/**
 * One access token for all who need it: fetched once however many wait, renewed before it runs out, forgotten when the hub
 * refuses it. One cache a credential; never shared between credentials.
 */
export class TokenCache {
  readonly #clock: Clock;
  readonly #fetch: (signal: AbortSignal) => Promise<AccessToken>;
  readonly #leeway: number;
  readonly #store: TokenStore | null;
  #token: AccessToken | null = null;
  #flight: Flight | null = null;

  constructor(options: {
    readonly clock: Clock;
    /** Gets a new token. The signal aborts when nobody waits for it any more. */
    readonly fetch: (signal: AbortSignal) => Promise<AccessToken>;
    /** Renewed so long before it expires; at most half of its life. Milliseconds; 60 000 unless told. */
    readonly leeway?: number;
    readonly store?: TokenStore;
  }) {
    this.#clock = options.clock;
    this.#fetch = options.fetch;
    this.#leeway = options.leeway ?? 60_000;
    this.#store = options.store ?? null;
    this.#token = this.#store?.load() ?? null;
  }

  /** A token that still holds. Rejects as the fetch does, or with the signal's reason. */
  async get(signal?: AbortSignal): Promise<AccessToken> {
    signal?.throwIfAborted();
    if (this.#token !== null && this.#clock.now() < this.#token.expires) return this.#token;
    this.#token = null;
    const flight = (this.#flight ??= this.#start());
    flight.waiting++;
    try {
      return await unlessAborted(flight.promise, signal);
    } finally {
      if (--flight.waiting === 0 && this.#flight === flight) {
        this.#flight = null;
        flight.stop.abort();
      }
    }
  }

  /** Forgets `token`, which the hub refused; a newer one stays. */
  refuse(token: AccessToken): void {
    if (this.#token?.secret !== token.secret) return;
    this.#token = null;
    this.#store?.save(null);
  }

  #start(): Flight {
    const stop = new AbortController();
    const promise = (async (): Promise<AccessToken> => {
      const asked = this.#clock.now();
      const { secret, expires } = await this.#fetch(stop.signal);
      // A token that is over as it comes: the two clocks differ. The hub's word counts; ours only says when to ask again.
      const life = expires > asked ? expires - asked : 2 * this.#leeway;
      const token = { secret, expires: asked + life - Math.min(this.#leeway, life / 2) };
      this.#token = token;
      this.#store?.save(token);
      return token;
    })();
    promise.catch(() => {});
    return { promise, waiting: 0, stop };
  }

  toJSON(): string {
    return 'TokenCache';
  }
}

/** The expiry that a JWT states (`exp`), in epoch milliseconds; null when it is no JWT or states none. Verifies nothing. */
export function jwtExpiry(token: Secret): EpochMs | null {
  try {
    const payload = token.expose().split('.')[1] ?? '';
    const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const { exp } = JSON.parse(text) as { exp?: unknown };
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null;
  } catch {
    return null;
  }
}

/** `promise`, unless `signal` aborts first; the promise itself goes on for others. */
export function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
