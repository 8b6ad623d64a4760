import type { Tables } from './columns.ts';
import { civilText, clockText } from './civil-text.ts';
import { decimalText, realText } from './decimal-text.ts';
import { hex, latin1 } from './hex.ts';
import {
  FLAG_METER,
  FLAG_MSB_FIRST,
  FLAG_TO_METER,
  KIND_BYTES,
  KIND_DATE,
  KIND_DATETIME_MINUTE,
  KIND_DIGITS,
  KIND_NONE,
  KIND_NUMBER,
  KIND_REAL64,
  KIND_TEXT,
  KIND_TIME,
  KIND_UNSIGNED,
  KIND_UNSIGNED_TEXT,
} from './generated/numbers.ts';
import { ORIGINS, RECORD_FLAGS } from './tables/codes.ts';
import { obisOf } from './obis.ts';
import { MEANINGS } from './generated/meanings.ts';
import type { Meaning } from './tables/vif.ts';
import type { DataRecord, RecordFunction, RecordKind } from './telegram.ts';
import { numbered, readVib, type Vib } from './vib.ts';

const FUNCTIONS: readonly RecordFunction[] = ['instantaneous', 'maximum', 'minimum', 'error'];

/** What the JSON form calls each of the module's kinds, by number. */
const KINDS = 'none|number|date|datetime|datetime|time|text|bytes|text|number|number|text'.split(
  '|',
) as RecordKind[];

/** From an offset in a frame to one in the frame as sent: CRCs stand between the blocks of formats A (1) and B (2). */
export function sentOffset(format: number, offset: number): number {
  // Format A: 10 bytes and a CRC, then 16 and a CRC each; format B: 126 and a CRC.
  return offset + (format === 1 ? ((offset + 6) >> 4) * 2 : format === 2 && offset >= 126 ? 2 : 0);
}

/** From an offset in a telegram's frame to one in the input. */
export function inputOffset(
  { telegrams }: Pick<Tables, 'telegrams'>,
  telegram: number,
  offset: number,
): number {
  return (
    (telegrams.start[telegram] as number) + sentOffset(telegrams.format[telegram] as number, offset)
  );
}

/** What is made field by field: a literal with a spread for a field that may be absent takes a third of a telegram's time. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

const NO_VIFES: readonly string[] = [];
/** OBIS codes of plain records, by what they depend on: few, and asked for again and again. */
const OBIS = new Map<number, string | undefined>();

/**
 * A record in its JSON form, made field by field when asked for: for many records of which few fields are read. It holds
 * as long as the batch that it belongs to.
 */
export class RecordView implements DataRecord {
  readonly #tables: Tables;
  readonly #telegram: number;
  readonly #row: number;

  constructor(tables: Tables, telegram: number, row: number) {
    this.#tables = tables;
    this.#telegram = telegram;
    this.#row = row;
  }

  get #meaning(): Meaning {
    return MEANINGS[this.#tables.records.meaning[this.#row] as number] as Meaning;
  }

