import type { Activity } from '../activity.ts';
import { libraryRows } from './row.ts';

export const COMMERCIAL: readonly Activity[] = libraryRows('commercial', [
  {
    line: 115,
    name: {
      nb: 'Krafthandel',
      sv: 'Elhandel',
      da: 'Elhandel',
      fi: 'Sähkökauppa',
      en: 'Power trading',
    },
    summary: {
      nb: 'Kjøpe inn kraft for kundene og gjøre opp for forbruket.',
      en: 'Buy power for the customers and settle their consumption.',
    },
    purposes: ['dpv:FulfilmentOfContractualObligation', 'dpv:SellProducts'],
    bases: ['contract', 'legal-obligation'],
    subjects: ['dpv:Customer'],
    data: ['pd:Name', 'pd:UID', 'pd:ServiceConsumptionBehavior', 'pd:Transaction'],
    recipients: ['power-exchange', 'elhub'],
    erasure: { base: 'after', event: 'fiscal-year-end', after: 'P5Y' },
    note: {
      nb: 'Nøytralitet: nettselskapets opplysninger skal ikke gi eget salg fordeler.',
      en: 'Neutrality: data of the grid company must not favour own trading.',
    },
  },
  {
    line: 116,
    name: {
      nb: 'Utbygging av bredbånd',
      sv: 'Utbyggnad av bredband',
      da: 'Udbygning af bredbånd',
      fi: 'Laajakaistan rakentaminen',
      en: 'Building broadband',
    },
    summary: {
      nb: 'Ta imot bestillinger og bygge linjen fram til huset.',
      en: 'Receive orders and build the line to the house.',
    },
    purposes: ['dpv:RequestedServiceProvision'],
    bases: ['contract', 'legitimate-interest'],
    subjects: ['dpv:Customer', 'dpv:Applicant'],
    data: ['pd:Name', 'pd:PhysicalAddress', 'pd:TelephoneNumber', 'pd:EmailAddress'],
    recipients: ['contractor'],
    erasure: { base: 'while', state: 'broadband-customer', after: 'P1Y' },
  },
  {
    line: 117,
    name: {
      nb: 'Drift av bredbånd',
      sv: 'Drift av bredband',
      da: 'Drift af bredbånd',
      fi: 'Laajakaistan käyttö ja ylläpito',
      en: 'Operating broadband',
    },
    summary: {
      nb: 'Levere linjen, rette feil og verne nettet mot misbruk.',
      en: 'Provide the line, repair faults, and protect the network from misuse.',
    },
    purposes: ['dpv:ServiceProvision', 'dpv:EnforceSecurity'],
    bases: ['contract', 'legal-obligation'],
    subjects: ['dpv:Customer', 'dpv:Subscriber'],
    data: [
      'pd:Name',
      'pd:PhysicalAddress',
      'pd:IPAddress',
      'pd:MACAddress',
      'pd:CommunicationsMetadata',
    ],
    recipients: ['network-processor'],
    erasure: { base: 'age', of: 'event-time', after: 'P21D' },
    note: {
      nb: 'Trafikkdata følger ekomloven.',
      en: 'Traffic data follow the law on electronic communications.',
    },
  },
  {
    line: 118,
    name: {
      nb: 'Markedsføring til nye kraftkunder',
      sv: 'Marknadsföring till nya elkunder',
      da: 'Markedsføring til nye elkunder',
      fi: 'Markkinointi uusille sähköasiakkaille',
      en: 'Marketing to new power customers',
    },
    summary: {
      nb: 'Tilby kraftavtale til personer som kjøper strøm av andre.',
      en: 'Offer a power agreement to persons who buy from others.',
    },
    purposes: ['dpv:DirectMarketing'],
    bases: ['consent'],
    subjects: ['dpv:DataSubject'],
    data: ['pd:Name', 'pd:PhysicalAddress', 'pd:EmailAddress', 'pd:TelephoneNumber'],
    recipients: ['marketing-processor'],
    erasure: {
      base: 'until',
      events: ['consent-withdrawn', 'objection'],
      atMost: { after: 'P2Y' },
    },
    note: {
      nb: 'Bruk av bredbånds- eller nettdata til kraftsalg krever eget grunnlag.',
      en: 'To use broadband or grid data for power sales needs a basis of its own.',
    },
  },
]);
