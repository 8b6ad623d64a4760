import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../src/encode.ts';
import { createDecoderSync, type KeyEntry } from '../../src/index.ts';
import { telegram } from './built.ts';

describe.each([
  ['baseline build', false],
  ['SIMD build', true],
])('%s', (_, simd) => {
  it('says of each telegram in a batch what it says of that telegram alone', () => {
    fc.assert(
      fc.property(fc.array(telegram('all'), { minLength: 2, maxLength: 8 }), (built) => {
        const parts = built.flatMap(({ description, key }) => {
          const result = encode(description);
          return result.ok ? [{ bytes: result.bytes, meter: description.meter!, key }] : [];
        });
        const keys: KeyEntry[] = parts.map(({ meter, key }) => ({
          manufacturer: meter.manufacturer!,
          id: meter.id,
          key,
        }));
        const offsets = new Uint32Array(parts.length + 1);
        for (const [i, { bytes }] of parts.entries()) offsets[i + 1] = offsets[i]! + bytes.length;
        const all = new Uint8Array(offsets.at(-1)!);
        for (const [i, { bytes }] of parts.entries()) all.set(bytes, offsets[i]);
        const alone = parts.map(({ bytes }) =>
          createDecoderSync({ simd, keys, experimental: [8, 9, 10] }).decode(bytes),
        );
        const batch = createDecoderSync({ simd, keys, experimental: [8, 9, 10] }).decodeBatch(
          all,
          offsets,
        );
        expect(Array.from({ length: batch.length }, (__, i) => batch.telegram(i))).toEqual(alone);
      }),
      { numRuns: 40 },
    );
  });
});
