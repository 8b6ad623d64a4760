import { describe, expect, it } from 'vitest';
import { compile, type Detail, type Fact, type Item } from '../src/index.ts';
import { day, house } from './house.ts';
import { withRules, downsample, HOUR, hour, event, one, state } from './plan-questions.ts';

describe('retention', () => {
  const service = { 'service.hourlyFor': 'P3M', 'service.dailyFor': 'P13M' };
  const value = hour(Date.parse('2026-01-10T10:00:00+01:00'));

  it('coarsens by age, once the day is over, on the civil calendar', () => {
    const before = one(downsample, value, Date.parse('2026-04-10T09:59:59+02:00'), [], service);
    expect(before).toMatchObject({ op: 'keep', next: Date.parse('2026-04-10T10:00:00+02:00') });
    const after = one(downsample, value, before.next!, [], service);
    expect(after).toMatchObject({
      op: 'rollup',
      to: 'P1D',
      bucket: {
        start: Date.parse('2026-01-10T00:00:00+01:00'),
        end: Date.parse('2026-01-11T00:00:00+01:00'),
        expect: 24,
      },
      due: before.next,
      next: Date.parse('2027-02-10T10:00:00+01:00'),
    });
    expect(one(downsample, value, after.next!, [], service)).toMatchObject({
      op: 'rollup',
      to: 'P1M',
    });
  });

  it('makes two plans from one policy for two services', () => {
    const now = day('2026-03-01');
    expect(one(downsample, value, now, [], { ...service, 'service.hourlyFor': 'P1M' }).op).toBe(
      'rollup',
    );
    expect(one(downsample, value, now, [], { ...service, 'service.hourlyFor': 'P6M' }).op).toBe(
      'keep',
    );
  });

  it('says so where a period has not been chosen', () => {
    const answer = one(downsample, value, day('2030-01-01'), [], { 'service.hourlyFor': 'P3M' });
    expect(answer).toMatchObject({ op: 'rollup', to: 'P1D' });
    const unset = one(
      {
        ...downsample,
        parameters: {
          'service.hourlyFor': { type: 'duration' },
          'service.dailyFor': { type: 'duration' },
        },
      },
      value,
      day('2030-01-01'),
    );
    expect(unset.because.map((reason) => reason.key)).toContain('plan.no-parameter');
  });

  it('deletes when the service ends, unless a floor keeps it for its own purpose', () => {
    const ended = event('service-ended', day('2026-02-01'));
    expect(one(downsample, value, day('2026-02-01'), [ended], service)).toMatchObject({
      op: 'delete',
      due: day('2026-02-01'),
    });
    const floor = withRules([
      ...downsample.rules,
      {
        id: 'accounts',
        effect: 'keep',
        what: ['meter-data'],
        for: ['accounting'],
        clock: { base: 'after', event: 'service-ended' },
        stages: [{ after: 'P10Y', to: 'deleted' }],
        approximate: true,
      },
    ]);
    const kept = one(floor, value, day('2030-01-01'), [ended], service);
    expect(kept).toMatchObject({
      op: 'restrict',
      restrictedTo: ['accounting'],
      next: Date.parse('2036-02-01T00:00:00Z'),
    });
    expect(kept.because.map((reason) => reason.key)).toContain('plan.approximate');
    expect(one(floor, value, kept.next! - 1, [ended], service).op).toBe('restrict');
    expect(one(floor, value, kept.next!, [ended], service).op).toBe('delete');
  });

  it('starts only when both agreements have ended', () => {
    const both = withRules([
      {
        id: 'both',
        effect: 'cap',
        what: ['name'],
        clock: { base: 'while', state: { any: ['power-agreement', 'grid-agreement'] } },
        stages: [{ after: 'P3Y', to: 'deleted' }],
      },
    ]);
    const name = hour(day('2020-01-01'), { what: 'name', detail: 'raw' });
    const half = [state('power-agreement', day('2022-03-01')), state('grid-agreement')];
    expect(one(both, name, day('2029-01-01'), half)).toMatchObject({ op: 'keep', next: null });
    const whole = [
      state('power-agreement', day('2022-03-01')),
      state('grid-agreement', day('2023-06-15')),
    ];
    expect(one(both, name, day('2024-01-01'), whole).next).toBe(Date.parse('2026-06-15T00:00:00Z'));
  });

  it('keeps ten years where ten were ordered, three otherwise', () => {
    const ordered = withRules([
      {
        id: 'three-or-ten',
        effect: 'cap',
        what: ['meter-data'],
        clock: { base: 'age', clock: 'value-time', unstated: true },
        stages: [{ after: 'P3Y', to: 'deleted' }],
        unless: [{ if: { event: 'ordered-10y' }, stages: [{ after: 'P10Y', to: 'deleted' }] }],
      },
    ]);
    const old = hour(Date.parse('2020-02-29T12:00:00+01:00'));
    expect(one(ordered, old, Date.parse('2023-02-28T12:00:00+01:00')).op).toBe('delete');
    expect(one(ordered, old, Date.parse('2023-02-28T12:00:00+01:00') - 1).op).toBe('keep');
    const facts10 = [event('ordered-10y', day('2021-01-01'))];
    expect(one(ordered, old, day('2029-01-01'), facts10)).toMatchObject({
      op: 'keep',
      next: Date.parse('2030-02-28T12:00:00+01:00'),
    });
    expect(one(ordered, old, day('2029-01-01'), facts10).because.map((r) => r.key)).toContain(
      'plan.proposed',
    );
  });

  it('lets a hold stop everything while it lasts', () => {
    const hold: Fact = {
      type: 'hold',
      id: 'case-7',
      at: day('2026-01-15'),
      seen: 0,
      about: 'anna',
      to: day('2027-01-01'),
      for: 'investigation',
    };
    const ended = event('service-ended', day('2026-02-01'));
    const held = one(downsample, value, day('2026-06-01'), [ended, hold], service);
    expect(held).toMatchObject({
      op: 'hold',
      restrictedTo: ['investigation'],
      next: day('2027-01-01'),
    });
    expect(one(downsample, value, day('2027-01-01'), [ended, hold], service).op).toBe('delete');
  });

  it('deletes what no live purpose needs', () => {
    const live: Fact = {
      type: 'state',
      name: 'purpose:insight',
      about: 'anna',
      at: 0,
      seen: 0,
      to: day('2026-02-01'),
    };
    const needed = hour(day('2026-01-10'), { purposes: ['insight'] });
    expect(one(house, needed, day('2026-01-20'), [live])).toMatchObject({
      op: 'keep',
      next: day('2026-02-01'),
    });
    expect(one(house, needed, day('2026-02-01'), [live])).toMatchObject({
      op: 'delete',
      due: day('2026-02-01'),
    });
    expect(one(house, hour(day('2026-01-10'), { purposes: [] }), day('2026-01-20')).op).toBe(
      'delete',
    );
  });
});

