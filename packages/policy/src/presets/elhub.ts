import type { Condition, Policy, Rule } from '../types/index.ts';
import { GDPR, lines } from './document.ts';
import { ELHUB_DATA, ELHUB_ITEMS } from './elhub-items.ts';
import { ELHUB_RETENTION } from './elhub-retention.ts';

export type { ElhubItem } from './elhub-items.ts';
export { ELHUB_ITEMS } from './elhub-items.ts';

const DUTY_NEED: Condition = { fact: 'actor.dutyNeed', op: 'eq', value: true };
const LICENSED: Condition = { fact: 'actor.licenceNVE', op: 'eq', value: true };
const EXEMPTED: Condition = { fact: 'legal.basis', op: 'isa', value: 'statutory-exemption' };
const CONSENTED: Condition = {
  grant: { from: 'data-subject', to: '$recipient', state: 'active' },
};
/** Everything about a person that does not name it: what a market process may see. */
const NOT_NAMING = ELHUB_ITEMS.filter(
  ({ identifier, table }) => identifier !== 'direct' && table !== 'web',
).map(({ id }) => id);

const USE: readonly Rule[] = [
  {
    id: 'elh.01.purpose-limit',
    effect: 'forbid',
    who: ['*'],
    do: ['use'],
    what: ['personal-data'],
    unless: {
      any: [
        { fact: 'request.purpose', op: 'in', value: '$item.purposes' },
        { fact: 'legal.basis', op: 'exists' },
      ],
    },
    cite: ['elh:L29', 'gdpr:A5-1-b'],
    text: {
      nb: 'Opplysninger brukes bare til det de er hentet inn for, om ikke et annet grunnlag finnes.',
      en: 'Data are used only for what they were obtained for, unless there is another basis.',
    },
  },
  {
    id: 'elh.01.purpose-limit.use',
    effect: 'permit',
    who: ['elhub'],
    do: ['use'],
    what: ['personal-data'],
    status: 'inferred',
    cite: ['elh:L29'],
    text: {
      nb: 'Til sitt formål må opplysningene kunne brukes.',
      en: 'For their purpose the data may be used.',
    },
  },
  {
    id: 'elh.02.confidentiality',
    effect: 'forbid',
    do: ['disclose'],
    what: ['personal-data'],
    unless: { any: [EXEMPTED, CONSENTED] },
    cite: ['elh:L31'],
    text: {
      nb: 'Taushetsplikt: ingenting gis ut uten lovhjemmel eller samtykke.',
      en: 'Confidentiality: nothing is disclosed without authority in law or consent.',
    },
  },
  {
    id: 'elh.02.confidentiality.consented',
    effect: 'permit',
    who: ['elhub'],
    do: ['disclose'],
    what: ['personal-data'],
    if: CONSENTED,
    status: 'inferred',
    cite: ['elh:L31'],
    text: {
      nb: 'Med samtykke kan det gis ut det samtykket gjelder.',
      en: 'With consent, what it covers may be disclosed.',
    },
  },
  {
    id: 'elh.02.confidentiality.exempted',
    effect: 'permit',
    who: ['elhub'],
    do: ['disclose'],
    what: ['personal-data'],
    basis: 'legal-obligation',
    if: EXEMPTED,
    status: 'inferred',
    cite: ['elh:L31'],
    text: {
      nb: 'Når loven fritar fra taushetsplikten, kan det gis ut.',
      en: 'Where the law exempts from confidentiality, it may be disclosed.',
    },
  },
  {
    id: 'elh.03.duty-need',
    effect: 'permit',
    who: ['elhub.employee'],
    do: ['read'],
    what: ['personal-data'],
    if: DUTY_NEED,
    cite: ['elh:L33'],
    text: {
      nb: 'Ansatte ser det arbeidsoppgaven krever.',
      en: 'Employees see what their task demands.',
    },
  },
  {
    id: 'elh.04.duty-need-only',
    effect: 'forbid',
    who: ['elhub.employee'],
    do: ['read'],
    what: ['personal-data'],
    unless: DUTY_NEED,
    cite: ['elh:L33'],
    text: {
      nb: 'Ansatte uten slik oppgave ser ingenting.',
      en: 'Employees without such a task see nothing.',
    },
  },
  {
    id: 'elh.05.storage-limit',
    effect: 'cap',
    what: ['personal-data'],
    clock: { base: 'while', state: 'purpose-live' },
    stages: [{ after: 'P0D', to: 'deleted' }],
    cite: ['elh:L35', 'gdpr:A5-1-e'],
    text: {
      nb: 'Opplysninger lagres ikke lenger enn formålet trenger dem.',
      en: 'Data are stored no longer than their purpose needs them.',
    },
  },
  {
    id: 'elh.06.access-logged',
    effect: 'duty',
    who: ['*'],
    on: 'access',
    must: 'log',
    cite: ['elh:L37'],
    text: {
      nb: 'All tilgang logges.',
      en: 'All access is logged.',
    },
  },
  {
    id: 'elh.07.external-lawful-only',
    effect: 'forbid',
    who: ['external-party'],
    do: ['read'],
    what: ['personal-data'],
    unless: { fact: 'actor.lawfulAccess', op: 'eq', value: true },
    cite: ['elh:L82'],
    text: {
      nb: 'Utenforstående får tilgang bare når de har rett til den.',
      en: 'External parties get access only where they have a right to it.',
    },
  },
  {
    id: 'elh.08.grid-area',
    effect: 'permit',
    who: ['grid-company'],
    do: ['read'],
    what: ['personal-data'],
    if: { fact: 'actor.gridArea', op: 'eq', value: '$resource.gridArea' },
    cite: ['elh:L82', 'NO:FOR-301'],
    text: {
      nb: 'Nettselskapet ser kundene i sitt eget nettområde.',
      en: 'The grid company sees customers of its own grid area.',
    },
  },
  {
    id: 'elh.09.supplier-contract',
    effect: 'permit',
    who: ['power-supplier'],
    do: ['read'],
    what: ['personal-data'],
    if: { all: [{ fact: 'contract.power', op: 'activeAt', value: '$now' }, LICENSED] },
    cite: ['elh:L82', 'NO:FOR-301'],
    text: {
      nb: 'Leverandøren ser sine kunder så lenge avtalen løper, når den har konsesjon.',
      en: 'The supplier sees its customers while the agreement runs, if it is licensed.',
    },
  },
  {
    id: 'elh.09.supplier-contract.own-period',
    effect: 'permit',
    who: ['power-supplier'],
    do: ['read'],
    what: ['personal-data'],
    for: ['correction-settlement'],
    if: { all: [LICENSED, { grant: { to: '$actor', for: 'correction-settlement' } }] },
    status: 'inferred',
    cite: ['elh:L82', 'elh:L76'],
    text: {
      nb: 'Etterpå kan leverandøren lese sin egen avtaleperiode for korreksjonsoppgjør.',
      en: 'Afterwards the supplier may read its own contract period for correction settlement.',
    },
  },
  {
    id: 'elh.10.third-party-grant',
    effect: 'permit',
    who: ['third-party'],
    do: ['read'],
    what: ['meter-data'],
    if: {
      grant: {
        from: 'end-customer',
        to: '$actor',
        state: 'active',
        method: 'active-act-in-portal',
      },
    },
    cite: ['elh:L82'],
    text: {
      nb: 'Tredjepart ser måledata når kunden aktivt har gitt tilgang i portalen.',
      en: 'A third party sees meter data once the customer has actively given access in the portal.',
    },
  },
  {
    id: 'elh.11.agreement-all',
    effect: 'forbid',
    who: ['grid-company', 'power-supplier', 'third-party'],
    do: ['read'],
    what: ['*'],
    unless: { fact: 'actor.elhubAgreement', op: 'activeAt', value: '$now' },
    cite: ['elh:L84'],
    text: {
      nb: 'Uten gyldig avtale med Elhub er det ingen tilgang.',
      en: 'Without a valid agreement with Elhub there is no access.',
    },
  },
  {
    id: 'elh.12.exclude-violators',
    effect: 'forbid',
    who: ['*'],
    do: ['read'],
    what: ['*'],
    if: { fact: 'actor.excluded', op: 'eq', value: true },
    cite: ['elh:L84'],
    text: {
      nb: 'Den som er utestengt, får ingenting.',
      en: 'Who has been excluded gets nothing.',
    },
  },
];

