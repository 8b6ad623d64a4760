import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type Chunk, type Hook, HubError, type HubFault, type Transfer } from '@metergram/datahub';
import { csvLine, type Table } from './rows.ts';
import type { Io } from '../io.ts';
import { type Progress, progressOn } from '../progress.ts';
import { fileReason, UsageError } from '../usage.ts';

export type Format = 'csv' | 'jsonl' | 'json';

/** Output is handed on in pieces of about this many characters. */
const PIECE = 1 << 16;

/**
 * Shows how far a transfer is, and says of a wait how long it is and for what: in the line of progress where there is one,
 * else in a line of its own, once for each limit.
 */
export class TransferProgress {
  readonly hook: Hook;
  readonly #io: Io;
  readonly #now: () => number;
  #shown: Progress | null = null;
  readonly #waits: Set<string> = new Set();
  #said = '';
  #done = 0;

  /** `now`: milliseconds of any clock that goes forward. */
  constructor(io: Io, now: () => number = () => performance.now()) {
    this.#io = io;
    this.#now = now;
    this.hook = {
      waiting: ({ hub, milliseconds, limit }) => {
        const why =
          limit === null
            ? `${hub} asked for a pause (429)`
            : `${hub} takes ${amount(limit.max, limit.scope)} in ${seconds(limit.per)}`;
        this.#wait(why, milliseconds);
      },
      answer: ({ hub, status, again }) => {
        // Of 429 the wait for the next place tells.
        if (again === undefined || again === 0 || status === 429) return;
        this.#wait(`${hub} ${status === null ? 'did not answer' : `answered ${status}`}`, again);
      },
    };
  }

  chunk({ progress }: Chunk<unknown>): void {
    this.#shown ??= progressOn(
      this.#io.stderr,
      this.#io.stdout.isTTY !== true,
      progress.unitsTotal,
      this.#now,
    );
    this.#done = progress.unitsDone;
    const points = `${progress.pointsDone} of ${progress.pointsTotal} metering points, `;
    const retries = progress.retries > 0 ? `, ${progress.retries} sent again` : '';
    this.#said = `${progress.pointsTotal > 0 ? points : ''}${progress.requests} requests${retries}`;
    this.#update(this.#said);
  }

  clear(): void {
    this.#shown?.clear();
  }

  #wait(why: string, milliseconds: number): void {
    if (milliseconds <= 1_000) return;
    const text = `waiting ${seconds(milliseconds)}: ${why}`;
    if (this.#shown !== null && this.#drawn) return this.#update(`${this.#said}; ${text}`);
    if (this.#waits.has(why)) return;
    this.#waits.add(why);
    void this.#io.stderr.write(`${text}\n`);
  }

  /** A line of progress is for a terminal that the output does not fill. */
  get #drawn(): boolean {
    return this.#io.stderr.isTTY === true && this.#io.stdout.isTTY !== true;
  }

  #update(text: string): void {
    this.#shown?.update(this.#done, text);
  }
}

function seconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1000)} s`;
}

/** `2 tokens`, `120 requests`, `1 request of a dataset`. */
function amount(count: number, scope: string): string {
  const s = count === 1 ? '' : 's';
  if (scope === 'token') return `${count} request${s} for a token`;
  return `${count} request${s} ${scope === 'address' ? 'from one address' : `of one ${scope}`}`;
}

/** What a transfer needs to be written. */
export interface Writing {
  readonly format: Format;
  /** The file of `--resume`. */
  readonly place: string | undefined;
  readonly progress: TransferProgress;
  /** What else to say where it failed. */
  readonly hint: (fault: HubFault) => string | null;
}

/** Writes a transfer and tells of what did not come. The value is the exit code. */
export async function writeTransfer<T>(
  start: (resume: string | undefined) => Transfer<T>,
  table: Table<T>,
  { format, place, progress, hint }: Writing,
  io: Io,
): Promise<number> {
  if (place !== undefined && format === 'json')
    throw new UsageError('--resume is for csv and jsonl', 'a JSON array cannot be gone on with');
  const resume = await readPlace(place);
  // Written with the first chunk: where nothing could be had, there is no output.
  const head = format === 'json' ? '[' : format === 'csv' ? csvLine(table.header) : '';
  let text = '';
  let begun = resume !== undefined;
  const begin = (): void => {
    if (!begun) text += head;
    begun = true;
  };
  const end = (): string => {
    if (format !== 'json' || !begun) return '';
    return count > 0 ? '\n]\n' : ']\n';
  };
  let count = 0;
  let bad = 0;
  const flush = async (): Promise<void> => {
    const piece = text;
    text = '';
    if (piece !== '') await io.stdout.write(piece);
  };
  const say = async (line: string): Promise<void> => {
    progress.clear();
    await io.stderr.write(`${line}\n`);
  };
  try {
    for await (const chunk of start(resume)) {
      begin();
      for (const item of chunk.items) {
        if (format === 'csv') for (const row of table.rows(item)) text += csvLine(row);
        else {
          const json = JSON.stringify(table.json?.(item) ?? item);
          text += format === 'jsonl' ? `${json}\n` : `${count > 0 ? ',\n' : '\n'}${json}`;
        }
        count++;
        if (text.length > PIECE) await flush();
      }
      // The place is kept after what came before it is written: cut in between, a part comes twice, and none is lost.
      await flush();
      await keepPlace(place, chunk.resume);
      for (const { message } of chunk.issues) await say(`note: ${message}`);
      for (const { meteringPoint, state, faults } of chunk.outcomes) {
        if (state === 'complete') continue;
        bad++;
        const why = faults.at(-1);
        await say(
          `${meteringPoint}: ${state}${why === undefined ? '' : `: ${why.code} ${why.message}`}`,
        );
      }
      progress.chunk(chunk);
    }
    begin();
    text += end();
    await flush();
    if (place !== undefined) await rm(place, { force: true });
    return bad > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    text += end();
    await flush();
    const { code, message, hubCode, correlationId, retryAt } = error.fault;
    const details = [
      ...(hubCode === undefined ? [] : [`the hub's code is ${hubCode.code}`]),
      ...(correlationId === undefined ? [] : [`its id of the request ${correlationId}`]),
      ...(retryAt === undefined ? [] : [`not before ${retryAt}`]),
    ];
    await say(
      `metergram hub: ${code}: ${message}${details.length > 0 ? ` (${details.join(', ')})` : ''}`,
    );
    const more = hint(error.fault);
    if (more !== null) await say(more);
    if (place !== undefined)
      await say(`The place is kept in ${place}: run the same again to go on.`);
    return 1;
  } finally {
    progress.clear();
  }
}

async function readPlace(place: string | undefined): Promise<string | undefined> {
  if (place === undefined) return undefined;
  try {
    return await readFile(place, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`cannot read ${place}: ${fileReason(error)}`);
  }
}

async function keepPlace(place: string | undefined, token: string): Promise<void> {
  if (place === undefined) return;
  await writeFile(`${place}.new`, token, { mode: 0o600 });
  await rename(`${place}.new`, place);
}
