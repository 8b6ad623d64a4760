import { controlName } from '../tables/control.ts';
import { ciRow } from '../tables/ci.ts';
import { mediumOf } from '../generated/media.ts';
import { statusFlags } from '../tables/status.ts';
import { manufacturerLetters } from '../telegram-form.ts';
import type { Telegram } from '../telegram.ts';
import { type FrameBytes, hex2, type Mark, type Marks, number } from './mark.ts';

const LINK = 'EN 13757-2 5.4';
const RADIO = 'EN 13757-4 11';
const ELL = 'EN 13757-4 12.2';
const AFL = 'EN 13757-7 6';
const TPL = 'EN 13757-7 7';
const FIXED = 'EN 1434-3';

/** What the modes do that are not CBC with AES, and which count bytes. */
const MODES: Readonly<Record<number, string>> = {
  2: ' (DES)',
  3: ' (DES)',
  8: ' (CTR)',
  9: ' (GCM)',
  10: ' (CCM)',
  13: ' (TLS)',
};
const COUNTS_BYTES = new Set([2, 3, 8, 10, 13]);

export const ciName = (ci: number): string =>
  ciRow(ci)?.name ?? (ci >= 0xa0 && ci <= 0xb7 ? 'manufacturer specific' : 'reserved');

const idText = (bytes: FrameBytes, at: number): string =>
  number(bytes, at, 4).toString(16).padStart(8, '0');

/** Bytes as they stand, most significant first. */
const firstHigh = (bytes: FrameBytes, at: number, length: number): string =>
  Array.from({ length }, (_, i) => hex2(bytes.at(at + i))).join('');

/** Wired: up to the CI field. */
export function wiredMarks(bytes: FrameBytes, marks: Marks, telegram: Telegram): void {
  const { kind, control } = telegram.link;
  if (kind === 'wired-ack') {
    marks.take(1, 'link', 'single character', 'acknowledge', LINK);
    return;
  }
  const short = kind === 'wired-short';
  marks.take(1, 'link', 'start', short ? 'short frame' : 'long or control frame', LINK);
  if (!short) {
    marks.take(1, 'link', 'L', `${bytes.at(1)} bytes from C to the last data byte`, LINK);
    marks.take(1, 'link', 'L', 'again', LINK);
    marks.take(1, 'link', 'start', 'again', LINK);
  }
  marks.take(1, 'link', 'C', controlName(control ?? 0, true) ?? 'not defined', LINK);
  marks.take(1, 'link', 'A', `primary address ${telegram.link.address ?? 0}`, LINK);
}

/** Wireless: L C M A. */
export function wirelessMarks(bytes: FrameBytes, marks: Marks): void {
  marks.take(1, 'link', 'L', `${bytes.at(0)} bytes follow`, RADIO);
  marks.take(1, 'link', 'C', controlName(bytes.at(1), false) ?? 'not defined', RADIO);
  marks.take(2, 'link', 'M', manufacturerLetters(number(bytes, 2, 2) & 0x7fff), RADIO);
  marks.take(4, 'link', 'A', `identification number ${idText(bytes, 4)}`, RADIO);
  marks.take(1, 'link', 'A', `version ${bytes.at(8)}`, RADIO);
  marks.take(1, 'link', 'A', `device type ${mediumOf(bytes.at(9))}`, RADIO);
}

function ellMarks(bytes: FrameBytes, marks: Marks): void {
  const ci = bytes.at(marks.at);
  marks.take(1, 'ell', 'CI', ciName(ci), ELL);
  marks.take(1, 'ell', 'CC', `communication control ${hex2(bytes.at(marks.at))}`, ELL);
  marks.take(1, 'ell', 'ACC', `access number ${bytes.at(marks.at)}`, ELL);
  if (ci === 0x8e || ci === 0x8f) {
    marks.take(2, 'ell', 'M2', manufacturerLetters(number(bytes, marks.at, 2) & 0x7fff), ELL);
    marks.take(6, 'ell', 'A2', `partner ${idText(bytes, marks.at)}`, ELL);
  }
  if (ci === 0x8d || ci === 0x8f) {
    const encrypted = bytes.at(marks.at + 3) >> 5;
    const how = encrypted === 1 ? 'AES-128-CTR' : encrypted === 0 ? 'not encrypted' : 'reserved';
    marks.take(4, 'ell', 'SN', `session number; ${how}`, ELL);
    marks.take(2, 'ell', 'PCRC', 'CRC over the payload', ELL);
  }
}

