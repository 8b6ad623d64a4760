import type { Ask, Statement } from './case.ts';
import { day, granted, happened, held, NOW } from './case.ts';

const ME = 'customer-1';
const AREA = 'NO1-50YX';
const YEARS = { from: day('2024-01-01'), to: day('2027-01-01') };
/** What an external party that plays by the rules brings. */
const LAWFUL = {
  'actor.lawfulAccess': true,
  'actor.elhubAgreement': YEARS,
  'actor.excluded': false,
  'actor.gridArea': AREA,
  'actor.licenceNVE': true,
  'contract.power': YEARS,
};
const employee = (need: boolean): Ask => ({
  as: 'elhub.employee',
  do: 'read',
  what: 'elhub.name',
  facts: { 'actor.dutyNeed': need, 'actor.excluded': false },
});
const grid: Ask = {
  as: 'grid-company',
  do: 'read',
  what: 'elhub.hourly-consumption',
  facts: { ...LAWFUL, 'resource.gridArea': AREA },
};
const supplier: Ask = {
  as: 'power-supplier',
  id: 'supplier-1',
  do: 'read',
  what: 'elhub.hourly-consumption',
  subject: ME,
  facts: LAWFUL,
};
const third: Ask = {
  as: 'third-party',
  id: 'app',
  do: 'read',
  what: 'elhub.hourly-consumption',
  for: 'energy-service',
  subject: ME,
  facts: LAWFUL,
};
const consent = granted({
  from: ME,
  to: 'app',
  what: ['meter-data'],
  purposes: ['energy-service'],
});
const disclose: Ask = {
  as: 'elhub',
  do: 'disclose',
  what: 'elhub.hourly-consumption',
  for: 'energy-service',
  subject: ME,
  recipient: { id: 'app', roles: ['third-party'] },
};
const vault = {
  'storage.country': 'NO',
  'storage.dedicated': true,
  'storage.shared': false,
  'storage.encrypted': true,
};
const store = (what: string, facts: Ask['facts']): Ask => ({
  as: 'elhub',
  do: 'store',
  what,
  facts: { ...vault, ...facts },
});
const operator: Ask = {
  as: 'it-supplier.operator',
  do: 'access',
  what: 'personal-data',
  for: 'operation',
  facts: { 'processor.agreement': YEARS, 'transfer.safeguard': 'scc' },
};
const settle: Ask = {
  as: 'elhub',
  do: 'use',
  what: 'elhub.name',
  for: 'settlement',
  in: 'elhub.market-process',
  facts: { 'item.purposes': ['settlement'], 'process.needsIdentity': false },
};
const RECORD = ['elhub.name', 'elhub.hourly-consumption'];
const request = happened('rectification-or-erasure-request', '2026-01-10', ME);

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
  {
    id: 'elh.07.external-lawful-only',
    says: 'no external party without a right of its own',
    answers: [
      {
        ask: { ...grid, facts: { ...grid.facts, 'actor.lawfulAccess': false } },
        is: 'deny',
        by: 'elh.07.external-lawful-only',
      },
    ],
  },
  {
    id: 'elh.08.grid-area',
    says: 'a grid company reads in its own area only',
    answers: [
      { ask: grid, is: 'permit', by: 'elh.08.grid-area' },
      {
        ask: { ...grid, facts: { ...grid.facts, 'resource.gridArea': 'NO4-50YZ' } },
        is: 'deny',
        by: 'elh.08.grid-area',
      },
    ],
  },
  {
    id: 'elh.09.supplier-contract',
    says: 'a contract that ended yesterday gives nothing new; its own period stays open for corrections',
    answers: [
      { ask: supplier, is: 'permit', by: 'elh.09.supplier-contract', until: YEARS.to },
      {
        ask: { ...supplier, facts: { ...LAWFUL, 'actor.licenceNVE': false } },
        is: 'deny',
      },
      {
        ask: {
          ...supplier,
          facts: { ...LAWFUL, 'contract.power': { from: YEARS.from, to: NOW - 86_400_000 } },
        },
        is: 'deny',
      },
      {
        ask: {
          ...supplier,
          for: 'correction-settlement',
          facts: { ...LAWFUL, 'contract.power': { from: YEARS.from, to: NOW - 86_400_000 } },
        },
        known: [
          granted({
            from: ME,
            to: 'supplier-1',
            what: ['meter-data'],
            purposes: ['correction-settlement'],
            span: { start: YEARS.from, end: NOW - 86_400_000 },
            basis: 'contract',
          }),
        ],
        is: 'permit-with',
        by: 'elh.09.supplier-contract.own-period',
        span: { start: YEARS.from, end: NOW - 86_400_000 },
      },
    ],
  },
  {
    id: 'elh.10.third-party-grant',
    says: 'consent given in the portal, not a ticked box or a paper',
    answers: [
      { ask: third, known: [consent], is: 'permit', by: 'elh.10.third-party-grant' },
      ...(['pre-ticked', 'paper'] as const).map((method) => ({
        ask: third,
        known: [
          granted({
            from: ME,
            to: 'app',
            what: ['meter-data'],
            purposes: ['energy-service'],
            method,
          }),
        ],
        is: 'deny' as const,
      })),
    ],
  },
  {
    id: 'elh.11.agreement-all',
    says: 'consent of the customer without an agreement with Elhub is not enough',
    answers: [
      {
        ask: { ...third, facts: { ...LAWFUL, 'actor.elhubAgreement': { to: NOW } } },
        known: [consent],
        is: 'deny',
        by: 'elh.11.agreement-all',
      },
    ],
  },
  {
    id: 'elh.12.exclude-violators',
    says: 'an excluded company is refused despite a valid consent',
    answers: [
      {
        ask: { ...third, facts: { ...LAWFUL, 'actor.excluded': true } },
        known: [consent],
        is: 'deny',
        by: 'elh.12.exclude-violators',
      },
    ],
  },
  {
    id: 'elh.13.norway-only',
    says: 'no copy outside Norway or on servers that others use',
    answers: [
      { ask: store('elhub.name', {}), is: 'permit' },
      {
        ask: store('elhub.name', { 'storage.country': 'IE' }),
        is: 'deny',
        by: 'elh.13.norway-only',
      },
      {
        ask: store('elhub.name', { 'storage.dedicated': false }),
        is: 'deny',
        by: 'elh.13.norway-only',
      },
    ],
  },
  {
    id: 'elh.14.no-cloud',
    says: 'no shared service, even in Norway',
    answers: [
      { ask: store('elhub.name', { 'storage.shared': true }), is: 'deny', by: 'elh.14.no-cloud' },
    ],
  },
  {
    id: 'elh.15.india-access',
    says: 'operation from India with safeguards, never analytics, never without',
    answers: [
      { ask: operator, is: 'permit', by: 'elh.15.india-access' },
      { ask: { ...operator, for: 'analytics' }, is: 'deny' },
      {
        ask: { ...operator, facts: { 'processor.agreement': YEARS } },
        is: 'deny',
        by: 'elh.15.india-access',
      },
      {
        ask: {
          ...operator,
          facts: { 'processor.agreement': { to: NOW }, 'transfer.safeguard': 'scc' },
        },
        is: 'deny',
      },
    ],
  },
  {
    id: 'elh.16.encrypted-exchange',
    says: 'exchange with certificate and encryption, not by plain e-mail',
    answers: [true, false].map((safe) => ({
      ask: {
        as: 'power-supplier',
        do: 'exchange',
        what: 'elhub.hourly-consumption',
        facts: { 'channel.certificate': safe, 'channel.encrypted': safe },
      },
      is: safe ? ('permit' as const) : ('deny' as const),
      by: 'elh.16.encrypted-exchange',
    })),
  },
  {
    id: 'elh.17.pii-only-where-necessary',
    says: 'a settlement that asks for a name is refused, or gets the rest',
    answers: [
      { ask: settle, is: 'deny', by: 'elh.17.pii-only-where-necessary' },
      {
        ask: { ...settle, what: 'personal-data', fields: RECORD },
        is: 'deny',
        by: 'elh.17.pii-only-where-necessary',
        nearest: 'nearest.mask',
      },
      {
        ask: { ...settle, what: 'personal-data', fields: RECORD, accepts: ['mask'] },
        is: 'permit-with',
        fields: ['elhub.hourly-consumption'],
      },
      {
        ask: { ...settle, facts: { ...settle.facts, 'process.needsIdentity': true } },
        is: 'permit',
      },
      { ask: { ...settle, what: 'elhub.hourly-consumption' }, is: 'permit' },
      { ask: { ...settle, in: 'elhub.web' }, is: 'permit' },
    ],
  },
  {
    id: 'elh.18.nid-encrypted',
    says: 'an identity number is stored encrypted or not at all',
    answers: [true, false].map((encrypted) => ({
      ask: store('elhub.national-id', { 'storage.encrypted': encrypted }),
      is: encrypted ? ('permit' as const) : ('deny' as const),
      by: 'elh.18.nid-encrypted',
    })),
  },
  {
    id: 'elh.19.yearly-risk',
    says: 'an analysis older than a year is overdue',
    duties: [
      {
        known: [happened('risk-and-vulnerability-analysis', '2025-06-01')],
        state: 'met',
        due: day('2026-06-01'),
      },
      { known: [happened('risk-and-vulnerability-analysis', '2024-12-01')], state: 'overdue' },
    ],
  },
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
