import type { Item } from '@metergram/policy';
import { compile } from '@metergram/policy';
import { elhub, karleby, ktc } from '@metergram/policy/presets';
import { answerRight, deadlineOf } from '@metergram/policy/rights';
import { describe, expect, it } from 'vitest';
import { day, happened, NOW, questionOf } from './case.ts';

const ME = 'customer-1';

describe('demands of persons under the presets', () => {
  it('kar.12: a demand to erase is answered item by item, the law’s part refused with its ground and end', () => {
    const engine = compile(karleby);
    const known = engine.know([happened('customer-relationship-ended', '2020-06-24', ME)]);
    const item = { subject: ME, detail: 'raw', end: day('2019-03-01'), purposes: [] } as const;
    const items: Item[] = [
      { ...item, id: 'invoice', what: 'invoice' },
      { ...item, id: 'email', what: 'email' },
      { ...item, id: 'another', what: 'email', subject: 'customer-2' },
    ];
    const question = { right: 'erasure', subject: ME, at: NOW, now: NOW } as const;
    const [invoice, email, another] = answerRight(engine, known, items, question);
    expect(invoice).toMatchObject({
      answer: 'refuse',
      dpv: 'eu-gdpr:JustificationA17LegallyRequired',
      approximate: true,
      restrictedTo: ['statutory-retention'],
      until: day('2030-06-24'),
    });
    expect(invoice?.because.map(({ rule }) => rule)).toContain('kar.12.keep-after-end');
    expect(email).toMatchObject({ answer: 'erase' });
    expect(another).toMatchObject({ answer: 'withhold' });
  });

  it('elh.23: thirty days or one month, whichever ends first', () => {
    const engine = compile(elhub);
    // January has 31 days: thirty days end a day before the month does.
    const january = deadlineOf(engine, { right: 'rectification', at: day('2026-01-10') });
    expect(january.due).toBe(day('2026-02-09'));
    // From the last of January the month ends on the last of February, thirty days on the second of March.
    const february = deadlineOf(engine, { right: 'erasure', at: day('2026-01-31') });
    expect(february.due).toBe(day('2026-02-28'));
    expect(february.because.map(({ rule }) => rule)).toContain('elh.23.answer-30d');
  });
});

describe('versions of a policy', () => {
  it('ktc.26, ktc.27: a decision rests on the version that is in force at its instant', () => {
    const stricter = {
      ...ktc,
      version: '2',
      validFrom: '2026-02-01',
      noticed: '2026-01-15',
      rules: ktc.rules.filter(({ id }) => id !== 'ktc.05.household-right'),
    };
    const engine = compile([ktc, stricter]);
    const facts = { 'resource.household': 'a', 'actor.household': 'a' };
    const ask = {
      as: 'household',
      do: 'read',
      what: 'meter-data',
      for: 'energy-insight',
      object: 'a',
      span: { start: day('2025-01-01'), end: day('2026-01-01') },
      facts,
    };
    const known = engine.know([
      { type: 'tenancy', at: day('2020-01-01'), seen: 0, object: 'a', party: 'someone' },
    ]);
    // The first of February begins in Stockholm an hour before it does in UTC.
    const start = day('2026-02-01') - 3_600_000;
    const before = engine.decide(questionOf({ ...ask, at: start - 1 }), known);
    expect(before.outcome).toBe('permit');
    expect(before.until).toBe(start);
    expect(engine.decide(questionOf({ ...ask, at: start }), known).outcome).toBe('deny');
  });
});
