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
