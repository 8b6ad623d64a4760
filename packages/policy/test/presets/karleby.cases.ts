import type { Ask, Statement } from './case.ts';
import { day, happened, held, NOW } from './case.ts';

const ME = 'customer-1';
const OWN = { 'resource.customer': ME };
const portal: Ask = {
  as: 'customer',
  id: ME,
  do: 'read',
  what: 'consumption.history',
  for: 'self-service',
  in: 'kompassen',
  facts: OWN,
};
const other: Ask = { ...portal, facts: { 'resource.customer': 'customer-2' } };
/** The relationship ended on Midsummer 2020; nothing is needed for it since. */
const ended = [
  held('purpose:customer-relationship', '2010-01-01', '2020-06-24', ME),
  happened('customer-relationship-ended', '2020-06-24', ME),
];
const item = { subject: ME, purposes: ['customer-relationship'], end: day('2019-03-01') };
const AGREEMENT = { from: day('2025-01-01'), to: day('2026-06-01') };
const breach = happened('personal-data-breach', '2026-01-14');

/** Every statement of the Karleby document. */
export const KARLEBY: readonly Statement[] = [
  {
    id: 'kar.01.portal-own-data',
    says: 'own values in real time and of any period, not another’s',
    answers: [
      { ask: portal, is: 'permit', by: 'kar.01.portal-own-data' },
      { ask: { ...portal, what: 'consumption.realtime', detail: 'raw' }, is: 'permit' },
      {
        ask: { ...portal, span: { start: day('2025-11-01'), end: day('2025-12-01') } },
        is: 'permit',
      },
      { ask: other, is: 'deny' },
    ],
  },
  {
    id: 'kar.02.spot-price',
    says: 'anyone who is a customer sees the spot price: it is about no person',
    answers: [
      {
        ask: { as: 'customer', do: 'read', what: 'spot-price' },
        is: 'permit',
        by: 'kar.02.spot-price',
      },
      { ask: { as: 'partner', do: 'read', what: 'spot-price' }, is: 'deny' },
    ],
  },
  {
    id: 'kar.03.micro-production',
    says: 'own production and netting',
    answers: [
      { ask: { ...portal, what: ['micro-production', 'netting'] }, is: 'permit' },
      { ask: { ...other, what: 'netting' }, is: 'deny' },
    ],
  },
  {
    id: 'kar.04.start-page',
    says: 'own invoices and contact details',
    answers: [
      { ask: { ...portal, what: 'invoice' }, is: 'permit', by: 'kar.04.start-page' },
      { ask: { ...other, what: 'invoice' }, is: 'deny', by: 'kar.04.start-page' },
    ],
  },
  {
    id: 'kar.05.contact-for-communication',
    says: 'contact details reach the customer and serve no marketing',
    answers: [
      {
        ask: { as: 'karleby-energi', do: 'use', what: 'email', for: 'customer-communication' },
        is: 'permit',
        by: 'kar.05.contact-for-communication',
      },
      { ask: { as: 'karleby-energi', do: 'use', what: 'email', for: 'marketing' }, is: 'deny' },
    ],
  },
  {
    id: 'kar.06.based-on-held-data',
    says: 'is the engine’s own way: it decides upon recorded facts',
    undecided: /recorded/,
    answers: [
      {
        // The fact is true since last year and was recorded tomorrow: nobody knew it.
        ask: { ...portal, facts: {} },
        known: [
          {
            type: 'value',
            at: day('2025-01-01'),
            seen: NOW + 1,
            name: 'resource.customer',
            value: ME,
          },
        ],
        seen: NOW,
        is: 'deny',
      },
      {
        ask: { ...portal, facts: {} },
        known: [
          { type: 'value', at: day('2025-01-01'), seen: NOW, name: 'resource.customer', value: ME },
        ],
        seen: NOW,
        is: 'permit',
      },
    ],
  },
  {
    id: 'kar.07.customer-must-notify',
    says: 'an official source may correct the address, telephone and e-mail only the customer',
    answers: [
      { ask: { as: 'official-source', do: 'rectify', what: 'postal-address' }, is: 'permit' },
      ...['phone', 'email'].map((what) => ({
        ask: { as: 'official-source', do: 'rectify', what },
        is: 'deny' as const,
      })),
    ],
    duties: [
      { known: [happened('change(phone|email)', '2026-01-10', ME)], state: 'open' },
      {
        known: [
          happened('change(phone|email)', '2026-01-10', ME),
          happened('notify-supplier', '2026-01-12', ME),
        ],
        state: 'met',
      },
    ],
  },
  {
    id: 'kar.08.update-in-portal',
    says: 'own telephone number is corrected in the portal',
    answers: [
      {
        ask: { ...portal, do: 'rectify', what: 'phone' },
        is: 'permit',
        by: 'kar.08.update-in-portal',
      },
      { ask: { ...other, do: 'rectify', what: 'phone' }, is: 'deny' },
    ],
  },
  {
    id: 'kar.09.data-protection-law',
    says: 'is cited, not decided',
    undecided: /whole law/,
  },
  {
    id: 'kar.10.identify-reliably',
    says: 'identity is used to conclude a contract',
    answers: [
      {
        ask: {
          as: 'karleby-energi',
          do: 'use',
          what: ['identity', 'contact-details'],
          for: 'conclude-contract',
        },
        is: 'permit',
        by: 'kar.10.identify-reliably',
      },
      { ask: { as: 'karleby-energi', do: 'use', what: 'identity', for: 'marketing' }, is: 'deny' },
    ],
  },
  {
    id: 'kar.11.primary-system',
    says: 'the customer information system is the home of customer data',
    answers: [
      {
        ask: {
          as: 'karleby-energi',
          do: 'store',
          what: 'customer-data',
          in: 'customer-information-system',
        },
        is: 'permit',
        by: 'kar.11.primary-system',
      },
      {
        ask: { as: 'karleby-energi', do: 'store', what: 'customer-data', in: 'kompassen' },
        is: 'deny',
      },
    ],
  },
  {
    id: 'kar.12.keep-after-end',
    says: 'an accepted request erases the rest; what the law names is kept, for the law alone',
    plans: [
      {
        item: { ...item, what: 'invoice' },
        known: [
          ...ended,
          {
            type: 'right',
            at: day('2024-01-01'),
            seen: day('2024-01-01'),
            id: 'request-1',
            right: 'erasure',
            subject: ME,
            accepted: true,
          },
        ],
        op: 'restrict',
        by: 'kar.12.keep-after-end',
        says: 'plan.erasure',
      },
      {
        item: { ...item, what: 'email' },
        known: [
          {
            type: 'right',
            at: day('2024-01-01'),
            seen: day('2024-01-01'),
            id: 'request-1',
            right: 'erasure',
            subject: ME,
            accepted: true,
          },
        ],
        op: 'delete',
        says: 'plan.erasure',
      },
    ],
  },
  {
    id: 'kar.13.laws',
    says: 'in the fourth year an invoice stays by accounting law; the hourly curve is not covered',
    plans: [
      {
        item: { ...item, what: 'invoice' },
        known: ended,
        at: day('2024-01-01'),
        op: 'restrict',
        by: 'kar.13.laws',
      },
      {
        item: { ...item, what: 'consumption.history' },
        known: ended,
        at: day('2024-01-01'),
        op: 'delete',
        says: 'plan.no-purpose',
      },
    ],
  },
  {
    id: 'kar.14.ten-years',
    says: 'the day before ten years it is kept, then it is due; and the period is called approximate',
    plans: [
      {
        item: { ...item, what: 'customer-data.statutory' },
        known: ended,
        // Midnight in Helsinki is three hours before that of UTC in summer: 02:59:59 there, and 03:00.
        at: day('2030-06-24') - 1000,
        op: 'restrict',
        by: 'kar.14.ten-years',
        says: 'plan.approximate',
      },
      {
        item: { ...item, what: 'customer-data.statutory' },
        known: ended,
        at: day('2030-06-24'),
        op: 'delete',
        due: day('2030-06-24'),
      },
    ],
  },
  {
    id: 'kar.15.where-stored',
    says: 'at a partner only while its agreement holds',
    answers: [
      {
        ask: {
          as: 'partner',
          do: 'store',
          what: 'customer-data',
          in: 'partner-server-room',
          facts: { 'processor.agreement': AGREEMENT },
        },
        is: 'permit',
        by: 'kar.15.where-stored',
        until: AGREEMENT.to,
      },
      {
        ask: { as: 'partner', do: 'store', what: 'customer-data', in: 'partner-server-room' },
        is: 'deny',
      },
      {
        ask: {
          as: 'partner',
          at: AGREEMENT.to,
          do: 'store',
          what: 'customer-data',
          in: 'partner-server-room',
          facts: { 'processor.agreement': AGREEMENT },
        },
        is: 'deny',
      },
      {
        ask: { as: 'karleby-energi', do: 'store', what: 'customer-data', in: 'own-server-room' },
        is: 'permit',
      },
    ],
  },
  {
    id: 'kar.16.agreed-in-contract',
    says: 'a contract without its terms is an open duty',
    duties: [
      { known: [happened('contract-concluded', '2026-01-10', ME)], state: 'open' },
      {
        known: [
          happened('contract-concluded', '2026-01-10', ME),
          happened('include-data-protection-terms', '2026-01-10', ME),
        ],
        state: 'met',
      },
    ],
  },
  {
    id: 'kar.17.audits',
    says: 'an auditor reads the decision log and not the hours',
    answers: [
      {
        ask: { as: 'auditor', do: 'read', what: 'decision-log' },
        is: 'permit',
        by: 'kar.17.audits',
      },
      { ask: { as: 'auditor', do: 'audit', what: 'processing-record' }, is: 'permit' },
      { ask: { as: 'auditor', do: 'read', what: 'consumption.history' }, is: 'deny', by: null },
    ],
  },
  {
    id: 'kar.18.partners-bound',
    says: 'is cited; a partner’s staff get no more than the rules give them',
    undecided: /partners/,
    answers: [{ ask: { ...portal, as: 'partner' }, is: 'deny' }],
  },
  {
    id: 'kar.19.breach-notify',
    says: 'at high risk customers are told without undue delay',
    duties: [
      { known: [breach], facts: { 'breach.risk': 'high' }, state: 'open', due: null },
      { known: [breach], facts: { 'breach.risk': 'some' }, state: 'not-required' },
    ],
  },
  {
    id: 'kar.20.breach-authority',
    says: 'the ombudsman is told within 72 hours, unless a risk is unlikely',
    duties: [
      {
        known: [breach],
        facts: { 'breach.risk': 'some' },
        state: 'open',
        due: day('2026-01-17'),
      },
      {
        known: [breach],
        facts: { 'breach.risk': 'some' },
        at: day('2026-01-17') + 1,
        state: 'overdue',
      },
      {
        known: [breach, happened('notify-authority', '2026-01-16')],
        facts: { 'breach.risk': 'high' },
        at: day('2026-01-17'),
        state: 'met',
      },
      { known: [breach], facts: { 'breach.risk': 'unlikely' }, state: 'not-required' },
    ],
  },
  {
    id: 'kar.21.ncsc',
    says: 'incident information is shared while the incident is open',
    answers: [true, false].map((open) => ({
      ask: {
        as: 'cyber-security-centre',
        do: 'receive',
        what: 'incident-information',
        facts: { 'incident.open': open },
      },
      is: open ? ('permit' as const) : ('deny' as const),
      by: 'kar.21.ncsc',
    })),
  },
];
