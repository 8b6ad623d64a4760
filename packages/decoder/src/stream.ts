import type { TelegramBatch } from './batch.ts';
import type { Decoder } from './decoder.ts';
import type { DecodeOptions } from './options.ts';
import { type PackedTelegrams, Packer } from './stream/packer.ts';
import { until } from './stream/until.ts';

export type { PackedTelegrams };

/** Telegrams as they come: one by one, or many packed. */
export type TelegramSource =
  | Iterable<Uint8Array | PackedTelegrams>
  | AsyncIterable<Uint8Array | PackedTelegrams>;

export interface StreamOptions extends DecodeOptions {
  /**
   * Telegrams that are decoded together, at most; 4096 by default. Telegrams wait until so many, or the source's end, have
   * come: where each one counts as soon as it is heard, this is 1.
   */
  readonly most?: number;
  /** Bytes that are decoded together, beyond one telegram; 1 MiB by default. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
}

/**
 * {@link Decoder.decodeBatch} over input of any length: each batch holds until the next is asked for.
 *
 * @throws RangeError `batch/offsets` as {@link Decoder.decodeBatch}.
 */
export function* batchesOf(
  decoder: Decoder,
  bytes: Uint8Array,
  offsets: Uint32Array,
  options: DecodeOptions = {},
): Generator<TelegramBatch, void, void> {
  for (let from = 0; from < offsets.length - 1;) {
    const batch = decoder.decodeBatch(bytes, offsets, from, options);
    yield batch;
    from += batch.length;
  }
}

/**
 * Decodes what a source gives, in its order, as batches. The source is asked for more only when a batch is asked for, so
 * memory holds one batch; each batch is views that hold until the next is asked for, see {@link TelegramBatch.detach}.
 *
 * Leaving the loop, or an abort, ends the source (its `return` is called).
 *
 * @throws the signal's reason when it aborts; what the source throws; RangeError `batch/offsets` for packed telegrams whose
 * offsets do not rise or reach beyond their bytes. What was decoded before has been given by then.
 * @example
 * ```ts
 * import { createDecoderSync } from '@metergram/decoder';
 * import { decodeStream } from '@metergram/decoder/stream';
 *
 * const telegrams = [Uint8Array.of(0xe5), Uint8Array.of(0x10, 0x40, 0x01, 0x41, 0x16)];
 * for await (const batch of decodeStream(createDecoderSync(), telegrams)) console.log(batch.length); // → 2
 * ```
 */
export async function* decodeStream(
  decoder: Decoder,
  source: TelegramSource,
  options: StreamOptions = {},
): AsyncGenerator<TelegramBatch, void, void> {
  for await (const { bytes, offsets } of packed(source, options))
    for (const batch of batchesOf(decoder, bytes, offsets, options)) {
      yield batch;
      options.signal?.throwIfAborted();
    }
}

/** The source's telegrams, packed as the options say. */
export async function* packed(
  source: TelegramSource,
  { most, mostBytes, signal }: StreamOptions,
): AsyncGenerator<PackedTelegrams, void, void> {
  const packer = new Packer(most, mostBytes);
  for await (const given of until(signal, source)) yield* packer.add(given);
  yield* packer.rest();
}

/**
 * The same as a transform: telegrams in, batches out that are copies of their own. What is written waits while nobody
 * reads. To cancel, cancel or abort the pipe.
 *
 * @example
 * ```ts
 * import { createDecoderSync } from '@metergram/decoder';
 * import { telegramStream } from '@metergram/decoder/stream';
 *
 * const telegrams = new ReadableStream<Uint8Array>({
 *   start(controller) {
 *     controller.enqueue(Uint8Array.of(0xe5));
 *     controller.close();
 *   },
 * });
 * const reader = telegrams.pipeThrough(telegramStream(createDecoderSync())).getReader();
 * console.log((await reader.read()).value?.telegram(0).link.kind); // → wired-ack
 * ```
 */
export function telegramStream(
  decoder: Decoder,
  options: Omit<StreamOptions, 'signal'> = {},
): TransformStream<Uint8Array | PackedTelegrams, TelegramBatch> {
  const packer = new Packer(options.most, options.mostBytes);
  const put = (
    packs: Iterable<PackedTelegrams>,
    controller: TransformStreamDefaultController<TelegramBatch>,
  ): void => {
    for (const { bytes, offsets } of packs)
      for (const batch of batchesOf(decoder, bytes, offsets, options))
        controller.enqueue(batch.detach());
  };
  return new TransformStream({
    transform: (given, controller) => put(packer.add(given), controller),
    flush: (controller) => put(packer.rest(), controller),
  });
}
