import { crc16 } from './encode/crc.ts';

/** Bytes of the longest frame: wired 255 + 6; wireless format A 256 + 2 · 17. */
const LONGEST = 290;

/** What a {@link Framer} is given. */
export interface FramerOptions {
  /**
   * What comes in. `wired`: M-Bus as on the line. `wireless`: frames of format A or B with their CRCs, one behind the other
   * or with anything between them. `mode-c`: the same behind the synchronisation words of mode C, 54 3D 54 CD and
   * 54 3D 54 3D.
   */
  readonly input: 'wired' | 'wireless' | 'mode-c';
}

/** What a framer has seen. */
export interface FramerCounts {
  readonly frames: number;
  /** Bytes that belong to no frame. */
  readonly skipped: number;
}

/** Bytes of the frame that starts at `at`: 0 where none does, −1 where more bytes are needed to tell. */
type Measure = (bytes: Uint8Array, at: number, length: number) => number;

const sum = (bytes: Uint8Array, from: number, to: number): number => {
  let total = 0;
  for (let i = from; i < to; i++) total += bytes[i] as number;
  return total & 0xff;
};

/** EN 13757-2 5.4: a frame counts when its checksum and its stop character are right. */
const measureWired: Measure = (bytes, at, length) => {
  const first = bytes[at];
  const left = length - at;
  if (first === 0xe5) return 1;
  if (first === 0x10) {
    if (left < 5) return -1;
    return bytes[at + 4] === 0x16 && bytes[at + 3] === sum(bytes, at + 1, at + 3) ? 5 : 0;
  }
  if (first !== 0x68) return 0;
  if (left < 4) return -1;
  const user = bytes[at + 1] as number;
  if (bytes[at + 2] !== user || bytes[at + 3] !== 0x68 || user < 3) return 0;
  if (left < user + 6) return -1;
  const end = at + 4 + user;
  return bytes[end + 1] === 0x16 && bytes[end] === sum(bytes, at + 4, end) ? user + 6 : 0;
};

const crcAt = (bytes: Uint8Array, from: number, to: number): boolean =>
  crc16(bytes, from, to) === ((bytes[to] as number) << 8) + (bytes[to + 1] as number);

/** EN 13757-4 11.5: format A is known by the CRC of its first block, format B by that of its first 128 bytes or less. */
const measureWireless: Measure = (bytes, at, length) => {
  const field = bytes[at] as number;
  const left = length - at;
  if (field < 9) return 0;
  if (left < 12) return -1;
  if (crcAt(bytes, at, at + 10)) {
    const size = field + 1 + 2 * (1 + Math.ceil((field - 9) / 16));
    return left < size ? -1 : size;
  }
  const first = Math.min(field + 1, 128);
  if (field < 11) return 0;
  if (left < first) return -1;
  if (!crcAt(bytes, at, at + first - 2)) return 0;
  return left < field + 1 ? -1 : field + 1;
};

/** A synchronisation word, and a frame of the format that it names. */
const measureModeC: Measure = (bytes, at, length) => {
  const word = [0x54, 0x3d, 0x54];
  for (let i = 0; i < 3; i++) {
    if (at + i >= length) return -1;
    if (bytes[at + i] !== word[i]) return 0;
  }
  if (at + 3 >= length) return -1;
  if (bytes[at + 3] !== 0xcd && bytes[at + 3] !== 0x3d) return 0;
  if (at + 4 >= length) return -1;
  const size = measureWireless(bytes, at + 4, length);
  return size > 0 ? size + 4 : size;
};

const MEASURES: Readonly<Record<FramerOptions['input'], Measure>> = {
  wired: measureWired,
  wireless: measureWireless,
  'mode-c': measureModeC,
};

/**
 * Cuts telegrams out of a stream of bytes that may be split anywhere. Only whole frames whose checksum or CRC is right come
 * out; after garbage it goes on with the next one. Memory is bounded by the longest frame.
 *
 * @example
 * ```ts
 * const framer = new Framer({ input: 'wired' });
 * for await (const chunk of port) for (const frame of framer.push(chunk)) console.log(decoder.decode(frame));
 * ```
 */
export class Framer {
  readonly #measure: Measure;
  readonly #sync: number;
  #held = new Uint8Array(0);
  #frames = 0;
  #skipped = 0;

  constructor({ input }: FramerOptions) {
    this.#measure = MEASURES[input];
    this.#sync = input === 'mode-c' ? 4 : 0;
  }

  get counts(): FramerCounts {
    return { frames: this.#frames, skipped: this.#skipped };
  }

  /** Takes the next bytes and gives the frames that they complete, copies of their own. */
  push(chunk: Uint8Array): Uint8Array[] {
    const bytes = new Uint8Array(this.#held.length + chunk.length);
    bytes.set(this.#held);
    bytes.set(chunk, this.#held.length);
    return this.#cut(bytes, false);
  }

  /**
   * The stream pauses or ends: what waits for more bytes is taken for garbage, and frames behind it come out. A wired
   * master does this when the reply window closes.
   */
  flush(): Uint8Array[] {
    return this.#cut(this.#held, true);
  }

  #cut(bytes: Uint8Array, last: boolean): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length) {
      const size = this.#measure(bytes, at, bytes.length);
      if (size > 0) {
        frames.push(bytes.slice(at + this.#sync, at + size));
        this.#frames++;
        at += size;
      } else if (size < 0 && !last && bytes.length - at < LONGEST) {
        break;
      } else {
        this.#skipped++;
        at++;
      }
    }
    this.#held = bytes.slice(at);
    return frames;
  }
}

/** Half byte of each 3-of-6 symbol (EN 13757-4, mode T), −1 for what is none. */
const HALVES = new Int8Array(64).fill(-1);
[
  0b010110, 0b001101, 0b001110, 0b001011, 0b011100, 0b011001, 0b011010, 0b010011, 0b101100,
  0b100101, 0b100110, 0b100011, 0b110100, 0b110001, 0b110010, 0b101001,
].forEach((symbol, half) => {
  HALVES[symbol] = half;
});

/** What {@link decodeThreeOfSix} found: whole bytes, and the chip at which the first symbol stands that is none. */
export interface ThreeOfSixResult {
  readonly bytes: Uint8Array;
  readonly errorAt?: number;
}

/**
 * Bytes from 3-of-6 chips, eight to a byte, the first chip the most significant bit. It ends before the first symbol that
 * is none: the postamble's alternating chips, or a fault.
 */
export function decodeThreeOfSix(chips: Uint8Array): ThreeOfSixResult {
  const out = new Uint8Array(Math.floor((chips.length * 8) / 12));
  const half = (chip: number): number => {
    let symbol = 0;
    for (let i = chip; i < chip + 6; i++)
      symbol = (symbol << 1) | (((chips[i >> 3] as number) >> (7 - (i & 7))) & 1);
    return HALVES[symbol] as number;
  };
  for (let i = 0; i < out.length; i++) {
    const high = half(12 * i);
    const low = high < 0 ? -1 : half(12 * i + 6);
    if (low < 0) return { bytes: out.slice(0, i), errorAt: 12 * i + (high < 0 ? 0 : 6) };
    out[i] = (high << 4) | low;
  }
  return { bytes: out };
}
