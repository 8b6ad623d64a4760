import {
  createDecoderSync,
  DEFAULT_KEYS,
  type Decoder,
  type DecodeOptions,
  type KeyEntry,
  type TelegramIssue,
} from '@metergram/decoder';
import { explain, type Explanation } from '@metergram/decoder/explain';
import { restoreFormats, saveFormats } from '@metergram/decoder/formats';
import { namedRecords } from '@metergram/decoder/meaning';
import { hexJob, type Job, jsonJob, unreadable } from '../../../../packages/cli/src/decode/job.ts';
import { isKey, parseKeys } from '../../../../packages/cli/src/decode/keys.ts';

/** A line of the input, decoded, with every byte accounted for. */
export interface ExplainedTelegram extends Explanation {
  readonly line: number;
  readonly received: string | undefined;
  /** A name for each record, in their order: `energy_import_total`. */
  readonly names: readonly string[];
  /** For each run of bytes the records that it belongs to, by index. */
  readonly recordsOf: readonly (readonly number[])[];
}

export interface Reading {
  readonly telegrams: readonly ExplainedTelegram[];
  /** Lines that were not looked at because there were too many. */
  readonly left: number;
}

/** More would make a page that nobody can read. */
export const MOST_TELEGRAMS = 1000;
const LONGEST_LINE = 1 << 18;

/**
 * The keys of a text: what `metergram decode --keys` reads, or a key alone on a line, which is tried on every meter.
 *
 * @throws UsageError that names the line, never the key.
 */
export function keysOf(text: string): KeyEntry[] {
  const lines = text.split(/\r?\n/);
  const bare = lines.map((line) => line.trim()).filter((line) => isKey(line));
  const rest = lines.map((line) => (isKey(line.trim()) ? '' : line)).join('\n');
  return [...bare.map((key) => ({ manufacturer: '*', id: '*', key })), ...parseKeys(rest, 'Keys,')];
}

/** Whether a file holds keys rather than telegrams, by its first line that says something. */
export function holdsKeys(text: string): boolean {
  const first = text.split(/\r?\n/).find((line) => /^[^#\s]/.test(line.trim())) ?? '';
  return first.trimStart().startsWith('{')
    ? /"key"/.test(first) && !/"hex"/.test(first)
    : /\bkey\b/i.test(first);
}

/**
 * Every telegram of a text, one a line. All are read twice: a compact frame may come before the full frame that teaches
 * its format.
 */
export function telegramsOf(text: string, keys: readonly KeyEntry[], defaults: boolean): Reading {
  const jobs = text.split(/\r?\n/).flatMap((line, index) => {
    const given = { number: index + 1, text: line, cut: line.length > LONGEST_LINE };
    if (line.trim() === '') return [];
    const job = line.trimStart().startsWith('{') ? jsonJob(given) : hexJob(given);
    return job === undefined ? [] : [job];
  });
  const shown = jobs.slice(0, MOST_TELEGRAMS);
  const decoder = createDecoderSync({ keys: [...(defaults ? DEFAULT_KEYS : []), ...keys] });
  try {
    for (const { bytes, ...job } of shown)
      if (bytes !== undefined) decoder.decode(bytes, optionsOf(job));
    const formats = saveFormats(decoder);
    decoder.forget();
    restoreFormats(decoder, formats);
    return {
      telegrams: shown.map((job) => explained(decoder, job)),
      left: jobs.length - shown.length,
    };
  } finally {
    decoder.wipeKeys();
  }
}

function optionsOf({ key, layer }: Pick<Job, 'key' | 'layer'>): DecodeOptions {
  return { ...(key === undefined ? {} : { key }), ...(layer === undefined ? {} : { layer }) };
}

function explained(decoder: Decoder, job: Job): ExplainedTelegram {
  const { telegram, bytes } =
    job.bytes === undefined
      ? { telegram: unreadable(job.issue as TelegramIssue), bytes: [] }
      : explain(decoder, job.bytes, optionsOf(job));
  const noted =
    job.bytes === undefined || job.issue === undefined
      ? telegram
      : { ...telegram, issues: [...telegram.issues, job.issue] };
  return {
    line: job.line,
    received: job.received,
    telegram: noted,
    bytes,
    names: [...namedRecords(telegram).keys()],
    recordsOf: recordsByBytes({ telegram, bytes }),
  };
}

/** CRCs stand between the bytes of a record and are none of them. */
function recordsByBytes({ telegram, bytes }: Explanation): number[][] {
  const owners = bytes.map((): number[] => []);
  telegram.records.forEach((record, index) => {
    if (record.origin === 'compact' || record.origin === 'fragments') return;
    let left = (record.dib.length + record.vib.length + record.raw.length) / 2;
    for (const [i, { offset, hex, layer }] of bytes.entries()) {
      if (left <= 0) break;
      if (offset < record.offset || (layer !== 'records' && layer !== 'vendor')) continue;
      owners[i]?.push(index);
      left -= hex.length / 2;
    }
  });
  return owners;
}
