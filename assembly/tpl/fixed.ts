// Fixed data structure (CI 73, 77; EN 1434-3):
//
//   ID(4) ACC STS Unit1 Unit2 Counter1(4) Counter2(4)
//
// Unit bits 5–0 are unit codes; bits 7–6 of both form the medium. STS bit 0: counters are binary, bit 1: stored at a
// fixed date.
import { unsignedAt, unsignedMsbAt } from '../cursor';
import { FIXED_MEDIA, FIXED_UNITS } from '../generated/tables';

export const FIXED_BODY: usize = 16;
const SAME_UNIT_HISTORIC: u32 = 0x3e;

/** Four-bit medium code. */
function mediumCode(at: usize): u32 {
  return (((<u32>load<u8>(at, 7) >> 6) << 2) | (<u32>load<u8>(at, 6) >> 6)) & 15;
}

/** Device type of the structure at `at`, in the words of the other structures. */
export function fixedMedium(at: usize): u32 {
  return load<u8>(FIXED_MEDIA + mediumCode(at));
}

/** Media A … E: counters are sent most significant byte first although CI is 73. */
export function fixedMsb(at: usize, ci: u32): bool {
  const code = mediumCode(at);
  return ci == 0x77 || (code >= 10 && code <= 14);
}

/** Row of {@link FIXED_UNITS} for counter 0 or 1: meaning in bits 0–15, scale in 16–23. */
export function fixedUnit(at: usize, counter: u32): u32 {
  let code = <u32>load<u8>(at + 6 + counter) & 0x3f;
  if (code == SAME_UNIT_HISTORIC) code = <u32>load<u8>(at + 7 - counter) & 0x3f;
  return load<u32>(FIXED_UNITS + (code << 2));
}

/** 1 for a counter stored at a fixed date, or marked historic: its storage number. */
export function fixedStorage(at: usize, counter: u32): u64 {
  const historic = (<u32>load<u8>(at + 6 + counter) & 0x3f) == SAME_UNIT_HISTORIC;
  return historic || load<u8>(at, 5) & 2 ? 1 : 0;
}

export function fixedBinary(at: usize): bool {
  return (load<u8>(at, 5) & 1) != 0;
}

export function fixedCounter(at: usize, counter: u32, msb: bool): u64 {
  const from = at + 8 + ((<usize>counter) << 2);
  return msb ? unsignedMsbAt(from, 4) : unsignedAt(from, 4);
}
