import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter, type LimiterState } from '../../src/core/limiter.ts';
import { TestClock } from '../../src/testing/clock.ts';

/** The most arrivals within any stretch of `per`. */
function busiest(arrivals: readonly number[], per: number): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  let most = 0;
  for (const [at, time] of sorted.entries()) {
    let end = at;
    while (end < sorted.length && (sorted[end] as number) < time + per) end++;
    most = Math.max(most, end - at);
  }
  return most;
}

describe('limiter', () => {
  it('goes on from the state of another one as if it had been one, whenever it is handed over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 10, max: 500 }),
        fc.array(fc.record({ pause: fc.nat(300), latency: fc.nat(80), handOver: fc.boolean() }), {
          minLength: 2,
          maxLength: 30,
        }),
        async (max, per, requests) => {
          const clock = new TestClock({ start: 1_000_000 });
          const limits = [{ scope: 'address', max, per }];
          const start = (state?: LimiterState): Limiter =>
            new Limiter({ clock, limits, ...(state === undefined ? {} : { state }) });
          const one = start();
          let many = start();
          const arrivals: number[] = [];
          for (const { pause, latency, handOver } of requests) {
            await clock.sleep(pause);
            if (handOver) many = start(JSON.parse(JSON.stringify(many.state())) as LimiterState);
            const [whole, parts] = [
              await one.acquire([{ scope: 'address' }]),
              await many.acquire([{ scope: 'address' }]),
            ];
            expect(parts.waited).toBe(0);
            arrivals.push(clock.now());
            await clock.sleep(latency);
            whole.done();
            parts.done();
          }
          expect(busiest(arrivals, per)).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never lets the hub count more than its limit, wherever on the way a request is counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 2_000 }),
        fc.array(
          fc.record({
            start: fc.nat(3_000),
            latency: fc.nat(900),
            counted: fc.double({ min: 0, max: 1, noNaN: true }),
            token: fc.boolean(),
          }),
          { minLength: 1, maxLength: 25 },
        ),
        async (max, per, requests) => {
          const clock = new TestClock({ start: 1_000_000 });
          const limiter = new Limiter({
            clock,
            limits: [
              { scope: 'address', max, per },
              { scope: 'token', max: 1, per: per * 2 },
            ],
          });
          const all: number[] = [];
          const tokens: number[] = [];
          await Promise.all(
            requests.map(async ({ start, latency, counted, token }) => {
              await clock.sleep(start);
              const keys = [{ scope: 'address' }, ...(token ? [{ scope: 'token' }] : [])];
              const lease = await limiter.acquire(keys);
              const sent = clock.now();
              await clock.sleep(latency);
              lease.done();
              const arrival = sent + Math.floor((clock.now() - sent) * counted);
              all.push(arrival);
              if (token) tokens.push(arrival);
            }),
          );
          expect(all).toHaveLength(requests.length);
          expect(busiest(all, per)).toBeLessThanOrEqual(max);
          expect(busiest(tokens, per * 2)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('wastes no time: 120 a minute means 240 in a minute and a bit', async () => {
    const clock = new TestClock({ start: 0 });
    const limiter = new Limiter({ clock, limits: [{ scope: 'address', max: 120, per: 60_000 }] });
    for (let sent = 0; sent < 240; sent++) (await limiter.acquire([{ scope: 'address' }])).done();
    expect(clock.now()).toBe(60_000);
  });

  it('counts each key of a scope for itself', async () => {
    const clock = new TestClock({ start: 0 });
    const limiter = new Limiter({ clock, limits: [{ scope: 'dataset', max: 1, per: 60_000 }] });
    for (const key of ['a', 'b', 'c']) (await limiter.acquire([{ scope: 'dataset', key }])).done();
    expect(clock.now()).toBe(0);
    (await limiter.acquire([{ scope: 'dataset', key: 'a' }])).done();
    expect(clock.now()).toBe(60_000);
  });

  it('keeps still while paused, and takes nothing for who gives up', async () => {
    const clock = new TestClock({ start: 0 });
    const limiter = new Limiter({ clock, limits: [{ scope: 'address', max: 1, per: 1_000 }] });
    limiter.pause({ scope: 'address' }, 5_000);
    const stop = new AbortController();
    const given = limiter.acquire([{ scope: 'address' }], stop.signal);
    stop.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    const lease = await limiter.acquire([{ scope: 'address' }]);
    expect(clock.now()).toBe(5_000);
    lease.cancel();
    expect((await limiter.acquire([{ scope: 'address' }])).waited).toBe(0);
  });
});
