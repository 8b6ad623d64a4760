import { describe, expect, it } from 'vitest';
import { octets } from '../../src/encode/octets.ts';
import { VECTORS } from '../vectors/cases.ts';
import { knownFormats } from './compact.ts';
import { decodeReference } from './decode.ts';

/** Compact profiles are left to the properties. */
const LEFT_OUT = /f26|f27|f28/;

describe('the reference decoder reads what the standards print', () => {
  it.each(VECTORS.filter(([name]) => !LEFT_OUT.test(name)))('%s', (_, vector) => {
    const key = vector.key === undefined ? {} : { key: octets(vector.key)! };
    const layer = vector.layer === undefined ? {} : { layer: vector.layer };
    const formats = knownFormats();
    for (const earlier of vector.context ?? []) decodeReference(octets(earlier)!, { formats });
    const telegram = decodeReference(octets(vector.hex)!, { ...key, ...layer, formats });
    expect(telegram).toMatchObject(vector.expected ?? {});
  });
});
