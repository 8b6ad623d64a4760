import type { TelegramBatch } from './batch.ts';
import type { Decoder } from './decoder.ts';
import { bodyMarks } from './explain/body.ts';
import { ciName, tagMarks, transportMarks, wiredMarks, wirelessMarks } from './explain/layers.ts';
import { dataTypeOf } from './explain/data-type.ts';
import { type FrameBytes, type Mark, Marks } from './explain/mark.ts';
import { outside } from './explain/outside.ts';
import { hex } from './hex.ts';
import type { DecodeOptions } from './options.ts';
import { inputOffset } from './record-form.ts';
import type { DataRecord, Layer, Telegram } from './telegram.ts';

/** A run of bytes of a telegram as given, and what it is. */
export interface ExplainedBytes {
  /** Offset of the first byte in the bytes as given. */
  readonly offset: number;
  /** The bytes as given, hexadecimal. */
  readonly hex: string;
  /** The same bytes after decryption, where that changed them. */
  readonly plain?: string;
  readonly layer: Layer;
  /** The standard's name of the field. */
  readonly name: string;
  readonly meaning: string;
  /** Clause of the standard; empty where none speaks of these bytes. */
  readonly clause: string;
}

export interface Explanation {
  readonly telegram: Telegram;
  /** Every byte of the input, once, in order: their `hex` put together is the input. */
  readonly bytes: readonly ExplainedBytes[];
}

const RECORDS = 'EN 13757-3 6';

/** The offset in the frame of each byte of the input; −1 for CRCs and for what stands around the frame. */
function frameOffsets(
  length: number,
  frame: number,
  offsetOf: (offset: number) => number,
): Int32Array {
  const map = new Int32Array(length).fill(-1);
  for (let i = 0; i < frame; i++) {
    const at = offsetOf(i);
    if (at < length) map[at] = i;
  }
  return map;
}

function recordName(record: DataRecord): string {
  const parts: string[] = [record.function];
  if (record.storage > 0) parts.push(`storage ${record.storage}`);
  if (record.tariff > 0) parts.push(`tariff ${record.tariff}`);
  if (record.subunit > 0) parts.push(`subunit ${record.subunit}`);
  return parts.join(', ');
}

function recordMarks(batch: TelegramBatch, telegram: Telegram, rebuilt: boolean): Mark[] {
  if (rebuilt) return [];
  const first = batch.telegrams.firstRecord[0] as number;
  return telegram.records.flatMap((record, i) => {
    const place = batch.records.place[first + i] as number;
    const size = batch.records.size[first + i] as number;
    const start = place & 0xffff;
    const dib = start + ((place >>> 16) & 15);
    const vib = dib + (place >>> 20);
    const layer: Layer = record.vendor ? 'vendor' : 'records';
    const mark = (from: number, to: number, name: string, meaning: string): Mark[] =>
      to > from ? [{ start: from, end: to, layer, name, meaning, clause: RECORDS }] : [];
    const what = [record.quantity, ...record.modifiers].join(', ');
    const value = record.value === null ? 'no value' : `${record.value} ${record.unit}`.trim();
    const type = record.vendor ? undefined : dataTypeOf(record);
    const typed = type === undefined ? value : `${value} (${type})`;
    return [
      ...mark(
        start,
        dib,
        'DIB',
        record.dib === '0f' || record.dib === '1f'
          ? 'manufacturer data follow'
          : recordName(record),
      ),
      ...mark(dib, vib, 'VIB', what),
      ...mark(vib, vib + size, 'data', dib === start ? `${what}: ${typed}` : typed),
    ];
  });
}

/** What stands between the marks: fillers, and bytes that the decoder went past. */
function unmarked(bytes: FrameBytes, start: number, end: number, ciText: string): Mark[] {
  const marks: Mark[] = [];
  for (let at = start; at < end;) {
    const filler = bytes.at(at) === 0x2f;
    let to = at + 1;
    while (to < end && (bytes.at(to) === 0x2f) === filler) to++;
    marks.push(
      filler
        ? { start: at, end: to, layer: 'records', name: 'filler', meaning: 'idle', clause: RECORDS }
        : {
            start: at,
            end: to,
            layer: 'records',
            name: 'data',
            meaning: `not decoded (${ciText})`,
            clause: '',
          },
    );
    at = to;
  }
  return marks;
}

