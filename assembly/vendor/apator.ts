// Apator (APA, APT). Facts from public descriptions and telegrams.
import {
  M_ACTUALITY_DURATION_H,
  M_BATTERY_VOLTAGE_V,
  M_DATE,
  M_FRAME_STATUS,
  M_HEAT_COST_ALLOCATION_HCA,
  M_ROOM_TEMPERATURE_CELSIUS,
  M_SEAL_BROKEN,
  M_VENDOR_BYTES,
  M_VENDOR_STATUS,
  M_VOLUME_M3,
} from '../generated/meanings';
import { clearPlace, putCivil, putLinear, putNumber, putRaw, setPlace } from './sink';

/** AT-WMBUS-08: pulses of a third of a litre. m³ are thirds of thousandths: exact only as thirds, so nine places are given. */
export function apatorPulses(at: usize, end: usize): bool {
  if (at + 4 > end) return false;
  const pulses: u64 = load<u32>(at);
  putNumber(at, 4, M_VOLUME_M3, <i64>((pulses * 1000000 + 1) / 3), -9);
  return true;
}

/** AT-WMBUS-17-2: the same counter, a thousand times larger by the readings published with telegrams (one source). */
export function apatorThirds(at: usize, end: usize): bool {
  if (at + 4 > end) return false;
  const pulses: u64 = load<u32>(at);
  putNumber(at, 4, M_VOLUME_M3, <i64>((pulses * 1000000 + 1) / 3), -6);
  return true;
}

/** Data bytes of AT-WMBUS-16-2's registers; 0 for a type that nothing is known of. */
function registerSize(type: u32): u32 {
  if (type >= 0x71 && type <= 0x7c) return 1 + 4 * ((type & 15) + 1);
  if (type >= 0x80 && type <= 0x8f) {
    if (type == 0x85 || type == 0x88 || type == 0x8f) return 11;
    if (type == 0x8a) return 9;
    if (type == 0x8b || type == 0x8c) return 6;
    if (type == 0x8e) return 7;
    return type <= 0x84 || type == 0x86 || type == 0x87 ? 10 : 0;
  }
  switch (type) {
    case 0xa2:
    case 0xa5:
    case 0xa9:
    case 0xaf:
      return 1;
    case 0x11:
    case 0x41:
    case 0x43:
    case 0xa7:
    case 0xa8:
    case 0xaa:
    case 0xab:
    case 0xac:
    case 0xad:
    case 0xb4:
      return 2;
    case 0x01:
    case 0x44:
    case 0xa6:
    case 0xd0:
    case 0xd3:
      return 3;
    case 0x00:
    case 0x10:
    case 0xa0:
    case 0xa1:
    case 0xa4:
    case 0x42:
    case 0xf0:
      return 4;
    case 0xb0:
      return 5;
    case 0x40:
      return 6;
    case 0xa3:
      return 7;
    case 0xb1:
    case 0xb3:
      return 8;
    case 0xb2:
    case 0xb5:
      return 16;
    default:
      return (type >= 0xb6 && type <= 0xbf) || (type >= 0xc0 && type <= 0xc7) ? 3 : 0;
  }
}

