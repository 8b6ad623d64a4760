import type { Condition, Policy, Rule } from '../types/index.ts';
import { GDPR, lines } from './document.ts';
import { KTC_VOCABULARY } from './ktc-vocabulary.ts';

const OWN_HOUSEHOLD: Condition = {
  fact: 'resource.household',
  op: 'eq',
  value: '$actor.household',
};
const SUPPORT_OR_ADMIN: Condition = {
  any: [
    { fact: 'actor.role', op: 'isa', value: 'ktc.presentation-support' },
    { fact: 'actor.role', op: 'isa', value: 'ktc.presentation-admin' },
  ],
};
const OWNER_AGREED: Condition = {
  grant: { from: 'account-owner', to: '$actor', for: 'login-as', state: 'active' },
};
const ORDERED: Condition = {
  any: [
    { fact: 'legal.basis', op: 'isa', value: 'statutory-duty' },
    { fact: 'legal.basis', op: 'isa', value: 'court-order' },
  ],
};
const DEIDENTIFIED: Condition = { fact: 'resource.deidentified', op: 'eq', value: true };

/** What may be done, and what may not. */
const ACCESS: readonly Rule[] = [
  {
    id: 'ktc.01.collect-purposes',
    effect: 'permit',
    who: ['ktc'],
    do: ['collect'],
    what: ['meter-data'],
    for: ['analyse', 'monitor', 'visualise'],
    in: ['ktc.amr-cloud'],
    cite: ['ktc:L7'],
    text: {
      sv: 'Mätdata får samlas in i molntjänsten för att analysera, bevaka och visa energianvändning.',
      en: 'Meter data may be collected in the cloud service to analyse, monitor and show energy use.',
    },
  },
  {
    id: 'ktc.02.never-personal-data',
    effect: 'forbid',
    who: ['*'],
    do: ['store', 'collect', 'process'],
    what: ['direct-identifier'],
    in: ['ktc.*'],
    then: [{ do: 'substitute', by: 'apartment-number' }],
    cite: ['ktc:L9'],
    text: {
      sv: 'Inget som pekar ut en person direkt får finnas i systemen; lägenhetsnumret står i dess ställe.',
      en: 'Nothing that names a person directly may be in the systems; the apartment number stands for it.',
    },
  },
  {
    id: 'ktc.02.never-personal-data.apartment-number',
    effect: 'permit',
    who: ['ktc'],
    do: ['store', 'collect', 'process'],
    what: ['apartment-number'],
    in: ['ktc.*'],
    status: 'inferred',
    cite: ['ktc:L9'],
    text: {
      sv: 'Hushållet känns igen på lägenhetsnumret. Det är en pseudonym, inte anonymt.',
      en: 'The household is known by its apartment number. That is a pseudonym, not anonymity.',
    },
  },
  {
    id: 'ktc.03.help-both',
    effect: 'permit',
    who: ['ktc'],
    do: ['analyse'],
    what: ['meter-data', 'third-party-data'],
    for: ['energy-insight'],
    cite: ['ktc:L13'],
    text: {
      sv: 'Data från mätare, system och andra leverantörer får analyseras till nytta för hushåll och drift.',
      en: 'Data of meters, systems and other suppliers may be analysed for households and operators.',
    },
  },
  {
    id: 'ktc.04.only-insight',
    effect: 'forbid',
    who: ['*'],
    do: ['collect', 'use'],
    what: ['meter-data'],
    unless: {
      any: [
        { fact: 'request.purpose', op: 'isa', value: 'energy-insight' },
        // Read together with ktc.16: research on what nobody can link to a household is not this use.
        { all: [{ fact: 'request.purpose', op: 'isa', value: 'research' }, DEIDENTIFIED] },
      ],
    },
    cite: ['ktc:L13', 'gdpr:A5-1-b'],
    text: {
      sv: 'Mätdata samlas in och används bara för insikt som sparar energi och pengar.',
      en: 'Meter data are collected and used only for insight that saves energy and money.',
    },
  },
  {
    id: 'ktc.05.household-right',
    effect: 'permit',
    who: ['household'],
    do: ['read'],
    what: ['meter-data'],
    for: ['energy-insight'],
    if: OWN_HOUSEHOLD,
    cite: ['ktc:L17'],
    text: {
      sv: 'Hushållet får se sin egen förbrukning, aldrig grannens.',
      en: "The household may see its own consumption, never the neighbour's.",
    },
  },
  {
    id: 'ktc.06.high-resolution',
    effect: 'permit',
    who: ['household'],
    do: ['read'],
    what: ['meter-data'],
    for: ['presentation'],
    in: ['presentation-ui'],
    finest: 'raw',
    if: OWN_HOUSEHOLD,
    cite: ['ktc:L17'],
    text: {
      sv: 'I presentationen visas egna värden så fint som de finns.',
      en: 'The presentation shows own values as fine as there are.',
    },
  },
  {
    id: 'ktc.08.third-party-tv',
    effect: 'permit',
    who: ['third-party'],
    do: ['fetch'],
    what: ['meter-data'],
    for: ['presentation'],
    if: {
      grant: {
        from: 'household',
        to: '$actor',
        for: 'presentation',
        what: 'meter-data',
        state: 'active',
      },
    },
    then: [{ do: 'log' }],
    cite: ['ktc:L19', 'ktc:L25'],
    text: {
      sv: 'En leverantör får hämta förbrukning för att visa den, när hushållet har gått med på det.',
      en: 'A supplier may fetch consumption to show it, once the household has agreed.',
    },
  },
  {
    id: 'ktc.09.authorised-staff-only',
    effect: 'forbid',
    who: ['ktc.staff'],
    do: ['view-visualised'],
    what: ['tenant-consumption'],
    unless: SUPPORT_OR_ADMIN,
    then: [{ do: 'log' }],
    cite: ['ktc:L21'],
    text: {
      sv: 'Bara den som stödjer eller förvaltar presentationen får se en enskild hyresgästs diagram.',
      en: "Only those who support or manage the presentation may see one tenant's charts.",
    },
  },
  {
    id: 'ktc.09.authorised-staff-only.view',
    effect: 'permit',
    who: ['ktc.presentation-support', 'ktc.presentation-admin'],
    do: ['view-visualised'],
    what: ['tenant-consumption'],
    status: 'inferred',
    cite: ['ktc:L21'],
    text: {
      sv: 'Den som har uppgiften får se.',
      en: 'Those who have the task may see.',
    },
  },
  {
    id: 'ktc.10.ops-limited',
    effect: 'forbid',
    who: ['ktc.operations', 'ktc.operations-technician'],
    do: ['read'],
    what: ['*'],
    unless: {
      fact: 'resource.fields',
      op: 'subsetOf',
      value: ['meter-id', 'property-id', 'apartment-number', 'meter-data'],
    },
    then: [{ do: 'mask', except: ['meter-id', 'property-id', 'apartment-number', 'meter-data'] }],
    cite: ['ktc:L21', 'gdpr:A5-1-c'],
    text: {
      sv: 'Driften ser mätvärden med mätare, fastighet och lägenhetsnummer och inget mer.',
      en: 'Operations see meter values with meter, property and apartment number, and nothing else.',
    },
  },
  {
    id: 'ktc.10.ops-limited.read',
    effect: 'permit',
    who: ['ktc.operations', 'ktc.operations-technician'],
    do: ['read'],
    what: ['meter-data'],
    status: 'inferred',
    cite: ['ktc:L21'],
    text: {
      sv: 'Driften får läsa de fält som behövs.',
      en: 'Operations may read the fields that they need.',
    },
  },
  {
    id: 'ktc.11.no-login-without-permission',
    effect: 'forbid',
    who: ['ktc.staff'],
    do: ['login-as'],
    what: ['energy-presentation'],
    unless: { any: [...SUPPORT_OR_ADMIN.any, OWNER_AGREED] },
    then: [{ do: 'log' }],
    cite: ['ktc:L21'],
    text: {
      sv: 'Ingen annan personal loggar in i en kunds presentation utan kontoinnehavarens tillåtelse.',
      en: "No other staff log in to a customer's presentation without the account owner's permission.",
    },
  },
  {
    id: 'ktc.11.no-login-without-permission.agreed',
    effect: 'permit',
    who: ['ktc.staff'],
    do: ['login-as'],
    what: ['energy-presentation'],
    if: OWNER_AGREED,
    status: 'inferred',
    cite: ['ktc:L21'],
    text: {
      sv: 'Med kontoinnehavarens tillåtelse får personal logga in.',
      en: "With the account owner's permission staff may log in.",
    },
  },
  {
    id: 'ktc.11.no-login-without-permission.task',
    effect: 'permit',
    who: ['ktc.presentation-support', 'ktc.presentation-admin'],
    do: ['login-as'],
    what: ['energy-presentation'],
    status: 'inferred',
    cite: ['ktc:L21'],
    text: {
      sv: 'Den som har uppgiften får logga in.',
      en: 'Those who have the task may log in.',
    },
  },
  {
    id: 'ktc.12.no-sale',
    effect: 'forbid',
    who: ['*'],
    do: ['sell', 'share'],
    what: ['personal-information'],
    unless: {
      all: [
        { fact: 'request.action', op: 'ne', value: 'sell' },
        {
          any: [
            { grant: { from: 'household', to: '$recipient', state: 'active' } },
            { fact: 'legal.order', op: 'exists' },
          ],
        },
      ],
    },
    cite: ['ktc:L25'],
    text: {
      sv: 'Personlig information säljs aldrig och delas bara med hushållets tillåtelse eller enligt lag.',
      en: "Personal information is never sold, and shared only with the household's permission or by law.",
    },
  },
  {
    id: 'ktc.12.no-sale.share-agreed',
    effect: 'permit',
    who: ['ktc'],
    do: ['share'],
    what: ['personal-information', 'meter-data'],
    if: { grant: { from: 'household', to: '$recipient', state: 'active' } },
    status: 'inferred',
    cite: ['ktc:L25'],
    text: {
      sv: 'Det som hushållet har gått med på får delas.',
      en: 'What the household has agreed to may be shared.',
    },
  },
  {
    id: 'ktc.12.no-sale.share-ordered',
    effect: 'permit',
    who: ['ktc'],
    do: ['share'],
    what: ['personal-information', 'meter-data'],
    basis: 'legal-obligation',
    if: { fact: 'legal.order', op: 'exists' },
    then: [{ do: 'log' }, { do: 'limit-to-order-scope' }],
    status: 'inferred',
    cite: ['ktc:L27'],
    text: {
      sv: 'Det som ett beslut kräver får delas, inte mer.',
      en: 'What an order demands may be shared, and no more.',
    },
  },
  {
    id: 'ktc.14.no-other-company',
    effect: 'forbid',
    who: ['third-party'],
    do: ['use', 'fetch', 'read'],
    what: ['meter-data'],
    if: { fact: 'resource.identifiesHousehold', op: 'eq', value: true },
    unless: { grant: { from: 'household', to: '$actor', state: 'active' } },
    cite: ['ktc:L25'],
    text: {
      sv: 'Inget annat företag använder data som pekar ut ett hushåll utan hushållets tillåtelse.',
      en: "No other company uses data that point out a household without the household's permission.",
    },
  },
  {
    id: 'ktc.15.authorities',
    effect: 'forbid',
    who: ['authority'],
    do: ['disclose'],
    what: ['personal-information'],
    unless: ORDERED,
    then: [{ do: 'log' }, { do: 'limit-to-order-scope' }],
    cite: ['ktc:L27'],
    text: {
      sv: 'Myndigheter får personlig information bara när lag eller domstol kräver det.',
      en: 'Authorities get personal information only where a law or a court demands it.',
    },
  },
  {
    id: 'ktc.15.authorities.ordered',
    effect: 'permit',
    who: ['authority'],
    do: ['disclose'],
    what: ['personal-information', 'meter-data'],
    basis: 'legal-obligation',
    if: ORDERED,
    status: 'inferred',
    cite: ['ktc:L27', 'gdpr:A6-1'],
    text: {
      sv: 'Det som lag eller domstol kräver lämnas ut.',
      en: 'What a law or a court demands is disclosed.',
    },
  },
  {
    id: 'ktc.16.research-deidentified',
    effect: 'forbid',
    who: ['*'],
    do: ['use', 'read', 'export'],
    what: ['meter-data'],
    for: ['research'],
    unless: DEIDENTIFIED,
    then: [{ do: 'deidentify' }],
    cite: ['ktc:L27'],
    text: {
      sv: 'Forskning får bara data som inte längre kan knytas till ett hushåll, utan undantag.',
      en: 'Research gets only data that can no longer be linked to a household, without exception.',
    },
  },
  {
    id: 'ktc.16.research-deidentified.read',
    effect: 'permit',
    who: ['ktc', 'researcher'],
    do: ['use', 'read', 'export'],
    what: ['meter-data'],
    for: ['research'],
    status: 'inferred',
    cite: ['ktc:L27'],
    text: {
      sv: 'Avidentifierade data får användas till forskning.',
      en: 'De-identified data may be used for research.',
    },
  },
  {
    id: 'ktc.18.same-level',
    effect: 'forbid',
    who: ['third-party', 'processor', 'partner'],
    do: ['disclose', 'fetch', 'share'],
    what: ['personal-information'],
    unless: { fact: 'recipient.securityCommitment', op: 'eq', value: 'same-level' },
    cite: ['ktc:L31', 'gdpr:A28'],
    text: {
      sv: 'Den som inte har åtagit sig samma skydd får ingen personlig information.',
      en: 'Who has not undertaken the same protection gets no personal information.',
    },
  },
  {
    id: 'ktc.21.history',
    effect: 'permit',
    who: ['household', 'ktc.analysis'],
    do: ['read'],
    what: ['meter-data.history'],
    for: ['energy-insight'],
    if: { fact: 'service.active', op: 'eq', value: true },
    cite: ['ktc:L37'],
    text: {
      sv: 'Äldre värden får läsas så länge tjänsten är i gång, så fint som de finns kvar.',
      en: 'Older values may be read while the service runs, as fine as they are still kept.',
    },
  },
  {
    id: 'ktc.26.revision',
    effect: 'permit',
    who: ['ktc'],
    do: ['revise-policy'],
    what: ['policy-document'],
    cite: ['ktc:L43'],
    text: {
      sv: 'Policyn får ses över. För ändrad användning gäller aviseringen i ktc.27 före detta.',
      en: 'The policy may be revised. For a change of use the notice of ktc.27 comes first.',
    },
  },
];

