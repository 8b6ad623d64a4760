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

  constructor(options: { readonly clock: Clock; readonly limits: readonly Limit[] }) {
    this.#clock = options.clock;
    this.#limits = options.limits;
  }

  /**
   * Waits until a request that counts for all of `keys` may be sent. A key whose scope has no limit is free.
   * Rejects with the signal's reason when `signal` aborts; then nothing was taken.
   */
  async acquire(keys: readonly LimitKey[], signal?: AbortSignal): Promise<Lease> {
    signal?.throwIfAborted();
    const began = this.#clock.now();
    const waiter: Waiter = { keys, names: new Set(keys.map(name)) };
    this.#waiting.add(waiter);
    try {
      for (;;) {
        const wait = this.#wait(keys);
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
  #wait(keys: readonly LimitKey[]): number {
    const now = this.#clock.now();
    let wait = 0;
    for (const key of keys) {
      wait = Math.max(wait, (this.#paused.get(name(key)) ?? 0) - now);
      for (const bucket of this.#bucketsOf(key)) {
        while (bucket.free.length > 0 && (bucket.free[0] as number) <= now) bucket.free.shift();
        const over = bucket.open + bucket.free.length - bucket.max + 1;
        if (over <= 0) continue;
        const free = bucket.free[over - 1];
        wait = Math.max(wait, free === undefined ? Infinity : free - now);
      }
    }
    return wait;
  }

  /** Whether someone who came earlier, and counts for some of the same, could go now. */
  #othersFirst(waiter: Waiter): boolean {
    for (const other of this.#waiting) {
      if (other === waiter) return false;
      if ([...other.names].some((id) => waiter.names.has(id)) && this.#wait(other.keys) === 0)
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
    const id = name(key);
    let buckets = this.#buckets.get(id);
    if (buckets === undefined) {
      buckets = this.#limits
        .filter((limit) => limit.scope === key.scope)
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
