import { describe, expect, it } from 'vitest';
import { compile, type Fact, type Grant, type Item, type Policy } from '../src/index.ts';
import { answerRight, deadlineOf, duties, type RightQuestion } from '../src/rights.ts';
import { consent, day, grantFact, house } from './house.ts';

const T = Date.parse('2026-01-31T10:00:00+01:00');
const HOUR = 3_600_000;
const policy: Policy = {
  ...house,
  rules: [
    {
      id: 'statute',
      effect: 'keep',
      what: ['name'],
      for: ['accounting'],
      clock: { base: 'after', event: 'left' },
      stages: [{ after: 'P10Y', to: 'deleted' }],
      approximate: true,
      cite: ['law'],
    },
    {
      id: 'monthly',
      effect: 'keep',
      what: ['meter-data'],
      for: ['accounting'],
      clock: { base: 'after', event: 'left' },
      stages: [
        { after: 'P0D', to: 'P1M' },
        { after: 'P5Y', to: 'deleted' },
      ],
    },
    {
      id: 'authority',
      effect: 'duty',
      on: 'personal-data-breach',
      must: 'notify-authority',
      to: ['authority'],
      within: 'PT72H',
      unless: { fact: 'breach.risk', value: 'unlikely' },
    },
    {
      id: 'persons',
      effect: 'duty',
      on: 'personal-data-breach',
      must: 'notify-subject',
      within: 'undue-delay',
      if: { fact: 'breach.risk', value: 'high' },
    },
    { id: 'yearly', effect: 'duty', on: 'start', must: 'risk-analysis', every: 'P1Y' },
    {
      id: 'thirty',
      effect: 'duty',
      on: 'rectification-or-erasure-request',
      must: 'answer',
      within: 'P30D',
    },
    {
      id: 'notice',
      effect: 'duty',
      on: 'policy-change',
      must: 'tell',
      before: 'change.effectiveFrom',
    },
  ],
  cites: { law: { title: 'Accounting Act' } },
  activities: [
    { id: 'a', purposes: ['insight'], basis: ['consent'] },
    { id: 'b', purposes: ['operation'], basis: ['contract'] },
    { id: 'c', purposes: ['marketing'], basis: ['legitimate-interest'] },
    { id: 'd', purposes: ['investigation'], basis: ['legal-obligation'] },
    { id: 'e', purposes: ['research'], basis: ['public-task'] },
    { id: 'f', purposes: ['presentation'], basis: ['consent', 'contract'] },
  ],
};
const engine = compile(policy);
const stored = (part: Partial<Item>): Item => ({
  id: 'x',
  what: 'apartment-number',
  subject: 'anna',
  detail: 'raw',
  end: day('2025-01-01'),
  ...part,
});
const left: Fact = { type: 'event', name: 'left', about: 'anna', at: day('2025-06-01'), seen: 0 };
const live = (purpose: string): Fact => ({
  type: 'state',
  name: `purpose:${purpose}`,
  about: 'anna',
  at: 0,
  seen: 0,
});
const answers = (items: Item[], facts: Fact[], part: Partial<RightQuestion> = {}) => [
  ...answerRight(engine, engine.know(facts), items, {
    right: 'erasure',
    subject: 'anna',
    at: T,
    now: T,
    ...part,
  }),
];

