import type { Statement } from './case.ts';
import { happened } from './case.ts';
import { UTILITY, BILLING, store, useCpr } from './albertslund-questions.ts';
import { ALBERTSLUND_SYSTEMS_CASES } from './albertslund-systems.cases.ts';

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
  ...ALBERTSLUND_SYSTEMS_CASES,
];
