// Data records: DIF [DIFE …] VIF [VIFE …] [LVAR] data, one behind the other (EN 13757-3 clause 6).
import { unsignedAt, unsignedMsbAt } from '../cursor';
import { issue, records } from '../batch/row';
import {
  ISSUE_RECORD_MORE_FOLLOW,
  ISSUE_RECORD_OVERFLOW,
  ISSUE_RECORD_RESERVED_DIF,
  ISSUE_RECORD_RESERVED_LVAR,
  ISSUE_RECORD_RESERVED_VIF,
  ISSUE_RECORD_TOO_MANY_DIFES,
  ISSUE_RECORD_TOO_MANY_VIFES,
  ISSUE_RECORD_TRUNCATED,
  VALIDITY_RECORD_ERROR,
} from '../generated/codes';
import {
  MEANING_ANY,
  MEANING_MANUFACTURER_DATA,
  MEANING_MANUFACTURER_SPECIFIC,
  MEANING_RESERVED,
  TYPE_BYTES,
  TYPE_IDENTIFIER,
  TYPE_RAW,
  TYPE_TIME,
} from '../generated/tables';
import { ordinary } from './ordinary';
import { VENDOR, put } from './emit';
import { expandProfile } from './profile';
import {
  MOST_TEXT,
  add,
  decimal,
  integer,
  invalidate,
  lvarSize,
  overflows,
  real,
  setBytes,
  setNone,
  setScale,
  time,
  variable,
} from './value';
import {
  CUT_SHORT,
  TOO_MANY,
  addend,
  meaning,
  modifiers,
  profile,
  readVib,
  recordError,
  type,
  vibScale,
} from './vib';

/** Bytes of each data field; LVAR and special functions are handled apart. */
const LENGTHS: usize = memory.data<u8>([0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0]);
const FIELD_REAL: u32 = 5;
const FIELD_LVAR: u32 = 13;
const MOST_DIFES: u32 = 10;
/** As eight bytes a whole address, device type first, whose fields are digits (EN 13757-3 table 10). */
const VIF_IDENTIFICATION: u32 = 0x79;

/** What {@link record} returns when no further record can be found. */
const STOP: usize = 0;

/** Where the last walk found manufacturer data, DIF 0F or 1F, and its row; -1 where there is none. */
export let tailAt: usize = 0;
export let tailRow: i32 = -1;

/** Decodes all records from `at` up to `end`; a fault ends the walk and keeps what came before it. */
export function walk(at: usize, end: usize, msb: bool, toMeter: bool): void {
  tailRow = -1;
  while (true) {
    if (!msb) at = ordinary(at, end, toMeter);
    if (at >= end) return;
    const dif: u32 = load<u8>(at);
    if (dif == 0x2f) {
      at++;
      continue;
    }
    at = (dif & 15) == 15 ? special(dif, at, end) : record(dif, at, end, msb, toMeter);
    if (at == STOP) return;
  }
}

function stop(code: u32, at: usize, detail: u32): usize {
  issue(code, at, detail);
  return STOP;
}

/** DIFs with data field F: the whole byte chooses, no VIF follows. */
function special(dif: u32, at: usize, end: usize): usize {
  if (dif == 0x0f || dif == 0x1f) {
    if (dif == 0x1f) issue(ISSUE_RECORD_MORE_FOLLOW, at, 0);
    setBytes();
    setScale(0);
    if (at + 1 < end) {
      tailAt = at;
      tailRow = <i32>records;
      put(at, 1, 0, <u32>(end - at) - 1, MEANING_MANUFACTURER_DATA, 0, 0, 0, 0, 0, VENDOR);
    }
    return STOP;
  }
  if (dif == 0x7f) {
    setNone();
    setScale(0);
    put(at, 1, 0, 0, MEANING_ANY, 0, 0, 0, 0, 0, 0);
    return at + 1;
  }
  return stop(ISSUE_RECORD_RESERVED_DIF, at, dif);
}

