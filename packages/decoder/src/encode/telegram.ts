// The layers put around each other, innermost first: records, transport, AFL, ELL, link.

import { linkAddress } from './address.ts';
import { authenticated } from './afl.ts';
import { crc16 } from './crc.ts';
import type { TelegramDescription } from './description.ts';
import { extendedLink } from './ell.ts';
import { EncodeFault, type EncodeIssue } from './fault.ts';
import { fixedStructure } from './fixed.ts';
import { bareFrame, formatA, formatB, wiredFrame } from './frame.ts';
import { plainBytes } from './key.ts';
import { join, littleEndian } from './octets.ts';
import { type RecordBytes, recordBytes } from './record.ts';
import {
  type Content,
  type Header,
  meterInIv,
  planTransport,
  transportBytes,
  type TransportPlan,
} from './transport.ts';

export type EncodeResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly issue: EncodeIssue };

export type EncodeAllResult =
  | { readonly ok: true; readonly telegrams: readonly Uint8Array[] }
  | { readonly ok: false; readonly issue: EncodeIssue };

/**
 * Build one telegram: bytes as they would come from a bus or a receiver. What cannot be built comes back as an issue with
 * a code, the place in the description, and the reason; nothing is thrown. The bytes are new and belong to the caller.
 *
 * @example
 * ```ts
 * const result = encode({
 *   meter: { manufacturer: 'KAM', id: '12345678', version: 27, medium: 'water' },
 *   transport: { accessNumber: 1, security: { mode: 5, key: '000102030405060708090a0b0c0d0e0f' } },
 *   records: [{ quantity: 'volume', unit: 'm3', value: '123.456', coding: 'bcd8' }],
 * });
 * if (result.ok) decoder.decode(result.bytes);
 * ```
 */
export function encode(description: TelegramDescription): EncodeResult {
  const result = encodeAll(description);
  if (!result.ok) return result;
  const [bytes, ...others] = result.telegrams;
  if (others.length === 0) return { ok: true, bytes: bytes! };
  const { issue } = new EncodeFault(
    'encode/contradiction',
    description.afl?.fragmentSize === undefined ? '/split' : '/afl/fragmentSize',
    `this makes ${others.length + 1} telegrams: encodeAll gives them`,
  );
  return { ok: false, issue };
}

/** Build every telegram of a description that is cut into AFL fragments or wired follow-up telegrams, in order. */
export function encodeAll(description: TelegramDescription): EncodeAllResult {
  try {
    return { ok: true, telegrams: build(description) };
  } catch (error) {
    if (error instanceof EncodeFault) return { ok: false, issue: error.issue };
    throw error;
  }
}

/** As {@link encode}, for descriptions that are known to be good: throws an {@link EncodeFault} otherwise. */
export function encoded(description: TelegramDescription): Uint8Array {
  const result = encode(description);
  if (result.ok) return result.bytes;
  throw new EncodeFault(result.issue.code, result.issue.pointer, result.issue.message);
}

/** The header where neither it nor a CI field is asked for; long in wired frames. */
const USUAL_HEADER: Readonly<Record<string, Header>> = { wireless: 'short', none: 'none' };

function build(description: TelegramDescription): Uint8Array[] {
  const kind = description.link?.kind ?? 'wireless';
  if (kind === 'wired-ack' || kind === 'wired-short') {
    return [finished(description, new Uint8Array(0))];
  }
  const transports = transportParts(description, kind);
  if (kind === 'wireless') {
    return transports.flatMap((bytes) =>
      radioParts(description, bytes).map((part) => finished(description, part)),
    );
  }
  if (description.ell !== undefined || description.afl !== undefined) {
    const place = description.ell === undefined ? '/afl' : '/ell';
    throw new EncodeFault('encode/contradiction', place, 'this layer stands in wireless telegrams');
  }
  return transports.map((bytes) => finished(description, bytes));
}

