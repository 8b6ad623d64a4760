import type { Statement } from './case.ts';
import { day, granted, held } from './case.ts';
import {
  HOME,
  ME,
  lives,
  LINKED,
  ANONYMOUS,
  COMMITTED,
  agreed,
  tv,
  police,
  ORDERED,
  share,
  research,
} from './ktc-questions.ts';

/** Who outside the company gets data of a household, and on what terms. */
export const KTC_SHARING_CASES: readonly Statement[] = [
  {
    id: 'ktc.12.no-sale',
    says: 'never sold, even with consent; shared only with consent or by order',
    answers: [
      { ask: { ...share, do: 'sell' }, known: agreed, is: 'deny', by: 'ktc.12.no-sale' },
      { ask: share, is: 'deny', by: 'ktc.12.no-sale' },
      { ask: share, known: agreed, is: 'permit', never: [{ as: 'third-party' }] },
      {
        ask: { ...share, facts: { ...COMMITTED, 'legal.order': {} } },
        is: 'permit',
        by: 'ktc.12.no-sale.share-ordered',
        obliges: ['limit-to-order-scope', 'log'],
        never: [{ as: 'third-party' }, { facts: ANONYMOUS }],
      },
    ],
  },
  {
    id: 'ktc.13.behaviour-is-personal',
    says: 'hours and days of one apartment are personal information, the month of a property is not',
    answers: [
      ...(['PT1H', 'P1D'] as const).map((detail) => ({
        ask: { ...police, detail },
        is: 'deny' as const,
        by: 'ktc.15.authorities',
      })),
      {
        ask: {
          ...police,
          detail: 'P1M',
          facts: { 'resource.linkableToHousehold': false, 'legal.basis': 'none' },
        },
        is: 'deny',
        by: 'ktc.15.authorities.ordered',
      },
    ],
  },
  {
    id: 'ktc.14.no-other-company',
    says: 'another company sees household data only with consent, and within it',
    answers: [
      { ask: tv, is: 'deny', by: 'ktc.14.no-other-company' },
      {
        ask: tv,
        known: [
          ...lives,
          granted({
            from: ME,
            to: 'tv',
            what: ['meter-data'],
            purposes: ['presentation'],
            finest: 'P1D',
          }),
        ],
        is: 'permit-with',
        finest: 'P1D',
      },
      // Data that point out nobody: this rule does not stand in the way, but nothing permits it either.
      { ask: { ...tv, facts: ANONYMOUS }, is: 'deny', by: 'ktc.08.third-party-tv' },
    ],
  },
  {
    id: 'ktc.15.authorities',
    says: 'a letter of the police is not enough; a court order is, within its scope and logged',
    answers: [
      { ask: police, is: 'deny', by: 'ktc.15.authorities' },
      {
        ask: {
          ...police,
          facts: {
            ...LINKED,
            'legal.basis': 'court-order',
            'legal.order': { from: day('2025-11-01'), to: day('2025-12-01') },
          },
        },
        is: 'permit-with',
        by: 'ktc.15.authorities',
        obliges: ['limit-to-order-scope', 'log'],
        span: { start: day('2025-11-01'), end: day('2025-12-01') },
      },
      { ask: { ...police, as: 'ktc', facts: ORDERED }, is: 'deny', by: null },
    ],
  },
  {
    id: 'ktc.16.research-deidentified',
    says: 'research gets de-identified data only, whatever the household says',
    answers: [
      {
        ask: { ...research, subject: HOME },
        known: [
          granted({ from: HOME, to: 'someone', what: ['meter-data'], purposes: ['research'] }),
        ],
        is: 'deny',
        by: 'ktc.16.research-deidentified',
        nearest: 'nearest.deidentify',
      },
      {
        ask: { ...research, deidentified: true },
        is: 'permit',
        never: [{ as: 'third-party' }, { for: 'marketing' }],
      },
      { ask: { ...research, as: 'ktc', do: 'use', deidentified: true }, is: 'permit' },
      { ask: { ...research, accepts: ['deidentify'] }, is: 'permit-with', obliges: ['deidentify'] },
    ],
  },
  {
    id: 'ktc.17.protect',
    says: 'a contracted partner has to protect what it holds; one without commitment receives nothing',
    answers: [
      {
        ask: { ...tv, as: 'partner', facts: LINKED },
        known: agreed,
        is: 'deny',
        by: 'ktc.18.same-level',
      },
    ],
    duties: [
      {
        known: [held('possession', '2025-06-01')],
        facts: { 'partner.contracted': true },
        state: 'open',
      },
      {
        known: [held('possession', '2025-06-01')],
        facts: { 'partner.contracted': false },
        state: 'not-required',
      },
    ],
  },
  {
    id: 'ktc.18.same-level',
    says: 'consent without the recipient’s commitment is not enough',
    answers: [
      { ask: { ...tv, facts: LINKED }, known: agreed, is: 'deny', by: 'ktc.18.same-level' },
      {
        ask: { ...tv, facts: { ...LINKED, 'recipient.securityCommitment': 'lower' } },
        known: agreed,
        is: 'deny',
        by: 'ktc.18.same-level',
      },
      { ask: tv, known: agreed, is: 'permit' },
      // A monthly value that points out nobody is not identifiable.
      { ask: { ...tv, detail: 'P1M', facts: ANONYMOUS }, known: agreed, is: 'permit' },
    ],
  },
];
