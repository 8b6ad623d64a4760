import type { Drained, RegisterOptions } from '../src/aggregator.ts';
import { Collector } from '../src/collect.ts';
import { createAggregatorSync } from '../src/load.ts';
import type { AggregatorOptions } from '../src/options.ts';
import { HOUR, NEW_YEAR, push } from './feed.ts';

export const MINUTE = 60_000;

/** An hourly aggregator with one register of whole units, and what it said so far. */
export function one(
  options: Partial<AggregatorOptions> = {},
  register: Partial<RegisterOptions> = {},
) {
  const aggregator = createAggregatorSync({ resolution: 'PT1H', ...options });
  aggregator.addRegister({ scale: 0, ...register });
  const collector = new Collector();
  const codes: string[] = [];
  const drain = (): Drained => {
    const drained = aggregator.drain();
    collector.add(drained);
    codes.push(...drained.issues.map(({ code }) => code));
    return drained;
  };
  /** Readings as [minutes since New Year, value]. */
  const give = (...readings: [minutes: number, value: number | bigint][]) => {
    push(
      aggregator,
      readings.map(([minutes, v]) => ({ t: NEW_YEAR + minutes * MINUTE, v: BigInt(v) })),
    );
    return drain();
  };
  const intervals = () =>
    collector
      .intervals(0)
      .map(({ start, value, quality, revision }) => [
        (start - NEW_YEAR) / HOUR,
        value === null ? null : Number(value),
        quality,
        revision,
      ]);
  const gaps = () =>
    collector
      .gaps(0)
      .map(({ start, end, value }) => [
        (start - NEW_YEAR) / MINUTE,
        (end - NEW_YEAR) / MINUTE,
        value === null ? null : Number(value),
      ]);
  return { aggregator, collector, codes, give, drain, intervals, gaps };
}
