// BFW 240 radio, heat cost allocator: behind 2F 2F a body of its own. Facts from public descriptions and telegrams.
import { M_DATE, M_HEAT_COST_ALLOCATION_HCA, M_VENDOR_STATUS } from '../generated/meanings';
import { bcd2, clearPlace, putDate, putNumber, putRaw, setPlace } from './sink';

/** Most significant byte first, as nothing else in a telegram. */
function be16(at: usize): i64 {
  return <i64>bswap<u16>(load<u16>(at));
}

export function bfwAllocator(at: usize, end: usize): bool {
  if (at + 38 > end || load<u8>(at, 1) != 0x1f) return false;
  putNumber(at + 4, 2, M_HEAT_COST_ALLOCATION_HCA, be16(at + 4), 0);
  putDate(
    at + 35,
    3,
    M_DATE,
    2000 + bcd2(load<u8>(at, 37)),
    bcd2(load<u8>(at, 36)),
    bcd2(load<u8>(at, 35)),
  );
  setPlace(1, 0, 0, 0);
  putNumber(at + 2, 2, M_HEAT_COST_ALLOCATION_HCA, be16(at + 2), 0);
  // Eighteen months of 12 bits, oldest first, two in three bytes; the newest is storage 2.
  for (let pair: u32 = 0; pair < 9; pair++) {
    const x = at + 8 + pair * 3;
    const y: u32 = load<u8>(x, 1);
    setPlace(19 - 2 * pair, 0, 0, 0);
    putNumber(x, 2, M_HEAT_COST_ALLOCATION_HCA, <i64>((y >> 4) * 256 + load<u8>(x)), 0);
    setPlace(18 - 2 * pair, 0, 0, 0);
    putNumber(x + 1, 2, M_HEAT_COST_ALLOCATION_HCA, <i64>((y & 15) * 256 + load<u8>(x, 2)), 0);
  }
  clearPlace();
  putRaw(at, 2, M_VENDOR_STATUS);
  return true;
}
