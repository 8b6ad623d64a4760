import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collector } from '../src/collect.ts';
import { createAggregatorSync } from '../src/load.ts';
import { columns, fixedGrid, HOUR, NEW_YEAR, QUARTER } from './feed.ts';
import { countSlowly, type Given } from './reference.ts';

// Many registers take turns: their readings go through inboxes, many rows at a time. What each register says must be what
// the slow twin makes of its readings, those left out that came too late; and every bad row must be told of by its number.

interface Row extends Given {
  readonly register: number;
}

interface Fault {
  /** Share of rows, in thousandths, that it happens to. */
  readonly late: number;
  readonly tooLate: number;
  readonly again: number;
  readonly other: number;
  readonly fall: number;
  readonly bad: number;
}

const thousandths = fc.oneof(fc.constant(0), fc.nat(30));
const run = fc.record({
  simd: fc.boolean(),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
  registers: fc.integer({ min: 20, max: 90 }),
  rounds: fc.integer({ min: 1, max: 130 }),
  lateness: fc.constantFrom(2 * HOUR, 9 * HOUR, 48 * HOUR),
  /** A register whose clock is years ahead: nothing is too late for the others because of it. */
  wild: fc.boolean(),
  portion: fc.integer({ min: 40, max: 5000 }),
  faults: fc.record({
    late: fc.oneof(thousandths, fc.constantFrom(100, 1000)),
    tooLate: thousandths,
    again: thousandths,
    other: thousandths,
    fall: thousandths,
    bad: thousandths,
  }),
});

/** Rows in the order that they come: every register once a quarter of an hour, with what goes wrong. */
function rowsOf(seed: number, registers: number, rounds: number, lateness: number, faults: Fault) {
  let state = seed;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const levels = Array.from({ length: registers }, () => BigInt(random(1_000_000)));
  const arrivals: { readonly row: Row; readonly step: number }[] = [];
  const put = (register: number, t: number, v: bigint, step: number) => {
    arrivals.push({ row: { register, t, v }, step });
  };
  for (let round = 0; round < rounds; round++)
    for (let register = 0; register < registers; register++) {
      const t = NEW_YEAR + round * QUARTER + register * 7919 + random(500);
      const v = (levels[register]! += BigInt(random(500)));
      const late = random(1000) < faults.late ? random(lateness / QUARTER - 2) : 0;
      put(register, t, random(1000) < faults.fall ? v - BigInt(random(900)) : v, round + late);
      if (random(1000) < faults.again) put(register, t, v, round + late + random(3));
      if (random(1000) < faults.other) put(register, t, v + 1n, round + late + random(3));
      if (random(1000) < faults.tooLate)
        put(register, t - lateness - random(HOUR), v - 1000n, round);
      if (random(1000) < faults.bad) put(register, t + 0.5, v, round);
      if (random(1000) < faults.bad) put(registers + random(9), t, v, round);
    }
  return arrivals.sort((a, b) => a.step - b.step).map(({ row }) => row);
}

describe('registers that take turns', () => {
  it('each say what its own readings say, and every row that is not used is told of', () => {
    fc.assert(
      fc.property(run, ({ simd, seed, registers, rounds, lateness, wild, portion, faults }) => {
        const rows = rowsOf(seed, registers, rounds, lateness, faults);
        if (wild)
          rows.splice(40, 0, {
            register: registers - 1,
            t: NEW_YEAR + 50_000 * HOUR,
            v: 2n ** 40n,
          });
        const aggregator = createAggregatorSync({ resolution: 'PT1H', lateness }, { simd });
        for (let register = 0; register < registers; register++)
          aggregator.addRegister({ scale: -3, capacity: null });
        const collector = new Collector();
        const refused: (readonly [string, number | undefined])[] = [];
        const add = (drained: ReturnType<typeof aggregator.drain>) => {
          collector.add(drained);
          for (const { code, row } of drained.issues)
            if (row !== undefined) refused.push([code, row]);
        };
        for (let from = 0, n = 0; from < rows.length; from += portion, n++) {
          aggregator.push(columns(rows.slice(from, from + portion)));
          if (n % 3 === 1) add(aggregator.drain({ open: n % 2 === 0 }));
        }
        add(aggregator.finish());

        const used: Given[][] = Array.from({ length: registers }, () => []);
        const newest = new Float64Array(registers).fill(-Infinity);
        const expected: [string, number][] = [];
        rows.forEach(({ register, t, v }, row) => {
          if (register >= registers) expected.push(['reading/unknown-register', row]);
          else if (!Number.isInteger(t)) expected.push(['reading/invalid-time', row]);
          else if (t < newest[register]! - lateness) expected.push(['reading/too-late', row]);
          else {
            newest[register] = Math.max(newest[register]!, t);
            used[register]!.push({ t, v });
          }
        });
        expect(refused).toEqual(expected);
        used.forEach((given, register) => {
          const times = given.map(({ t }) => t);
          if (times.length === 0) return;
          const rules = {
            grid: fixedGrid(HOUR, Math.min(...times), Math.max(...times)),
            maxGap: 3 * HOUR,
            capacity: -1n,
          };
          const said = collector
            .intervals(register)
            .map(({ start, value, quality }) => [start, value, quality]);
          expect(said).toEqual(
            countSlowly(given, rules).intervals.map(({ start, value, quality }) => [
              start,
              value,
              quality,
            ]),
          );
        });
      }),
      { numRuns: 60 },
    );
  });

  it('counts what came again directly after the first', () => {
    for (const simd of [true, false])
      for (const portion of [1, 7, 64, 4096]) {
        const aggregator = createAggregatorSync({ resolution: 'PT1H' }, { simd });
        for (let register = 0; register < 40; register++) aggregator.addRegister({ scale: 0 });
        const rows = [];
        for (let n = 0; n < 50; n++)
          for (const again of [0, 1])
            for (let register = 0; register < 40; register++)
              if (again === 0 || register % 2 === 0)
                rows.push({ register, t: NEW_YEAR + n * QUARTER, v: BigInt(n) });
        for (let from = 0; from < rows.length; from += portion)
          aggregator.push(columns(rows.slice(from, from + portion)));
        aggregator.drain();
        expect(aggregator.figures.repeats).toBe(50 * 20);
      }
  });

  it('counts every reading that came again, in whatever order and however many rows come together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ n: fc.nat(150), register: fc.nat(3) }), {
          minLength: 1,
          maxLength: 600,
        }),
        fc.constantFrom(1, 7, 64, 4096),
        fc.boolean(),
        fc.boolean(),
        (given, portion, simd, falls) => {
          const aggregator = createAggregatorSync({ resolution: 'PT1H' }, { simd });
          for (let register = 0; register < 4; register++) aggregator.addRegister({ scale: 0 });
          // a register that falls now and then is not a plain one
          const rows = given.map(({ n, register }) => ({
            register,
            t: NEW_YEAR + n * QUARTER,
            v: BigInt(falls && n % 40 === 39 ? 0 : n * 10),
          }));
          for (let from = 0; from < rows.length; from += portion)
            aggregator.push(columns(rows.slice(from, from + portion)));
          aggregator.drain();
          const different = new Set(given.map(({ n, register }) => `${register} ${n}`)).size;
          expect(aggregator.figures.repeats).toBe(given.length - different);
          aggregator.drain();
          expect(aggregator.figures.repeats).toBe(given.length - different);
        },
      ),
      { numRuns: 200 },
    );
  });
});
