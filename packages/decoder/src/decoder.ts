import { TelegramBatch } from './batch.ts';
import { columnViews } from './columns.ts';
import { keyBytes, slotOf } from './keys.ts';
import { dateFlags } from './meter-date.ts';
import type { DecodeOptions, DecoderOptions, KeyEntry } from './options.ts';
import type { Telegram } from './telegram.ts';
import { type CoreExports, load, loadSync } from './wasm.ts';

const RECORDS_ONLY = 1;
const CALL_KEY = 2;

/** Input bytes of one batch at most; a longer input comes back in several. */
const BATCH_BYTES = 8 << 20;
const BATCH_TELEGRAMS = 1 << 17;

/** What `memoryOf` is asked, see assembly/decoder.ts. */
const FORMATS_AT = 0;
const FORMAT_COUNT = 1;
const FORMATS_SET = 2;
const FORGET = 3;
const TICK = 4;
/** Bytes of a format in the cache, and how many it holds: assembly/tpl/formats.ts. */
const FORMAT_BYTES = 128;
const MOST_FORMATS = 64;

/** Words of the descriptor that assembly/decoder.ts documents. */
const INPUT = 0;
const OFFSETS = 1;
const COLUMNS = 2;
const KEY = 3;
const RECORDS = 5;
const ISSUES = 6;

/**
 * Decodes telegrams. It keeps keys and what later telegrams need, never values; it is not safe to use one from two
 * threads at once.
 */
export class Decoder {
  readonly #core: CoreExports;
  readonly #descriptor: number;
  #bytes = 0;
  #telegrams = 0;
  #records = 0;
  #issues = 0;

