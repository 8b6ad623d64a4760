import type { Planned } from './case.ts';
import { day, granted, happened, held } from './case.ts';

const ME = 'customer-1';
const END = '2022-01-15';
const bothEnded = [
  happened('power-agreement-ended', '2021-12-01', ME),
  happened('grid-agreement-ended', END, ME),
];
const about = { subject: ME, object: 'point-1' };
const responsible = (to?: string) =>
  held('responsible-for-metering-point', '2015-01-01', to, 'point-1');

/** The seven periods of the document: what each does to an item before, at and without its start. */
export const ELHUB_PERIODS: Readonly<Record<string, (what: string) => readonly Planned[]>> = {
  'elhub.ret.general': (what) => [
    { item: { what, ...about }, op: 'keep', says: 'plan.not-started' },
    {
      item: { what, ...about },
      known: [happened('power-agreement-ended', '2010-01-01', ME)],
      op: 'keep',
      says: 'plan.not-started',
    },
    { item: { what, ...about }, known: bothEnded, at: day('2025-01-15') - 1, op: 'keep' },
    {
      item: { what, ...about },
      known: bothEnded,
      at: day('2025-01-15'),
      op: 'delete',
      by: 'elhub.ret.general',
      due: day('2025-01-15'),
    },
  ],
  'elhub.ret.metering-point': (what) => [
    {
      item: { what, ...about },
      known: [happened('grid-agreement-ended', '2010-01-01', ME)],
      op: 'keep',
    },
    {
      item: { what, ...about },
      known: bothEnded,
      op: 'delete',
      by: 'elhub.ret.metering-point',
      due: day('2025-01-15'),
    },
  ],
  'elhub.ret.third-party': (what) => {
    const grant = granted({
      from: ME,
      to: 'app',
      what: ['meter-data'],
      purposes: ['energy-service'],
      valid: { start: day('2025-01-01'), end: day('2025-12-01') },
    });
    return [
      // To the letter: the grant is over, but the customer still has the point.
      { item: { what, ...about }, known: [grant, responsible()], op: 'keep' },
      {
        item: { what, ...about },
        known: [grant, responsible('2025-10-01')],
        op: 'delete',
        by: 'elhub.ret.third-party',
        due: day('2025-12-01'),
        says: 'plan.ambiguous',
      },
    ];
  },
  'elhub.ret.while-responsible': (what) => [
    { item: { what, ...about }, known: [responsible()], op: 'keep' },
    {
      item: { what, ...about },
      known: [responsible('2025-10-01')],
      op: 'delete',
      by: 'elhub.ret.while-responsible',
      due: day('2025-10-01'),
    },
  ],
  'elhub.ret.delegated-responsibility': (what) => [
    {
      item: { what, ...about },
      known: [responsible('2025-10-01'), held('delegation-active', '2025-01-01', undefined, ME)],
      op: 'keep',
    },
    {
      item: { what, ...about },
      known: [responsible('2025-10-01'), held('delegation-active', '2025-01-01', '2025-11-01', ME)],
      op: 'delete',
      by: 'elhub.ret.delegated-responsibility',
      due: day('2025-11-01'),
    },
  ],
  'elhub.ret.three-or-ten': (what) => [
    { item: { what, ...about, end: day('2023-01-15') }, at: day('2026-01-14'), op: 'keep' },
    {
      item: { what, ...about, end: day('2023-01-15') },
      at: day('2026-01-15'),
      op: 'delete',
      by: 'elhub.ret.three-or-ten',
      due: day('2026-01-15'),
      says: 'plan.proposed',
    },
    {
      item: { what, ...about, end: day('2016-01-16') },
      known: [happened('customer-actively-ordered-10y-storage', '2020-01-01', ME)],
      at: day('2026-01-15'),
      op: 'keep',
    },
    {
      item: { what, ...about, end: day('2016-01-15') },
      known: [happened('customer-actively-ordered-10y-storage', '2020-01-01', ME)],
      at: day('2026-01-15'),
      op: 'delete',
    },
  ],
  'elhub.ret.three-years': (what) => [
    { item: { what, ...about, end: day('2023-01-16') }, at: day('2026-01-15'), op: 'keep' },
    {
      item: { what, ...about, end: day('2023-01-15') },
      at: day('2026-01-15'),
      op: 'delete',
      by: 'elhub.ret.three-years',
      says: 'plan.proposed',
    },
  ],
};
