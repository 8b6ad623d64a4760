import { expect, it } from 'vitest';
import { BUILDS } from './decoders.ts';

/** Bytes that look like ciphertext, the same in every run. */
function* noise(): Generator<number> {
  let state = 13757;
  while (true) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state & 0xff;
  }
}

// SND-NR of a water meter, short header, mode 5, two encrypted blocks.
const HEAD = [0x2e, 0x44, 0xae, 0x0c, 0x78, 0x56, 0x34, 0x12, 1, 7, 0x7a, 0x2a, 0, 0x20, 5];

it.each(BUILDS)(
  '$name takes hardly any ciphertext without a key for plain records',
  ({ decode }) => {
    const bytes = noise();
    let plain = 0;
    for (let i = 0; i < 20_000; i++) {
      const telegram = Uint8Array.from([
        ...HEAD,
        ...Array.from({ length: 32 }, () => bytes.next().value),
      ]);
      const { security, records } = decode(telegram);
      if (security.state === 'plain') plain++;
      else
        expect({ state: security.state, records: records.length }).toEqual({
          state: 'key-missing',
          records: 0,
        });
    }
    expect(plain).toBeLessThan(8);
  },
);
