import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoderSync, type TelegramBatch } from '../../src/index.ts';
import { type PackedTelegrams, decodeStream, telegramStream } from '../../src/stream.ts';
import { encrypted, heat, KEY, packed } from '../core/telegrams.ts';

const keys = [{ manufacturer: 'ELS', id: '12345678', key: KEY }];
const KINDS = [heat(), encrypted(), heat({ link: { kind: 'wired-long' } }), Uint8Array.of(1, 2)];
const many = Array.from({ length: 50 }, (_, i) => KINDS[i % KINDS.length]!);
const alone = (() => {
  const decoder = createDecoderSync({ keys });
  return many.map((bytes) => decoder.decode(bytes));
})();
const telegramsOf = (batch: TelegramBatch) =>
  Array.from({ length: batch.length }, (_, i) => batch.telegram(i));

/** A source that says how far it was read, and whether it was told to end. */
function watched(telegrams: readonly Uint8Array[]) {
  const seen = { read: 0, ended: false };
  async function* source() {
    try {
      for (const bytes of telegrams) {
        seen.read++;
        yield bytes;
      }
    } finally {
      seen.ended = true;
    }
  }
  return { source: source(), seen };
}

describe('a stream of telegrams', () => {
  it('says what each telegram alone says, however it is cut into batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.array(fc.boolean(), { maxLength: 12 }),
        async (most, mostBytes, together) => {
          const given: (Uint8Array | PackedTelegrams)[] = [];
          for (let at = 0, n = 0; at < many.length; n++) {
            const size = together[n] ? 5 : 1;
            const some = many.slice(at, at + size);
            given.push(together[n] ? packed(some) : some[0]!);
            at += size;
          }
          const decoder = createDecoderSync({ keys });
          const found = [];
          for await (const batch of decodeStream(decoder, given, { most, mostBytes }))
            found.push(...telegramsOf(batch));
          expect(found).toEqual(alone);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reads no more than a batch ahead, and ends its source when the reader leaves', async () => {
    const { source, seen } = watched(many);
    for await (const batch of decodeStream(createDecoderSync({ keys }), source, { most: 8 })) {
      expect(batch.length).toBe(8);
      break;
    }
    expect(seen).toEqual({ read: 8, ended: true });
  });

  it('makes no telegram wait where batches are of one', async () => {
    const { source, seen } = watched(many);
    const stream = decodeStream(createDecoderSync({ keys }), source, { most: 1 });
    expect((await stream.next()).value?.length).toBe(1);
    expect(seen.read).toBe(1);
    await stream.return();
  });

  it('is aborted while its source lets it wait', async () => {
    const abort = new AbortController();
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield heat();
      await new Promise(() => {});
    }
    const reason = new Error('enough');
    const reading = (async () => {
      for await (const _ of decodeStream(createDecoderSync(), silent(), { signal: abort.signal }));
    })();
    setTimeout(() => abort.abort(reason), 5);
    await expect(reading).rejects.toBe(reason);
    const late = decodeStream(createDecoderSync(), [heat()], { signal: abort.signal });
    await expect(late.next()).rejects.toBe(reason);
  });

  it('throws what its source throws, after what came before', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield heat();
      throw new Error('cable');
    }
    let seen = 0;
    const reading = (async () => {
      for await (const batch of decodeStream(createDecoderSync(), broken(), { most: 1 }))
        seen += batch.length;
    })();
    await expect(reading).rejects.toThrow('cable');
    expect(seen).toBe(1);
  });

  it('refuses limits that are none', async () => {
    for (const limit of [0, -1, 1.5, Number.NaN]) {
      const stream = decodeStream(createDecoderSync(), [heat()], { most: limit });
      await expect(stream.next()).rejects.toThrow('stream/most');
    }
  });
});

describe('as a transform', () => {
  it('gives batches that outlive the next, and the rest at the end', async () => {
    const source = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const bytes of many) controller.enqueue(bytes);
        controller.close();
      },
    });
    const batches: TelegramBatch[] = [];
    const transform = telegramStream(createDecoderSync({ keys }), { most: 7 });
    const reader = source.pipeThrough(transform).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      batches.push(next.value);
    expect(batches).toHaveLength(8);
    expect(batches.flatMap(telegramsOf)).toEqual(alone);
  });

  it('takes nothing in while nobody reads', async () => {
    let asked = 0;
    const source = new ReadableStream<Uint8Array>(
      { pull: (controller) => void (asked++, controller.enqueue(heat())) },
      { highWaterMark: 0 },
    );
    const batches = source.pipeThrough(telegramStream(createDecoderSync(), { most: 1 }));
    const reader = batches.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toBeLessThan(6);
    await reader.cancel();
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toBe(before);
  });
});
