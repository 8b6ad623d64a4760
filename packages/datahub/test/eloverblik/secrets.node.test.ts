import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HubError } from '../../src/core/fault.ts';
import type { AnswerSeen, RequestSeen } from '../../src/core/hook.ts';
import { openTelemetryHook } from '../../src/core/open-telemetry.ts';
import { hooks } from '../../src/core/hook.ts';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { EloverblikCustomer, EloverblikThirdParty } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { type FaultRule, startTestHub, type TestHub } from '../../src/testing.ts';
import { point, small } from './data.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ hub: 'eloverblik', data: small });
});
afterAll(() => hub.stop());

/** Everything that can be printed of a value, by every way that Node has of printing. */
function printed(value: unknown): string {
  const deep = { depth: 12, showHidden: true, getters: true, maxStringLength: null } as const;
  const parts = [inspect(value, deep), String(value)];
  try {
    parts.push(JSON.stringify(value) ?? '');
  } catch {
    // Cycles.
  }
  if (value instanceof Error)
    parts.push(value.message, value.stack ?? '', JSON.stringify(value), printed(value.cause ?? ''));
  return parts.join('\n');
}

describe('secrets', () => {
  it('stand in no error, hook, span or printed object, whatever goes wrong', async () => {
    // What the hub hands out is seeded by looking into the answers on their way in.
    const seeded = new Set<string>([
      hub.credentials['customerRefreshToken'] as string,
      hub.credentials['thirdPartyRefreshToken'] as string,
      'wac-7k2p',
      'wac-bad1',
    ]);
    const seen: unknown[] = [];
    const spans: unknown[] = [];
    const fetch: typeof hub.fetch = async (url, init) => {
      const answer = await hub.fetch(url, init);
      if (url.endsWith('/token') && answer.status === 200) {
        const body = new TextDecoder().decode(await answer.arrayBuffer());
        const token = /"result":"([^"]+)"/.exec(body)?.[1];
        if (token !== undefined) seeded.add(token);
      }
      return answer;
    };
    const tracer = {
      startSpan: (name: string, options?: object) => {
        const span = {
          setAttributes: (more: object) => spans.push(more),
          setStatus: (status: object) => spans.push(status),
          end: () => {},
        };
        spans.push(name, options);
        return span;
      },
    };
    const hook = hooks(
      {
        request: (one: RequestSeen) => seen.push(one),
        answer: (one: AnswerSeen) => seen.push(one),
        wait: (one) => seen.push(one),
      },
      openTelemetryHook(tracer),
    );
    const common = { origin: hub.origin, clock: hub.clock, fetch, hook, retry: { attempts: 1 } };
    const customer = new EloverblikCustomer({
      ...common,
      refreshToken: hub.credentials['customerRefreshToken'] as string,
    });
    const other = new EloverblikThirdParty({
      ...common,
      refreshToken: hub.credentials['thirdPartyRefreshToken'] as string,
    });
    const interval = localInterval('2026-10-24', '2026-10-27', danishZone);
    const caught: unknown[] = [];
    const attempt = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        seen.push(await work());
      } catch (error) {
        expect(error).toBeInstanceOf(HubError);
        caught.push(error);
      }
    };
    // The hub can repeat only what it was told: so the codes are told once, before.
    await attempt(() => customer.addRelationByCode(point(5), 'wac-bad1'));
    await attempt(() => customer.addRelationByCode(point(5), 'wac-7k2p'));
    let thirdParty = false;
    const echo = (): string =>
      [...seeded].filter((one) => !thirdParty || !one.startsWith('wac')).join(' and ');
    // A hub that repeats everything it was told, in every shape of error, and a network that fails.
    const faults = (): FaultRule['fault'][] => [
      { kind: 'status', status: 400, body: JSON.stringify(`[20011] you sent ${echo()}`) },
      { kind: 'status', status: 400, body: JSON.stringify({ title: echo(), traceId: echo() }) },
      { kind: 'status', status: 401, body: `Bearer ${echo()}` },
      { kind: 'status', status: 500, body: echo() },
      {
        kind: 'body',
        body: JSON.stringify({ result: [{ success: false, errorText: echo(), id: point(1) }] }),
      },
      { kind: 'body', body: echo() },
      { kind: 'reset' },
      { kind: 'cut' },
    ];
    await attempt(() => collect(customer.points()));
    for (let at = 0; at < faults().length; at++) {
      for (const path of ['/meteringpoints/', '/meterdata/', '/token', '/authorization/']) {
        thirdParty = path === '/authorization/' || path === '/token';
        await hub.faults([{ times: null, fault: faults()[at] as FaultRule['fault'], path }]);
        if (path === '/token') await hub.act('refuse-access-tokens');
        await attempt(() => collect(customer.points()));
        await attempt(() => collect(customer.series({ meteringPoints: [point(1)], interval })));
        await attempt(() => customer.addRelationByCode(point(5), 'wac-bad1'));
        await attempt(() => collect(other.consents()));
      }
    }
    await hub.faults([]);
    expect(caught.length).toBeGreaterThan(40);
    expect(seeded.size).toBeGreaterThan(6);
    const everything = [...caught, ...seen, ...spans, customer, other, hub.clock]
      .map(printed)
      .join('\n');
    for (const secret of seeded) {
      expect(everything.includes(secret)).toBe(false);
      // Neither a part of it: the signature of a token would do.
      for (const part of secret.split('.'))
        if (part.length > 12 && part !== secret.split('.')[0])
          expect(everything.includes(part)).toBe(false);
    }
    // Nor a metering point in what observers see.
    expect(
      [...seen, ...spans]
        .filter((one) => isSeen(one))
        .map(printed)
        .join('\n'),
    ).not.toContain(point(1));
  });

  it('are asked for over https only, except of this machine', () => {
    expect(
      () => new EloverblikCustomer({ refreshToken: 'x', origin: 'http://api.eloverblik.dk' }),
    ).toThrow(/https/);
  });

  it('go nowhere else: a redirect is not followed', async () => {
    await hub.faults([{ path: '/token', times: null, fault: { kind: 'status', status: 302 } }]);
    const client = new EloverblikCustomer({
      refreshToken: hub.credentials['customerRefreshToken'] as string,
      origin: hub.origin,
      clock: hub.clock,
      fetch: hub.fetch,
    });
    await expect(collect(client.points())).rejects.toMatchObject({ code: 'hub/protocol' });
    await hub.faults([]);
  });
});

function isSeen(one: unknown): boolean {
  return (
    typeof one === 'object' && one !== null && ('route' in one || 'http.response.body.size' in one)
  );
}
