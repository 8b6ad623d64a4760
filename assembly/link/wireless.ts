// Wireless link layer (EN 13757-4 clauses 11.4 and 11.5):
//
//   block 1   L C M(2) A(6)                 A = identification number(4) version device type
//   format A  block 1 + CRC, then blocks of 16 bytes + CRC, the last one shorter; L leaves CRCs out
//   format B  up to 126 bytes + CRC, then up to 126 bytes + CRC; L counts the CRCs
//
// Receivers hand on telegrams with CRCs or without; which it is, is found out from the bytes.
import { crcFits } from './crc';

/** Results of {@link readWireless}. */
export const FORMAT_NONE: u32 = 0;
export const FORMAT_A: u32 = 1;
export const FORMAT_B: u32 = 2;
export let format: u32 = 0;
/** First block whose CRC is wrong: address of its CRC, or 0. */
export let wrongCrc: usize = 0;
/** Address behind what the telegram uses of its bytes. */
export let frameEnd: usize = 0;
/** Bytes that the length field promises and that are not there. */
export let missing: u32 = 0;

const BLOCK_1: usize = 10;

/** Bytes of a format A telegram with length field `length`, from L to the last CRC. */
function sizeA(length: usize): usize {
  return length + 1 + 2 * (1 + (length - 9 + 15) / 16);
}

/** Whether bytes can begin a telegram: a length that holds an address, a control field of EN 13757-4 table 12. */
export function looksWireless(at: usize, end: usize): bool {
  return end - at >= BLOCK_1 && load<u8>(at) >= 9;
}

/** First wrong block of a format B telegram of `size` bytes, or 0. */
function wrongBlockB(at: usize, size: usize): usize {
  if (size <= 128) return crcFits(at, at + size - 2) ? 0 : at + size - 2;
  if (!crcFits(at, at + 126)) return at + 126;
  return crcFits(at + 128, at + size - 2) ? 0 : at + size - 2;
}

/**
 * Whether the CRC of a whole second block of format A fits: a telegram cut to just the length that it has without CRCs,
 * and the first CRC is no accident.
 */
function secondFits(at: usize, given: usize): bool {
  const block = at + BLOCK_1 + 2;
  return given >= BLOCK_1 + 20 && crcFits(block, block + 16);
}

/** Finds out format and CRCs of the telegram at `at`. */
export function readWireless(at: usize, end: usize): void {
  const length: usize = load<u8>(at);
  const given = end - at;
  const plain = length + 1;
  missing = 0;
  wrongCrc = 0;
  format = FORMAT_NONE;
  const a = sizeA(length);
  if (
    given >= BLOCK_1 + 2 &&
    crcFits(at, at + BLOCK_1) &&
    (given != plain || secondFits(at, given))
  ) {
    format = FORMAT_A;
    if (a > given) missing = <u32>(a - given);
    frameEnd = a > given ? end : at + a;
    wrongCrc = wrongBlockA(at, frameEnd);
    return;
  }
  const fitsB = length >= 11 && given >= plain;
  if (fitsB && wrongBlockB(at, plain) == 0) {
    format = FORMAT_B;
    frameEnd = at + plain;
    return;
  }
  if (given == a) {
    // As long as format A with its CRCs, and the first one is wrong.
    format = FORMAT_A;
    frameEnd = end;
    wrongCrc = at + BLOCK_1;
    return;
  }
  if (given >= plain) {
    frameEnd = at + plain;
    return;
  }
  // Format B with its CRCs taken away and L left as it was: L is two (one CRC) or four (two CRCs) too large.
  const taken: usize = plain <= 128 ? 2 : 4;
  frameEnd = end;
  if (given + taken != plain) missing = <u32>(plain - given);
}

/** First wrong block of a format A telegram, or 0; a block cut short has no CRC to be right. */
function wrongBlockA(at: usize, end: usize): usize {
  let block = at + BLOCK_1 + 2;
  while (block + 2 < end) {
    const size: usize = end - block < 18 ? end - block - 2 : 16;
    if (!crcFits(block, block + size)) return block + size;
    block += size + 2;
  }
  return 0;
}

/** Copies a telegram of format A or B to `to` without its CRCs; returns the number of bytes written. */
export function strip(at: usize, end: usize, to: usize): usize {
  const first = to;
  if (format == FORMAT_A) {
    memory.copy(to, at, BLOCK_1);
    to += BLOCK_1;
    at += BLOCK_1 + 2;
    while (at + 2 < end) {
      const size: usize = end - at < 18 ? end - at - 2 : 16;
      store<u64>(to, load<u64>(at));
      store<u64>(to, load<u64>(at, 8), 8);
      to += size;
      at += size + 2;
    }
  } else {
    const size = end - at;
    const one: usize = size <= 128 ? size - 2 : 126;
    memory.copy(to, at, one);
    to += one;
    if (size > 128) {
      memory.copy(to, at + 128, size - 130);
      to += size - 130;
    }
  }
  return to - first;
}

/** Bytes of a telegram at `at` up to a block with a wrong CRC that can be trusted, CRCs left out. */
export function trusted(at: usize, crc: usize): usize {
  if (format == FORMAT_B) return crc == at + 126 || crc - at < 126 ? 0 : 126;
  if (crc == at + BLOCK_1) return 0;
  return BLOCK_1 + ((crc - at - BLOCK_1 - 2) / 18) * 16;
}
