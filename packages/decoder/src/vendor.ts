import type { Decoder } from './decoder.ts';
import { type Explanation, explain } from './explain.ts';
import type { DecodeOptions } from './options.ts';
import { hostIssue } from './tables/host-issue.ts';
import { sentOffset } from './record-form.ts';
import type {
  DataRecord,
  Link,
  MeterAddress,
  RecordFunction,
  RecordKind,
  Telegram,
  TelegramIssue,
} from './telegram.ts';
import { faultOf } from './vendor/fault.ts';

export { scaled } from './vendor/scaled.ts';

/**
 * A format of yours, for bytes that the decoder hands on as they are. It is asked for telegrams of its meters only; of several
 * formats that fit, the first whose `decode` gives something is taken.
 */
export interface VendorFormat {
  /** Names the format in issues. */
  readonly name: string;
  /** Three letters, or several. */
  readonly manufacturer: string | readonly string[];
  /** 0 to 255; any where it is left out. */
  readonly version?: number | readonly number[];
  /** 0 to 255, `meter.mediumCode`; any where it is left out. */
  readonly mediumCode?: number | readonly number[];
  /** CI field of the application, `link.ci`; any where it is left out. */
  readonly ci?: number | readonly number[];
  /**
   * `application`: all behind a CI field whose layout is the manufacturer's (A0 to B7), or not known, and messages that are not made
   * of records, as DLMS (docs/generated/ci.md), behind their header. `tail`: what stands behind DIF 0F or 1F. `record`: the value of
   * a record with VIF FF that no table knows, see `vib`. `body`: all behind the header of a CI field that has records by the standard
   * (72, 7A, 78), where the maker's are none; only {@link VendorFormats.decode} has it.
   */
  readonly part: 'application' | 'tail' | 'record' | 'body';
  /** For `record`: its VIB in hexadecimal, or several. */
  readonly vib?: string | readonly string[];
  /**
   * @param bytes - the part, decrypted; a copy, yours to keep.
   * @returns records; nothing (undefined) where the bytes are of another format. What it throws becomes the issue
   * `vendor/hook-failed`, and the bytes stay as they were.
   */
  decode(bytes: Uint8Array, context: VendorContext): Iterable<VendorRecord> | undefined;
}

/** What a format may want to know beside the bytes. */
export interface VendorContext {
  readonly meter: MeterAddress;
  readonly ci: number | undefined;
  readonly accessNumber: number | null;
  /** The status byte; null where there is none. */
  readonly status: number | null;
  /** VIB of the record in hexadecimal; empty for other parts. */
  readonly vib: string;
}

/** A record that a format has read. */
export interface VendorRecord {
  /** Where its bytes stand in the part, and how many they are. */
  readonly at: number;
  readonly length: number;
  readonly quantity: string;
  /** Default `''`. */
  readonly unit?: string;
  /** An exact decimal for numbers (see {@link scaled}), ISO 8601 for times; null where the meter has no valid value. */
  readonly value: string | null;
  /** Default `number`. */
  readonly kind?: RecordKind;
  /** Default `instantaneous`. */
  readonly function?: RecordFunction;
  /** Default 0, as tariff and subunit. */
  readonly storage?: number;
  readonly tariff?: number;
  readonly subunit?: number;
  readonly modifiers?: readonly string[];
  readonly obis?: string;
}

/** Records of one part at most: a format that gives more has lost its way. */
const MOST_RECORDS = 1000;

const listed = <T>(wanted: T | readonly T[] | undefined): readonly T[] | undefined =>
  wanted === undefined
    ? undefined
    : Array.isArray(wanted)
      ? (wanted as readonly T[])
      : [wanted as T];
const fits = <T>(wanted: readonly T[] | undefined, value: T | null | undefined): boolean =>
  wanted === undefined || wanted.includes(value as T);

interface Listed {
  readonly format: VendorFormat;
  readonly versions: readonly number[] | undefined;
  readonly media: readonly number[] | undefined;
  readonly cis: readonly number[] | undefined;
  readonly vibs: readonly string[] | undefined;
}

/**
 * Your own formats, applied to decoded telegrams: docs/records.md shows one. A fault of a format never reaches the caller: it
 * becomes an issue, and the bytes stay a record of kind `bytes`.
 */
