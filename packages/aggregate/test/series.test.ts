import {
  decimal,
  type Instant,
  QUALITIES,
  type SeriesPoint,
  sumQuality,
  type TimeSeries,
} from '@metergram/model';
import { describe, expect, it } from 'vitest';
import { addUp } from '../src/add-up.ts';
import { Collector } from '../src/collect.ts';
import { durationMs } from '../src/duration.ts';
import { createAggregator, createAggregatorSync } from '../src/load.ts';
import { revise } from '../src/revise.ts';
import { BASELINE, SIMD } from '../src/generated/wasm-bytes.ts';
import { decodeBase64, hasSimd } from '../src/wasm.ts';
import { HOUR, NEW_YEAR, push } from './feed.ts';

const hour = (at: number): Instant =>
  new Date(NEW_YEAR + at * HOUR).toISOString().replace('.000', '') as Instant;

function hours(values: readonly (string | null)[], from = 0): TimeSeries {
  return {
    quantity: 'energy',
    unit: 'kWh',
    direction: 'consumption',
    basis: 'metered',
    resolution: 'PT1H',
    points: values.map((value, at) => ({
      start: hour(from + at),
      end: hour(from + at + 1),
      value: value === null ? null : decimal(value),
      quality: value === null ? 'missing' : 'measured',
    })),
  };
}

describe('adding up given intervals', () => {
  it('sums whole days of the zone', () => {
    const { points, resolution, zone } = addUp(
      hours(
        Array.from({ length: 48 }, () => '0.5'),
        -1,
      ),
      'P1D',
      'Europe/Oslo',
    );
    expect([resolution, zone]).toEqual(['P1D', 'Europe/Oslo']);
    expect(points).toEqual([
      { start: hour(-1), end: hour(23), value: '12.0', quality: 'measured' },
      { start: hour(23), end: hour(47), value: '12.0', quality: 'measured' },
    ]);
  });

  it('says what is incomplete, and sums what is there; nothing is missing, not zero', () => {
    const day = [...Array.from({ length: 23 }, () => '1'), null];
    const none = Array.from({ length: 24 }, () => null);
    const { points } = addUp(hours([...day, ...none], -1), 'P1D', 'Europe/Oslo');
    expect(points.map(({ value, quality }) => [value, quality])).toEqual([
      ['23', 'incomplete'],
      [null, 'missing'],
    ]);
  });

  it('is as good as the worst part', () => {
    const series = hours(
      Array.from({ length: 24 }, () => '1'),
      -1,
    );
    const points = series.points.map((point, at) =>
      at === 5 ? { ...point, quality: 'estimated' as const } : point,
    );
    expect(addUp({ ...series, points }, 'P1D', 'Europe/Oslo').points[0]!.quality).toBe('estimated');
  });

  it('ranks qualities as every sum of the model does', () => {
    const series = hours(
      Array.from({ length: 24 }, () => '1'),
      -1,
    );
    for (const one of QUALITIES) {
      for (const other of QUALITIES) {
        const points = series.points.map((point, at): SeriesPoint => {
          const quality = at === 5 ? one : at === 9 ? other : 'measured';
          return { ...point, quality, value: quality === 'missing' ? null : point.value };
        });
        expect(addUp({ ...series, points }, 'P1D', 'Europe/Oslo').points[0]!.quality).toBe(
          sumQuality([one, other, 'measured']),
        );
      }
    }
  });

  it('refuses hours that no boundary of the zone tiles, and days without a zone', () => {
    expect(() => addUp(hours(['1', '1'], 17), 'P1D', 'Asia/Kolkata')).toThrow(
      expect.objectContaining({ code: 'series/not-tiled' }),
    );
    expect(() => addUp(hours(['1']), 'P1D')).toThrow(
      expect.objectContaining({ code: 'option/missing-zone' }),
    );
    expect(addUp(hours([]), 'P1D', 'UTC').points).toEqual([]);
  });
});

describe('revisions of what is computed anew', () => {
  it('go up where something else is said', () => {
    const [a, b] = hours(['1', '2']).points as [SeriesPoint, SeriesPoint];
    const now = [a, { ...b, value: decimal('3') }, hours(['9'], 2).points[0]!];
    expect(revise([{ ...a, revision: 4 }, b], now).map(({ revision }) => revision)).toEqual([
      4, 1, 0,
    ]);
  });
});

describe('durations', () => {
  it.each([
    ['PT45M', 45 * 60_000],
    ['P2D', 48 * HOUR],
    ['P1WT1H', 169 * HOUR],
    ['PT1.5S', 1500],
    ['PT0S', 0],
    ['P1M', null],
    ['P', null],
    ['PT', null],
    ['45', null],
    ['-PT1H', null],
  ])('%s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });
});

describe('ways to load', () => {
  it.each([{}, { simd: false }, { simd: hasSimd() }, { module: true }])('%o', async (how) => {
    const load =
      'module' in how
        ? { module: new WebAssembly.Module(decodeBase64(hasSimd() ? SIMD : BASELINE)) }
        : how;
    const options = { resolution: 'PT1H' } as const;
    for (const aggregator of [
      await createAggregator(options, load),
      createAggregatorSync(options, load),
    ]) {
      aggregator.addRegisters({ length: 1, scale: Int8Array.of(-3) });
      push(aggregator, [
        { t: NEW_YEAR, v: 1n },
        { t: NEW_YEAR + HOUR, v: 3n },
      ]);
      expect([...aggregator.drain().intervals.mantissa]).toEqual([2n]);
    }
  });
});

describe('the end of a run', () => {
  it('says what a drain says, and lets everything go', () => {
    const [a, b] = [0, 1].map(() => {
      const aggregator = createAggregatorSync({ resolution: 'PT1H' });
      aggregator.addRegister({ scale: 0 });
      aggregator.addRegister({ scale: 0, kind: 'momentary' });
      for (const register of [0, 1])
        push(
          aggregator,
          Array.from({ length: 40 }, (_, at) => ({ t: NEW_YEAR + at * 0.4 * HOUR, v: BigInt(at) })),
          register,
        );
      return aggregator;
    }) as [ReturnType<typeof createAggregatorSync>, ReturnType<typeof createAggregatorSync>];
    const [x, y] = [new Collector(), new Collector()];
    x.add(a.drain());
    y.add(b.finish());
    for (const register of [0, 1]) expect(y.intervals(register)).toEqual(x.intervals(register));
    expect(b.figures.readingBytes).toBe(0);
    expect(b.finish().intervals.length).toBe(0);
  });
});
