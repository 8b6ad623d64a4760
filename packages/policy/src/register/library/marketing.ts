import type { Activity } from '../activity.ts';
import { libraryRows } from './row.ts';

export const MARKETING: readonly Activity[] = libraryRows('marketing', [
  {
    line: 90,
    name: {
      nb: 'Markedsføring overfor nye kunder',
      sv: 'Marknadsföring till nya kunder',
      da: 'Markedsføring over for nye kunder',
      fi: 'Markkinointi uusille asiakkaille',
      en: 'Marketing to new customers',
    },
    summary: {
      nb: 'Tilby avtaler til personer som ikke er kunder.',
      en: 'Offer agreements to persons who are no customers.',
    },
    purposes: ['dpv:DirectMarketing'],
    bases: ['consent', 'legitimate-interest'],
    subjects: ['dpv:DataSubject'],
    data: ['pd:Name', 'pd:PhysicalAddress'],
    recipients: ['marketing-processor'],
    erasure: {
      base: 'until',
      events: ['consent-withdrawn', 'objection'],
      atMost: { after: 'P2Y' },
    },
    note: {
      nb: 'Elektronisk markedsføring krever samtykke på forhånd; respekter reservasjon. Måledata skal ikke brukes.',
      en: 'Electronic marketing needs prior consent; honour reservations. Meter data must not be used.',
    },
  },
  {
    line: 91,
    name: {
      nb: 'Markedsføring overfor egne kunder',
      sv: 'Marknadsföring till befintliga kunder',
      da: 'Markedsføring over for eksisterende kunder',
      fi: 'Markkinointi nykyisille asiakkaille',
      en: 'Marketing to existing customers',
    },
    summary: {
      nb: 'Tilby egne kunder lignende tjenester.',
      en: 'Offer own customers similar services.',
    },
    purposes: ['dpv:DirectMarketing'],
    bases: ['legitimate-interest', 'consent'],
    subjects: ['dpv:Customer'],
    data: ['pd:Name', 'pd:EmailAddress', 'pd:TelephoneNumber', 'pd:Purchase'],
    recipients: ['marketing-processor'],
    erasure: { base: 'until', events: ['objection', 'relationship-ended'] },
    note: {
      nb: 'Bare egne, lignende tjenester; retten til å protestere er uten unntak (artikkel 21(3)).',
      en: 'Only own, similar services; the right to object has no exception (Article 21(3)).',
    },
  },
  {
    line: 92,
    name: {
      nb: 'Markedsføring mot tidligere kunder',
      sv: 'Marknadsföring till tidigare kunder',
      da: 'Markedsføring over for tidligere kunder',
      fi: 'Markkinointi entisille asiakkaille',
      en: 'Marketing to former customers',
    },
    summary: {
      nb: 'Tilby tidligere kunder å komme tilbake.',
      en: 'Invite former customers to come back.',
    },
    purposes: ['dpv:DirectMarketing'],
    bases: ['consent'],
    subjects: ['dpv:Customer'],
    data: ['pd:Name', 'pd:EmailAddress', 'pd:TelephoneNumber'],
    recipients: ['marketing-processor'],
    erasure: {
      base: 'until',
      events: ['consent-withdrawn'],
      atMost: { after: 'P1Y', event: 'relationship-ended' },
    },
    note: {
      nb: 'Opplysninger som bare loven krever lagret, skal ikke brukes til dette.',
      en: 'Data kept only because the law says so must not be used for this.',
    },
  },
]);
