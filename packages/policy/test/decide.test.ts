import { describe, expect, it } from 'vitest';
import { compile, type Fact, type Policy, type Question } from '../src/index.ts';
import { ask, consent, day, grantFact, house, NOW, tenancy } from './house.ts';

const engine = compile(house);
const decide = (part: Partial<Question>, facts: readonly Fact[] = []) =>
  engine.decide(ask(part), engine.know(facts));
const keys = (list: readonly { readonly key: string }[]): string[] => list.map((r) => r.key);
const tv = { actor: { id: 'tv', roles: ['tv-provider'] }, for: 'presentation', facts: {} } as const;

describe('who may see what', () => {
  it('lets a tenant read its own hours, and no neighbour', () => {
    expect(decide({}).outcome).toBe('permit');
    const other = decide({ facts: { 'resource.household': 'a', 'actor.household': 'b' } });
    expect(other.outcome).toBe('deny');
    expect(other.nearest).toEqual([
      {
        key: 'nearest.fact',
        params: { fact: 'resource.household', op: 'eq', value: 'b' },
        policy: 'house',
        rule: 'own',
      },
    ]);
  });

  it('tells what lifts a forbid of what the data count as, and what a grant has to cover', () => {
    const rules = [
      {
        id: 'show',
        effect: 'permit',
        do: ['read'],
        what: ['meter-data'],
        if: { grant: { from: 'household', to: '$actor', what: 'meter-data' } },
      },
      { id: 'counts', effect: 'classify', what: ['meter-data'], as: ['behaviour'] },
      {
        id: 'same-level',
        effect: 'forbid',
        do: ['read'],
        what: ['behaviour'],
        unless: { fact: 'recipient.securityCommitment', value: 'same-level' },
      },
    ] as const;
    const answer = compile({ ...house, rules }).decide(
      ask({ ...tv, what: 'meter-data.hourly', subject: 'anna' }),
    );
    expect(answer.because.map((reason) => reason.rule)).toEqual(['same-level']);
    expect(answer.nearest).toMatchObject([
      {
        key: 'nearest.grant',
        rule: 'show',
        params: { from: 'anna', to: 'tv', data: 'meter-data' },
      },
      { key: 'nearest.fact', rule: 'same-level', params: { value: 'same-level' } },
    ]);
  });

  it('asks for no legal basis where the data are about nobody', () => {
    const rules = [
      { id: 'price', effect: 'permit', do: ['read'], what: ['spot-price'], if: { fact: 'open' } },
    ] as const;
    const answer = compile({ ...house, rules, activities: [] }).decide(ask({ what: 'spot-price' }));
    expect(keys(answer.nearest)).toEqual(['nearest.fact']);
  });

  it('names the rule and the basis', () => {
    expect(decide({}).because).toMatchObject([
      { key: 'permit.rule', rule: 'own' },
      { key: 'permit.basis-rule', basis: 'contract' },
    ]);
    const byActivity = decide({
      actor: { id: 'o', roles: ['operations'] },
      for: 'operation',
      fields: ['meter-data'],
    });
    expect(byActivity.because.find((r) => r.key === 'permit.basis-proposed')).toMatchObject({
      activity: 'running',
      basis: 'contract',
    });
  });

  it('denies what no policy has a word for', () => {
    for (const part of [
      { do: 'sell' },
      { what: 'shoe-size' },
      { for: 'fun' },
      { in: 'basement' },
      { actor: { id: 'x', roles: ['ghost'] } },
      { do: 'constructor' },
      { what: '__proto__' },
    ] satisfies Partial<Question>[])
      expect(keys(decide(part).because)).toEqual(['deny.unknown-term']);
  });

  it('denies a question that it cannot read', () => {
    for (const bad of [
      null,
      1,
      {},
      { ...ask(), at: Number.NaN },
      { ...ask(), what: [] },
      { ...ask(), actor: { id: 'a' } },
      { ...ask(), span: { start: 2, end: 1 } },
      { ...ask(), detail: 'deleted' },
    ])
      expect(keys(engine.decide(bad as Question).because)).toEqual(['deny.bad-request']);
  });

  it('does not take a purpose for granted', () => {
    const { for: _, ...without } = ask();
    expect(engine.decide(without).outcome).toBe('deny');
    expect(decide({ for: 'marketing' }).outcome).toBe('deny');
    expect(decide({ for: 'presentation' }).outcome).toBe('permit');
  });

  it('needs no purpose or basis for data about nobody', () => {
    expect(
      engine.decide({ at: NOW, actor: { id: 'x', roles: [] }, do: 'read', what: 'spot-price' })
        .outcome,
    ).toBe('permit');
  });

  it('denies personal data without a legal basis from rule, grant or activity', () => {
    const bare = compile({ ...house, activities: [] });
    const answer = bare.decide(
      ask({ actor: { id: 'o', roles: ['operations'] }, for: 'operation', fields: ['meter-data'] }),
    );
    expect(keys(answer.because)).toEqual(['deny.no-basis']);
    expect(keys(answer.nearest)).toEqual(['nearest.basis']);
  });

  it('asks every kind of data that is needed', () => {
    const ops = {
      actor: { id: 'o', roles: ['operations'] },
      for: 'operation',
      fields: ['meter-data'],
    };
    expect(decide({ ...ops, what: ['meter-data', 'name'] }).outcome).toBe('permit');
    expect(decide({ what: ['meter-data', 'name'] }).outcome).toBe('deny');
  });
});

