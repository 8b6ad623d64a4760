import type { Rule } from '../types/index.ts';

/** Who is told of a breach, and who helps. */
export const KARLEBY_SAFETY: readonly Rule[] = [
  {
    id: 'kar.19.breach-notify',
    effect: 'duty',
    who: ['karleby-energi'],
    on: 'personal-data-breach',
    must: 'notify-data-subject',
    to: ['customer'],
    within: 'undue-delay',
    if: { fact: 'breach.risk', op: 'eq', value: 'high' },
    cite: ['kar:L22', 'gdpr:A34'],
    text: {
      sv: 'Vid hög risk får kunden veta utan onödigt dröjsmål.',
      en: 'At high risk the customer is told without undue delay.',
    },
  },
  {
    id: 'kar.20.breach-authority',
    effect: 'duty',
    who: ['karleby-energi'],
    on: 'personal-data-breach',
    must: 'notify-authority',
    to: ['data-protection-ombudsman'],
    within: 'PT72H',
    unless: { fact: 'breach.risk', op: 'eq', value: 'unlikely' },
    cite: ['kar:L22', 'gdpr:A33'],
    text: {
      sv: 'Dataskyddsombudet får veta inom 72 timmar (tiden är förordningens, inte dokumentets).',
      en: "The ombudsman is told within 72 hours (the period is the Regulation's, not the document's).",
    },
  },
  {
    id: 'kar.21.ncsc',
    effect: 'permit',
    who: ['cyber-security-centre'],
    do: ['assist', 'receive'],
    what: ['incident-information'],
    if: { fact: 'incident.open', op: 'eq', value: true },
    cite: ['kar:L22'],
    text: {
      sv: 'Cybersäkerhetscentret får det som behövs så länge händelsen pågår.',
      en: 'The Cyber Security Centre gets what it needs while the incident lasts.',
    },
  },
];
