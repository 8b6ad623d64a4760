import type { AccessRule, Condition } from '../types/index.ts';

const ORDERED: Condition = {
  any: [
    { fact: 'legal.basis', op: 'isa', value: 'statutory-duty' },
    { fact: 'legal.basis', op: 'isa', value: 'court-order' },
  ],
};
/** That nobody can link the data to a household any more. */
export const DEIDENTIFIED: Condition = { fact: 'resource.deidentified', op: 'eq', value: true };

/** Who outside the company gets data of a household, and on what terms. */
export const KTC_SHARING: readonly AccessRule[] = [
  {
    id: 'ktc.12.no-sale',
    effect: 'forbid',
    who: ['*'],
    do: ['sell', 'share'],
    what: ['personal-information', 'direct-identifier'],
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
    what: ['personal-information', 'direct-identifier'],
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
    what: ['personal-information', 'direct-identifier', 'identifiable-information'],
    unless: { fact: 'recipient.securityCommitment', op: 'eq', value: 'same-level' },
    cite: ['ktc:L31', 'gdpr:A28'],
    text: {
      sv: 'Den som inte har åtagit sig samma skydd får ingen personlig information.',
      en: 'Who has not undertaken the same protection gets no personal information.',
    },
  },
];
