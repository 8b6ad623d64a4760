// The core's ciphers as WebAssembly, compiled for tests from the sources of the decoder module.

import asc from 'assemblyscript/asc';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../../', import.meta.url);

/** How the decoder is built: without SIMD, with it, and for firmware. */
export const BUILDS = {
  baseline: ['--target', 'baseline'],
  SIMD: ['--target', 'simd'],
  // As scripts/build-firmware.mjs has it.
  firmware: ['--target', 'baseline', '--lowMemoryLimit', '16384', '--shrinkLevel', '1'],
} as const;
export type Build = keyof typeof BUILDS;

/** The bytes of the module of assembly/primitives.ts. */
export async function compiled(build: Build): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | null = null;
  const { error, stderr } = await asc.main(
    [
      'assembly/primitives.ts',
      '--baseDir',
      fileURLToPath(ROOT),
      ...BUILDS[build],
      '--outFile',
      'primitives.wasm',
    ],
    {
      writeFile: (name, data) => {
        if (name === 'primitives.wasm') bytes = Uint8Array.from(data as Uint8Array);
      },
    },
  );
  if (error !== null || bytes === null) throw new Error(stderr.toString());
  return bytes;
}

type Numbers = (...arguments_: number[]) => number;

/** Its functions, with byte arrays in the place of addresses. */
export class Primitives {
  readonly #exports: Record<string, Numbers>;
  readonly #memory: WebAssembly.Memory;
  readonly #area: number;

  constructor(instance: WebAssembly.Instance) {
    const { memory, ...functions } = instance.exports;
    this.#exports = functions as Record<string, Numbers>;
    this.#memory = memory as WebAssembly.Memory;
    this.#area = this.#exports['area']!();
  }

  /**
   * Calls a function: arrays become addresses of copies. Returns what then stands in the array numbered `result`.
   */
  run(name: string, result: number, ...given: readonly (Uint8Array | number)[]): Uint8Array {
    const view = new Uint8Array(this.#memory.buffer);
    let at = this.#area;
    const places = given.map((one) => {
      if (typeof one === 'number') return one;
      const place = at;
      view.set(one, place);
      at += (one.length + 31) & ~15;
      return place;
    });
    this.#exports[name]!(...places);
    const { length } = given[result] as Uint8Array;
    return view.slice(places[result]!, places[result]! + length);
  }
}

export async function primitives(build: Build): Promise<Primitives> {
  return new Primitives((await WebAssembly.instantiate(await compiled(build))).instance);
}
