import type { Layer } from '../telegram.ts';

/** A run of frame bytes and what it is; `start` and `end` count in the frame, `end` is not part of it. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly layer: Layer;
  readonly name: string;
  readonly meaning: string;
  readonly clause: string;
}

/** The bytes of a frame, read without going beyond what is there: nothing is 0. */
export interface FrameBytes {
  readonly length: number;
  at(offset: number): number;
}

export const hex2 = (byte: number): string => byte.toString(16).padStart(2, '0');

export function number(bytes: FrameBytes, offset: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + bytes.at(offset + i);
  return value;
}

/** Collects marks one behind the other. */
export class Marks {
  readonly list: Mark[] = [];
  at: number;
  readonly #end: number;

  constructor(at: number, end: number) {
    this.at = at;
    this.#end = end;
  }

  /** Bytes that are left. */
  get left(): number {
    return Math.max(0, this.#end - this.at);
  }

  /** The next `length` bytes, or what is left of them. */
  take(length: number, layer: Layer, name: string, meaning: string, clause: string): void {
    const end = Math.min(this.at + length, this.#end);
    if (end > this.at) this.list.push({ start: this.at, end, layer, name, meaning, clause });
    this.at = end;
  }
}
