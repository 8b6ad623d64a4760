import type { DecodeOptions, DecoderOptions, Telegram } from '@metergram/decoder';
import { type Job, unreadable } from './job.ts';

/** What the command needs of a decoder. */
export interface TelegramDecoder {
  decode(bytes: Uint8Array, options?: DecodeOptions): Telegram;
  decodeBatch(
    bytes: Uint8Array,
    offsets: Uint32Array,
    from?: number,
  ): { readonly length: number; telegram(index: number): Telegram };
}

/** Makes the decoder, given the keys. */
export type CreateDecoder = (options: DecoderOptions) => Promise<TelegramDecoder>;

/**
 * Decodes jobs in their order. Neighbours that ask for nothing of their own go into the module together, which is
 * quicker than one by one and gives the same.
 */
export function* decodeJobs(
  decoder: TelegramDecoder,
  jobs: readonly Job[],
): Generator<readonly [Job, Telegram]> {
  for (let from = 0; from < jobs.length;) {
    let to = from;
    while (to < jobs.length && isPlain(jobs[to]!)) to++;
    if (to - from > 1) yield* together(decoder, jobs.slice(from, to));
    else {
      to = from + 1;
      yield [jobs[from]!, alone(decoder, jobs[from]!)];
    }
    from = to;
  }
}

function isPlain(job: Job): boolean {
  return (
    job.bytes !== undefined &&
    job.key === undefined &&
    job.date === undefined &&
    job.layer === undefined &&
    job.issue === undefined
  );
}

function* together(
  decoder: TelegramDecoder,
  jobs: readonly Job[],
): Generator<readonly [Job, Telegram]> {
  const offsets = new Uint32Array(jobs.length + 1);
  for (const [index, job] of jobs.entries())
    offsets[index + 1] = offsets[index]! + job.bytes!.length;
  const bytes = new Uint8Array(offsets[jobs.length]!);
  for (const [index, job] of jobs.entries()) bytes.set(job.bytes!, offsets[index]);
  for (let from = 0; from < jobs.length;) {
    const batch = decoder.decodeBatch(bytes, offsets, from);
    for (let index = 0; index < batch.length; index++)
      yield [jobs[from + index]!, batch.telegram(index)];
    from += batch.length;
    // Whatever the reason, a batch that holds nothing must not keep us here.
    if (batch.length === 0) yield [jobs[from]!, alone(decoder, jobs[from++]!)];
  }
}

function alone(decoder: TelegramDecoder, job: Job): Telegram {
  if (job.bytes === undefined) return unreadable(job.issue!);
  const telegram = decoder.decode(job.bytes, {
    ...(job.key === undefined ? {} : { key: job.key }),
    ...(job.layer === undefined ? {} : { layer: job.layer }),
    ...(job.date === undefined ? {} : { date: job.date }),
  });
  return job.issue === undefined
    ? telegram
    : { ...telegram, issues: [job.issue, ...telegram.issues] };
}
