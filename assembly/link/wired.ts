// Wired link layer (EN 13757-2 clause 5.4, EN 60870-5-1 format class FT 1.2):
//
//   single   E5
//   short    10 C A CS 16
//   control  68 03 03 68 C A CI CS 16
//   long     68 L L 68 C A CI data … CS 16          L counts from C to the last data byte
import {
  LINK_NONE,
  LINK_WIRED_ACK,
  LINK_WIRED_CONTROL,
  LINK_WIRED_LONG,
  LINK_WIRED_SHORT,
} from '../generated/codes';

/** Results of {@link readWired}: kind, first byte of the frame, end of the user data, and what is wrong. */
export let kind: u32 = LINK_NONE;
export let start: usize = 0;
/** Address behind the last user data byte; the checksum stands there where it is not cut off. */
export let dataEnd: usize = 0;
/** Address behind the stop character. */
export let frameEnd: usize = 0;
export let checksumOk: bool = false;
export let stopOk: bool = false;
export let cut: bool = false;

const START: usize = 4;

/** Sum of the bytes modulo 256; lanes of 16 bits add up pairs of bytes, which 255 bytes cannot overflow. */
function sum(at: usize, end: usize): u32 {
  // Behind `end` stands what is no part of the frame, or nothing: PAD bytes may be read.
  if (ASC_FEATURE_SIMD) {
    let lanes = i64x2.splat(0);
    for (; at + 16 <= end; at += 16)
      lanes = i16x8.add(lanes, i16x8.extadd_pairwise_i8x16_u(v128.load(at)));
    const rest = i8x16.lt_u(
      i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
      i8x16.splat(<i8>(end - at)),
    );
    const last = v128.and(v128.load(at), rest);
    lanes = i16x8.add(lanes, i16x8.extadd_pairwise_i8x16_u(last));
    const pairs = i32x4.extadd_pairwise_i16x8_u(lanes);
    const halves = i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
    return <u32>(halves + (halves >> 32)) & 0xff;
  }
  let lanes: u64 = 0;
  for (; at + 8 <= end; at += 8) {
    const bytes = load<u64>(at);
    lanes += (bytes & 0x00ff00ff00ff00ff) + ((bytes >> 8) & 0x00ff00ff00ff00ff);
  }
  const rest: u64 = (<u64>(end - at)) << 3;
  if (rest != 0) {
    const bytes = load<u64>(at) << (64 - rest);
    lanes += (bytes & 0x00ff00ff00ff00ff) + ((bytes >> 8) & 0x00ff00ff00ff00ff);
  }
  lanes += lanes >> 32;
  return <u32>(lanes + (lanes >> 16)) & 0xff;
}

/** Whether a long or control frame stands at `at`: both lengths equal, both start characters. */
function looksLong(at: usize, end: usize): bool {
  return (
    at + START <= end &&
    load<u8>(at) == 0x68 &&
    load<u8>(at, 3) == 0x68 &&
    load<u8>(at, 1) == load<u8>(at, 2) &&
    load<u8>(at, 1) >= 3
  );
}

function readLong(at: usize, end: usize): void {
  const length: usize = load<u8>(at, 1);
  start = at;
  kind = length == 3 ? LINK_WIRED_CONTROL : LINK_WIRED_LONG;
  dataEnd = at + START + length;
  frameEnd = dataEnd + 2;
  cut = dataEnd > end;
  if (cut) {
    dataEnd = end;
    frameEnd = end;
    checksumOk = false;
    stopOk = false;
  } else {
    checksumOk = dataEnd < end && sum(at + START, dataEnd) == <u32>load<u8>(dataEnd);
    stopOk = dataEnd + 1 < end && load<u8>(dataEnd, 1) == 0x16;
    if (frameEnd > end) frameEnd = end;
  }
}

/** Reads the frame at `at`; false when it is none of the four forms. */
export function readWired(at: usize, end: usize): bool {
  const first: u32 = load<u8>(at);
  start = at;
  cut = false;
  checksumOk = true;
  stopOk = true;
  if (first == 0xe5 && end - at == 1) {
    kind = LINK_WIRED_ACK;
    dataEnd = end;
    frameEnd = end;
    return true;
  }
  if (first == 0x10 && end - at == 5 && load<u8>(at, 4) == 0x16) {
    kind = LINK_WIRED_SHORT;
    dataEnd = at + 3;
    frameEnd = end;
    checksumOk = sum(at + 1, dataEnd) == <u32>load<u8>(dataEnd);
    return true;
  }
  if (!looksLong(at, end)) return false;
  readLong(at, end);
  return true;
}

/** Looks for a whole long frame behind noise; false when there is none. */
export function findWired(at: usize, end: usize): bool {
  for (at++; at + START < end; at++) {
    if (!looksLong(at, end)) continue;
    readLong(at, end);
    if (checksumOk && stopOk) return true;
  }
  return false;
}
