import type { Message, Question } from '@metergram/policy';
import { compile } from '@metergram/policy';
import { LANGUAGES, speaker, TEXTS } from '@metergram/policy/lang';
import { lint } from '@metergram/policy/lint';
import { albertslund, elhub, karleby, ktc } from '@metergram/policy/presets';
import { duties } from '@metergram/policy/rights';
import { describe, expect, it } from 'vitest';
import { speaker as speakerOf } from '../../src/lang/speak.ts';
import type { Statement } from '../presets/case.ts';
import { granted, NOW, questionOf, value } from '../presets/case.ts';
import { ALBERTSLUND } from '../presets/albertslund.cases.ts';
import { ELHUB } from '../presets/elhub.cases.ts';
import { KARLEBY } from '../presets/karleby.cases.ts';
import { KTC } from '../presets/ktc.cases.ts';

const tv: Question = {
  at: NOW,
  actor: { id: 'tv', roles: ['third-party'] },
  do: 'fetch',
  what: 'meter-data',
  for: 'presentation',
  detail: 'PT1H',
  subject: 'tenant-b',
  object: 'apartment-12',
  span: { start: Date.UTC(2025, 5, 1), end: NOW },
  facts: {
    'resource.identifiesHousehold': true,
    'resource.linkableToHousehold': true,
    'recipient.securityCommitment': 'same-level',
  },
};
const consent = granted({
  from: 'tenant-b',
  to: 'tv',
  what: ['meter-data'],
  purposes: ['presentation'],
  finest: 'P1D',
  valid: { start: 0, end: Date.UTC(2026, 5, 30, 22) },
});

const lives = {
  type: 'tenancy',
  at: Date.UTC(2025, 2, 1),
  seen: 0,
  object: 'apartment-12',
  party: 'tenant-b',
} as const;

describe('speaker', () => {
  const engine = compile(ktc);

  it('speaks none but the five', () => {
    for (const odd of ['no', 'xx', 'toString', undefined])
      expect(() => speaker(odd as never)).toThrow(
        'question/bad-shape at /language: must be nb or sv or da or fi or en',
      );
  });

  it('tells a limited permit in Swedish, with the rule’s own words, its clause and its end', () => {
    const told = speaker('sv', { policies: [ktc] }).explain(
      engine.decide(tv, engine.know([lives, consent])),
    );
    expect(told.outcome).toBe('Tillåtet med begränsningar.');
    expect(told.because[0]).toEqual({
      text: 'Regeln ktc.08.third-party-tv tillåter det.',
      rule: 'En leverantör får hämta förbrukning för att visa den, när hushållet har gått med på det.',
      cites: [
        'Data- och integritetspolicy, Weevio AMR (KTC), line 19',
        'Data- och integritetspolicy, Weevio AMR (KTC), line 25',
      ],
    });
    expect(told.because.map(({ text }) => text)).toContain(
      'Inget finare än dygnsvärden får visas.',
    );
    expect(told.obligations).toEqual(['Logga åtkomsten.']);
    // Midnight in Stockholm: the day alone.
    expect(told.until).toBe('Svaret gäller till 2026-07-01.');
  });

  it('tells a refusal in Finnish, and what would change it', () => {
    const told = speaker('fi', { policies: [ktc] }).explain(
      engine.decide(tv, engine.know([lives])),
    );
    expect(told.outcome).toBe('Evätty.');
    expect(told.because.map(({ text }) => text)).toContain(
      'Sääntö ktc.14.no-other-company kieltää sen.',
    );
    expect(told.nearest[0]).toBe(
      'Tarvittaisiin suostumus, antaja tenant-b, saaja tv, tarkoitus presentation, tiedot meter-data.',
    );
    expect(told.until).toBe(TEXTS.fi.words.forever);
  });

  it('names terms by their labels, and instants in the zone asked for', () => {
    const norwegian = speaker('nb', { policies: [elhub], zone: 'America/New_York' });
    expect(
      norwegian.say({ key: 'nearest.role', params: { role: ['grid-company', 'third-party'] } }),
    ).toBe('Det ville være mulig for nettselskap, tredjepart.');
    expect(norwegian.say({ key: 'nearest.wait', params: { at: NOW } })).toBe(
      'Svaret endrer seg 2026-01-15 07:00.',
    );
    expect(
      norwegian.say({ key: 'deny.unknown-term', params: { dimension: 'for', term: 'gossip' } }),
    ).toBe('Ordlisten kjenner ikke gossip (formål).');
  });

  it('leaves out what is not known, and shows a gap that must not be', () => {
    const english = speaker('en');
    expect(english.say({ key: 'nearest.grant' })).toBe('It would need a consent.');
    expect(english.say({ key: 'limit.period', params: { from: 0 } })).toBe(
      'Only this period may be seen: from 1970-01-01.',
    );
    expect(english.say({ key: 'deny.forbid' })).toBe('Rule … forbids it.');
    expect(
      english.say({
        key: 'nearest.fact',
        params: { fact: 'service.active', op: 'not eq', value: true },
      }),
    ).toBe('It would need: service.active is not yes.');
  });

  it('says every obligation', () => {
    for (const language of LANGUAGES) {
      const { obligation } = speaker(language);
      const said = [
        obligation({ do: 'log' }),
        obligation({ do: 'mask', except: ['a', 'b'] }),
        obligation({ do: 'coarsen', to: 'P1M' }),
        obligation({ do: 'deidentify' }),
        obligation({ do: 'substitute', by: 'c' }),
        obligation({ do: 'notify', who: 'd' }),
        obligation({ do: 'limit-to-order-scope' }),
      ];
      expect(new Set(said).size).toBe(7);
      for (const text of said) expect(text).not.toMatch(/[{}[\]…]/);
    }
  });

  it('takes hostile messages for text', () => {
    const said = speaker('en').say({ key: '__proto__', params: { x: 1 } } as unknown as Message);
    expect(said).toBe('__proto__');
    const odd = { key: 'nearest.role', params: { role: '{rule}[x]$&' } } as const;
    expect(speaker('en').say(odd)).toBe('It would be possible for {rule}[x]$&.');
    const far = { key: 'nearest.wait', params: { at: Infinity } } as const;
    expect(speaker('en').say(far)).toContain('Infinity');
  });

  it('is the same taken alone', () => {
    expect(speakerOf(TEXTS.da).say({ key: 'nearest.none' })).toBe('Intet ville ændre svaret.');
  });
});

