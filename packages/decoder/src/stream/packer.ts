/** Many telegrams: their bytes, one behind the other, and n + 1 starts, as `Decoder.decodeBatch` takes them. */
export interface PackedTelegrams {
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

const MOST = 4096;
const MOST_BYTES = 1 << 20;

/** Packs telegrams that come one by one. What it gives holds until it is given more. */
export class Packer {
  readonly #most: number;
  readonly #mostBytes: number;
  readonly #offsets: Uint32Array;
  #bytes = new Uint8Array(1 << 12);
  #count = 0;

  /** @throws RangeError `stream/most` where a limit is no whole number from 1 on. */
  constructor(most: number = MOST, mostBytes: number = MOST_BYTES) {
    for (const limit of [most, mostBytes])
      if (!Number.isInteger(limit) || limit < 1)
        throw new RangeError(
          `stream/most: ${limit} is no limit, which is a whole number from 1 on`,
        );
    this.#most = most;
    this.#mostBytes = mostBytes;
    this.#offsets = new Uint32Array(most + 1);
  }

  /** What is full with what is given; telegrams that are packed already are handed on as they are. */
  *add(given: Uint8Array | PackedTelegrams): Generator<PackedTelegrams, void, void> {
    if (!(given instanceof Uint8Array)) {
      yield* this.rest();
      yield given;
      return;
    }
    const used = this.#offsets[this.#count] as number;
    if (this.#count > 0 && used + given.length > this.#mostBytes) yield* this.rest();
    const at = this.#offsets[this.#count] as number;
    this.#grow(at + given.length);
    this.#bytes.set(given, at);
    this.#offsets[++this.#count] = at + given.length;
    if (this.#count === this.#most || at + given.length >= this.#mostBytes) yield* this.rest();
  }

  /** What has been given and not yet been handed on. */
  *rest(): Generator<PackedTelegrams, void, void> {
    if (this.#count === 0) return;
    const offsets = this.#offsets.subarray(0, this.#count + 1);
    const bytes = this.#bytes.subarray(0, offsets[this.#count]);
    this.#count = 0;
    yield { bytes, offsets };
  }

  #grow(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(size, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
