// Writes records into their columns.
import { frame, newRecord, records } from '../batch/row';
import { KIND_NUMBER, VALIDITY_VALID } from '../generated/codes';
import {
  R_FLAGS,
  R_FUNCTION,
  R_KIND,
  R_MANTISSA,
  R_MEANING,
  R_MODIFIERS,
  R_PLACE,
  R_SCALE,
  R_SIZE,
  R_STORAGE,
  R_SUBUNIT,
  R_TARIFF,
  R_VALIDITY,
} from '../generated/columns';
import {
  MEANING_ANY,
  MEANING_MANUFACTURER_DATA,
  MEANING_MANUFACTURER_SPECIFIC,
  MEANING_RESERVED,
} from '../generated/tables';
import { kind, mantissa, scale, validity } from './value';

export const NO_FLAGS: u32 = 0;
export const VENDOR: u32 = 1;
/** Origins, shifted to their place in the flags; the list is ORIGINS in layout.ts. */
export const FROM_COMPACT: u32 = 1 << 1;
export const FROM_FRAGMENTS: u32 = 2 << 1;
export const FROM_PROFILE: u32 = 3 << 1;
export const FROM_VENDOR: u32 = 4 << 1;

/** Set on every record as long as a telegram's records come from elsewhere than its own bytes. */
export let origin: u32 = 0;

export function setOrigin(to: u32): void {
  origin = to;
}

/** Writes the value just read as a record. */
export function put(
  start: usize,
  dib: u32,
  vib: u32,
  size: u32,
  ofMeaning: u32,
  functionCode: u32,
  storage: u64,
  tariff: u32,
  subunit: u32,
  vifes: u32,
  flags: u32,
): void {
  const row: usize = <usize>newRecord();
  if (<i32>row < 0) return;
  store<u32>(R_PLACE + (row << 2), <u32>(start - frame) | (dib << 16) | (vib << 20));
  store<u16>(R_SIZE + (row << 1), <u16>size);
  store<u16>(R_MEANING + (row << 1), <u16>ofMeaning);
  store<u8>(R_KIND + row, <u8>kind);
  store<u8>(R_FUNCTION + row, <u8>functionCode);
  store<u8>(R_VALIDITY + row, <u8>validity);
  store<u8>(R_FLAGS + row, <u8>(flags | origin));
  store<i8>(R_SCALE + row, <i8>scale);
  store<u32>(R_STORAGE + (row << 2), <u32>storage);
  store<u32>(R_TARIFF + (row << 2), tariff);
  store<u16>(R_SUBUNIT + (row << 1), <u16>subunit);
  store<u32>(R_MODIFIERS + (row << 2), vifes);
  store<i64>(R_MANTISSA + (row << 3), mantissa);
}

/** Function field 3 of a DIF: a value during an error (EN 13757-3 table 7). */
const FUNCTION_ERROR: u32 = 3;

/** Whether `mantissa · 10^scale` lies between -10^12 and 10^12: no register, rate or duration of one meter is greater. */
function isBelowTera(ofMantissa: i64, ofScale: i32): bool {
  let most: i64 = 1;
  for (let i = ofScale; i < 12; i++) {
    if (most > i64.MAX_VALUE / 10) return true;
    most *= 10;
  }
  return ofScale <= 12 && ofMantissa < most && ofMantissa > -most;
}

/** Whether the record in row `row` is one that plain records have, and bytes of ciphertext hardly ever. */
export function isOrdinary(row: u32): bool {
  const ofMeaning: u32 = load<u16>(R_MEANING + (row << 1));
  const ofKind: u32 = load<u8>(R_KIND + row);
  return (
    ofMeaning != MEANING_RESERVED &&
    ofMeaning != MEANING_MANUFACTURER_DATA &&
    ofMeaning != MEANING_MANUFACTURER_SPECIFIC &&
    ofMeaning != MEANING_ANY &&
    load<u8>(R_VALIDITY + row) == VALIDITY_VALID &&
    load<u32>(R_STORAGE + (row << 2)) < 64 &&
    load<u32>(R_TARIFF + (row << 2)) < 16 &&
    load<u16>(R_SUBUNIT + (row << 1)) < 16 &&
    load<u8>(R_FUNCTION + row) != FUNCTION_ERROR &&
    (ofKind != KIND_NUMBER ||
      (load<i8>(R_SCALE + row) > -10 &&
        isBelowTera(load<i64>(R_MANTISSA + (row << 3)), load<i8>(R_SCALE + row)))) &&
    records > row
  );
}

/** Whether the record in row `row` has VIF FF and no meaning that the tables know. */
export function isVendorVif(row: u32): bool {
  return <u32>load<u16>(R_MEANING + (row << 1)) == MEANING_MANUFACTURER_SPECIFIC;
}
