import { TelegramBatch } from './batch.ts';
import { type Tables, columnViews } from './columns.ts';
import { keyBytes, slotOf } from './keys.ts';
import { dateFlags } from './meter-date.ts';
import type { DecodeOptions, DecoderOptions, KeyEntry } from './options.ts';
import type { Telegram } from './telegram.ts';
import {
  BATCH_BYTES,
  BATCH_TELEGRAMS,
  CALL_KEY,
  COLUMNS,
  FORGET,
  INPUT,
  ISSUES,
  KEY,
  OFFSETS,
  RECORDS,
  RECORDS_ONLY,
  TICK,
} from './interface.ts';
import { type CoreExports, loadSync } from './wasm.ts';

type Room = [bytes: number, telegrams: number, records: number, issues: number];

const exhausted = (): RangeError => new RangeError('memory/exhausted: no more memory');

/** The module behind a decoder, for the other files of this package. */
export let coreOf: (decoder: Decoder) => CoreExports;

/**
 * Decodes telegrams. It keeps keys and what later telegrams need, never values; it is not safe to use one from two
 * threads at once.
 */
export class Decoder {
  static {
    coreOf = (decoder) => decoder.#core;
  }
  readonly #core: CoreExports;
  readonly #descriptor: number;
  /** Bytes, telegrams, records and issues that there is room for; empty where nothing is laid out. */
  #room: Room | [] = [];
  /** Views on all of that room, made when it is laid out: making them costs more than decoding a telegram. */
  #tables: Tables | undefined;

  readonly #experimental: number;

  /** Use {@link createDecoder} or {@link createDecoderSync}. */
  constructor(core: CoreExports, { keys = [], experimental = [] }: DecoderOptions) {
    this.#core = core;
    this.#experimental = experimental.reduce((flags: number, mode) => flags | (1 << mode), 0);
    this.#descriptor = core.descriptor();
    this.addKeys(keys);
  }

  /**
   * Adds keys; a later one for the same meter replaces the earlier. They are copied into the module, which never gives
   * them back.
   *
   * @throws KeyError `key/invalid` for a key that is none, `key/meter` for a manufacturer or id that is none; no key of
   * the list is then added. RangeError `keys/patterns` for the first that has a 32nd way to tell some digits, letters, version
   * and medium and leave others open, or an eighth derivation; those before it are added.
   */
  addKeys(keys: readonly KeyEntry[]): void {
    const slots = keys.map(slotOf);
    if (slots.length === 0) return;
    this.#keyCount += slots.length;
    if (!this.#core.reserveKeys(this.#keyCount)) throw exhausted();
    slots.forEach(({ address, key }, i) => {
      this.#setKey(key, keys[i]?.derivation);
      if (!this.#core.addPattern(...address))
        throw new RangeError('keys/patterns: too many patterns');
    });
    // A key table that grew lies where the batch was.
    this.#room = [];
  }
  #keyCount = 0;

  /** Overwrites all keys in memory. */
  wipeKeys(): void {
    this.#core.wipeKeys();
    this.#keyCount = 0;
  }

  /**
   * Decodes one telegram into its JSON form. Never throws on data: what is wrong stands in `issues`.
   *
   * @param bytes - the telegram, wired or wireless, with or without CRCs; not kept.
   * @throws KeyError `key/invalid` when `options.key` is no key; RangeError `date/invalid` when `options.date` is no date.
   * @example
   * ```ts
   * const telegram = decoder.decode(bytes);
   * for (const { quantity, value, unit } of telegram.records) console.log(quantity, value, unit);
   * ```
   */
  decode(bytes: Uint8Array, options: DecodeOptions = {}): Telegram {
    // A telegram has at most 65535 bytes; what is longer is told as such from its first 65536.
    const given = bytes.subarray(0, 0x1_0000);
    this.#reserve(given.length, 1, given.length);
    this.#give(given, Uint32Array.of(0, given.length), 0);
    return new TelegramBatch(this.#run(1, options), this.#tables as Tables).telegram(0);
  }

  /**
   * Decodes many telegrams into columns in WebAssembly memory, making no object for any.
   *
   * @param bytes - all telegrams, one behind the other.
   * @param offsets - n + 1 starts in rising order: telegram i is the bytes from `offsets[i]` up to `offsets[i + 1]`.
   * @param from - first telegram to decode; the batch's telegram 0 is this one.
   * @param options - as for {@link decode}, for all telegrams of the call.
   * @returns views that hold until the decoder's next call. Memory is bounded: for long input `length` is less than was
   * asked for; go on with `from + batch.length`, or use `batchesOf` of `@metergram/decoder/stream`.
   * @throws RangeError `batch/offsets` when offsets do not rise or reach beyond `bytes`.
   */
  decodeBatch(
    bytes: Uint8Array,
    offsets: Uint32Array,
    from = 0,
    options: DecodeOptions = {},
  ): TelegramBatch {
    const all = offsets.length - 1;
    if (!(from >= 0 && from <= Math.max(all, 0)))
      throw new RangeError(`batch/offsets: no telegram ${from}`);
    const start = offsets[from] ?? 0;
    let to = from;
    let longest = 0;
    while (to < all && to - from < BATCH_TELEGRAMS) {
      const next = offsets[to + 1] as number;
      const length = next - (offsets[to] as number);
      if (length < 0 || next > bytes.length)
        throw new RangeError(`batch/offsets: telegram ${to} ends at ${next}`);
      if (to > from && next - start > BATCH_BYTES) break;
      if (length > longest) longest = length;
      to++;
    }
    const count = to - from;
    const end = offsets[to] ?? start;
    this.#reserve(end - start, count, longest);
    this.#give(bytes.subarray(start, end), offsets.subarray(from, to + 1), start);
    const done = this.#run(count, options);
    const words = this.#words;
    return new TelegramBatch(
      done,
      this.#views(done, words[RECORDS] as number, words[ISSUES] as number),
    );
  }

  /** Forgets formats of compact frames and waiting fragments. */
  forget(): void {
    this.#core.memoryOf(FORGET, 0);
  }

  /**
   * One step of your clock, every few seconds say: fragments that two steps have found untouched are forgotten. The
   * decoder has no clock of its own.
   */
  tick(): void {
    this.#core.memoryOf(TICK, 0);
  }

  /** Decodes what was given; how many telegrams were decoded. */
  #run(count: number, options: DecodeOptions): number {
    let flags = this.#experimental | (options.layer === 'records' ? RECORDS_ONLY : 0);
    if (options.key !== undefined) {
      this.#setKey(keyBytes(options.key));
      flags |= CALL_KEY;
    }
    if (options.date !== undefined) flags |= dateFlags(options.date);
    return this.#core.decode(count, flags);
  }

  /** Views on memory and on so many rows of each table. */
  #views(telegrams: number, records: number, issues: number): Tables {
    const words = this.#words;
    const { buffer } = words;
    return {
      ...columnViews(buffer, words[COLUMNS] as number, telegrams, records, issues),
      memory: new Uint8Array(buffer),
      words: new Int32Array(buffer),
    };
  }

  /** The descriptor; views are made anew where memory has grown. */
  get #words(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#core.memory.buffer as ArrayBuffer, this.#descriptor, 8);
  }

