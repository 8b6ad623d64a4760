// Transport layer header (EN 13757-7 clause 7.3 and 7.4):
//
//   long   ID(4) M(2) Ver Type  ACC STS CF(2)
//   short                       ACC STS CF(2)
//
// CF bits 12–8 are the security mode; in modes 0 and 5 bits 7–4 count the encrypted blocks of 16 bytes.

export const HEADER_NONE: u32 = 0;
export const HEADER_SHORT: u32 = 1;
export const HEADER_LONG: u32 = 2;
export const HEADER_FIXED: u32 = 3;
export const HEADER_UNKNOWN: u32 = 4;

/** What stands behind a CI field. */
export const BODY_NONE: u32 = 0;
export const BODY_RECORDS: u32 = 1;
export const BODY_APPLICATION_ERROR: u32 = 2;
export const BODY_ALARM: u32 = 3;
export const BODY_FIXED: u32 = 4;
export const BODY_OTHER: u32 = 5;
export const BODY_COMPACT: u32 = 6;
export const BODY_FORMAT: u32 = 7;

/** Header of each CI field (low nibble) and its body (high nibble), EN 13757-7 table 2. */
export function layoutOf(ci: u32): u32 {
  switch (ci) {
    case 0x72:
    case 0x76:
    case 0x5b:
      return HEADER_LONG | (BODY_RECORDS << 4);
    case 0x7a:
    case 0x5a:
      return HEADER_SHORT | (BODY_RECORDS << 4);
    case 0x78:
    case 0x51:
      return HEADER_NONE | (BODY_RECORDS << 4);
    case 0x73:
    case 0x77:
      return HEADER_FIXED | (BODY_FIXED << 4);
    case 0x79:
      return HEADER_NONE | (BODY_COMPACT << 4);
    case 0x7b:
      return HEADER_SHORT | (BODY_COMPACT << 4);
    case 0x69:
      return HEADER_NONE | (BODY_FORMAT << 4);
    case 0x6a:
      return HEADER_SHORT | (BODY_FORMAT << 4);
    case 0x6b:
      return HEADER_LONG | (BODY_FORMAT << 4);
    case 0x70:
      return HEADER_NONE | (BODY_APPLICATION_ERROR << 4);
    case 0x6e:
      return HEADER_SHORT | (BODY_APPLICATION_ERROR << 4);
    case 0x6f:
      return HEADER_LONG | (BODY_APPLICATION_ERROR << 4);
    case 0x71:
      return HEADER_NONE | (BODY_ALARM << 4);
    case 0x74:
      return HEADER_SHORT | (BODY_ALARM << 4);
    case 0x75:
      return HEADER_LONG | (BODY_ALARM << 4);
    case 0x8a:
      return HEADER_SHORT | (BODY_NONE << 4);
    case 0x80:
    case 0x84:
    case 0x85:
    case 0x8b:
      return HEADER_LONG | (BODY_NONE << 4);
    case 0x50:
    case 0x52:
    case 0x5c:
      return HEADER_NONE | (BODY_OTHER << 4);
    default:
      return ci >= 0xb8 && ci <= 0xbf
        ? HEADER_NONE | (BODY_NONE << 4)
        : HEADER_UNKNOWN | (BODY_OTHER << 4);
  }
}

export function headerSize(header: u32): usize {
  if (header == HEADER_SHORT) return 4;
  if (header == HEADER_LONG) return 12;
  return header == HEADER_FIXED ? 8 : 0;
}

/** CI fields of telegrams that go to a meter: their VIFEs 00 … 0D are actions. */
export function goesToMeter(ci: u32): bool {
  return (ci >= 0x50 && ci <= 0x5f) || ci == 0x80 || ci == 0x84 || ci == 0x85;
}
