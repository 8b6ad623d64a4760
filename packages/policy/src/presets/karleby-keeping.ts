import type { Rule } from '../types/index.ts';

/** The document's rough period, the same for all that the law demands. */
const ABOUT_TEN_YEARS = {
  for: ['statutory-retention'],
  clock: { base: 'after', event: 'customer-relationship-ended' },
  stages: [{ after: 'P10Y', to: 'deleted' }],
  basis: 'legal-obligation',
  approximate: true,
} as const;

/** The laws that bind, where the data are and how long, and who checks it. */
export const KARLEBY_KEEPING: readonly Rule[] = [
  {
    id: 'kar.09.data-protection-law',
    effect: 'inherit',
    from: 'law:FI-dataskyddslagen',
    cite: ['kar:L18', 'FI:dataskyddslagen'],
    reason:
      'A reference to a whole law is no rule that can be tested; the law is cited, and what of it the documents use is a rule of its own.',
    text: {
      sv: 'Personuppgifter hanteras enligt dataskyddslagen.',
      en: 'Personal data are handled by the Data Protection Act.',
    },
  },
  {
    id: 'kar.10.identify-reliably',
    effect: 'permit',
    who: ['karleby-energi'],
    do: ['use'],
    what: ['identity', 'contact-details'],
    for: ['identify-customer', 'conclude-contract'],
    cite: ['kar:L18'],
    text: {
      sv: 'Uppgifter används för att säkert identifiera kunden och ingå avtal.',
      en: 'Data are used to identify the customer reliably and to conclude a contract.',
    },
  },
  {
    id: 'kar.11.primary-system',
    effect: 'permit',
    do: ['store'],
    what: ['customer-data'],
    in: ['customer-information-system'],
    cite: ['kar:L18'],
    text: {
      sv: 'Kunduppgifternas hem är kunduppgiftssystemet.',
      en: 'The home of customer data is the customer information system.',
    },
  },
  {
    id: 'kar.12.keep-after-end',
    effect: 'keep',
    what: ['customer-data.statutory'],
    ...ABOUT_TEN_YEARS,
    cite: ['kar:L20', 'gdpr:A17-3-b'],
    text: {
      sv: 'En del uppgifter måste finnas kvar efter kundförhållandets slut, även om kunden vill radera dem.',
      en: 'Some data must stay after the relationship has ended, even if the customer wants them erased.',
    },
  },
  {
    id: 'kar.13.laws',
    effect: 'keep',
    what: ['accounting-material', 'electricity-market-material'],
    ...ABOUT_TEN_YEARS,
    cite: ['kar:L20', 'FI:bokföringslagen', 'FI:elmarknadslagen'],
    text: {
      sv: 'Bokföringslagen och elmarknadslagen kräver att visst material förvaras; lagarnas exakta tider är inte kontrollerade.',
      en: 'Accounting and electricity market law demand that some material is kept; the exact periods of the laws were not checked.',
    },
  },
  {
    id: 'kar.14.ten-years',
    effect: 'keep',
    what: ['customer-data.statutory'],
    ...ABOUT_TEN_YEARS,
    cite: ['kar:L20'],
    text: {
      sv: 'Grovt räknat cirka tio år efter kundförhållandets slut.',
      en: 'Roughly ten years after the relationship has ended.',
    },
  },
  {
    id: 'kar.15.where-stored',
    effect: 'permit',
    do: ['store'],
    what: ['customer-data'],
    in: ['partner-server-room'],
    if: { fact: 'processor.agreement', op: 'activeAt', value: '$now' },
    cite: ['kar:L20', 'gdpr:A28'],
    text: {
      sv: 'Hos en partner får uppgifterna finnas så länge avtalet med partnern gäller.',
      en: "At a partner the data may be as long as the partner's agreement holds.",
    },
  },
  {
    id: 'kar.15.where-stored.own',
    effect: 'permit',
    do: ['store'],
    what: ['customer-data'],
    in: ['own-server-room'],
    cite: ['kar:L20'],
    text: {
      sv: 'I egen maskinsal får uppgifterna finnas.',
      en: 'In an own server room the data may be.',
    },
  },
  {
    id: 'kar.16.agreed-in-contract',
    effect: 'duty',
    who: ['karleby-energi'],
    on: 'contract-concluded',
    must: 'include-data-protection-terms',
    cite: ['kar:L20'],
    text: {
      sv: 'Varje avtal säger hur uppgifterna hanteras.',
      en: 'Every contract says how data are handled.',
    },
  },
  {
    id: 'kar.17.audits',
    effect: 'permit',
    who: ['auditor'],
    do: ['audit', 'read'],
    what: ['decision-log', 'processing-record'],
    cite: ['kar:L20'],
    text: {
      sv: 'Revisorn läser besluten och registret, inte kundens värden.',
      en: "The auditor reads the decisions and the record, not the customer's values.",
    },
  },
  {
    id: 'kar.18.partners-bound',
    effect: 'inherit',
    from: 'law:dataskydd',
    who: ['partner'],
    cite: ['kar:L20'],
    reason:
      'That the law binds partners too grants nothing by itself; partners are roles like any other here, so every rule that binds all binds them.',
    text: {
      sv: 'Samma lag binder samarbetspartner.',
      en: 'The same law binds partners.',
    },
  },
];
