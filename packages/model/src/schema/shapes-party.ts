import type { Contract } from '../contract.ts';
import type { ConsentGrant, GrantState } from '../grant.ts';
import type { Issue } from '../issue.ts';
import type { Party } from '../party.ts';
import type { LegalBasis, ProcessingActivity, ThirdCountryTransfer } from '../processing.ts';
import type { PartyRole, Role } from '../role.ts';
import {
  choice,
  flag,
  integer,
  list,
  object,
  optional,
  record,
  type Shape,
  text,
} from './shape.ts';
import {
  eic,
  gln,
  granularity,
  identifier,
  meteringPointId,
  openInterval,
  partyId,
  sourceCode,
} from './shapes-identifier.ts';

const term = text({ maxLength: 200, pattern: '^[^\\p{C}\\p{Z}]+$' });
const terms = list(term, { maxItems: 1000 });
const sentence = text({ maxLength: 10_000 });

const STATES: readonly GrantState[] = [
  'draft',
  'requested',
  'lapsed-request',
  'refused',
  'active',
  'expired',
  'exhausted',
  'withdrawn',
  'terminated',
  'invalidated',
  'winding-down',
];

export const party: Shape<Party> = object<Party>(
  {
    name: 'party',
    description: 'Someone who asks for, gives, or handles data; without national identity numbers',
  },
  {
    id: partyId,
    kind: choice(['person', 'organization', 'system']),
    name: optional(text({ maxLength: 500 })),
    gln: optional(gln),
    eic: optional(eic),
    organizationNumber: optional(identifier),
  },
);

export const partyRole: Shape<PartyRole> = object<PartyRole>(
  { name: 'party-role', description: 'That a party plays a role, where and for how long' },
  {
    party: partyId,
    role: text<Role>({ maxLength: 80, pattern: '^[a-z][a-z0-9-]*$' }),
    towards: optional(partyId),
    meteringPoints: optional(list(meteringPointId, { maxItems: 1_000_000 })),
    valid: openInterval,
  },
);

export const contract: Shape<Contract> = object<Contract>(
  { name: 'contract', description: 'An agreement between a customer and a company' },
  {
    id: identifier,
    kind: choice(['supply', 'grid', 'heat', 'cooling', 'water', 'gas', 'service']),
    customer: partyId,
    provider: partyId,
    meteringPoints: list(meteringPointId, { maxItems: 1_000_000 }),
    valid: openInterval,
    pricing: optional(choice(['fixed', 'variable', 'spot'])),
    prices: optional(list(identifier, { maxItems: 1000 })),
  },
);

export const consentGrant: Shape<ConsentGrant> = object<ConsentGrant>(
  {
    name: 'consent-grant',
    description: 'What a data subject, or someone on their behalf, allows a party to have',
  },
  {
    id: identifier,
    from: partyId,
    to: partyId,
    by: optional(partyId),
    what: terms,
    purposes: terms,
    finest: granularity,
    meteringPoints: list(meteringPointId, { maxItems: 1_000_000 }),
    span: openInterval,
    valid: openInterval,
    state: choice(STATES),
    external: optional(
      object<NonNullable<ConsentGrant['external']>>(
        {},
        { system: identifier, id: identifier, state: optional(sourceCode) },
      ),
    ),
  },
);

const legalBasis: Shape<LegalBasis> = object<LegalBasis>(
  { name: 'legal-basis', description: 'One legal basis of GDPR Article 6(1)' },
  {
    basis: choice([
      'consent',
      'contract',
      'legal-obligation',
      'vital-interest',
      'public-task',
      'legitimate-interest',
    ]),
    reference: optional(sentence),
  },
);

const transfer: Shape<ThirdCountryTransfer> = object<ThirdCountryTransfer>(
  { name: 'third-country-transfer', description: 'A transfer out of the EEA and its safeguard' },
  {
    country: text({ maxLength: 2, pattern: '^[A-Z]{2}$' }),
    recipient: optional(sentence),
    safeguard: sentence,
  },
);

export const processingActivity: Shape<ProcessingActivity> = object<ProcessingActivity>(
  {
    name: 'processing-activity',
    description: 'One entry of the record of processing activities (GDPR Article 30(1))',
  },
  {
    id: identifier,
    label: record(sentence, 100),
    status: choice(['proposed', 'adopted', 'ended']),
    controllers: list(
      object<ProcessingActivity['controllers'][number]>(
        {},
        {
          name: sentence,
          role: choice(['controller', 'joint-controller', 'representative', 'dpo']),
          contact: optional(sentence),
        },
      ),
      { maxItems: 100 },
    ),
    purposes: terms,
    legalBases: list(legalBasis, { maxItems: 100 }),
    dataSubjects: terms,
    dataCategories: terms,
    special: flag('True when special categories (Article 9) are among the data'),
    recipients: list(sentence, { maxItems: 1000 }),
    transfers: list(transfer, { maxItems: 300 }),
    retention: sentence,
    measures: list(sentence, { maxItems: 1000 }),
    note: optional(sentence),
  },
);

export const issue: Shape<Issue> = object<Issue>(
  { name: 'issue', description: 'A fault in data, as data' },
  {
    code: text({ maxLength: 80, pattern: '^[a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*$' }),
    severity: choice(['error', 'warning', 'info']),
    message: sentence,
    pointer: optional(text({ maxLength: 10_000, pattern: '^(?:/(?:[^~/]|~[01])*)*$' })),
    line: optional(integer(1, Number.MAX_SAFE_INTEGER)),
  },
);