/** AT-WMBUS-16-2, behind 2F 2F: eight header bytes, then registers of a type and data each, FF ends them. */
export function apatorRegisters(at: usize, end: usize): bool {
  if (at + 8 > end) return false;
  const header = at;
  at += 8;
  // Whether it fits is known before anything is said: data records of this meter may stand here as well.
  let stop = at;
  let found = false;
  while (stop + 2 < end) {
    const type: u32 = load<u8>(stop);
    const size = registerSize(type);
    if (size == 0 || stop + 1 + size > end) break;
    found = found || type == 0x10 || (type >= 0x71 && type <= 0x7c);
    stop += 1 + size;
  }
  if (!found) return false;
  while (at < stop) {
    const type: u32 = load<u8>(at);
    const size = registerSize(type);
    const data = at + 1;
    if (type == 0x10) putNumber(data, 4, M_VOLUME_M3, <i64>load<u32>(data), -3);
    else if (type >= 0x71 && type <= 0x7c) {
      // Month ends, newest first.
      for (let i: u32 = 0; i <= (type & 15); i++) {
        setPlace(i + 1, 0, 0, 0);
        putNumber(data + 1 + 4 * i, 4, M_VOLUME_M3, <i64>load<u32>(data + 1 + 4 * i), -3);
      }
      clearPlace();
    } else if (type == 0x41) {
      putNumber(data, 2, M_BATTERY_VOLTAGE_V, <i64>load<u16>(data), -3);
    } else {
      putRaw(at, 1 + size, M_VENDOR_BYTES);
    }
    at = data + size;
  }
  putRaw(header, 8, M_VENDOR_STATUS);
  return true;
}

/** E-ITN 30, heat cost allocator: behind CI A0, or behind CI B6, a length, as many bytes, and A0. */
export function apatorAllocator(ci: u32, at: usize, end: usize): bool {
  if (ci == 0xb6) {
    if (at + 2 > end) return false;
    at += 1 + <usize>load<u8>(at);
    if (at >= end || load<u8>(at) != 0xa0) return false;
    at++;
  }
  if (at + 15 > end) return false;
  putNumber(at + 7, 2, M_HEAT_COST_ALLOCATION_HCA, <i64>load<u16>(at, 7), 0);
  putLinear(at + 9, M_DATE);
  putTemperature(at + 13);
  if (load<u16>(at, 5) != 0) putLinear(at + 5, M_SEAL_BROKEN);
  setPlace(1, 0, 0, 0);
  putNumber(at + 3, 2, M_HEAT_COST_ALLOCATION_HCA, <i64>load<u16>(at, 3), 0);
  putTemperature(at + 11);
  clearPlace();
  return true;
}

/** Whole degrees in the second byte, 1/256 in the first: exact with eight places (1/256 = 390625 · 10^-8). */
function putTemperature(at: usize): void {
  putNumber(at, 2, M_ROOM_TEMPERATURE_CELSIUS, <i64>load<u16>(at) * 390625, -8);
}

/** NA-1 after decryption: 16 bytes at `at`, of which the first is 2F. */
export function apatorNa1(at: usize, frameStatus: usize): bool {
  if (load<u8>(at) != 0x2f) return false;
  const w = load<u32>(at, 1);
  const power = (w >> 4) & 3;
  let unit: i64 = 1;
  for (let i: u32 = 0; i < power; i++) unit *= 10;
  const total = (<i64>(w >> 8) * 16 + <i64>(w & 15)) * unit;
  putNumber(at + 1, 4, M_VOLUME_M3, total, -3);
  // Seconds since 2000-01-01 of the meter's clock.
  const now = <i64>load<u32>(at, 5) + 946684800;
  putCivil(at + 5, 4, now);
  putNumber(at + 14, 1, M_VENDOR_STATUS, <i64>load<u8>(at, 14), 0);
  putNumber(frameStatus, 1, M_FRAME_STATUS, <i64>load<u8>(frameStatus), 0);
  const tail: u32 = load<u8>(at, 10);
  const age = <i64>load<u8>(at, 9) + 256 * <i64>(tail >> 2);
  const delta = (<i64>load<u32>(at, 11) & 0xffffff) * 4 + <i64>(tail & 3);
  setPlace(1, 0, 0, 0);
  putNumber(at + 11, 3, M_VOLUME_M3, total - delta * unit, -3);
  putNumber(at + 9, 2, M_ACTUALITY_DURATION_H, age, 0);
  putCivil(at + 9, 2, now - age * 3600);
  putNumber(at + 15, 1, M_VENDOR_STATUS, <i64>load<u8>(at, 15), 0);
  clearPlace();
  return true;
}
