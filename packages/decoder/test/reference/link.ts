// Which link layer the bytes have, found out from them: EN 13757-2 and -4.

import type { Link, TelegramIssue } from '../../src/index.ts';
import { controlName } from '../../src/tables/control.ts';
import { crc } from './cipher.ts';
import { bytesOf, type Octets } from './octet.ts';
import { issue } from './records.ts';

export interface LinkReading {
  readonly link: Link;
  /** M, ID, version and type of a wireless frame. */
  readonly address: Octets | null;
  /** From the CI field on; empty where a frame has none. */
  readonly inner: Octets;
  readonly issues: TelegramIssue[];
}

export function readLink(octets: Octets): LinkReading | null {
  const wired = readWired(octets);
  const [start, length, again, second] = bytesOf(octets);
  const begun = start === 0x68 && second === 0x68 && length === again;
  if (begun && wired?.link.crc === 'ok') return wired;
  const wireless = readWireless(octets);
  // A damaged wired frame may have as many bytes as its 68 would count by radio; a CRC tells which it is.
  const guessed = wireless?.link.format === null && 6 + length! >= octets.length;
  return begun && !guessed ? (wireless ?? wired) : (wired ?? (begun ? null : wireless));
}

function readWired(octets: Octets): LinkReading | null {
  const bytes = bytesOf(octets);
  if (bytes.length === 1 && bytes[0] === 0xe5) {
    const link: Link = {
      kind: 'wired-ack',
      format: null,
      crc: 'removed',
      control: null,
      function: null,
    };
    return { link, address: null, inner: [], issues: [] };
  }
  if (bytes[0] === 0x10 && bytes.length === 5 && bytes[4] === 0x16) {
    const sum = (bytes[1]! + bytes[2]!) & 0xff;
    return {
      link: {
        kind: 'wired-short',
        format: null,
        crc: sum === bytes[3] ? 'ok' : 'wrong',
        control: bytes[1]!,
        function: controlName(bytes[1]!, true),
        address: bytes[2]!,
      },
      address: null,
      inner: [],
      issues: sum === bytes[3] ? [] : [issue('link/checksum', 'error', 3, 'link')],
    };
  }
  // Noise may stand before the first 68.
  for (let start = 0; start + 9 <= bytes.length; start++) {
    if (bytes[start] !== 0x68 || bytes[start + 3] !== 0x68) continue;
    const length = bytes[start + 1]!;
    if (length !== bytes[start + 2] || length < 3) continue;
    const end = start + 4 + length;
    if (end + 2 > bytes.length || bytes[end + 1] !== 0x16) continue;
    const body = octets.slice(start + 4, end);
    const sum = body.reduce((total, { value }) => total + value, 0) & 0xff;
    const right = sum === bytes[end];
    const issues: TelegramIssue[] = [];
    if (start > 0) issues.push(issue('link/leading-bytes', 'warning', 0, 'link'));
    if (!right) issues.push(issue('link/checksum', 'error', end, 'link'));
    if (end + 2 < bytes.length)
      issues.push(issue('link/trailing-bytes', 'warning', end + 2, 'link'));
    const [control, address, ci] = body.map(({ value }) => value) as [number, number, number];
    return {
      link: {
        kind: length === 3 ? 'wired-control' : 'wired-long',
        format: null,
        crc: right ? 'ok' : 'wrong',
        control,
        function: controlName(control, true),
        address,
        ci,
      },
      address: null,
      inner: body.slice(2),
      issues,
    };
  }
  return null;
}

/** Bytes on the air of a format A frame with this L field. */
function lengthA(length: number): number {
  return length + 1 + 2 * (1 + Math.ceil((length - 9) / 16));
}

function crcFits(octets: Octets, start: number, end: number): boolean {
  const bytes = bytesOf(octets);
  const sent = bytes[end]! * 256 + bytes[end + 1]!;
  return crc(bytes.slice(start, end)) === sent;
}

/** The blocks of a frame: first and last offset of the data of each; its CRC stands behind. */
function blocksA(length: number): [number, number][] {
  const blocks: [number, number][] = [[0, 10]];
  for (let at = 12, left = length - 9; left > 0; at += 18, left -= 16) {
    blocks.push([at, at + Math.min(16, left)]);
  }
  return blocks;
}

function blocksB(length: number): [number, number][] {
  const total = length + 1;
  if (total <= 128) return [[0, total - 2]];
  return [
    [0, 126],
    [128, total - 2],
  ];
}

function readWireless(octets: Octets): LinkReading | null {
  if (octets.length < 11) return null;
  const length = octets[0]!.value;
  if (length < 9) return null;
  // Format A is tried first, then B, then none: a CRC that fits by chance is one in 65536.
  if (octets.length >= lengthA(length) && crcFits(octets, 0, 10)) {
    return withBlocks(octets, 'A', blocksA(length), lengthA(length));
  }
  if (octets.length >= length + 1 && length >= 11) {
    const blocks = blocksB(length);
    if (blocks.every(([start, end]) => crcFits(octets, start, end))) {
      return withBlocks(octets, 'B', blocks, length + 1);
    }
  }
  // As long as format A makes it: then the CRC of the first block is the one that is wrong.
  if (octets.length === lengthA(length)) {
    return withBlocks(octets, 'A', blocksA(length), lengthA(length));
  }
  if (octets.length < length + 1) return null;
  return reading(octets, octets.slice(0, length + 1), null, 'removed', length + 1, []);
}

function withBlocks(
  octets: Octets,
  format: 'A' | 'B',
  blocks: readonly [number, number][],
  end: number,
): LinkReading {
  const wrong = blocks.find(([start, stop]) => !crcFits(octets, start, stop));
  const kept = blocks.flatMap(([start, stop]) => octets.slice(start, stop));
  const issues = wrong === undefined ? [] : [issue('link/crc', 'error', wrong[1], 'link')];
  return reading(octets, kept, format, wrong === undefined ? 'ok' : 'wrong', end, issues);
}

function reading(
  octets: Octets,
  kept: Octets,
  format: 'A' | 'B' | null,
  state: Link['crc'],
  end: number,
  issues: TelegramIssue[],
): LinkReading {
  if (end < octets.length) issues.push(issue('link/trailing-bytes', 'warning', end, 'link'));
  const control = kept[1]!.value;
  return {
    link: {
      kind: 'wireless',
      format,
      crc: state,
      control,
      function: controlName(control, false),
    },
    address: kept.slice(2, 10),
    inner: kept.slice(10),
    issues,
  };
}
