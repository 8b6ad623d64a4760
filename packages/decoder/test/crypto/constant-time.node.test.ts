import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Build, BUILDS, compiled, Primitives } from './module.ts';
import { Traced } from './traced.ts';

const bytes = (n: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: n, maxLength: n });

/** Each cipher on 40 bytes or what blocks it takes; `result` is the array that it changes. */
const WORK: Record<string, (core: Primitives, key: Uint8Array, text: Uint8Array) => void> = {
  'AES, encrypting': (core, key, text) => core.run('aesEncrypt', 1, key, text.subarray(0, 16)),
  'AES, decrypting': (core, key, text) => core.run('aesDecrypt', 1, key, text.subarray(0, 16)),
  'AES-CBC': (core, key, text) =>
    core.run('aesDecryptCbc', 2, key, text.subarray(0, 16), text.subarray(0, 32), 32),
  'AES-CTR': (core, key, text) =>
    core.run('aesCtr', 2, key, text.subarray(0, 16), text, text.length),
  CMAC: (core, key, text) => core.run('cmac', 3, key, text, text.length, new Uint8Array(16)),
  GCM: (core, key, text) =>
    core.run(
      'gcm',
      4,
      key,
      text.subarray(0, 12),
      text.subarray(0, 8),
      8,
      text,
      40,
      text.subarray(0, 16),
      16,
      new Uint8Array(1),
    ),
  CCM: (core, key, text) =>
    core.run(
      'ccm',
      5,
      key,
      text.subarray(0, 13),
      13,
      text.subarray(0, 8),
      8,
      text,
      40,
      text.subarray(0, 8),
      8,
      new Uint8Array(1),
    ),
  'DES-CBC': (core, key, text) =>
    core.run('desDecryptCbc', 2, key.subarray(0, 8), text.subarray(0, 8), text, 40),
};

/** Looked up by secret bytes: docs/security.md says so. */
const IN_TABLES = new Set(Object.keys(WORK).filter((name) => name !== 'DES-CBC'));

describe.each(Object.keys(BUILDS) as Build[])('%s build', async (build) => {
  const traced = new Traced(await compiled(build));
  const core = new Primitives(traced.instance);

  it.each(Object.keys(WORK))('%s: neither key nor text shows in addresses and branches', (name) => {
    const work = WORK[name]!;
    const first = traced.watch(() => work(core, new Uint8Array(16), new Uint8Array(40)));
    expect(Number.parseInt(first.addresses, 10)).toBeGreaterThan(100);
    expect(Number.parseInt(first.branches, 10)).toBeGreaterThan(10);
    const alike = fc.property(bytes(16), bytes(40), (key, text) => {
      const trace = traced.watch(() => work(core, key, text));
      expect(trace.branches).toBe(first.branches);
      if (build !== 'baseline' || !IN_TABLES.has(name))
        expect(trace.addresses).toBe(first.addresses);
      // Were it not so, this test could not tell a table from none.
      else if (key.some((byte) => byte !== 0)) expect(trace.addresses).not.toBe(first.addresses);
    });
    fc.assert(alike, { numRuns: 30 });
  });
});
