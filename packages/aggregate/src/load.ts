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
  const module = load.module ?? (await compiled(load));
  return new Aggregator(options, exportsOf(await WebAssembly.instantiate(module)));
}

/** As {@link createAggregator}, at once: in Node, in workers, and on a page's main thread. */
export function createAggregatorSync(
  options: AggregatorOptions,
  load: LoadOptions = {},
): Aggregator {
  const simd = load.simd ?? hasSimd();
  const module = load.module ?? atHand.get(simd) ?? new WebAssembly.Module(bytesOf(simd));
  if (load.module === undefined) atHand.set(simd, module);
  return new Aggregator(options, exportsOf(new WebAssembly.Instance(module)));
}

/** Modules by build, compiled once: what the engine has optimised for one aggregator serves the next. */
const atHand = new Map<boolean, WebAssembly.Module>();

async function compiled(load: LoadOptions): Promise<WebAssembly.Module> {
  const simd = load.simd ?? hasSimd();
  const module = atHand.get(simd) ?? (await WebAssembly.compile(bytesOf(simd)));
  atHand.set(simd, module);
  return module;
}

function bytesOf(simd: boolean): Uint8Array<ArrayBuffer> {
  return decodeBase64(simd ? SIMD : BASELINE);
}

function exportsOf({ exports }: WebAssembly.Instance): AggregatorExports {
  return exports as unknown as AggregatorExports;
}
