import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aggregator } from '../src/aggregator.ts';
import { Collector } from '../src/collect.ts';
import { createAggregatorSync } from '../src/load.ts';
import { restoreAggregator, restoreAggregatorSync } from '../src/restore.ts';
import { columns, HOUR, NEW_YEAR, push } from './feed.ts';

const MINUTE = 60_000;

const row = fc.record({
  register: fc.nat(3),
  minutes: fc.integer({ min: 0, max: 6000 }),
  v: fc.nat(9999),
});
const kinds = ['cumulative', 'momentary', 'cumulative', 'momentary'] as const;

function make(resolution: 'PT1H' | 'P1D' = 'PT1H'): Aggregator {
  const aggregator = createAggregatorSync({ resolution, zone: 'Europe/Oslo', lateness: 'P10D' });
  kinds.forEach((kind, index) => aggregator.addRegister({ id: `r${index}`, scale: -1, kind }));
  return aggregator;
}

function rows(given: { register: number; minutes: number; v: number }[]) {
  return columns(
    given.map(({ register, minutes, v }) => ({
      register,
      t: NEW_YEAR + minutes * MINUTE,
      v: BigInt(v),
    })),
  );
}

/** What was said last, of each interval. */
const everything = (collector: Collector) =>
  kinds.map((_, register) => [
    collector.intervals(register).map((interval) => ({
      ...interval,
      revision: 0,
      fault: false, // as of when it was last said
    })),
    collector.gaps(register),
  ]);

describe('a saved state', () => {
  it.each(['PT1H', 'P1D'] as const)('goes on as if nothing had happened, %s', (resolution) => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 60 }),
        fc.array(row, { maxLength: 60 }),
        (before, after) => {
          const through = make(resolution);
          const a = new Collector();
          through.push(rows(before));
          a.add(through.drain());
          const state = through.save();
          const restored = restoreAggregatorSync(state);
          expect(restored.save()).toEqual(state);
          expect(restored.registers).toBe(4);
          const b = new Collector();
          through.push(rows(after));
          restored.push(rows(after));
          const [x, y] = [through.drain(), restored.drain()];
          a.add(x);
          b.add(y);
          // the second knows only what came after, and says the same of it, revisions included
          expect(y.intervals).toEqual(x.intervals);
          expect(y.momentary).toEqual(x.momentary);
          expect(y.gaps).toEqual(x.gaps);
          expect(y.issues).toEqual(x.issues);
          expect(restored.save()).toEqual(through.save());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('restores asynchronously too', async () => {
    const aggregator = make();
    push(aggregator, [{ t: NEW_YEAR, v: 1n }]);
    aggregator.drain();
    const restored = await restoreAggregator(aggregator.save());
    push(restored, [{ t: NEW_YEAR + HOUR, v: 5n }]);
    expect(restored.drain().intervals.mantissa[0]).toBe(4n);
  });

  it('is only given when everything was said', () => {
    const aggregator = make();
    push(aggregator, [{ t: NEW_YEAR, v: 1n }]);
    expect(() => aggregator.save()).toThrow(expect.objectContaining({ code: 'state/not-drained' }));
  });

  it('is refused when damaged, wherever', () => {
    const aggregator = make();
    push(aggregator, [{ t: NEW_YEAR, v: 1n }]);
    aggregator.drain();
    const state = aggregator.save();
    fc.assert(
      fc.property(fc.nat(state.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const damaged = state.slice();
        damaged[at]! ^= by;
        expect(() => restoreAggregatorSync(damaged)).toThrow(
          expect.objectContaining({ code: 'state/invalid' }),
        );
      }),
    );
    expect(() => restoreAggregatorSync(state.subarray(0, 9))).toThrow('state/invalid');
  });
});

const make48 = () => {
  const aggregator = createAggregatorSync({ resolution: 'PT1H' });
  aggregator.addRegister({ scale: 0 });
  return aggregator;
};

const hours = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => ({
    t: NEW_YEAR + (from + at) * HOUR,
    v: BigInt(from + at),
  }));

describe('shards', () => {
  it('joined are as if there had been one: split by register, and split at random', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(row, fc.boolean()), { maxLength: 120 }),
        fc.boolean(),
        fc.boolean(),
        (given, byRegister, leftToo) => {
          const side = ([{ register }, random]: (typeof given)[number]) =>
            byRegister ? register % 2 === 0 : random;
          const whole = make();
          whole.push(rows(given.map(([reading]) => reading)));
          const [left, right] = [make(), make()];
          left.push(rows(given.filter(side).map(([reading]) => reading)));
          right.push(rows(given.filter((one) => !side(one)).map(([reading]) => reading)));
          const expected = new Collector();
          expected.add(whole.drain());
          const joined = new Collector();
          if (leftToo) joined.add(left.drain());
          joined.add(right.drain());
          left.merge(right.save());
          joined.add(left.drain());
          expect(everything(joined)).toEqual(everything(expected));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are joined by id, whatever their order', () => {
    const a = createAggregatorSync({ resolution: 'PT1H' });
    const b = createAggregatorSync({ resolution: 'PT1H' });
    a.addRegister({ id: 'x', scale: 0 });
    b.addRegister({ id: 'y', scale: -2 });
    b.addRegister({ id: 'x', scale: 0 });
    push(a, [{ t: NEW_YEAR, v: 1n }]);
    push(b, [{ t: NEW_YEAR + HOUR, v: 4n }], 1);
    b.drain();
    a.merge(b.save());
    const { intervals } = a.drain();
    expect([...intervals.register, ...intervals.mantissa]).toEqual([0, 3n]);
    expect(a.indexOf('y')).toBe(1);
    expect(a.scale(1)).toBe(-2);
  });

  it('take over from one that has let readings go, but not from two', () => {
    const [old, young, other] = [make48(), make48(), make48()];
    push(old, hours(0, 100));
    push(young, hours(100, 110));
    push(other, hours(0, 100));
    const said = old.drain().intervals.length;
    for (const shard of [young, other]) shard.drain();
    young.merge(old.save());
    // hour 99 to 100 is new; what either had said of the others is not said again
    expect([said, young.drain().intervals.length]).toEqual([99, 1]);
    expect(() => old.merge(other.save())).toThrow(
      expect.objectContaining({ code: 'state/not-mergeable' }),
    );
  });

  it('must have the same settings, and the same registers', () => {
    const a = createAggregatorSync({ resolution: 'PT1H' });
    const b = createAggregatorSync({ resolution: 'PT15M' });
    expect(() => a.merge(b.save())).toThrow(
      expect.objectContaining({ code: 'state/other-settings' }),
    );
    const c = createAggregatorSync({ resolution: 'PT1H' });
    a.addRegister({ scale: 0 });
    c.addRegister({ scale: -3 });
    c.drain();
    expect(() => a.merge(c.save())).toThrow(
      expect.objectContaining({ code: 'state/not-mergeable' }),
    );
  });
});
