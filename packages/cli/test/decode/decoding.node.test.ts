import { createDecoderSync } from '@metergram/decoder';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeJobs, type TelegramDecoder } from '../../src/decode/decoding.ts';
import { hexJob, type Job, jsonJob } from '../../src/decode/job.ts';
import { parseKeys } from '../../src/decode/keys.ts';

const folder = new URL('../../../../examples/node/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const keys = parseKeys(read('keys.csv'), 'keys.csv');
const lines = read('capture.txt').trimEnd().split('\n').slice(2, 120);

const job = (text: string, number: number): Job => hexJob({ number, text, cut: false })!;
/** The same telegram, asked for with a key of its own that does not fit, and a line that holds none. */
const special = (text: string, number: number): Job[] => [
  jsonJob({
    number,
    text: JSON.stringify({ hex: text.split(' ')[0], key: '00'.repeat(16) }),
    cut: false,
  }),
  jsonJob({ number, text: 'no telegram', cut: false }),
];

/** Decodes every telegram alone. */
function oneByOne(decoder: TelegramDecoder, jobs: readonly Job[]): unknown[] {
  return jobs.flatMap((one) => [...decodeJobs(decoder, [one])].map(([, telegram]) => telegram));
}

describe('decoding many lines at once', () => {
  it('gives what decoding them one by one gives, in the same order', () => {
    const mixed = fc.array(
      fc.tuple(fc.nat(lines.length - 1), fc.nat(9)).map(([index, kind]) => {
        const text = lines[index]!;
        return kind === 0 ? special(text, index + 1) : [job(text, index + 1)];
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(mixed, (parts) => {
        const jobs = parts.flat();
        const answers = [...decodeJobs(createDecoderSync({ keys }), jobs)];
        expect(answers.map(([given]) => given)).toEqual(jobs);
        expect(answers.map(([, telegram]) => telegram)).toEqual(
          oneByOne(createDecoderSync({ keys }), jobs),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('gets over a batch that comes back empty', () => {
    const decoder = createDecoderSync({ keys });
    const empty: TelegramDecoder = {
      decode: (bytes, options) => decoder.decode(bytes, options),
      decodeBatch: () => ({
        length: 0,
        telegram: () => {
          throw new RangeError('there is none');
        },
      }),
    };
    const jobs = lines.slice(0, 3).map(job);
    expect([...decodeJobs(empty, jobs)].map(([, telegram]) => telegram)).toEqual(
      oneByOne(decoder, jobs),
    );
  });
});