describe('grants', () => {
  it('gives a third party what the household granted, no finer', () => {
    const answer = decide({ ...tv, subject: 'anna' }, [grantFact(consent())]);
    expect(answer.outcome).toBe('permit-with');
    expect(answer.limits).toEqual([{ finest: 'P1D', span: { start: null, end: null } }]);
    expect(answer.obligations).toEqual([{ do: 'log' }]);
    expect(answer.because.map((r) => r.grant).filter((g) => g !== undefined)).toContain('g1');
    expect(answer.until).toBe(day('2027-01-01'));
  });

  it('gives nothing for another purpose, without a grant, after withdrawal, or to another', () => {
    const given = [grantFact(consent())];
    expect(decide({ ...tv, subject: 'anna', for: 'marketing' }, given).outcome).toBe('deny');
    expect(decide({ ...tv, subject: 'anna' }).outcome).toBe('deny');
    expect(decide({ ...tv, subject: 'bo' }, given).outcome).toBe('deny');
    const gone = [...given, grantFact(consent({ state: 'withdrawn' }), day('2026-05-01'))];
    expect(decide({ ...tv, subject: 'anna' }, gone).outcome).toBe('deny');
    expect(decide({ ...tv, subject: 'anna', at: day('2026-04-30') }, gone).until).toBe(
      day('2026-05-01'),
    );
    expect(decide({ ...tv, subject: 'anna' }).nearest).toMatchObject([
      { key: 'nearest.grant', params: { from: 'anna', to: 'tv', purpose: 'presentation' } },
    ]);
  });

  it('withdraws one purpose and leaves the others', () => {
    const both = consent({ purposes: ['presentation', 'marketing'], withdrawn: ['marketing'] });
    expect(decide({ ...tv, subject: 'anna' }, [grantFact(both)]).outcome).toBe('permit-with');
    expect(decide({ ...tv, subject: 'anna', for: 'marketing' }, [grantFact(both)]).outcome).toBe(
      'deny',
    );
  });

  it('holds for a grant recorded later only when it is known', () => {
    const late = [grantFact(consent(), day('2026-01-01'), day('2026-07-01'))];
    const question = ask({ ...tv, subject: 'anna' });
    expect(engine.decide(question, engine.know(late, day('2026-06-15'))).outcome).toBe('deny');
    expect(engine.decide(question, engine.know(late, day('2026-07-15'))).outcome).toBe(
      'permit-with',
    );
  });

  it('takes an invalidated consent back from its start, whatever came between', () => {
    const facts = [
      grantFact(consent()),
      grantFact(consent({ finest: 'PT1H' }), day('2026-03-01')),
      grantFact(consent({ state: 'invalidated' }), day('2026-01-01'), day('2026-08-01')),
    ];
    const question = ask({ ...tv, subject: 'anna' });
    expect(engine.decide(question, engine.know(facts, day('2026-07-01'))).outcome).toBe('permit');
    expect(engine.decide(question, engine.know(facts)).outcome).toBe('deny');
  });
});