function aflMarks(bytes: FrameBytes, marks: Marks): void {
  const start = marks.at;
  const end = start + 2 + bytes.at(start + 1);
  marks.take(1, 'afl', 'CI', ciName(0x90), AFL);
  marks.take(1, 'afl', 'AFLL', `${bytes.at(start + 1)} bytes`, AFL);
  const fields = number(bytes, marks.at, 2);
  const part = fields & 0xff;
  marks.take(
    2,
    'afl',
    'FCL',
    part === 0 ? 'not fragmented' : `fragment ${part}${fields & 0x4000 ? ', more follow' : ''}`,
    AFL,
  );
  if (fields & 0x2000)
    marks.take(1, 'afl', 'MCL', `authentication type ${bytes.at(marks.at) & 15}`, AFL);
  if (fields & 0x0200) marks.take(2, 'afl', 'KI', 'key information', AFL);
  if (fields & 0x0800)
    marks.take(4, 'afl', 'MCR', `message counter ${number(bytes, marks.at, 4)}`, AFL);
  const tail = fields & 0x1000 ? 2 : 0;
  if (fields & 0x0400)
    marks.take(
      Math.max(0, end - tail - marks.at),
      'afl',
      'MAC',
      'message authentication code',
      AFL,
    );
  if (tail > 0) marks.take(2, 'afl', 'ML', `message of ${number(bytes, marks.at, 2)} bytes`, AFL);
}

/** Security modes, EN 13757-7 table 19. */
function modeText(configuration: number): string {
  const mode = (configuration >> 8) & 31;
  if (mode === 0) return 'security mode 0: not encrypted';
  const name = `security mode ${mode}${MODES[mode] ?? ''}`;
  if (mode === 9) return name;
  return COUNTS_BYTES.has(mode)
    ? `${name}: ${configuration & 0xff} encrypted bytes`
    : `${name}: ${(configuration >> 4) & 15} encrypted blocks`;
}

/** As assumed for the experimental mode 9 (docs/security.md). */
function gcmMarks(bytes: FrameBytes, marks: Marks): void {
  marks.take(1, 'tpl', 'CFE', `${bytes.at(marks.at)} encrypted bytes`, TPL);
  marks.take(1, 'tpl', 'CFE', 'reserved', TPL);
  marks.take(4, 'tpl', 'counter', `message counter ${number(bytes, marks.at, 4)}`, TPL);
}

/** The tag of a deciphered telegram of mode 9 or 10; `header` has the marks up to the ciphertext. */
export function tagMarks(bytes: FrameBytes, header: Marks): Mark[] {
  const field = header.list.findLast(({ name }) => name === 'CF');
  const configuration = field === undefined ? 0 : number(bytes, field.start, 2);
  const mode = (configuration >> 8) & 31;
  const length = mode === 10 ? 8 : mode === 9 && configuration & 1 ? 12 : 0;
  if (field === undefined || length === 0) return [];
  const start = header.at + (mode === 10 ? configuration & 0xff : bytes.at(field.end));
  const meaning = 'message authentication code';
  return [{ start, end: start + length, layer: 'tpl', name: 'tag', meaning, clause: TPL }];
}

