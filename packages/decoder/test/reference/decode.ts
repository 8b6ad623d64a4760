// The layers one after the other, each taking its bytes from the front.

import type { Link, MeterAddress, Security, Telegram } from '../../src/index.ts';
import { mediumOf } from '../../src/generated/media.ts';
import { statusFlags } from '../../src/tables/status.ts';
import { applyCtr, crc } from './cipher.ts';
import { type Formats, keepFormat, knownFormats, rebuild } from './compact.ts';
import { readFixed } from './fixed.ts';
import { readLink } from './link.ts';
import { readMessage } from './messages.ts';
import { bytesOf, lowFirst, type Octets, octetsOf, unsignedOf } from './octet.ts';
import { issue, readRecords, vendorRecord } from './records.ts';
import { checkMac, openBody } from './security.ts';
import { addressIn, type State } from './state.ts';

export interface ReferenceOptions {
  readonly key?: Uint8Array;
  /** The date that the meter had, YYYY-MM-DD, for mode 3. */
  readonly date?: string;
  readonly layer?: 'records';
  /** Formats of compact frames that earlier telegrams told; new ones are added. */
  readonly formats?: Formats;
}

const NO_SECURITY: Security = { mode: 0, layer: null, state: 'none' };
const NO_LINK: Link = { kind: 'none', format: null, crc: 'removed', control: null, function: null };

export function decodeReference(bytes: Uint8Array, options: ReferenceOptions = {}): Telegram {
  const state: State = {
    link: NO_LINK,
    meter: null,
    sender: undefined,
    security: NO_SECURITY,
    accessNumber: null,
    status: null,
    records: [],
    issues: [],
    key: options.key === undefined ? null : [...options.key],
    date: options.date === undefined ? null : dateBytes(options.date),
    formats: options.formats ?? knownFormats(),
    linkAddress: null,
    partner: null,
    toMeter: false,
    counter: null,
    mac: null,
  };
  const octets = octetsOf(bytes);
  if (bytes.length === 0) state.issues.push(issue('input/empty', 'error', 0, 'input'));
  else if (options.layer === 'records') keepRecords(state, octets, false, false);
  else {
    const reading = readLink(octets);
    if (reading === null) state.issues.push(issue('link/unrecognised', 'error', 0, 'link'));
    else {
      state.link = reading.link;
      state.issues.push(...reading.issues);
      if (reading.address !== null) {
        state.linkAddress = bytesOf(reading.address);
        state.meter = addressOf(state.linkAddress);
      }
      if (reading.link.crc !== 'wrong' && reading.inner.length > 0)
        readLayers(state, reading.inner);
    }
  }
  return {
    schema: 'metergram.telegram/1',
    link: state.link,
    meter: state.meter,
    ...(state.sender === undefined ? {} : { sender: state.sender }),
    security: state.security,
    accessNumber: state.accessNumber,
    ...('messageCounter' in state ? { messageCounter: state.messageCounter } : {}),
    status: state.status,
    records: state.records,
    issues: state.issues,
  };
}

/** Type G: five bits of day, four of month, and the year's last two digits in three and four bits. */
function dateBytes(date: string): number[] {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return [day + 32 * ((year - 2000) % 8), month + 16 * Math.floor((year - 2000) / 8)];
}

function keepRecords(state: State, octets: Octets, toMeter: boolean, highFirst: boolean): void {
  const { records, issues } = readRecords(octets, { toMeter, highFirst });
  state.records.push(...records);
  state.issues.push(...issues);
}

/** Address in the order of the link layer: M(2) ID(4) version type. */
function addressOf(bytes: readonly number[]): MeterAddress {
  const [m0, m1, a, b, c, d, version, type] = bytes as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const code = (m0 + 256 * m1) & 0x7fff;
  const letters = [code >> 10, (code >> 5) & 31, code & 31];
  return {
    // A group that is no letter prints as the character that the formula gives: an unregistered code is seen as such.
    manufacturer: String.fromCharCode(...letters.map((letter) => letter + 0x40)),
    id: [d, c, b, a].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    version,
    medium: mediumOf(type),
    mediumCode: type,
  };
}

function readLayers(state: State, octets: Octets): void {
  const ci = octets[0]!.value;
  if (ci === 0x86) {
    state.link = { ...state.link, ci };
    state.issues.push(issue('ell/unsupported', 'error', octets[0]!.at, 'ell'));
    return;
  }
  if (ci >= 0x8c && ci <= 0x8f) return readExtendedLink(state, octets, ci);
  if (ci === 0x90) return readAuthentication(state, octets);
  state.link = { ...state.link, ci };
  return readTransport(state, octets, ci);
}

