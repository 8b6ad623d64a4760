// A telegram that is sent again and again with other values: everything that does not change is built once.

import { aesKey, type AesKey, applyCtr, encryptCbc } from '../encode/aes.ts';
import { linkAddress } from '../encode/address.ts';
import { crc16 } from '../encode/crc.ts';
import type { TelegramDescription } from '../encode/description.ts';
import { formatA, formatB } from '../encode/frame.ts';
import { keyBytes } from '../encode/key.ts';
import { recordBytes } from '../encode/record.ts';
import { encoded } from '../encode/telegram.ts';

/** Where the second byte of the link layer's address block begins: L and C come before. */
const ADDRESS = 2;
const AFTER_LINK = 10;

/**
 * A prepared telegram. Write values into `plain` at `data[i]`, the place of record i's data, then {@link send} it.
 * Covers wired frames, and wireless ones in every format, with mode 0 or 5, mode 7, or ELL 8D.
 */
export class TelegramTemplate {
  /** The telegram without CRCs, with its records in clear. */
  readonly plain: Uint8Array;
  /** Offset of each record's data in `plain`. */
  readonly data: readonly number[];
  readonly #description: TelegramDescription;
  readonly #wired: boolean;
  readonly #format: 'A' | 'B' | null;
  /** Offset of the transport layer's CI field. */
  readonly #ci: number;
  readonly #access: number;
  /** First and last offset of the records, fillers of encryption not counted. */
  readonly #records: readonly [number, number];
  readonly #cbc: AesKey | null = null;
  readonly #ctr: AesKey | null = null;
  readonly #iv: Uint8Array = new Uint8Array(16);
  readonly #derived: boolean;

  constructor(description: TelegramDescription) {
    const { link, ell, transport } = description;
    const security = transport?.security;
    this.#description = description;
    this.#wired = link?.kind === 'wired-long';
    this.#format = link?.kind === 'wireless' ? (link.format ?? null) : null;
    this.#derived = security?.mode === 7;
    const header = transport?.header ?? (this.#wired ? 'long' : 'short');
    this.plain = encoded({
      ...description,
      ...(this.#wired ? {} : { link: { ...link, kind: 'wireless', format: null } }),
      ...(ell?.key === undefined ? {} : { ell: { ...ell, plain: true } }),
      ...(security?.mode === 5 || security?.mode === 7
        ? { transport: { ...transport, security: { ...security, plain: true } } }
        : {}),
    });
    this.#ci = this.#wired ? 6 : AFTER_LINK + (ell?.ci === 0x8d ? 9 : 0);
    this.#access = header === 'none' ? -1 : this.#ci + (header === 'long' ? 9 : 1);
    const headerLength = { none: 1, short: 5, long: 13 }[header];
    const marker = security?.mode === 5 || security?.mode === 7 ? 2 : 0;
    let at = this.#ci + headerLength + (security?.mode === 7 ? 1 : 0) + marker;
    if (description.afl !== undefined) at += 2 + this.plain[this.#ci + 1]!;
    const first = at;
    this.data = (description.records ?? []).map((record, i) => {
      const { header: head, data } = recordBytes(record, false, `/records/${i}`);
      at += head.length + data.length;
      return at - data.length;
    });
    this.#records = [first, at];
    if (security?.mode === 5)
      this.#cbc = aesKey(keyBytes(security.key, 16, '/transport/security/key'));
    if (ell?.key !== undefined) this.#ctr = aesKey(keyBytes(ell.key, 16, '/ell/key'));
    const meter = description.meter!;
    this.#iv.set(linkAddress(meter, '/meter'));
  }

  /** The telegram's bytes, new ones: `count` numbers it, its low byte is the access number. */
  send(count: number, minutes: number = 0): Uint8Array {
    const access = count & 0xff;
    if (this.#derived) return this.#sendDerived(count);
    const bytes = this.plain.slice();
    if (this.#access >= 0) bytes[this.#access] = access;
    if (this.#cbc !== null) {
      this.#iv.fill(access, 8);
      const [first] = this.#records;
      const start = first - 2;
      const blocks = bytes[this.#access + 2]! >> 4;
      encryptCbc(this.#cbc, this.#iv, bytes, start, start + 16 * blocks);
    }
    if (this.#ctr !== null) this.#encryptSession(bytes, access, minutes);
    if (this.#wired) {
      let sum = 0;
      for (let i = 4; i < bytes.length - 2; i++) sum += bytes[i]!;
      bytes[bytes.length - 2] = sum;
      return bytes;
    }
    if (this.#format === null) return bytes;
    return this.#format === 'A' ? formatA(bytes) : formatB(bytes);
  }

  /** ELL 8D: `CI CC ACC SN(4) PCRC(2)`, encrypted from the CRC on. */
  #encryptSession(bytes: Uint8Array, access: number, minutes: number): void {
    const at = AFTER_LINK;
    bytes[at + 2] = access;
    const session = 2 ** 29 + (minutes & 0xffffff) * 16 + (access & 15);
    for (let i = 0; i < 4; i++) bytes[at + 3 + i] = session >>> (8 * i);
    const crc = crc16(bytes, at + 9);
    bytes[at + 7] = crc & 0xff;
    bytes[at + 8] = crc >> 8;
    const counter = new Uint8Array(16);
    counter.set(bytes.subarray(ADDRESS, ADDRESS + 8));
    counter[8] = bytes[at + 1]! & ~0x12;
    counter.set(bytes.subarray(at + 3, at + 7), 9);
    applyCtr(this.#ctr!, counter, bytes, at + 7);
  }

  /** Mode 7 derives its keys from the message counter: nothing of it can be kept. */
  #sendDerived(count: number): Uint8Array {
    const { transport, afl } = this.#description;
    const [first, end] = this.#records;
    return encoded({
      ...this.#description,
      transport: { ...transport, accessNumber: count & 0xff },
      ...(afl === undefined ? {} : { afl: { ...afl, counter: count } }),
      records: [{ raw: this.plain.subarray(first, end) }],
    });
  }
}
