// Compact frames (CI 79, 7B, 73 by radio) and format frames (CI 69, 6A, 6B); EN 13757-3:2018 annex G:
//
//   compact  signature(2) full-frame CRC(2) data …          only the data of all records, in order
//   format   length(1) signature(2) headers …
//
// The full frame is rebuilt in the arena from headers kept under the signature, and decoded as if it had been sent.
import { room } from './batch/arena';
import { issue, pinOffsets, setFull } from './batch/row';
import { begin } from './frame';
import { ISSUE_COMPACT_CRC, ISSUE_COMPACT_FORMAT_UNKNOWN } from './generated/codes';
import { KNOWN_FORMATS } from './generated/formats';
import { crc16 } from './link/crc';
import { FROM_COMPACT, setOrigin } from './records/emit';
import { dataLength, headerLength } from './records/header';
import { walk } from './records/record';
import { findFormat, formatLength, newFormat } from './tpl/formats';

/** Set once any compact or format frame has been seen: from then on every full frame is learned from. */
export let compactSeen: bool = false;

const HEADERS: usize = memory.data(160);
const MOST: usize = 124;

/** Headers under a signature: learned, or known since before (a list of signature(2) length(1) headers, ended by 0). */
function headersOf(signature: u32): usize {
  const learned = findFormat(signature);
  if (learned != 0) return learned;
  let at = KNOWN_FORMATS;
  while (load<u8>(at, 2) != 0) {
    if (<u32>load<u16>(at) == signature) return at + 3;
    at += 3 + <usize>load<u8>(at, 2);
  }
  return 0;
}

function lengthOf(headers: usize, signature: u32): usize {
  return headers == findFormat(signature) ? formatLength(headers) : <usize>load<u8>(headers - 1);
}

/** Keeps the format of the full frame `[at, end)`; frames whose records cannot be walked teach nothing. */
export function learn(at: usize, end: usize): void {
  let length: usize = 0;
  while (at < end) {
    const dif: u32 = load<u8>(at);
    if (dif == 0x2f) {
      at++;
      continue;
    }
    const header = headerLength(at, end);
    if (header == 0 || length + header > MOST) return;
    const data = dataLength(dif, at + header, end);
    if (data < 0) return;
    memory.copy(HEADERS + length, at, header);
    length += header;
    at += header + <usize>data;
  }
  if (length == 0) return;
  const to = newFormat(crc16(HEADERS, HEADERS + length), length);
  if (to != 0) memory.copy(to, HEADERS, length);
}

/** A format frame's body at `at`. */
export function takeFormat(at: usize, end: usize): void {
  compactSeen = true;
  const length: usize = at < end ? <usize>load<u8>(at) : 0;
  if (length <= 2 || at + 1 + length > end) {
    issue(ISSUE_COMPACT_CRC, at, 0);
    return;
  }
  const headers = at + 3;
  const to = at + 1 + length;
  const signature: u32 = load<u16>(at, 1);
  if (crc16(headers, to) != signature) {
    issue(ISSUE_COMPACT_CRC, at, 0);
    return;
  }
  const slot = newFormat(signature, to - headers);
  if (slot != 0) memory.copy(slot, headers, to - headers);
}

/** Decodes a compact frame's body at `at`. */
export function decodeCompact(at: usize, end: usize): void {
  compactSeen = true;
  if (at + 4 > end) {
    issue(ISSUE_COMPACT_CRC, at, 0);
    return;
  }
  const signature: u32 = load<u16>(at);
  const expected: u32 = load<u16>(at, 2);
  const headers = headersOf(signature);
  if (headers == 0) {
    issue(ISSUE_COMPACT_FORMAT_UNKNOWN, at, signature);
    return;
  }
  const size = lengthOf(headers, signature);
  const full = room(size + (end - at));
  if (full == 0) {
    setFull();
    return;
  }
  const to = rebuild(headers, headers + size, at + 4, end, full);
  if (to == 0 || crc16(full, to) != expected) {
    issue(ISSUE_COMPACT_CRC, at + 2, expected);
    return;
  }
  pinOffsets(at);
  begin(full, to, true);
  setOrigin(FROM_COMPACT);
  walk(full, to, false, false);
  setOrigin(0);
}

/** Writes header, data, header, data … to `to`; returns the address behind the last, 0 where data are cut short. */
function rebuild(header: usize, headersEnd: usize, data: usize, end: usize, to: usize): usize {
  while (header < headersEnd) {
    const n = headerLength(header, headersEnd);
    if (n == 0) return 0;
    const size = dataLength(load<u8>(header), data, end);
    if (size < 0) return 0;
    memory.copy(to, header, n);
    memory.copy(to + n, data, <usize>size);
    to += n + <usize>size;
    header += n;
    data += <usize>size;
  }
  return to;
}
