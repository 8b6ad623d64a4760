import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAggregatorSync } from '../src/load.ts';
import { Collector } from '../src/collect.ts';
import { averageSlowly, countSlowly, type Exchange, type Given, type Rules } from './reference.ts';
import { columns, fixedGrid, HOUR, NEW_YEAR, QUARTER } from './feed.ts';

// Random readings of one register: any order within lateness, in any portions, drained at any time. What the collector
// then holds must be what the slow twin makes of the whole set, and each drain must have said exactly what changed.

interface Case {
  readonly step: number;
  readonly maxGap: number;
  readonly lateness: number;
  readonly capacity: bigint;
  readonly simd: boolean;
  readonly momentary: boolean;
  /** In order of arrival; `drain` after it. */
  readonly arrivals: readonly (Given & { drain: boolean; exchange?: bigint })[];
}

const MINUTE = 60_000;

const value = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('up' as const), by: fc.nat(400) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('jump' as const), by: fc.nat(12_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('down' as const), by: fc.nat(9999) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('odd' as const), by: fc.nat(12_000) }) },
);

/** Steadily counting ones, some with faults, some through their capacity. */
function readingsFrom(
  steps: readonly {
    minutes: number;
    value: { kind: 'up' | 'jump' | 'down' | 'odd'; by: number };
  }[],
  start: number,
  faults: boolean,
): Given[] {
  let t = NEW_YEAR + 7 * MINUTE;
  let v = BigInt(start);
  return steps.map(({ minutes, value: { kind, by } }) => {
    t += minutes * MINUTE;
    const here = BigInt(by);
    if (!faults || kind === 'up') v = (v + here) % (faults ? 10_000n : 10n ** 15n);
    else if (kind === 'jump') v += here;
    else if (kind === 'down') v = here < v ? v - here : 0n;
    else return { t, v: here };
    return { t, v };
  });
}

const scenario: fc.Arbitrary<Case> = fc
  .record({
    step: fc.constantFrom(HOUR, QUARTER),
    gapMinutes: fc.constantFrom(20, 45, 180),
    latenessHours: fc.constantFrom(0, 1, 4, 48),
    capacity: fc.constantFrom(0n, 10_000n, -1n),
    simd: fc.boolean(),
    momentary: fc.boolean(),
    faults: fc.boolean(),
    start: fc.nat(9999),
    steps: fc.array(
      fc.record({
        minutes: fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(15, 30, 60) },
          { weight: 5, arbitrary: fc.integer({ min: 1, max: 50 }) },
          { weight: 1, arbitrary: fc.integer({ min: 50, max: 600 }) },
          { weight: 1, arbitrary: fc.constant(0) },
        ),
        value,
        delay: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 2, arbitrary: fc.nat(240) },
          { weight: 1, arbitrary: fc.nat(2900) },
        ),
        drain: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        twice: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        exchange: fc.option(fc.nat(500), { freq: 30 }),
      }),
      { maxLength: 120 },
    ),
  })
  .map(({ gapMinutes, latenessHours, faults, start, steps, ...rest }) => {
    const readings = readingsFrom(steps, start, faults);
    const arrivals = steps.flatMap((step, index) => {
      const { t, v } = readings[index]!;
      const arrival = {
        t,
        v,
        drain: step.drain,
        at: t + step.delay * MINUTE,
        ...(faults && !rest.momentary && step.exchange !== null
          ? { exchange: BigInt(step.exchange) }
          : {}),
      };
      return step.twice ? [arrival, { ...arrival, at: t + 30 * MINUTE }] : [arrival];
    });
    arrivals.sort((a, b) => a.at - b.at);
    return { ...rest, maxGap: gapMinutes * MINUTE, lateness: latenessHours * HOUR, arrivals };
  });

/** Readings that `lateness` lets in, in order of arrival. */
function accepted(arrivals: Case['arrivals'], lateness: number) {
  let newest = -Infinity;
  return arrivals.filter(({ t }) => {
    if (t < newest - lateness) return false;
    newest = Math.max(newest, t);
    return true;
  });
}

