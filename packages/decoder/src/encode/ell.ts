// Extended link layer, EN 13757-4 clause 13.2.
//
//   8C  CC ACC
//   8D  CC ACC SN(4) PCRC(2)
//   8E  CC ACC M2(2) A2(6)
//   8F  CC ACC M2(2) A2(6) SN(4) PCRC(2)

import { aesKey, applyCtr } from './aes.ts';
import { linkAddress } from './address.ts';
import { crc16 } from './crc.ts';
import type { ExtendedLinkDescription } from './description.ts';
import { EncodeFault, within } from './fault.ts';
import { keyBytes } from './key.ts';
import { join, littleEndian } from './octets.ts';

/** Bits of CC that a repeater changes, and that are therefore zero in the initial counter: hop (4), repeated access (1). */
const CHANGED_ON_THE_WAY = 0x12;

/** Put the extended link layer before the inner layers' bytes. `link` is M, ID, version, type of the link layer. */
export function extendedLink(
  ell: ExtendedLinkDescription,
  link: Uint8Array,
  inner: Uint8Array,
): Uint8Array {
  const control = within(ell.control ?? 0, 0, 255, '/ell/control');
  const access = within(ell.accessNumber ?? 0, 0, 255, '/ell/accessNumber');
  let head: Uint8Array = Uint8Array.of(ell.ci, control, access);
  const addressed = ell.ci === 0x8e || ell.ci === 0x8f;
  const inSession = ell.ci === 0x8d || ell.ci === 0x8f;
  if (addressed) head = join(head, ell.peer ? linkAddress(ell.peer, '/ell/peer') : link);
  else if (ell.peer) {
    throw new EncodeFault('encode/contradiction', '/ell/peer', 'only 8E and 8F have an address');
  }
  if (!inSession) {
    if (ell.key !== undefined || ell.session !== undefined) {
      throw new EncodeFault('encode/contradiction', '/ell', 'only 8D and 8F have a session');
    }
    return join(head, inner);
  }
  const number = within(ell.session?.number ?? 0, 0, 15, '/ell/session/number');
  const minutes = within(ell.session?.minutes ?? 0, 0, 0xffffff, '/ell/session/minutes');
  const encrypted = ell.key !== undefined || ell.plain === true ? 1 : 0;
  // Shifting would make a signed number of it.
  const session = littleEndian(encrypted * 2 ** 29 + minutes * 16 + number, 4);
  const payload = join(littleEndian(crc16(inner), 2), inner);
  if (ell.key !== undefined && ell.plain !== true) {
    const counter = join(link, control & ~CHANGED_ON_THE_WAY, session, new Uint8Array(3));
    applyCtr(aesKey(keyBytes(ell.key, 16, '/ell/key')), counter, payload);
  }
  return join(head, session, payload);
}
