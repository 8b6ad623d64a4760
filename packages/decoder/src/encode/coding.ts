// From a value to the bytes of a data field: the data types of EN 13757-3, annex A.

import { civilBytes, isCivil, type CivilCoding } from './civil-time.ts';
import { EncodeFault } from './fault.ts';
import { plainBytes } from './key.ts';
import { join, littleEndian, reversed } from './octets.ts';

/**
 * How a value is sent. `int…` are two's complement (type B), `uint…` unsigned (type C), `bcd…` has so many digits
 * (type A; a minus sign takes the first), `real32` is type H. `text`, `bytes` and the `lvar-…` ones carry their own length.
 * `date` is type G, `datetime` F, `datetime-seconds` I, `time` J. `none` is a record without data.
 */
export type Coding =
  | 'none'
  | 'int8'
  | 'int16'
  | 'int24'
  | 'int32'
  | 'int48'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint24'
  | 'uint32'
  | 'uint48'
  | 'uint64'
  | 'bcd2'
  | 'bcd4'
  | 'bcd6'
  | 'bcd8'
  | 'bcd12'
  | 'real32'
  | 'text'
  | 'bytes'
  | 'lvar-bcd'
  | 'lvar-int'
  | 'lvar-real64'
  | CivilCoding;

/** What stands in the data field: its code in the DIF, and its bytes; `lvar` is the first of them where the length varies. */
export interface CodedValue {
  /** DIF bits 3 to 0. */
  readonly field: number;
  readonly lvar?: number;
  /** Least significant first. */
  readonly content: Uint8Array;
}

/** Data field of the DIF by length in bytes. */
const INTEGER_FIELD: Record<number, number> = { 1: 1, 2: 2, 3: 3, 4: 4, 6: 6, 8: 7 };
const BCD_FIELD: Record<number, number> = { 2: 9, 4: 0xa, 6: 0xb, 8: 0xc, 12: 0xe };
const VARIABLE = 0xd;

/** True for the codings whose value is a number. */
export function isNumeric(coding: Coding): boolean {
  return /^(u?int|bcd|real|lvar)/.test(coding);
}

/** An exact decimal as mantissa and number of decimals, or null. */
export function parseDecimal(text: string): { mantissa: bigint; decimals: number } | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  const magnitude = BigInt(match[2]! + fraction);
  return { mantissa: match[1] === '-' ? -magnitude : magnitude, decimals: fraction.length };
}

function refuse(pointer: string, message: string): never {
  throw new EncodeFault('encode/out-of-range', pointer, message);
}

/** An integer in one of the integer, BCD and LVAR codings; null is the coding's "no valid value". */
export function codeInteger(
  value: bigint | null,
  coding: Coding,
  pointer: string,
  length?: number,
): CodedValue {
  const integer = /^(u?)int(\d+)$/.exec(coding);
  if (integer) {
    const bytes = Number(integer[2]) / 8;
    return {
      field: INTEGER_FIELD[bytes]!,
      content: integerBytes(value, bytes, integer[1] === 'u', pointer),
    };
  }
  const bcd = /^bcd(\d+)$/.exec(coding);
  if (bcd) {
    const digits = Number(bcd[1]);
    return { field: BCD_FIELD[digits]!, content: bcdBytes(value, digits, pointer) };
  }
  if (coding === 'lvar-int') {
    const bytes = length ?? 4;
    return {
      field: VARIABLE,
      lvar: binaryLvar(bytes, pointer),
      content: integerBytes(value, bytes, false, pointer),
    };
  }
  if (coding === 'lvar-bcd') return variableBcd(value, pointer, length);
  throw new EncodeFault('encode/contradiction', pointer, `${coding} holds no integer`);
}

function integerBytes(
  value: bigint | null,
  length: number,
  unsigned: boolean,
  pointer: string,
): Uint8Array {
  const span = 1n << BigInt(8 * length);
  // Type B has no valid value in 80…00, type C in FF…FF.
  if (value === null) return littleEndian(unsigned ? span - 1n : span / 2n, length);
  const low = unsigned ? 0n : -span / 2n;
  const high = unsigned ? span - 1n : span / 2n - 1n;
  if (value < low || value > high) refuse(pointer, `${value} is outside ${low} to ${high}`);
  return littleEndian(value, length);
}