export class VendorFormats {
  readonly #byManufacturer = new Map<string, Listed[]>();

  /** @throws TypeError `vendor/format` for a manufacturer that is not three letters. */
  constructor(formats: readonly VendorFormat[]) {
    for (const format of formats)
      for (const letters of listed(format.manufacturer) ?? []) {
        if (!/^[a-z]{3}$/i.test(letters))
          throw new TypeError(
            `vendor/format: ${JSON.stringify(letters)} of ${format.name} is not a manufacturer`,
          );
        const name = letters.toUpperCase();
        const entries = this.#byManufacturer.get(name) ?? [];
        entries.push({
          format,
          versions: listed(format.version),
          media: listed(format.mediumCode),
          cis: listed(format.ci),
          vibs: listed(format.vib)?.map((vib) => vib.toLowerCase()),
        });
        this.#byManufacturer.set(name, entries);
      }
  }

  /**
   * Decodes a telegram and applies the formats, those of part `body` among them: what such a format gives takes the place of all
   * records and of their issues. It is asked where the body is plain or was decrypted, in the telegram itself: not for what is put
   * together from fragments or rebuilt from a compact frame.
   *
   * @throws as {@link Decoder.decode}.
   */
  decode(decoder: Decoder, bytes: Uint8Array, options: DecodeOptions = {}): Telegram {
    const telegram = decoder.decode(bytes, options);
    const wanted = this.#openFor(telegram).filter(({ format }) => format.part === 'body');
    if (wanted.length === 0 || !isWhole(telegram)) return this.apply(telegram);
    const body = bodyOf(explain(decoder, bytes, options));
    if (body.length === 0) return this.apply(telegram);
    const part: Part = {
      name: 'body',
      dib: '',
      vib: '',
      raw: body.map(({ byte }) => byte).join(''),
      offset: body[0]?.offset ?? 0,
      offsetOf: (at) => body[at]?.offset ?? 0,
    };
    const issues: TelegramIssue[] = [];
    for (const { format } of wanted) {
      const records = readPart(format, telegram, part, issues);
      if (records === undefined) continue;
      const kept = telegram.issues.filter(({ layer }) => layer !== 'records' && layer !== 'vendor');
      return { ...telegram, records, issues: [...kept, ...issues] };
    }
    const applied = this.apply(telegram);
    return issues.length === 0 ? applied : { ...applied, issues: [...applied.issues, ...issues] };
  }

  /** The formats that are for the telegram's meter. */
  #openFor({ meter, link }: Telegram): readonly Listed[] {
    if (meter === null) return [];
    return (this.#byManufacturer.get(meter.manufacturer ?? '') ?? []).filter(
      ({ versions, media, cis }) =>
        fits(versions, meter.version) && fits(media, meter.mediumCode) && fits(cis, link.ci),
    );
  }

  /** The telegram with the records of the formats in the place of the bytes that they read; itself where none fits. */
  apply(telegram: Telegram): Telegram {
    const open = this.#openFor(telegram);
    if (open.length === 0) return telegram;
    const issues: TelegramIssue[] = [];
    let applications = 0;
    let changed = false;
    const records = telegram.records.flatMap((record) => {
      const name = partOf(record);
      if (name === undefined) return [record];
      const { dib, vib, raw, offset } = record;
      const part = { name, dib, vib, raw, offset, offsetOf: placeOf(telegram.link, record, name) };
      for (const { format, vibs } of open) {
        if (format.part !== name || !fits(vibs, vib)) continue;
        const read = readPart(format, telegram, part, issues);
        if (read === undefined) continue;
        changed = true;
        if (name === 'application') applications++;
        return read;
      }
      return [record];
    });
    if (!changed && issues.length === 0) return telegram;
    const kept = telegram.issues.filter(
      ({ code }) => applications === 0 || !/^tpl\/(ci-unknown|not-records)$/.test(code),
    );
    return { ...telegram, records, issues: [...kept, ...issues] };
  }
}

function partOf(record: DataRecord): VendorFormat['part'] | undefined {
  if (record.quantity === 'manufacturer_specific') return 'record';
  if (record.vendor !== true) return undefined;
  if (record.quantity === 'application_data') return 'application';
  if (record.quantity !== 'manufacturer_data') return undefined;
  return record.dib === '' ? 'application' : 'tail';
}

const unhex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