  /** Use {@link createDecoder} or {@link createDecoderSync}. */
  constructor(core: CoreExports, keys: readonly KeyEntry[]) {
    this.#core = core;
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
    if (!this.#core.reserveKeys(this.#keyCount))
      throw new RangeError('memory/exhausted: no room for keys');
    slots.forEach(({ address, key }, i) => {
      this.#setKey(key, keys[i]?.derivation);
      if (!this.#core.addPattern(...address))
        throw new RangeError('keys/patterns: too many kinds of patterns');
    });
    // A key table that grew lies where the batch was.
    this.#bytes = 0;
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
    const given = bytes.length > 0x1_0000 ? bytes.subarray(0, 0x1_0000) : bytes;
    this.#reserve(given.length, 1, given.length);
    const { input, offsets } = this.#areas();
    input.set(given);
    offsets[0] = 0;
    offsets[1] = given.length;
    return this.#run(1, options).telegram(0);
  }

  /**
   * Decodes many telegrams into columns in WebAssembly memory, making no object for any.
   *
   * @param bytes - all telegrams, one behind the other.
   * @param offsets - n + 1 starts in rising order: telegram i is the bytes from `offsets[i]` up to `offsets[i + 1]`.
   * @param from - first telegram to decode; the batch's telegram 0 is this one.
   * @param options - as for {@link decode}, for all telegrams of the call.
   * @returns views that hold until the decoder's next call. Memory is bounded: for long input `length` is less than was
   * asked for; go on with `from + batch.length`, or use {@link batches}.
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
      throw new RangeError(`batch/offsets: there is no telegram ${from}`);
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
    const areas = this.#areas();
    areas.input.set(bytes.subarray(start, end));
    if (start === 0) areas.offsets.set(offsets.subarray(from, to + 1));
    else for (let i = 0; i <= count; i++) areas.offsets[i] = (offsets[from + i] as number) - start;
    return this.#run(count, options);
  }

  /** {@link decodeBatch} over input of any length: each batch holds until the next is asked for. */
  *batches(bytes: Uint8Array, offsets: Uint32Array): Generator<TelegramBatch, void, void> {
    for (let from = 0; from < offsets.length - 1;) {
      const batch = this.decodeBatch(bytes, offsets, from);
      yield batch;
      from += batch.length;
    }
  }

  /**
   * The formats of compact frames learned so far, to be given to {@link restoreFormats} after a restart: bytes without
   * any value or key.
   */
  saveFormats(): Uint8Array {
    const count = this.#core.memoryOf(FORMAT_COUNT, 0);
    const at = this.#core.memoryOf(FORMATS_AT, 0);
    return new Uint8Array(this.#core.memory.buffer, at, count * FORMAT_BYTES).slice();
  }

  /**
   * Puts formats back; those learned until now are forgotten. A format that does not fit its frames is found by the CRC
   * of the frame and does no harm.
   *
   * @throws RangeError `formats/size` when `formats` is not what {@link saveFormats} gives.
   */
  restoreFormats(formats: Uint8Array): void {
    const count = formats.length / FORMAT_BYTES;
    if (!Number.isInteger(count) || count > MOST_FORMATS)
      throw new RangeError(`formats/size: ${formats.length} bytes are not saved formats`);
    const at = this.#core.memoryOf(FORMATS_AT, 0);
    new Uint8Array(this.#core.memory.buffer, at, formats.length).set(formats);
    this.#core.memoryOf(FORMATS_SET, count);
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

  #run(count: number, options: DecodeOptions): TelegramBatch {
    let flags = options.layer === 'records' ? RECORDS_ONLY : 0;
    if (options.key !== undefined) {
      this.#setKey(keyBytes(options.key));
      flags |= CALL_KEY;
    }
    if (options.date !== undefined) flags |= dateFlags(options.date);
    const done = this.#core.decode(count, flags);
    const buffer = this.#core.memory.buffer as ArrayBuffer;
    const words = new Uint32Array(buffer, this.#descriptor, 8);
    const views = columnViews(
      buffer,
      words[COLUMNS] as number,
      done,
      words[RECORDS] as number,
      words[ISSUES] as number,
    );
    return new TelegramBatch(done, {
      ...views,
      memory: new Uint8Array(buffer),
      words: new Int32Array(buffer),
    });
  }

  /** Room for so many bytes and telegrams, of which one has `longest` bytes and must fit for certain. */
  #reserve(bytes: number, telegrams: number, longest: number): void {
    // A record has at least two bytes, and seven on average in telegrams with short values; a telegram of nothing but
    // the shortest records must fit too.
    const records = Math.max(Math.ceil(bytes / 5), Math.ceil(longest / 2)) + 16;
    const issues = Math.ceil(records / 4) + 4 * telegrams + Math.ceil(longest / 2) + 16;
    if (
      bytes <= this.#bytes &&
      telegrams <= this.#telegrams &&
      records <= this.#records &&
      issues <= this.#issues
    )
      return;
    this.#bytes = Math.max(bytes, 1024);
    this.#telegrams = Math.max(telegrams, 16);
    this.#records = Math.max(records, 512);
    this.#issues = Math.max(issues, 512);
    if (!this.#core.reserve(this.#bytes, this.#telegrams, this.#records, this.#issues)) {
      this.#bytes = 0;
      throw new RangeError('memory/exhausted: the engine gives no more memory');
    }
  }

  #areas(): { input: Uint8Array; offsets: Uint32Array } {
    const buffer = this.#core.memory.buffer;
    const words = new Uint32Array(buffer, this.#descriptor, 8);
    return {
      input: new Uint8Array(buffer, words[INPUT], this.#bytes),
      offsets: new Uint32Array(buffer, words[OFFSETS], this.#telegrams + 1),
    };
  }

  #setKey(key: Uint8Array, derivation?: Uint8Array): void {
    const buffer = this.#core.memory.buffer;
    const words = new Uint32Array(buffer, this.#descriptor, 8);
    const area = new Uint8Array(buffer, words[KEY], 96);
    area.set(key);
    if (derivation) area.set(derivation, 16);
    key.fill(0);
  }
}

/**
 * Compiles the module and makes a decoder.
 *
 * @throws KeyError as {@link Decoder.addKeys}; TypeError `decoder/module` when `options.module` is another module.
 * @example
 * ```ts
 * const decoder = await createDecoder({ keys: [{ manufacturer: 'KAM', id: '12345678', key }] });
 * ```
 */
export async function createDecoder(options: DecoderOptions = {}): Promise<Decoder> {
  return new Decoder(await load(options), options.keys ?? []);
}

/** {@link createDecoder} without waiting. */
export function createDecoderSync(options: DecoderOptions = {}): Decoder {
  return new Decoder(loadSync(options), options.keys ?? []);
}
