import { MISSING_BY_FAULT, type IntervalColumns } from '@metergram/aggregate';

/** Intervals of many registers, gathered as they are said and given back register by register, each in order of time. */
export class Results {
  #length = 0;
  #register = new Uint32Array(1 << 12);
  #start = new Float64Array(1 << 12);
  #mantissa = new BigInt64Array(1 << 12);
  #revision = new Uint32Array(1 << 12);
  #quality = new Uint8Array(1 << 12);
  /** A value is missing because of a fault. */
  faulty = false;

  add(said: IntervalColumns): void {
    const { length } = said;
    this.#room(this.#length + length);
    this.#register.set(said.register, this.#length);
    this.#start.set(said.start, this.#length);
    this.#mantissa.set(said.mantissa, this.#length);
    this.#revision.set(said.revision, this.#length);
    this.#quality.set(said.quality, this.#length);
    this.#length += length;
    this.faulty ||= said.quality.includes(MISSING_BY_FAULT);
  }

  /** Rows, by register; within one in the order of `add`, which is that of time. */
  *rows(registers: number): Generator<{
    register: number;
    start: number;
    mantissa: bigint;
    revision: number;
    quality: number;
  }> {
    const next = new Uint32Array(registers + 1);
    for (let row = 0; row < this.#length; row++) next[this.#register[row]! + 1]!++;
    for (let register = 0; register < registers; register++) next[register + 1]! += next[register]!;
    const order = new Uint32Array(this.#length);
    for (let row = 0; row < this.#length; row++) order[next[this.#register[row]!]!++] = row;
    for (const row of order)
      yield {
        register: this.#register[row]!,
        start: this.#start[row]!,
        mantissa: this.#mantissa[row]!,
        revision: this.#revision[row]!,
        quality: this.#quality[row]!,
      };
  }

  #room(rows: number): void {
    if (rows <= this.#register.length) return;
    let room = this.#register.length;
    while (room < rows) room *= 2;
    this.#register = grown(new Uint32Array(room), this.#register);
    this.#start = grown(new Float64Array(room), this.#start);
    this.#mantissa = grown(new BigInt64Array(room), this.#mantissa);
    this.#revision = grown(new Uint32Array(room), this.#revision);
    this.#quality = grown(new Uint8Array(room), this.#quality);
  }
}

function grown<T extends { set(from: T): void }>(into: T, from: T): T {
  into.set(from);
  return into;
}