/** All bytes of the frame, marked once, in order. */
function frameMarks(
  batch: TelegramBatch,
  telegram: Telegram,
  bytes: FrameBytes,
  rebuilt: boolean,
): Mark[] {
  const { kind } = telegram.link;
  const header = new Marks(0, bytes.length);
  let ci = 0;
  if (kind === 'wireless') {
    wirelessMarks(bytes, header);
    ci = transportMarks(bytes, header, false);
  } else if (kind === 'wired-long' || kind === 'wired-control') {
    wiredMarks(bytes, header, telegram);
    ci = transportMarks(bytes, header, true);
  } else if (kind !== 'none') {
    wiredMarks(bytes, header, telegram);
  }
  if (ci !== 0) bodyMarks(bytes, header, ci, telegram);
  const out = [...header.list];
  let at = header.at;
  const why = rebuilt
    ? 'records are rebuilt from these bytes'
    : securityText(telegram) || ciName(ci);
  const marks = [
    ...recordMarks(batch, telegram, rebuilt),
    ...(rebuilt || telegram.security.state !== 'decrypted' ? [] : tagMarks(bytes, header)),
  ].toSorted((a, b) => a.start - b.start);
  for (const mark of marks) {
    if (mark.start < at || mark.end > bytes.length) continue;
    out.push(...unmarked(bytes, at, mark.start, why), mark);
    at = mark.end;
  }
  out.push(...unmarked(bytes, at, bytes.length, why));
  return out;
}

function securityText({ security }: Telegram): string {
  return security.state === 'none' || security.state === 'decrypted' || security.state === 'plain'
    ? ''
    : `encrypted: ${security.state}`;
}

/**
 * Accounts for every byte of a telegram, layer by layer.
 *
 * @example
 * ```ts
 * for (const { offset, hex, name, meaning } of explain(decoder, bytes).bytes) console.log(offset, hex, name, meaning);
 * ```
 */
export function explain(
  decoder: Decoder,
  bytes: Uint8Array,
  options: DecodeOptions = {},
): Explanation {
  const given = bytes.length > 0xffff ? bytes.subarray(0, 0xffff) : bytes;
  const batch = decoder.decodeBatch(given, Uint32Array.of(0, given.length), 0, options);
  const telegram = batch.telegram(0);
  const columns = batch.telegrams;
  const start = columns.start[0] as number;
  const rebuilt =
    telegram.records.some(({ origin }) => origin === 'compact' || origin === 'fragments') ||
    (columns.body[0] as number) > 0;
  const offsetOf = (offset: number): number => inputOffset(batch, 0, offset);
  const inInput = frameLength(given.length, offsetOf);
  // The column counts a short frame's checksum and stop character.
  const content = telegram.link.kind === 'wired-short' ? 3 : (columns.frameLength[0] as number);
  const length = rebuilt ? inInput : Math.min(content, inInput);
  const address = columns.frame[0] as number;
  const frame: FrameBytes = rebuilt
    ? { length, at: (offset) => given[offsetOf(offset)] ?? 0 }
    : {
        length,
        at: (offset) => (offset < length ? (batch.memory[address + offset] as number) : 0),
      };
  const marks = frameMarks(batch, telegram, frame, rebuilt);
  const map = frameOffsets(given.length, length, offsetOf);
  const owner = new Int32Array(length).fill(-1);
  marks.forEach((mark, i) => owner.fill(i, mark.start, mark.end));
  const out: ExplainedBytes[] = [];
  const frameEnd = start + length;
  for (let at = 0; at < given.length;) {
    const inFrame = map[at] as number;
    const index = inFrame < 0 ? -1 : (owner[inFrame] as number);
    const mark = index < 0 ? outside(telegram, given, at, start, frameEnd) : (marks[index] as Mark);
    let to = at + 1;
    while (to < given.length && same(to)) to++;
    // The decoder puts fillers in the place of a tag, which is no plaintext.
    const plain = index < 0 || rebuilt || mark.name === 'tag' ? null : plainOf(at, to);
    out.push({
      offset: at,
      hex: hex(given, at, to),
      ...(plain === null || plain === hex(given, at, to) ? {} : { plain }),
      layer: mark.layer,
      name: mark.name,
      meaning: mark.meaning,
      clause: mark.clause,
    });
    at = to;

    function same(next: number): boolean {
      const offset = map[next] as number;
      if (index >= 0) return offset >= 0 && owner[offset] === index;
      if (offset >= 0) return false;
      const other = outside(telegram, given, next, start, frameEnd);
      return other.name === mark.name && other.name !== 'CS' && other.name !== 'stop';
    }
    function plainOf(from: number, end: number): string {
      let text = '';
      for (let i = from; i < end; i++)
        text += frame
          .at(map[i] as number)
          .toString(16)
          .padStart(2, '0');
      return text;
    }
  }
  if (given.length < bytes.length)
    out.push({
      offset: given.length,
      hex: hex(bytes, given.length, bytes.length),
      layer: 'input',
      name: 'bytes',
      meaning: 'beyond what a telegram can have',
      clause: '',
    });
  return { telegram, bytes: out };
}

/** How many frame bytes the input holds at most. */
function frameLength(given: number, offsetOf: (offset: number) => number): number {
  let low = 0;
  let high = given;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsetOf(middle - 1) < given) low = middle;
    else high = middle - 1;
  }
  return low;
}
