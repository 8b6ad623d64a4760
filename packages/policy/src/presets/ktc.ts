import type { Policy } from '../types/index.ts';
import { GDPR, lines } from './document.ts';
import { KTC_ACCESS } from './ktc-access.ts';
import { KTC_KEEPING } from './ktc-keeping.ts';
import { KTC_VOCABULARY } from './ktc-vocabulary.ts';

/**
 * The data principles of a Swedish metering company, in our words: households known by apartment number, hours that become days
 * and months, third parties such as a television provider, and who may see what. Where the document only forbids, the permit
 * that it takes for granted is a rule of its own, marked `inferred`; legal bases are proposed. Not legal advice.
 *
 * A tenant's rights end with the tenancy (`tenancy: 'required'`): ask about an `object`, the apartment, whose holders are recorded.
 *
 * Parameters: `service.hourlyFor`, `service.dailyFor`, `service.historyFor` (how long a service keeps what; the document names
 * no periods). Facts that the host gives: see `facts`.
 */
export const ktc: Policy = {
  id: 'ktc',
  version: '1',
  validFrom: '2024-01-01',
  tz: 'Europe/Stockholm',
  // The apartment number stays when the household moves: no right to it without the time of the tenancy.
  tenancy: 'required',
  vocab: KTC_VOCABULARY,
  parameters: {
    'service.hourlyFor': {
      type: 'duration',
      label: { sv: 'Hur länge timvärden finns', en: 'How long hourly values are kept' },
      status: 'proposed',
    },
    'service.dailyFor': {
      type: 'duration',
      label: { sv: 'Hur länge dygnsvärden finns', en: 'How long daily values are kept' },
      status: 'proposed',
    },
    'service.historyFor': {
      type: 'duration',
      label: { sv: 'Hur länge historik finns', en: 'How long history is kept' },
      status: 'proposed',
    },
  },
  facts: {
    'actor.household': { type: 'text', label: { en: 'Household that the actor belongs to' } },
    'legal.basis': { type: 'text', label: { en: 'statutory-duty or court-order' } },
    'legal.order': {
      type: 'object',
      label: { en: 'Order of a court or authority, and its scope' },
    },
    'partner.contracted': { type: 'boolean', label: { en: 'Whether the partner has a contract' } },
    'recipient.securityCommitment': {
      type: 'text',
      label: { en: 'same-level where the recipient has undertaken the same protection' },
    },
    'resource.household': { type: 'text', label: { en: 'Household that the data are of' } },
    'resource.account-owner': { type: 'text', label: { en: 'Owner of the presentation account' } },
    'resource.identifiesHousehold': {
      type: 'boolean',
      label: { en: 'Whether the data point out a household in any way' },
    },
    'resource.linkableToHousehold': {
      type: 'boolean',
      label: { en: 'Whether the data can be linked to one household' },
    },
    'service.active': { type: 'boolean', label: { en: 'Whether the service is running' } },
  },
  cites: {
    ...GDPR,
    ...lines(
      'ktc',
      'Data- och integritetspolicy, Weevio AMR (KTC)',
      'sv',
      [7, 9, 13, 17, 19, 21, 25, 27, 31, 33, 37, 39, 43],
    ),
  },
  rules: [...KTC_ACCESS, ...KTC_KEEPING],
  activities: [
    {
      id: 'ktc.energy-presentation',
      purposes: ['energy-insight', 'login-as'],
      basis: ['contract'],
      rules: [
        'ktc.02.never-personal-data.apartment-number',
        'ktc.09.authorised-staff-only.view',
        'ktc.10.ops-limited.read',
        'ktc.11.no-login-without-permission.task',
      ],
      status: 'proposed',
    },
    {
      id: 'ktc.research',
      purposes: ['research'],
      basis: ['legitimate-interest'],
      status: 'proposed',
    },
  ],
};
