import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { bits, boolean, context, integer, list, oid, octets, set, text, time } from './der.ts';

/** A certificate with its key, PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** What one test hub runs on; made anew at each start and worth nothing elsewhere. */
export interface Certificates {
  /** The authority's certificate: what a client trusts. */
  readonly ca: string;
  readonly server: Pair;
  /** Client certificates: `good`, `expired` an hour ago, `stranger` from another authority. */
  readonly clients: Readonly<Record<'good' | 'expired' | 'stranger', Pair>>;
}

const hour = 3_600_000;
const ecdsaWithSha256 = list(oid('1.2.840.10045.4.3.2'));

/** Makes an authority, a server certificate for 127.0.0.1 and localhost, and client certificates. */
export function makeCertificates(): Certificates {
  // Certificates are checked against the machine's clock, not against the test's.
  const now = Date.now();
  const own = authority('Metergram test hub', now);
  const other = authority('Some other authority', now);
  const issue = (from: Authority, name: string, usage: Usage, until: number): Pair => {
    const key = makeKey();
    const cert = certificate({
      subject: name,
      issuer: from.name,
      signer: from.key,
      key,
      from: now - 2 * hour,
      until,
      extensions: leafExtensions(usage),
    });
    return { cert, key: key.export({ type: 'pkcs8', format: 'pem' }) as string };
  };
  const later = now + 200 * hour;
  return {
    ca: own.cert,
    server: issue(own, 'test hub', 'server', later),
    clients: {
      good: issue(own, 'good client', 'client', later),
      expired: issue(own, 'expired client', 'client', now - hour),
      stranger: issue(other, 'stranger', 'client', later),
    },
  };
}

type Usage = 'server' | 'client';

interface Authority {
  readonly name: string;
  readonly key: KeyObject;
  readonly cert: string;
}

function makeKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function authority(name: string, now: number): Authority {
  const key = makeKey();
  const cert = certificate({
    subject: name,
    issuer: name,
    signer: key,
    key,
    from: now - 2 * hour,
    until: now + 240 * hour,
    extensions: [
      // basicConstraints: an authority for leaves only. keyUsage: keyCertSign and cRLSign.
      extension('2.5.29.19', true, list(boolean(true), integer(Buffer.of(0)))),
      extension('2.5.29.15', true, bits(Buffer.of(0x06), 1)),
    ],
  });
  return { name, key, cert };
}

function leafExtensions(usage: Usage): Buffer[] {
  const purpose = usage === 'server' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2';
  const names =
    usage === 'server'
      ? [context(7, Buffer.of(127, 0, 0, 1)), context(2, Buffer.from('localhost'))]
      : [context(2, Buffer.from('client.test'))];
  return [
    extension('2.5.29.37', false, list(oid(purpose))),
    extension('2.5.29.17', false, list(...names)),
  ];
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return list(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
}

/** RFC 5280 §4.1: a certificate of version 3, signed with ECDSA and SHA-256. */
function certificate(of: {
  readonly subject: string;
  readonly issuer: string;
  readonly signer: KeyObject;
  readonly key: KeyObject;
  readonly from: number;
  readonly until: number;
  readonly extensions: readonly Buffer[];
}): string {
  const serial = randomBytes(12);
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40;
  const publicKey = createPublicKey(of.key).export({ type: 'spki', format: 'der' });
  const signed = list(
    context(0, integer(Buffer.of(2)), true),
    integer(serial),
    ecdsaWithSha256,
    distinguishedName(of.issuer),
    list(time(of.from), time(of.until)),
    distinguishedName(of.subject),
    publicKey,
    context(3, list(...of.extensions), true),
  );
  const signature = sign('sha256', signed, { key: of.signer, dsaEncoding: 'der' });
  const der = list(signed, ecdsaWithSha256, bits(signature, 0));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function distinguishedName(commonName: string): Buffer {
  return list(set(list(oid('2.5.4.3'), text(commonName))));
}
