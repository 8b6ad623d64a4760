import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offset, midnight } from '../../src/testing/european-time.ts';
import { tlsFetch } from '../../src/core/node-fetch.ts';
import { startTestHub, type TestHub } from '../../src/testing.ts';
import { point, small } from './data.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ hub: 'eloverblik', data: small, auto: false });
});
afterAll(() => hub.stop());

const get = async (path: string, token: string, method = 'GET', body?: string) => {
  const answer = await hub.fetch(hub.origin + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5_000),
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  const text = new TextDecoder().decode(await answer.arrayBuffer());
  return { status: answer.status, text, header: (name: string) => answer.headers.get(name) };
};
const refresh = (): string => hub.credentials['customerRefreshToken'] as string;
const access = async (): Promise<string> =>
  (JSON.parse((await get('/customerapi/api/token', refresh())).text) as { result: string }).result;

describe('the test hub of Eloverblik', () => {
  it('really counts: a third token in a minute is refused, and one more request than 120', async () => {
    await hub.clock.advance(120_000);
    const token = await access();
    await access();
    expect((await get('/customerapi/api/token', refresh())).status).toBe(429);
    for (let sent = 3; sent < 120; sent++)
      expect((await get('/customerapi/api/isalive', token)).status).toBe(200);
    expect((await get('/customerapi/api/isalive', token)).status).toBe(429);
    // Refused requests count as well: only a whole minute of silence helps.
    await hub.clock.advance(59_000);
    expect((await get('/customerapi/api/isalive', token)).status).toBe(429);
    await hub.clock.advance(60_001);
    expect((await get('/customerapi/api/isalive', token)).status).toBe(200);
    const { limits } = await hub.report();
    expect(limits.find(({ scope }) => scope === 'address')).toMatchObject({ busiest: 122 });
  });

  it('refuses without a token, with the wrong one, and with one that has run out', async () => {
    await hub.clock.advance(120_000);
    const list = '/customerapi/api/meteringpoints/meteringpoints';
    const token = await access();
    expect((await get(list, token)).status).toBe(200);
    expect((await get(list, 'none')).status).toBe(401);
    expect((await get(list, `${token}x`)).status).toBe(401);
    expect((await get(list, refresh())).status).toBe(401);
    expect((await get(list.replace('customer', 'thirdparty'), token)).status).toBe(401);
    expect((await get('/customerapi/api/token', token)).status).toBe(403);
    await hub.clock.advance(24 * 3_600_000);
    const late = await get(list, token);
    expect(late.status).toBe(401);
    expect(late.text).toContain('50001');
    expect(late.header('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses what the description forbids, in the shapes of the real hub', async () => {
    await hub.clock.advance(120_000);
    const token = await access();
    const ask = (period: string, points: unknown) =>
      get(
        `/customerapi/api/meterdata/gettimeseries/${period}/Actual`,
        token,
        'POST',
        typeof points === 'string'
          ? points
          : JSON.stringify({ meteringPoints: { meteringPoint: points } }),
      );
    const one = [point(1)];
    for (const [period, points, said] of [
      ['2026-10-24/2026-10-24', one, '"#30002: '],
      ['2026-10-25/2026-10-24', one, '"#30001: '],
      ['2026-10-24/2030-01-01', one, '"#30003: '],
      ['2030-01-01/2030-01-02', one, '"#30000: '],
      ['24-10-2026/2026-10-25', one, '"#30004: '],
      ['2023-01-01/2026-01-01', one, '"#30014: '],
      ['2026-10-24/2026-10-25', Array.from({ length: 11 }, (_, at) => point(at)), '"[10004] '],
      ['2026-10-24/2026-10-25', [], '"[20013] '],
      ['2026-10-24/2026-10-25', '{', 'traceId'],
    ] as const) {
      const { status, text } = await ask(period, points);
      expect([period, status, text]).toEqual([period, 400, expect.stringContaining(said)]);
    }
  });

  it('knows local time without the client’s help, as the engine knows it', () => {
    for (const [zone, standard] of [
      ['Europe/Copenhagen', 1],
      ['Europe/Helsinki', 2],
    ] as const) {
      const format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        hour: '2-digit',
        hourCycle: 'h23',
      });
      for (let ms = Date.UTC(2020, 0, 1); ms < Date.UTC(2031, 0, 1); ms += 5 * 3_600_000) {
        const hour = (new Date(ms).getUTCHours() + offset(ms, standard) / 3_600_000) % 24;
        expect([ms, hour]).toEqual([ms, Number(format.format(ms))]);
      }
      for (const [year, month, day] of [
        [2026, 3, 29],
        [2026, 3, 30],
        [2026, 10, 25],
        [2026, 10, 26],
        [2024, 2, 30],
      ] as const) {
        const ms = midnight(year, month, day, standard);
        expect(Number(format.format(ms))).toBe(0);
        expect(Number(format.format(ms - 1))).toBe(23);
      }
    }
  });

  it('is trusted by nobody who was not told of its authority', async () => {
    const stranger = tlsFetch();
    await expect(
      stranger(`${hub.origin}/customerapi/api/isalive`, {
        method: 'GET',
        headers: {},
        signal: AbortSignal.timeout(5_000),
        redirect: 'manual',
      }),
    ).rejects.toThrow('fetch failed');
    await stranger.close();
  });

  it('ends with who started it', async () => {
    const other = await startTestHub({ hub: 'eloverblik', data: {} });
    await other.stop();
    await expect(fetch(other.control)).rejects.toThrow('fetch failed');
    await expect(startTestHub({ hub: 'nothing', data: {} })).rejects.toThrow(/no test hub nothing/);
    await expect(startTestHub({ hub: 'eloverblik', data: '/none.json' })).rejects.toThrow(
      /none.json/,
    );
  });
});
