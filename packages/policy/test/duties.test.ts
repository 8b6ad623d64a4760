import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile, type Fact, type Policy } from '../src/index.ts';
import { deadlineOf, duties } from '../src/rights.ts';
import { house } from './house.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const policy = (part: object): Policy => ({
  ...house,
  rules: [{ id: 'd', effect: 'duty', on: 'call', must: 'done', ...part }],
});

interface Happened {
  readonly at: number;
  readonly about: string | null;
  readonly ref: string | null;
}

const event = (name: string, { at, about, ref }: Happened): Fact => ({
  type: 'event',
  name,
  at: START + at * DAY,
  seen: 0,
  ...(about === null ? null : { about }),
  ...(ref === null ? null : { ref }),
});

/** The rule as it is told: about the same, or a `ref` to the duty or to what it is about, and not about something else. */
const meets = (done: Happened, call: Happened): boolean => {
  if (done.about !== null && done.about === call.about) return true;
  if (done.ref === 'd') return done.about === null || call.about === null;
  if (done.ref !== null) return done.ref === call.about;
  return done.about === null;
};

const word = fc.constantFrom('a', 'b', 'c');
const happened = fc.record({
  at: fc.nat({ max: 20 }),
  about: fc.option(word, { nil: null }),
  ref: fc.option(fc.oneof(word, fc.constant('d'), fc.constant('other')), { nil: null }),
});

it('a duty is met by the first thing done for it after it was called up, and by nothing that lies ahead', () => {
  const ten = compile(policy({ within: 'P3D' }));
  const before = compile(policy({ before: 'start' }));
  fc.assert(
    fc.property(
      fc.array(happened, { maxLength: 5 }),
      fc.array(happened, { maxLength: 8 }),
      fc.nat({ max: 22 }),
      (calls, done, day) => {
        const now = START + day * DAY;
        const facts = [
          ...calls.map((call) => event('call', { ...call, ref: null })),
          ...done.map((each) => event('done', each)),
        ];
        for (const [engine, least] of [
          [ten, (call: Happened) => call.at],
          [before, () => -Infinity],
        ] as const) {
          const found = duties(engine, engine.know(facts), now)
            .map((duty) => `${duty.since} ${duty.about} ${duty.done}`)
            .sort();
          const expected = calls
            .filter((call) => call.at <= day)
            .map((call) => {
              const times = done
                .filter((each) => meets(each, call) && each.at <= day && each.at >= least(call))
                .map((each) => each.at);
              const first = times.length === 0 ? null : START + Math.min(...times) * DAY;
              return `${START + call.at * DAY} ${call.about ?? undefined} ${first}`;
            })
            .sort();
          expect(found).toEqual(expected);
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('twenty thousand demands are looked through once', () => {
  const engine = compile(policy({ within: 'P3D' }));
  const facts: Fact[] = [];
  for (let i = 0; i < 20_000; i++) {
    const about = `person-${i}`;
    facts.push(event('call', { at: i % 9, about, ref: null }));
    facts.push(event('done', { at: (i % 9) + (i % 5), about, ref: null }));
  }
  const known = engine.know(facts);
  let asked = 0;
  const counting = {
    ...known,
    named: (...args: Parameters<typeof known.named>) => {
      asked += 1;
      return known.named(...args);
    },
  };
  const found = duties(engine, counting, START + 30 * DAY);
  expect(found.filter(({ state }) => state === 'met-late')).toHaveLength(4000);
  expect(found.filter(({ state }) => state === 'met')).toHaveLength(16_000);
  expect(asked).toBeLessThan(10);
});

it('a deadline that the service chooses binds where it is the earlier one', () => {
  const own = policy({ on: 'access-request', must: 'answer', within: '$service.answerWithin' });
  const declared = (value: string | undefined): Policy => ({
    ...own,
    parameters: {
      'service.answerWithin': {
        type: 'duration',
        ...(value === undefined ? null : { default: value }),
      },
    },
  });
  const demand = { right: 'access', at: START } as const;
  const days = (part: Policy, chosen?: string): number => {
    const parameters = chosen === undefined ? {} : { 'service.answerWithin': chosen };
    return (deadlineOf(compile(part, { parameters }), demand).due - START) / DAY;
  };
  expect(days(declared('P10D'))).toBe(10);
  expect(days(declared('P10D'), 'P20D')).toBe(20);
  expect(days(declared('P40D'))).toBe(31);
  expect(days(declared(undefined))).toBe(31);
  expect(days(declared(undefined), 'P7D')).toBe(7);
});
