import type { HubSeries } from '../core/client.ts';
import { asList, asRecord } from '../core/exact-json.ts';
import type { FingridSeries } from './series.ts';

/** What an answer holds besides its header. */
export type Transaction = Readonly<Record<string, unknown>>;

/** The codes that the model has no word for stay beside the series. */
export function withSource({ series, productType, readingType }: FingridSeries): HubSeries {
  return {
    ...series,
    source: {
      ...(productType === null ? {} : { productType }),
      ...(readingType === null ? {} : { readingType }),
    },
  };
}

/** Series of the same point, resolution, product and reading type, with the observations of all parts, in order of parts. */
export function joinParts(transactions: readonly Transaction[]): readonly Transaction[] {
  const joined = new Map<string, { series: Transaction; observations: unknown[] }>();
  for (const transaction of transactions) {
    for (const entry of asList(transaction['TimeSeries'])) {
      const series = asRecord(entry);
      if (series === null) continue;
      const key = JSON.stringify(
        ['MeteringPointEAN', 'ResolutionDuration', 'ProductType', 'UnitType', 'ReadingType'].map(
          (name) => series[name] ?? null,
        ),
      );
      const known = joined.get(key) ?? { series, observations: [] };
      joined.set(key, known);
      for (const observation of asList(series['Observations'])) {
        known.observations.push(observation);
      }
    }
  }
  return [...joined.values()].map(({ series, observations }) => ({
    ...series,
    Observations: observations,
  }));
}
