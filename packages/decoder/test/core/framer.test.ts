import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modeC, threeOfSix } from '../../src/encode.ts';
import { decodeThreeOfSix, Framer, type FramerOptions } from '../../src/framer.ts';
import { encrypted, heat } from './telegrams.ts';

const wired = [
  heat({ link: { kind: 'wired-long' } }),
  Uint8Array.of(0xe5),
  Uint8Array.of(0x10, 0x5b, 0x01, 0x5c, 0x16),
  heat({ link: { kind: 'wired-long' }, records: [] }),
];
const formatA = encrypted({ link: { kind: 'wireless', format: 'A' } });
const formatB = heat({ link: { kind: 'wireless', format: 'B' } });

/** What comes in, what goes out, and bytes that cannot be taken for the beginning of a frame. */
const STREAMS: readonly (readonly [
  FramerOptions['input'],
  readonly Uint8Array[],
  readonly Uint8Array[],
  number,
])[] = [
  ['wired', wired, wired, 0x00],
  ['wireless', [formatA, formatB, formatA], [formatA, formatB, formatA], 0x00],
  ['mode-c', [modeC('A', formatA), modeC('B', formatB)], [formatA, formatB], 0x00],
];

describe.each(STREAMS)('a stream of %s telegrams', (input, sent, frames, noise) => {
  const stream = (between: number): Uint8Array =>
    Uint8Array.from(sent.flatMap((bytes) => [...Array<number>(between).fill(noise), ...bytes]));

  it('is cut into its telegrams, wherever it is split', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.array(fc.integer({ min: 1, max: 40 })), (between, lengths) => {
        const bytes = stream(between);
        const framer = new Framer({ input });
        const found: Uint8Array[] = [];
        let at = 0;
        for (const length of lengths) {
          found.push(...framer.push(bytes.subarray(at, at + length)));
          at += length;
        }
        found.push(...framer.push(bytes.subarray(at)));
        expect(found).toEqual(frames);
        expect(framer.counts).toEqual({ frames: frames.length, skipped: between * sent.length });
      }),
    );
  });

  it('goes on behind garbage, and behind a telegram that breaks off', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(200), (garbage, cut) => {
        const framer = new Framer({ input });
        const broken = (sent[0] as Uint8Array).subarray(0, cut % (sent[0] as Uint8Array).length);
        const found = framer.push(Uint8Array.from([...garbage, ...broken]));
        found.push(...framer.flush());
        const good = framer.push(stream(0));
        good.push(...framer.flush());
        expect(good).toEqual(frames);
      }),
    );
  });

  it('keeps to bounded memory', () => {
    const framer = new Framer({ input });
    for (let i = 1; i <= 100; i++) {
      framer.push(new Uint8Array(1000).fill(0x68));
      // What is neither skipped nor cut out is held: less than the longest frame.
      expect(1000 * i - framer.counts.skipped).toBeLessThan(290);
    }
    framer.flush();
    expect(framer.counts.skipped).toBe(100_000);
  });
});

describe('3-of-6', () => {
  it('is decoded as it was coded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(decodeThreeOfSix(threeOfSix(bytes)).bytes.subarray(0, bytes.length)).toEqual(bytes);
      }),
    );
  });

  it('ends where a symbol is none', () => {
    const chips = threeOfSix(Uint8Array.of(0x12, 0x34, 0x56));
    chips[2] = 0xff;
    const { bytes, errorAt } = decodeThreeOfSix(chips);
    expect([...bytes]).toEqual([0x12]);
    expect(errorAt).toBeGreaterThanOrEqual(12);
  });
});
