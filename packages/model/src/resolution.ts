/** Length of a series' intervals as ISO 8601 duration. Days and longer are civil, in the series' zone. */
export type Resolution = 'PT15M' | 'PT1H' | 'P1D' | 'P1M' | 'P1Y';

/** Every step of detail from finest to coarsest; `raw` are the telegrams or readings themselves. */
export type Granularity = 'raw' | Resolution;
