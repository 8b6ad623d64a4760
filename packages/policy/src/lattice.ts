import type { Detail } from './types/detail.ts';
import type { Zone } from './zone.ts';

/** From finest to coarsest; the index is the order. */
export const DETAILS: readonly Detail[] =
  'raw PT1S PT10S PT1M PT5M PT15M PT30M PT1H P1D P1M P1Y deleted'.split(' ') as Detail[];

/** Index of `deleted`, the coarsest. */
export const DELETED: number = DETAILS.length - 1;

/** Milliseconds of the steps that have a fixed length. */
const LENGTHS: readonly number[] = [0, 1e3, 1e4, 6e4, 3e5, 9e5, 18e5, 36e5];

const RANKS: ReadonlyMap<string, number> = new Map(DETAILS.map((detail, place) => [detail, place]));

/** Place of a detail in the order; −1 for a word that is none. */
export const rank = (detail: string): number => RANKS.get(detail) ?? -1;

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
  const unit = DETAILS[to]!;
  const civil = at + zone.offset(at);
  const start =
    length === undefined
      ? zone.startOf(at, unit, 0)
      : at - (civil - Math.floor(civil / length) * length);
  const end = length === undefined ? zone.startOf(at, unit, 1) : start + length;
  const span = end - start;
  const fine = LENGTHS[from];
  const days = (span + zone.offset(end) - zone.offset(start)) / 86_400_000;
  // What is coarser than a month is a year.
  const many = fine === undefined ? (DETAILS[from] === 'P1M' ? 12 : days) : span / fine;
  return { start, end, expect: from === 0 ? 0 : Math.round(many) };
}
