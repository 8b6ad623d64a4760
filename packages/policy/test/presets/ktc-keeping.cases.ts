import type { Statement } from './case.ts';
import { day, happened, held } from './case.ts';

const HOME = 'apartment-12';
const SERVICE = { 'service.hourlyFor': 'P3M', 'service.dailyFor': 'P13M' };

/** Statements 22 to 28: how long data stay, and how the policy itself changes. */
export const KTC_KEEPING_CASES: readonly Statement[] = [
  {
    id: 'ktc.22.minimise',
    says: 'what the service no longer needs is due at once',
    plans: [
      {
        item: { what: 'personal-data-linked-to-energy' },
        known: [held('needed-for-service', '2025-01-01')],
        op: 'keep',
      },
      {
        item: { what: 'personal-data-linked-to-energy' },
        known: [held('needed-for-service', '2025-01-01', '2025-12-01')],
        op: 'delete',
        by: 'ktc.22.minimise',
        due: day('2025-12-01'),
      },
    ],
  },
  {
    id: 'ktc.23.downsample',
    says: 'with three months of hours and thirteen of days, a value of 100 days is a day, of 14 months a month',
    plans: [
      {
        item: { what: 'meter-data.hourly', detail: 'PT1H', end: day('2025-12-01') },
        parameters: SERVICE,
        op: 'keep',
      },
      {
        item: {
          what: 'meter-data.hourly',
          detail: 'PT1H',
          start: day('2025-10-07') - 3_600_000,
          end: day('2025-10-07'),
        },
        parameters: SERVICE,
        op: 'rollup',
        to: 'P1D',
        by: 'ktc.23.downsample',
      },
      {
        item: { what: 'meter-data.hourly', detail: 'P1D', end: day('2024-11-10') },
        parameters: SERVICE,
        op: 'rollup',
        to: 'P1M',
        by: 'ktc.23.downsample',
      },
      {
        item: { what: 'meter-data.hourly', detail: 'PT1H', end: day('2020-01-01') },
        op: 'keep',
        says: 'plan.no-parameter',
      },
    ],
  },
  {
    id: 'ktc.24.by-subscription',
    says: 'two subscriptions, two plans from the same policy',
    plans: [
      {
        item: { what: 'meter-data.monthly', detail: 'P1M', end: day('2024-01-01') },
        parameters: { 'service.historyFor': 'P1Y' },
        op: 'delete',
        by: 'ktc.24.by-subscription',
        // A year of civil days in Stockholm after 01:00 there.
        due: day('2025-01-01'),
      },
      {
        item: { what: 'meter-data.monthly', detail: 'P1M', end: day('2024-01-01') },
        parameters: { 'service.historyFor': 'P10Y' },
        op: 'keep',
      },
    ],
  },
  {
    id: 'ktc.25.delete-at-service-end',
    says: 'everything in the systems is due when the service ends',
    plans: [
      ...['meter-data.hourly', 'apartment-number', 'energy-presentation'].map((what) => ({
        item: { what, in: 'ktc.amr-cloud', subject: HOME },
        known: [happened('service-ended', '2025-12-31', HOME)],
        op: 'delete' as const,
        by: 'ktc.25.delete-at-service-end',
        due: day('2025-12-31'),
      })),
      {
        item: { what: 'energy-presentation', in: 'customer-system', subject: HOME },
        known: [happened('service-ended', '2025-12-31', HOME)],
        op: 'keep',
      },
    ],
  },
  {
    id: 'ktc.26.revision',
    says: 'the policy may be revised; each version has its start',
    answers: [
      { ask: { as: 'ktc', do: 'revise-policy', what: 'policy-document' }, is: 'permit' },
      { ask: { as: 'household', do: 'revise-policy', what: 'policy-document' }, is: 'deny' },
    ],
  },
  {
    id: 'ktc.27.notify-before-change',
    says: 'a change of use is told before it takes effect',
    duties: [
      {
        known: [happened('policy-change(use-of-personal-information)', '2026-01-10')],
        facts: { 'change.effectiveFrom': day('2026-02-01') },
        state: 'open',
        due: day('2026-02-01'),
      },
      {
        known: [happened('policy-change(use-of-personal-information)', '2026-01-10')],
        facts: { 'change.effectiveFrom': day('2026-01-12') },
        state: 'overdue',
      },
      {
        known: [
          happened('policy-change(use-of-personal-information)', '2026-01-10'),
          happened('notify-or-publish', '2026-01-13'),
        ],
        facts: { 'change.effectiveFrom': day('2026-01-12') },
        state: 'met-late',
      },
      {
        known: [happened('policy-change(use-of-personal-information)', '2026-01-10')],
        state: 'open',
      },
      {
        known: [
          happened('policy-change(use-of-personal-information)', '2026-01-10'),
          happened('notify-or-publish', '2026-01-11'),
        ],
        state: 'met',
      },
    ],
  },
  {
    id: 'ktc.28.last-updated',
    says: 'a change brings the date of the last update with it',
    duties: [
      { known: [happened('policy-change', '2026-01-10')], state: 'open' },
      {
        known: [
          happened('policy-change', '2026-01-10'),
          happened('update-last-updated', '2026-01-10'),
        ],
        state: 'met',
      },
    ],
  },
];
