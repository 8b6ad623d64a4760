import type { Decoder } from '@metergram/decoder';
import type { ExplainedBytes, Explanation } from '@metergram/decoder/explain';
import { explain } from '@metergram/decoder/explain';
import { type Paint, printable, wrap } from '../terminal.ts';
import { type Job, unreadable } from './job.ts';

/** Bytes of one line of hexadecimal text. */
const BYTES = 8;
const HEX = BYTES * 3 - 1;
const NAME = 11;

/** What is said of a job: an explanation, or nothing but the fault of its input. */
export function explainJob(decoder: Decoder, job: Job): Explanation {
  if (job.bytes === undefined) return { telegram: unreadable(job.issue!), bytes: [] };
  const explanation = explain(decoder, job.bytes, {
    ...(job.key === undefined ? {} : { key: job.key }),
    ...(job.layer === undefined ? {} : { layer: job.layer }),
    ...(job.date === undefined ? {} : { date: job.date }),
  });
  if (job.issue === undefined) return explanation;
  const { telegram } = explanation;
  return { ...explanation, telegram: { ...telegram, issues: [job.issue, ...telegram.issues] } };
}

const spaced = (hex: string): string => hex.replaceAll(/(..)(?=.)/g, '$1 ');

function lines(hex: string): string[] {
  const all = spaced(hex);
  return Array.from({ length: Math.max(1, Math.ceil(hex.length / (2 * BYTES))) }, (_, i) =>
    all.slice(i * (HEX + 1), i * (HEX + 1) + HEX),
  );
}

/** One line for each field, more where bytes or words need them; a heading where the layer changes. */
export function explanationText(
  { telegram, bytes }: Explanation,
  line: number,
  paint: Paint,
  width = 100,
): string {
  const meter = telegram.meter;
  const title =
    meter === null ? 'no meter' : `${meter.manufacturer ?? '---'} ${meter.id} ${meter.medium}`;
  const out = [paint('bold', `telegram ${line}: ${title}, ${telegram.link.kind}`)];
  let layer = '';
  for (const field of bytes) {
    if (field.layer !== layer) out.push(paint('cyan', `  ${field.layer}`));
    layer = field.layer;
    out.push(...fieldLines(field, paint, width));
  }
  for (const { code, severity, offset, message } of telegram.issues)
    out.push(
      `  ${paint(severity === 'error' ? 'red' : 'yellow', `${severity} ${code}`)} at byte ${offset}: ${message}`,
    );
  return `${out.join('\n')}\n\n`;
}

function fieldLines(field: ExplainedBytes, paint: Paint, width: number): string[] {
  const left = lines(field.hex);
  const plain = field.plain === undefined ? [] : lines(field.plain).map((text) => `= ${text}`);
  const room = Math.max(20, width - 7 - HEX - 3 - NAME - 1);
  const clause = field.clause === '' ? '' : ` (${field.clause})`;
  const words = wrap(printable(field.meaning) + clause, room);
  const bytes = [...left, ...plain];
  return Array.from({ length: Math.max(bytes.length, words.length) }, (_, i) => {
    const offset = i === 0 ? String(field.offset).padStart(5) : '     ';
    const hex = (bytes[i] ?? '').padEnd(HEX + 2);
    const name = (i === 0 ? field.name : '').padEnd(NAME);
    return `${paint('dim', offset)}  ${i < left.length ? hex : paint('green', hex)} ${paint('bold', name)} ${words[i] ?? ''}`.trimEnd();
  });
}