  /** Room for so many bytes and telegrams, of which one has `longest` bytes and must fit for certain. */
  #reserve(bytes: number, telegrams: number, longest: number): void {
    // A record has at least two bytes, and seven on average in telegrams with short values; a telegram of nothing but
    // the shortest records must fit too.
    const records = Math.ceil(Math.max(bytes / 5, longest / 2)) + 16;
    const issues = Math.ceil(records / 4 + 4 * telegrams + longest / 2) + 16;
    const needed = [bytes, telegrams, records, issues];
    if (needed.every((rows, i) => rows <= (this.#room[i] ?? -1))) return;
    // Few telegrams: all of it fits the one page of the firmware build.
    const room = needed.map((rows, i) => Math.max(rows, i === 1 ? 16 : 512)) as Room;
    this.#room = [];
    if (!this.#core.reserve(...room)) throw exhausted();
    this.#tables = this.#views(room[1], room[2], room[3]);
    this.#room = room;
  }

  /** Puts the bytes of telegrams in place, and their n + 1 starts, counted from `start`. */
  #give(bytes: Uint8Array, starts: Uint32Array, start: number): void {
    const { memory, words } = this.#tables as Tables;
    const descriptor = this.#descriptor >> 2;
    memory.set(bytes, (words[descriptor + INPUT] as number) >>> 0);
    const offsets = (words[descriptor + OFFSETS] as number) >>> 2;
    if (start === 0) words.set(starts, offsets);
    else starts.forEach((at, i) => (words[offsets + i] = at - start));
  }

  #setKey(key: Uint8Array, derivation?: Uint8Array): void {
    const area = new Uint8Array(this.#core.memory.buffer, this.#words[KEY], 96);
    area.set(key);
    if (derivation) area.set(derivation, 16);
    key.fill(0);
  }
}

/**
 * Compiles the module and makes a decoder. That is done on the caller's thread, in a millisecond or two; where it is too long,
 * or the page runs in a Chromium before 115 (older televisions), which refuses it, give `options.module`.
 *
 * @throws KeyError as {@link Decoder.addKeys}; TypeError `decoder/module` when `options.module` is another module.
 * @example
 * ```ts
 * const decoder = await createDecoder({ keys: [{ manufacturer: 'KAM', id: '12345678', key }] });
 * ```
 */
export async function createDecoder(options: DecoderOptions = {}): Promise<Decoder> {
  return createDecoderSync(options);
}

/** {@link createDecoder} without waiting. */
export function createDecoderSync(options: DecoderOptions = {}): Decoder {
  return new Decoder(loadSync(options), options);
}
