import type { Policy } from '../types/index.ts';
import { ALBERTSLUND_DATA } from './albertslund-data.ts';
import { ALBERTSLUND_SYSTEMS } from './albertslund-systems.ts';
import { ALBERTSLUND_VOCABULARY } from './albertslund-vocabulary.ts';
import { GDPR, lines } from './document.ts';

/**
 * A Danish district-heating utility, in our words: eight systems, the flows between them, and where civil registration numbers
 * may be and may not. `systems` and `flows` feed the data-flow check, which proves that no identity number reaches a metering
 * system. The document states no period of retention, and lint says so; legal bases are proposed. Not legal advice.
 *
 * Parameter: `threshold.red` (heat use from which a letter may be sent).
 */
export const albertslund: Policy = {
  id: 'albertslund',
  version: '1',
  validFrom: '2019-01-01',
  tz: 'Europe/Copenhagen',
  vocab: ALBERTSLUND_VOCABULARY,
  parameters: {
    'threshold.red': {
      type: 'number',
      label: { da: 'Varmeforbrug, der udløser et brev', en: 'Heat use that calls for a letter' },
      status: 'proposed',
    },
  },
  facts: {
    'dwelling.taoScheme': {
      type: 'boolean',
      label: { en: 'Whether the home is in the TAO scheme' },
    },
    'processor.agreement': { type: 'period', label: { en: 'When the processor agreement holds' } },
    'processor.agreement.scope': { type: 'text', label: { en: 'Whom the agreement is made for' } },
    'recipient.eboksExempt': { type: 'boolean', label: { en: 'Whether exempt from e-Boks' } },
    'resource.key': { type: 'text', label: { en: 'What the record is keyed by' } },
    'resource.kind': { type: 'text', label: { en: 'Kind of document that the data stand in' } },
    'subject.heatUse': { type: 'number', label: { en: 'Heat use of the household' } },
  },
  cites: {
    ...GDPR,
    ...lines(
      'alb',
      'Behandling af data (Albertslund Forsyning)',
      'da',
      [11, 13, 17, 19, 21, 25, 27, 29, 33, 37, 41, 43, 47],
    ),
  },
  rules: [...ALBERTSLUND_DATA, ...ALBERTSLUND_SYSTEMS],
  activities: [
    {
      id: 'albertslund.heat-supply',
      purposes: [
        'heat-supply',
        'optimise-consumption',
        'efficient-operation',
        'advice',
        'billing',
        'communication',
        'payout-nemkonto',
        'collect-arrears',
        'energy-saving-campaign',
        'outage-warning',
        'maintenance-warning',
        'payout-energy-saving-subsidy',
      ],
      basis: ['public-task'],
      rules: [
        'alb.14.fof-register',
        'alb.15.fof-no-cpr.tao-name',
        'alb.16.by-address',
        'alb.17.tao-photos',
        'alb.18.tao-contract',
        'alb.20.energykey-daily',
        'alb.26.alarm-who-sees',
        'alb.27.giv-et-praj',
        'alb.31.dpa-sbsys',
      ],
      status: 'proposed',
    },
    {
      id: 'albertslund.self-registration',
      purposes: [],
      basis: ['consent'],
      rules: ['alb.25.alarm-self'],
      status: 'proposed',
    },
  ],
  systems: [
    {
      id: 'kmd-easy-energy',
      supplier: 'KMD',
      role: 'billing and settlement',
      holds: ['name', 'address', 'cpr', 'meter-data', 'invoice'],
      agreement: 'signed',
      country: 'DK',
    },
    {
      id: 'fof',
      supplier: 'DFF-EDB',
      role: 'meter register',
      holds: ['meter-data', 'address', 'installation-photo', 'tao-agreement'],
      never: ['cpr'],
      agreement: 'signed',
      country: 'DK',
    },
    {
      id: 'energykey',
      supplier: 'KMD',
      role: 'advice and optimisation of operation',
      holds: ['meter-data'],
      never: ['name', 'cpr'],
      agreement: 'signed',
      country: 'DK',
    },
    {
      id: 'beredskabsalarm',
      supplier: 'Blue Idea',
      role: 'warnings by SMS and e-mail',
      holds: ['phone', 'email', 'recipient-log'],
      agreement: 'signed',
      country: 'DK',
    },
    {
      id: 'giv-et-praj',
      supplier: 'Sweco',
      role: 'reports of problems',
      holds: ['problem-report'],
      agreement: 'signed',
      country: 'DK',
    },
    {
      id: 'sbsys',
      supplier: 'association of public bodies',
      role: 'case handling',
      holds: ['arrears-case', 'subsidy-case'],
      agreement: 'parent',
      country: 'DK',
    },
    // Whether these two are among "the mentioned suppliers" with agreements, the document leaves open: lint asks.
    {
      id: 'e-boks',
      supplier: 'e-Boks',
      role: 'digital post',
      holds: ['message', 'cpr'],
      agreement: 'missing',
      country: 'DK',
    },
    {
      id: 'nemkonto',
      supplier: 'NemKonto',
      role: 'payouts',
      holds: ['cpr', 'amount'],
      agreement: 'missing',
      country: 'DK',
    },
    { id: 'gsm-meter', role: 'heat meter', holds: ['meter-data'], agreement: 'own', country: 'DK' },
  ],
  flows: [
    { from: 'gsm-meter', to: 'energykey', what: ['meter-data'], every: 'P1D' },
    { from: 'fof', to: 'kmd-easy-energy', what: ['meter-data'], for: ['billing'] },
    { from: 'kmd-easy-energy', to: 'e-boks', what: ['cpr', 'invoice', 'message'] },
    { from: 'kmd-easy-energy', to: 'post', what: ['name', 'address', 'invoice', 'message'] },
    { from: 'kmd-easy-energy', to: 'nemkonto', what: ['cpr', 'amount'] },
  ],
};
