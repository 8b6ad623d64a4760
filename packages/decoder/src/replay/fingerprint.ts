import { sentOffset } from '../record-form.ts';
import type { Link } from '../telegram.ts';

/** Bits of the communication control field that repeaters set on the way (EN 13757-4 clause 12.2.2). */
const ON_THE_WAY = 0x12;
/** CI field of a wireless frame; with an extended link layer, its communication control field and access number. */
const CI = 10;
const CC = 11;
const ACC = 12;
/** Session number: behind ACC, in ELL IV behind the partner's address too. */
const SESSION: Readonly<Record<number, number>> = { 0x8d: 13, 0x8f: 21 };

/** What receivers, repeaters and gateways do not change about a telegram. */
export interface Sent {
  /** A number below 2^53, equal for the same telegram. No proof: whoever wants can make two telegrams that share one. */
  readonly fingerprint: number;
  /** Access number of the extended link layer. */
  readonly access: number | undefined;
  /** Minutes in the session number of the extended link layer, 25 bits. */
  readonly minutes: number | undefined;
}

/** Reads the bytes of a telegram as they were given to the decoder. */
export function sentBytes(bytes: Uint8Array, link: Link): Sent {
  if (link.kind !== 'wireless')
    return { fingerprint: fingerprintOf(wiredFrame(bytes)), access: undefined, minutes: undefined };
  const frame = wirelessFrame(bytes, link.format);
  const ci = frame[CI] ?? 0;
  // The length field counts CRCs in format B: without it a telegram is the same in each form.
  if (ci < 0x8c || ci > 0x8f)
    return { fingerprint: fingerprintOf(frame.slice(1)), access: undefined, minutes: undefined };
  frame[CC] = (frame[CC] ?? 0) & ~ON_THE_WAY;
  const at = SESSION[ci];
  return {
    fingerprint: fingerprintOf(frame.slice(1)),
    access: frame[ACC],
    minutes: at === undefined || frame.length < at + 4 ? undefined : minutesOf(frame, at),
  };
}

/** SN, low byte first: bits 31–29 encryption, 28–4 minutes, 3–0 session. */
function minutesOf(frame: readonly number[], at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = frame.slice(at, at + 4);
  return (a >> 4) | (b << 4) | (c << 12) | ((d & 31) << 20);
}

/** The frame without its CRCs and without what stands behind it. */
function wirelessFrame(bytes: Uint8Array, format: Link['format']): number[] {
  const counted = (bytes[0] ?? 0) + 1;
  const crcs = format === 'B' ? (counted > 128 ? 4 : 2) : 0;
  const number = format === 'A' ? 1 : format === 'B' ? 2 : 0;
  const offsetOf = (offset: number): number => sentOffset(number, offset);
  const frame: number[] = [];
  for (let i = 0; i < counted - crcs && offsetOf(i) < bytes.length; i++)
    frame.push(bytes[offsetOf(i)] as number);
  return frame;
}

/** From C to the last byte that the checksum covers, or all bytes where no long frame stands in them. */
function wiredFrame(bytes: Uint8Array): number[] {
  for (let i = 0; i + 4 <= bytes.length; i++)
    if (bytes[i] === 0x68 && bytes[i + 3] === 0x68 && bytes[i + 1] === bytes[i + 2])
      return [...bytes.subarray(i + 4, i + 4 + (bytes[i + 1] as number))];
  return [...bytes];
}

/** Two FNV-1a hashes, of the bytes and of their complements, put together to 53 bits. */
function fingerprintOf(frame: readonly number[]): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (const byte of frame) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte ^ 0xff, 0x01000193);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
