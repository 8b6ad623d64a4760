// Security modes 8, 9 and 10. Their layout is not public as a whole; docs/security.md lists what is assumed.
//
//   8, AES-CTR   CFE(1) [counter(4)] [key version(1)] ciphertext
//   9, AES-GCM   encrypted bytes(1) 00 counter(4) ciphertext tag(12)
//   10, AES-CCM  CFE(1) [counter(4)] [key version(1)] ciphertext tag(8)

import { sealCcm, sealGcm } from './aead.ts';
import { aesKey, applyCtr } from './aes.ts';
import { deriveKey } from './cmac.ts';
import { EncodeFault } from './fault.ts';
import { join, littleEndian, reversed } from './octets.ts';

const GCM_TAG = 12;
const CCM_TAG = 8;
/** The configuration field's bits for a tag (mode 9) and for a counter in the header. */
const TAG = 1;
const COUNTER = 0x2000;

export interface ExperimentalMessage {
  readonly mode: 8 | 9 | 10;
  /** The meter's 16 bytes. */
  readonly key: Uint8Array;
  readonly counter: number;
  /** Whether the counter is in the header; it is in mode 9. */
  readonly ownCounter: boolean;
  /** CFE, its counter and key version, of modes 8 and 10. */
  readonly extension: Uint8Array;
  /** M, ID, version and type of the meter. */
  readonly address: Uint8Array;
  readonly toMeter: boolean;
  readonly text: Uint8Array;
}

export interface ExperimentalBytes {
  readonly configuration: number;
  readonly extension: Uint8Array;
  readonly body: Uint8Array;
}

export function sealed(message: ExperimentalMessage): ExperimentalBytes {
  const { mode, counter, address, text } = message;
  if (text.length > 255) {
    throw new EncodeFault('encode/too-long', '/records', `${text.length} encrypted bytes; 255 fit`);
  }
  const sent = littleEndian(counter, 4);
  const nonce = join(address, reversed(sent));
  if (mode === 9) {
    const { cipher, tag } = sealGcm(aesKey(message.key), nonce, text);
    return {
      configuration: COUNTER | (mode << 8) | TAG,
      extension: join(text.length, 0, sent),
      body: join(cipher, tag.subarray(0, GCM_TAG)),
    };
  }
  const purpose = message.toMeter ? 'encryption-to-meter' : 'encryption-from-meter';
  const key = aesKey(deriveKey(message.key, purpose, counter, address.subarray(2, 6)));
  const configuration = (message.ownCounter ? COUNTER : 0) | (mode << 8) | text.length;
  const { extension } = message;
  if (mode === 10) {
    const { cipher, tag } = sealCcm(key, join(nonce, 0), text, CCM_TAG);
    return { configuration, extension, body: join(cipher, tag.subarray(0, CCM_TAG)) };
  }
  const body = text.slice();
  applyCtr(key, new Uint8Array(16), body);
  return { configuration, extension, body };
}