/** The payload CRC stands low byte first before what it is over. */
function payloadFits(part: Octets): boolean {
  return crc(bytesOf(part.slice(2))) === part[0]!.value + 256 * part[1]!.value;
}

function readExtendedLink(state: State, octets: Octets, ci: number): void {
  const addressed = ci === 0x8e || ci === 0x8f;
  const session = ci === 0x8d || ci === 0x8f;
  const length = 3 + (addressed ? 8 : 0) + (session ? 6 : 0);
  if (octets.length < length) {
    state.issues.push(issue('ell/truncated', 'error', octets[0]!.at, 'ell'));
    return;
  }
  const head = bytesOf(octets.slice(0, length));
  if (addressed) state.partner = head.slice(3, 11);
  if (!session) {
    if (octets.length > length) readLayers(state, octets.slice(length));
    return;
  }
  const number = octets.slice(length - 6, length - 2);
  const encrypted = Number(unsignedOf(number) >> 29n) === 1;
  let protectedPart = octets.slice(length - 2);
  if (encrypted) {
    // Hop and repeated access change on the way.
    const counter = [...addressIn(state), head[1]! & ~0x12, ...bytesOf(number), 0, 0, 0];
    const text = state.key === null ? [] : applyCtr(state.key, counter, bytesOf(protectedPart));
    const opened = text.map((value, i) => ({ value, at: protectedPart[i]!.at }));
    const opens = opened.length > 0 && payloadFits(opened);
    // Where both fit, one does so by chance: what is marked encrypted is more likely so.
    const plain = payloadFits(protectedPart) && !opens;
    const security = (of: Security['state']): void => {
      state.security = { mode: 0, layer: 'ell', state: of };
    };
    if (plain) {
      security('plain');
      state.issues.push(issue('security/plain', 'info', protectedPart[0]!.at, 'ell'));
    } else if (state.key === null) {
      security('key-missing');
      state.issues.push(issue('ell/key-missing', 'error', protectedPart[0]!.at, 'ell'));
      return;
    } else {
      protectedPart = opened;
      if (!opens) {
        security('key-wrong');
        state.issues.push(issue('ell/key-wrong', 'error', protectedPart[0]!.at, 'ell'));
        return;
      }
      security('decrypted');
    }
  } else if (!payloadFits(protectedPart)) {
    state.issues.push(issue('ell/crc', 'error', protectedPart[0]!.at, 'ell'));
    return;
  }
  if (protectedPart.length > 2) readLayers(state, protectedPart.slice(2));
}

const MAC_LENGTH: Record<number, number> = { 3: 2, 4: 4, 5: 8, 6: 12, 7: 16 };

function readAuthentication(state: State, octets: Octets): void {
  const length = octets[1]?.value ?? 0;
  const fields = bytesOf(octets.slice(2, 2 + length));
  if (octets.length < 2 + length || fields.length < 2) {
    state.issues.push(issue('afl/truncated', 'error', octets[0]!.at, 'afl'));
    return;
  }
  const flags = fields[0]! + 256 * fields[1]!;
  let at = 2;
  const take = (present: number, count: number): number[] => {
    if ((flags & present) === 0) return [];
    at += count;
    return fields.slice(at - count, at);
  };
  const control = take(1 << 13, 1);
  const information = take(1 << 9, 2);
  const counter = take(1 << 11, 4);
  const mac = take(1 << 10, MAC_LENGTH[(control[0] ?? 0) & 15] ?? 0);
  const total = take(1 << 12, 2);
  if (counter.length === 4) Object.assign(state, { counter, messageCounter: lowFirst(counter) });
  if (mac.length > 0)
    state.mac = { sent: mac, prefix: [...control, ...information, ...counter, ...total] };
  const message = octets.slice(2 + length);
  if (message.length > 0) readLayers(state, message);
}

function codes(list: string): Set<number> {
  return new Set(list.split(' ').map((code) => Number.parseInt(code, 16)));
}

