import { Aggregator } from './aggregator.ts';
import { BASELINE, SIMD } from './generated/wasm-bytes.ts';
import type { AggregatorOptions } from './options.ts';
import { type AggregatorExports, decodeBase64, hasSimd } from './wasm.ts';

/** Which WebAssembly module to use; the right one is found without. */
export interface LoadOptions {
  /** Take the SIMD build (`true`) or the baseline (`false`) instead of asking the engine what it can do. */
  readonly simd?: boolean;
  /** A compiled module, for places that forbid compiling bytes; `wasm/` of this package has the files. */
  readonly module?: WebAssembly.Module;
}

/**
 * An aggregator, compiled off the main thread where the engine can.
 *
 * @throws AggregateError `option/…` for options that make no sense, `calendar/unknown-zone`.
 * @example
 * const aggregator = await createAggregator({ resolution: 'PT1H' });
 */
export async function createAggregator(
  options: AggregatorOptions,
  load: LoadOptions = {},
): Promise<Aggregator> {
  const instance = load.module
    ? await WebAssembly.instantiate(load.module)
    : (await WebAssembly.instantiate(bytesFor(load))).instance;
  return new Aggregator(options, instance.exports as unknown as AggregatorExports);
}

/** As {@link createAggregator}, at once: in Node, in workers, and on a page's main thread. */
export function createAggregatorSync(
  options: AggregatorOptions,
  load: LoadOptions = {},
): Aggregator {
  const module = load.module ?? new WebAssembly.Module(bytesFor(load));
  const { exports } = new WebAssembly.Instance(module);
  return new Aggregator(options, exports as unknown as AggregatorExports);
}

function bytesFor(load: LoadOptions): Uint8Array<ArrayBuffer> {
  return decodeBase64((load.simd ?? hasSimd()) ? SIMD : BASELINE);
}
