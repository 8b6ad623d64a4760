import type { Statement } from './case.ts';
import { day, granted, happened, held } from './case.ts';
import { KTC_KEEPING_CASES } from './ktc-keeping.cases.ts';
import {
  HOME,
  ME,
  SINCE,
  lives,
  agreed,
  tv,
  own,
  neighbour,
  operations,
  share,
  login,
} from './ktc-questions.ts';
import { KTC_SHARING_CASES } from './ktc-sharing.cases.ts';

/** Every statement of the KTC document, as questions and answers. */
export const KTC: readonly Statement[] = [
  {
    id: 'ktc.01.collect-purposes',
    says: 'a reading may be collected in the cloud service to be shown, and not for anything else',
    answers: [
      {
        ask: {
          as: 'ktc',
          do: 'collect',
          what: 'meter-data',
          for: 'visualise',
          in: 'ktc.amr-cloud',
        },
        is: 'permit',
        by: 'ktc.01.collect-purposes',
        never: [{ as: 'third-party' }, { for: 'presentation' }],
      },
      {
        ask: {
          as: 'ktc',
          do: 'collect',
          what: 'meter-data',
          for: 'visualise',
          in: 'ktc.reporting',
        },
        is: 'deny',
      },
    ],
  },
  {
    id: 'ktc.02.never-personal-data',
    says: 'no name, e-mail or identity number in any system, but the apartment number',
    answers: [
      ...['name', 'email', 'national-id'].map((what) => ({
        ask: { as: 'ktc', do: 'store', what, in: 'ktc.amr-cloud' },
        is: 'deny' as const,
        by: 'ktc.02.never-personal-data',
        nearest: 'nearest.substitute',
      })),
      {
        ask: { as: 'ktc', do: 'store', what: 'apartment-number', in: 'ktc.amr-cloud' },
        is: 'permit',
        never: [{ as: 'household' }, { in: 'customer-system' }],
      },
      // Elsewhere the rule says nothing, and nothing is permitted either.
      {
        ask: { as: 'ktc', do: 'store', what: 'name', in: 'customer-system' },
        is: 'deny',
        by: null,
      },
    ],
  },
  {
    id: 'ktc.03.help-both',
    says: 'data of meters and of third parties may be analysed for insight',
    answers: [
      {
        ask: {
          as: 'ktc',
          do: 'analyse',
          what: ['meter-data', 'third-party-data'],
          for: 'energy-insight',
        },
        is: 'permit',
        by: 'ktc.03.help-both',
        never: [{ as: 'third-party' }, { for: 'research' }],
      },
      { ask: { as: 'ktc', do: 'analyse', what: 'meter-data', for: 'marketing' }, is: 'deny' },
    ],
  },
  {
    id: 'ktc.04.only-insight',
    says: 'neither marketing nor credit scoring may use meter data',
    answers: ['marketing', 'advertising', 'credit-scoring'].map((purpose) => ({
      ask: { as: 'ktc', do: 'use', what: 'meter-data', for: purpose },
      is: 'deny' as const,
      by: 'ktc.04.only-insight',
    })),
  },
  {
    id: 'ktc.05.household-right',
    says: 'a household reads its own consumption, not the neighbour’s',
    answers: [
      {
        ask: own,
        known: lives,
        is: 'permit',
        by: 'ktc.05.household-right',
        never: [{ as: 'customer' }, { for: 'marketing' }],
      },
      { ask: neighbour, known: lives, is: 'deny' },
      {
        // All there is: the hours of the tenant before stay out of sight.
        ask: { ...own, span: { start: null, end: null } },
        known: lives,
        is: 'permit-with',
        span: { start: SINCE, end: null },
      },
      {
        ask: { ...own, span: { start: day('2024-01-01'), end: SINCE } },
        known: lives,
        is: 'deny',
      },
      // Nobody says who lives there: nobody is shown anything.
      { ask: own, is: 'deny' },
    ],
  },
  {
    id: 'ktc.06.high-resolution',
    says: 'own hourly values and finer are shown in the presentation',
    answers: (['PT1H', 'raw'] as const).map((detail) => ({
      ask: { ...own, for: 'presentation', in: 'presentation-ui', detail },
      known: lives,
      is: 'permit' as const,
      by: 'ktc.06.high-resolution',
    })),
  },
  {
    id: 'ktc.07.easy-access',
    says: 'while the service is active, access for the household is due',
    duties: [
      { known: [held('service-active', '2025-06-01', undefined, HOME)], state: 'open' },
      {
        known: [
          held('service-active', '2025-06-01', undefined, HOME),
          happened('offer-household-access', '2025-06-02', HOME),
        ],
        state: 'met',
      },
      { known: [], state: null },
    ],
  },
  {
    id: 'ktc.08.third-party-tv',
    says: 'a television app with the household’s consent fetches for presentation, not for advertising, not without',
    answers: [
      {
        ask: tv,
        known: agreed,
        is: 'permit',
        by: 'ktc.08.third-party-tv',
        obliges: ['log'],
        never: [{ as: 'partner' }],
      },
      { ask: { ...tv, for: 'advertising' }, known: agreed, is: 'deny' },
      { ask: tv, is: 'deny', nearest: 'nearest.grant' },
      {
        // The consent covers monitoring too, but the document lets others fetch for presentation alone.
        ask: { ...tv, for: 'monitor' },
        known: [
          ...lives,
          granted({
            from: ME,
            to: 'tv',
            what: ['meter-data'],
            purposes: ['presentation', 'monitor'],
          }),
        ],
        is: 'deny',
      },
    ],
  },
  {
    id: 'ktc.09.authorised-staff-only',
    says: 'support sees a tenant’s charts and is logged; developers and sales do not see them',
    answers: [
      {
        ask: { as: 'ktc.presentation-support', do: 'view-visualised', what: 'tenant-consumption' },
        is: 'permit',
        by: 'ktc.09.authorised-staff-only',
        obliges: ['log'],
      },
      ...['ktc.developer', 'ktc.sales'].map((as) => ({
        ask: { as, do: 'view-visualised', what: 'tenant-consumption' },
        is: 'deny' as const,
        by: 'ktc.09.authorised-staff-only',
      })),
      {
        ask: { as: 'household', do: 'view-visualised', what: 'tenant-consumption' },
        is: 'deny',
        by: null,
      },
    ],
  },
  {
    id: 'ktc.10.ops-limited',
    says: 'operations read meter, property, apartment and reading; with a name only behind a mask',
    answers: [
      {
        ask: {
          ...operations,
          fields: ['meter-id', 'property-id', 'apartment-number', 'meter-data'],
        },
        is: 'permit',
      },
      {
        ask: { ...operations, fields: ['meter-id', 'name'] },
        is: 'deny',
        by: 'ktc.10.ops-limited',
        nearest: 'nearest.mask',
      },
      {
        ask: { ...operations, fields: ['meter-id', 'name'], accepts: ['mask'] },
        is: 'permit-with',
        obliges: ['mask'],
      },
    ],
  },
  {
    id: 'ktc.11.no-login-without-permission',
    says: 'a developer logs in to a customer’s presentation only with the owner’s permission, and is logged',
    answers: [
      { ask: login, known: lives, is: 'deny', by: 'ktc.11.no-login-without-permission' },
      {
        ask: login,
        known: [
          ...lives,
          granted({ from: ME, to: 'dev', what: ['energy-presentation'], purposes: ['login-as'] }),
        ],
        is: 'permit',
        obliges: ['log'],
      },
      {
        ask: { ...login, as: 'third-party' },
        known: [
          ...lives,
          granted({ from: ME, to: 'dev', what: ['energy-presentation'], purposes: ['login-as'] }),
        ],
        is: 'deny',
        by: null,
      },
      {
        ask: { ...login, as: 'ktc.presentation-support' },
        known: lives,
        is: 'permit',
        by: 'ktc.11.no-login-without-permission.task',
        obliges: ['log'],
        never: [{ as: 'household' }],
      },
      { ask: { ...login, as: 'third-party' }, known: lives, is: 'deny', by: null },
    ],
  },
  ...KTC_SHARING_CASES,
  {
    id: 'ktc.19.b2b-equal',
    says: 'the same rules protect a company’s data: no consent, no access, and protection is due',
    answers: [
      { ask: { ...tv, subject: 'company-7' }, is: 'deny', by: 'ktc.14.no-other-company' },
      { ask: { ...share, subject: 'company-7' }, is: 'deny', by: 'ktc.12.no-sale' },
    ],
    duties: [
      {
        known: [held('possession', '2025-06-01', undefined, 'partner')],
        state: 'open',
      },
      {
        known: [held('possession', '2025-06-01', undefined, 'nobody')],
        state: 'not-required',
      },
    ],
  },
  {
    id: 'ktc.20.guidelines',
    says: 'is cited, not decided',
    undecided: /guidelines of trade bodies/,
  },
  {
    id: 'ktc.21.history',
    says: 'last year’s months are read while the service runs, and not after',
    answers: [
      {
        ask: {
          as: 'ktc.analysis',
          do: 'read',
          what: 'meter-data.history',
          for: 'energy-insight',
          detail: 'P1M',
          facts: { 'service.active': true },
        },
        is: 'permit',
        by: 'ktc.21.history',
        never: [{ as: 'ktc.sales' }, { for: 'marketing' }],
      },
      {
        ask: {
          as: 'ktc.analysis',
          do: 'read',
          what: 'meter-data.history',
          for: 'energy-insight',
          detail: 'P1M',
          facts: { 'service.active': false },
        },
        is: 'deny',
        by: 'ktc.21.history',
      },
    ],
  },
  ...KTC_KEEPING_CASES,
];
