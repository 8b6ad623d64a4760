import type { EpochMs } from '@metergram/model';

/**
 * Time, as an argument. Everything in this package that waits or looks at the time does it through one of these, so that
 * a test can move it: a year's transfer under the real limits then takes seconds.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. Never runs backwards as far as limits are concerned. */
  now(): EpochMs;
  /** Resolves when `ms` have passed; rejects with the signal's reason as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

let latest = 0;

/** The machine's own clock, held still while someone sets it back. */
export const systemClock: Clock = {
  now: () => (latest = Math.max(latest, Date.now())),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      function abort(): void {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      }
      signal?.addEventListener('abort', abort, { once: true });
    }),
};
