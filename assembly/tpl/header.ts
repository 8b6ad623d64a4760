// Transport layer header (EN 13757-7 clause 7.3 and 7.4):
//
//   long   ID(4) M(2) Ver Type  ACC STS CF(2)
//   short                       ACC STS CF(2)
//
// CF bits 12–8 are the security mode; in modes 0 and 5 bits 7–4 count the encrypted blocks of 16 bytes.

import {
  CI_LAYOUTS,
  HEADER_FIXED,
  HEADER_LONG,
  HEADER_SHORT,
  HEADER_UNKNOWN,
  LAST_CI,
} from '../generated/ci';

/** Layout of a CI field; {@link headerIn}, {@link bodyIn} and {@link isToMeter} read it. */
export function layoutOf(ci: u32): u32 {
  return ci > LAST_CI ? HEADER_UNKNOWN : load<u8>(CI_LAYOUTS + ci);
}

export function headerIn(layout: u32): u32 {
  return layout & 7;
}

export function bodyIn(layout: u32): u32 {
  return layout >> 4;
}

/** Whether a telegram goes to a meter: its VIFEs 00 … 0D are actions. */
export function isToMeter(layout: u32): bool {
  return (layout & 8) != 0;
}

export function headerSize(header: u32): usize {
  if (header == HEADER_SHORT) return 4;
  if (header == HEADER_LONG) return 12;
  return header == HEADER_FIXED ? 8 : 0;
}
