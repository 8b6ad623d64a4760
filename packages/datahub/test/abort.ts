import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Hook, RequestSeen } from '../src/index.ts';

/** A caller that stops as soon as a request is under way, and tells nobody but by its signal. */
export interface Stopper {
  readonly signal: AbortSignal;
  readonly hook: Hook;
  stop(): void;
}

/**
 * Stops a while after the first request that `when` picks was sent: `after` milliseconds, so that it is with the hub by then
 * and, where the hub is slow, half of its body here. The reason is no `AbortError`, as a caller's own need not be.
 */
export function stopper(when: (seen: RequestSeen) => boolean = () => true, after = 80): Stopper {
  const own = new AbortController();
  const stop = (): void => own.abort(new Error('the caller has had enough'));
  let armed = true;
  return {
    signal: own.signal,
    stop,
    hook: {
      request: (seen) => {
        if (!armed || !when(seen)) return;
        armed = false;
        setTimeout(stop, after);
      },
    },
  };
}

/** Nobody listens to the caller's signal any more: what was started for it is over. */
export async function expectReleased(signal: AbortSignal): Promise<void> {
  await sleep(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
}
