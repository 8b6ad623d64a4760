import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Rows of one block. */
export const BLOCK = 65_536;
const ROW_BYTES = 21;
/** Blocks that are kept in memory: 88 megabytes. What is beyond goes to a file of its own. */
const KEPT = 64;

/** Readings in columns; the value is `mantissa · 10^−decimals`. */
export class Block {
  readonly bytes: ArrayBuffer = new ArrayBuffer(BLOCK * ROW_BYTES);
  readonly time: Float64Array = new Float64Array(this.bytes, 0, BLOCK);
  readonly mantissa: BigInt64Array = new BigInt64Array(this.bytes, BLOCK * 8, BLOCK);
  /** The mantissa as pairs of low and high half, which is faster to write than a bigint. */
  readonly halves: Int32Array = new Int32Array(this.bytes, BLOCK * 8, BLOCK * 2);
  readonly meter: Uint32Array = new Uint32Array(this.bytes, BLOCK * 16, BLOCK);
  readonly decimals: Uint8Array = new Uint8Array(this.bytes, BLOCK * 20, BLOCK);
  length = 0;
}

/**
 * Holds all readings until it is known how many decimals each meter has, and gives them back as often as they are wanted.
 * Memory is bounded: long inputs lie in a temporary file that only this user can read and that has no name, so that it is
 * gone with the process, however that ends.
 */
export class Spool {
  readonly #kept: Block[] = [];
  readonly #lengths: number[] = [];
  #last: Block = new Block();
  #folder = '';
  #file: FileHandle | undefined;

  /** The block that takes the next row. To be asked for again when it is full. */
  get open(): Block {
    return this.#last;
  }

  /** Puts the full block away. */
  async turn(): Promise<void> {
    const full = this.#last;
    if (full.length === 0) return;
    if (this.#kept.length < KEPT) {
      this.#kept.push(full);
      this.#last = new Block();
      return;
    }
    if (this.#file === undefined) {
      this.#folder = await mkdtemp(join(tmpdir(), 'metergram-'));
      this.#file = await open(join(this.#folder, 'readings'), 'wx+', 0o600);
      // Windows takes the folder away only when the file is closed.
      await this.#forget().catch(() => undefined);
    }
    await this.#file.write(
      new Uint8Array(full.bytes),
      0,
      full.bytes.byteLength,
      this.#lengths.length * full.bytes.byteLength,
    );
    this.#lengths.push(full.length);
    full.length = 0;
  }

  /** All blocks, in order. One that is given may be changed in place, but is no other after the next. */
  async *blocks(): AsyncGenerator<Block> {
    const copy = new Block();
    const fill = (block: Block): Block => {
      new Uint8Array(copy.bytes).set(new Uint8Array(block.bytes));
      copy.length = block.length;
      return copy;
    };
    for (const block of this.#kept) yield fill(block);
    for (const [index, length] of this.#lengths.entries()) {
      const size = copy.bytes.byteLength;
      await this.#file!.read(new Uint8Array(copy.bytes), 0, size, index * size);
      copy.length = length;
      yield copy;
    }
    yield fill(this.#last);
  }

  /** Takes the temporary file away. */
  async close(): Promise<void> {
    await this.#file?.close();
    if (this.#folder !== '') await this.#forget();
  }

  async #forget(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    this.#folder = '';
  }
}
