import type { Ask, Statement } from './case.ts';
import { day, happened } from './case.ts';

const UTILITY = 'albertslund-forsyning';
const BILLING = 'albertslund-forsyning.billing';
const store = (what: string, system: string, facts: Ask['facts'] = {}): Ask => ({
  as: UTILITY,
  do: 'store',
  what,
  in: system,
  facts: { 'resource.kind': 'record', ...facts },
});
const useCpr = (purpose: string): Ask => ({
  as: BILLING,
  do: 'use',
  what: 'cpr',
  for: purpose,
  in: 'kmd-easy-energy',
});
const AGREEMENT = { from: day('2025-01-01'), to: day('2026-06-01') };

/** Every statement of the Albertslund document. */
export const ALBERTSLUND: readonly Statement[] = [
  {
    id: 'alb.01.municipal-rules',
    says: 'a forbid of the municipality binds the utility’s staff, once its policy is compiled beside this one',
    undecided: /municipality/,
    answers: [
      { ask: useCpr('collect-arrears'), is: 'permit' },
      {
        ask: useCpr('collect-arrears'),
        beside: {
          id: 'albertslund-kommune',
          version: '1',
          validFrom: '2019-01-01',
          tz: 'Europe/Copenhagen',
          vocab: { who: { 'albertslund-kommune.staff': {} } },
          rules: [
            {
              id: 'kommune.no-cpr',
              effect: 'forbid',
              who: ['albertslund-kommune.staff'],
              do: ['use'],
              what: ['cpr'],
            },
          ],
        },
        is: 'deny',
        by: 'kommune.no-cpr',
      },
    ],
  },
  {
    id: 'alb.02.data-kinds',
    says: 'four kinds of data are collected for supply, names are not',
    answers: [
      {
        ask: {
          as: UTILITY,
          do: 'collect',
          what: ['meter-number', 'heat-consumption', 'temperature', 'water-flow'],
          for: 'heat-supply',
        },
        is: 'permit',
        by: 'alb.02.data-kinds',
      },
      { ask: { as: UTILITY, do: 'collect', what: 'name', for: 'heat-supply' }, is: 'deny' },
    ],
  },
  {
    id: 'alb.03.continuous-collection',
    says: 'continuous collection serves optimisation, not marketing',
    answers: [
      {
        ask: {
          as: UTILITY,
          do: 'collect-continuously',
          what: 'heat-meter-data',
          for: 'optimise-consumption',
        },
        is: 'permit',
      },
      {
        ask: {
          as: UTILITY,
          do: 'collect-continuously',
          what: 'heat-meter-data',
          for: 'marketing',
        },
        is: 'deny',
      },
    ],
  },
  {
    id: 'alb.04.optimise-both',
    says: 'both the bill and the operation are purposes',
    answers: ['lower-heat-bill', 'efficient-operation'].map((purpose) => ({
      ask: { as: UTILITY, do: 'analyse', what: 'heat-meter-data', for: purpose },
      is: 'permit' as const,
      by: 'alb.04.optimise-both',
    })),
  },
  {
    id: 'alb.05.easy-energy-register',
    says: 'civil registration numbers are stored in the billing system',
    answers: [
      { ask: { ...store('cpr', 'kmd-easy-energy'), for: 'billing' }, is: 'permit' },
      { ask: { ...store('cpr', 'beredskabsalarm'), for: 'billing' }, is: 'deny' },
    ],
  },
  {
    id: 'alb.06.cpr-nemkonto',
    says: 'a refund through NemKonto uses the number',
    answers: [
      { ask: useCpr('payout-nemkonto'), is: 'permit', by: 'alb.06.cpr-nemkonto' },
      { ask: { ...useCpr('payout-nemkonto'), as: 'citizen' }, is: 'deny' },
    ],
  },
  { id: 'alb.07.bank-change', says: 'grants and forbids nothing', undecided: /minimisation/ },
  {
    id: 'alb.08.cpr-subsidy',
    says: 'a subsidy is paid out by the number, as the law demands',
    answers: [
      {
        ask: useCpr('payout-energy-saving-subsidy'),
        is: 'permit',
        by: 'alb.08.cpr-subsidy',
        basis: 'legal-obligation',
      },
    ],
  },
  {
    id: 'alb.09.cpr-arrears',
    says: 'arrears are collected by the number',
    answers: [
      { ask: useCpr('collect-arrears'), is: 'permit', by: 'alb.09.cpr-arrears' },
      { ask: useCpr('marketing'), is: 'deny' },
    ],
  },
  {
    id: 'alb.10.eboks',
    says: 'the annual statement goes to e-Boks',
    answers: [
      {
        ask: { as: BILLING, do: 'send', what: ['cpr', 'invoice'], for: 'deliver-bill-eboks' },
        is: 'permit',
        by: 'alb.10.eboks',
      },
    ],
  },
  {
    id: 'alb.11.eboks-exempt',
    says: 'who is exempt gets a letter',
    duties: [
      {
        known: [happened('send-message', '2026-01-14', 'household-1')],
        facts: { 'recipient.eboksExempt': true },
        state: 'open',
      },
      {
        known: [happened('send-message', '2026-01-14', 'household-1')],
        facts: { 'recipient.eboksExempt': false },
        state: 'not-required',
      },
    ],
  },
  {
    id: 'alb.12.cpr-other-messages',
    says: 'the number addresses a campaign letter and is no key of analysis',
    answers: [
      {
        ask: { ...useCpr('energy-saving-campaign'), as: UTILITY },
        is: 'permit',
        by: 'alb.12.cpr-other-messages',
      },
      { ask: { as: UTILITY, do: 'analyse', what: 'cpr', for: 'efficient-operation' }, is: 'deny' },
    ],
  },
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