const SAFETY: readonly Rule[] = [
  {
    id: 'elh.13.norway-only',
    effect: 'forbid',
    do: ['store'],
    what: ['personal-data'],
    unless: {
      all: [
        { fact: 'storage.country', op: 'eq', value: 'NO' },
        { fact: 'storage.dedicated', op: 'eq', value: true },
      ],
    },
    cite: ['elh:L86'],
    text: {
      nb: 'Lagring skjer i Norge, på servere som bare Elhub bruker.',
      en: 'Storage is in Norway, on servers that only Elhub uses.',
    },
  },
  {
    id: 'elh.13.norway-only.store',
    effect: 'permit',
    who: ['elhub'],
    do: ['store'],
    what: ['personal-data'],
    status: 'inferred',
    cite: ['elh:L86'],
    text: { nb: 'Elhub lagrer opplysningene.', en: 'Elhub stores the data.' },
  },
  {
    id: 'elh.14.no-cloud',
    effect: 'forbid',
    do: ['store', 'process'],
    what: ['personal-data'],
    if: { fact: 'storage.shared', op: 'eq', value: true },
    cite: ['elh:L86'],
    text: {
      nb: 'Ingen delte tjenester, heller ikke «skyen».',
      en: 'No shared services, nor “the cloud”.',
    },
  },
  {
    id: 'elh.15.india-access',
    effect: 'permit',
    who: ['it-supplier.operator'],
    do: ['access'],
    what: ['personal-data'],
    for: ['operation', 'support', 'maintenance'],
    if: {
      all: [
        { fact: 'processor.agreement', op: 'activeAt', value: '$now' },
        { fact: 'transfer.safeguard', op: 'in', value: ['scc', 'adequacy', 'bcr'] },
      ],
    },
    cite: ['elh:L88', 'gdpr:A46'],
    text: {
      nb: 'Driftsleverandøren i India har tilgang for drift, støtte og vedlikehold, med avtale og garantier.',
      en: 'The operating supplier in India has access for operation, support and maintenance, with agreement and safeguards.',
    },
  },
  {
    id: 'elh.16.encrypted-exchange',
    effect: 'forbid',
    do: ['exchange'],
    what: ['personal-data'],
    unless: {
      all: [
        { fact: 'channel.certificate', op: 'eq', value: true },
        { fact: 'channel.encrypted', op: 'eq', value: true },
      ],
    },
    cite: ['elh:L93'],
    text: {
      nb: 'Utveksling skjer kryptert og med sertifikat.',
      en: 'Exchange is encrypted and protected by certificates.',
    },
  },
  {
    id: 'elh.16.encrypted-exchange.exchange',
    effect: 'permit',
    who: ['elhub', 'external-party'],
    do: ['exchange'],
    what: ['personal-data'],
    status: 'inferred',
    cite: ['elh:L93'],
    text: {
      nb: 'Elhub og aktørene utveksler opplysninger.',
      en: 'Elhub and the market actors exchange data.',
    },
  },
  {
    id: 'elh.17.pii-only-where-necessary',
    effect: 'forbid',
    do: ['use'],
    what: ['direct-identifier'],
    in: ['elhub.market-process'],
    unless: { fact: 'process.needsIdentity', op: 'eq', value: true },
    then: [{ do: 'mask', except: NOT_NAMING }],
    cite: ['elh:L95', 'gdpr:A5-1-c'],
    text: {
      nb: 'Markedsprosessene arbeider uten navn og nummer når de kan.',
      en: 'Market processes work without names and numbers where they can.',
    },
  },
  {
    id: 'elh.18.nid-encrypted',
    effect: 'forbid',
    do: ['store'],
    what: ['elhub.national-id'],
    unless: { fact: 'storage.encrypted', op: 'eq', value: true },
    cite: ['elh:L95'],
    text: {
      nb: 'Fødselsnummer lagres bare kryptert.',
      en: 'National identity numbers are stored encrypted only.',
    },
  },
  {
    id: 'elh.19.yearly-risk',
    effect: 'duty',
    who: ['elhub'],
    on: 'always',
    must: 'risk-and-vulnerability-analysis',
    every: 'P1Y',
    cite: ['elh:L97'],
    text: {
      nb: 'Hvert år gjøres en risiko- og sårbarhetsanalyse.',
      en: 'Every year a risk and vulnerability analysis is made.',
    },
  },
];

