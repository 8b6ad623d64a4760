// What each status means at each hub: whether it is sent again, when, and what the caller is told.
import { generateKeyPairSync } from 'node:crypto';
import type { Instant } from '@metergram/model';
import { describe, expect, it } from 'vitest';
import { createElhub } from '../../src/elhub.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { createFingrid } from '../../src/fingrid.ts';
import { collect, type FetchLike } from '../../src/index.ts';
import {
  createEnergiDataService,
  createEntsoe,
  NORDIC_AREAS,
  type PriceArea,
} from '../../src/prices.ts';
import { TestClock } from '../../src/testing/clock.ts';
import { faultOf } from '../fault.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const start = Date.UTC(2026, 0, 15);

interface World {
  readonly clock: TestClock;
  readonly fetch: FetchLike;
}

/** One read of each hub, by a client of its own. */
const hubs: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  eloverblik: (world) => collect(new EloverblikCustomer({ refreshToken: 'r', ...world }).points()),
  elhub: (world) =>
    createElhub({
      userAgent: 'test/1.0',
      gln: '7080005050000',
      credential: { clientId: 'c', scopes: ['s'], key, keyId: 'k' },
      ...world,
    }).access.grant('x'),
  fingrid: (world) =>
    createFingrid({ origin: 'https://fingrid.example', organisationUser: 'o', ...world }).customer(
      'c',
    ),
  entsoe: (world) =>
    createEntsoe({ token: 'token', ...world }).document(NORDIC_AREAS[0] as PriceArea, {
      start: '2026-01-01T00:00:00Z' as Instant,
      end: '2026-01-02T00:00:00Z' as Instant,
    }),
  energidataservice: (world) => createEnergiDataService({ ...world }).dataset('Any', {}),
};
const withToken = new Set(['eloverblik', 'elhub']);

/** A hub that answers everything but tokens with one status. */
async function ask(
  hub: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ sent: number[]; tokens: number; code: string; fault: unknown }> {
  const clock = new TestClock({ start });
  const sent: number[] = [];
  let tokens = 0;
  const encoder = new TextEncoder();
  const fetch: FetchLike = async (url) => {
    const token = new URL(url).pathname.endsWith('/token');
    if (token) tokens++;
    else sent.push(clock.now() - start);
    const body = token ? '{"result":"t","access_token":"t","expires_in":7200}' : '';
    return {
      status: token ? 200 : status,
      headers: { get: (name) => (token ? null : (headers[name] ?? null)) },
      arrayBuffer: async () => encoder.encode(body).buffer,
    };
  };
  const fault = await faultOf((hubs[hub] as (world: World) => Promise<unknown>)({ clock, fetch }));
  return { sent, tokens, code: fault.code, fault };
}

/** What the hubs have minds of their own about: refused credentials, and what is not there. */
const own: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  eloverblik: { 401: 'hub/token-refused', 403: 'hub/not-permitted' },
  elhub: {
    401: 'hub/token-refused',
    403: 'hub/not-permitted',
    404: 'hub/no-data',
    409: 'hub/conflict',
  },
  fingrid: { 401: 'hub/credential-refused', 403: 'hub/credential-refused' },
  entsoe: { 401: 'hub/credential-refused', 403: 'hub/credential-refused' },
  energidataservice: {},
};

describe.each(Object.keys(hubs))('%s', (hub) => {
  // Refused for what it is: sending it again cannot help, so it is sent once.
  it.each([
    300, 301, 302, 307, 400, 401, 402, 403, 404, 405, 406, 409, 410, 415, 422, 451, 501, 505,
  ])('%i is not sent again', async (status) => {
    const { sent, tokens, code, fault } = await ask(hub, status);
    // But for a token that is refused: it may have run out under way, so a fresh one is tried, once.
    const fresh = status === 401 && withToken.has(hub);
    expect(sent).toEqual(fresh ? [0, 0] : [0]);
    expect(tokens).toBe(withToken.has(hub) ? sent.length : 0);
    const given = status < 400 ? 'hub/protocol' : status > 500 ? 'hub/unavailable' : undefined;
    expect(code).toBe(given ?? own[hub]?.[status] ?? 'hub/invalid-request');
    expect(fault).toMatchObject({ retry: 'never', status });
    // None of them says anything about a consent.
    expect(code).not.toBe('hub/consent-missing');
  });

  it('413 is not sent again as it is: it has to be asked for in smaller parts', async () => {
    const { sent, fault } = await ask(hub, 413);
    expect(sent).toEqual([0]);
    expect(fault).toMatchObject({ code: 'hub/too-much', retry: 'smaller' });
  });

  it.each([
    [408, 'hub/timeout', 'smaller'],
    [425, 'hub/unavailable', 'later'],
    [500, 'hub/unavailable', 'smaller'],
    [502, 'hub/unavailable', 'smaller'],
    [503, 'hub/unavailable', 'smaller'],
    [504, 'hub/unavailable', 'smaller'],
    [599, 'hub/unavailable', 'smaller'],
  ])('%i may pass: four sendings, ever further apart', async (status, code, retry) => {
    const { sent, fault } = await ask(hub, status);
    expect(fault).toMatchObject({ code, retry, status });
    expect(sent).toHaveLength(4);
    const pauses = sent.slice(1).map((at, before) => at - (sent[before] as number));
    // A dataset of Energi Data Service may be asked once a minute, whatever else there is to wait for.
    const atLeast =
      status === 503 || hub === 'energidataservice'
        ? [60_000, 60_000, 60_000]
        : [500, 1_000, 2_000];
    for (const [at, pause] of pauses.entries())
      expect(pause).toBeGreaterThanOrEqual(atLeast[at] as number);
    expect(pauses.at(-1)).toBeLessThanOrEqual(60_000);
  });

  it('429 is waited out: a minute where no time is named, ten where the hub bans, and not for ever', async () => {
    const { sent, fault } = await ask(hub, 429);
    expect(fault).toMatchObject({ code: 'hub/rate-limited', retry: 'later' });
    const minutes = hub === 'entsoe' ? 10 : 1;
    expect(sent).toEqual(Array.from({ length: 12 }, (_, at) => at * minutes * 60_000));
  });

  it.each([
    ['seconds', '90'],
    ['a date', new Date(start + 90_000).toUTCString()],
  ])('Retry-After in %s is kept to, with 429 and with 503', async (_, value) => {
    for (const status of [429, 503]) {
      const { sent, fault } = await ask(hub, status, { 'retry-after': value });
      expect(sent[1]).toBe(90_000);
      expect(fault).toMatchObject({ retryAt: expect.stringMatching(/^2026-01-15T00:/) as string });
    }
    // Longer than a caller would want to hang on for: told at once, with the time to come back.
    const long = await ask(hub, 503, { 'retry-after': '86400' });
    expect(long.sent).toEqual([0]);
    expect(long.fault).toMatchObject({ retryAt: '2026-01-16T00:00:00Z' });
  });
});