function expectedOf(given: readonly (Given & { exchange?: bigint })[], one: Case) {
  const rules: Rules = {
    grid: fixedGrid(one.step, NEW_YEAR, Math.max(NEW_YEAR, ...given.map(({ t }) => t))),
    maxGap: one.maxGap,
    capacity: one.capacity,
  };
  const readings: Given[] = given.filter(({ exchange }) => exchange === undefined);
  const exchanges: Exchange[] = given.flatMap(({ t, v, exchange }) =>
    exchange === undefined ? [] : [{ t, last: v, first: exchange }],
  );
  if (one.momentary) return { intervals: averageSlowly(readings, rules), gaps: [] };
  return countSlowly(readings, rules, exchanges);
}

const shown = (row: object) => {
  const { revision: _revision, fault: _fault, ...rest } = row as Record<string, unknown>;
  return rest;
};

function run(one: Case) {
  const aggregator = createAggregatorSync(
    {
      resolution: one.step === HOUR ? 'PT1H' : 'PT15M',
      maxGap: one.maxGap,
      lateness: one.lateness,
    },
    { simd: one.simd },
  );
  aggregator.addRegister({
    scale: -3,
    kind: one.momentary ? 'momentary' : 'cumulative',
    capacity: one.capacity === -1n ? null : one.capacity === 0n ? undefined! : one.capacity,
  });
  const collector = new Collector();
  const let_in: Case['arrivals'][number][] = [];
  let newest = -Infinity;
  let late = 0;
  let told = new Map<number, string>();
  const drainAndCheck = () => {
    const before = new Map(collector.intervals(0).map((row) => [row.start, row]));
    const drained = aggregator.drain();
    late -= drained.issues.filter(({ code }) => code === 'reading/too-late').length;
    collector.add(drained);
    const { intervals, gaps } = expectedOf(let_in, one);
    expect(collector.intervals(0).map(shown)).toEqual(intervals);
    expect(collector.gaps(0).map(shown)).toEqual(gaps);
    // said again exactly where it says something else, and then with the next revision
    const now = new Map(
      intervals.map((row) => [
        row.start,
        JSON.stringify(row, (_, x) => (typeof x === 'bigint' ? `${x}` : x)),
      ]),
    );
    for (const row of collector.intervals(0)) {
      const was = before.get(row.start);
      const changed = told.get(row.start) !== now.get(row.start);
      expect(row.revision).toBe(was === undefined ? 0 : changed ? was.revision + 1 : was.revision);
    }
    told = now;
  };
  let portion: Given[] = [];
  const flush = () => {
    if (portion.length > 0) aggregator.push(columns(portion));
    portion = [];
  };
  for (const arrival of one.arrivals) {
    if (arrival.t < newest - one.lateness) late++;
    else let_in.push(arrival);
    newest = Math.max(newest, arrival.t);
    if (arrival.exchange === undefined) portion.push(arrival);
    else {
      flush();
      aggregator.exchange(0, arrival.t, arrival.v, arrival.exchange);
    }
    if (arrival.drain) {
      flush();
      drainAndCheck();
    }
  }
  flush();
  drainAndCheck();
  expect(late).toBe(0);
  return collector;
}

describe('the fast code against the slow twin', () => {
  it('says what the set of readings says, whatever the order, the portions and the drains', () => {
    fc.assert(
      fc.property(scenario, (one) => void run(one)),
      { numRuns: 1500 },
    );
  });

  it('drops nothing in silence: what lateness does not let in is told', () => {
    fc.assert(
      fc.property(scenario, (one) => {
        const aggregator = createAggregatorSync({ resolution: 'PT1H', lateness: one.lateness });
        aggregator.addRegister({ scale: 0 });
        const rows = one.arrivals.filter(({ exchange }) => exchange === undefined);
        aggregator.push(columns(rows));
        const { issues } = aggregator.drain();
        expect(issues.filter(({ code }) => code === 'reading/too-late')).toHaveLength(
          rows.length - accepted(rows, one.lateness).length,
        );
      }),
    );
  });
});
