import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { bits, context, integer, list, oid, set, text, time } from '../der.ts';

/** A client's RSA key, with the certificate that carries it: what Maskinporten knows a client by. */
export interface BusinessKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Base64 of the certificate's DER, as `x5c` holds it. */
  readonly certificate: string;
}

const sha256WithRsa = list(oid('1.2.840.113549.1.1.11'), Buffer.of(5, 0));

/** Makes a key and a certificate that it signs itself; worth nothing outside of the test hub. */
export function makeBusinessKey(name: string): BusinessKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const subject = list(set(list(oid('2.5.4.3'), text(name))));
  const now = Date.now();
  const serial = randomBytes(12);
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40;
  const signed = list(
    context(0, integer(Buffer.of(2)), true),
    integer(serial),
    sha256WithRsa,
    subject,
    list(time(now - 3_600_000), time(now + 864_000_000)),
    subject,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', signed, privateKey);
  const der = list(signed, sha256WithRsa, bits(signature, 0));
  return { privateKey, publicKey, certificate: der.toString('base64') };
}
