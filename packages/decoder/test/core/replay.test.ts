import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TelegramDescription } from '../../src/encode.ts';
import { createDecoderSync } from '../../src/index.ts';
import { type ReplayFinding, ReplayGuard, type ReplayOptions } from '../../src/replay.ts';
import { KEY, OTHER_KEY, heat } from './telegrams.ts';

const decoder = createDecoderSync({ keys: [{ manufacturer: 'ELS', id: '*', key: KEY }] });
const START = Date.UTC(2026, 0, 1);

type Form = 'A' | 'B' | null;

/** A meter's `n`th telegram in each of the ways that number it. */
const NUMBERED: Record<string, (n: number, form?: Form) => TelegramDescription> = {
  'mode 5': (n, format = null) => ({
    link: { kind: 'wireless', format },
    transport: { accessNumber: n & 255, security: { mode: 5, key: KEY } },
  }),
  plain: (n, format = null) => ({
    link: { kind: 'wireless', format },
    transport: { accessNumber: n & 255 },
  }),
  'wired, plain': (n) => ({ link: { kind: 'wired-long' }, transport: { accessNumber: n & 255 } }),
  'mode 7': (n, format = null) => ({
    link: { kind: 'wireless', format },
    transport: { accessNumber: n & 255, security: { mode: 7, key: KEY, counter: 70_000 + n } },
  }),
  'mode 7 behind an authentication layer': (n, format = null) => ({
    link: { kind: 'wireless', format },
    afl: { key: KEY, counter: 4_000_000_000 + n },
    transport: { accessNumber: n & 255, security: { mode: 7, key: KEY } },
  }),
  'extended link layer': (n, format = null) => ({
    link: { kind: 'wireless', format },
    ell: { ci: 0x8d, accessNumber: n & 255, session: { minutes: 1000 + n }, key: KEY },
    transport: { header: 'none' },
  }),
};
/** Those in which a number is bound to the key and never falls. */
const COUNTED = ['mode 7', 'mode 7 behind an authentication layer', 'extended link layer'];

function sent(way: string, n: number, form?: Form): Uint8Array {
  const energy = { quantity: 'energy', unit: 'Wh', value: `${1000 * n}` } as const;
  const build = NUMBERED[way] as (n: number, form?: Form) => TelegramDescription;
  return heat({ ...build(n, form), records: [energy] } as Partial<TelegramDescription>);
}

const judge = (guard: ReplayGuard, bytes: Uint8Array, at?: number): ReplayFinding =>
  guard.check(decoder.decode(bytes), bytes, at);

