import { expect, it } from 'vitest';
import { createDecoderSync } from '../../src/index.ts';
import { encoded } from '../../src/encode.ts';

const key = '000102030405060708090a0b0c0d0e0f';

it.each([true, false])('gives the frame of an encrypted wired telegram (simd: %s)', (simd) => {
  const bytes = encoded({
    link: { kind: 'wired-long', control: 0x08, address: 1 },
    meter: { manufacturer: 'ELS', id: '12345678', version: 51, mediumCode: 3 },
    transport: { header: 'long', accessNumber: 42, security: { mode: 5, key } },
    records: [{ quantity: 'volume', value: '28504.27', unit: 'm3', coding: 'bcd8' }],
  });
  const decoder = createDecoderSync({ simd });
  const { telegrams, memory } = decoder.decodeBatch(bytes, Uint32Array.of(0, bytes.length), 0, {
    key,
  });
  // All but checksum and stop character, decrypted.
  expect(telegrams.frameLength[0]).toBe(bytes.length - 2);
  const start = telegrams.frame[0] as number;
  const frame = memory.slice(start, start + bytes.length - 2);
  expect([...frame.subarray(0, 19)]).toEqual([...bytes.subarray(0, 19)]);
  expect([...frame.subarray(19, 23)]).toEqual([0x2f, 0x2f, 0x0c, 0x14]);
});
