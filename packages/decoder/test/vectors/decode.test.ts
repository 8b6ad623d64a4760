import { describe, expect, it } from 'vitest';
import { octets } from '../../src/encode/octets.ts';
import { createDecoder } from '../../src/index.ts';
import { VECTORS } from './cases.ts';

describe.each([
  ['baseline build', false],
  ['SIMD build', true],
])('the %s reads what the standards print', (_, simd) => {
  it.each(VECTORS)('%s', async (_name, vector) => {
    // A decoder of its own: formats and fragments of one example are nothing to another.
    const decoder = await createDecoder({ simd });
    const key = vector.key === undefined ? {} : { key: octets(vector.key)! };
    const layer = vector.layer === undefined ? {} : { layer: vector.layer };
    for (const earlier of vector.context ?? []) decoder.decode(octets(earlier)!, key);
    const telegram = decoder.decode(octets(vector.hex)!, { ...key, ...layer });
    const { records, ...rest } = vector.expected ?? {};
    expect(telegram).toMatchObject(rest);
    if (records === undefined) return;
    if (vector.profile === undefined) expect(telegram.records).toMatchObject([...records]);
    else
      for (const record of records)
        expect(telegram.records).toContainEqual(expect.objectContaining(record));
  });
});
