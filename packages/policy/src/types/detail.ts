/**
 * How fine data are, from finest to coarsest. De-identification is a property beside this order, not a step of it.
 * `deleted` is the end of every retention and is never a resolution of a request.
 */
export type Detail =
  | 'raw'
  | 'PT1S'
  | 'PT10S'
  | 'PT1M'
  | 'PT5M'
  | 'PT15M'
  | 'PT30M'
  | 'PT1H'
  | 'P1D'
  | 'P1M'
  | 'P1Y'
  | 'deleted';

/**
 * ISO 8601 calendar duration of whole units, `P3Y`, `P1M`, `PT72H`: years, months, days are civil in the policy's zone
 * (the last day of a month where the day does not exist), hours and smaller are elapsed time.
 */
export type Duration = string;

/** A duration, or a parameter `$service.hourlyFor` that the host's service chooses. */
export type DurationOrParameter = string;
