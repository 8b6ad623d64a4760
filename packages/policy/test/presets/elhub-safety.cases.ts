import type { Statement } from './case.ts';
import { day, happened, NOW } from './case.ts';
import { YEARS, store, operator, settle, RECORD } from './elhub-questions.ts';

/** Where the data may be, how they travel, and how identity is kept out of what does not need it. */
export const ELHUB_SAFETY_CASES: readonly Statement[] = [
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
];
