// Data records, EN 13757-3: `DIF [DIFE…] VIF [VIFE…] [LVAR] data`.

import { dataInformation, type DataInformation } from './block.ts';
import {
  codeBytes,
  codeCivil,
  codeInteger,
  type CodedValue,
  codeReal,
  codeText,
  type Coding,
  dataBytes,
  defaultCoding,
  isCivil,
  isNumeric,
  parseDecimal,
} from './coding.ts';
import { EncodeFault, within } from './fault.ts';
import { plainBytes } from './key.ts';
import { type Meaning, modifierRows, valueInformation, vifCode, vifRows } from './meaning.ts';
import { join, type Octets } from './octets.ts';
import {
  codeProfile,
  PROFILE_MODIFIER,
  profileDecimals,
  type ProfileDescription,
} from './profile.ts';

/** A record by what it says: the words are those that the decoder prints. */
export interface MeaningRecord extends Meaning, DataInformation {
  /**
   * Exact decimal, ISO 8601 civil time, text or hexadecimal, as the decoder prints it; null is "no valid value". The
   * decimals choose the VIF's power of ten, unless `exponent` does.
   */
  readonly value?: string | null;
  /** Default: the smallest of int32, int48 and int64 that holds a number, type F or I for a date and time. */
  readonly coding?: Coding;
  /** Power of ten of the VIF. */
  readonly exponent?: number;
  /** Bytes of a value of variable length. */
  readonly length?: number;
  /** Summer time bit of a date and time. */
  readonly summer?: boolean;
  /** A compact profile in place of `value`. */
  readonly profile?: ProfileDescription;
}

/** A record by its blocks; `data` begins with the LVAR byte where the DIF has one. */
export interface BlockRecord {
  readonly dib: Octets;
  readonly vib: Octets;
  readonly data: Octets;
}

/** Bytes among the records as they are. */
export interface RawRecord {
  readonly raw: Octets;
}

/** `2F` bytes between records. */
export interface FillerRecord {
  readonly filler: number;
}

/** The rest of the telegram in the manufacturer's own form: DIF 0F, or 1F where more telegrams follow. */
export interface VendorDataRecord {
  readonly vendorData: Octets;
  readonly moreFollow?: boolean;
}

export type RecordDescription =
  | MeaningRecord
  | BlockRecord
  | RawRecord
  | FillerRecord
  | VendorDataRecord;

