// Transport layer, EN 13757-7: CI field, header, configuration field, encryption.
//
//   short   CI ACC STS CF(2) [CFE…] body
//   long    CI ID(4) M(2) version type ACC STS CF(2) [CFE…] body

import { aesKey, encryptCbc } from './aes.ts';
import { headerAddress, linkAddress } from './address.ts';
import { civilBytes } from './civil-time.ts';
import { deriveKey } from './cmac.ts';
import type {
  ConfigurationBits,
  SecurityDescription,
  TelegramDescription,
  TransportDescription,
} from './description.ts';
import { desKey, encryptDesCbc } from './des.ts';
import { sealed } from './experimental.ts';
import { EncodeFault, within } from './fault.ts';
import { keyBytes, plainBytes } from './key.ts';
import { join, littleEndian, reversed } from './octets.ts';
import { ciRow } from '../tables/ci.ts';

export type Header = 'none' | 'short' | 'long';
export type Content = 'full' | 'format' | 'compact';

const CI: Record<Content, Record<Header, number>> = {
  full: { none: 0x78, short: 0x7a, long: 0x72 },
  format: { none: 0x69, short: 0x6a, long: 0x6b },
  compact: { none: 0x79, short: 0x7b, long: 0x73 },
};

/** Which header follows a CI field; the old fixed structure has a body of its own. */
export function headerOf(ci: number): Header {
  const header = ci === 0x73 ? 'long' : ciRow(ci)?.header;
  return header === 'long' || header === 'short' ? header : 'none';
}

/** What stands where, once the defaults are settled. */
export interface TransportPlan {
  readonly ci: number;
  readonly header: Header;
  readonly content: Content;
  /** CI 76 and 77 send the high byte first. */
  readonly highFirst: boolean;
  /** The message goes to the meter. */
  readonly toMeter: boolean;
}

export function planTransport(transport: TransportDescription, usual: Header): TransportPlan {
  const { ci } = transport;
  const header = transport.header ?? (ci === undefined ? usual : headerOf(ci));
  const content =
    transport.content ??
    (ci !== undefined && [0x69, 0x6a, 0x6b].includes(ci)
      ? 'format'
      : ci !== undefined && [0x79, 0x7b, 0x73].includes(ci)
        ? 'compact'
        : 'full');
  const code = within(ci ?? CI[content][header], 0, 255, '/transport/ci');
  const toMeter = ciRow(code)?.toMeter ?? false;
  return { ci: code, header, content, highFirst: code === 0x76 || code === 0x77, toMeter };
}

/**
 * CI field, header and body; `secret` is encrypted as the description says, `clear` follows as it is. `counter` is the
 * AFL's message counter, for mode 7 without its own.
 */
export function transportBytes(
  description: TelegramDescription,
  plan: TransportPlan,
  secret: Uint8Array,
  clear: Uint8Array,
): Uint8Array {
  const transport = description.transport ?? {};
  const security = transport.security ?? { mode: 0 };
  if (plan.header === 'none') {
    if (security.mode !== 0) {
      throw new EncodeFault(
        'encode/contradiction',
        '/transport/security',
        'without a header there is no configuration field to say so',
      );
    }
    return join(plan.ci, secret, clear);
  }
  const access = within(transport.accessNumber ?? 0, 0, 255, '/transport/accessNumber');
  const status = within(transport.status ?? 0, 0, 255, '/transport/status');
  const { configuration, extension, body } = secured(description, plan, security, access, secret);
  const word = littleEndian(configuration, 2);
  return join(
    plan.ci,
    plan.header === 'long' ? longAddress(description, plan) : new Uint8Array(0),
    access,
    status,
    plan.highFirst ? reversed(word) : word,
    extension,
    body,
    clear,
  );
}

function longAddress(description: TelegramDescription, plan: TransportPlan): Uint8Array {
  if (description.meter === undefined) {
    throw new EncodeFault('encode/missing-field', '/meter', 'a long header names the meter');
  }
  return headerAddress(description.meter, '/meter', plan.highFirst);
}