describe('erasure, item by item', () => {
  it('refuses what a law keeps, says until when and how sure that is, and erases the rest', () => {
    const [name, other, foreign] = answers(
      [stored({ what: 'name' }), stored({}), stored({ subject: 'bo' })],
      [left],
    );
    expect(name).toMatchObject({
      answer: 'refuse',
      until: day('2035-06-01'),
      approximate: true,
      restrictedTo: ['accounting'],
      dpv: 'eu-gdpr:JustificationA17LegallyRequired',
    });
    expect(name!.because[0]).toMatchObject({ rule: 'statute', cite: ['law'] });
    expect(other!.answer).toBe('erase');
    expect(foreign!.answer).toBe('withhold');
  });

  it('makes coarser what a law keeps only coarsely', () => {
    const [hours] = answers([stored({ what: 'meter-data', detail: 'PT1H', purposes: [] })], [left]);
    expect(hours).toMatchObject({ answer: 'reduce', to: 'P1M' });
  });

  it('refuses what a contract still needs, and erases what rested on the consent taken back', () => {
    const facts = [live('operation'), live('insight'), live('marketing')];
    const of = (purpose: string, part: Partial<RightQuestion> = {}) =>
      answers([stored({ purposes: [purpose] })], facts, part)[0]!.answer;
    expect(of('operation')).toBe('refuse');
    expect(of('insight')).toBe('erase');
    expect(of('marketing')).toBe('refuse');
    expect(of('marketing', { objects: true })).toBe('erase');
    expect(of('operation', { claim: 'incorrect' })).toBe('erase');
  });

  it('restricts nothing to a law that is needed for a contract too, and says until when the law holds', () => {
    const item = stored({ what: 'name', purposes: ['operation'] });
    const [both] = answers([item], [left, live('operation')]);
    expect(both).toMatchObject({ answer: 'refuse', until: null });
    expect(both).not.toHaveProperty('restrictedTo');
    expect(both!.because.map(({ key }) => key)).toEqual([
      'right.refuse-law',
      'right.refuse-needed',
      'right.approximate',
    ]);
    const [law] = answers([item], [left]);
    expect(law).toMatchObject({ until: day('2035-06-01'), restrictedTo: ['accounting'] });
    expect(law!.because[0]!.params!['at']).toBe(day('2035-06-01'));
    const hours = stored({ what: 'meter-data', detail: 'PT1H', purposes: ['operation'] });
    expect(answers([hours], [left, live('operation')])[0]!.answer).toBe('refuse');
    // Nobody tracks what the hours are for: what the law wants is all that is left.
    const loose = answers([stored({ what: 'meter-data', detail: 'PT1H' })], [left])[0]!;
    expect(loose).toMatchObject({ answer: 'reduce', to: 'P1M' });
    expect(loose.because[0]).toMatchObject({ key: 'right.reduce', params: { detail: 'P1M' } });
  });

  it('names the ground of what is still needed, by the basis that it rests on', () => {
    const grounds: readonly (readonly [string, string, string])[] = [
      ['operation', '17(1)(a)', 'justifications:ContractPerformanceNecessity'],
      ['marketing', '17(1)(c)', 'justifications:LegitimateInterestOverride'],
      ['investigation', '17(3)(b)', 'eu-gdpr:JustificationA17LegallyRequired'],
      ['research', '17(3)(b)', 'eu-gdpr:JustificationA17PublicInterest'],
    ];
    for (const [purpose, article, dpv] of grounds) {
      const [answer] = answers([stored({ purposes: [purpose] })], [live(purpose)]);
      expect(answer).toMatchObject({ answer: 'refuse', dpv });
      expect(answer!.because).toMatchObject([{ params: { article } }]);
    }
    // Two bases: taking back consent does not end the other.
    const [two] = answers([stored({ purposes: ['presentation'] })], [live('presentation')]);
    expect(two).toMatchObject({ answer: 'refuse' });
  });

  it('refuses under a hold', () => {
    const hold: Fact = {
      type: 'hold',
      id: 'case',
      about: 'anna',
      at: 0,
      seen: 0,
      to: day('2027-01-01'),
      for: 'investigation',
    };
    expect(answers([stored({})], [hold])[0]).toMatchObject({
      answer: 'refuse',
      until: day('2027-01-01'),
      dpv: 'eu-gdpr:JustificationA17LegalClaims',
    });
  });

  it('shows everything on access, restricted data too, and ports what consent or contract gave', () => {
    expect(answers([stored({ what: 'name' })], [left], { right: 'access' })[0]!.answer).toBe(
      'give',
    );
    const given = [grantFact(consent({ what: ['meter-data'], purposes: ['insight'] }))];
    const ported = answers(
      [stored({ what: 'meter-data', purposes: ['insight'] }), stored({ purposes: ['marketing'] })],
      [...given, live('marketing')],
      { right: 'portability' },
    );
    expect(ported.map((each) => each.answer)).toEqual(['give', 'withhold']);
  });

  it('says to which purposes data are restricted that are handed out', () => {
    const facts = [left, live('insight')];
    const item = stored({ what: 'name', purposes: [] });
    expect(answers([item], facts, { right: 'access' })[0]!.because).toMatchObject([
      { key: 'right.give-restricted', params: { purpose: ['accounting'] } },
    ]);
  });

  it('ports what a grant covers, whether or not an activity tells its basis', () => {
    const item = stored({ what: 'meter-data', purposes: ['accounting'] });
    const grant = (part: Partial<Grant>) => [
      grantFact(consent({ purposes: ['accounting'], ...part })),
    ];
    const port = (part: Partial<Grant>) =>
      answers([item], grant(part), { right: 'portability' })[0]!.answer;
    expect(port({})).toBe('give');
    expect(port({ basis: 'contract' })).toBe('give');
    expect(port({ basis: 'legal-obligation' })).toBe('withhold');
    expect(port({ state: 'withdrawn' })).toBe('withhold');
  });

  it('corrects, completes, and leaves what is on hold beside its correction', () => {
    const keys = (facts: Fact[], part: Partial<RightQuestion> = {}) => {
      const [answer] = answers([stored({})], facts, { right: 'rectification', ...part });
      expect(answer!.answer).toBe('correct');
      return answer!.because.map(({ key }) => key);
    };
    const hold: Fact = { type: 'hold', id: 'case', about: 'anna', at: 0, seen: 0 };
    expect(keys([])).toEqual(['right.correct']);
    expect(keys([], { claim: 'incomplete' })).toEqual(['right.complete']);
    expect(keys([hold])).toEqual(['right.correct', 'right.correct-beside']);
    expect(keys([{ ...hold, to: day('2026-01-01') }])).toEqual(['right.correct']);
    expect(() => keys([], { claim: 'wrong' as never })).toThrow('question/bad-shape at /claim');
  });
});

