import type { Fact, Grant, Policy, Question } from '../src/index.ts';

/** A small house: tenants, staff, a television provider; used by many tests. */
export const house: Policy = {
  id: 'house',
  version: '1',
  validFrom: '2020-01-01',
  tz: 'Europe/Stockholm',
  vocab: {
    who: {
      party: {},
      tenant: { is: ['party'] },
      'third-party': { is: ['party'] },
      'tv-provider': { is: ['third-party'] },
      staff: { is: ['party'] },
      operations: { is: ['staff'] },
      support: { is: ['staff'] },
      authority: { is: ['party'] },
    },
    do: { read: {}, store: {}, share: {}, disclose: { is: ['share'] }, transfer: {} },
    what: {
      'personal-data': {},
      'meter-data': { is: ['personal-data'] },
      'meter-data.hourly': { is: ['meter-data'] },
      name: { is: ['personal-data'], identifier: 'direct' },
      'national-id': { is: ['personal-data'], identifier: 'direct' },
      'apartment-number': { is: ['personal-data'], identifier: 'indirect' },
      'spot-price': { personal: false },
      behaviour: { is: ['personal-data'] },
    },
    for: {
      insight: {},
      presentation: { is: ['insight'] },
      operation: {},
      research: {},
      marketing: {},
      investigation: {},
      accounting: {},
    },
    in: { cloud: {}, amr: { is: ['cloud'] }, portal: { is: ['cloud'] } },
  },
  parameters: {
    'service.hourlyFor': { type: 'duration', default: 'P3M' },
    'service.dailyFor': { type: 'duration' },
  },
  rules: [
    {
      id: 'own',
      effect: 'permit',
      who: ['tenant'],
      do: ['read'],
      what: ['meter-data'],
      for: ['insight'],
      if: { fact: 'resource.household', value: '$actor.household' },
      basis: 'contract',
    },
    {
      id: 'tv',
      effect: 'permit',
      who: ['third-party'],
      do: ['read'],
      what: ['meter-data'],
      for: ['presentation', 'marketing'],
      if: { grant: { from: 'household', to: '$actor' } },
      then: [{ do: 'log' }],
    },
    {
      id: 'ops',
      effect: 'permit',
      who: ['operations'],
      do: ['read'],
      what: ['personal-data'],
      for: ['operation'],
    },
    {
      id: 'ops-fields',
      effect: 'forbid',
      who: ['operations'],
      do: ['read'],
      unless: {
        fact: 'resource.fields',
        op: 'subsetOf',
        value: ['meter-data', 'apartment-number'],
      },
      then: [{ do: 'mask', except: ['meter-data', 'apartment-number'] }],
    },
    { id: 'price', effect: 'permit', do: ['read'], what: ['spot-price'] },
    {
      id: 'no-identity',
      effect: 'forbid',
      do: ['store'],
      what: ['national-id'],
      in: ['cloud.*'],
      then: [{ do: 'substitute', by: 'apartment-number' }],
    },
    {
      id: 'behaviour',
      effect: 'classify',
      what: ['meter-data'],
      as: ['behaviour'],
      if: { fact: 'resource.resolution', op: 'finerThan', value: 'P1M' },
    },
    {
      id: 'support',
      effect: 'permit',
      who: ['support'],
      do: ['read'],
      what: ['meter-data'],
      for: ['operation'],
      basis: 'contract',
    },
    {
      id: 'no-behaviour',
      effect: 'forbid',
      who: ['support'],
      do: ['read'],
      what: ['behaviour'],
    },
    {
      id: 'order',
      effect: 'permit',
      who: ['authority'],
      do: ['disclose'],
      what: ['personal-data'],
      for: ['investigation'],
      basis: 'legal-obligation',
      if: { fact: 'legal.order', op: 'exists' },
      then: [{ do: 'limit-to-order-scope' }, { do: 'log' }],
    },
    {
      id: 'research',
      effect: 'permit',
      do: ['read'],
      what: ['meter-data'],
      for: ['research'],
      basis: 'public-task',
    },
    {
      id: 'research-unlinked',
      effect: 'forbid',
      do: ['read'],
      what: ['meter-data'],
      for: ['research'],
      unless: { fact: 'resource.deidentified' },
      then: [{ do: 'deidentify' }],
    },
  ],
  activities: [{ id: 'running', purposes: ['operation'], basis: ['contract'], status: 'proposed' }],
};

export const NOW: number = Date.UTC(2026, 5, 1);
export const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

/** A consent of tenant `anna` to the television `tv`. */
export const consent = (part: Partial<Grant> = {}): Grant => ({
  id: 'g1',
  from: 'anna',
  to: 'tv',
  what: ['meter-data'],
  purposes: ['presentation'],
  finest: 'P1D',
  span: { start: null, end: null },
  valid: { start: day('2026-01-01'), end: day('2027-01-01') },
  state: 'active',
  ...part,
});

export const grantFact = (
  grant: Grant,
  at: number = day('2026-01-01'),
  seen: number = at,
): Fact => ({
  type: 'grant',
  at,
  seen,
  grant,
});

export const tenancy = (party: string, from: string, to?: string): Fact => ({
  type: 'tenancy',
  object: 'apt-1103',
  party,
  at: day(from),
  seen: day(from),
  ...(to === undefined ? null : { to: day(to) }),
});

export const ask = (part: Partial<Question> = {}): Question => ({
  at: NOW,
  actor: { id: 'anna', roles: ['tenant'] },
  do: 'read',
  what: 'meter-data',
  for: 'insight',
  object: 'apt-1103',
  detail: 'PT1H',
  facts: { 'resource.household': 'apt-1103', 'actor.household': 'apt-1103' },
  ...part,
});
