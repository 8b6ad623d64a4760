import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { desKey, encryptDesCbc } from '../../src/encode/des.ts';
import { hex } from '../../src/encode/octets.ts';

function bytes(n: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: n, maxLength: n });
}

it('agrees with OpenSSL on random keys and texts (triple DES with one key is DES)', () => {
  fc.assert(
    fc.property(bytes(8), bytes(8), bytes(24), (key, iv, text) => {
      const tripled = Buffer.concat([key, key, key]);
      const cipher = createCipheriv('des-ede3-cbc', tripled, iv).setAutoPadding(false);
      const expected = Buffer.concat([cipher.update(text), cipher.final()]);
      expect(hex(encryptDesCbc(desKey(key), iv, text))).toBe(expected.toString('hex'));
    }),
    { numRuns: 50 },
  );
});