/** M, ID, version and type of the meter, as the initial vector of mode 5 and the key derivation need it. */
export function meterInIv(description: TelegramDescription, plan: TransportPlan): Uint8Array {
  const { meter, sender, ell } = description;
  if (plan.header === 'long' && meter !== undefined) return linkAddress(meter, '/meter');
  // The second address is the receiver's.
  if (plan.toMeter && (ell?.ci === 0x8e || ell?.ci === 0x8f) && ell.peer !== undefined) {
    return linkAddress(ell.peer, '/ell/peer');
  }
  if (meter === undefined || (description.link?.kind ?? 'wireless') !== 'wireless') {
    throw new EncodeFault(
      'encode/contradiction',
      '/transport/security',
      'encryption needs the address of the meter in the link layer or in a long header',
    );
  }
  return linkAddress(sender ?? meter, sender === undefined ? '/meter' : '/sender');
}

interface Secured {
  readonly configuration: number;
  readonly extension: Uint8Array;
  readonly body: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const POINTER = '/transport/security';

function secured(
  description: TelegramDescription,
  plan: TransportPlan,
  security: SecurityDescription,
  access: number,
  secret: Uint8Array,
): Secured {
  const bits = description.transport?.configuration ?? {};
  switch (security.mode) {
    case 'raw':
      return {
        configuration: within(security.configuration, 0, 0xffff, `${POINTER}/configuration`),
        extension: plainBytes(security.extension ?? NOTHING, `${POINTER}/extension`),
        body: secret,
      };
    case 0:
      return { configuration: lowBits(bits), extension: NOTHING, body: secret };
    case 5: {
      const body = padded(secret, 16);
      const blocks = blockCount(body);
      if (security.plain !== true) {
        const iv = join(meterInIv(description, plan), new Uint8Array(8).fill(access));
        encryptCbc(aesKey(keyBytes(security.key, 16, `${POINTER}/key`)), iv, body);
      }
      return { configuration: lowBits(bits) | (5 << 8) | (blocks << 4), extension: NOTHING, body };
    }
    case 7:
      return modeSeven(description, plan, security, secret);
    case 8:
    case 9:
    case 10:
      return experimental(description, plan, security, secret);
    case 2:
    case 3:
      return withDes(description, plan, security, secret);
    default:
      throw new EncodeFault(
        'encode/contradiction',
        `${POINTER}/mode`,
        'this mode is not supported',
      );
  }
}

/** The bits of the configuration field outside mode and block count, for the modes 0 and 5. */
function lowBits(bits: ConfigurationBits): number {
  return (
    (bits.bidirectional === true ? 0x8000 : 0) |
    (bits.accessible === true ? 0x4000 : 0) |
    (bits.synchronous === true ? 0x2000 : 0) |
    (within(bits.content ?? 0, 0, 3, '/transport/configuration/content') << 2) |
    (bits.repeated === true ? 2 : 0) |
    (bits.hop === true ? 1 : 0)
  );
}

/** `2F 2F`, by which the receiver knows that its key fits, the records, and `2F` up to a whole block. */
function padded(records: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil((records.length + 2) / block) * block;
  const body = new Uint8Array(length).fill(0x2f);
  body.set(records, 2);
  return body;
}

function blockCount(body: Uint8Array): number {
  const blocks = body.length / 16;
  if (blocks > 15) {
    throw new EncodeFault(
      'encode/too-long',
      '/records',
      `${blocks} encrypted blocks; the configuration field counts 15`,
    );
  }
  return blocks;
}

function modeSeven(
  description: TelegramDescription,
  plan: TransportPlan,
  security: Extract<SecurityDescription, { mode: 7 }>,
  secret: Uint8Array,
): Secured {
  const body = padded(secret, 16);
  const blocks = blockCount(body);
  const counter = messageCounter(description, security);
  if (security.plain !== true) {
    const ident = meterInIv(description, plan).subarray(2, 6);
    const master = keyBytes(security.key, 16, `${POINTER}/key`);
    const purpose = plan.toMeter ? 'encryption-to-meter' : 'encryption-from-meter';
    const key = aesKey(deriveKey(master, purpose, counter, ident));
    encryptCbc(key, new Uint8Array(16), body);
  }
  const own = security.counter === undefined ? 0 : OWN_COUNTER;
  return {
    configuration: contentBits(description) | own | (7 << 8) | (blocks << 4),
    extension: keyExtension(security),
    body,
  };
}

type Derived = Extract<SecurityDescription, { mode: 7 | 8 | 10 }>;

/** The configuration field says that the message counter stands in the header. */
const OWN_COUNTER = 0x2000;

function messageCounter(description: TelegramDescription, security: Derived): number {
  const counter = security.counter ?? description.afl?.counter;
  if (counter === undefined) {
    throw new EncodeFault(
      'encode/missing-field',
      `${POINTER}/counter`,
      `mode ${security.mode} needs a message counter, here or in the AFL`,
    );
  }
  return within(counter, 0, 0xffffffff, `${POINTER}/counter`);
}

function contentBits(description: TelegramDescription): number {
  const content = description.transport?.configuration?.content ?? 0;
  return within(content, 0, 3, '/transport/configuration/content') << 14;
}

/** Extension of the configuration field with counter and key version; D = 1 is KDF-A. */
function keyExtension({ counter, keyId, keyVersion: version }: Derived): Uint8Array {
  return join(
    (version === undefined ? 0 : 0x40) | 0x10 | within(keyId ?? 0, 0, 15, `${POINTER}/keyId`),
    counter === undefined ? NOTHING : littleEndian(counter, 4),
    version === undefined
      ? NOTHING
      : Uint8Array.of(within(version, 0, 255, `${POINTER}/keyVersion`)),
  );
}

function experimental(
  description: TelegramDescription,
  plan: TransportPlan,
  security: Extract<SecurityDescription, { mode: 8 | 9 | 10 }>,
  text: Uint8Array,
): Secured {
  const { mode } = security;
  const counter =
    mode === 9
      ? within(security.counter, 0, 0xffffffff, `${POINTER}/counter`)
      : messageCounter(description, security);
  const { configuration, ...rest } = sealed({
    mode,
    key: keyBytes(security.key, 16, `${POINTER}/key`),
    counter,
    ownCounter: security.counter !== undefined,
    extension: mode === 9 ? NOTHING : keyExtension(security),
    address: meterInIv(description, plan),
    toMeter: plan.toMeter,
    text,
  });
  return { configuration: configuration | contentBits(description), ...rest };
}

function withDes(
  description: TelegramDescription,
  plan: TransportPlan,
  security: Extract<SecurityDescription, { mode: 2 | 3 }>,
  secret: Uint8Array,
): Secured {
  const body = padded(secret, 8);
  if (body.length > 255) {
    throw new EncodeFault('encode/too-long', '/records', `${body.length} encrypted bytes; 255 fit`);
  }
  const configuration = (security.mode << 8) | body.length;
  if (security.plain === true) return { configuration, extension: NOTHING, body };
  const key = desKey(keyBytes(security.key, 8, `${POINTER}/key`));
  let iv: Uint8Array = new Uint8Array(8);
  if (security.mode === 3) {
    if (security.date === undefined) {
      throw new EncodeFault('encode/missing-field', `${POINTER}/date`, 'mode 3 needs a date');
    }
    const meter = meterInIv(description, plan);
    iv = Uint8Array.from([
      ...meter.subarray(2, 6),
      ...meter.subarray(0, 2),
      ...civilBytes(security.date, 'date', false, `${POINTER}/date`),
    ]);
  }
  return { configuration, extension: NOTHING, body: encryptDesCbc(key, iv, body) };
}