  /** Whether the telegram has this flag. */
  #has(flag: number): boolean {
    return ((this.#tables.telegrams.flags[this.#telegram] as number) & flag) !== 0;
  }

  /** Addresses of the DIF, of the VIF, of the data and of what follows them. */
  #addresses(): [dif: number, vif: number, data: number, end: number] {
    const { records, telegrams } = this.#tables;
    const place = records.place[this.#row] as number;
    const dif = (telegrams.frame[this.#telegram] as number) + (place & 0xffff);
    const vif = dif + ((place >>> 16) & 15);
    const data = vif + (place >>> 20);
    return [dif, vif, data, data + (records.size[this.#row] as number)];
  }

  get quantity(): string {
    return this.#meaning.quantity;
  }

  get kind(): RecordKind {
    return KINDS[this.#tables.records.kind[this.#row] as number] as RecordKind;
  }

  get unit(): string {
    const kind = this.kind;
    return kind === 'number' || kind === 'none' ? this.#vib().unit : '';
  }

  /** Digits of the 64-bit integer, without making a BigInt where 53 bits hold it. */
  #integer(unsigned: boolean): string {
    const { mantissa } = this.#tables.records;
    const { words } = this.#tables;
    const at = (mantissa.byteOffset >> 2) + 2 * this.#row;
    const high = words[at + 1] as number;
    // Read as unsigned, a negative high word is a number beyond 53 bits.
    if (high < 0x20_0000 && high >= (unsigned ? 0 : -0x20_0000))
      return String(high * 0x1_0000_0000 + ((words[at] as number) >>> 0));
    const value = mantissa[this.#row] as bigint;
    return String(unsigned ? BigInt.asUintN(64, value) : value);
  }

  get value(): string | null {
    const { memory, records } = this.#tables;
    const row = this.#row;
    const kind = records.kind[row] as number;
    if (records.validity[row] !== 0 || kind === KIND_NONE) return null;
    const scale = records.scale[row] as number;
    if (kind === KIND_UNSIGNED_TEXT) return this.#integer(true);
    if (kind === KIND_NUMBER || kind === KIND_UNSIGNED)
      return decimalText(this.#integer(kind !== KIND_NUMBER), scale);
    if (kind === KIND_REAL64)
      return realText(
        new Float64Array(records.mantissa.slice(row, row + 1).buffer)[0] as number,
        scale,
      );
    if (kind !== KIND_TEXT && kind !== KIND_BYTES && kind !== KIND_DIGITS) {
      const seconds = Number(records.mantissa[row]);
      if (kind === KIND_TIME) return clockText(seconds, 'second');
      return civilText(
        seconds,
        kind === KIND_DATE ? 'day' : kind === KIND_DATETIME_MINUTE ? 'minute' : 'second',
      );
    }
    const [dif, vif, data, end] = this.#addresses();
    // A variable length stands before its data.
    const from = vif > dif && ((memory[dif] as number) & 15) === 13 ? data + 1 : data;
    const lowFirst = !this.#has(FLAG_MSB_FIRST);
    return kind === KIND_TEXT
      ? latin1(memory, from, end, lowFirst)
      : hex(memory, from, end, kind === KIND_DIGITS && lowFirst);
  }

  get function(): RecordFunction {
    return FUNCTIONS[this.#tables.records.function[this.#row] as number] as RecordFunction;
  }

  /** The column holds its low 32 bits, a data information block may hold 41. */
  get storage(): number {
    const [dif, vif] = this.#addresses();
    if (vif - dif < 9) return this.#tables.records.storage[this.#row] as number;
    const { memory } = this.#tables;
    let storage = ((memory[dif] as number) >> 6) & 1;
    for (let i = 1; i < vif - dif; i++)
      storage += ((memory[dif + i] as number) & 15) * 2 ** (4 * i - 3);
    return storage;
  }

  get tariff(): number {
    return this.#tables.records.tariff[this.#row] as number;
  }

  get subunit(): number {
    return this.#tables.records.subunit[this.#row] as number;
  }

  get modifiers(): readonly string[] {
    return this.#vib().modifiers;
  }

  get obis(): string | undefined {
    if (this.vendor) return undefined;
    const { records, telegrams } = this.#tables;
    const row = this.#row;
    const medium = this.#has(FLAG_METER) ? (telegrams.medium[this.#telegram] as number) : -1;
    const storage = records.storage[row] as number;
    // What few records have is not kept.
    const seldom =
      this.modifiers.length |
      (records.function[row] as number) |
      (records.tariff[row] as number) |
      (records.subunit[row] as number);
    if (seldom !== 0 || storage > 1) return obisOf(medium, this);
    const key = ((records.meaning[row] as number) << 10) | ((medium & 0x1ff) << 1) | storage;
    if (!OBIS.has(key)) OBIS.set(key, obisOf(medium, this));
    return OBIS.get(key);
  }

  get dib(): string {
    const [dif, vif] = this.#addresses();
    return hex(this.#tables.memory, dif, vif);
  }

  get vib(): string {
    const [, vif, data] = this.#addresses();
    return hex(this.#tables.memory, vif, data);
  }

  get raw(): string {
    const [, , data, end] = this.#addresses();
    return hex(this.#tables.memory, data, end);
  }

  get offset(): number {
    const { records, telegrams } = this.#tables;
    const { origin } = this;
    const offset =
      origin === 'compact' || origin === 'fragments'
        ? telegrams.body[this.#telegram]
        : (records.place[this.#row] as number) & 0xffff;
    return inputOffset(this.#tables, this.#telegram, offset as number);
  }

  get origin(): (typeof ORIGINS)[number] {
    return ORIGINS[(this.#tables.records.flags[this.#row] as number) >> RECORD_FLAGS.originShift];
  }

  get vendor(): true | undefined {
    return ((this.#tables.records.flags[this.#row] as number) & RECORD_FLAGS.vendor) !== 0
      ? true
      : undefined;
  }

  #vib(): Vib {
    const { memory, records } = this.#tables;
    const { unit } = this.#meaning;
    const [, vif, data] = this.#addresses();
    if (vif === data) return numbered(records.modifiers[this.#row] as number, unit);
    // Text in the place of a unit (VIF 7C) stands in the block, so that one byte is never all of it.
    if (vif + 1 === data) return { modifiers: NO_VIFES, unit };
    return readVib(memory, vif, data, unit, this.#has(FLAG_TO_METER));
  }

  /** The record as a plain object, the JSON form. */
  toJSON(): DataRecord {
    const { obis, origin, vendor } = this;
    const { modifiers, unit } = this.#vib();
    const kind = this.kind;
    const record = {
      quantity: this.quantity,
      unit: kind === 'number' || kind === 'none' ? unit : '',
      value: this.value,
      kind,
      function: this.function,
      storage: this.storage,
      tariff: this.tariff,
      subunit: this.subunit,
      modifiers,
    } as Writable<DataRecord>;
    if (obis !== undefined) record.obis = obis;
    record.dib = this.dib;
    record.vib = this.vib;
    record.raw = this.raw;
    record.offset = this.offset;
    if (origin !== undefined) record.origin = origin;
    if (vendor) record.vendor = vendor;
    return record;
  }
}
