import type { Rule } from '../types/index.ts';

/** What counts as personal, what is kept, and what has to be done. */
export const KTC_KEEPING: readonly Rule[] = [
  {
    id: 'ktc.07.easy-access',
    effect: 'duty',
    who: ['ktc'],
    on: 'service-active',
    must: 'offer-household-access',
    to: ['household'],
    cite: ['ktc:L19'],
    text: {
      sv: 'Så länge tjänsten är i gång ska hushållen ha enkel tillgång.',
      en: 'While the service runs, households must have easy access.',
    },
  },
  {
    id: 'ktc.13.behaviour-is-personal',
    effect: 'classify',
    what: ['meter-data'],
    as: ['personal-information'],
    if: {
      all: [
        { fact: 'resource.linkableToHousehold', op: 'eq', value: true },
        { fact: 'resource.resolution', op: 'finerThan', value: 'P1M' },
      ],
    },
    status: 'proposed',
    cite: ['ktc:L25'],
    text: {
      sv: 'Värden finare än månad för ett hushåll röjer vanor och är personlig information; gränsen är föreslagen.',
      en: "A household's values finer than a month reveal habits and are personal information; the limit is proposed.",
    },
  },
  {
    id: 'ktc.17.protect',
    effect: 'duty',
    who: ['ktc', 'partner'],
    on: 'possession',
    must: 'protect-confidentiality-integrity-availability',
    if: { fact: 'partner.contracted', op: 'eq', value: true },
    cite: ['ktc:L31'],
    text: {
      sv: 'KTC och avtalade partner skyddar informationen mot obehörig åtkomst, förlust och ändring.',
      en: 'KTC and contracted partners protect the information from misuse, loss and change.',
    },
  },
  {
    id: 'ktc.18.same-level.identifiable',
    effect: 'classify',
    what: ['meter-data'],
    as: ['identifiable-information'],
    if: { fact: 'resource.identifiesHousehold', op: 'eq', value: true },
    status: 'inferred',
    cite: ['ktc:L31'],
    text: {
      sv: 'Det som pekar ut ett hushåll är identifierbart också som månadsvärde.',
      en: 'What points out a household is identifiable as a monthly value too.',
    },
  },
  {
    id: 'ktc.19.b2b-equal',
    effect: 'duty',
    who: ['ktc'],
    on: 'possession',
    must: 'apply-same-protection',
    if: { fact: 'resource.subject', op: 'in', value: ['customer', 'partner'] },
    cite: ['ktc:L33'],
    text: {
      sv: 'Företagskunders och partners data skyddas lika noga som hushållens.',
      en: 'Data of business customers and partners are protected as carefully as those of households.',
    },
  },
  {
    id: 'ktc.20.guidelines',
    effect: 'info',
    cite: ['ktc:L33'],
    reason:
      'Following general cloud terms and the guidelines of trade bodies (SABO, Fastighetsägarna, PTS) is no fact that can be tested; it is cited, not decided.',
    text: {
      sv: 'Branschens råd och riktlinjer följs.',
      en: "The trade's advice and guidelines are followed.",
    },
  },
  {
    id: 'ktc.22.minimise',
    effect: 'cap',
    what: ['personal-data-linked-to-energy'],
    clock: { base: 'while', state: 'needed-for-service' },
    stages: [{ after: 'P0D', to: 'deleted' }],
    cite: ['ktc:L37', 'gdpr:A5-1-c'],
    text: {
      sv: 'Personuppgifter som tjänsten inte längre behöver tas bort.',
      en: 'Personal data that the service no longer needs are removed.',
    },
  },
  {
    id: 'ktc.23.downsample',
    effect: 'cap',
    what: ['meter-data.hourly'],
    clock: { base: 'age', clock: 'value-time' },
    stages: [
      { after: '$service.hourlyFor', to: 'P1D' },
      { after: '$service.dailyFor', to: 'P1M' },
    ],
    cite: ['ktc:L39'],
    text: {
      sv: 'Timmar blir dygn, och dygn blir månader, när tjänstens tider har gått.',
      en: "Hours become days, and days months, when the service's periods have passed.",
    },
  },
  {
    id: 'ktc.24.by-subscription',
    effect: 'cap',
    what: ['meter-data'],
    clock: { base: 'age', clock: 'value-time' },
    stages: [{ after: '$service.historyFor', to: 'deleted' }],
    cite: ['ktc:L39'],
    text: {
      sv: 'Hur länge historik finns följer av den tjänst som kunden har valt.',
      en: 'How long history is kept follows from the service that the customer chose.',
    },
  },
  {
    id: 'ktc.25.delete-at-service-end',
    effect: 'cap',
    what: ['*'],
    in: ['ktc.*'],
    clock: { base: 'after', event: 'service-ended' },
    stages: [{ after: 'P0D', to: 'deleted' }],
    cite: ['ktc:L39', 'gdpr:A5-1-e'],
    text: {
      sv: 'När tjänsten upphör raderas data ur miljön.',
      en: 'When the service ends, data are erased from the environment.',
    },
  },
  {
    id: 'ktc.27.notify-before-change',
    effect: 'duty',
    who: ['ktc'],
    on: 'policy-change(use-of-personal-information)',
    must: 'notify-or-publish',
    to: ['customer', 'household'],
    before: 'change.effectiveFrom',
    cite: ['ktc:L43'],
    text: {
      sv: 'Ändrad användning av personlig information meddelas innan den börjar gälla.',
      en: 'A change in the use of personal information is told before it takes effect.',
    },
  },
  {
    id: 'ktc.28.last-updated',
    effect: 'duty',
    who: ['ktc'],
    on: 'policy-change',
    must: 'update-last-updated',
    cite: ['ktc:L43'],
    text: {
      sv: 'Datumet för senaste ändring uppdateras.',
      en: 'The date of the last change is updated.',
    },
  },
];
