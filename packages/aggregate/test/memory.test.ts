import { describe, expect, it } from 'vitest';
import { createAggregatorSync } from '../src/load.ts';
import { columns, HOUR, NEW_YEAR, QUARTER } from './feed.ts';

const portion = (n: number) =>
  columns(
    Array.from({ length: 1000 }, (_, at) => ({
      t: NEW_YEAR + (n * 1000 + at) * HOUR,
      v: BigInt(n * 1000 + at),
    })),
  );

// What docs/aggregation.md states of memory.

describe('memory', () => {
  it('is 273 bytes a register before its first reading', () => {
    const aggregator = createAggregatorSync({ resolution: 'PT1H' });
    for (let register = 0; register < 4096; register++) aggregator.addRegister({ scale: 0 });
    expect(aggregator.figures.registerBytes).toBe(4096 * 273);
    expect(aggregator.figures.readingBytes + aggregator.figures.intervalBytes).toBe(0);
  });

  it('is 8 bytes a retained reading and 16 an open interval, at most doubled, however long the stream', () => {
    const registers = 50;
    const aggregator = createAggregatorSync({ resolution: 'PT1H' });
    for (let register = 0; register < registers; register++) aggregator.addRegister({ scale: 0 });
    const window = 48 * 4; // quarters in the default lateness
    let most = 0;
    for (let day = 0; day < 60; day++) {
      const rows = [];
      for (let quarter = 0; quarter < 96; quarter++)
        for (let register = 0; register < registers; register++) {
          const at = day * 96 + quarter;
          rows.push({ register, t: NEW_YEAR + at * QUARTER + 60_000, v: BigInt(at) });
        }
      aggregator.push(columns(rows));
      aggregator.drain();
      const { readingBytes, intervalBytes } = aggregator.figures;
      expect(readingBytes).toBeLessThanOrEqual(registers * 2 * 8 * (window + 64));
      expect(intervalBytes).toBeLessThanOrEqual(registers * 2 * 16 * (48 + 2));
      if (day === 10) most = aggregator.figures.bytes;
    }
    // steady: fifty days later there is no more of it
    expect(aggregator.figures.bytes).toBe(most);
    expect(aggregator.figures.rows).toBe(60 * 96 * registers);
  });

  it('has room for four times the retained readings at most where they come late', () => {
    const registers = 50;
    const aggregator = createAggregatorSync({ resolution: 'PT1H' });
    for (let register = 0; register < registers; register++) aggregator.addRegister({ scale: 0 });
    const window = 48 * 4;
    const rows = [];
    for (let quarter = 0; quarter < 60 * 96; quarter++)
      for (let register = 0; register < registers; register++) {
        const late = (quarter * 7 + register * 13) % 10 === 0 ? (quarter * 31) % 180 : 0;
        rows.push({ register, t: NEW_YEAR + quarter * QUARTER, v: BigInt(quarter), late });
      }
    rows.sort((a, b) => a.t + a.late * QUARTER - (b.t + b.late * QUARTER));
    aggregator.push(columns(rows));
    const { readingBytes } = aggregator.figures;
    expect(readingBytes).toBeGreaterThan(registers * 8 * (window - 40));
    expect(readingBytes).toBeLessThanOrEqual(registers * 4 * 8 * window);
    expect(aggregator.finish().issues).toEqual([]);
  });

  it('grows by what comes out only until it is drained', () => {
    const aggregator = createAggregatorSync({ resolution: 'PT1H' });
    aggregator.addRegister({ scale: 0 });
    aggregator.push(portion(0));
    aggregator.drain({ open: false });
    const { bytes } = aggregator.figures;
    for (let n = 1; n < 50; n++) {
      aggregator.push(portion(n));
      expect(aggregator.drain({ open: false }).intervals.length).toBe(1000);
    }
    expect(aggregator.figures.bytes).toBeLessThanOrEqual(2 * bytes);
  });
});