const RIGHTS: readonly Rule[] = [
  {
    id: 'elh.20.right-info',
    effect: 'duty',
    who: ['elhub'],
    on: 'information-request',
    must: 'inform',
    cite: ['elh:L102', 'NO:popplyl-2000-18'],
    text: {
      nb: 'Alle kan få vite hvordan Elhub behandler opplysninger.',
      en: 'Everyone may learn how Elhub processes data.',
    },
  },
  {
    id: 'elh.21.right-access',
    effect: 'permit',
    who: ['data-subject'],
    do: ['access'],
    what: ['personal-data'],
    basis: 'legal-obligation',
    if: { fact: 'resource.subject', op: 'eq', value: '$actor' },
    cite: ['elh:L102', 'gdpr:A15'],
    text: {
      nb: 'Enhver har innsyn i det som er lagret om en selv.',
      en: 'Everyone has access to what is stored about them.',
    },
  },
  {
    id: 'elh.22.right-rectify-30d',
    effect: 'duty',
    who: ['elhub'],
    on: 'rectification-or-erasure-request',
    must: 'answer',
    within: 'P30D',
    if: { fact: 'request.claim', op: 'eq', value: 'incorrect' },
    cite: ['elh:L104', 'gdpr:A16'],
    text: {
      nb: 'Uriktige opplysninger kan kreves rettet eller slettet.',
      en: 'Wrong data may be demanded corrected or erased.',
    },
  },
  {
    id: 'elh.23.answer-30d',
    effect: 'duty',
    who: ['elhub'],
    on: 'rectification-or-erasure-request',
    must: 'answer-free-of-charge',
    within: 'P30D',
    cite: ['elh:L104', 'gdpr:A12-3'],
    text: {
      nb: 'Svar gis gratis og innen 30 dager; forordningens frist er én måned, og den som kommer først, gjelder.',
      en: 'The answer is free of charge and within 30 days; the Regulation says one month, and the earlier binds.',
    },
  },
  {
    id: 'elh.24.traces-not-identify',
    effect: 'forbid',
    do: ['use'],
    what: ['web-trace'],
    for: ['identify-person'],
    cite: ['elh:L116'],
    text: {
      nb: 'Spor fra nettstedet brukes ikke til å finne ut hvem noen er.',
      en: 'Traces of the website are not used to find out who someone is.',
    },
  },
  {
    id: 'elh.25.traces-statistics',
    effect: 'permit',
    who: ['elhub'],
    do: ['use'],
    what: ['web-trace'],
    for: ['web-statistics', 'security'],
    cite: ['elh:L116'],
    text: {
      nb: 'Sporene brukes til statistikk og sikkerhet.',
      en: 'The traces are used for statistics and security.',
    },
  },
];

