// Qundis and Siemens (QDS, LSE): the walk-by data set, 53 bytes in a record `0D FF 5F`. Facts from public descriptions and
// telegrams; B[i] is byte i behind the LVAR.
import {
  M_DATE,
  M_ENERGY_J,
  M_ENERGY_IN_PERIOD_J,
  M_ENERGY_IN_PERIOD_WH,
  M_ENERGY_WH,
  M_HEAT_COST_ALLOCATION_HCA,
  M_HEAT_COST_ALLOCATION_IN_PERIOD_HCA,
  M_VOLUME_IN_PERIOD_M3,
  M_VOLUME_M3,
} from '../generated/meanings';
import { bcd8, clearPlace, putMissing, putNumber, putTypeG, setPlace } from './sink';

export const WALK_BY: usize = 53;

/** Set day, and last month end: the storage numbers that the same meters' ordinary records have. */
const SET_DAY: u32 = 1;
const MONTH_END: u32 = 17;

let meaning: u32 = 0;
let difference: u32 = 0;
let scale: i32 = 0;
let differenceScale: i32 = 0;

/** What the values are, by kind of meter B[8] and VIF B[9]; false where they do not go together. */
function setMeaning(kind: u32, vif: u32): bool {
  if (kind == 0xb0 && vif == 0x6e)
    return set(M_HEAT_COST_ALLOCATION_HCA, M_HEAT_COST_ALLOCATION_IN_PERIOD_HCA, 0, 0);
  if (kind == 0xc0 && (vif == 5 || vif == 6))
    return set(M_ENERGY_WH, M_ENERGY_IN_PERIOD_WH, <i32>vif - 3, <i32>vif - 3);
  if (kind == 0xc0 && (vif == 0x0d || vif == 0x0e))
    return set(M_ENERGY_J, M_ENERGY_IN_PERIOD_J, <i32>vif - 8, <i32>vif - 8);
  // Differences of water meters count 10 l, by their sums over eight telegrams.
  return kind == 0xc1 && vif == 0x13 && set(M_VOLUME_M3, M_VOLUME_IN_PERIOD_M3, -3, -2);
}

function set(ofMeaning: u32, ofDifference: u32, ofScale: i32, ofDifferenceScale: i32): bool {
  meaning = ofMeaning;
  difference = ofDifference;
  scale = ofScale;
  differenceScale = ofDifferenceScale;
  return true;
}

/** Decodes the data set at `b`; false, and nothing written, unless every part of it is as described. */
export function qundisWalkBy(b: usize): bool {
  if (load<u8>(b, 1) != 0x82 || load<u8>(b, 4) != 0 || load<u8>(b, 7) != 7) return false;
  if (load<u8>(b, 52) != 0x2f || !setMeaning(load<u8>(b, 8), load<u8>(b, 9))) return false;
  const current = bcd8(b + 12);
  const atSetDay = bcd8(b + 18);
  const atMonthEnd = bcd8(b + 24);
  if (current < 0 || atSetDay < 0 || atMonthEnd < 0) return false;
  putNumber(b + 12, 4, meaning, current, scale);
  setPlace(SET_DAY, 0, 0, 0);
  putNumber(b + 18, 4, meaning, atSetDay, scale);
  putTypeG(b + 16, M_DATE);
  setPlace(MONTH_END, 0, 0, 0);
  putNumber(b + 24, 4, meaning, atMonthEnd, scale);
  putTypeG(b + 22, M_DATE);
  // Oldest first; the last one is the month that ended at the month end.
  for (let i: u32 = 0; i < 12; i++) {
    setPlace(MONTH_END + 11 - i, 0, 0, 0);
    const at = b + 28 + 2 * i;
    if (load<u16>(at) == 0x8000) putMissing(at, 2, difference);
    else putNumber(at, 2, difference, <i64>load<i16>(at), differenceScale);
  }
  setPlace(0, 0, 0, 3);
  if (load<u16>(b, 10) != 0xffff) putTypeG(b + 10, M_DATE);
  clearPlace();
  return true;
}
