import type { ZoneId } from '@metergram/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../src/core/exact-json.ts';
import { decimalOf, epochOf } from '../../src/core/json.ts';
import { Redactor, Secret } from '../../src/core/secret.ts';
import { type AccessToken, TokenCache } from '../../src/core/token.ts';
import { dateAt, intervalEnd, startOfDay } from '../../src/core/zone.ts';
import { TestClock } from '../../src/testing/clock.ts';

const copenhagen = 'Europe/Copenhagen' as ZoneId;

describe('exact values', () => {
  it.each([
    ['0.130', '0.130'],
    ['-0.0', '0.0'],
    ['+7', '7'],
    ['007.50', '7.50'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['1.25E-4', '0.000125'],
    ['', null],
    ['-', null],
    ['1,5', null],
    ['NaN', null],
  ])('%s reads as %s', (text, value) => {
    expect(decimalOf(text)).toBe(value);
  });

  it('reads back every whole number with every scale', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 12 }), (mantissa, scale) => {
        const read = decimalOf(`${mantissa}e-${scale}`) as string;
        const [whole, rest = ''] = read.split('.');
        expect(rest).toHaveLength(scale);
        expect(BigInt((whole as string).replace('-', '') + rest)).toBe(
          mantissa < 0n ? -mantissa : mantissa,
        );
      }),
    );
  });

  it('takes numbers out of JSON without a float between', () => {
    const text = '{"price":0.10,"rows":[{"price":12345678901234567890.123456789}]}';
    expect(parseExactJson(text)).toEqual({
      price: '0.10',
      rows: [{ price: '12345678901234567890.123456789' }],
    });
  });

  it('takes no local time for an instant', () => {
    expect(epochOf('2026-03-29T02:30:00')).toBeNull();
    expect(epochOf('2026-03-29T02:30:00+02:00')).toBe(Date.UTC(2026, 2, 29, 0, 30));
  });
});

describe('local days', () => {
  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-06-01', 24],
  ])('%s has %i hours in Copenhagen', (date, hours) => {
    const start = startOfDay(date, copenhagen);
    expect((intervalEnd(start, 'P1D', copenhagen) - start) / 3_600_000).toBe(hours);
    expect(dateAt(start, copenhagen)).toBe(date);
    expect(dateAt(start - 1, copenhagen)).not.toBe(date);
  });

  it('begins a day whose midnight is skipped at its first instant', () => {
    // Lebanon sets its clocks forward at midnight: 2024-03-31 begins at 01:00.
    expect(startOfDay('2024-03-31', 'Asia/Beirut' as ZoneId)).toBe(Date.UTC(2024, 2, 30, 22));
  });

  it('refuses what is no date', () => {
    expect(() => startOfDay('2026-02-30', copenhagen)).toThrow(RangeError);
    expect(() => startOfDay('2026-2-3', copenhagen)).toThrow(RangeError);
  });
});

describe('secrets', () => {
  it('prints none', () => {
    const secret = new Secret('s3cr3t-text');
    for (const text of [String(secret), `${secret}`, JSON.stringify({ secret }), secret + ''])
      expect(text).not.toContain('s3cr3t');
  });

  it('takes them out of what others wrote', () => {
    const redactor = new Redactor();
    redactor.learn(new Secret('p&ss word'));
    expect(redactor.clean('bad p&ss word, p%26ss%20word')).toBe('bad [secret], [secret]');
    expect(redactor.clean('Bearer abcdefghijkl')).toBe('Bearer [secret]');
    expect(redactor.clean('token eyJhbGciOi.eyJzdWIi.sig_x here')).toBe('token [secret] here');
  });
});

describe('tokens', () => {
  it('are used although the clocks differ, and not asked for again and again', async () => {
    const clock = new TestClock({ start: 1_000_000_000 });
    let asked = 0;
    const cache = new TokenCache({
      clock,
      // Over since an hour, by our clock.
      fetch: async () => ({
        secret: new Secret(`token ${++asked}`),
        expires: clock.now() - 3_600_000,
      }),
    });
    const first = await cache.get();
    expect(clock.now()).toBeLessThan(first.expires);
    expect(await cache.get()).toBe(first);
    await clock.advance(120_000);
    await cache.get();
    expect(asked).toBe(2);
  });

  it('are fetched once for all, and the fetch ends when nobody waits', async () => {
    const clock = new TestClock({ start: 0 });
    const signals: AbortSignal[] = [];
    let settle: (token: AccessToken) => void = () => {};
    const cache = new TokenCache({
      clock,
      fetch: (signal) => {
        signals.push(signal);
        return new Promise((resolve) => {
          settle = resolve;
        });
      },
    });
    const stops = [new AbortController(), new AbortController()];
    const gone = stops.map(({ signal }) => cache.get(signal));
    for (const stop of stops) stop.abort(new Error('enough'));
    for (const one of gone) await expect(one).rejects.toThrow('enough');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    const all = [cache.get(), cache.get(), cache.get()];
    settle({ secret: new Secret('token'), expires: 600_000 });
    const [a, b, c] = await Promise.all(all);
    expect(a).toBe(b);
    expect(b).toBe(c);
    expect(signals).toHaveLength(2);
  });

  it('that are refused are forgotten, unless a newer one has come', async () => {
    const clock = new TestClock({ start: 0 });
    let asked = 0;
    const cache = new TokenCache({
      clock,
      fetch: async () => ({ secret: new Secret(`token ${++asked}`), expires: 600_000 }),
    });
    const old = await cache.get();
    cache.refuse(old);
    const fresh = await cache.get();
    expect(fresh).not.toBe(old);
    cache.refuse(old);
    expect(await cache.get()).toBe(fresh);
  });
});
