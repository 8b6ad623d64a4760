// The link layers: what stands around the transport layer's bytes.

import { crc16 } from './crc.ts';
import type { WiredLink } from './description.ts';
import { EncodeFault, within } from './fault.ts';
import { join } from './octets.ts';

const DEFAULT_CONTROL = { 'wired-long': 0x08, 'wired-control': 0x53, 'wired-short': 0x5b };

/**
 * A wired frame, EN 13757-2. `user` is the CI field and what follows: nothing for a single character and a short frame,
 * the CI field alone for a control frame.
 *
 * ```text
 * E5                                    single character
 * 10 C A checksum 16                    short
 * 68 L L 68 C A CI data… checksum 16    control (L = 3) and long; L counts from C to the last byte of data
 * ```
 */
export function wiredFrame(link: WiredLink, user: Uint8Array): Uint8Array {
  if (link.kind === 'wired-ack') return Uint8Array.of(0xe5);
  const control = within(link.control ?? DEFAULT_CONTROL[link.kind], 0, 255, '/link/control');
  const address = within(link.address ?? 1, 0, 255, '/link/address');
  if (link.kind === 'wired-short') {
    return Uint8Array.of(0x10, control, address, (control + address) & 0xff, 0x16);
  }
  const length = user.length + 2;
  if (length > 255) {
    throw new EncodeFault('encode/too-long', '/link', `${length} bytes; a wired frame counts 255`);
  }
  const sum = user.reduce((total, byte) => total + byte, control + address);
  const head = Uint8Array.of(0x68, length, length, 0x68, control, address);
  return join(head, user, sum & 0xff, 0x16);
}

/**
 * A wireless frame without CRCs: `L C M A …`, L counting everything after itself (the convention of format A).
 * `address` is M, ID, version and type.
 */
export function bareFrame(control: number, address: Uint8Array, user: Uint8Array): Uint8Array {
  const length = 1 + address.length + user.length;
  if (length > 255) {
    throw new EncodeFault('encode/too-long', '/link', `${length} bytes; a radio frame counts 255`);
  }
  return join(length, within(control, 0, 255, '/link/control'), address, user);
}

/** Copy `bytes[from .. to)` to `out[at ..]` and put its CRC behind, high byte first. The place after that. */
function block(bytes: Uint8Array, from: number, to: number, out: Uint8Array, at: number): number {
  for (let i = from; i < to; i++) out[at + i - from] = bytes[i]!;
  const end = at + to - from;
  const crc = crc16(bytes, from, to);
  out[end] = crc >> 8;
  out[end + 1] = crc & 0xff;
  return end + 2;
}

/** Format A from a bare frame: blocks of 10, then of up to 16 bytes, a CRC after each. EN 13757-4, 12.2. */
export function formatA(bare: Uint8Array): Uint8Array {
  const out = new Uint8Array(bare.length + 2 * (1 + Math.ceil((bare.length - 10) / 16)));
  let at = block(bare, 0, 10, out, 0);
  for (let from = 10; from < bare.length; from += 16) {
    at = block(bare, from, Math.min(from + 16, bare.length), out, at);
  }
  return out;
}

/** Format B from a bare frame: one CRC up to byte 128, a second for the rest; L counts them. EN 13757-4, 12.3. */
export function formatB(bare: Uint8Array): Uint8Array {
  const crcs = bare.length + 2 <= 128 ? 2 : 4;
  const length = bare.length - 1 + crcs;
  if (length > 255) {
    throw new EncodeFault('encode/too-long', '/link', `${length} bytes; format B counts 255`);
  }
  const counted = bare.slice();
  counted[0] = length;
  const out = new Uint8Array(bare.length + crcs);
  const first = crcs === 2 ? bare.length : 126;
  const at = block(counted, 0, first, out, 0);
  if (crcs === 4) block(counted, first, bare.length, out, at);
  return out;
}
