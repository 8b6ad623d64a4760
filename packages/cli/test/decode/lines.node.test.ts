import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, lineBatches } from '../../src/decode/lines.ts';

async function linesOf(chunks: readonly Uint8Array[]): Promise<Line[]> {
  const found: Line[] = [];
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  for await (const batch of lineBatches(stream())) found.push(...batch);
  return found;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('lines of a stream', () => {
  it('are the same however the stream is cut, inside a character too', async () => {
    const text = fc
      .array(fc.oneof(fc.string(), fc.constant('\r\n'), fc.constant('\n'), fc.constant('æøå')))
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
        async (all, sizes) => {
          const bytes = encode(all);
          const chunks: Uint8Array[] = [];
          for (let at = 0; at < bytes.length;) {
            const size = sizes.next().value;
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }
          const plain = new TextDecoder().decode(bytes).split('\n');
          if (plain.at(-1) === '') plain.pop();
          const found = await linesOf(chunks);
          expect(found.map((line) => line.text)).toEqual(
            plain.map((line) => line.replace(/\r$/, '')),
          );
          expect(found.map((line) => line.number)).toEqual(plain.map((_, index) => index + 1));
        },
      ),
    );
  });

  it('keeps a line to a bounded length, says so, and goes on with the next', async () => {
    const long = 'a'.repeat(100_000);
    const found = await linesOf([
      ...Array.from({ length: 10 }, () => encode(long)),
      encode('\nbb\n'),
    ]);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ number: 1, cut: true });
    expect(found[0]!.text.length).toBeLessThan(300_000);
    expect(found[1]).toEqual({ number: 2, text: 'bb', cut: false });
  });

  it('counts an empty last line only where there is a line', async () => {
    expect(await linesOf([])).toEqual([]);
    expect(await linesOf([encode('\n')])).toHaveLength(1);
    expect(await linesOf([encode('a')])).toHaveLength(1);
    expect(await linesOf([encode('a\n\n')])).toHaveLength(2);
  });
});