describe.each(Object.keys(NUMBERED))('telegrams in %s', (way) => {
  const options: ReplayOptions = { window: 10_000, shortest: 2000 };

  it('are new once, and duplicates through every other receiver, whatever is lost and however numbers go round', () => {
    const telegrams = fc.array(
      fc.record({
        lost: fc.nat({ max: 100 }),
        // Within the ring of what was heard lately, as a slower receiver brings it.
        echoes: fc.array(
          fc.record({
            delay: fc.integer({ min: 0, max: 9_999 }),
            form: fc.constantFrom('A', 'B', null),
          }),
          { maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(telegrams, fc.nat({ max: 300 }), (list, first) => {
        const heard: { at: number; bytes: Uint8Array; verdict: string }[] = [];
        let n = first;
        for (const { lost, echoes } of list) {
          n += lost + 1;
          const at = START + n * 2000;
          heard.push({ at, bytes: sent(way, n), verdict: 'new' });
          for (const { delay, form } of echoes)
            heard.push({ at: at + delay, bytes: sent(way, n, form), verdict: 'duplicate' });
        }
        heard.sort((a, b) => a.at - b.at);
        const guard = new ReplayGuard(options);
        for (const { at, bytes, verdict } of heard)
          expect(judge(guard, bytes, at).verdict).toBe(verdict);
      }),
      { numRuns: 30 },
    );
  });

  it('are replays when played again after the window', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 400 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        fc.integer({ min: 10_001, max: 127 * 2000 }),
        (first, count, choice, later) => {
          const guard = new ReplayGuard(options);
          const at = (n: number): number => START + n * 2000;
          for (let n = first; n < first + count; n++)
            expect(judge(guard, sent(way, n), at(n)).verdict).toBe('new');
          const played = first + (choice % count);
          const { verdict } = judge(guard, sent(way, played), at(first + count - 1) + later);
          expect(verdict).toBe('replay');
          // A replay moves nothing: the meter's next telegram is heard as if there had been none.
          const next = first + count;
          expect(judge(guard, sent(way, next), at(next) + later).verdict).toBe('new');
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are judged the same after a restart with the state put back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 40_000 })), { maxLength: 20 }),
        fc.nat({ max: 20 }),
        (events, cut) => {
          const whole = new ReplayGuard(options);
          let parted = new ReplayGuard(options);
          let at = START;
          events.forEach(([n, wait], i) => {
            at += wait;
            if (i === cut) {
              const state: unknown = JSON.parse(JSON.stringify(parted.save()));
              parted = new ReplayGuard(options);
              parted.restore(state);
            }
            const bytes = sent(way, n);
            expect(judge(parted, bytes, at)).toEqual(judge(whole, bytes, at));
          });
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a message counter', () => {
  it.each(COUNTED)('of %s must rise, however much time has gone by', (way) => {
    const guard = new ReplayGuard();
    const year = 365 * 86_400_000;
    expect(judge(guard, sent(way, 10), START).verdict).toBe('new');
    expect(judge(guard, sent(way, 400), START + year).verdict).toBe('new');
    for (const n of [10, 9, 399])
      expect(judge(guard, sent(way, n), START + 2 * year)).toEqual({
        verdict: 'replay',
        reason: way === 'extended link layer' ? 'session-number' : 'message-counter',
      });
    expect(judge(guard, sent(way, 401), START + 2 * year).verdict).toBe('new');
  });

  it('says by itself that other bytes are the same message, as long as a repeater may take', () => {
    const guard = new ReplayGuard();
    const message = (value: string): Uint8Array =>
      heat({
        transport: { accessNumber: 1, security: { mode: 7, key: KEY, counter: 70_001 } },
        records: [{ quantity: 'energy', unit: 'Wh', value }],
      });
    expect(judge(guard, message('1000'), START)).toEqual({ verdict: 'new' });
    expect(judge(guard, message('2000'), START + 10_000)).toEqual({ verdict: 'duplicate' });
    expect(judge(guard, message('3000'), START + 10_001)).toEqual({
      verdict: 'replay',
      reason: 'message-counter',
    });
  });

  it('stands in the telegram', () => {
    expect(decoder.decode(sent('mode 7', 1)).messageCounter).toBe(70_001);
    expect(decoder.decode(sent('mode 7 behind an authentication layer', 1)).messageCounter).toBe(
      4_000_000_001,
    );
    expect(decoder.decode(sent('mode 5', 1))).not.toHaveProperty('messageCounter');
  });

  it('that nobody has proved moves nothing', () => {
    const guard = new ReplayGuard();
    const way = 'mode 7';
    judge(guard, sent(way, 1), START);
    const forged = heat({
      transport: { accessNumber: 9, security: { mode: 7, key: OTHER_KEY, counter: 4_294_967_295 } },
    });
    expect(judge(guard, forged, START + 5000)).toEqual({
      verdict: 'unchecked',
      reason: 'not-authentic',
    });
    const plain = heat({ transport: { accessNumber: 200 } });
    expect(judge(guard, plain, START + 6000)).toEqual({
      verdict: 'unchecked',
      reason: 'not-authentic',
    });
    expect(judge(guard, sent(way, 2), START + 60_000).verdict).toBe('new');
  });
});

it('a counter in a plain telegram locks the meter out of nothing', () => {
  const guard = new ReplayGuard();
  const counted = (counter: number, accessNumber: number): Uint8Array =>
    heat({ afl: { key: KEY, counter }, transport: { accessNumber } });
  expect(decoder.decode(counted(9, 1)).messageCounter).toBe(9);
  expect(judge(guard, counted(4_000_000_000, 1), START)).toEqual({ verdict: 'new' });
  expect(judge(guard, counted(9, 2), START + 60_000).verdict).toBe('new');
});

it('a telegram without a number of any kind is not checked', () => {
  const bytes = heat({ transport: { header: 'none' } });
  expect(judge(new ReplayGuard(), bytes, START)).toEqual({
    verdict: 'unchecked',
    reason: 'no-number',
  });
});

describe('an access number', () => {
  it('behind is a replay unless there was time to go round', () => {
    const times = [1, 255 * 2000 - 1, 255 * 2000];
    const verdicts = times.map((later) => {
      const guard = new ReplayGuard();
      judge(guard, sent('mode 5', 100), START);
      return judge(guard, sent('mode 5', 99), START + later).verdict;
    });
    expect(verdicts).toEqual(['replay', 'replay', 'new']);
  });

  it('that stays under other bytes says nothing', () => {
    const guard = new ReplayGuard();
    for (const value of ['1', '2', '3']) {
      const bytes = heat({
        transport: { accessNumber: 0 },
        records: [{ quantity: 'energy', unit: 'Wh', value: `${value}000` }],
      });
      expect(judge(guard, bytes, START + 60_000 * Number(value)).verdict).toBe('new');
    }
  });

  it('says nothing without times; the same bytes are then a duplicate', () => {
    const guard = new ReplayGuard();
    const verdicts = [5, 6, 5, 4].map((n) => judge(guard, sent('mode 5', n)).verdict);
    expect(verdicts).toEqual(['new', 'new', 'duplicate', 'new']);
  });
});

it('a repeater and a receiver with or without CRCs leave a telegram what it is', () => {
  const ell = { ci: 0x8c, accessNumber: 3 } as const;
  const guard = new ReplayGuard();
  expect(judge(guard, heat({ ell }), START).verdict).toBe('new');
  const repeated = heat({
    ell: { ...ell, control: 0x10 },
    link: { kind: 'wireless', format: 'B' },
  });
  expect(judge(guard, repeated, START + 3000).verdict).toBe('duplicate');
  expect(judge(guard, heat({ ell, trailing: 'c0ffee' }), START + 4000).verdict).toBe('duplicate');
  const wired = heat({ link: { kind: 'wired-long' }, transport: { accessNumber: 3 } });
  judge(guard, wired, START + 5000);
  expect(judge(guard, Uint8Array.of(0xff, ...wired), START + 6000).verdict).toBe('duplicate');
});

it('what is no whole telegram of a meter is not checked', () => {
  const reasons = (bytes: Uint8Array): string | undefined =>
    judge(new ReplayGuard(), bytes, START).reason;
  const whole = heat({ link: { kind: 'wireless', format: 'A' } });
  const damaged = Uint8Array.from(whole);
  damaged[20] = (damaged[20] as number) ^ 1;
  expect(reasons(damaged)).toBe('incomplete');
  expect(reasons(Uint8Array.of())).toBe('incomplete');
  expect(reasons(Uint8Array.of(0xe5))).toBe('incomplete');
  for (const ci of [0x50, 0x5b, 0x5f, 0x80, 0x84, 0x85])
    expect(reasons(heat({ transport: { ci } }))).toBe('not-from-meter');
  expect(reasons(heat({ transport: { header: 'none' } }))).toBe('no-number');
});

it('memory is bounded: the meter heard longest ago is forgotten', () => {
  const guard = new ReplayGuard({ meters: 3 });
  const of = (id: number): Uint8Array =>
    heat({ meter: { manufacturer: 'ELS', id: `0000000${id}`, medium: 'heat' } });
  for (const id of [1, 2, 3, 4, 5]) judge(guard, of(id), START);
  expect(guard.size).toBe(3);
  expect([1, 5].map((id) => judge(guard, of(id), START + 20_000).verdict)).toEqual([
    'new',
    'replay',
  ]);
  guard.forget('els', '00000005');
  expect(judge(guard, of(5), START + 30_000).verdict).toBe('new');
});

it('refuses options and states that are none, and keeps what it knows', () => {
  expect(() => new ReplayGuard({ meters: 0 })).toThrow('replay/options');
  const guard = new ReplayGuard();
  judge(guard, sent('mode 7', 1), START);
  const good = guard.save();
  const [, memory] = good.meters[0] as [string, object];
  for (const bad of [
    null,
    {},
    { ...good, schema: 'metergram.replay/2' },
    { ...good, meters: [['ELS']] },
    { ...good, meters: [['x', { ...memory, counter: '7' }]] },
    { ...good, meters: [['x', { ...memory, recent: [[1]] }]] },
  ])
    expect(() => guard.restore(bad)).toThrow('replay/state');
  expect(guard.size).toBe(1);
});
