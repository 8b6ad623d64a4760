// Zenner EDC B.One (ZRI): behind DIF 0F status, value at the set day and total in 1/256 litre. Facts from public
// descriptions and telegrams. 1/256000 m³ is exact with eleven places: 1/256 = 390625 · 10^-8.
import { M_VENDOR_STATUS, M_VOLUME_M3 } from '../generated/meanings';
import { clearPlace, putNumber, setPlace } from './sink';

export function zennerTail(at: usize, end: usize): bool {
  if (at + 12 > end) return false;
  putNumber(at + 8, 4, M_VOLUME_M3, <i64>load<u32>(at, 8) * 390625, -11);
  putNumber(at, 4, M_VENDOR_STATUS, <i64>load<u32>(at), 0);
  setPlace(1, 0, 0, 0);
  putNumber(at + 4, 4, M_VOLUME_M3, <i64>load<u32>(at, 4) * 390625, -11);
  clearPlace();
  return true;
}
