import type { Activity } from '../activity.ts';
import { libraryRows } from './row.ts';

export const METERING_BILLING: readonly Activity[] = libraryRows('metering-billing', [
  {
    line: 68,
    name: {
      nb: 'Måleravlesning',
      sv: 'Mätaravläsning',
      da: 'Måleraflæsning',
      fi: 'Mittarinluenta',
      en: 'Meter reading',
    },
    summary: {
      nb: 'Hente, kontrollere og sende inn måleverdier.',
      en: 'Collect, check and submit meter values.',
    },
    purposes: ['dpv:FulfilmentOfContractualObligation', 'dpv:LegalCompliance'],
    bases: ['legal-obligation', 'contract'],
    subjects: ['dpv:Customer', 'dpv:Consumer'],
    data: ['pd:UID', 'pd:Identifier', 'pd:ServiceConsumptionBehavior'],
    recipients: ['elhub', 'power-supplier', 'third-party-with-grant'],
    erasure: { base: 'age', of: 'value-time', after: 'P3Y' },
    note: {
      nb: 'Tre år, eller ti om kunden selv har bestilt det (som i Elhub).',
      en: 'Three years, or ten where the customer ordered it (as in Elhub).',
    },
  },
  {
    line: 69,
    name: {
      nb: 'Fakturering av kunde',
      sv: 'Fakturering av kund',
      da: 'Fakturering af kunde',
      fi: 'Asiakkaan laskutus',
      en: 'Invoicing of customers',
    },
    summary: {
      nb: 'Beregne, sende og bokføre fakturaer.',
      en: 'Calculate, send and book invoices.',
    },
    purposes: ['dpv:PaymentManagement'],
    bases: ['contract', 'legal-obligation'],
    subjects: ['dpv:Customer'],
    data: [
      'pd:Name',
      'pd:PhysicalAddress',
      'pd:AccountIdentifier',
      'pd:ServiceConsumptionBehavior',
      'pd:Transaction',
    ],
    recipients: ['invoice-distributor', 'bank', 'accounting-processor'],
    erasure: { base: 'after', event: 'fiscal-year-end', after: 'P5Y' },
    note: {
      nb: 'Regnskapsloven setter minstetiden, og den er nasjonal: kontroller for landet.',
      en: 'Accounting law sets the least period, and it is national: check it for the country.',
    },
  },
  {
    line: 70,
    name: {
      nb: 'Innfordring',
      sv: 'Inkasso',
      da: 'Inkasso',
      fi: 'Perintä',
      en: 'Debt collection',
    },
    summary: {
      nb: 'Purre, inngå nedbetalingsavtaler og inndrive utestående beløp.',
      en: 'Remind, agree on instalments, and recover outstanding amounts.',
    },
    purposes: ['dpv:CustomerClaimsManagement'],
    bases: ['contract', 'legal-obligation', 'legitimate-interest'],
    subjects: ['dpv:Customer'],
    data: ['pd:Name', 'pd:PhysicalAddress', 'pd:OfficialID', 'pd:Credit', 'pd:Transaction'],
    recipients: ['debt-collector', 'courts-enforcement'],
    erasure: { base: 'after', event: 'claim-settled', after: 'P3Y' },
  },
  {
    line: 71,
    name: {
      nb: 'Kompensasjon for strømbrudd',
      sv: 'Ersättning för elavbrott',
      da: 'Kompensation for strømafbrydelse',
      fi: 'Korvaus sähkökatkosta',
      en: 'Compensation for power outages',
    },
    summary: {
      nb: 'Beregne og utbetale det kunden har krav på etter et langt avbrudd.',
      en: 'Calculate and pay what a customer is due after a long outage.',
    },
    purposes: ['dpv:LegalCompliance', 'dpv:CustomerClaimsManagement'],
    bases: ['legal-obligation'],
    subjects: ['dpv:Customer'],
    data: ['pd:Name', 'pd:BankAccount', 'pd:UID', 'pd:Transaction'],
    recipients: ['bank'],
    erasure: { base: 'after', event: 'fiscal-year-end', after: 'P5Y' },
  },
]);
