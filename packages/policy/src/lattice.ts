import type { Detail } from './types/detail.ts';
import type { Zone } from './zone.ts';

/** From finest to coarsest; the index is the order. */
export const DETAILS: readonly Detail[] = [
  'raw',
  'PT1S',
  'PT10S',
  'PT1M',
  'PT5M',
  'PT15M',
  'PT30M',
  'PT1H',
  'P1D',
  'P1M',
  'P1Y',
  'deleted',
];

/** Index of `deleted`, the coarsest. */
export const DELETED: number = DETAILS.length - 1;

/** Milliseconds of the steps that have a fixed length. */
const LENGTHS: readonly number[] = [0, 1, 10, 60, 300, 900, 1800, 3600].map((s) => s * 1000);

/** Place of a detail in the order; −1 for a word that is none. */
export function rank(detail: string): number {
  return DETAILS.indexOf(detail as Detail);
}

/** A civil interval and how many intervals of a finer detail fill it. */
export interface Bucket {
  readonly start: number;
  readonly end: number;
  /** Source intervals that make it complete: 23, 24 or 25 hours a day; 0 where the source has no intervals. */
  readonly expect: number;
}

/** The interval of detail `to` that holds the instant `at`, and how many intervals of `from` it takes. */
export function bucketOf(at: number, from: number, to: number, zone: Zone): Bucket {
  const length = LENGTHS[to];
  let start: number;
  let end: number;
  if (length === undefined) {
    const unit = DETAILS[to] as 'P1D' | 'P1M' | 'P1Y';
    start = zone.startOf(at, unit, 0);
    end = zone.startOf(at, unit, 1);
  } else {
    const civil = at + zone.offset(at);
    start = at - (civil - Math.floor(civil / length) * length);
    end = start + length;
  }
  return { start, end, expect: countOf(start, end, from, to, zone) };
}

function countOf(start: number, end: number, from: number, to: number, zone: Zone): number {
  if (from === 0) return 0;
  const length = LENGTHS[from];
  if (length !== undefined) return Math.round((end - start) / length);
  if (DETAILS[from] === 'P1M') return DETAILS[to] === 'P1Y' ? 12 : 1;
  const days = end + zone.offset(end) - start - zone.offset(start);
  return Math.round(days / 86_400_000);
}
