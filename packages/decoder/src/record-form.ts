import type { RecordColumns } from './columns.ts';
import { civilText, clockText } from './civil-text.ts';
import { decimalText, realText } from './decimal-text.ts';
import { hex, hexReversed } from './hex.ts';
import { ORIGINS, RECORD_FLAGS, RECORD_KINDS } from './tables/codes.ts';
import { obisOf } from './tables/obis.ts';
import { MEANINGS } from './generated/meanings.ts';
import type { Meaning } from './tables/vif.ts';
import type { DataRecord, RecordFunction, RecordKind } from './telegram.ts';
import { numbered, readVib, type Vib } from './vib.ts';

const FUNCTIONS: readonly RecordFunction[] = ['instantaneous', 'maximum', 'minimum', 'error'];

/** What the JSON form calls each of the module's kinds. */
const KINDS: Readonly<Record<(typeof RECORD_KINDS)[number], RecordKind>> = {
  none: 'none',
  number: 'number',
  date: 'date',
  'datetime-minute': 'datetime',
  'datetime-second': 'datetime',
  time: 'time',
  text: 'text',
  bytes: 'bytes',
  digits: 'text',
  real64: 'number',
  unsigned: 'number',
  'unsigned-text': 'text',
};

/** Number of the commonest kind. */
const NUMBER = RECORD_KINDS.indexOf('number');

/** What of a telegram its records need: its bytes, where they stand, and how they are ordered. */
export interface Frame {
  /** View on WebAssembly memory. */
  readonly memory: Uint8Array;
  readonly words: Int32Array;
  /** Address of the frame's first byte. */
  readonly start: number;
  readonly msbFirst: boolean;
  readonly toMeter: boolean;
  /** Device type of the meter, or -1 where the telegram names none. */
  readonly mediumCode: number;
  /** Frame offset of what rebuilt records were made from. */
  readonly body: number;
  /** Offset in the input of a frame offset. */
  readonly offsetOf: (frameOffset: number) => number;
}

/** ISO 8859-1, last character first, as data are sent low end first; CI 76 sends them, and so text, high end first. */
function latin1(bytes: Uint8Array, start: number, length: number, msbFirst: boolean): string {
  let text = '';
  for (let i = 0; i < length; i++) {
    text += String.fromCharCode(bytes[msbFirst ? start + i : start + length - 1 - i] as number);
  }
  return text;
}

/** Digits of the 64-bit integer in row `row`, without making a BigInt where 53 bits hold it. */
function integerText(columns: RecordColumns, frame: Frame, row: number, unsigned: boolean): string {
  const at = (columns.mantissa.byteOffset >> 2) + 2 * row;
  const low = (frame.words[at] as number) >>> 0;
  const high = frame.words[at + 1] as number;
  // Read as unsigned, a negative high word is a number beyond 53 bits.
  const low53 = high < 0x20_0000 && high >= (unsigned ? 0 : -0x20_0000);
  if (low53) return String(high * 0x1_0000_0000 + low);
  const value = columns.mantissa[row] as bigint;
  return String(unsigned ? BigInt.asUintN(64, value) : value);
}

function valueText(
  columns: RecordColumns,
  frame: Frame,
  row: number,
  kind: (typeof RECORD_KINDS)[number],
  at: number,
  size: number,
  isVariable: boolean,
): string | null {
  const { memory } = frame;
  const from = isVariable ? at + 1 : at;
  const length = isVariable ? size - 1 : size;
  const scale = columns.scale[row] as number;
  switch (kind) {
    case 'none':
      return null;
    case 'number':
      return decimalText(integerText(columns, frame, row, false), scale);
    case 'unsigned':
      return decimalText(integerText(columns, frame, row, true), scale);
    case 'unsigned-text':
      return integerText(columns, frame, row, true);
    case 'real64': {
      const bits = new BigInt64Array([columns.mantissa[row] as bigint]);
      return realText(new Float64Array(bits.buffer)[0] as number, scale);
    }
    case 'text':
      return latin1(memory, from, length, frame.msbFirst);
    case 'digits':
      return frame.msbFirst ? hex(memory, from, length) : hexReversed(memory, from, length);
    case 'bytes':
      return hex(memory, from, length);
    default: {
      const seconds = Number(columns.mantissa[row]);
      if (kind === 'time') return clockText(seconds, 'second');
      if (kind === 'date') return civilText(seconds, 'day');
      return civilText(seconds, kind === 'datetime-minute' ? 'minute' : 'second');
    }
  }
}

/** Storage number in full: the column holds its low 32 bits, a data information block may hold 41. */
function storageOf(
  columns: RecordColumns,
  memory: Uint8Array,
  row: number,
  at: number,
  dib: number,
): number {
  if (dib < 9) return columns.storage[row] as number;
  let storage = ((memory[at] as number) >> 6) & 1;
  for (let i = 1; i < dib; i++) storage += ((memory[at + i] as number) & 15) * 2 ** (4 * i - 3);
  return storage;
}

/** A record's four numbers of place: offset in the frame, address, and lengths of DIB and VIB. */
interface Place {
  readonly offset: number;
  readonly at: number;
  readonly dib: number;
  readonly vib: number;
}

function placeOf(columns: RecordColumns, frame: Frame, row: number): Place {
  const place = columns.place[row] as number;
  const offset = place & 0xffff;
  return { offset, at: frame.start + offset, dib: (place >>> 16) & 15, vib: place >>> 20 };
}

const NONE: readonly string[] = [];
/** OBIS codes of records without modifiers, by what else they depend on: few, and asked for again and again. */
const OBIS = new Map<number, string | undefined>();

