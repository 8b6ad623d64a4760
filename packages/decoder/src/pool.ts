import type { TelegramBatch } from './batch.ts';
import { keyBytes, slotOf } from './keys.ts';
import type { KeyEntry } from './options.ts';
import { meterHash } from './pool/route.ts';
import { type Answer, type PoolWorker, Slot } from './pool/slot.ts';
import { type StreamOptions, type TelegramSource, packed } from './stream.ts';
import type { PackedTelegrams } from './stream/packer.ts';

export { servePool } from './pool/serve.ts';
export type { PoolWorker };

export interface PoolOptions {
  /** Makes a worker whose file calls {@link servePool}. */
  readonly spawn: () => PoolWorker;
  /** How many workers; one for each core that nothing else needs, say. */
  readonly workers: number;
  /** Each worker gets a copy, which it overwrites once its decoder has it; the pool's own are overwritten by `close`. */
  readonly keys?: readonly KeyEntry[];
  readonly simd?: boolean;
}

/** Thrown by, or told of, a pool. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
  readonly code: 'pool/closed' | 'pool/worker' | 'pool/options';

  constructor(code: 'pool/closed' | 'pool/worker' | 'pool/options', message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** Telegrams that one worker decoded together, or could not: then `error` is set. */
export interface PoolPart {
  /** Which telegrams these are, counted from 0 as the source gave them. */
  readonly index: Float64Array;
  /** The telegrams in this order, copies that outlive the pool; null with `error`. */
  readonly batch: TelegramBatch | null;
  readonly error: PoolError | null;
}

/** Works that may wait at one worker. */
const QUEUE = 2;

/**
 * Decoders in workers. Telegrams of one meter go to one worker, in order; those of different meters overtake each other.
 *
 * So what a decoder keeps is kept for each worker: a compact frame whose format only a meter of another worker has taught is
 * not known. Where a worker fails, the telegrams that it was at are told as an error, another worker takes its place and
 * goes on; what the lost one had learned is forgotten.
 */
export class DecoderPool {
  readonly #slots: readonly Slot[];
  readonly #keys: readonly KeyEntry[];
  #closed = false;
  #nextId = 0;
  /** Resolves at the next change, of whatever stream of telegrams: they share the workers. */
  #changed!: Promise<void>;
  #wake!: () => void;

  /** Use {@link createPool}. */
  constructor(slots: readonly Slot[], keys: readonly KeyEntry[]) {
    this.#slots = slots;
    this.#keys = keys;
    this.#arm();
  }

