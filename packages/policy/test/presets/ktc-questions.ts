import type { Fact } from '@metergram/policy';
import type { Ask } from './case.ts';
import { day, granted } from './case.ts';

export const HOME = 'apartment-12';
export const ME = 'tenant-b';
export const SINCE = day('2025-03-01');
/** The apartment's present tenant; the one before moved out the day before. */
export const lives: readonly Fact[] = [
  { type: 'tenancy', at: day('2020-01-01'), seen: 0, object: HOME, party: 'tenant-a', to: SINCE },
  { type: 'tenancy', at: SINCE, seen: 0, object: HOME, party: ME },
];
export const MINE = { start: day('2025-06-01'), end: day('2025-12-01') };
/** Data of one household that can be linked to it: personal information when finer than a month. */
export const LINKED = {
  'resource.linkableToHousehold': true,
  'resource.identifiesHousehold': true,
};
export const ANONYMOUS = {
  'resource.linkableToHousehold': false,
  'resource.identifiesHousehold': false,
};
export const COMMITTED = { ...LINKED, 'recipient.securityCommitment': 'same-level' };
export const agreed = [
  ...lives,
  granted({ from: ME, to: 'tv', what: ['meter-data'], purposes: ['presentation'] }),
];
export const tv: Ask = {
  as: 'third-party',
  id: 'tv',
  do: 'fetch',
  what: 'meter-data',
  for: 'presentation',
  detail: 'PT1H',
  subject: ME,
  object: HOME,
  span: MINE,
  facts: COMMITTED,
};
export const own: Ask = {
  as: 'household',
  id: ME,
  do: 'read',
  what: 'meter-data',
  for: 'energy-insight',
  detail: 'PT1H',
  object: HOME,
  span: MINE,
  facts: { ...LINKED, 'resource.household': HOME, 'actor.household': HOME },
};
export const neighbour: Ask = {
  ...own,
  facts: { ...own.facts, 'resource.household': 'apartment-13' },
};
export const operations: Ask = {
  as: 'ktc.operations',
  do: 'read',
  what: 'meter-data',
  for: 'monitor',
};
export const police: Ask = {
  as: 'authority',
  do: 'disclose',
  what: 'meter-data',
  detail: 'PT1H',
  facts: LINKED,
};
export const ORDERED = { ...LINKED, 'legal.basis': 'court-order' };
export const share: Ask = {
  as: 'ktc',
  do: 'share',
  what: 'meter-data',
  for: 'presentation',
  detail: 'PT1H',
  subject: ME,
  object: HOME,
  span: MINE,
  recipient: { id: 'tv', roles: ['third-party'] },
  facts: COMMITTED,
};
export const research: Ask = { as: 'researcher', do: 'read', what: 'meter-data', for: 'research' };
export const login: Ask = {
  as: 'ktc.developer',
  id: 'dev',
  do: 'login-as',
  what: 'energy-presentation',
  for: 'login-as',
  subject: ME,
  object: HOME,
  span: MINE,
};