/** The transport layer's bytes: one element, or one for each follow-up telegram. */
function transportParts(description: TelegramDescription, kind: string): Uint8Array[] {
  const transport = description.transport ?? {};
  if (description.fixed !== undefined) return [fixedStructure(description, description.fixed)];
  const plan = planTransport(transport, USUAL_HEADER[kind] ?? 'long');
  if (description.link?.kind === 'wired-control') return [Uint8Array.of(plan.ci)];
  if (description.body !== undefined) {
    if (description.records !== undefined) {
      throw new EncodeFault('encode/contradiction', '/body', 'records are given as well');
    }
    const body = plainBytes(description.body, '/body');
    return [transportBytes(description, plan, body, new Uint8Array(0))];
  }
  const records = (description.records ?? []).map((record, i) =>
    recordBytes(record, plan.highFirst, `/records/${i}`),
  );
  if (description.split !== undefined)
    return followUps(description, plan, records, description.split);
  const security = transport.security;
  const first =
    security !== undefined && 'records' in security
      ? (security.records ?? records.length)
      : records.length;
  const secret = contentBytes(plan.content, records.slice(0, first));
  const clear = contentBytes('full', records.slice(first));
  return [transportBytes(description, plan, secret, clear)];
}

/** Records cut at their borders; `1F` ends every telegram but the last. EN 13757-3, more records follow. */
function followUps(
  description: TelegramDescription,
  plan: TransportPlan,
  records: readonly RecordBytes[],
  size: number,
): Uint8Array[] {
  const groups: RecordBytes[][] = [[]];
  let filled = 0;
  for (const [i, record] of records.entries()) {
    const length = record.header.length + record.data.length;
    // One byte is kept for the 1F.
    if (length + 1 > size) {
      throw new EncodeFault('encode/too-long', `/records/${i}`, `${length} bytes; ${size} fit`);
    }
    if (filled + length + 1 > size) {
      groups.push([]);
      filled = 0;
    }
    groups.at(-1)!.push(record);
    filled += length;
  }
  return groups.map((group, i) => {
    const last = i === groups.length - 1;
    const body = join(contentBytes(plan.content, group), ...(last ? [] : [0x1f]));
    const accessNumber = ((description.transport?.accessNumber ?? 0) + i) & 0xff;
    const numbered = { ...description, transport: { ...description.transport, accessNumber } };
    return transportBytes(numbered, plan, body, new Uint8Array(0));
  });
}

/**
 * The records as a full, format or compact frame carries them (EN 13757-3 annex G).
 *
 * ```text
 * format    length signature(2) headers…      length counts the signature and the headers
 * compact   signature(2) crc(2) data…         crc over the records of the full frame
 * ```
 */
function contentBytes(content: Content, records: readonly RecordBytes[]): Uint8Array {
  const full = join(...records.flatMap(({ header, data }) => [header, data]));
  if (content === 'full') return full;
  const headers = join(...records.map(({ header }) => header));
  const signature = littleEndian(crc16(headers), 2);
  if (content === 'format') return join(headers.length + 2, signature, headers);
  return join(signature, littleEndian(crc16(full), 2), ...records.map(({ data }) => data));
}

/** AFL and ELL before the transport layer: one element for each fragment. */
function radioParts(description: TelegramDescription, transport: Uint8Array): Uint8Array[] {
  const { afl, ell } = description;
  const plan = planTransport(description.transport ?? {}, 'short');
  const messages =
    afl === undefined
      ? [transport]
      : authenticated(afl, meterInIv(description, plan).subarray(2, 6), plan.toMeter, transport);
  if (ell === undefined) return messages;
  const link = linkOf(description);
  return messages.map((message) => extendedLink(ell, link, message));
}

function linkOf(description: TelegramDescription): Uint8Array {
  const address = description.sender ?? description.meter;
  if (address === undefined) {
    throw new EncodeFault('encode/missing-field', '/meter', 'a radio frame names its sender');
  }
  return linkAddress(address, description.sender === undefined ? '/meter' : '/sender');
}

function finished(description: TelegramDescription, inner: Uint8Array): Uint8Array {
  const link = description.link ?? { kind: 'wireless' };
  const trailing = plainBytes(description.trailing ?? '', '/trailing');
  if (link.kind === 'none') return join(inner, trailing);
  if (link.kind !== 'wireless') return join(wiredFrame(link, inner), trailing);
  const bare = bareFrame(link.control ?? 0x44, linkOf(description), inner);
  const format = link.format ?? null;
  if (format === null) return join(bare, trailing);
  return join(format === 'A' ? formatA(bare) : formatB(bare), trailing);
}
