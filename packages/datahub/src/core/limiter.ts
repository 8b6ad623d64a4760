import type { EpochMs } from '@metergram/model';
import type { Clock } from './clock.ts';

/** At most `max` requests of one key in any stretch of `per` milliseconds, wherever that stretch begins. */
export interface Limit {
  /** What is counted: `address`, `token`, `dataset`. A request names the scopes that it counts for. */
  readonly scope: string;
  readonly max: number;
  readonly per: number;
}

/** What one request counts for: `{ scope: 'dataset', key: 'DayAheadPrices' }`. Without `key`, the scope as a whole. */
export interface LimitKey {
  readonly scope: string;
  readonly key?: string;
}

/** A request's place within its limits. Call {@link Lease.done} when its answer has come, or never will. */
export interface Lease {
  /** How long it had to wait. */
  readonly waited: number;
  done(): void;
  /** Gives the place back unused: nothing was sent. */
  cancel(): void;
}

/** What a limiter knows of the past, without any request: enough for another process to go on from. Holds no secret. */
export interface LimiterState {
  /** Places that are taken: of which limit, and when each becomes free. */
  readonly places: readonly {
    /** Scope, or scope and key. */
    readonly name: string;
    readonly max: number;
    readonly per: number;
    readonly free: readonly EpochMs[];
  }[];
  /** What a hub asked to leave alone, and until when. */
  readonly paused: readonly { readonly name: string; readonly until: EpochMs }[];
}

interface Bucket {
  readonly max: number;
  readonly per: number;
  /** Requests under way. The hub may count them at any moment until they are answered. */
  open: number;
  /** When each place of an answered request becomes free again, ascending. */
  free: EpochMs[];
}

interface Waiter {
  readonly keys: readonly LimitKey[];
  readonly names: ReadonlySet<string>;
}

