import type { RecordColumns } from './columns.ts';
import { civilText, clockText } from './civil-text.ts';
import { decimalText, realText } from './decimal-text.ts';
import { hex, hexReversed } from './hex.ts';
import { ORIGINS, RECORD_FLAGS, RECORD_KINDS } from './tables/layout.ts';
import { obisOf } from './tables/obis.ts';
import { MEANINGS, type Meaning } from './tables/vif.ts';
import type { DataRecord, RecordFunction, RecordKind } from './telegram.ts';
import { numbered, readVib } from './vib.ts';

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

/** The record in row `row` in its JSON form. */
export function recordForm(columns: RecordColumns, frame: Frame, row: number): DataRecord {
  const { memory } = frame;
  const place = columns.place[row] as number;
  const offset = place & 0xffff;
  const dib = (place >>> 16) & 15;
  const vib = place >>> 20;
  const size = columns.size[row] as number;
  const at = frame.start + offset;
  const kindName = RECORD_KINDS[columns.kind[row] as number] ?? 'none';
  const kind = KINDS[kindName];
  const meaning = MEANINGS[columns.meaning[row] as number] as Meaning;
  const flags = columns.flags[row] as number;
  const plain = vib === 1 && ((memory[at + dib] as number) & 0x7f) !== 0x7c;
  const { modifiers, unit } = plain
    ? { modifiers: [], unit: meaning.unit }
    : vib === 0
      ? numbered(columns.modifiers[row] as number, meaning.unit)
      : readVib(memory, at + dib, vib, meaning.unit, frame.toMeter);
  const isVariable = dib > 0 && ((memory[at] as number) & 15) === 13;
  const value =
    columns.validity[row] === 0
      ? valueText(columns, frame, row, kindName, at + dib + vib, size, isVariable)
      : null;
  const origin = ORIGINS[flags >> RECORD_FLAGS.originShift];
  const subject = {
    quantity: meaning.quantity,
    function: FUNCTIONS[columns.function[row] as number] as RecordFunction,
    storage: storageOf(columns, memory, row, at, dib),
    tariff: columns.tariff[row] as number,
    subunit: columns.subunit[row] as number,
    modifiers,
  };
  const vendor = (flags & RECORD_FLAGS.vendor) !== 0;
  const obis = vendor ? undefined : obisOf(frame.mediumCode, subject);
  return {
    quantity: subject.quantity,
    unit: kind === 'number' || kind === 'none' ? unit : '',
    value,
    kind,
    function: subject.function,
    storage: subject.storage,
    tariff: subject.tariff,
    subunit: subject.subunit,
    modifiers,
    ...(obis === undefined ? {} : { obis }),
    dib: hex(memory, at, dib),
    vib: hex(memory, at + dib, vib),
    raw: hex(memory, at + dib + vib, size),
    offset: frame.offsetOf(origin === 'compact' || origin === 'fragments' ? frame.body : offset),
    ...(origin === undefined ? {} : { origin }),
    ...(vendor ? { vendor: true as const } : {}),
  };
}
