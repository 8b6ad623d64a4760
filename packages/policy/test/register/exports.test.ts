import type { Register } from '@metergram/policy/register';
import {
  addActivity,
  changeActivity,
  confirmActivity,
  erasureText,
  nameTerm,
  norwegianRegister,
  periodName,
  setController,
  termIri,
  toHtml,
  toJsonLd,
} from '@metergram/policy/register';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/lang/language.ts';

const ATTACK = `"><img src=x onerror=alert(1)><script>alert('&')</script>`;

function attacked(): Register {
  const base = norwegianRegister.activities[0];
  if (base === undefined) throw new Error('the library is empty');
  const text = { en: ATTACK };
  const named = nameTerm(norwegianRegister, ATTACK, text).register;
  const controller = { name: ATTACK, contact: ATTACK };
  const who = setController(named, { controller, dpo: controller }).register;
  return addActivity(who, {
    ...base,
    id: ATTACK,
    name: text,
    summary: text,
    note: text,
    purposes: [ATTACK],
    recipients: [ATTACK],
    rules: [ATTACK],
    transfers: [{ country: ATTACK, safeguard: 'scc' }],
    erasure: { base: 'after', event: ATTACK, after: 'P1Y' },
    source: { document: ATTACK, line: 1 },
  }).register;
}

describe('toHtml', () => {
  it('escapes every text that a user can write', () => {
    const register = attacked();
    expect(register.activities).toHaveLength(51);
    const html = toHtml(register, { language: 'en' });
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    const tags = new Set([...html.matchAll(/<([a-z0-9]+)/gi)].map(([, tag]) => tag));
    const calm = new Set(
      [...toHtml(norwegianRegister).matchAll(/<([a-z0-9]+)/gi)].map(([, t]) => t),
    );
    expect([...tags].filter((tag) => !calm.has(tag))).toEqual([]);
  });

  it.each(LANGUAGES)('shows all fifty activities and their marks in %s', (language) => {
    const html = toHtml(norwegianRegister, { language });
    expect(html.match(/<article /g)).toHaveLength(50);
    expect(html.match(/<span class="mark">/g)).toHaveLength(450);
    expect(html).toContain(`<html lang="${language}">`);
    for (const { name } of norwegianRegister.activities) {
      expect(html).toContain(`<h3>${name[language]?.replaceAll("'", '&#39;')}</h3>`);
    }
  });

  it('drops marks and notice when all is confirmed', () => {
    let register = norwegianRegister;
    for (const { id } of norwegianRegister.activities)
      register = confirmActivity(register, id).register;
    const html = toHtml(register, { language: 'en' });
    expect(html).not.toContain('class="mark"');
    expect(html).not.toContain('class="notice"');
  });
});

describe('toJsonLd', () => {
  const graph = JSON.parse(JSON.stringify(toJsonLd(norwegianRegister))) as Record<string, unknown>;
  const processes = graph['dpv:hasProcess'] as Record<string, unknown>[];

  it('is a DPV register with a process for each activity', () => {
    expect(graph['@type']).toBe('dpv:RecordsOfActivities');
    expect(processes).toHaveLength(50);
    for (const process of processes) expect(process['@type']).toBe('dpv:Process');
  });

  it('writes purposes, bases and periods as terms that the context resolves', () => {
    const reading = processes.find((p) => p['dct:identifier'] === 'no-kraft.metering-billing.1');
    expect(reading?.['dpv:hasPurpose']).toEqual([
      { '@id': 'dpv:FulfilmentOfContractualObligation' },
      { '@id': 'dpv:LegalCompliance' },
    ]);
    expect(reading?.['dpv:hasLegalBasis']).toEqual([
      { '@id': 'eu-gdpr:A6-1-c' },
      { '@id': 'eu-gdpr:A6-1-b' },
    ]);
    expect(reading?.['dpv:hasProcessingCondition']).toEqual([
      {
        '@type': 'dpv:StorageDuration',
        'dpv:hasDuration': [
          { '@type': 'dpv:TemporalDuration', 'rdf:value': 'P3Y', 'mg:countedFrom': 'value-time' },
        ],
      },
    ]);
    const prefixes = new Set(Object.keys(graph['@context'] as object));
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) node.forEach(walk);
      else if (typeof node === 'object' && node !== null) {
        for (const [key, value] of Object.entries(node)) {
          if (key === '@context') continue;
          if (!key.startsWith('@')) expect(prefixes).toContain(key.split(':')[0]);
          if (key === '@id' || key === '@type') {
            expect(prefixes).toContain(String(value).split(':')[0]);
          }
          walk(value);
        }
      }
    };
    walk(graph);
    expect(termIri('pd:Name')).toBe('https://w3id.org/dpv/pd#Name');
    expect(termIri('elhub')).toBeUndefined();
    expect(termIri('constructor:x')).toBeUndefined();
  });

  it('lists what is only proposed', () => {
    expect(processes.every((p) => (p['mg:proposed'] as string[]).length === 9)).toBe(true);
    const id = 'no-kraft.dle.1';
    const { register } = changeActivity(norwegianRegister, id, { bases: ['public-task'] });
    const changed = (
      toJsonLd(register)['dpv:hasProcess'] as unknown as Record<string, unknown>[]
    ).find((p) => p['dct:identifier'] === id);
    expect(changed?.['mg:proposed']).not.toContain('bases');
  });
});

describe('periods in words', () => {
  it.each([
    ['P3Y', 'nb', '3 år'],
    ['P1Y', 'en', '1 year'],
    ['P1Y6M', 'sv', '1 år 6 månader'],
    ['P90D', 'da', '90 dage'],
    ['P2Y', 'fi', '2 vuotta'],
    ['P0D', 'en', '0 days'],
    ['soon', 'en', 'soon'],
  ] as const)('%s in %s is %s', (period, language, text) => {
    expect(periodName(period, language)).toBe(text);
  });

  it('tell the clock, in every language and for every kind', () => {
    const until = {
      base: 'until',
      events: ['consent-withdrawn', 'objection'],
      atMost: { after: 'P2Y' },
    } as const;
    expect(erasureText(until, 'en')).toBe(
      'until: consent is withdrawn or the person objects; at the latest 2 years after: collection',
    );
    expect(erasureText({ base: 'while', state: 'customer', after: 'P3Y' }, 'nb')).toBe(
      'så lenge: kundeforholdet består; deretter 3 år',
    );
    expect(erasureText({ base: 'while', state: 'employed', after: 'P0D' }, 'sv')).toBe(
      'så länge: anställningen varar',
    );
    expect(erasureText({ base: 'after', event: 'own-event', after: 'P0D' }, 'da')).toBe(
      'straks: own-event',
    );
    for (const language of LANGUAGES) {
      for (const { erasure } of norwegianRegister.activities) {
        expect(erasureText(erasure, language)).not.toMatch(/[{}]|undefined/);
      }
    }
  });
});
