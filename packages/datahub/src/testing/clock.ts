import type { EpochMs } from '@metergram/model';
import type { Clock } from '../core/clock.ts';

interface Sleeper {
  readonly until: EpochMs;
  readonly wake: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * A clock that moves by itself, as far as the next sleeper, whenever nothing else goes on: hours of waiting for a hub's
 * limits then take no time. With `auto: false` it moves only when told to.
 *
 * Work that goes on outside (a request to a server) is announced with {@link TestClock.during}; time stands still until it
 * is done. `moved` is told of every step before anybody wakes: it sets the clock of the test hub.
 */
export class TestClock implements Clock {
  #now: EpochMs;
  #busy = 0;
  #pumping = false;
  readonly #auto: boolean;
  readonly #sleepers: Set<Sleeper> = new Set();
  readonly #moved: ((now: EpochMs) => Promise<void>) | undefined;

  constructor(options: {
    readonly start: EpochMs;
    readonly auto?: boolean;
    readonly moved?: (now: EpochMs) => Promise<void>;
  }) {
    this.#now = options.start;
    this.#auto = options.auto ?? true;
    this.#moved = options.moved;
  }

  now(): EpochMs {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason as Error);
      const end = (settle: () => void): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const abort = (): void => end(() => reject(signal?.reason as Error));
      const sleeper: Sleeper = {
        until: this.#now + Math.max(0, ms),
        wake: () => end(resolve),
        fail: (error) => end(() => reject(error as Error)),
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
      if (this.#auto) void this.#pump();
    });
  }

  /** Moves on by `ms` and wakes who slept until then, in order. */
  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    for (;;) {
      const next = this.#next();
      if (next === null || next > target) break;
      await this.#step(next);
      await turn();
    }
    await this.#step(target);
  }

  /** Time does not move by itself while `work` is under way. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy++;
    try {
      return await work;
    } finally {
      this.#busy--;
      if (this.#auto) void this.#pump();
    }
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (;;) {
        await turn();
        const next = this.#next();
        if (this.#busy > 0 || next === null) return;
        await this.#step(next);
      }
    } catch (error) {
      // The hub whose clock it is has gone: nobody sleeps on.
      for (const sleeper of this.#sleepers) sleeper.fail(error);
    } finally {
      this.#pumping = false;
    }
  }

  async #step(to: EpochMs): Promise<void> {
    this.#now = Math.max(this.#now, to);
    await this.#moved?.(this.#now);
    const due = [...this.#sleepers].filter((sleeper) => sleeper.until <= this.#now);
    for (const sleeper of due.sort((a, b) => a.until - b.until)) sleeper.wake();
  }

  #next(): EpochMs | null {
    let next: EpochMs | null = null;
    for (const { until } of this.#sleepers) if (next === null || until < next) next = until;
    return next;
  }
}

/** One turn of the event loop: everybody who was woken gets to run first. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
