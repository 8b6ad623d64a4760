// Clock messages to a meter (OMS volume 2, clock synchronisation), behind CI 6C and 6D:
//
//   6C  TC = 0       time(6), type I         reserved(3) = 0
//   6D  TC = 1, 2    difference(3), type J   reserved(6) = 0       1 adds, 2 subtracts
//
// No telegram of them is public, so what does not fit in every byte is left as it stands.
import { KIND_DATETIME_SECOND, KIND_NUMBER, VALIDITY_VALID } from '../generated/codes';
import { M_CLOCK_OFFSET_S, M_DATETIME } from '../generated/meanings';
import { VENDOR, put } from './emit';
import { seconds, typeI, typeJ } from './time';
import { setScale, setValue } from './value';

const SET: u32 = 0x6c;
const BYTES: usize = 10;
const SUBTRACT: u32 = 2;

/** A record of the clock message whose TC field stands at `at`; false where the bytes are none. */
export function putClock(at: usize, end: usize, ci: u32): bool {
  if (at + BYTES > end) return false;
  const control: u32 = load<u8>(at);
  let size: u32 = 6;
  if (ci == SET) {
    const time = load<u64>(at, 1) & 0xffffffffffff;
    if (control != 0 || (load<u32>(at, 6) & 0xffffff00) != 0) return false;
    if (typeI(time) != VALIDITY_VALID) return false;
    setValue(KIND_DATETIME_SECOND, VALIDITY_VALID, seconds);
  } else {
    size = 3;
    if ((control != 1 && control != SUBTRACT) || (load<u64>(at, 2) & ~0xffff) != 0) return false;
    if (typeJ(load<u32>(at, 1) & 0xffffff) != VALIDITY_VALID) return false;
    setValue(KIND_NUMBER, VALIDITY_VALID, control == SUBTRACT ? -seconds : seconds);
  }
  setScale(0);
  put(at + 1, 0, 0, size, ci == SET ? M_DATETIME : M_CLOCK_OFFSET_S, 0, 0, 0, 0, 0, VENDOR);
  return true;
}