const risk = (value: string): Fact => ({
  type: 'value',
  name: 'breach.risk',
  about: 'b1',
  value,
  at: 0,
  seen: 0,
});

const yearly = (now: string, ...facts: Fact[]) =>
  duties(engine, engine.know(facts), day(now)).find((duty) => duty.rule === 'yearly')!.state;

const tell = (at: string): Fact => ({ type: 'event', name: 'tell', at: day(at), seen: 0 });

describe('deadlines', () => {
  it('takes the earlier of a month and the policy’s thirty days', () => {
    const february = deadlineOf(engine, { right: 'erasure', at: T });
    expect(february.due).toBe(Date.parse('2026-02-28T10:00:00+01:00'));
    expect(february.extended).toBe(Date.parse('2026-04-30T10:00:00+02:00'));
    const summer = deadlineOf(engine, {
      right: 'erasure',
      at: Date.parse('2026-07-01T10:00:00+02:00'),
    });
    expect(summer.due).toBe(Date.parse('2026-07-31T10:00:00+02:00'));
    const access = deadlineOf(engine, {
      right: 'access',
      at: Date.parse('2026-07-01T10:00:00+02:00'),
    });
    expect(access.due).toBe(Date.parse('2026-08-01T10:00:00+02:00'));
  });

  it('counts 72 hours of a breach across a change of clocks', () => {
    const known = Date.parse('2026-03-28T12:00:00+01:00');
    const breach: Fact = {
      type: 'event',
      name: 'personal-data-breach',
      about: 'b1',
      at: known,
      seen: known,
    };
    const at = (now: number, ...facts: Fact[]) =>
      Object.fromEntries(
        duties(engine, engine.know([breach, ...facts]), now).map((duty) => [duty.rule, duty]),
      );
    const high = at(known, risk('high'));
    expect(high['authority']).toMatchObject({ state: 'open', due: known + 72 * HOUR });
    expect(high['persons']).toMatchObject({ key: 'duty.undue-delay', state: 'open', due: null });
    expect(at(known + 72 * HOUR + 1, risk('high'))['authority']!.state).toBe('overdue');
    const unlikely = at(known, risk('unlikely'));
    expect([unlikely['authority']!.state, unlikely['persons']!.state]).toEqual([
      'not-required',
      'not-required',
    ]);
    expect(at(known)['authority']).toMatchObject({ state: 'unknown', due: known + 72 * HOUR });
    const told: Fact = {
      type: 'event',
      name: 'notify-authority',
      about: 'b1',
      at: known + 73 * HOUR,
      seen: 0,
    };
    expect(at(known + 100 * HOUR, risk('high'), told)['authority']!.state).toBe('met-late');
  });

  it('is met by what was done about the same, not about another, and not by what is to come', () => {
    const breach = (about: string, at: string): Fact => ({
      type: 'event',
      name: 'personal-data-breach',
      about,
      at: day(at),
      seen: 0,
    });
    const both = [breach('b1', '2026-01-01'), breach('b2', '2026-01-02')];
    const told = (part: object, at = '2026-01-03'): Fact => ({
      type: 'event',
      name: 'notify-authority',
      at: day(at),
      seen: 0,
      ...part,
    });
    const states = (facts: Fact[], now: string): readonly string[] =>
      duties(engine, engine.know(facts), day(now))
        .filter(({ rule }) => rule === 'authority')
        .map(({ about, state }) => `${about} ${state}`)
        .sort();
    const now = '2026-01-04';
    // The risk is not known, so a duty that is not met is `unknown`.
    for (const part of [{ about: 'b1' }, { about: 'b1', ref: 'authority' }, { ref: 'b1' }])
      expect(states([...both, told(part)], now)).toEqual(['b1 met', 'b2 unknown']);
    for (const part of [{}, { ref: 'authority' }])
      expect(states([...both, told(part)], now)).toEqual(['b1 met', 'b2 met']);
    for (const part of [{ ref: 'persons' }, { about: 'b3' }, { about: 'b3', ref: 'authority' }])
      expect(states([...both, told(part)], now)).toEqual(['b1 unknown', 'b2 unknown']);
    expect(states([both[0]!, told({}, '2026-01-05')], now)).toEqual(['b1 unknown']);
    const later: Fact = { type: 'event', name: 'risk-analysis', at: day('2026-05-01'), seen: 0 };
    expect(yearly('2020-03-01', later)).toBe('open');
  });

  it('is judged by the version of the policy that was in force when it was called up', () => {
    const breach: Fact = {
      type: 'event',
      name: 'personal-data-breach',
      about: 'b1',
      at: day('2026-01-01'),
      seen: 0,
    };
    const rules = (within: string): Policy['rules'] =>
      policy.rules.flatMap((rule) =>
        rule.id === 'authority' && rule.effect === 'duty' ? { ...rule, within } : [],
      );
    const next = (part: Partial<Policy>): Policy => ({
      ...policy,
      version: '2',
      validFrom: '2026-01-02',
      ...part,
    });
    const due = (...policies: Policy[]) => {
      const all = compile(policies);
      return duties(all, all.know([breach, risk('high')]), day('2026-01-03')).flatMap((duty) =>
        duty.rule === 'authority' ? duty.due : [],
      );
    };
    const by72h = [day('2026-01-04')];
    expect(due(policy, next({ rules: [] }))).toEqual(by72h);
    expect(due(policy, next({ rules: rules('PT24H') }))).toEqual(by72h);
    // Before the first version there is only that one to judge by.
    expect(due(next({ rules: rules('PT24H') }))).toEqual([day('2026-01-02')]);
  });

  it('finds a yearly duty overdue', () => {
    const done: Fact = { type: 'event', name: 'risk-analysis', at: day('2024-02-29'), seen: 0 };
    expect(yearly('2025-02-28', done)).toBe('met');
    expect(yearly('2025-03-02', done)).toBe('overdue');
    expect(yearly('2025-03-02')).toBe('overdue');
  });

  it('wants notice before a change takes effect', () => {
    const change: Fact = { type: 'event', name: 'policy-change', at: day('2026-01-01'), seen: 0 };
    const effect: Fact = {
      type: 'value',
      name: 'change.effectiveFrom',
      value: day('2026-03-01'),
      at: 0,
      seen: 0,
    };
    const state = (now: string, ...facts: Fact[]) =>
      duties(engine, engine.know([change, effect, ...facts]), day(now)).find(
        (duty) => duty.rule === 'notice',
      )!.state;
    expect(state('2026-02-01')).toBe('open');
    expect(state('2026-03-02')).toBe('overdue');
    expect(state('2026-03-02', tell('2026-02-15'))).toBe('met');
    expect(state('2026-04-02', tell('2026-03-15'))).toBe('met-late');
  });
});