describe('tenancy', () => {
  const moves = [tenancy('old', '2020-01-01', '2025-10-01'), tenancy('anna', '2025-10-01')];

  it('never shows the new tenant the old one’s hours', () => {
    const answer = decide({ span: { start: day('2025-01-01'), end: NOW } }, moves);
    expect(answer.limits).toEqual([
      { finest: 'PT1H', span: { start: day('2025-10-01'), end: NOW } },
    ]);
    expect(keys(answer.because)).toContain('limit.tenancy');
    expect(decide({ span: { start: day('2025-11-01'), end: NOW } }, moves).outcome).toBe('permit');
    expect(
      decide({ span: { start: day('2025-01-01'), end: day('2025-09-01') } }, moves).outcome,
    ).toBe('deny');
  });

  it('bounds what each tenant granted by its own time', () => {
    const facts = [...moves, grantFact(consent({ id: 'old', from: 'old' })), grantFact(consent())];
    const answer = decide({ ...tv }, [...moves, grantFact(consent({ id: 'old', from: 'old' }))]);
    expect(answer.limits).toEqual([
      { finest: 'P1D', span: { start: day('2020-01-01'), end: day('2025-10-01') } },
    ]);
    expect(decide({ ...tv }, facts).limits).toEqual([
      { finest: 'P1D', span: { start: day('2020-01-01'), end: null } },
    ]);
  });

  it('denies where the policy requires a tenancy and none is known', () => {
    const strict = compile({ ...house, tenancy: 'required' });
    expect(keys(strict.decide(ask()).because)).toEqual(['deny.no-tenancy']);
    expect(strict.decide(ask(), strict.know(moves)).outcome).toBe('permit-with');
  });
});

describe('limits and remedies', () => {
  it('masks fields only for those who take masking', () => {
    const ops = {
      actor: { id: 'o', roles: ['operations'] },
      for: 'operation',
      what: 'personal-data',
    };
    const fields = ['meter-data', 'name'];
    const refused = decide({ ...ops, fields });
    expect(refused.outcome).toBe('deny');
    expect(keys(refused.nearest)).toEqual(['nearest.mask']);
    const masked = decide({ ...ops, fields, accepts: ['mask'] });
    expect(masked.limits[0]?.fields).toEqual(['meter-data']);
    expect(decide({ ...ops, fields: ['meter-data'] }).outcome).toBe('permit');
  });

  it('offers a coarser view where fine data would show behaviour', () => {
    const answer = decide({ actor: { id: 's', roles: ['support'] }, for: 'operation' });
    expect(answer.limits).toEqual([{ finest: 'P1M', span: { start: null, end: null } }]);
  });

  it('keeps an order to its scope', () => {
    const police = {
      actor: { id: 'p', roles: ['authority'] },
      do: 'disclose',
      for: 'investigation',
    };
    expect(decide({ ...police, facts: {} }).outcome).toBe('deny');
    const scope = { from: day('2026-02-01'), to: day('2026-03-01') };
    const answer = decide({ ...police, facts: { 'legal.order': scope } });
    expect(answer.limits[0]?.span).toEqual({ start: scope.from, end: scope.to });
    expect(answer.obligations.map((o) => o.do)).toEqual(['limit-to-order-scope', 'log']);
  });

  it('gives research what is not linked to anyone', () => {
    const research = { for: 'research', actor: { id: 'u', roles: [] } };
    expect(decide(research).outcome).toBe('deny');
    expect(keys(decide(research).nearest)).toEqual(['nearest.deidentify']);
    expect(decide({ ...research, accepts: ['deidentify'] }).limits[0]?.deidentified).toBe(true);
    expect(decide({ ...research, deidentified: true }).outcome).toBe('permit');
  });

  it('lets only a floor’s purpose and the person itself read restricted data', () => {
    const anna = { restrictedTo: ['accounting'], subject: 'anna' };
    expect(decide(anna).outcome).toBe('permit');
    expect(keys(decide({ ...anna, subject: 'bo' }).because)).toEqual(['deny.restricted']);
  });
});