/** A record's bytes: what a format frame says of it, and what a compact frame carries. */
export interface RecordBytes {
  readonly header: Uint8Array;
  readonly data: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** One record. `highFirst` is the byte order of CI 76. */
export function recordBytes(
  record: RecordDescription,
  highFirst: boolean,
  pointer: string,
): RecordBytes {
  if ('raw' in record) return { header: plainBytes(record.raw, `${pointer}/raw`), data: NOTHING };
  if ('filler' in record) {
    const count = within(record.filler, 0, 255, `${pointer}/filler`);
    return { header: new Uint8Array(count).fill(0x2f), data: NOTHING };
  }
  if ('vendorData' in record) {
    return {
      header: Uint8Array.of(record.moreFollow === true ? 0x1f : 0x0f),
      data: plainBytes(record.vendorData, `${pointer}/vendorData`),
    };
  }
  if ('dib' in record) {
    return {
      header: join(
        plainBytes(record.dib, `${pointer}/dib`),
        plainBytes(record.vib, `${pointer}/vib`),
      ),
      data: plainBytes(record.data, `${pointer}/data`),
    };
  }
  return meaningBytes(record, highFirst, pointer);
}

function meaningBytes(record: MeaningRecord, highFirst: boolean, pointer: string): RecordBytes {
  if (record.profile !== undefined) return profileBytes(record, record.profile, pointer);
  const modifiers = modifierRows(record, pointer);
  const value = record.value ?? null;
  const timed = modifiers.some(({ effect }) => effect === 'time');
  const lasting = modifiers.some(({ effect }) => effect === 'duration' || effect === 'count');
  const rows = vifRows(record, !timed && !lasting, pointer);
  const row = rows[0]!;
  const unsigned =
    row.type === 'unsigned' ||
    row.type === 'bits' ||
    modifiers.some(({ effect }) => effect === 'unsigned' || effect === 'bits');
  const parsed = value === null ? null : parseDecimal(value);
  const kind = kindOf(record, row.type, timed);
  const coding =
    record.coding ??
    defaultCoding(
      // A version or a parameter set may be text; what has a unit is a number.
      value !== null && kind === 'number' && parsed === null && row.unit === '' ? 'text' : kind,
      value,
      parsed?.mantissa ?? 0n,
    );
  const shift = modifiers.reduce(
    (sum, { effect, scale }) => sum + (effect === 'scale' ? scale! : 0),
    0,
  );
  const anyScale =
    timed || lasting || isCivil(coding) || !isNumeric(coding) || row.binaryFraction !== undefined;
  const exponent = anyScale ? null : (record.exponent ?? -(parsed?.decimals ?? 0) - shift);
  const { prefix, code, scale } = vifCode(
    rows,
    lasting ? { quantity: record.quantity } : record,
    exponent,
    pointer,
  );
  const fraction = row.binaryFraction ?? 0;
  const coded = codeValue(record, value, unsigned ? asUnsigned(coding) : coding, {
    scale: anyScale ? 0 : scale + shift,
    fraction,
    identifier: row.type === 'identifier',
    pointer: `${pointer}/value`,
  });
  const text = record.quantity === 'plain_text_unit' ? (record.text ?? '') : undefined;
  return {
    header: join(
      dataInformation(coded.field, record, pointer),
      valueInformation(prefix, code, modifiers, text, pointer),
    ),
    data: dataBytes(coded, highFirst),
  };
}

function kindOf(record: MeaningRecord, type: string, timed: boolean): string {
  if (record.value === undefined && record.coding === undefined) return 'none';
  const value = record.value ?? '';
  if (type === 'time' || timed) {
    if (value.includes('T')) return 'datetime';
    return value.includes(':') ? 'time' : 'date';
  }
  if (type === 'bytes' || type === 'raw') return 'bytes';
  return type === 'identifier' ? 'text' : 'number';
}

function asUnsigned(coding: Coding): Coding {
  return coding.replace(/^int/, 'uint') as Coding;
}

interface Place {
  /** Power of ten of one step of the number sent. */
  readonly scale: number;
  /** The number sent counts steps of 2^-fraction. */
  readonly fraction: number;
  readonly identifier: boolean;
  readonly pointer: string;
}

function codeValue(
  record: MeaningRecord,
  value: string | null,
  coding: Coding,
  place: Place,
): CodedValue {
  const { pointer } = place;
  if (coding === 'none') return { field: 0, content: NOTHING };
  if (isCivil(coding)) return codeCivil(value, coding, record.summer === true, pointer);
  if (coding === 'text') return codeText(value ?? '', pointer);
  if (coding === 'bytes') return codeBytes(value ?? '', pointer);
  if (record.quantity === 'identification' && coding.endsWith('int64') && value !== null) {
    if (!/^[\da-f]{16}$/.test(value)) {
      const message = 'eight bytes are 16 hexadecimal digits: type, version, manufacturer, number';
      throw new EncodeFault('encode/bad-value', pointer, message);
    }
    return { field: 7, content: plainBytes(value, pointer).toReversed() };
  }
  const parsed = value === null ? null : parseDecimal(value);
  if (value !== null && parsed === null) {
    throw new EncodeFault('encode/bad-value', pointer, `${value} is no exact decimal`);
  }
  if (coding === 'real32' || coding === 'lvar-real64') {
    return codeReal(value === null ? null : Number(value) / 10 ** place.scale, coding);
  }
  if (parsed === null) return codeInteger(null, coding, pointer, record.length);
  const steps = place.identifier
    ? parsed.mantissa
    : stepsOf(parsed.mantissa << BigInt(place.fraction), -parsed.decimals - place.scale, pointer);
  return codeInteger(steps, coding, pointer, record.length);
}

/** `mantissa · 10^power`, which has to be an integer. */
function stepsOf(mantissa: bigint, power: number, pointer: string): bigint {
  if (power >= 0) return mantissa * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  if (mantissa % divisor !== 0n) {
    throw new EncodeFault('encode/no-scale', pointer, 'the value has more decimals than this VIF');
  }
  return mantissa / divisor;
}

function profileBytes(
  record: MeaningRecord,
  profile: ProfileDescription,
  pointer: string,
): RecordBytes {
  const meaning = {
    ...record,
    modifiers: [...(record.modifiers ?? []), PROFILE_MODIFIER[profile.form]],
  };
  const rows = vifRows(meaning, true, pointer);
  const exponent = record.exponent ?? -profileDecimals(profile, `${pointer}/profile/elements`);
  const { prefix, code, scale } = vifCode(rows, meaning, exponent, pointer);
  const coded = codeProfile(profile, -scale, `${pointer}/profile`);
  return {
    header: join(
      dataInformation(coded.field, record, pointer),
      valueInformation(prefix, code, modifierRows(meaning, pointer), undefined, pointer),
    ),
    data: dataBytes(coded, false),
  };
}
