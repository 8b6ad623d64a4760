import type { Statement } from './case.ts';
import { UTILITY, BILLING, store, AGREEMENT } from './albertslund-questions.ts';

/** What the other systems of the utility may hold and show, and what their processors may do. */
export const ALBERTSLUND_SYSTEMS_CASES: readonly Statement[] = [
  {
    id: 'alb.13.red-consumers',
    says: 'a household above the threshold may get a letter, one below may not, and the list does not leave',
    answers: [
      ...[35_000, 30_000].map((use) => ({
        ask: {
          as: UTILITY,
          do: 'profile',
          what: ['heat-consumption', 'cpr'],
          for: 'energy-saving-campaign',
          facts: { 'subject.heatUse': use },
        },
        is: use > 30_000 ? ('permit' as const) : ('deny' as const),
        by: 'alb.13.red-consumers',
      })),
      {
        ask: {
          as: UTILITY,
          do: 'transfer',
          what: 'heat-consumption',
          for: 'energy-saving-campaign',
          facts: { 'subject.heatUse': 35_000 },
        },
        is: 'deny',
      },
    ],
  },
  {
    id: 'alb.14.fof-register',
    says: 'meter data are stored in FOF',
    answers: [
      { ask: store('meter-data', 'fof'), is: 'permit', by: 'alb.14.fof-register' },
      { ask: store('meter-data', 'sbsys'), is: 'deny' },
    ],
  },
  {
    id: 'alb.15.fof-no-cpr',
    says: 'never a number in FOF; a name only inside the copy of a TAO agreement',
    answers: [
      { ask: store('cpr', 'fof'), is: 'deny', by: 'alb.15.fof-no-cpr' },
      {
        ask: store('cpr', 'fof', { 'resource.kind': 'tao-agreement' }),
        is: 'deny',
        by: 'alb.15.fof-no-cpr',
      },
      { ask: store('name', 'fof'), is: 'deny', by: 'alb.15.fof-no-cpr' },
      { ask: store('name', 'fof', { 'resource.kind': 'tao-agreement' }), is: 'permit' },
    ],
  },
  {
    id: 'alb.16.by-address',
    says: 'a meter record in FOF is keyed by address, not by person',
    answers: ['address', 'cpr'].map((key) => ({
      ask: { ...store('meter-data', 'fof', { 'resource.key': key }), do: 'link' },
      is: key === 'address' ? ('permit' as const) : ('deny' as const),
      by: 'alb.16.by-address',
    })),
  },
  {
    id: 'alb.17.tao-photos',
    says: 'no photo of a home outside the TAO scheme',
    answers: [true, false].map((tao) => ({
      ask: store('installation-photo', 'fof', { 'dwelling.taoScheme': tao }),
      is: tao ? ('permit' as const) : ('deny' as const),
      by: 'alb.17.tao-photos',
    })),
  },
  {
    id: 'alb.18.tao-contract',
    says: 'the copy of a TAO agreement is in FOF',
    answers: [
      {
        ask: store('tao-agreement', 'fof', { 'dwelling.taoScheme': true }),
        is: 'permit',
        by: 'alb.18.tao-contract',
      },
      { ask: store('tao-agreement', 'energykey', { 'dwelling.taoScheme': true }), is: 'deny' },
    ],
  },
  {
    id: 'alb.19.fof-to-ee',
    says: 'meter data flow from FOF to billing, numbers do not flow back',
    answers: [
      {
        ask: {
          as: UTILITY,
          do: 'transfer',
          what: 'meter-data',
          for: 'billing',
          flow: ['fof', 'kmd-easy-energy'],
        },
        is: 'permit',
        by: 'alb.19.fof-to-ee',
      },
      {
        ask: {
          as: UTILITY,
          do: 'transfer',
          what: 'cpr',
          for: 'billing',
          flow: ['kmd-easy-energy', 'fof'],
        },
        is: 'deny',
      },
    ],
  },
  {
    id: 'alb.20.energykey-daily',
    says: 'the meters send to EnergyKey every day',
    answers: [
      {
        ask: { as: UTILITY, do: 'transfer', what: 'meter-data', flow: ['gsm-meter', 'energykey'] },
        is: 'permit',
        by: 'alb.20.energykey-daily',
      },
      {
        ask: { as: UTILITY, do: 'transfer', what: 'meter-data', flow: ['gsm-meter', 'sbsys'] },
        is: 'deny',
      },
    ],
  },
  {
    id: 'alb.21.energykey-purpose',
    says: 'EnergyKey advises and optimises, and collects no arrears',
    answers: [
      {
        ask: {
          as: UTILITY,
          do: 'use',
          what: 'meter-data',
          for: 'collect-arrears',
          in: 'energykey',
        },
        is: 'deny',
        by: 'alb.21.energykey-purpose',
      },
      ...['advice', 'optimise-operation'].map((purpose) => ({
        ask: { as: UTILITY, do: 'use', what: 'meter-data', for: purpose, in: 'energykey' },
        is: 'permit' as const,
      })),
    ],
  },
  {
    id: 'alb.22.energykey-no-cpr',
    says: 'neither name nor number in EnergyKey, with no exception',
    answers: ['name', 'cpr'].map((what) => ({
      ask: store(what, 'energykey', { 'resource.kind': 'tao-agreement' }),
      is: 'deny' as const,
      by: 'alb.22.energykey-no-cpr',
    })),
  },
  { id: 'alb.23.wmbus', says: 'changes the transport, not the rules', undecided: /transport/ },
  {
    id: 'alb.24.alarm-purpose',
    says: 'a message about a burst pipe, not a campaign',
    answers: [
      {
        ask: {
          as: UTILITY,
          do: 'send',
          what: ['phone', 'email'],
          for: 'outage-warning',
          in: 'beredskabsalarm',
        },
        is: 'permit',
        by: 'alb.24.alarm-purpose',
      },
      {
        ask: {
          as: UTILITY,
          do: 'send',
          what: 'phone',
          for: 'energy-saving-campaign',
          in: 'beredskabsalarm',
        },
        is: 'deny',
      },
    ],
  },
  {
    id: 'alb.25.alarm-self',
    says: 'one’s own number, not a stranger’s',
    answers: ['user-1', 'user-2'].map((subject) => ({
      ask: {
        as: 'heat-user',
        id: 'user-1',
        do: 'register',
        what: 'phone',
        in: 'beredskabsalarm',
        subject,
      },
      is: subject === 'user-1' ? ('permit' as const) : ('deny' as const),
      by: 'alb.25.alarm-self',
    })),
  },
  {
    id: 'alb.26.alarm-who-sees',
    says: 'only staff with access to the system see who was told',
    answers: [
      {
        ask: {
          as: 'albertslund-forsyning.alarm-user',
          do: 'read',
          what: 'recipient-log',
          in: 'beredskabsalarm',
        },
        is: 'permit',
      },
      {
        ask: { as: BILLING, do: 'read', what: 'recipient-log', in: 'beredskabsalarm' },
        is: 'deny',
        nearest: 'nearest.role',
      },
    ],
  },
  {
    id: 'alb.27.giv-et-praj',
    says: 'a citizen reports a problem',
    answers: ['citizen', 'company'].map((as) => ({
      ask: { as, do: 'report', what: 'problem-report', in: 'giv-et-praj' },
      is: 'permit' as const,
      by: 'alb.27.giv-et-praj',
    })),
  },
  {
    id: 'alb.28.arrears-sbsys',
    says: 'a case of arrears is in SBSYS, not in EnergyKey',
    answers: [
      { ask: { ...store('arrears-case', 'sbsys'), for: 'collect-arrears' }, is: 'permit' },
      { ask: { ...store('arrears-case', 'energykey'), for: 'collect-arrears' }, is: 'deny' },
    ],
  },
  {
    id: 'alb.29.subsidy-sbsys',
    says: 'a case of subsidy is in SBSYS',
    answers: [
      {
        ask: { ...store('subsidy-case', 'sbsys'), for: 'payout-energy-saving-subsidy' },
        is: 'permit',
        by: 'alb.29.subsidy-sbsys',
      },
    ],
  },
  {
    id: 'alb.30.dpa',
    says: 'a supplier with an expired or no agreement is refused',
    answers: [
      {
        ask: {
          as: 'sbsys.operator',
          do: 'process',
          what: 'personal-data',
          facts: { 'processor.agreement.scope': 'albertslund-kommune' },
        },
        is: 'deny',
        by: 'alb.30.dpa',
      },
      {
        ask: {
          as: 'sbsys.operator',
          at: AGREEMENT.to,
          do: 'process',
          what: 'personal-data',
          facts: {
            'processor.agreement': AGREEMENT,
            'processor.agreement.scope': 'albertslund-kommune',
          },
        },
        is: 'deny',
        by: 'alb.30.dpa',
      },
    ],
  },
  {
    id: 'alb.31.dpa-sbsys',
    says: 'the municipality’s agreement covers its utility, another’s does not',
    answers: ['albertslund-kommune', 'another-kommune'].map((scope) => ({
      ask: {
        as: 'sbsys.operator',
        do: 'process',
        what: 'personal-data',
        facts: { 'processor.agreement': AGREEMENT, 'processor.agreement.scope': scope },
      },
      is: scope === 'albertslund-kommune' ? ('permit' as const) : ('deny' as const),
      by: 'alb.31.dpa-sbsys',
    })),
  },
];
