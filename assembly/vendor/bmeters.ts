// B Meters (BMT, BMP): tails behind DIF 0F, and RFM-TX1, whose first record is obfuscated. Facts from public descriptions,
// the vendor's manual of HYDRODIGIT 1.4.3 and telegrams. T[i] is byte i behind the DIF.
import {
  M_BACKWARD_VOLUME_M3,
  M_BATTERY_VOLTAGE_V,
  M_DATE,
  M_FRAUD,
  M_HEAT_COST_ALLOCATION_HCA,
  M_HOUSING_OPENED,
  M_LEAK,
  M_MONTH_VALUE_M3,
  M_RADIATOR_TEMPERATURE_CELSIUS,
  M_ROOM_TEMPERATURE_CELSIUS,
  M_VENDOR_STATUS,
} from '../generated/meanings';
import {
  MAXIMUM,
  bcd2,
  clearPlace,
  putDate,
  putDateTime,
  putMissing,
  putNumber,
  putRaw,
  putTypeG,
  setPlace,
  word24,
} from './sink';

/** Battery voltage in hundredths of a volt, by the low nibble; 0 for a code without one. */
const VOLTS: usize = memory.data<u16>([
  370, 190, 210, 220, 230, 240, 250, 265, 280, 290, 305, 320, 335, 350, 370, 370,
]);

/** Twelve months, January first, in ten times the unit of the total (litres: 10 l); FFFFFF is none. */
function months(at: usize): void {
  for (let month: u32 = 0; month < 12; month++) {
    const value = word24(at + month * 3);
    setPlace(month + 1, 0, 0, 0);
    if (value == 0xffffff) putMissing(at + month * 3, 3, M_MONTH_VALUE_M3);
    else putNumber(at + month * 3, 3, M_MONTH_VALUE_M3, <i64>value, -2);
  }
  clearPlace();
}

/** Year, month, day in BCD. */
function dateAt(at: usize, meaning: u32): void {
  putDate(
    at,
    3,
    meaning,
    2000 + bcd2(load<u8>(at)),
    bcd2(load<u8>(at, 1) & 0x1f),
    bcd2(load<u8>(at, 2)),
  );
}

/** HYDRODIGIT: a presence byte, then the fields that it names, in this order. */
export function hydrodigit(at: usize, end: usize, version: u32): bool {
  if (at >= end) return false;
  const has: u32 = load<u8>(at);
  return version == 0x17 ? hydrodigit17(at + 1, end, has) : hydrodigit15(at + 1, end, has);
}

function battery(at: usize): void {
  const volts: i64 = load<u16>(VOLTS + ((<u32>load<u8>(at) & 15) << 1));
  putNumber(at, 1, M_BATTERY_VOLTAGE_V, volts, -2);
}

/** Versions 13 and 15, as telegrams show them. */
function hydrodigit15(at: usize, end: usize, has: u32): bool {
  const size =
    (has & 1 ? 1 : 0) +
    (has & 2 ? 4 : 0) +
    (has & 0x80 ? 3 : 0) +
    (has & 4 ? 4 : 0) +
    (has & 16 ? 36 : 0);
  if (at + size > end) return false;
  if (has & 1) {
    battery(at);
    at += 1;
  }
  if (has & 2) {
    dateAt(at + 1, M_FRAUD);
    at += 4;
  }
  if (has & 0x80) {
    dateAt(at, M_LEAK);
    at += 3;
  }
  if (has & 4) {
    putNumber(at, 4, M_BACKWARD_VOLUME_M3, <i64>load<u32>(at), -3);
    at += 4;
  }
  if (has & 16) months(at);
  return true;
}

/** Version 17, by the vendor's manual. */
function hydrodigit17(at: usize, end: usize, has: u32): bool {
  if (has & 1) {
    if (at + 1 > end) return false;
    battery(at);
    at += 1;
  }
  if (has & 2) {
    if (at + 4 > end) return has != 2;
    putNumber(at, 4, M_BACKWARD_VOLUME_M3, <i64>load<u32>(at), -3);
    at += 4;
  }
  return (has & 3) != 0;
}

