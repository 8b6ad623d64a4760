import type { Policy } from '../types/index.ts';
import { GDPR, lines } from './document.ts';
import { KARLEBY_KEEPING } from './karleby-keeping.ts';
import { KARLEBY_PORTAL } from './karleby-portal.ts';
import { KARLEBY_SAFETY } from './karleby-safety.ts';

/**
 * A Finnish utility's customer portal, in our words: own consumption, spot price, netting, and about ten years of keeping by law.
 * The document's period is approximate and partial, and so are the rules (`approximate`, `customer-data.statutory`); legal bases
 * are proposed. Not legal advice.
 */
export const karleby: Policy = {
  id: 'karleby',
  version: '1',
  validFrom: '2023-06-15',
  tz: 'Europe/Helsinki',
  vocab: {
    who: {
      'karleby-energi': {},
      customer: { label: { sv: 'kund', fi: 'asiakas', en: 'customer' } },
      partner: {},
      auditor: {},
      'official-source': {},
      'data-protection-ombudsman': {},
      'cyber-security-centre': {},
    },
    do: {
      read: { dpv: 'dpv:Consult' },
      use: { dpv: 'dpv:Use' },
      store: { dpv: 'dpv:Store' },
      rectify: { dpv: 'dpv:Modify' },
      audit: {},
      assist: {},
      receive: {},
    },
    what: {
      'customer-data': {},
      'customer-data.statutory': { is: ['customer-data'] },
      'accounting-material': { is: ['customer-data.statutory'] },
      'electricity-market-material': { is: ['customer-data.statutory'] },
      invoice: { is: ['accounting-material'], dpv: 'pd:Transaction' },
      'contact-details': { is: ['customer-data'], dpv: 'pd:Contact' },
      phone: { is: ['contact-details'], identifier: 'direct', dpv: 'pd:TelephoneNumber' },
      email: { is: ['contact-details'], identifier: 'direct', dpv: 'pd:EmailAddress' },
      'postal-address': {
        is: ['contact-details'],
        identifier: 'direct',
        dpv: 'pd:PhysicalAddress',
      },
      identity: { is: ['customer-data'], identifier: 'direct', dpv: 'pd:OfficialID' },
      consumption: { is: ['customer-data'], dpv: 'pd:ServiceConsumptionBehavior' },
      'consumption.realtime': { is: ['consumption'] },
      'consumption.history': { is: ['consumption'] },
      'micro-production': { is: ['customer-data'] },
      netting: { is: ['customer-data'] },
      'spot-price': { personal: false },
      'decision-log': {},
      'processing-record': { personal: false },
      'incident-information': {},
    },
    for: {
      'self-service': { dpv: 'dpv:ServiceProvision' },
      'customer-communication': { dpv: 'dpv:CommunicationForCustomerCare' },
      'identify-customer': { dpv: 'dpv:IdentityVerification' },
      'conclude-contract': { dpv: 'dpv:EstablishContractualAgreement' },
      'statutory-retention': { dpv: 'dpv:LegalCompliance' },
      'customer-relationship': { dpv: 'dpv:CustomerManagement' },
      marketing: { dpv: 'dpv:Marketing' },
    },
    in: {
      kompassen: {},
      'customer-information-system': {},
      'own-server-room': {},
      'partner-server-room': {},
    },
  },
  facts: {
    'breach.risk': { type: 'text', label: { en: 'high, some or unlikely' } },
    'incident.open': { type: 'boolean', label: { en: 'Whether a security incident is open' } },
    'processor.agreement': { type: 'period', label: { en: "When the partner's agreement holds" } },
    'resource.customer': { type: 'text', label: { en: 'Customer that the data are of' } },
  },
  cites: {
    ...GDPR,
    ...lines(
      'kar',
      'Kompassen förnyas (Karleby Energi, 15.06.2023)',
      'sv',
      [7, 9, 15, 16, 18, 20, 22],
    ),
    'FI:dataskyddslagen': { title: 'Dataskyddslag 1050/2018 (Finland)' },
    'FI:bokföringslagen': { title: 'Bokföringslag 1336/1997 (Finland)' },
    'FI:elmarknadslagen': { title: 'Elmarknadslag 588/2013 (Finland)' },
  },
  rules: [...KARLEBY_PORTAL, ...KARLEBY_KEEPING, ...KARLEBY_SAFETY],
  activities: [
    {
      id: 'karleby.customer-portal',
      purposes: [
        'self-service',
        'customer-communication',
        'identify-customer',
        'conclude-contract',
      ],
      basis: ['contract'],
      rules: [
        'kar.03.micro-production',
        'kar.04.start-page',
        'kar.08.update-in-portal',
        'kar.11.primary-system',
        'kar.15.where-stored',
        'kar.15.where-stored.own',
      ],
      status: 'proposed',
    },
    {
      id: 'karleby.accountability',
      purposes: ['statutory-retention'],
      basis: ['legal-obligation'],
      rules: ['kar.17.audits', 'kar.21.ncsc'],
      status: 'proposed',
    },
  ],
};