/** What counts as personal, what is kept, and what has to be done. */
const OTHER: readonly Rule[] = [
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

/**
 * The data principles of a Swedish metering company, in our words: households known by apartment number, hours that become days
 * and months, third parties such as a television provider, and who may see what. Where the document only forbids, the permit
 * that it takes for granted is a rule of its own, marked `inferred`; legal bases are proposed. Not legal advice.
 *
 * Parameters: `service.hourlyFor`, `service.dailyFor`, `service.historyFor` (how long a service keeps what; the document names
 * no periods). Facts that the host gives: see `facts`.
 */
export const ktc: Policy = {
  id: 'ktc',
  version: '1',
  validFrom: '2024-01-01',
  tz: 'Europe/Stockholm',
  vocab: KTC_VOCABULARY,
  parameters: {
    'service.hourlyFor': {
      type: 'duration',
      label: { sv: 'Hur länge timvärden finns', en: 'How long hourly values are kept' },
      status: 'proposed',
    },
    'service.dailyFor': {
      type: 'duration',
      label: { sv: 'Hur länge dygnsvärden finns', en: 'How long daily values are kept' },
      status: 'proposed',
    },
    'service.historyFor': {
      type: 'duration',
      label: { sv: 'Hur länge historik finns', en: 'How long history is kept' },
      status: 'proposed',
    },
  },
  facts: {
    'actor.household': { type: 'text', label: { en: 'Household that the actor belongs to' } },
    'legal.basis': { type: 'text', label: { en: 'statutory-duty or court-order' } },
    'legal.order': {
      type: 'object',
      label: { en: 'Order of a court or authority, and its scope' },
    },
    'partner.contracted': { type: 'boolean', label: { en: 'Whether the partner has a contract' } },
    'recipient.securityCommitment': {
      type: 'text',
      label: { en: 'same-level where the recipient has undertaken the same protection' },
    },
    'resource.household': { type: 'text', label: { en: 'Household that the data are of' } },
    'resource.account-owner': { type: 'text', label: { en: 'Owner of the presentation account' } },
    'resource.identifiesHousehold': {
      type: 'boolean',
      label: { en: 'Whether the data point out a household in any way' },
    },
    'resource.linkableToHousehold': {
      type: 'boolean',
      label: { en: 'Whether the data can be linked to one household' },
    },
    'service.active': { type: 'boolean', label: { en: 'Whether the service is running' } },
  },
  cites: {
    ...GDPR,
    ...lines(
      'ktc',
      'Data- och integritetspolicy, Weevio AMR (KTC)',
      'sv',
      [7, 9, 13, 17, 19, 21, 25, 27, 31, 33, 37, 39, 43],
    ),
  },
  rules: [...ACCESS, ...OTHER],
  activities: [
    {
      id: 'ktc.energy-presentation',
      purposes: ['energy-insight', 'login-as'],
      basis: ['contract'],
      rules: [
        'ktc.02.never-personal-data.apartment-number',
        'ktc.09.authorised-staff-only.view',
        'ktc.10.ops-limited.read',
        'ktc.11.no-login-without-permission.task',
      ],
      status: 'proposed',
    },
    {
      id: 'ktc.research',
      purposes: ['research'],
      basis: ['legitimate-interest'],
      status: 'proposed',
    },
  ],
};