/**
 * Keeps limits instead of running into them.
 *
 * The hub counts a request when it arrives, which is somewhere between our sending and its answer. So a place is free
 * again `per` after the **answer**: then no stretch of `per` at the hub can hold more than `max`, whatever the network
 * does. Of requests that could go, the one that came first goes first.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #limits: readonly Limit[];
  readonly #buckets: Map<string, Bucket[]> = new Map();
  readonly #paused: Map<string, EpochMs> = new Map();
  readonly #waiting: Set<Waiter> = new Set();
  readonly #wake: Set<() => void> = new Set();

  /** `state`: of a limiter of the same limits, by the same clock; what has passed since then is dropped. */
  constructor(options: {
    readonly clock: Clock;
    readonly limits: readonly Limit[];
    readonly state?: LimiterState;
  }) {
    this.#clock = options.clock;
    this.#limits = options.limits;
    const now = this.#clock.now();
    for (const { name: id, max, per, free } of options.state?.places ?? []) {
      const [scope = ''] = id.split(' ', 1);
      const bucket = this.#bucketsNamed(id, scope).find(
        (one) => one.max === max && one.per === per,
      );
      // A clock that was set back must not hold anybody up for longer than the limit itself does.
      bucket?.free.push(
        ...free.filter((at) => at > now && at <= now + per).toSorted((a, b) => a - b),
      );
    }
    for (const { name: id, until } of options.state?.paused ?? [])
      if (until > now) this.#paused.set(id, until);
  }

  /** What is taken now; a request under way counts as one that ends this moment. */
  state(): LimiterState {
    const now = this.#clock.now();
    const places = Array.from(this.#buckets, ([id, buckets]) =>
      buckets.map(({ max, per, open, free }) => ({
        name: id,
        max,
        per,
        free: [...free.filter((at) => at > now), ...Array.from({ length: open }, () => now + per)],
      })),
    ).flat();
    const paused = Array.from(this.#paused, ([id, until]) => ({ name: id, until }));
    return {
      places: places.filter(({ free }) => free.length > 0),
      paused: paused.filter(({ until }) => until > now),
    };
  }

  /**
   * Waits until a request that counts for all of `keys` may be sent. A key whose scope has no limit is free.
   * Rejects with the signal's reason when `signal` aborts; then nothing was taken. `waiting` is told once, before a wait:
   * how long, and for which limit; null where the hub asked for a pause, or a request under way has to end first.
   */
  async acquire(
    keys: readonly LimitKey[],
    signal?: AbortSignal,
    waiting?: (milliseconds: number, limit: Limit | null) => void,
  ): Promise<Lease> {
    signal?.throwIfAborted();
    const began = this.#clock.now();
    const waiter: Waiter = { keys, names: new Set(keys.map(name)) };
    this.#waiting.add(waiter);
    let told = false;
    try {
      for (;;) {
        const { wait, limit } = this.#wait(keys);
        if (wait > 0 && wait < Infinity && !told) {
          told = true;
          waiting?.(wait, limit);
        }
        if (wait === 0 && !this.#othersFirst(waiter)) break;
        if (wait === 0 || wait === Infinity) await this.#change(signal);
        else await this.#clock.sleep(wait, signal);
        signal?.throwIfAborted();
      }
      return this.#take(keys, this.#clock.now() - began);
    } finally {
      this.#waiting.delete(waiter);
      this.#notify();
    }
  }

  /** Nothing of this key is sent before `until`: what a hub asks for with 429 and Retry-After. */
  pause(key: LimitKey, until: EpochMs): void {
    const id = name(key);
    this.#paused.set(id, Math.max(until, this.#paused.get(id) ?? 0));
  }

  /** 0 when it may go now; a number of milliseconds to sleep; Infinity when a request under way has to end first. */
  #wait(keys: readonly LimitKey[]): { readonly wait: number; readonly limit: Limit | null } {
    const now = this.#clock.now();
    let wait = 0;
    let limit: Limit | null = null;
    for (const key of keys) {
      const paused = (this.#paused.get(name(key)) ?? 0) - now;
      if (paused > wait) [wait, limit] = [paused, null];
      for (const bucket of this.#bucketsOf(key)) {
        while (bucket.free.length > 0 && (bucket.free[0] as number) <= now) bucket.free.shift();
        const over = bucket.open + bucket.free.length - bucket.max + 1;
        if (over <= 0) continue;
        const free = bucket.free[over - 1];
        const until = free === undefined ? Infinity : free - now;
        if (until <= wait) continue;
        wait = until;
        limit = { scope: key.scope, max: bucket.max, per: bucket.per };
      }
    }
    return { wait, limit };
  }

  /** Whether someone who came earlier, and counts for some of the same, could go now. */
  #othersFirst(waiter: Waiter): boolean {
    for (const other of this.#waiting) {
      if (other === waiter) return false;
      if ([...other.names].some((id) => waiter.names.has(id)) && this.#wait(other.keys).wait === 0)
        return true;
    }
    return false;
  }

  #take(keys: readonly LimitKey[], waited: number): Lease {
    const buckets = keys.flatMap((key) => this.#bucketsOf(key));
    for (const bucket of buckets) bucket.open++;
    let ended = false;
    const end = (sent: boolean): void => {
      if (ended) return;
      ended = true;
      const now = this.#clock.now();
      for (const bucket of buckets) {
        bucket.open--;
        if (sent) bucket.free.push(now + bucket.per);
      }
      this.#notify();
    };
    return { waited, done: () => end(true), cancel: () => end(false) };
  }

  /** Resolves at the next lease taken or ended. */
  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const end = (settle: () => void) => (): void => {
        this.#wake.delete(wake);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const wake = end(resolve);
      const abort = end(() => reject(signal?.reason as Error));
      this.#wake.add(wake);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  #notify(): void {
    for (const wake of this.#wake) wake();
  }

  #bucketsOf(key: LimitKey): Bucket[] {
    return this.#bucketsNamed(name(key), key.scope);
  }

  #bucketsNamed(id: string, scope: string): Bucket[] {
    let buckets = this.#buckets.get(id);
    if (buckets === undefined) {
      buckets = this.#limits
        .filter((limit) => limit.scope === scope)
        .map(({ max, per }) => ({ max, per, open: 0, free: [] }));
      this.#buckets.set(id, buckets);
    }
    return buckets;
  }
}

function name(key: LimitKey): string {
  return key.key === undefined ? key.scope : `${key.scope} ${key.key}`;
}

const shared: WeakMap<Clock, Map<string, Limiter>> = new WeakMap();

/**
 * The one limiter of a hub's address within this process: limits per address hold for all clients together. The first
 * caller's `limits` stand. Clients use it unless they are given another.
 */
export function sharedLimiter(origin: string, clock: Clock, limits: readonly Limit[]): Limiter {
  let byOrigin = shared.get(clock);
  if (byOrigin === undefined) shared.set(clock, (byOrigin = new Map()));
  let limiter = byOrigin.get(origin);
  if (limiter === undefined) byOrigin.set(origin, (limiter = new Limiter({ clock, limits })));
  return limiter;
}
