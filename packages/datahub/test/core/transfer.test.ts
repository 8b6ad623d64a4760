import type { MeteringPointId } from '@metergram/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HubError, type HubFault, type HubFaultCode } from '../../src/core/fault.ts';
import { collect, transfer, type TransferPlan, type UnitAnswer } from '../../src/core/transfer.ts';

interface Unit {
  readonly points: readonly MeteringPointId[];
  readonly from: number;
  readonly to: number;
}
type Item = readonly [point: MeteringPointId, part: number];

const fault = (code: HubFaultCode, retry: HubFault['retry'] = 'smaller'): HubFault =>
  ({ code, hub: 'file', message: 'made', retry }) as HubFault;

/** A hub whose parts are numbers; `fails` says which point and part it can never give. */
function plan(
  points: number,
  parts: number,
  fails: (point: string, part: number) => HubFaultCode | null,
  log: Unit[] = [],
): TransferPlan<Unit, Item> {
  const ids = Array.from({ length: points }, (_, at) => `p${at}` as MeteringPointId);
  const units: Unit[] = [];
  for (let at = 0; at < points; at += 3)
    for (let from = 0; from < parts; from += 4)
      units.push({ points: ids.slice(at, at + 3), from, to: Math.min(parts, from + 4) });
  return {
    hub: 'file',
    units,
    fingerprint: [points, parts],
    pointsOf: (unit) => unit.points,
    run: async (unit) => {
      log.push(unit);
      await Promise.resolve();
      const items: Item[] = [];
      for (const point of unit.points)
        for (let part = unit.from; part < unit.to; part++) {
          const code = fails(point, part);
          if (code !== null) throw new HubError(fault(code));
          items.push([point, part]);
        }
      return { items } satisfies UnitAnswer<Item>;
    },
    halve: ({ points: all, from, to }) => {
      if (all.length > 1) {
        const middle = Math.ceil(all.length / 2);
        return [
          { points: all.slice(0, middle), from, to },
          { points: all.slice(middle), from, to },
        ];
      }
      if (to - from < 2) return null;
      const middle = Math.ceil((from + to) / 2);
      return [
        { points: all, from, to: middle },
        { points: all, from: middle, to },
      ];
    },
    giveUpAfter: 1_000,
  };
}

describe('transfer', () => {
  it('gives everything but what can never be had, and says which point lacks something', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 9 }),
        fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(8)), { maxLength: 6, selector: String }),
        async (points, parts, holes) => {
          const bad = new Set(holes.map(([point, part]) => `p${point} ${part}`));
          const { items, outcomes } = await collect(
            transfer(
              plan(points, parts, (point, part) =>
                bad.has(`${point} ${part}`) ? 'hub/protocol' : null,
              ),
            ),
          );
          const wanted: string[] = [];
          for (let point = 0; point < points; point++)
            for (let part = 0; part < parts; part++)
              if (!bad.has(`p${point} ${part}`)) wanted.push(`p${point} ${part}`);
          expect(items.map((item) => item.join(' ')).toSorted()).toEqual(wanted.toSorted());
          // In order of time for each point.
          for (let point = 0; point < points; point++) {
            const mine = items.filter(([id]) => id === `p${point}`).map(([, part]) => part);
            expect(mine).toEqual(mine.toSorted((a, b) => a - b));
          }
          expect(outcomes.map(({ meteringPoint }) => meteringPoint)).toEqual(
            Array.from({ length: points }, (_, at) => `p${at}`),
          );
          for (const { meteringPoint, state } of outcomes) {
            const broken = [...bad].some(
              (key) => key.startsWith(`${meteringPoint} `) && Number(key.split(' ')[1]) < parts,
            );
            expect(state === 'complete').toBe(!broken);
          }
        },
      ),
    );
  });

  it('resumed anywhere, gives what an uninterrupted one gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(8),
        fc.array(fc.nat(3), { maxLength: 6 }),
        async (points, parts, broken, cuts) => {
          const make = () =>
            plan(points, parts, (point, part) =>
              point === `p${broken}` && part === 2 ? 'hub/protocol' : null,
            );
          const whole = await collect(transfer(make()));
          const items: Item[] = [];
          const outcomes = [];
          let resume: string | undefined;
          for (const cut of [...cuts, Infinity]) {
            let taken = 0;
            for await (const chunk of transfer(make(), resume === undefined ? {} : { resume })) {
              items.push(...chunk.items);
              outcomes.push(...chunk.outcomes);
              resume = chunk.resume;
              if (++taken > cut) break;
            }
          }
          expect(items).toEqual(whole.items);
          expect(outcomes).toEqual(whole.outcomes);
        },
      ),
    );
  });

  it('refuses a token of another request', async () => {
    const chunks = [];
    for await (const chunk of transfer(plan(3, 1, () => null))) chunks.push(chunk);
    const resume = chunks[0]?.resume as string;
    for (const token of [resume, '{}', 'nonsense', 'null'])
      await expect(
        collect(
          transfer(
            plan(4, 1, () => null),
            { resume: token },
          ),
        ),
      ).rejects.toMatchObject({
        code: 'hub/resume-mismatch',
      });
  });

  it('asks no more than a few times when the hub is down', async () => {
    const log: Unit[] = [];
    const down = { ...plan(300, 40, () => 'hub/unavailable', log), giveUpAfter: 3, concurrency: 1 };
    await expect(collect(transfer(down))).rejects.toMatchObject({ code: 'hub/unavailable' });
    expect(log.length).toBeLessThan(12);
  });

  it('ends at once on a refused credential and on an abort', async () => {
    const log: Unit[] = [];
    const refused = { ...plan(30, 4, () => 'hub/credential-refused', log), concurrency: 1 };
    await expect(collect(transfer(refused))).rejects.toMatchObject({
      code: 'hub/credential-refused',
    });
    expect(log).toHaveLength(1);
  });

  it('stops the requests under way when the loop is left', async () => {
    const signals: AbortSignal[] = [];
    const base = plan(9, 4, () => null);
    const slow: TransferPlan<Unit, Item> = {
      ...base,
      concurrency: 3,
      run: (unit, signal) => {
        signals.push(signal);
        return signals.length === 1 ? base.run(unit, signal) : new Promise(() => {});
      },
    };
    for await (const chunk of transfer(slow)) {
      expect(chunk.progress.unitsDone).toBe(1);
      break;
    }
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });
});