/** Bytes that a format may read. */
interface Part {
  readonly name: VendorFormat['part'];
  /** Of the record whose value they are. */
  readonly dib: string;
  readonly vib: string;
  readonly raw: string;
  /** Where an issue about them points to. */
  readonly offset: number;
  /** From an offset in the part to one in the bytes as given. */
  readonly offsetOf: (offset: number) => number;
}

/** Whether the body stands in the telegram as such, and can be read. */
function isWhole({ security, records, issues, meter }: Telegram): boolean {
  return (
    meter !== null &&
    /^(none|plain|decrypted)$/.test(security.state) &&
    !records.some(({ origin }) => origin === 'compact' || origin === 'fragments') &&
    !issues.some(({ code, layer }) => layer === 'afl' || code.startsWith('compact/'))
  );
}

/** The bytes behind the header, decrypted, without the two fillers by which that is seen; each with its place in the input. */
function bodyOf({
  bytes,
  telegram,
}: Explanation): readonly { readonly byte: string; readonly offset: number }[] {
  const body = bytes
    .filter(({ layer }) => layer === 'records' || layer === 'vendor')
    .flatMap(({ hex, plain = hex, offset }) =>
      (plain.match(/../g) ?? []).map((byte, i) => ({ byte, offset: offset + i })),
    );
  const checked = telegram.security.layer === 'tpl' && body[0]?.byte === '2f';
  return checked && body[1]?.byte === '2f' ? body.slice(2) : body;
}

/** Records of a part, or nothing where the format has none or has failed, which is then an issue. */
function readPart(
  format: VendorFormat,
  telegram: Telegram,
  part: Part,
  issues: TelegramIssue[],
): DataRecord[] | undefined {
  const { meter } = telegram;
  if (meter === null) return undefined;
  const bytes = unhex(part.raw);
  try {
    const given = format.decode(bytes.slice(), {
      meter: { ...meter },
      ci: telegram.link.ci,
      accessNumber: telegram.accessNumber,
      status: telegram.status?.code ?? null,
      vib: part.vib,
    });
    if (given === undefined || given === null) return undefined;
    const read: DataRecord[] = [];
    for (const one of given) {
      const fault =
        read.length === MOST_RECORDS
          ? `more than ${MOST_RECORDS} records`
          : faultOf(one, bytes.length);
      if (fault !== undefined) {
        const nth = `${format.name}, record ${read.length}`;
        issues.push(hostIssue('vendor/hook-invalid', part.offset, `${nth}: ${fault}`));
        return undefined;
      }
      read.push(dataRecord(one, part));
    }
    return read;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    issues.push(hostIssue('vendor/hook-failed', part.offset, `${format.name}: ${why}`));
    return undefined;
  }
}

/** From an offset in the part to one in the bytes as given, where the part stands in them as such. */
function placeOf(
  link: Link,
  record: DataRecord,
  part: VendorFormat['part'],
): (offset: number) => number {
  if (record.origin !== undefined) return () => record.offset;
  const skipped =
    part === 'application' ? 0 : part === 'tail' ? 1 : (record.dib.length + record.vib.length) / 2;
  const format = link.format === 'A' ? 1 : link.format === 'B' ? 2 : 0;
  const ofFrame = (offset: number): number => sentOffset(format, offset);
  let start = 0;
  while (ofFrame(start) < record.offset) start++;
  return (offset) => ofFrame(start + skipped + offset);
}

function dataRecord(one: VendorRecord, { name, raw, dib, vib, offsetOf }: Part): DataRecord {
  const ofItsOwn = name !== 'record';
  return {
    quantity: one.quantity,
    unit: one.unit ?? '',
    value: one.value,
    kind: one.kind ?? 'number',
    function: one.function ?? 'instantaneous',
    storage: one.storage ?? 0,
    tariff: one.tariff ?? 0,
    subunit: one.subunit ?? 0,
    modifiers: [...(one.modifiers ?? [])],
    ...(one.obis === undefined ? {} : { obis: one.obis }),
    dib: ofItsOwn ? '' : dib,
    vib: ofItsOwn ? '' : vib,
    raw: raw.slice(2 * one.at, 2 * (one.at + one.length)),
    offset: offsetOf(one.at),
    origin: 'vendor',
    ...(ofItsOwn ? { vendor: true as const } : {}),
  };
}
