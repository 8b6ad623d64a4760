import { describe, expect, it } from 'vitest';
import { octets } from '../../src/encode/octets.ts';
import { VECTORS } from '../vectors/cases.ts';
import { decodeReference } from './decode.ts';

/** What the reference leaves to other tests: profiles, and compact frames, which need their format first. */
const LEFT_OUT = /profile|f26|f27|f28|g52-(format|compact)/;

describe('the reference decoder reads what the standards print', () => {
  it.each(VECTORS.filter(([name]) => !LEFT_OUT.test(name)))('%s', (_, vector) => {
    const key = vector.key === undefined ? {} : { key: octets(vector.key)! };
    const layer = vector.layer === undefined ? {} : { layer: vector.layer };
    const telegram = decodeReference(octets(vector.hex)!, { ...key, ...layer });
    expect(telegram).toMatchObject(vector.expected ?? {});
  });
});
