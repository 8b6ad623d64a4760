// Compact profiles (EN 13757-3 annex F): an LVAR record whose bytes are
//
//   control(1) spacing(1) element[n]      elements oldest first, or newest first in an inverse profile
//
// control 7–6: 0 absolute, 1 increments, 2 decrements, 3 signed differences; 5–4: unit of the spacing; 3–0: data field
// of the elements. Base value and base time are the records of the same storage number that came before.
import { unsignedAt } from '../cursor';
import { firstRecord, records } from '../batch/row';
import {
  KIND_DATE,
  KIND_DATETIME_MINUTE,
  KIND_DATETIME_SECOND,
  KIND_NUMBER,
  VALIDITY_MARKED_INVALID,
  VALIDITY_VALID,
} from '../generated/codes';
import {
  R_FUNCTION,
  R_KIND,
  R_MANTISSA,
  R_MEANING,
  R_MODIFIERS,
  R_SCALE,
  R_STORAGE,
  R_SUBUNIT,
  R_TARIFF,
  R_VALIDITY,
} from '../generated/columns';
import {
  MEANING_DATETIME,
  TYPE_NUMBER,
  VIFE_INVERSE_PROFILE,
  VIFE_REGISTER_PROFILE,
} from '../generated/tables';
import { FROM_PROFILE, put } from './emit';
import { addHalfMonths } from './time';
import { decimal, integer, mantissa, real, setScale, setValue, validity } from './value';
import { allNumbered, meaning, modifiers, vibScale } from './vib';

/** Bytes of an element by data field; 0 where a profile cannot have it. */
const SIZES: usize = memory.data<u8>([0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0]);

const ABSOLUTE: u32 = 0;
const INCREMENTS: u32 = 1;
const DECREMENTS: u32 = 2;

let step: i64 = 0;
let halfMonths: i32 = 0;

/** Reads the spacing into `step` seconds or `halfMonths`; false where there is no time between elements. */
function setSpacing(unit: u32, spacing: u32): bool {
  step = 0;
  halfMonths = 0;
  if (spacing >= 1 && spacing <= 250) {
    step = <i64>spacing;
    if (unit >= 1) step *= 60;
    if (unit >= 2) step *= 60;
    if (unit == 3) step *= 24;
    return true;
  }
  if (spacing == 253 && unit == 3) halfMonths = 1;
  if (spacing == 254) halfMonths = unit == 3 ? 2 : unit == 2 ? 6 : unit == 1 ? 12 : 0;
  return halfMonths != 0;
}

/** Row of the base value: same storage, tariff, subunit, function and meaning; -1 when there is none. */
function baseRow(functionCode: u32, storage: u64, tariff: u32, subunit: u32): i32 {
  for (let row = <i32>records - 1; row >= <i32>firstRecord; row--)
    if (
      load<u32>(R_STORAGE + (row << 2)) == <u32>storage &&
      load<u16>(R_MEANING + (row << 1)) == <u16>meaning &&
      load<u32>(R_TARIFF + (row << 2)) == tariff &&
      load<u16>(R_SUBUNIT + (row << 1)) == <u16>subunit &&
      load<u8>(R_FUNCTION + row) == <u8>functionCode &&
      load<u8>(R_KIND + row) == <u8>KIND_NUMBER &&
      <i32>load<i8>(R_SCALE + row) == vibScale
    )
      return row;
  return -1;
}

/** Row of the base time: a date or time point of the same storage number. */
function timeRow(storage: u64): i32 {
  for (let row = <i32>records - 1; row >= <i32>firstRecord; row--) {
    const ofKind: u32 = load<u8>(R_KIND + row);
    if (
      load<u32>(R_STORAGE + (row << 2)) == <u32>storage &&
      load<u32>(R_MODIFIERS + (row << 2)) == 0 &&
      (ofKind == KIND_DATE || ofKind == KIND_DATETIME_MINUTE || ofKind == KIND_DATETIME_SECOND)
    )
      return load<u8>(R_VALIDITY + row) == <u8>VALIDITY_VALID ? row : -1;
  }
  return -1;
}