/**
 * The Norwegian datahub's privacy statement, in our words: 25 rules, 21 items with source, purpose and period, and the four traces
 * of the web portal, for which the document states no period (lint says so). 11 of the items have no period of their own in the
 * document and are read as sharing the one above (`ELHUB_ITEMS`, `inferred`). Legal bases are proposed. Not legal advice.
 */
export const elhub: Policy = {
  id: 'elhub',
  version: '1',
  validFrom: '2019-02-18',
  tz: 'Europe/Oslo',
  vocab: {
    who: {
      elhub: {},
      'elhub.employee': {},
      'data-subject': {},
      'external-party': {},
      'grid-company': { is: ['external-party'], label: { nb: 'nettselskap', en: 'grid company' } },
      'power-supplier': {
        is: ['external-party'],
        label: { nb: 'kraftleverandør', en: 'power supplier' },
      },
      'third-party': { is: ['external-party'], label: { nb: 'tredjepart', en: 'third party' } },
      'it-supplier': {},
      'it-supplier.operator': { is: ['it-supplier'] },
    },
    do: {
      read: { dpv: 'dpv:Consult' },
      use: { dpv: 'dpv:Use' },
      disclose: { dpv: 'dpv:Disclose' },
      store: { dpv: 'dpv:Store' },
      process: {},
      access: { dpv: 'dpv:Access' },
      exchange: {},
    },
    what: ELHUB_DATA,
    for: {
      'identity-linking': { dpv: 'dpv:IdentityVerification' },
      billing: { dpv: 'dpv:PaymentManagement' },
      'secure-identification': { dpv: 'dpv:IdentityVerification' },
      'contact-exchange': { dpv: 'dpv:CustomerManagement' },
      'consumer-verification': { dpv: 'dpv:Verification' },
      verification: { dpv: 'dpv:Verification' },
      'outage-information': { dpv: 'dpv:CommunicationForCustomerCare' },
      settlement: { dpv: 'dpv:FulfilmentOfContractualObligation' },
      'supplier-switch': { dpv: 'dpv:FulfilmentOfContractualObligation' },
      'meter-reading': { dpv: 'dpv:LegalCompliance' },
      'access-control': { dpv: 'dpv:EnforceAccessControl' },
      'self-service-display': { dpv: 'dpv:OptimiseUserInterface' },
      'delegated-access': { dpv: 'dpv:EnforceAccessControl' },
      'prosumer-sale': { dpv: 'dpv:FulfilmentOfContractualObligation' },
      'correction-settlement': { dpv: 'dpv:FulfilmentOfContractualObligation' },
      'web-statistics': { dpv: 'dpv:ServiceUsageAnalytics' },
      security: { dpv: 'dpv:EnforceSecurity' },
      'identify-person': {},
      operation: { dpv: 'dpv:TechnicalServiceProvision' },
      support: { dpv: 'dpv:TechnicalServiceProvision' },
      maintenance: { dpv: 'dpv:TechnicalServiceProvision' },
      'energy-service': { dpv: 'dpv:RequestedServiceProvision' },
      marketing: { dpv: 'dpv:Marketing' },
      analytics: {},
    },
    in: { elhub: {}, 'elhub.market-process': { is: ['elhub'] }, 'elhub.web': { is: ['elhub'] } },
  },
  facts: {
    'actor.dutyNeed': {
      type: 'boolean',
      label: { en: "Whether the employee's task needs the data" },
    },
    'actor.elhubAgreement': {
      type: 'period',
      label: { en: 'When the agreement with Elhub holds' },
    },
    'actor.excluded': { type: 'boolean', label: { en: 'Whether the company is excluded' } },
    'actor.gridArea': { type: 'text', label: { en: 'Grid area of the company' } },
    'actor.lawfulAccess': {
      type: 'boolean',
      label: { en: 'Whether the party has a right of access' },
    },
    'actor.licenceNVE': { type: 'boolean', label: { en: 'Whether the supplier is licensed' } },
    'channel.certificate': {
      type: 'boolean',
      label: { en: 'Whether a certificate protects the channel' },
    },
    'channel.encrypted': { type: 'boolean', label: { en: 'Whether the channel is encrypted' } },
    'contract.power': { type: 'period', label: { en: 'When the power agreement runs' } },
    'item.purposes': { type: 'terms', label: { en: 'What the item was obtained for' } },
    'legal.basis': { type: 'text', label: { en: 'Another basis in law: statutory-exemption …' } },
    'process.needsIdentity': {
      type: 'boolean',
      label: { en: 'Whether the process needs to know who' },
    },
    'processor.agreement': { type: 'period', label: { en: 'When the processor agreement holds' } },
    'request.claim': {
      type: 'text',
      label: { en: 'incorrect where the data are said to be wrong' },
    },
    'resource.gridArea': { type: 'text', label: { en: 'Grid area of the metering point' } },
    'storage.country': { type: 'text', label: { en: 'Country of storage, ISO 3166-1' } },
    'storage.dedicated': { type: 'boolean', label: { en: 'Whether only Elhub uses the servers' } },
    'storage.encrypted': { type: 'boolean', label: { en: 'Whether the storage is encrypted' } },
    'storage.shared': { type: 'boolean', label: { en: 'Whether it is a shared service' } },
    'transfer.safeguard': { type: 'text', label: { en: 'scc, adequacy or bcr while it holds' } },
  },
  cites: {
    ...GDPR,
    ...lines('elh', 'Elhubs personvernerklæring', 'nb', [
      29,
      31,
      33,
      35,
      37,
      82,
      84,
      86,
      88,
      93,
      95,
      97,
      102,
      104,
      116,
      ...ELHUB_ITEMS.map(({ line }) => line),
    ]),
    'NO:FOR-301': { title: 'Forskrift 11. mars 1999 nr. 301 om kraftomsetning og nettjenester' },
    'NO:popplyl-2000-18': {
      title: 'Personopplysningsloven 2000 § 18 (replaced by the Act of 2018 and GDPR)',
    },
  },
  rules: [...USE, ...SAFETY, ...RIGHTS, ...ELHUB_RETENTION],
  activities: [
    {
      id: 'elhub.datahub',
      purposes: [
        'identity-linking',
        'billing',
        'secure-identification',
        'contact-exchange',
        'consumer-verification',
        'verification',
        'outage-information',
        'settlement',
        'supplier-switch',
        'meter-reading',
        'access-control',
        'prosumer-sale',
        'correction-settlement',
        'operation',
        'support',
        'maintenance',
      ],
      basis: ['legal-obligation'],
      rules: [
        'elh.03.duty-need',
        'elh.08.grid-area',
        'elh.09.supplier-contract',
        'elh.13.norway-only.store',
        'elh.16.encrypted-exchange.exchange',
      ],
      status: 'proposed',
    },
    {
      id: 'elhub.portal',
      purposes: ['self-service-display', 'delegated-access', 'web-statistics', 'security'],
      basis: ['legitimate-interest'],
      status: 'proposed',
    },
  ],
};
