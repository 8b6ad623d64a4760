import type { Statement } from './case.ts';
import { granted, NOW } from './case.ts';
import { ME, YEARS, LAWFUL, grid, supplier, third, consent } from './elhub-questions.ts';

/** Which external parties see what, and who is shut out. */
export const ELHUB_ACCESS_CASES: readonly Statement[] = [
  {
    id: 'elh.07.external-lawful-only',
    says: 'no external party without a right of its own',
    answers: [
      {
        ask: { ...grid, facts: { ...grid.facts, 'actor.lawfulAccess': false } },
        is: 'deny',
        by: 'elh.07.external-lawful-only',
      },
    ],
  },
  {
    id: 'elh.08.grid-area',
    says: 'a grid company reads in its own area only',
    answers: [
      { ask: grid, is: 'permit', by: 'elh.08.grid-area' },
      {
        ask: { ...grid, facts: { ...grid.facts, 'resource.gridArea': 'NO4-50YZ' } },
        is: 'deny',
        by: 'elh.08.grid-area',
      },
    ],
  },
  {
    id: 'elh.09.supplier-contract',
    says: 'a contract that ended yesterday gives nothing new; its own period stays open for corrections',
    answers: [
      { ask: supplier, is: 'permit', by: 'elh.09.supplier-contract', until: YEARS.to },
      {
        ask: { ...supplier, facts: { ...LAWFUL, 'actor.licenceNVE': false } },
        is: 'deny',
      },
      {
        ask: {
          ...supplier,
          facts: { ...LAWFUL, 'contract.power': { from: YEARS.from, to: NOW - 86_400_000 } },
        },
        is: 'deny',
      },
      {
        ask: {
          ...supplier,
          for: 'correction-settlement',
          facts: { ...LAWFUL, 'contract.power': { from: YEARS.from, to: NOW - 86_400_000 } },
        },
        known: [
          granted({
            from: ME,
            to: 'supplier-1',
            what: ['meter-data'],
            purposes: ['correction-settlement'],
            span: { start: YEARS.from, end: NOW - 86_400_000 },
            basis: 'contract',
          }),
        ],
        is: 'permit-with',
        by: 'elh.09.supplier-contract.own-period',
        span: { start: YEARS.from, end: NOW - 86_400_000 },
      },
    ],
  },
  {
    id: 'elh.10.third-party-grant',
    says: 'consent given in the portal, not a ticked box or a paper',
    answers: [
      { ask: third, known: [consent], is: 'permit', by: 'elh.10.third-party-grant' },
      ...(['pre-ticked', 'paper'] as const).map((method) => ({
        ask: third,
        known: [
          granted({
            from: ME,
            to: 'app',
            what: ['meter-data'],
            purposes: ['energy-service'],
            method,
          }),
        ],
        is: 'deny' as const,
      })),
    ],
  },
  {
    id: 'elh.11.agreement-all',
    says: 'consent of the customer without an agreement with Elhub is not enough',
    answers: [
      {
        ask: { ...third, facts: { ...LAWFUL, 'actor.elhubAgreement': { to: NOW } } },
        known: [consent],
        is: 'deny',
        by: 'elh.11.agreement-all',
      },
    ],
  },
  {
    id: 'elh.12.exclude-violators',
    says: 'an excluded company is refused despite a valid consent',
    answers: [
      {
        ask: { ...third, facts: { ...LAWFUL, 'actor.excluded': true } },
        known: [consent],
        is: 'deny',
        by: 'elh.12.exclude-violators',
      },
    ],
  },
];
