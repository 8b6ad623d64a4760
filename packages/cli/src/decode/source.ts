import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Io } from '../io.ts';
import { fileReason, UsageError } from '../usage.ts';
import { hexJob, type Job, jsonJob } from './job.ts';
import { lineBatches } from './lines.ts';

type InputFormat = 'hex' | 'jsonl';

/** Where telegrams come from: the command line itself, files, standard input. */
interface Sources {
  readonly arguments: readonly string[];
  readonly streams: readonly {
    readonly chunks: AsyncIterable<Uint8Array>;
    readonly format: InputFormat;
  }[];
  /** Bytes in all, where that is known beforehand. */
  readonly size: number | undefined;
}

/** A word of hexadecimal digits and what may stand between them. A file of such a name is given as `./name`. */
const HEX_WORD = /^[\s:_|,]*(0x)?[0-9a-f]([0-9a-fx:_|,\s])*(#.*)?$/i;

/** Finds out what each positional word is. Files are looked at before anything is decoded. */
export async function sourcesOf(
  words: readonly string[],
  format: InputFormat | undefined,
  io: Io,
): Promise<Sources> {
  const given = words.length === 0 && io.stdin.isTTY !== true ? ['-'] : words;
  if (given.length === 0)
    throw new UsageError(
      'nothing to decode',
      'give a telegram in hexadecimal, a file, or - for standard input',
    );
  const hex = given.filter((word) => HEX_WORD.test(word));
  const rest = given.filter((word) => !HEX_WORD.test(word));
  if (hex.length > 0 && rest.length > 0) {
    const [file] = rest;
    throw new UsageError(
      `${JSON.stringify(file)} is no hexadecimal, beside telegrams that are`,
      'give files alone',
    );
  }
  if (rest.filter((word) => word === '-').length > 1)
    throw new UsageError('- stands for standard input, which can be read once');
  let size: number | undefined = 0;
  const streams = [];
  for (const word of rest) {
    if (word === '-') {
      streams.push({ chunks: io.stdin, format: format ?? 'hex' });
      size = undefined;
    } else {
      const bytes = await sizeOf(word);
      size = size === undefined ? undefined : size + bytes;
      const byName = /\.(jsonl|ndjson)$/i.test(word) ? 'jsonl' : 'hex';
      streams.push({ chunks: reading(word), format: format ?? byName });
    }
  }
  return { arguments: joined(hex), streams, size };
}

/**
 * The jobs of all sources, in order, those that arrived together in one batch.
 * @param onBytes is told how much was read
 */
export async function* jobBatches(
  sources: Sources,
  onBytes: (count: number) => void,
): AsyncGenerator<readonly Job[]> {
  const given = sources.arguments.map((text, index) =>
    hexJob({ number: index + 1, text, cut: false }),
  );
  yield given.filter((job) => job !== undefined);
  for (const { chunks, format } of sources.streams)
    for await (const lines of lineBatches(chunks, onBytes))
      yield format === 'jsonl'
        ? lines.map(jsonJob)
        : lines.map(hexJob).filter((job) => job !== undefined);
}

/** The shell may have split one telegram at its spaces: words too short to be one are put together again. */
function joined(words: readonly string[]): readonly string[] {
  const shortest = 10;
  return words.length > 1 &&
    words.every((word) => word.replaceAll(/0x|[^0-9a-f]/gi, '').length < shortest)
    ? [words.join(' ')]
    : words;
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new UsageError(`${file} is a folder`);
    return found.size;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw unreadableFile(file, error);
  }
}

async function* reading(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw unreadableFile(file, error);
  }
}

function unreadableFile(file: string, error: unknown): UsageError {
  const looksHex = /^[0-9a-f]{6}/i.test(file);
  return new UsageError(
    `cannot read ${file.length > 60 ? `${file.slice(0, 57)}…` : file}: ${fileReason(error)}`,
    looksHex
      ? 'if it is meant as a telegram, it holds a character that is no hexadecimal digit'
      : undefined,
  );
}