/** CI fields with a long and with a short header. */
const LONG = codes(
  '53 55 5b 5f 60 64 68 6b 6c 6d 6f 72 73 75 76 7c 7e 80 82 84 85 87 8b 9f c0 c2 c3 c5',
);
const SHORT = codes('56 57 5a 61 65 67 6a 6e 74 7a 7b 7d 7f 88 8a 9e c1 c4');
/** CI fields behind which records stand. */
const RECORDS = new Set([0x51, 0x5a, 0x5b, 0x72, 0x76, 0x78, 0x7a]);
/** To a meter beside 50 to 5F. */
const COMMANDS = codes('60 61 64 65 6c 6d 80 82 83 84 85 c0 c3');
/** Of these, and DLMS (0 to 1F), the standard says more than that they are there, and it is not made of records. */
const OTHER = codes(
  '50 52 53 54 55 56 57 5c 5f 60 61 64 65 66 67 68 6c 6d 7c 7d 7e 7f 81 82 83 87 88 89 9e 9f c0 c1 c2 c3 c4 c5',
);

function readTransport(state: State, octets: Octets, ci: number): void {
  const wired = state.link.kind !== 'wireless';
  // A fixed structure has 16 bytes behind its CI field, and comes by wire; with CI 73 it has no more, or it is none.
  if (wired && (ci === 0x77 || (ci === 0x73 && octets.length === 17))) {
    const fixed = readFixed(octets.slice(1), ci === 0x77);
    Object.assign(state, { meter: fixed.meter, accessNumber: fixed.accessNumber });
    state.status = fixed.status;
    state.records.push(...fixed.records);
    for (const offset of fixed.unreadable)
      state.issues.push(issue('record/invalid-bcd', 'warning', offset, 'records'));
    if (octets.length > 17) state.records.push(vendorRecord(octets.slice(17), {}));
    return;
  }
  const header = LONG.has(ci) ? 13 : SHORT.has(ci) ? 5 : 1;
  const toMeter = (ci >= 0x50 && ci <= 0x5f) || COMMANDS.has(ci);
  state.toMeter = toMeter;
  // A message to a meter names it behind the link layer, whose address is the sender's.
  if (toMeter && header !== 13 && state.partner !== null) {
    state.sender = state.meter ?? undefined;
    state.linkAddress = state.partner;
    state.meter = addressOf(state.partner);
  }
  if (octets.length < header) {
    state.issues.push(issue('tpl/truncated', 'error', octets[0]!.at, 'tpl'));
    return;
  }
  let body: Octets = octets.slice(header);
  const head = bytesOf(octets.slice(0, header));
  const highFirst = ci === 0x76;
  if (header === 13) {
    const ident = head.slice(1, 5);
    const maker = head.slice(5, 7);
    const ordered = highFirst
      ? [...maker.toReversed(), ...ident.toReversed()]
      : [...maker, ...ident];
    const address = addressOf([...ordered, head[7]!, head[8]!]);
    const own = state.meter;
    // Another number or maker is another device; another type of the same number is the meter, told better.
    if (own !== null && (own.id !== address.id || own.manufacturer !== address.manufacturer)) {
      state.sender = own;
    }
    state.meter = address;
    state.linkAddress = [...ordered, head[7]!, head[8]!];
  }
  if (header === 1) checkMac(state, octets);
  else {
    const [access, status, low, high] = head.slice(-4) as [number, number, number, number];
    state.accessNumber = access;
    state.status = { code: status, flags: statusFlags(status) };
    const configuration = highFirst ? high + 256 * low : low + 256 * high;
    const opened = openBody(state, octets, body, configuration, access);
    if (opened === null) return;
    body = opened;
  }
  if (ci === 0x70 || ci === 0x6e || ci === 0x6f) {
    state.issues.push(issue('tpl/application-error', 'warning', octets[0]!.at, 'tpl'));
    return;
  }
  if (ci >= 0x69 && ci <= 0x6b) {
    if (!keepFormat(body, state.formats)) {
      state.issues.push(issue('compact/crc', 'error', octets[0]!.at, 'tpl'));
    }
    return;
  }
  if (ci === 0x79 || ci === 0x7b || ci === 0x73) {
    const full = rebuild(body, state.formats);
    if (typeof full === 'string') state.issues.push(issue(full, 'error', octets[0]!.at, 'tpl'));
    else {
      const before = state.records.length;
      keepRecords(state, full, false, false);
      state.records = state.records.map((one, i) =>
        i < before ? one : { ...one, origin: 'compact' },
      );
    }
    return;
  }
  if (RECORDS.has(ci)) keepRecords(state, body, toMeter, highFirst);
  if (ci < 0x20 || OTHER.has(ci)) {
    if (ci < 0x20 || (ci >= 0x7c && ci <= 0x7f))
      state.issues.push(issue('tpl/not-records', 'error', octets[0]!.at, 'tpl'));
    state.records.push(...readMessage(ci, body, state.security.layer === 'tpl'));
  }
}
