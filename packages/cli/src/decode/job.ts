import type { Telegram, TelegramIssue } from '@metergram/decoder';
import { parseHex } from './hex.ts';
import { isKey, KEY_DIGITS } from './keys.ts';
import type { Line } from './lines.ts';

/** One telegram to decode, or what kept us from reading it: then `issue` is set and there are no bytes. */
export interface Job {
  /** Line of the input, or ordinal of the argument; the first is 1. */
  readonly line: number;
  readonly bytes?: Uint8Array;
  readonly key?: string;
  /** The date that the meter had, YYYY-MM-DD, for security mode 3. */
  readonly date?: string;
  readonly layer?: 'records';
  /** When it was received, ISO 8601 with a zone, where the input says so. */
  readonly received?: string;
  /** What received it, and how strongly in dBm, where the input says so. */
  readonly device?: string;
  readonly rssi?: number;
  /** A fault of the input. With bytes, these are decoded all the same and the issue is added. */
  readonly issue?: TelegramIssue;
}

/** An instant with its zone, as in `2026-01-15T06:00:03Z`. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** The job of a line of hexadecimal text; nothing for an empty line or one that is all comment. */
export function hexJob(line: Line): Job | undefined {
  if (line.cut) return faulty(line, 'input/too-long', 0, 'the line is too long for a telegram');
  const result = parseHex(line.text);
  if ('code' in result) {
    const hint = line.text.trimStart().startsWith('{')
      ? '; for JSON lines, give --input jsonl'
      : '';
    return faulty(line, result.code, result.offset, result.message + hint);
  }
  if (result.bytes.length === 0) return undefined;
  const [comment = ''] = result.comment.trim().split(/\s/, 1);
  return {
    line: line.number,
    bytes: result.bytes,
    ...(INSTANT.test(comment) ? { received: comment } : {}),
  };
}

/** The job of a line of JSON: every line makes one, whatever is wrong with it. */
export function jsonJob(line: Line): Job {
  if (line.cut) return faulty(line, 'input/too-long', 0, 'the line is too long for a telegram');
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return faulty(line, 'input/not-json', 0, 'the line is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return faulty(line, 'input/not-json', 0, 'the line is no JSON object');
  const { hex, key, layer, time, date, device, rssi_dbm: rssi } = value as Record<string, unknown>;
  if (typeof hex !== 'string')
    return faulty(line, 'input/no-hex', 0, 'the object has no text under "hex"');
  const result = parseHex(hex);
  if ('code' in result) return faulty(line, result.code, result.offset, result.message);
  if (layer !== undefined && layer !== null && layer !== 'records')
    return faulty(line, 'input/unknown-layer', 0, 'layer is "records" or absent');
  if (date !== undefined && date !== null && !isDate(date))
    return faulty(line, 'input/date-malformed', 0, 'date is YYYY-MM-DD, from 2000 to 2080');
  const keyed = key !== undefined && key !== null;
  return {
    line: line.number,
    bytes: result.bytes,
    ...(layer === 'records' ? { layer } : {}),
    ...(typeof date === 'string' ? { date } : {}),
    ...(typeof time === 'string' && INSTANT.test(time) ? { received: time } : {}),
    ...(typeof device === 'string' ? { device } : {}),
    ...(typeof rssi === 'number' ? { rssi } : {}),
    ...(keyed && isKey(key) ? { key } : {}),
    ...(keyed && !isKey(key)
      ? {
          issue: inputIssue('input/key-malformed', 0, `key is ${KEY_DIGITS}; it was left out`),
        }
      : {}),
  };
}

function isDate(text: unknown): boolean {
  if (typeof text !== 'string' || !/^20([0-7]\d|80)-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function faulty(line: Line, code: string, offset: number, message: string): Job {
  return { line: line.number, issue: inputIssue(code, offset, message) };
}

function inputIssue(code: string, offset: number, message: string): TelegramIssue {
  return { code, severity: 'error', layer: 'input', offset, message };
}

/** What stands for a telegram where the input held none: nothing but the issue. */
export function unreadable(issue: TelegramIssue): Telegram {
  return {
    schema: 'metergram.telegram/1',
    link: { kind: 'none', format: null, crc: 'removed', control: null, function: null },
    meter: null,
    security: { mode: 0, layer: null, state: 'none' },
    accessNumber: null,
    status: null,
    records: [],
    issues: [issue],
  };
}