/** Every sentence that the statements of the documents bring forth, in every language: nothing may be left open. */
const DOCUMENTS: readonly (readonly [typeof ktc, readonly Statement[]])[] = [
  [ktc, KTC],
  [karleby, KARLEBY],
  [albertslund, ALBERTSLUND],
  [elhub, ELHUB],
];

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(DOCUMENTS)(
    'everything that the statements bring forth is told without a gap ($id)',
    (policy, cases) => {
      const engine = compile(policy);
      const { explain, say } = speaker(language, { policies: [policy] });
      const gaps: string[] = [];
      let told = 0;
      const whole = (text: string): void => {
        told++;
        if (/[{}[\]…]|undefined|NaN/.test(text)) gaps.push(text);
      };
      for (const found of lint([policy])) whole(say(found));
      for (const { answers = [], plans = [], duties: dues = [] } of cases) {
        for (const { item, known = [], at: now = NOW, parameters = {} } of plans) {
          const full = { id: 'item', detail: 'raw', end: 0, ...item } as const;
          for (const { because } of engine.plan([full], engine.know(known), { now, parameters })) {
            for (const reason of because) whole(say(reason));
          }
        }
        for (const { known, facts = {}, at = NOW } of dues) {
          const values = Object.entries(facts).map(([name, recorded]) => value(name, recorded));
          for (const duty of duties(engine, engine.know([...known, ...values]), at))
            whole(say(duty));
        }
        for (const { ask, known = [] } of answers) {
          const decision = engine.decide(questionOf(ask), engine.know(known));
          const { outcome, because, obligations, nearest, until } = explain(decision);
          for (const { text } of because) whole(text);
          for (const text of [outcome, ...obligations, ...nearest, until]) whole(text);
        }
      }
      expect(gaps).toEqual([]);
      expect(told).toBeGreaterThan(50);
    },
  );
});
