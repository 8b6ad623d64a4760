import type { Telegram } from '@metergram/decoder';
import { encodeAll } from '@metergram/decoder/encode';
import { expect, it } from 'vitest';
import { run } from '../../src/decode/command.ts';
import { memoryIo } from '../memory-io.ts';

const result = encodeAll({
  link: { kind: 'wired-long' },
  meter: { manufacturer: 'ELS', id: '12345678', medium: 'heat' },
  records: [
    { quantity: 'energy', unit: 'Wh', value: '1234000' },
    { quantity: 'volume', unit: 'm3', value: '56.789' },
    { quantity: 'flow_temperature', unit: '°C', value: '71.2' },
  ],
  split: 14,
});
const LINES = (result.ok ? result.telegrams : []).map((bytes) =>
  Buffer.from(bytes).toString('hex'),
);

async function decode(
  lines: readonly string[],
  format: string,
): Promise<{ code: number; out: string; err: string }> {
  const { io, out, err } = memoryIo({ stdin: lines.join('\n') });
  const code = await run(['-', '--join', '--format', format], io);
  return { code, out: out(), err: err() };
}

it('--join gives the records of a sequence with its last telegram', async () => {
  expect(LINES).toHaveLength(2);
  const { code, out } = await decode(LINES, 'jsonl');
  const telegrams = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Telegram);
  expect(telegrams.map(({ records }) => records.length)).toEqual([0, 3]);
  expect(telegrams[0]!.issues.map((issue) => issue.code)).toEqual(['transport/incomplete']);
  expect(telegrams[1]!.records.map(({ origin }) => origin ?? null)).toEqual([
    'telegrams',
    'telegrams',
    null,
  ]);
  expect(code).toBe(0);
});

it('a sequence that is not complete is printed as far as it came, or told', async () => {
  const table = await decode(LINES.slice(0, 1), 'json');
  const telegrams = JSON.parse(table.out) as Telegram[];
  expect(telegrams.map(({ records }) => records.length)).toEqual([0, 2]);
  expect(telegrams[1]!.issues.map((issue) => issue.code)).toContain('transport/sequence-gap');
  expect(table.code).toBe(1);
  const lines = await decode(LINES.slice(0, 1), 'jsonl');
  expect(lines.out.trim().split('\n')).toHaveLength(1);
  expect(lines.err).toContain('ELS 12345678: the sequence was not completed; its 2 records');
  expect(lines.code).toBe(1);
});

it('--join is no option of explanations', async () => {
  await expect(decode(LINES, 'explain')).rejects.toThrow('--join');
});
