import type { AccessRule, Condition } from '../types/index.ts';
import { DEIDENTIFIED, KTC_SHARING } from './ktc-sharing.ts';

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

/** What may be done, and what may not. */
export const KTC_ACCESS: readonly AccessRule[] = [
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
    what: ['apartment-number', 'direct-identifier'],
    in: ['ktc.*'],
    status: 'inferred',
    cite: ['ktc:L9'],
    text: {
      sv: 'Hushållet känns igen på lägenhetsnumret, även där något annat lämnades. Det är en pseudonym, inte anonymt.',
      en: 'The household is known by its apartment number, also where something else was handed in. That is a pseudonym, not anonymity.',
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
  ...KTC_SHARING,
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