  #arm(): void {
    this.#changed = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #notify(): void {
    this.#wake();
    this.#arm();
  }

  /**
   * Decodes what a source gives. At most two portions wait at each worker, and no more than these are read ahead of what is
   * taken from here. Leaving the loop, or an abort, ends the source and forgets what is under way.
   *
   * @throws the signal's reason when it aborts; what the source throws; PoolError `pool/closed` after {@link close};
   * KeyError `key/invalid` when `options.key` is no key.
   */
  async *decode(
    source: TelegramSource,
    options: StreamOptions = {},
  ): AsyncGenerator<PoolPart, void, void> {
    if (options.key !== undefined) keyBytes(options.key).fill(0);
    const { most, mostBytes, signal, ...each } = options;
    const stop = new AbortController();
    const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
    const ready: PoolPart[] = [];
    let open = 0;
    const limit = QUEUE * this.#slots.length;
    const send = (slot: Slot, index: Float64Array, part: PackedTelegrams): void => {
      open++;
      const work = { id: this.#nextId++, ...part, options: each };
      slot.send(work, index.length, ({ from, last, result }: Answer) => {
        if (last) open--;
        const failed = typeof result === 'string';
        ready.push({
          index: failed ? index.subarray(from) : index.subarray(from, from + result.length),
          batch: failed ? null : result,
          error: failed ? this.#error(result) : null,
        });
        this.#notify();
      });
    };
    const reading = (async () => {
      let count = 0;
      const pack = { ...(most && { most }), ...(mostBytes && { mostBytes }), signal: both };
      for await (const given of packed(source, pack)) {
        for (const [slot, index, part] of this.#split(given, count, options.layer === 'records')) {
          while (!both.aborted && (slot.open >= QUEUE || open + ready.length >= limit))
            await this.#changed;
          if (both.aborted) return;
          send(slot, index, part);
        }
        count += given.offsets.length - 1;
      }
    })();
    let ended = false;
    let fault: unknown;
    const end = (reason?: unknown): void => {
      fault = reason;
      ended = true;
      this.#notify();
    };
    reading.then(() => end(), end);
    const abort = (): void => this.#notify();
    both.addEventListener('abort', abort);
    try {
      for (;;) {
        signal?.throwIfAborted();
        if (this.#closed) throw new PoolError('pool/closed', 'the pool was closed');
        const part = ready.shift();
        if (part) {
          yield part;
          this.#notify();
        } else if (fault !== undefined) throw fault;
        else if (ended && open === 0) return;
        else await this.#changed;
      }
    } finally {
      both.removeEventListener('abort', abort);
      stop.abort();
      this.#notify();
    }
  }

  /** Ends all workers and overwrites the pool's keys. What is under way is given up. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { key } of this.#keys) (key as Uint8Array).fill(0);
    await Promise.all(this.#slots.map((slot) => slot.end('the pool was closed')));
  }

  #error(reason: string): PoolError {
    return this.#closed
      ? new PoolError('pool/closed', 'the pool was closed')
      : new PoolError('pool/worker', reason);
  }

  /** Parts of packed telegrams by the worker that decodes each. */
  *#split(
    { bytes, offsets }: PackedTelegrams,
    first: number,
    bare: boolean,
  ): Generator<[Slot, Float64Array, PackedTelegrams], void, void> {
    const count = offsets.length - 1;
    const { length } = this.#slots;
    const whose = new Uint32Array(count);
    // Bare records name no meter, and nothing is kept of them.
    for (let i = 0; i < count; i++)
      whose[i] =
        (bare ? i : meterHash(bytes, offsets[i] as number, offsets[i + 1] as number)) % length;
    for (const [number, slot] of this.#slots.entries()) {
      const mine = Array.from(whose.keys()).filter((i) => whose[i] === number);
      if (mine.length === 0) continue;
      const starts = new Uint32Array(mine.length + 1);
      mine.forEach((i, n) => {
        starts[n + 1] = (starts[n] as number) + (offsets[i + 1] as number) - (offsets[i] as number);
      });
      const part = new Uint8Array(starts[mine.length] as number);
      mine.forEach((i, n) => part.set(bytes.subarray(offsets[i], offsets[i + 1]), starts[n]));
      yield [slot, Float64Array.from(mine, (i) => first + i), { bytes: part, offsets: starts }];
    }
  }
}

/**
 * Starts workers and waits until each can decode.
 *
 * @throws PoolError `pool/options` for less than one worker, `pool/worker` where a worker cannot begin; KeyError as
 * `createDecoder`.
 * @example
 * ```ts
 * // decode-worker.js: import { parentPort } from 'node:worker_threads';
 * //                   import { servePool } from '@metergram/decoder/pool';
 * //                   servePool(parentPort);
 * const spawn = () => new Worker(new URL('./decode-worker.js', import.meta.url));
 * const pool = await createPool({ spawn, workers: 4, keys });
 * for await (const { batch, error, index } of pool.decode(telegrams)) console.log(index, batch?.length, error);
 * await pool.close();
 * ```
 */
export async function createPool(options: PoolOptions): Promise<DecoderPool> {
  const { spawn, workers, simd } = options;
  if (!Number.isInteger(workers) || workers < 1)
    throw new PoolError('pool/options', `${workers} is no number of workers`);
  // Refuses here what each worker would refuse.
  const keys = (options.keys ?? []).map((entry) => ({ ...entry, key: slotOf(entry).key }));
  const slots = Array.from({ length: workers }, () => new Slot(spawn, keys, simd));
  const pool = new DecoderPool(slots, keys);
  const reasons = await Promise.all(slots.map((slot) => slot.begin()));
  const reason = reasons.find((one) => one !== undefined);
  if (reason === undefined) return pool;
  await pool.close();
  throw new PoolError('pool/worker', reason);
}
