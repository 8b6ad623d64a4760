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

/** Which bytes of a vector count where only the first `n` do, 0 to 15. */
function firstBytes(n: usize): v128 {
  return v128.load(memory.data<u64>([u64.MAX_VALUE, u64.MAX_VALUE, 0, 0]) + 16 - n);
}

/** Sum of the bytes modulo 256. */
function sum(at: usize, end: usize): u32 {
  // Behind `end` stands what is no part of the frame, or nothing: PAD bytes may be read.
  if (ASC_FEATURE_SIMD) {
    let bytes = i64x2.splat(0);
    for (; at + 16 <= end; at += 16) bytes = i8x16.add(bytes, v128.load(at));
    bytes = i8x16.add(bytes, v128.and(v128.load(at), firstBytes(end - at)));
    const pairs = i16x8.extadd_pairwise_i8x16_u(bytes);
    const lanes = <u64>i64x2.extract_lane(pairs, 0) + <u64>i64x2.extract_lane(pairs, 1);
    return <u32>((lanes * 0x0001000100010001) >> 48) & 0xff;
  }
  // Lanes of 16 bits add up pairs of bytes, which 255 bytes cannot overflow.
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
  if (at + START > end) return false;
  const head = load<u32>(at);
  const length = (head >> 8) & 0xff;
  return (head & 0xff0000ff) == 0x68000068 && length == ((head >> 16) & 0xff) && length >= 3;
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