function headerMarks(bytes: FrameBytes, marks: Marks, ci: number): void {
  const kind = ciRow(ci)?.header;
  // By radio CI 73 is a compact frame with a long header.
  const long = kind === 'long' || ci === 0x73;
  if (long) {
    const msb = ci === 0x76;
    const id = msb ? firstHigh(bytes, marks.at, 4) : idText(bytes, marks.at);
    marks.take(4, 'tpl', 'ID', `identification number ${id}`, TPL);
    const code = msb
      ? bytes.at(marks.at) * 256 + bytes.at(marks.at + 1)
      : number(bytes, marks.at, 2);
    marks.take(2, 'tpl', 'M', manufacturerLetters(code & 0x7fff), TPL);
    marks.take(1, 'tpl', 'Ver', `version ${bytes.at(marks.at)}`, TPL);
    marks.take(1, 'tpl', 'Type', `device type ${mediumOf(bytes.at(marks.at))}`, TPL);
  }
  if (!long && kind !== 'short') return;
  marks.take(1, 'tpl', 'ACC', `access number ${bytes.at(marks.at)}`, TPL);
  statusMark(bytes, marks, false);
  const configuration = number(bytes, marks.at, 2);
  marks.take(2, 'tpl', 'CF', modeText(configuration), TPL);
  const mode = (configuration >> 8) & 31;
  if (mode === 9) gcmMarks(bytes, marks);
  if (mode !== 7 && mode !== 8 && mode !== 10) return;
  const extension = bytes.at(marks.at);
  marks.take(1, 'tpl', 'CFE', `key derivation ${(extension >> 4) & 3}, key ${extension & 15}`, TPL);
  if (configuration & 0x2000)
    marks.take(4, 'tpl', 'counter', `message counter ${number(bytes, marks.at, 4)}`, TPL);
  if (extension & 0x40) marks.take(1, 'tpl', 'key version', String(bytes.at(marks.at)), TPL);
}

/** From the first CI field to the body; returns the CI field of the application. */
export function transportMarks(bytes: FrameBytes, marks: Marks, wired: boolean): number {
  for (let more = !wired; more && marks.left > 0;) {
    const ci = bytes.at(marks.at);
    if (ci >= 0x8c && ci <= 0x8f) ellMarks(bytes, marks);
    else if (ci === 0x90) aflMarks(bytes, marks);
    else more = false;
  }
  if (marks.left === 0) return 0;
  const ci = bytes.at(marks.at);
  if (ci === 0x86) marks.take(1, 'ell', 'CI', ciName(ci), ELL);
  else marks.take(1, 'tpl', 'CI', ciName(ci), TPL);
  // As assembly/transport.ts tells the fixed structure from a compact frame.
  if (wired && (ci === 0x77 || (ci === 0x73 && marks.left === 16)))
    fixedMarks(bytes, marks, ci === 0x77);
  else headerMarks(bytes, marks, ci);
  return ci;
}

function statusMark(bytes: FrameBytes, marks: Marks, fixed: boolean): void {
  const code = bytes.at(marks.at);
  const flags = statusFlags(code, fixed);
  // EN 1434-3: bit 0 tells binary counters from BCD, bit 1 those stored at a fixed date from actual ones.
  if (fixed)
    flags.unshift(code & 1 ? 'binary counters' : 'BCD counters', code & 2 ? 'stored' : 'actual');
  const words = flags.length === 0 ? 'no flags' : flags.join(', ');
  marks.take(1, 'tpl', 'STS', words, fixed ? FIXED : TPL);
}

/** The old fixed structure's header; its counters are records. */
function fixedMarks(bytes: FrameBytes, marks: Marks, msb: boolean): void {
  const id = msb ? firstHigh(bytes, marks.at, 4) : idText(bytes, marks.at);
  marks.take(4, 'tpl', 'ID', `identification number ${id}`, FIXED);
  marks.take(1, 'tpl', 'ACC', `access number ${bytes.at(marks.at)}`, FIXED);
  statusMark(bytes, marks, true);
  marks.take(2, 'tpl', 'Unit', 'medium and units of both counters', FIXED);
}
