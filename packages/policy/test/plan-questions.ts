import { compile, type Fact, type Item, type Operation, type Policy } from '../src/index.ts';
import { day, house } from './house.ts';

export const withRules = (rules: Policy['rules']): Policy => ({ ...house, rules });
export const downsample: Policy = withRules([
  {
    id: 'downsample',
    effect: 'cap',
    what: ['meter-data'],
    clock: { base: 'age', clock: 'value-time' },
    stages: [
      { after: '$service.hourlyFor', to: 'P1D' },
      { after: '$service.dailyFor', to: 'P1M' },
    ],
  },
  {
    id: 'service-end',
    effect: 'cap',
    what: ['*'],
    clock: { base: 'after', event: 'service-ended' },
    stages: [{ after: 'P0D', to: 'deleted' }],
  },
]);
export const HOUR = 3_600_000;
export const hour = (end: number, part: Partial<Item> = {}): Item => ({
  id: 'v',
  what: 'meter-data',
  subject: 'anna',
  object: 'apt-1',
  detail: 'PT1H',
  start: end - HOUR,
  end,
  ...part,
});
export const event = (name: string, at: number, about = 'anna'): Fact => ({
  type: 'event',
  name,
  at,
  seen: at,
  about,
});
export const one = (
  policy: Policy,
  stored: Item,
  now: number,
  known: readonly Fact[] = [],
  parameters = {},
): Operation => {
  const engine = compile(policy);
  return engine.planner(engine.know(known), { now, parameters }).operation(stored);
};

export const state = (which: string, to?: number): Fact => ({
  type: 'state',
  name: which,
  about: 'anna',
  at: day('2020-01-01'),
  seen: 0,
  ...(to === undefined ? null : { to }),
});
