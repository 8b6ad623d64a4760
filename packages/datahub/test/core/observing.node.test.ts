import { trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import type { AnswerSeen, RequestSeen } from '../../src/core/hook.ts';
import { type FetchAnswer, HubHttp } from '../../src/core/http.ts';
import { Limiter } from '../../src/core/limiter.ts';
import { openTelemetryHook } from '../../src/core/open-telemetry.ts';
import { defaultRetry, pauseBefore, retryAfter } from '../../src/core/retry.ts';
import type { HubFault } from '../../src/core/fault.ts';
import { TestClock } from '../../src/testing/clock.ts';

function answerOf(status: number, body: string): FetchAnswer {
  return {
    status,
    headers: { get: (name) => (name === 'x-id' ? 'the-id' : null) },
    arrayBuffer: async () => new TextEncoder().encode(body).buffer as ArrayBuffer,
  };
}

describe('watching', () => {
  it('takes a tracer of OpenTelemetry as it is', () => {
    // Without a provider the tracer does nothing; that it fits is what the compiler checks here.
    const hook = openTelemetryHook(trace.getTracer('test'));
    const seen: RequestSeen = {
      id: 1,
      hub: 'file',
      operation: 'x',
      method: 'GET',
      origin: 'https://example.org',
      route: '/x/{id}',
      attempt: 1,
      at: 0,
    };
    hook.request?.(seen);
    hook.answer?.({ ...seen, status: 200, milliseconds: 5, bytes: 3 });
    expect(hook).toHaveProperty('answer');
  });

  it('sees every sending and what came of it, and cannot break anything', async () => {
    const clock = new TestClock({ start: 1_000 });
    const seen: (RequestSeen | AnswerSeen)[] = [];
    const answers = [answerOf(503, ''), answerOf(200, 'good')];
    const http = new HubHttp({
      hub: 'file',
      origin: 'https://example.org',
      clock,
      limiter: new Limiter({ clock, limits: [] }),
      fetch: async () => answers.shift() as FetchAnswer,
      correlation: ['x-id'],
      hook: {
        request: (one) => {
          seen.push(one);
          throw new Error('an observer’s own fault');
        },
        answer: (one) => seen.push(one),
      },
      fault: ({ status }) =>
        ({
          code: 'hub/unavailable',
          hub: 'file',
          message: 'busy',
          retry: 'later',
          status,
        }) as HubFault,
    });
    const request = {
      operation: 'read',
      method: 'GET',
      route: '/points/{id}',
      path: '/points/4711',
      limits: [],
    } as const;
    expect(await http.send(request, (answer) => answer.text())).toBe('good');
    expect(
      seen.map((one) =>
        'status' in one ? [one.id, one.status, one.again] : [one.id, one.attempt],
      ),
    ).toEqual([
      [1, 1],
      [1, 503, 60_000],
      [2, 2],
      [2, 200, undefined],
    ]);
    expect(seen[3]).toMatchObject({ correlationId: 'the-id', bytes: 4, route: '/points/{id}' });
    expect(JSON.stringify(seen)).not.toContain('4711');
    expect(http.traffic).toMatchObject({ requests: 2, retries: 1 });
  });

  it('does not do again what must not be done twice', async () => {
    const clock = new TestClock({ start: 0 });
    let sent = 0;
    const http = new HubHttp({
      hub: 'file',
      origin: 'https://example.org',
      clock,
      limiter: new Limiter({ clock, limits: [] }),
      fetch: async () => {
        sent++;
        throw new TypeError('fetch failed');
      },
      fault: () => ({ code: 'hub/protocol', hub: 'file', message: '', retry: 'never' }),
    });
    const request = {
      operation: 'add',
      method: 'POST',
      route: '/',
      path: '/',
      limits: [],
    } as const;
    await expect(http.send({ ...request, repeatable: false }, () => null)).rejects.toMatchObject({
      code: 'hub/network',
    });
    expect(sent).toBe(1);
    await expect(http.send(request, () => null)).rejects.toMatchObject({ code: 'hub/network' });
    expect(sent).toBe(5);
  });
});

describe('a hub that is not there', () => {
  it.each([
    ['ECONNREFUSED', 'later', 4],
    ['ENOTFOUND', 'later', 4],
    ['UND_ERR_SOCKET', 'smaller', 4],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'never', 1],
  ])('%s: %s', async (code, retry, times) => {
    const clock = new TestClock({ start: 0 });
    let sent = 0;
    const http = new HubHttp({
      hub: 'file',
      origin: 'https://example.org',
      clock,
      limiter: new Limiter({ clock, limits: [] }),
      fetch: async () => {
        sent++;
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) });
      },
      fault: () => ({ code: 'hub/protocol', hub: 'file', message: '', retry: 'never' }),
    });
    const request = { operation: 'x', method: 'GET', route: '/', path: '/', limits: [] } as const;
    await expect(http.send(request, () => null)).rejects.toMatchObject({
      fault: { code: 'hub/network', message: `connection failed (${code})`, retry },
    });
    expect(sent).toBe(times);
  });
});

describe('what is tried again', () => {
  const now = Date.UTC(2026, 0, 1);
  it.each([
    ['120', now + 120_000],
    [' 5 ', now + 5_000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', now + 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', now],
    ['soon', null],
    ['-5', null],
    ['', null],
    [null, null],
  ])('Retry-After %j is %j', (header, at) => {
    expect(retryAfter(header, now)).toBe(at);
  });

  it('waits ever longer for a broken connection, and not for ever for a hub', () => {
    const policy = { ...defaultRetry, attempts: 10, random: () => 1 };
    const base = { hub: 'file', message: '' } as const;
    const broken: HubFault = { ...base, code: 'hub/network', retry: 'smaller' };
    expect([1, 2, 3, 4, 9].map((attempt) => pauseBefore(broken, attempt, policy, now))).toEqual([
      1_000, 2_000, 4_000, 8_000, 60_000,
    ]);
    expect(pauseBefore(broken, 10, policy, now)).toBeNull();
    const told = (seconds: number): HubFault => ({
      ...base,
      code: 'hub/rate-limited',
      retry: 'later',
      status: 429,
      retryAt: new Date(now + seconds * 1000).toISOString() as never,
    });
    expect(pauseBefore(told(30), 1, policy, now)).toBe(30_000);
    expect(pauseBefore(told(3_600), 1, policy, now)).toBeNull();
    expect(
      pauseBefore({ ...base, code: 'hub/not-permitted', retry: 'never' }, 1, policy, now),
    ).toBeNull();
  });
});
