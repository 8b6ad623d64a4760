/**
 * How a value came about.
 *
 * `measured`: both boundaries of the interval were read. `interpolated`: at least one was not. `missing`: no value.
 * `incomplete`: sum of given intervals of which some are missing. The others come from hubs: `estimated`,
 * `calculated`, `adjusted` (corrected after the fact), `unknown` (a code that we do not know: kept raw beside it).
 */
export type Quality =
  | 'measured'
  | 'interpolated'
  | 'missing'
  | 'incomplete'
  | 'estimated'
  | 'calculated'
  | 'adjusted'
  | 'unknown';

/** A source's own code, kept beside our word so that nothing is lost: `{ scheme: 'eloverblik', code: 'A04' }`. */
export interface SourceCode {
  readonly scheme: string;
  readonly code: string;
}

/**
 * Every quality, from the one that says most about a value to the one that says least. A value made of several others
 * is as good as the worst of them.
 */
export const QUALITIES: readonly Quality[] = [
  'measured',
  'adjusted',
  'calculated',
  'interpolated',
  'estimated',
  'unknown',
  'incomplete',
  'missing',
];

/** True for one of the words of {@link QUALITIES}. */
export function isQuality(value: unknown): value is Quality {
  return (QUALITIES as readonly unknown[]).includes(value);
}

/** The later of two in {@link QUALITIES}: what a value made of both can be called. */
export function worseQuality(a: Quality, b: Quality): Quality {
  return QUALITIES.indexOf(a) >= QUALITIES.indexOf(b) ? a : b;
}

/**
 * Quality of a sum of parts. All parts missing: `missing`. Some missing or incomplete: `incomplete`, the sum is that of
 * the present parts. Otherwise the worst of them; no parts at all is `missing`.
 */
export function sumQuality(parts: Iterable<Quality>): Quality {
  let worst: Quality | null = null;
  let missing = 0;
  let count = 0;
  for (const part of parts) {
    count++;
    if (part === 'missing') missing++;
    worst = worst === null ? part : worseQuality(worst, part);
  }
  if (worst === null || missing === count) return 'missing';
  return worst === 'missing' ? 'incomplete' : worst;
}
