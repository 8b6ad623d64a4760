// Techem (TCH) by radio: manufacturer CI fields A0 to A2, no header. Offsets count from the byte behind the CI field.
// Facts from public descriptions of the formats and from telegrams whose values were published with them.
import {
  M_DATE,
  M_ENERGY_IN_PERIOD_J,
  M_ENERGY_IN_PERIOD_WH,
  M_ENERGY_J,
  M_ENERGY_WH,
  M_HEAT_COST_ALLOCATION_HCA,
  M_RADIATOR_TEMPERATURE_CELSIUS,
  M_ROOM_TEMPERATURE_CELSIUS,
  M_SMOKE,
  M_VENDOR_STATUS,
  M_VOLUME_IN_PERIOD_M3,
  M_VOLUME_M3,
} from '../generated/meanings';
import { clearPlace, putDate, putLinear, putNumber, setPlace, word24 } from './sink';

/** Storage number of what belongs to the previous billing date. */
const DUE: u32 = 1;

/**
 * "Current" dates have no year: day in bits 4–8, month in 9–12. The year is that of the smallest date after the previous
 * billing date `before`; no clock is needed.
 */
function putYearless(at: usize, before: usize): void {
  const w: u32 = load<u16>(at);
  const day = (w >> 4) & 31;
  const month = (w >> 9) & 15;
  const previous: u32 = load<u16>(before);
  const earlier = month * 32 + day <= (previous & 0x1ff);
  putDate(at, 2, M_DATE, 2000 + (previous >> 9) + (earlier ? 1 : 0), month, day);
}

/** FHKV data II and III, heat cost allocators: versions 61, 64, 69 and 94 (one byte more before the temperatures). */
export function techemAllocator(at: usize, end: usize, version: u32): bool {
  if (at + 9 > end) return false;
  putNumber(at, 1, M_VENDOR_STATUS, <i64>load<u8>(at), 0);
  putNumber(at + 7, 2, M_HEAT_COST_ALLOCATION_HCA, <i64>load<u16>(at, 7), 0);
  putYearless(at + 5, at + 1);
  setPlace(DUE, 0, 0, 0);
  putNumber(at + 3, 2, M_HEAT_COST_ALLOCATION_HCA, <i64>load<u16>(at, 3), 0);
  putLinear(at + 1, M_DATE);
  clearPlace();
  if (version != 0x69 && version != 0x94) return true;
  const temperatures = at + (version == 0x94 ? 10 : 9);
  if (temperatures + 4 > end) return true;
  putNumber(temperatures, 2, M_ROOM_TEMPERATURE_CELSIUS, <i64>load<i16>(temperatures), -2);
  putNumber(
    temperatures + 2,
    2,
    M_RADIATOR_TEMPERATURE_CELSIUS,
    <i64>load<i16>(temperatures, 2),
    -2,
  );
  return true;
}

/** MK radio 3 and 4, water meters: previous billing value and what came since, in 0.1 m³. */
export function techemWater(at: usize, end: usize): bool {
  if (at + 9 > end) return false;
  const due: i64 = load<u16>(at, 3);
  const since: i64 = load<u16>(at, 7);
  putNumber(at, 1, M_VENDOR_STATUS, <i64>load<u8>(at), 0);
  putNumber(at + 3, 6, M_VOLUME_M3, due + since, -1);
  putYearless(at + 5, at + 1);
  putNumber(at + 7, 2, M_VOLUME_IN_PERIOD_M3, since, -1);
  setPlace(DUE, 0, 0, 0);
  putNumber(at + 3, 2, M_VOLUME_M3, due, -1);
  putLinear(at + 1, M_DATE);
  clearPlace();
  return true;
}

/** MK radio 3a: total with full date, and 24 half months, newest first, of which months are made. */
export function techemWaterHalfMonths(at: usize, end: usize): bool {
  if (at + 43 > end) return false;
  putNumber(at + 4, 3, M_VOLUME_M3, <i64>word24(at + 4), -1);
  putLinear(at + 2, M_DATE);
  // In the first half of a month its own value is one half; before it, months are pairs.
  const whole = (<u32>load<u16>(at, 2) & 31) >= 16;
  let half: u32 = 0;
  for (let month: u32 = 0; month < 12; month++) {
    const halves: u32 = month == 0 && !whole ? 1 : 2;
    let value: i64 = 0;
    const first = halfMonthAt(at, half);
    for (let i: u32 = 0; i < halves && half < 24; i++, half++)
      value += <i64>load<u8>(halfMonthAt(at, half));
    setPlace(month + 1, 0, 0, 0);
    putNumber(first, halves, M_VOLUME_IN_PERIOD_M3, value, -1);
  }
  clearPlace();
  return true;
}

/** Twelve groups of three bytes, of which the last two are half months, the newer one first. */
function halfMonthAt(at: usize, half: u32): usize {
  return at + 7 + (half >> 1) * 3 + 1 + (half & 1);
}

/** Compact V, heat meters: 24-bit kWh at the previous billing date and since. */
export function techemCompact(at: usize, end: usize): bool {
  if (at + 10 > end) return false;
  const due = <i64>word24(at + 3);
  const since = <i64>word24(at + 7);
  putNumber(at, 1, M_VENDOR_STATUS, <i64>load<u8>(at), 0);
  putNumber(at + 3, 7, M_ENERGY_WH, due + since, 3);
  putNumber(at + 7, 3, M_ENERGY_IN_PERIOD_WH, since, 3);
  setPlace(DUE, 0, 0, 0);
  putNumber(at + 3, 3, M_ENERGY_WH, due, 3);
  putLinear(at + 1, M_DATE);
  clearPlace();
  return true;
}

/** Vario 4 type 4.5.1, heat meters: MJ at the previous billing date and since. */
export function techemVario(at: usize, end: usize): bool {
  if (at + 9 > end) return false;
  const due: i64 = load<u16>(at, 3);
  const since: i64 = load<u16>(at, 7);
  putNumber(at, 1, M_VENDOR_STATUS, <i64>load<u8>(at), 0);
  putNumber(at + 3, 6, M_ENERGY_J, due + since, 6);
  putYearless(at + 5, at + 1);
  putNumber(at + 7, 2, M_ENERGY_IN_PERIOD_J, since, 6);
  setPlace(DUE, 0, 0, 0);
  putNumber(at + 3, 2, M_ENERGY_J, due, 6);
  putLinear(at + 1, M_DATE);
  clearPlace();
  return true;
}

/** Smoke detectors: 00 is quiet, 01 smoke; other states are reported as they are. */
export function techemSmoke(at: usize, end: usize): bool {
  if (at + 5 > end) return false;
  putNumber(at, 1, M_SMOKE, <i64>load<u8>(at), 0);
  putLinear(at + 3, M_DATE);
  setPlace(DUE, 0, 0, 0);
  putLinear(at + 1, M_DATE);
  clearPlace();
  return true;
}
