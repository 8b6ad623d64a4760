import { APPLICATION_ERRORS } from '../tables/application-error.ts';
import { controlName } from '../tables/control.ts';
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

/** Names of the CI fields that telegrams of meters have (EN 13757-7 table 2). */
const CI: Readonly<Record<number, string>> = {
  0x50: 'application reset',
  0x51: 'command to a meter',
  0x5a: 'command to a meter, short header',
  0x5b: 'command to a meter, long header',
  0x69: 'format frame',
  0x6a: 'format frame, short header',
  0x6b: 'format frame, long header',
  0x6e: 'application error, short header',
  0x6f: 'application error, long header',
  0x70: 'application error',
  0x71: 'alarm',
  0x72: 'response of a meter, long header',
  0x73: 'fixed data structure, or compact frame with a long header',
  0x74: 'alarm, short header',
  0x75: 'alarm, long header',
  0x76: 'response of a meter, most significant byte first',
  0x77: 'fixed data structure, most significant byte first',
  0x78: 'response of a meter, no header',
  0x79: 'compact frame',
  0x7a: 'response of a meter, short header',
  0x7b: 'compact frame, short header',
  0x86: 'extended link layer V',
  0x8a: 'transport layer without application data, short header',
  0x8b: 'transport layer without application data, long header',
  0x8c: 'extended link layer I',
  0x8d: 'extended link layer II',
  0x8e: 'extended link layer III',
  0x8f: 'extended link layer IV',
  0x90: 'authentication and fragmentation layer',
};
const LONG = new Set([0x53, 0x5b, 0x6b, 0x6f, 0x72, 0x73, 0x75, 0x76, 0x80, 0x84, 0x85, 0x8b]);
const SHORT = new Set([0x5a, 0x6a, 0x6e, 0x74, 0x7a, 0x7b, 0x8a]);
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
const COMPACT = new Set([0x73, 0x79, 0x7b]);
const ERRORS = new Set([0x6e, 0x6f, 0x70]);

export const ciName = (ci: number): string =>
  CI[ci] ?? (ci >= 0xa0 && ci <= 0xb7 ? 'manufacturer specific' : 'no layout known');

const idText = (bytes: FrameBytes, at: number): string =>
  number(bytes, at, 4).toString(16).padStart(8, '0');

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
  if (LONG.has(ci)) {
    const msb = ci === 0x76;
    const id = msb
      ? Array.from({ length: 4 }, (_, i) => hex2(bytes.at(marks.at + i))).join('')
      : idText(bytes, marks.at);
    marks.take(4, 'tpl', 'ID', `identification number ${id}`, TPL);
    const code = msb
      ? bytes.at(marks.at) * 256 + bytes.at(marks.at + 1)
      : number(bytes, marks.at, 2);
    marks.take(2, 'tpl', 'M', manufacturerLetters(code & 0x7fff), TPL);
    marks.take(1, 'tpl', 'Ver', `version ${bytes.at(marks.at)}`, TPL);
    marks.take(1, 'tpl', 'Type', `device type ${mediumOf(bytes.at(marks.at))}`, TPL);
  }
  if (!LONG.has(ci) && !SHORT.has(ci)) return;
  marks.take(1, 'tpl', 'ACC', `access number ${bytes.at(marks.at)}`, TPL);
  const flags = statusFlags(bytes.at(marks.at));
  marks.take(1, 'tpl', 'STS', flags.length === 0 ? 'no flags' : flags.join(', '), TPL);
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
  if (ci === 0x73 && wired) {
    marks.take(4, 'tpl', 'ID', `identification number ${idText(bytes, marks.at)}`, 'EN 1434-3');
    marks.take(1, 'tpl', 'ACC', `access number ${bytes.at(marks.at)}`, 'EN 1434-3');
    marks.take(1, 'tpl', 'STS', `status ${hex2(bytes.at(marks.at))}`, 'EN 1434-3');
    marks.take(2, 'tpl', 'Unit', 'medium and units of both counters', 'EN 1434-3');
    return ci;
  }
  headerMarks(bytes, marks, ci);
  if (ERRORS.has(ci) && marks.left > 0) {
    const code = bytes.at(marks.at);
    const words = APPLICATION_ERRORS[code] ?? `application error ${hex2(code)}`;
    marks.take(1, 'tpl', 'error', words, 'EN 13757-3 clause 10');
  }
  if (COMPACT.has(ci)) {
    const signature = number(bytes, marks.at, 2).toString(16).padStart(4, '0');
    marks.take(2, 'tpl', 'signature', `format ${signature}`, 'EN 13757-3 annex G');
    marks.take(2, 'tpl', 'CRC', 'of the full frame', 'EN 13757-3 annex G');
  }
  return ci;
}
