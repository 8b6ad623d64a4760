import type { Policy } from '../types/index.ts';
import { GDPR, lines } from './document.ts';
import { ELHUB_ACCESS } from './elhub-access.ts';
import { ELHUB_DATA, ELHUB_ITEMS } from './elhub-items.ts';
import { ELHUB_RETENTION } from './elhub-retention.ts';
import { ELHUB_RIGHTS, ELHUB_SAFETY } from './elhub-safety.ts';

export type { ElhubItem } from './elhub-items.ts';
export { ELHUB_ITEMS } from './elhub-items.ts';

/**
 * The Norwegian datahub's privacy statement, in our words: 25 rules, 21 items with source, purpose and period, and the four traces
 * of the web portal, for which the document states no period: the end of their purpose erases them. 11 of the items have no period of their own in the
 * document and are read as sharing the one above (`ELHUB_ITEMS`, `inferred`). Legal bases are proposed. Not legal advice.
 */
export const elhub: Policy = {
  id: 'elhub',
  version: '1',
  validFrom: '2019-02-18',
  tz: 'Europe/Oslo',
  vocab: {
    who: {
      elhub: {},
      'elhub.employee': {},
      'data-subject': {},
      'external-party': {},
      'grid-company': { is: ['external-party'], label: { nb: 'nettselskap', en: 'grid company' } },
      'power-supplier': {
        is: ['external-party'],
        label: { nb: 'kraftleverandør', en: 'power supplier' },
      },
      'third-party': { is: ['external-party'], label: { nb: 'tredjepart', en: 'third party' } },
      'it-supplier': {},
      'it-supplier.operator': { is: ['it-supplier'] },
    },
    do: {
      read: { dpv: 'dpv:Consult' },
      use: { dpv: 'dpv:Use' },
      disclose: { dpv: 'dpv:Disclose' },
      store: { dpv: 'dpv:Store' },
      process: {},
      access: { dpv: 'dpv:Access' },
      exchange: {},
    },
    what: ELHUB_DATA,
    for: {
      'identity-linking': { dpv: 'dpv:IdentityVerification' },
      billing: { dpv: 'dpv:PaymentManagement' },
      'secure-identification': { dpv: 'dpv:IdentityVerification' },
      'contact-exchange': { dpv: 'dpv:CustomerManagement' },
      'consumer-verification': { dpv: 'dpv:Verification' },
      verification: { dpv: 'dpv:Verification' },
      'outage-information': { dpv: 'dpv:CommunicationForCustomerCare' },
      settlement: { dpv: 'dpv:FulfilmentOfContractualObligation' },
      'supplier-switch': { dpv: 'dpv:FulfilmentOfContractualObligation' },
      'meter-reading': { dpv: 'dpv:LegalCompliance' },
      'access-control': { dpv: 'dpv:EnforceAccessControl' },
      'self-service-display': { dpv: 'dpv:OptimiseUserInterface' },
      'delegated-access': { dpv: 'dpv:EnforceAccessControl' },
      'prosumer-sale': { dpv: 'dpv:FulfilmentOfContractualObligation' },
      'correction-settlement': { dpv: 'dpv:FulfilmentOfContractualObligation' },
      'web-statistics': { dpv: 'dpv:ServiceUsageAnalytics' },
      security: { dpv: 'dpv:EnforceSecurity' },
      'identify-person': {},
      operation: { dpv: 'dpv:TechnicalServiceProvision' },
      support: { dpv: 'dpv:TechnicalServiceProvision' },
      maintenance: { dpv: 'dpv:TechnicalServiceProvision' },
      'energy-service': { dpv: 'dpv:RequestedServiceProvision' },
      marketing: { dpv: 'dpv:Marketing' },
      analytics: {},
    },
    in: { elhub: {}, 'elhub.market-process': { is: ['elhub'] }, 'elhub.web': { is: ['elhub'] } },
  },
  facts: {
    'actor.dutyNeed': {
      type: 'boolean',
      label: { en: "Whether the employee's task needs the data" },
    },
    'actor.elhubAgreement': {
      type: 'period',
      label: { en: 'When the agreement with Elhub holds' },
    },
    'actor.excluded': { type: 'boolean', label: { en: 'Whether the company is excluded' } },
    'actor.gridArea': { type: 'text', label: { en: 'Grid area of the company' } },
    'actor.lawfulAccess': {
      type: 'boolean',
      label: { en: 'Whether the party has a right of access' },
    },
    'actor.licenceNVE': { type: 'boolean', label: { en: 'Whether the supplier is licensed' } },
    'channel.certificate': {
      type: 'boolean',
      label: { en: 'Whether a certificate protects the channel' },
    },
    'channel.encrypted': { type: 'boolean', label: { en: 'Whether the channel is encrypted' } },
    'contract.power': { type: 'period', label: { en: 'When the power agreement runs' } },
    'item.purposes': { type: 'terms', label: { en: 'What the item was obtained for' } },
    'legal.basis': { type: 'text', label: { en: 'Another basis in law: statutory-exemption …' } },
    'process.needsIdentity': {
      type: 'boolean',
      label: { en: 'Whether the process needs to know who' },
    },
    'processor.agreement': { type: 'period', label: { en: 'When the processor agreement holds' } },
    'request.claim': {
      type: 'text',
      label: { en: 'incorrect where the data are said to be wrong' },
    },
    'resource.gridArea': { type: 'text', label: { en: 'Grid area of the metering point' } },
    'storage.country': { type: 'text', label: { en: 'Country of storage, ISO 3166-1' } },
    'storage.dedicated': { type: 'boolean', label: { en: 'Whether only Elhub uses the servers' } },
    'storage.encrypted': { type: 'boolean', label: { en: 'Whether the storage is encrypted' } },
    'storage.shared': { type: 'boolean', label: { en: 'Whether it is a shared service' } },
    'transfer.safeguard': { type: 'text', label: { en: 'scc, adequacy or bcr while it holds' } },
  },
  cites: {
    ...GDPR,
    ...lines('elh', 'Elhubs personvernerklæring', 'nb', [
      29,
      31,
      33,
      35,
      37,
      82,
      84,
      86,
      88,
      93,
      95,
      97,
      102,
      104,
      116,
      ...ELHUB_ITEMS.map(({ line }) => line),
    ]),
    'NO:FOR-301': { title: 'Forskrift 11. mars 1999 nr. 301 om kraftomsetning og nettjenester' },
    'NO:popplyl-2000-18': {
      title: 'Personopplysningsloven 2000 § 18 (replaced by the Act of 2018 and GDPR)',
    },
  },
  rules: [...ELHUB_ACCESS, ...ELHUB_SAFETY, ...ELHUB_RIGHTS, ...ELHUB_RETENTION],
  activities: [
    {
      id: 'elhub.datahub',
      purposes: [
        'identity-linking',
        'billing',
        'secure-identification',
        'contact-exchange',
        'consumer-verification',
        'verification',
        'outage-information',
        'settlement',
        'supplier-switch',
        'meter-reading',
        'access-control',
        'prosumer-sale',
        'correction-settlement',
        'operation',
        'support',
        'maintenance',
      ],
      // The market rules ask for the datahub by law.
      basis: ['legal-obligation'],
      rules: [
        'elh.03.duty-need',
        'elh.08.grid-area',
        'elh.09.supplier-contract',
        'elh.13.norway-only.store',
        'elh.16.encrypted-exchange.exchange',
      ],
      status: 'proposed',
    },
    {
      id: 'elhub.portal',
      purposes: ['self-service-display', 'delegated-access', 'web-statistics', 'security'],
      basis: ['legitimate-interest'],
      status: 'proposed',
    },
  ],
};