function bcdBytes(value: bigint | null, digits: number, pointer: string): Uint8Array {
  // A minus sign takes the place of the first digit, so all F is a minus before digits that are none.
  if (value === null) return new Uint8Array(digits / 2).fill(0xff);
  const magnitude = (value < 0n ? -value : value).toString();
  if (magnitude.length > (value < 0n ? digits - 1 : digits)) {
    refuse(pointer, `${value} has more digits than BCD of ${digits} holds`);
  }
  const text = (value < 0n ? 'f' : '') + magnitude.padStart(value < 0n ? digits - 1 : digits, '0');
  return reversed(plainBytes(text, pointer));
}

function variableBcd(value: bigint | null, pointer: string, length?: number): CodedValue {
  const digits = value === null ? '' : (value < 0n ? -value : value).toString();
  const bytes = length ?? Math.max(1, Math.ceil(digits.length / 2));
  if (bytes > 9 || digits.length > 2 * bytes) {
    refuse(pointer, `${digits.length} digits do not fit ${Math.min(bytes, 9)} bytes of BCD`);
  }
  const content =
    value === null
      ? new Uint8Array(bytes).fill(0xff)
      : reversed(plainBytes(digits.padStart(2 * bytes, '0'), pointer));
  return { field: VARIABLE, lvar: (value !== null && value < 0n ? 0xd0 : 0xc0) + bytes, content };
}

/** The LVAR byte of a binary number: E0 to EF by the byte, F0 to F4 by four, F5 and F6. */
function binaryLvar(length: number, pointer: string): number {
  if (length <= 15) return 0xe0 + length;
  if (length <= 32 && length % 4 === 0) return 0xec + length / 4;
  if (length === 48) return 0xf5;
  if (length === 64) return 0xf6;
  return refuse(pointer, `no LVAR code counts ${length} bytes of binary data`);
}

/** A float; null is NaN. */
export function codeReal(value: number | null, coding: 'real32' | 'lvar-real64'): CodedValue {
  const bytes = new Uint8Array(coding === 'real32' ? 4 : 8);
  const view = new DataView(bytes.buffer);
  if (coding === 'real32') view.setFloat32(0, value ?? Number.NaN, true);
  else view.setFloat64(0, value ?? Number.NaN, true);
  return coding === 'real32'
    ? { field: 5, content: bytes }
    : { field: VARIABLE, lvar: 0xf8, content: bytes };
}

/** ISO 8859-1 text of up to 191 characters, last character first. */
export function codeText(text: string, pointer: string): CodedValue {
  if (text.length > 0xbf) {
    throw new EncodeFault('encode/too-long', pointer, `${text.length} characters; LVAR counts 191`);
  }
  return { field: VARIABLE, lvar: text.length, content: latin1(text, pointer).toReversed() };
}

/** Characters of ISO 8859-1 as bytes. */
export function latin1(text: string, pointer: string): Uint8Array {
  const codes = Array.from(text, (character) => character.codePointAt(0)!);
  if (codes.some((code) => code > 0xff)) {
    throw new EncodeFault('encode/bad-value', pointer, 'characters outside ISO 8859-1');
  }
  return Uint8Array.from(codes);
}

/** Bytes as they are, in transmission order: up to 15, or 16, 20, 24, 28, 32, 48 and 64 of them. */
export function codeBytes(value: string, pointer: string): CodedValue {
  const content = plainBytes(value, pointer);
  return { field: VARIABLE, lvar: binaryLvar(content.length, pointer), content };
}

/** A date, a time or both, in civil time; null is the type's mark of an invalid value. */
export function codeCivil(
  value: string | null,
  coding: CivilCoding,
  summer: boolean,
  pointer: string,
): CodedValue {
  const content = civilBytes(value, coding, summer, pointer);
  return { field: INTEGER_FIELD[content.length]!, content };
}

/** The bytes after the VIB: the LVAR byte first, the content as CI 76 orders it where `highFirst`. */
export function dataBytes(value: CodedValue, highFirst: boolean): Uint8Array {
  const content = highFirst ? reversed(value.content) : value.content;
  return value.lvar === undefined ? content : join(value.lvar, content);
}

/** The coding that suits a value where none is asked for. */
export function defaultCoding(kind: string, value: string | null, mantissa: bigint): Coding {
  if (kind === 'number') {
    if (mantissa >= -(2n ** 31n) && mantissa < 2n ** 31n) return 'int32';
    return mantissa >= -(2n ** 47n) && mantissa < 2n ** 47n ? 'int48' : 'int64';
  }
  if (kind === 'datetime' && value !== null && value.length > 16) return 'datetime-seconds';
  if (kind === 'date' || kind === 'datetime' || kind === 'time' || kind === 'bytes') return kind;
  return kind === 'none' ? 'none' : 'text';
}

export { isCivil };