const filling = (coarse: Detail, stored: Item) =>
  one(
    withRules([
      {
        id: 'x',
        effect: 'cap',
        what: ['*'],
        clock: { base: 'age', clock: 'value-time' },
        stages: [{ after: 'P0D', to: coarse }],
      },
    ]),
    stored,
    day('2030-01-01'),
  ).bucket?.expect;

describe('civil days', () => {
  const daily = withRules([
    {
      id: 'd',
      effect: 'cap',
      what: ['*'],
      clock: { base: 'age', clock: 'value-time' },
      stages: [{ after: 'P0D', to: 'P1D' }],
    },
  ]);
  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-06-15', 24],
  ])('%s has %i hours, and no hour goes before the last of them is over', (date, hours) => {
    const start = new Date(`${date}T00:00:00Z`);
    const noon = Date.parse(`${date}T12:00:00Z`);
    const now = one(daily, hour(noon), noon);
    expect(now.op).toBe('keep');
    expect(now.because.map((reason) => reason.key)).toContain('plan.waits');
    const later = one(daily, hour(noon), now.next!);
    expect(later).toMatchObject({
      op: 'rollup',
      due: now.next,
      bucket: { end: now.next, expect: hours },
    });
    expect((later.bucket!.end - later.bucket!.start) / HOUR).toBe(hours);
    expect(later.bucket!.start).toBeLessThan(start.getTime());
  });

  it('counts the days of a leap February and the months of a year', () => {
    const inFebruary = { detail: 'P1D' as const, start: Date.parse('2028-02-10T00:00:00+01:00') };
    expect(filling('P1M', hour(Date.parse('2028-02-11T00:00:00+01:00'), inFebruary))).toBe(29);
    expect(filling('P1Y', hour(Date.parse('2028-02-11T00:00:00+01:00'), inFebruary))).toBe(366);
    expect(
      filling(
        'P1Y',
        hour(Date.parse('2028-03-01T00:00:00+01:00'), {
          detail: 'P1M',
          start: Date.parse('2028-02-01T00:00:00+01:00'),
        }),
      ),
    ).toBe(12);
  });
});

function* many(): Generator<Item> {
  for (let i = 0; i < 20_000; i++) yield hour(day('2026-01-01') + i * HOUR, { id: `v${i}` });
}

it('streams items and tells what they came to', () => {
  const engine = compile(downsample, { parameters: { 'service.dailyFor': 'P13M' } });
  const run = engine.plan(many(), engine.know([]), { now: day('2026-06-01') });
  let step = run.next();
  let rollups = 0;
  while (step.done !== true) {
    if (step.value.op === 'rollup') rollups += 1;
    step = run.next();
  }
  expect(step.value.items).toBe(20_000);
  expect(step.value.counts.rollup).toBe(rollups);
  expect(step.value.nextDue).toBeGreaterThan(day('2026-06-01'));
});
