// GWF water meters: a tail behind DIF 0F. Facts from a public description and telegrams.
import { M_BATTERY_REMAINING_YEAR, M_VENDOR_STATUS } from '../generated/meanings';
import { putNumber } from './sink';

const FORMAT: u8 = 1;

export function gwfTail(at: usize, end: usize): bool {
  if (at + 3 > end || load<u8>(at) != FORMAT) return false;
  putNumber(at + 1, 1, M_VENDOR_STATUS, <i64>load<u8>(at, 1), 0);
  putNumber(at + 2, 1, M_BATTERY_REMAINING_YEAR, <i64>(load<u8>(at, 2) >> 3) * 5, -1);
  return true;
}
