import type { IssueColumns, RecordColumns, Tables, TelegramColumns } from './columns.ts';
import { TelegramView } from './telegram-form.ts';
import type { Telegram } from './telegram.ts';

/**
 * Telegrams decoded into columns, without an object for each.
 *
 * The columns are views on WebAssembly memory: they hold until the next call of the decoder that made them, and are
 * then void. {@link TelegramBatch.detach} copies them out.
 */
export class TelegramBatch {
  /** Telegrams decoded; fewer than were given when the batch was full: go on from there. */
  readonly length: number;
  readonly telegrams: TelegramColumns;
  readonly records: RecordColumns;
  readonly issues: IssueColumns;
  /** What `telegrams.frame` counts from: memory as bytes. */
  readonly memory: Uint8Array;
  readonly #tables: Tables;

  /** Made by a decoder, not by users. */
  constructor(length: number, tables: Tables) {
    this.length = length;
    this.telegrams = tables.telegrams;
    this.records = tables.records;
    this.issues = tables.issues;
    this.memory = tables.memory;
    this.#tables = tables;
  }

  /**
   * Telegram `index`, 0 … length − 1, whose fields are made when they are read: for many telegrams of which few fields
   * are wanted. It holds as long as the batch.
   *
   * @throws RangeError `batch/index`
   */
  view(index: number): TelegramView {
    if (!(index >= 0 && index < this.length))
      throw new RangeError(`batch/index: no telegram ${index}`);
    return new TelegramView(this.#tables, index);
  }

  /**
   * Telegram `index`, 0 … length − 1, in its JSON form; a plain object that outlives the batch.
   *
   * @throws RangeError `batch/index`
   */
  telegram(index: number): Telegram {
    return this.view(index).toJSON();
  }

  /** A copy of everything, outside WebAssembly memory; `telegrams.frame` then counts from the copy's `memory`. */
  detach(): TelegramBatch {
    const { telegrams, records, issues, memory } = this.#tables;
    const bytes = new Uint8Array(telegrams.frameLength.reduce((sum, length) => sum + length, 0));
    let end = 0;
    const moved = telegrams.frame.map((at, i) => {
      const to = end;
      end += telegrams.frameLength[i] as number;
      bytes.set(memory.subarray(at, at + end - to), to);
      return to;
    });
    const copied = copyAll(records as never) as unknown as RecordColumns;
    return new TelegramBatch(this.length, {
      telegrams: { ...(copyAll(telegrams as never) as unknown as TelegramColumns), frame: moved },
      records: copied,
      issues: copyAll(issues as never) as unknown as IssueColumns,
      memory: bytes,
      words: new Int32Array(copied.mantissa.buffer),
    });
  }
}

function copyAll(columns: Record<string, { slice(): unknown }>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(columns).map(([name, view]) => [name, view.slice()]));
}
