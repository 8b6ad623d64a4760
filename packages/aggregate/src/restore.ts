import type { Aggregator } from './aggregator.ts';
import { createAggregator, createAggregatorSync, type LoadOptions } from './load.ts';
import type { AggregatorOptions, Settings } from './options.ts';
import { readState } from './state.ts';

/**
 * The aggregator whose `save` gave these bytes, as it was: the same settings, registers, open intervals and revisions.
 *
 * @throws AggregateError `state/invalid` for bytes that are damaged or of another version.
 */
export async function restoreAggregator(
  state: Uint8Array,
  load: LoadOptions = {},
): Promise<Aggregator> {
  return filled(await createAggregator(optionsOf(readState(state).settings), load), state);
}

/** As {@link restoreAggregator}, at once. */
export function restoreAggregatorSync(state: Uint8Array, load: LoadOptions = {}): Aggregator {
  return filled(createAggregatorSync(optionsOf(readState(state).settings), load), state);
}

function filled(aggregator: Aggregator, state: Uint8Array): Aggregator {
  aggregator.merge(state);
  aggregator.drain();
  return aggregator;
}

function optionsOf(settings: Settings): AggregatorOptions {
  return { ...settings, lateness: settings.lateness < 0 ? 'unbounded' : settings.lateness };
}
