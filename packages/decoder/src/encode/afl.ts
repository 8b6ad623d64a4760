// Authentication and fragmentation layer, EN 13757-7 clause 6.
//
//   90 AFLL FCL(2) [MCL] [KI(2)] [MCR(4)] [MAC(n)] [ML(2)]
//
// AFLL counts what follows it inside the layer. MCL, KI, MCR and ML stand in the first fragment, the MAC in the last.

import { aesKey } from './aes.ts';
import { cmac, deriveKey } from './cmac.ts';
import type { AuthenticationDescription } from './description.ts';
import { EncodeFault, within } from './fault.ts';
import { keyBytes, plainBytes } from './key.ts';
import { join, littleEndian } from './octets.ts';

const MORE = 1 << 14;
const HAS_CONTROL = 1 << 13;
const HAS_LENGTH = 1 << 12;
const HAS_COUNTER = 1 << 11;
const HAS_MAC = 1 << 10;
const HAS_KEY_INFORMATION = 1 << 9;

/** Authentication type in MCL by the length of the truncated CMAC. */
const TYPE = { 2: 3, 4: 4, 8: 5, 12: 6, 16: 7 } as const;

const NOTHING = new Uint8Array(0);

/**
 * Put the layer before a message: one element for each fragment. `ident` is the meter's identification number as
 * transmitted, from the long header where there is one, else from the link layer. `toMeter` chooses the derived key.
 */
export function authenticated(
  afl: AuthenticationDescription,
  ident: Uint8Array,
  toMeter: boolean,
  message: Uint8Array,
): Uint8Array[] {
  const size = within(afl.fragmentSize ?? 0xffff, 1, 0xffff, '/afl/fragmentSize');
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < message.length || at === 0; at += size) {
    pieces.push(message.subarray(at, at + size));
  }
  if (pieces.length > 255) {
    throw new EncodeFault('encode/too-long', '/afl', `${pieces.length} fragments; FID counts 255`);
  }
  const length =
    (afl.messageLength ?? pieces.length > 1) ? littleEndian(message.length, 2) : NOTHING;
  const counter = afl.counter === undefined ? NOTHING : counterBytes(afl.counter);
  const info =
    afl.keyInformation === undefined
      ? NOTHING
      : plainBytes(afl.keyInformation, '/afl/keyInformation');
  const macLength = afl.key === undefined ? 0 : (afl.macLength ?? 8);
  const control =
    (length.length > 0 ? 0x40 : 0) |
    (counter.length > 0 ? 0x20 : 0) |
    (info.length > 0 ? 0x10 : 0) |
    (macLength === 0 ? 0 : TYPE[macLength]);
  const described = control !== 0;
  const first = described ? HAS_CONTROL : 0;
  const mac =
    afl.key === undefined
      ? NOTHING
      : macOf(afl, ident, toMeter, macLength, control, info, counter, length, message);
  return pieces.map((piece, i) => {
    const isFirst = i === 0;
    const isLast = i === pieces.length - 1;
    let flags = pieces.length === 1 ? 0 : i + 1;
    if (!isLast) flags |= MORE;
    if (isLast && mac.length > 0) flags |= HAS_MAC;
    if (isFirst) {
      flags |= first;
      if (length.length > 0) flags |= HAS_LENGTH;
      if (counter.length > 0) flags |= HAS_COUNTER;
      if (info.length > 0) flags |= HAS_KEY_INFORMATION;
    }
    const fields = join(
      littleEndian(flags, 2),
      isFirst && described ? Uint8Array.of(control) : NOTHING,
      isFirst ? info : NOTHING,
      isFirst ? counter : NOTHING,
      isLast ? mac : NOTHING,
      isFirst ? length : NOTHING,
    );
    return join(0x90, fields.length, fields, piece);
  });
}

function counterBytes(counter: number): Uint8Array {
  return littleEndian(within(counter, 0, 0xffffffff, '/afl/counter'), 4);
}

function macOf(
  afl: AuthenticationDescription,
  ident: Uint8Array,
  toMeter: boolean,
  macLength: number,
  control: number,
  info: Uint8Array,
  counter: Uint8Array,
  length: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  if (afl.counter === undefined) {
    throw new EncodeFault('encode/missing-field', '/afl/counter', 'a MAC needs a message counter');
  }
  const purpose = toMeter ? 'mac-to-meter' : 'mac-from-meter';
  const master = keyBytes(afl.key, 16, '/afl/key');
  const key = aesKey(deriveKey(master, purpose, afl.counter, ident));
  return cmac(key, join(control, info, counter, length, message)).subarray(0, macLength);
}
