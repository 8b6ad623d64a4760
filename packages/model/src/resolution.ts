/** Length of a series' intervals as ISO 8601 duration. Days and longer are civil, in the series' zone. */
export type Resolution = 'PT15M' | 'PT1H' | 'P1D' | 'P1M' | 'P1Y';

/** Every step of detail from finest to coarsest; `raw` are the telegrams or readings themselves. */
export type Granularity = 'raw' | Resolution;

/** Every granularity, finest first. */
export const GRANULARITIES: readonly Granularity[] = ['raw', 'PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'];

/** Every resolution, finest first. */
export const RESOLUTIONS: readonly Resolution[] = ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'];

/** True for one of the durations of {@link RESOLUTIONS}. */
export function isResolution(value: unknown): value is Resolution {
  return (RESOLUTIONS as readonly unknown[]).includes(value);
}

/** True for `raw` or a resolution. */
export function isGranularity(value: unknown): value is Granularity {
  return (GRANULARITIES as readonly unknown[]).includes(value);
}

/** Milliseconds of an interval of fixed length; null for civil ones, whose length depends on zone and date. */
export function resolutionMs(resolution: Resolution): number | null {
  if (resolution === 'PT15M') return 900_000;
  return resolution === 'PT1H' ? 3_600_000 : null;
}

/** −1, 0 or 1 as `a` is finer than, the same as or coarser than `b`. */
export function compareGranularity(a: Granularity, b: Granularity): -1 | 0 | 1 {
  const difference = GRANULARITIES.indexOf(a) - GRANULARITIES.indexOf(b);
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/**
 * Reads an ISO 8601 duration that has a name here, in the spellings of the field: `PT60M` is `PT1H`, `PT24H` and `P7D`
 * are none, because a day is not always 24 hours. Null when there is no such resolution.
 */
export function parseResolution(text: string): Resolution | null {
  if (isResolution(text)) return text;
  if (text === 'PT60M' || text === 'PT3600S' || text === 'PT1H0M') return 'PT1H';
  if (text === 'PT900S' || text === 'PT0H15M') return 'PT15M';
  return text === 'P12M' ? 'P1Y' : null;
}
