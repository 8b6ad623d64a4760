import type { Condition, Rule } from '../types/index.ts';
import { ELHUB_ITEMS } from './elhub-items.ts';

const DUTY_NEED: Condition = { fact: 'actor.dutyNeed', op: 'eq', value: true };
const LICENSED: Condition = { fact: 'actor.licenceNVE', op: 'eq', value: true };
const EXEMPTED: Condition = { fact: 'legal.basis', op: 'isa', value: 'statutory-exemption' };
const CONSENTED: Condition = {
  grant: { from: 'data-subject', to: '$recipient', state: 'active' },
};
/** What the items of the tables are held for. */
const PURPOSES: readonly string[] = [...new Set(ELHUB_ITEMS.flatMap(({ purposes }) => purposes))];

/** Who may see and use what. */
export const ELHUB_ACCESS: readonly Rule[] = [
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
    for: PURPOSES,
    status: 'inferred',
    cite: ['elh:L29'],
    text: {
      nb: 'Til sitt formål må opplysningene kunne brukes.',
      en: 'For their purpose the data may be used.',
    },
  },
  {
    id: 'elh.01.purpose-limit.other-basis',
    effect: 'permit',
    who: ['elhub'],
    do: ['use'],
    what: ['personal-data'],
    basis: 'legal-obligation',
    if: { fact: 'legal.basis', op: 'exists' },
    status: 'inferred',
    cite: ['elh:L29'],
    text: {
      nb: 'Finnes et annet grunnlag i lov, kan de brukes også til det.',
      en: 'Where there is another basis in law, they may be used for that too.',
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
