import { APPLICATION_ERRORS } from '../tables/application-error.ts';
import { ciRow } from '../tables/ci.ts';
import type { Telegram } from '../telegram.ts';
import { type FrameBytes, hex2, type Marks, number } from './mark.ts';

const ERROR = 'EN 13757-3 clause 10';
const COMPACT = 'EN 13757-3 annex G';
const CLOCK = 'OMS volume 2, clock synchronisation';
const CHECK = 'EN 13757-7 7';

/** What stands between the header and the records, or in their place. */
export function bodyMarks(
  bytes: FrameBytes,
  marks: Marks,
  ci: number,
  { meter, records, security }: Telegram,
): void {
  const unread = security.state !== 'none' && !/^(decrypted|plain)$/.test(security.state);
  // The fixed structure names no manufacturer.
  const body = ci === 0x73 && meter?.manufacturer !== null ? 'compact' : ciRow(ci)?.body;
  if (unread || marks.left === 0) return;
  if (security.layer === 'tpl' && body !== 'records' && number(bytes, marks.at, 2) === 0x2f2f)
    marks.take(2, 'tpl', 'filler', 'idle: shows that the key fits', CHECK);
  if (body === 'application-error' && marks.left > 0) {
    const code = bytes.at(marks.at);
    const words = APPLICATION_ERRORS[code] ?? `application error ${hex2(code)}`;
    marks.take(1, 'tpl', 'error', words, ERROR);
  }
  if (body === 'compact') {
    const signature = number(bytes, marks.at, 2).toString(16).padStart(4, '0');
    marks.take(2, 'tpl', 'signature', `format ${signature}`, COMPACT);
    marks.take(2, 'tpl', 'CRC', 'of the full frame', COMPACT);
  }
  if (body === 'format') {
    marks.take(1, 'tpl', 'LEN', `${bytes.at(marks.at)} bytes of format`, COMPACT);
    const signature = number(bytes, marks.at, 2).toString(16).padStart(4, '0');
    marks.take(2, 'tpl', 'signature', `format ${signature}`, COMPACT);
  }
  if (body === 'clock' && records[0]?.quantity !== 'application_data') {
    const control = ['set', 'add', 'subtract'][bytes.at(marks.at)] ?? 'reserved';
    marks.take(1, 'tpl', 'TC', `time control: ${control}`, CLOCK);
  }
}