/**
 * A record in its JSON form, made field by field when asked for: for many records of which few fields are read. It holds
 * as long as the batch that it belongs to.
 */
export class RecordView implements DataRecord {
  readonly #columns: RecordColumns;
  readonly #frame: Frame;
  readonly #row: number;

  constructor(columns: RecordColumns, frame: Frame, row: number) {
    this.#columns = columns;
    this.#frame = frame;
    this.#row = row;
  }

  get #meaning(): Meaning {
    return MEANINGS[this.#columns.meaning[this.#row] as number] as Meaning;
  }

  get quantity(): string {
    return this.#meaning.quantity;
  }

  get kind(): RecordKind {
    return KINDS[RECORD_KINDS[this.#columns.kind[this.#row] as number] ?? 'none'];
  }

  get unit(): string {
    const kind = this.kind;
    return kind === 'number' || kind === 'none' ? this.#vib().unit : '';
  }

  get value(): string | null {
    const columns = this.#columns;
    const row = this.#row;
    if (columns.validity[row] !== 0) return null;
    const kind = columns.kind[row] as number;
    const name = RECORD_KINDS[kind] ?? 'none';
    if (kind === NUMBER)
      return decimalText(
        integerText(columns, this.#frame, row, false),
        columns.scale[row] as number,
      );
    const { at, dib, vib } = placeOf(columns, this.#frame, row);
    const isVariable = dib > 0 && ((this.#frame.memory[at] as number) & 15) === 13;
    return valueText(
      columns,
      this.#frame,
      row,
      name,
      at + dib + vib,
      columns.size[row] as number,
      isVariable,
    );
  }

  get function(): RecordFunction {
    return FUNCTIONS[this.#columns.function[this.#row] as number] as RecordFunction;
  }

  get storage(): number {
    const { at, dib } = placeOf(this.#columns, this.#frame, this.#row);
    return storageOf(this.#columns, this.#frame.memory, this.#row, at, dib);
  }

  get tariff(): number {
    return this.#columns.tariff[this.#row] as number;
  }

  get subunit(): number {
    return this.#columns.subunit[this.#row] as number;
  }

  get modifiers(): readonly string[] {
    return this.#vib().modifiers;
  }

  get obis(): string | undefined {
    if (this.vendor) return undefined;
    const columns = this.#columns;
    const row = this.#row;
    const medium = this.#frame.mediumCode;
    const modifiers = this.modifiers;
    const tariff = columns.tariff[row] as number;
    const plain = modifiers.length === 0 && tariff === 0 && (columns.storage[row] as number) < 2;
    if (!plain) return obisOf(medium, this);
    const key =
      ((columns.meaning[row] as number) << 20) |
      ((medium & 0x1ff) << 8) |
      ((columns.function[row] as number) << 4) |
      ((columns.storage[row] as number) << 1) |
      (columns.subunit[row] === 0 ? 0 : 1);
    if (!OBIS.has(key)) OBIS.set(key, obisOf(medium, this));
    return OBIS.get(key);
  }

  get dib(): string {
    const { at, dib } = placeOf(this.#columns, this.#frame, this.#row);
    return hex(this.#frame.memory, at, dib);
  }

  get vib(): string {
    const { at, dib, vib } = placeOf(this.#columns, this.#frame, this.#row);
    return hex(this.#frame.memory, at + dib, vib);
  }

  get raw(): string {
    const { at, dib, vib } = placeOf(this.#columns, this.#frame, this.#row);
    return hex(this.#frame.memory, at + dib + vib, this.#columns.size[this.#row] as number);
  }

  get offset(): number {
    const origin = this.origin;
    const { offset } = placeOf(this.#columns, this.#frame, this.#row);
    const rebuilt = origin === 'compact' || origin === 'fragments';
    return this.#frame.offsetOf(rebuilt ? this.#frame.body : offset);
  }

  get origin(): (typeof ORIGINS)[number] {
    return ORIGINS[(this.#columns.flags[this.#row] as number) >> RECORD_FLAGS.originShift];
  }

  get vendor(): true | undefined {
    return ((this.#columns.flags[this.#row] as number) & RECORD_FLAGS.vendor) !== 0
      ? true
      : undefined;
  }

  #vib(): Vib {
    const columns = this.#columns;
    const row = this.#row;
    const { memory, toMeter } = this.#frame;
    const { unit } = this.#meaning;
    const { at, dib, vib } = placeOf(columns, this.#frame, row);
    if (vib === 0) return numbered(columns.modifiers[row] as number, unit);
    if (vib === 1 && ((memory[at + dib] as number) & 0x7f) !== 0x7c)
      return { modifiers: NONE, unit };
    return readVib(memory, at + dib, vib, unit, toMeter);
  }

  /** The record as a plain object, the JSON form. */
  toJSON(): DataRecord {
    const { obis, origin, vendor } = this;
    const { modifiers, unit } = this.#vib();
    const kind = this.kind;
    return {
      quantity: this.quantity,
      unit: kind === 'number' || kind === 'none' ? unit : '',
      value: this.value,
      kind,
      function: this.function,
      storage: this.storage,
      tariff: this.tariff,
      subunit: this.subunit,
      modifiers,
      ...(obis === undefined ? {} : { obis }),
      dib: this.dib,
      vib: this.vib,
      raw: this.raw,
      offset: this.offset,
      ...(origin === undefined ? {} : { origin }),
      ...(vendor ? { vendor } : {}),
    };
  }
}
