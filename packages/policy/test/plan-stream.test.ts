import { expect, it } from 'vitest';
import { compile, type Item } from '../src/index.ts';
import { house } from './house.ts';

const NOW = Date.UTC(2026, 5, 1);
const COUNT = 20_000;

it('takes one item at a time and keeps none: counts are all that grows', () => {
  const engine = compile({
    ...house,
    rules: [
      {
        id: 'days',
        effect: 'cap',
        what: ['*'],
        clock: { base: 'age', clock: 'value-time' },
        stages: [
          { after: 'P3M', to: 'P1D' },
          { after: 'P1Y', to: 'deleted' },
        ],
      },
    ],
  });
  let taken = 0;
  const items = function* (): Generator<Item> {
    for (; taken < COUNT; taken++) {
      const end = NOW - taken * 3_600_000;
      yield { id: `v${taken}`, what: 'meter-data', detail: 'PT1H', end };
    }
  };
  const run = engine.plan(items(), engine.know([]), { now: NOW });
  let given = 0;
  let step = run.next();
  for (; step.done !== true; step = run.next()) {
    expect(step.value.item).toBe(`v${given}`);
    expect(taken).toBe(given);
    given += 1;
  }
  // Ends on 1 March 2026 and before are due for days, 1 June 2025 and before to be deleted (civil time of Stockholm).
  const days = (NOW - Date.parse('2026-03-01T00:00:00+01:00')) / 3_600_000;
  const year = (NOW - Date.parse('2025-06-01T02:00:00+02:00')) / 3_600_000;
  expect(step.value).toMatchObject({ items: COUNT });
  expect(step.value.counts.delete).toBe(COUNT - year);
  expect(step.value.counts.rollup).toBeGreaterThan(0);
  expect(step.value.counts.rollup).toBeLessThanOrEqual(year - Math.floor(days) + 24);
  expect(step.value.counts.keep + step.value.counts.rollup + step.value.counts.delete).toBe(COUNT);
});
