import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Hook, RequestSeen } from '../src/index.ts';
import type { TestHub } from '../src/testing.ts';

/** A caller that stops as soon as a request is under way, and tells nobody but by its signal. */
export interface Stopper {
  readonly signal: AbortSignal;
  readonly hook: Hook;
  stop(): void;
}

/**
 * With a hub: stops once the first request that `when` picks was sent and the hub is slow in answering one, so that half of a
 * body is on its way. The reason is no `AbortError`, as a caller's own need not be.
 */
export function stopper(hub?: TestHub, when: (seen: RequestSeen) => boolean = () => true): Stopper {
  const own = new AbortController();
  const stop = (): void => own.abort(new Error('the caller has had enough'));
  let armed = hub !== undefined;
  return {
    signal: own.signal,
    stop,
    hook: {
      request: (seen) => {
        if (!armed || !when(seen)) return;
        armed = false;
        void reached(hub as TestHub, ({ fault }) => fault === 'slow').then(stop);
      },
    },
  };
}

type Exchange = Awaited<ReturnType<TestHub['report']>>['exchanges'][number];

/** Waits until the hub has had such a request, however busy the machine is. */
export async function reached(hub: TestHub, such: (exchange: Exchange) => boolean): Promise<void> {
  while (!(await hub.report()).exchanges.some(such)) await sleep(10);
}

/** Nobody listens to the caller's signal any more: what was started for it is over. */
export async function expectReleased(signal: AbortSignal): Promise<void> {
  await sleep(0);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
}