function has(vife: u32): bool {
  return (
    (modifiers & 0xff) == vife ||
    ((modifiers >> 8) & 0xff) == vife ||
    ((modifiers >> 16) & 0xff) == vife ||
    modifiers >> 24 == vife
  );
}

/**
 * Writes each element of the `n` bytes at `at` as a record of its own, a record with its time beside it. False, and
 * nothing written, where the bytes are no profile or their base value is missing: they are then kept as they are.
 */
export function expandProfile(
  at: usize,
  n: u32,
  functionCode: u32,
  storage: u64,
  tariff: u32,
  subunit: u32,
): bool {
  // An element has no value information block of its own, only the numbers of its VIFEs.
  if (n < 2 || !allNumbered) return false;
  const control: u32 = load<u8>(at);
  const mode = control >> 6;
  const field = control & 15;
  const size: u32 = load<u8>(SIZES + field);
  if (size == 0 || (n - 2) % size != 0 || n == 2) return false;
  const base = mode == ABSOLUTE ? -1 : baseRow(functionCode, storage, tariff, subunit);
  if (mode != ABSOLUTE && base < 0) return false;
  const inverse = has(VIFE_INVERSE_PROFILE);
  // Elements of a plain profile share its storage number: the next one may belong to a chained profile.
  const numbered = inverse || has(VIFE_REGISTER_PROFILE);
  const clock = setSpacing((control >> 4) & 3, load<u8>(at, 1)) ? timeRow(storage) : -1;
  const start: i64 = clock < 0 ? 0 : load<i64>(R_MANTISSA + (clock << 3));
  const timeKind: u32 = clock < 0 ? 0 : load<u8>(R_KIND + clock);
  let value: i64 = base < 0 ? 0 : load<i64>(R_MANTISSA + (base << 3));
  let known = base < 0 || load<u8>(R_VALIDITY + base) == <u8>VALIDITY_VALID;
  const ofMeaning = meaning;
  const ofModifiers = modifiers;
  let count: i32 = 0;
  const end = at + n;
  at += 2;
  while (at < end) {
    setScale(vibScale);
    element(at, field, size, mode);
    if (mode != ABSOLUTE) {
      known = known && validity == VALIDITY_VALID;
      if (known) value = next(value, mantissa, mode, inverse);
      setValue(KIND_NUMBER, known ? VALIDITY_VALID : VALIDITY_MARKED_INVALID, value);
    }
    if (numbered) storage++;
    put(
      at,
      0,
      0,
      size,
      ofMeaning,
      functionCode,
      storage,
      tariff,
      subunit,
      ofModifiers,
      FROM_PROFILE,
    );
    if (clock >= 0) {
      count++;
      const steps = inverse ? -count : count;
      // From the base each time, so that a series of month ends does not drift to shorter months.
      const time =
        halfMonths == 0 ? start + step * <i64>steps : addHalfMonths(start, halfMonths * steps);
      setScale(0);
      setValue(timeKind, VALIDITY_VALID, time);
      put(at, 0, 0, 0, MEANING_DATETIME, functionCode, storage, tariff, subunit, 0, FROM_PROFILE);
    }
    at += size;
  }
  return true;
}

/** Increments and decrements are unsigned, absolute values and differences signed; all ones and 80…00 are invalid. */
function element(at: usize, field: u32, size: u32, mode: u32): void {
  const v = unsignedAt(at, size);
  if (field == 5) real(<u32>v);
  else if (field > 8) decimal(v, size, TYPE_NUMBER, at);
  else if (mode == INCREMENTS || mode == DECREMENTS) increment(v, size);
  else integer(v, size, TYPE_NUMBER);
}

function increment(v: u64, size: u32): void {
  const most = u64.MAX_VALUE >> <u64>((8 - size) << 3);
  if (v == most || v >> 63) setValue(KIND_NUMBER, VALIDITY_MARKED_INVALID, 0);
  else setValue(KIND_NUMBER, VALIDITY_VALID, <i64>v);
}

/** The neighbour of `value` in the order of the elements. */
function next(value: i64, delta: i64, mode: u32, inverse: bool): i64 {
  const grows = mode == INCREMENTS ? !inverse : mode == DECREMENTS && inverse;
  return grows ? value + delta : value - delta;
}
