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

function withCrc(block: Uint8Array): Uint8Array {
  const crc = crc16(block);
  return join(block, crc >> 8, crc & 0xff);
}

/** Format A from a bare frame: blocks of 10, then of up to 16 bytes, a CRC after each. EN 13757-4, 12.2. */
export function formatA(bare: Uint8Array): Uint8Array {
  const blocks = [withCrc(bare.subarray(0, 10))];
  for (let at = 10; at < bare.length; at += 16) blocks.push(withCrc(bare.subarray(at, at + 16)));
  return join(...blocks);
}

/** Format B from a bare frame: one CRC up to byte 128, a second for the rest; L counts them. EN 13757-4, 12.3. */
export function formatB(bare: Uint8Array): Uint8Array {
  const crcs = bare.length + 2 <= 128 ? 2 : 4;
  const length = bare.length - 1 + crcs;
  if (length > 255) {
    throw new EncodeFault('encode/too-long', '/link', `${length} bytes; format B counts 255`);
  }
  const counted = join(length, bare.subarray(1));
  return crcs === 2
    ? withCrc(counted)
    : join(withCrc(counted.subarray(0, 126)), withCrc(counted.subarray(126)));
}