function record(dif: u32, start: usize, end: usize, msb: bool, toMeter: bool): usize {
  let at = start + 1;
  let storage: u64 = (dif >> 6) & 1;
  let tariff: u32 = 0;
  let subunit: u32 = 0;
  if (dif & 0x80) {
    let byte: u32 = 0;
    let count: u32 = 0;
    do {
      if (at >= end) return stop(ISSUE_RECORD_TRUNCATED, start, 0);
      if (count == MOST_DIFES) return stop(ISSUE_RECORD_TOO_MANY_DIFES, at, 0);
      byte = load<u8>(at++);
      const digits: u64 = byte & 15;
      const shift: u64 = 1 + (count << 2);
      storage |= digits << shift;
      tariff |= ((byte >> 4) & 3) << (count << 1);
      subunit |= ((byte >> 6) & 1) << count;
      count++;
    } while (byte & 0x80);
  }
  const vib = at;
  at = readVib(at, end, toMeter);
  if (at == CUT_SHORT) return stop(ISSUE_RECORD_TRUNCATED, start, 0);
  if (at == TOO_MANY) return stop(ISSUE_RECORD_TOO_MANY_VIFES, vib, 0);
  const value = at;
  const field = dif & 15;
  setScale(vibScale);
  if (field == FIELD_LVAR) {
    if (at >= end) return stop(ISSUE_RECORD_TRUNCATED, start, 0);
    const lvar: u32 = load<u8>(at);
    const n = lvarSize(lvar);
    if (n == 0xffff) return stop(ISSUE_RECORD_RESERVED_LVAR, at, lvar);
    at += 1 + n;
    if (at > end) return stop(ISSUE_RECORD_TRUNCATED, start, <u32>(at - end));
    if (profile) {
      if (
        lvar <= MOST_TEXT &&
        expandProfile(value + 1, n, (dif >> 4) & 3, storage, tariff, subunit)
      )
        return at;
      setBytes();
    } else {
      variable(lvar, value + 1, n, type, msb);
      if (isKnown(meaning) && overflows(lvar, type)) issue(ISSUE_RECORD_OVERFLOW, start, n);
    }
  } else {
    const n: u32 = load<u8>(LENGTHS + field);
    at += n;
    if (at > end) return stop(ISSUE_RECORD_TRUNCATED, start, <u32>(at - end));
    if (n == 0) {
      setNone();
    } else {
      const v = msb ? unsignedMsbAt(value, n) : unsignedAt(value, n);
      if (type == TYPE_BYTES || type == TYPE_RAW) setBytes();
      else if (field == FIELD_REAL) real(<u32>v);
      else if (type == TYPE_TIME) time(v, field > 8 ? 0 : n, start);
      else if (field > 8 || isWholeAddress(vib, n, type)) decimal(v, n, type, start);
      else integer(v, n, type);
    }
  }
  if (addend != 0) add(addend);
  if (recordError) invalidate(VALIDITY_RECORD_ERROR);
  if (meaning == MEANING_RESERVED) issue(ISSUE_RECORD_RESERVED_VIF, vib, load<u8>(vib));
  const functionCode = (dif >> 4) & 3;
  put(
    start,
    <u32>(vib - start),
    <u32>(value - vib),
    <u32>(at - value),
    meaning,
    functionCode,
    storage,
    tariff,
    subunit,
    modifiers,
    0,
  );
  return at;
}

/** Eight bytes of VIF 79, unless a VIFE has made something else of it: ID, manufacturer, version and type, each digits. */
function isWholeAddress(vib: usize, n: u32, ofType: u32): bool {
  return n == 8 && ofType == TYPE_IDENTIFIER && (load<u8>(vib) & 0x7f) == VIF_IDENTIFICATION;
}

/** Whether a VIF says that its number counts something: not under a reserved one, nor under the vendor's or anybody's. */
function isKnown(ofMeaning: u32): bool {
  return (
    ofMeaning != MEANING_RESERVED &&
    ofMeaning != MEANING_MANUFACTURER_SPECIFIC &&
    ofMeaning != MEANING_ANY
  );
}

/** A counter of the fixed data structure: a record without DIF and VIF (EN 1434-3). */
export function putFixed(
  at: usize,
  ofMeaning: u32,
  ofScale: i32,
  v: u64,
  binary: bool,
  storage: u64,
): void {
  setScale(ofScale);
  if (binary) integer(v, 4, 0);
  else decimal(v, 4, 0, at);
  put(at, 0, 0, 4, ofMeaning, 0, storage, 0, 0, 0, 0);
}

/** A block of bytes that no rule describes, kept as one record of the vendor's. */
export function putVendorBytes(at: usize, end: usize): void {
  putBytes(at, end, MEANING_MANUFACTURER_DATA);
}

/** `[at, end)` as one record of bytes; none where there are none. */
export function putBytes(at: usize, end: usize, ofMeaning: u32): void {
  if (at >= end) return;
  setBytes();
  setScale(0);
  put(at, 0, 0, <u32>(end - at), ofMeaning, 0, 0, 0, 0, 0, VENDOR);
}
