import type { Statement } from './case.ts';
import { day, happened, held } from './case.ts';
import { ELHUB_ACCESS_CASES } from './elhub-access.cases.ts';
import {
  ME,
  employee,
  grid,
  consent,
  disclose,
  store,
  operator,
  request,
} from './elhub-questions.ts';
import { ELHUB_SAFETY_CASES } from './elhub-safety.cases.ts';

/** Every statement of the Elhub document besides its tables. */
export const ELHUB: readonly Statement[] = [
  {
    id: 'elh.01.purpose-limit',
    says: 'coordinates were not obtained for marketing',
    answers: [
      {
        ask: {
          as: 'elhub',
          do: 'use',
          what: 'elhub.gps',
          for: 'marketing',
          facts: { 'item.purposes': ['verification', 'outage-information'] },
        },
        is: 'deny',
        by: 'elh.01.purpose-limit',
      },
      {
        ask: {
          as: 'elhub',
          do: 'use',
          what: 'elhub.gps',
          for: 'outage-information',
          facts: { 'item.purposes': ['verification', 'outage-information'] },
        },
        is: 'permit',
      },
      {
        ask: {
          as: 'elhub',
          do: 'use',
          what: 'elhub.gps',
          for: 'analytics',
          facts: { 'item.purposes': ['verification'], 'legal.basis': 'statutory-exemption' },
        },
        is: 'permit',
        basis: 'legal-obligation',
      },
    ],
  },
  {
    id: 'elh.02.confidentiality',
    says: 'nothing is disclosed without law or consent',
    answers: [
      { ask: disclose, is: 'deny', by: 'elh.02.confidentiality' },
      { ask: disclose, known: [consent], is: 'permit', basis: 'consent' },
      {
        ask: { ...disclose, facts: { 'legal.basis': 'statutory-exemption' } },
        is: 'permit',
        basis: 'legal-obligation',
      },
    ],
  },
  {
    id: 'elh.03.duty-need',
    says: 'an employee with the task reads, and it is logged',
    answers: [
      { ask: employee(true), is: 'permit', by: 'elh.03.duty-need', obliges: ['log'] },
      { ask: employee(false), is: 'deny' },
    ],
  },
  {
    id: 'elh.04.duty-need-only',
    says: 'an employee without the task is refused, also where nobody says whether there is one',
    answers: [
      { ask: employee(false), is: 'deny', by: 'elh.04.duty-need-only' },
      {
        ask: { ...employee(true), facts: { 'actor.excluded': false } },
        is: 'deny',
        by: 'elh.04.duty-need-only',
      },
    ],
  },
  {
    id: 'elh.05.storage-limit',
    says: 'an item whose last purpose has ended is due',
    plans: [
      {
        item: { what: 'elhub.phone', subject: ME, purposes: ['contact-exchange'] },
        known: [held('purpose:contact-exchange', '2024-01-01', undefined, ME)],
        op: 'keep',
      },
      {
        item: { what: 'elhub.phone', subject: ME, purposes: ['contact-exchange'] },
        known: [held('purpose:contact-exchange', '2024-01-01', '2025-06-01', ME)],
        op: 'delete',
        by: 'elh.05.storage-limit',
        due: day('2025-06-01'),
      },
    ],
  },
  {
    id: 'elh.06.access-logged',
    says: 'every permit brings the obligation to log',
    answers: [
      { ask: grid, is: 'permit', obliges: ['log'] },
      { ask: operator, is: 'permit', obliges: ['log'] },
      { ask: store('elhub.name', {}), is: 'permit', obliges: ['log'] },
    ],
  },
  ...ELHUB_ACCESS_CASES,
  ...ELHUB_SAFETY_CASES,
  {
    id: 'elh.20.right-info',
    says: 'anyone may ask and is answered',
    duties: [
      { known: [happened('information-request', '2026-01-10', 'anyone')], state: 'open' },
      {
        known: [
          happened('information-request', '2026-01-10', 'anyone'),
          happened('inform', '2026-01-12', 'anyone'),
        ],
        state: 'met',
      },
    ],
  },
  {
    id: 'elh.21.right-access',
    says: 'own data, also what is restricted, and not another’s',
    answers: [
      {
        ask: { as: 'data-subject', id: ME, do: 'access', what: 'personal-data', subject: ME },
        is: 'permit',
        by: 'elh.21.right-access',
      },
      {
        ask: {
          as: 'data-subject',
          id: ME,
          do: 'access',
          what: 'personal-data',
          subject: ME,
          restrictedTo: ['correction-settlement'],
        },
        is: 'permit',
      },
      {
        ask: {
          as: 'data-subject',
          id: ME,
          do: 'access',
          what: 'personal-data',
          subject: 'customer-2',
        },
        is: 'deny',
      },
    ],
  },
  {
    id: 'elh.22.right-rectify-30d',
    says: 'a claim that data are wrong has to be answered',
    duties: [
      { known: [request], facts: { 'request.claim': 'incorrect' }, state: 'open' },
      { known: [request], facts: { 'request.claim': 'unwanted' }, state: 'not-required' },
    ],
  },
  {
    id: 'elh.23.answer-30d',
    says: 'thirty days after the request the answer is due',
    duties: [
      { known: [request], state: 'open', due: day('2026-02-09') },
      { known: [request], at: day('2026-02-09') + 1, state: 'overdue' },
      {
        known: [request, happened('answer-free-of-charge', '2026-02-01', ME)],
        at: day('2026-02-02'),
        state: 'met',
      },
    ],
  },
  {
    id: 'elh.24.traces-not-identify',
    says: 'an address of the web log is not joined with the customers',
    answers: [
      {
        ask: {
          as: 'elhub',
          do: 'use',
          what: 'elhub.web.ip',
          for: 'identify-person',
          facts: { 'item.purposes': ['web-statistics', 'security', 'identify-person'] },
        },
        is: 'deny',
        by: 'elh.24.traces-not-identify',
      },
    ],
  },
  {
    id: 'elh.25.traces-statistics',
    says: 'statistics and security use the traces',
    answers: ['web-statistics', 'security'].map((purpose) => ({
      ask: {
        as: 'elhub',
        do: 'use',
        what: 'elhub.web.page',
        for: purpose,
        facts: { 'item.purposes': ['web-statistics', 'security'] },
      },
      is: 'permit' as const,
      by: 'elh.25.traces-statistics',
    })),
  },
];
