import type { Rule } from '../types/index.ts';
import { ELHUB_ITEMS } from './elhub-items.ts';

/** Everything about a person that does not name it: what a market process may see. */
const NOT_NAMING = ELHUB_ITEMS.filter(
  ({ identifier, table }) => identifier !== 'direct' && table !== 'web',
).map(({ id }) => id);

/** Where and how data are stored and exchanged. */
export const ELHUB_SAFETY: readonly Rule[] = [
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
    unless: {
      any: [
        { fact: 'process.needsIdentity', op: 'eq', value: true },
        { fact: 'resource.fields', op: 'subsetOf', value: NOT_NAMING },
      ],
    },
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

/** Rights of persons, and the traces of the web portal. */
export const ELHUB_RIGHTS: readonly Rule[] = [
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
    tenancy: 'none',
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
