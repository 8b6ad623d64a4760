import { BASELINE, SIMD } from './generated/wasm-bytes.ts';
import type { DecoderOptions } from './options.ts';
import { LAYOUT_HASH } from './generated/layout-hash.ts';

/** What the decoder module exports; assembly/decoder.ts documents each. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  layout(): number;
  descriptor(): number;
  reserve(bytes: number, telegrams: number, records: number, issues: number): number;
  decode(count: number, flags: number): number;
  reserveKeys(count: number): number;
  /** Manufacturer and its mask, id and its mask, version and device type and their mask, whether keys are derived. */
  addPattern(...address: number[]): number;
  wipeKeys(): void;
  memoryOf(what: number, value: number): number;
}

/** `(module (type (func (result v128))))`: validated, never compiled. */
const SIMD_PROBE: Uint8Array<ArrayBuffer> = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123,
]);

/** Whether the engine takes 128-bit SIMD. */
export function hasSimd(): boolean {
  return WebAssembly.validate(SIMD_PROBE);
}

/** What newer engines, and Node, have to read base64 with: a loop over it would take most of the time of a start. */
interface Base64Readers {
  readonly Uint8Array: { fromBase64?(text: string): Uint8Array<ArrayBuffer> };
  readonly Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
}

function moduleBytes(options: DecoderOptions): Uint8Array<ArrayBuffer> {
  const text = (options.simd ?? hasSimd()) ? SIMD : BASELINE;
  const { Uint8Array: native, Buffer } = globalThis as unknown as Base64Readers;
  return (
    native.fromBase64?.(text) ??
    Buffer?.from(text, 'base64') ??
    Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0))
  );
}

function checked(instance: WebAssembly.Instance): CoreExports {
  const core = instance.exports as unknown as CoreExports;
  if (typeof core.layout !== 'function' || core.layout() >>> 0 !== LAYOUT_HASH)
    throw new TypeError('decoder/module: not the decoder of this version');
  return core;
}

/**
 * Compiles on the caller's thread, in a millisecond or two: engines take longer to hand so small a module to another thread
 * and back. Chromium refuses only modules above 8 MB, but before 115 a page's main thread may compile 4 kB: there, give
 * `options.module`, compiled by `WebAssembly.compile`, or decode in a worker.
 */
export function loadSync(options: DecoderOptions): CoreExports {
  const module = options.module ?? new WebAssembly.Module(moduleBytes(options));
  return checked(new WebAssembly.Instance(module));
}