/** Sixteen rows of what RFM-TX1 combines the first record with, by the low nibble of the access number. */
const ROWS: usize = memory.data<u8>([
  0x75, 0x96, 0x7a, 0x10, 0x1a, 0x0a, 0x5b, 0x7f, 0x70, 0x13, 0x22, 0x13, 0xb3, 0x18, 0xb9, 0x0b,
  0x8e, 0x99, 0x8e, 0x7d, 0x79, 0x07, 0x4a, 0x16, 0xb5, 0x91, 0x07, 0x9a, 0xcb, 0x69, 0xb8, 0xa3,
  0x32, 0xa1, 0x39, 0x0e, 0xbd, 0x80, 0x9c, 0x7e, 0x60, 0x99, 0x27, 0x5c, 0xb4, 0xc4, 0x80, 0xa3,
  0x30, 0xd0, 0x0a, 0xce, 0x19, 0x03, 0xc2, 0x4c, 0xf0, 0x05, 0xa5, 0x86, 0x54, 0x4b, 0x16, 0x98,
  0x11, 0x5e, 0x4b, 0xee, 0x0c, 0xc9, 0x7d, 0xa2, 0x87, 0xca, 0x4a, 0x48, 0xe4, 0x1f, 0xc4, 0x87,
  0x77, 0x2e, 0x8a, 0xe8, 0xe3, 0x30, 0xbd, 0x78, 0x57, 0x8c, 0xa4, 0x9a, 0x39, 0x6f, 0x28, 0x05,
]);

/** Makes the six bytes at `at` the record 0C 13 that they are; false, and nothing changed, where they are none. */
export function rfmUncover(at: usize, end: usize, access: u32): bool {
  if (at + 6 > end) return false;
  const row = ROWS + (access & 15) * 6;
  if (
    (<u32>load<u8>(at) ^ access ^ <u32>load<u8>(row)) != 0x0c ||
    (<u32>load<u8>(at, 1) ^ access ^ <u32>load<u8>(row, 1)) != 0x13
  )
    return false;
  for (let i: usize = 0; i < 6; i++)
    store<u8>(at + i, <u8>(<u32>load<u8>(at + i) ^ access ^ <u32>load<u8>(row + i)));
  return true;
}

/** RFM-TX1's tail: presence, battery, back flow, clock in BCD, twelve months. */
export function rfmTail(at: usize, end: usize): bool {
  if (at + 48 > end || load<u8>(at) != 0x1d) return false;
  putNumber(at + 2, 4, M_BACKWARD_VOLUME_M3, <i64>load<u32>(at, 2), -3);
  putDateTime(
    at + 6,
    6,
    2000 + bcd2(load<u8>(at, 11)),
    bcd2(load<u8>(at, 10)),
    bcd2(load<u8>(at, 9)),
    bcd2(load<u8>(at, 8)),
    bcd2(load<u8>(at, 7)),
  );
  months(at + 12);
  return true;
}

function celsius(at: usize, meaning: u32): void {
  if (load<u16>(at) == 0x8000) putMissing(at, 2, meaning);
  else putNumber(at, 2, meaning, <i64>load<i16>(at), -2);
}

/** HYDROCLIMA 2: two frames, told apart by their first byte. */
export function hydroclima(at: usize, end: usize): bool {
  if (at + 7 > end) return false;
  const kind: u32 = load<u8>(at);
  if (kind == 0x10 && at + 24 <= end) {
    celsius(at + 7, M_ROOM_TEMPERATURE_CELSIUS);
    setPlace(0, 0, 0, MAXIMUM);
    celsius(at + 9, M_ROOM_TEMPERATURE_CELSIUS);
    setPlace(1, 0, 0, 0);
    celsius(at + 15, M_ROOM_TEMPERATURE_CELSIUS);
    celsius(at + 17, M_RADIATOR_TEMPERATURE_CELSIUS);
    clearPlace();
    putNumber(at + 21, 3, M_HEAT_COST_ALLOCATION_HCA, <i64>word24(at + 21), 0);
  } else if (kind == 0x11 && at + 47 <= end) {
    if (load<u16>(at, 7) != 0) putTypeG(at + 7, M_HOUSING_OPENED);
    celsius(at + 9, M_RADIATOR_TEMPERATURE_CELSIUS);
    celsius(at + 11, M_ROOM_TEMPERATURE_CELSIUS);
    setPlace(1, 0, 0, MAXIMUM);
    celsius(at + 13, M_ROOM_TEMPERATURE_CELSIUS);
    putTypeG(at + 15, M_DATE);
    setPlace(1, 0, 0, 0);
    celsius(at + 17, M_RADIATOR_TEMPERATURE_CELSIUS);
    celsius(at + 19, M_ROOM_TEMPERATURE_CELSIUS);
    for (let i: u32 = 0; i < 4; i++) {
      setPlace(i + 1, 0, 0, 0);
      putNumber(at + 21 + 2 * i, 2, M_HEAT_COST_ALLOCATION_HCA, <i64>load<u16>(at + 21 + 2 * i), 0);
    }
    for (let i: u32 = 0; i < 3; i++) {
      setPlace(i + 1, 0, 1, 0);
      celsius(at + 29 + 2 * i, M_ROOM_TEMPERATURE_CELSIUS);
    }
    clearPlace();
    putNumber(at + 44, 3, M_HEAT_COST_ALLOCATION_HCA, <i64>word24(at + 44), 0);
  } else {
    return false;
  }
  putRaw(at + 1, 2, M_VENDOR_STATUS);
  return true;
}
