import type { Condition, Rule } from '../types/index.ts';

const OWN: Condition = { fact: 'resource.customer', op: 'eq', value: '$actor' };

/** What the customer sees and corrects, and what the contact details are for. */
export const KARLEBY_PORTAL: readonly Rule[] = [
  {
    id: 'kar.01.portal-own-data',
    effect: 'permit',
    who: ['customer'],
    do: ['read'],
    what: ['consumption.realtime', 'consumption.history'],
    for: ['self-service'],
    in: ['kompassen'],
    finest: 'raw',
    if: OWN,
    cite: ['kar:L7'],
    text: {
      sv: 'Kunden ser sin förbrukning i realtid, förra månaden och för valfri tid.',
      en: 'The customer sees own consumption in real time, last month, and for any period.',
    },
  },
  {
    id: 'kar.02.spot-price',
    effect: 'permit',
    who: ['customer'],
    do: ['read'],
    what: ['spot-price'],
    cite: ['kar:L7'],
    text: {
      sv: 'Alla kunder ser spotpriset, även den som har fast pris.',
      en: 'Every customer sees the spot price, with a fixed price too.',
    },
  },
  {
    id: 'kar.03.micro-production',
    effect: 'permit',
    who: ['customer'],
    do: ['read'],
    what: ['micro-production', 'netting'],
    in: ['kompassen'],
    if: OWN,
    cite: ['kar:L7'],
    text: {
      sv: 'Den som har solpaneler ser sin egen produktion och nettningen.',
      en: 'Who has solar panels sees own production and its netting.',
    },
  },
  {
    id: 'kar.04.start-page',
    effect: 'permit',
    who: ['customer'],
    do: ['read'],
    what: ['invoice', 'contact-details'],
    in: ['kompassen'],
    if: OWN,
    cite: ['kar:L9'],
    text: {
      sv: 'På ingångssidan ser kunden sina fakturor och sina kontaktuppgifter.',
      en: 'On the start page the customer sees own invoices and contact details.',
    },
  },
  {
    id: 'kar.05.contact-for-communication',
    effect: 'permit',
    who: ['karleby-energi'],
    do: ['use'],
    what: ['contact-details'],
    for: ['customer-communication'],
    cite: ['kar:L9'],
    text: {
      sv: 'Kontaktuppgifter används för att nå kunden.',
      en: 'Contact details are used to reach the customer.',
    },
  },
  {
    id: 'kar.06.based-on-held-data',
    effect: 'info',
    cite: ['kar:L15'],
    reason:
      'That the company works from the data it holds grants and forbids nothing. The engine works so by design: a decision rests on the facts that were recorded when it was made.',
    text: {
      sv: 'Arbetet utgår från de uppgifter som finns.',
      en: 'The work rests on the data that are at hand.',
    },
  },
  {
    id: 'kar.07.customer-must-notify',
    effect: 'duty',
    who: ['customer'],
    on: 'change(phone|email)',
    must: 'notify-supplier',
    to: ['karleby-energi'],
    cite: ['kar:L15'],
    text: {
      sv: 'Ändrat telefonnummer och ändrad e-postadress meddelar kunden själv.',
      en: 'A changed telephone number or e-mail address is for the customer to tell.',
    },
  },
  {
    id: 'kar.07.customer-must-notify.official',
    effect: 'permit',
    who: ['official-source'],
    do: ['rectify'],
    what: ['postal-address'],
    status: 'inferred',
    basis: 'legal-obligation',
    cite: ['kar:L15'],
    text: {
      sv: 'Adressen får rättas efter officiell källa; telefon och e-post inte.',
      en: 'The address may be corrected by an official source; telephone and e-mail may not.',
    },
  },
  {
    id: 'kar.08.update-in-portal',
    effect: 'permit',
    who: ['customer'],
    do: ['rectify'],
    what: ['contact-details'],
    in: ['kompassen'],
    if: OWN,
    cite: ['kar:L16', 'gdpr:A16'],
    text: {
      sv: 'Kunden rättar sina kontaktuppgifter i portalen.',
      en: 'The customer corrects own contact details in the portal.',
    },
  },
];
