// The decoders that the properties judge: the reference, and every build of the WebAssembly core.

import * as decoder from '../../src/index.ts';
import type { Telegram } from '../../src/index.ts';
import { decodeReference } from '../reference/decode.ts';

export interface Subject {
  readonly name: string;
  /** Fast enough for more runs. */
  readonly fast: boolean;
  readonly decode: (
    bytes: Uint8Array,
    options?: {
      readonly key?: Uint8Array;
      readonly date?: string;
      readonly layer?: 'records';
    },
  ) => Telegram;
}

interface Creator {
  createDecoder?: (options: {
    readonly simd: boolean;
    readonly experimental: readonly (8 | 9 | 10)[];
  }) => Promise<{ decode: Subject['decode'] }>;
}

async function builds(): Promise<Subject[]> {
  const { createDecoder } = decoder as Creator;
  if (createDecoder === undefined) return [];
  const made = [
    { name: 'baseline build', simd: false },
    { name: 'SIMD build', simd: true },
  ].map(async ({ name, simd }): Promise<Subject> => {
    const instance = await createDecoder({ simd, experimental: [8, 9, 10] });
    return { name, fast: true, decode: (bytes, options) => instance.decode(bytes, options) };
  });
  return Promise.all(made);
}

export const REFERENCE: Subject = { name: 'reference', fast: false, decode: decodeReference };
export const BUILDS: readonly Subject[] = await builds();
export const SUBJECTS: readonly Subject[] = [REFERENCE, ...BUILDS];