describe('acting for another', () => {
  const power = consent({
    id: 'poa',
    kind: 'delegation',
    to: 'guardian',
    purposes: ['insight'],
    finest: 'P1D',
    method: 'court-decision',
  });
  const guardian = {
    actor: { id: 'guardian', roles: [] },
    onBehalfOf: { id: 'anna', roles: ['tenant'] },
  };

  it('reaches as far as the power and the principal’s own right', () => {
    const facts = [grantFact(power), tenancy('anna', '2026-03-01')];
    const answer = decide(guardian, facts);
    expect(answer.limits).toEqual([
      { finest: 'P1D', span: { start: day('2026-03-01'), end: null } },
    ]);
    expect(keys(decide(guardian).because)).toEqual(['deny.no-delegation']);
    expect(decide({ ...guardian, for: 'marketing' }, facts).outcome).toBe('deny');
  });

  it('makes a consent given for another worth no more than the power', () => {
    const power2 = { ...power, purposes: ['presentation'] };
    const given = consent({ by: 'guardian', finest: 'PT1H', given: day('2026-02-01') });
    expect(decide({ ...tv, subject: 'anna' }, [grantFact(given)]).outcome).toBe('deny');
    const bounded = decide({ ...tv, subject: 'anna' }, [grantFact(given), grantFact(power2)]);
    expect(bounded.limits[0]?.finest).toBe('P1D');
    const at = (object: string | undefined, mine: readonly string[], its: readonly string[]) =>
      decide({ ...tv, subject: 'anna', object: object as string }, [
        grantFact({ ...given, meteringPoints: mine }),
        grantFact({ ...power2, meteringPoints: its }),
      ]).outcome;
    expect(at('p1', ['p1', 'p2'], ['p1', 'p3'])).toBe('permit-with');
    expect(at('p2', ['p1', 'p2'], ['p1', 'p3'])).toBe('deny');
    expect(at(undefined, [], [])).toBe('permit-with');
    // No metering point in common: not even what belongs to none.
    for (const [mine, its] of [
      [['p1'], ['p2']],
      [['p1'], []],
      [[], ['p2']],
    ] as const)
      for (const object of ['p1', 'p2', undefined]) expect(at(object, mine, its)).toBe('deny');
    const early = { ...given, given: day('2025-01-01') };
    expect(decide({ ...tv, subject: 'anna' }, [grantFact(early), grantFact(power2)]).outcome).toBe(
      'deny',
    );
  });
});

describe('what is compared with the time', () => {
  const at = day('2026-06-01');
  it.each([
    ...(['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'before', 'after'] as const).flatMap((op) => [
      [op, 'now', at] as const,
      [op, 'limit', '$now'] as const,
    ]),
    ['before', 'now', new Date(at).toISOString()],
    ['in', 'now', [at, at + 5]],
    ['in', 'limits', '$now'],
    ['activeAt', 'period', '$now'],
  ] as const)('%s %s %s holds until the millisecond at which it changes', (op, fact, value) => {
    const rule = {
      id: 'r',
      effect: 'permit',
      do: ['read'],
      basis: 'contract',
      if: { fact, op, value },
    };
    const timed = compile({ ...house, rules: [rule] as unknown as Policy['rules'] });
    const facts = { limit: at, limits: [at, at + 5], period: { from: at, to: at + 10 } };
    const outcome = (now: number) => timed.decide(ask({ at: now, facts })).outcome;
    for (let now = at - 3; now < at + 12; now++) {
      const changes = Array.from({ length: 20 }, (_, i) => now + 1 + i);
      const next = changes.find((each) => outcome(each) !== outcome(now)) ?? null;
      expect(timed.decide(ask({ at: now, facts })).until).toBe(next);
    }
  });

  it('is no instant without an offset: no machine’s own zone is asked', () => {
    const rule = { id: 'r', effect: 'permit', do: ['read'], basis: 'contract' } as const;
    const when = { fact: 'since', op: 'before', value: '$now' } as const;
    const timed = compile({ ...house, rules: [{ ...rule, if: when }] });
    const outcome = (since: string | number) => timed.decide(ask({ at, facts: { since } })).outcome;
    for (const since of ['2026-05-01', '2026-05-01T00:00+02:00', '1970-01-01', 0])
      expect(outcome(since)).toBe('permit');
    for (const since of ['2026-05-01T00:00:00', 'May 1 2026', '2026-02-30', '2026-08-01'])
      expect(outcome(since)).toBe('deny');
  });
});

describe('versions', () => {
  it('decides by the version that was in force', () => {
    const next = {
      ...house,
      version: '2',
      validFrom: '2026-07-01',
      rules: house.rules.filter((rule) => rule.id !== 'own'),
    };
    const both = compile([next, house]);
    expect(both.decide(ask()).outcome).toBe('permit');
    expect(both.decide(ask()).until).toBe(Date.parse('2026-07-01T00:00:00+02:00'));
    expect(both.decide(ask({ at: day('2026-07-02') })).outcome).toBe('deny');
    expect(keys(both.decide(ask({ at: day('2019-12-01') })).because)).toEqual(['deny.no-policy']);
  });
});
