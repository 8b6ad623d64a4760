import type { Telegram } from '@metergram/decoder';
import { encoded } from '@metergram/decoder/encode';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from '../../src/decode/command.ts';
import { UsageError } from '../../src/usage.ts';
import { memoryIo } from '../memory-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'metergram-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = '0102030405060708090a0b0c0d0e0f11';
const line = (counter: number, minute: string): string => {
  const bytes = encoded({
    meter: { manufacturer: 'ELS', id: '12345678', medium: 'water' },
    transport: { accessNumber: counter, security: { mode: 7, key: KEY, counter } },
    records: [{ quantity: 'volume', unit: 'm3', value: `${counter}.500` }],
  });
  return `${Buffer.from(bytes).toString('hex')} # 2026-01-15T06:${minute}:00Z`;
};

async function decode(
  lines: readonly string[],
  ...options: string[]
): Promise<{ code: number; codes: string[][]; err: string }> {
  const { io, out, err } = memoryIo({ stdin: lines.join('\n') });
  const code = await run(['-', '--key', KEY, '--format', 'jsonl', ...options], io);
  const telegrams = out()
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text) as Telegram);
  return {
    code,
    codes: telegrams.map(({ issues }) => issues.map((issue) => issue.code)),
    err: err(),
  };
}

const LINES = [line(7, '00'), line(7, '00'), line(8, '10'), line(7, '20')];

it('--replay tells new telegrams, duplicates and replays apart', async () => {
  const { code, codes, err } = await decode(LINES, '--replay');
  expect(codes).toEqual([[], ['replay/duplicate'], [], ['replay/replayed']]);
  expect(code).toBe(1);
  expect(err).toContain('replay: 2 new, 1 duplicates, 1 replays, 0 not checked');
  expect((await decode(LINES)).codes).toEqual([[], [], [], []]);
});

it('--replay-state goes on from what an earlier run knew', async () => {
  const state = join(folder, 'state.json');
  const first = await decode(LINES.slice(0, 3), '--replay-state', state);
  expect(first.codes).toEqual([[], ['replay/duplicate'], []]);
  expect(readFileSync(state, 'utf8')).not.toContain(KEY);
  expect(existsSync(`${state}.new`)).toBe(false);
  expect((await decode(LINES.slice(3), '--replay-state', state)).codes).toEqual([
    ['replay/replayed'],
  ]);
  expect((await decode([line(9, '30')], '--replay-state', state)).code).toBe(0);
});

it('refuses a state that is none, a place where none can be written, and to explain', async () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"schema":"metergram.replay/1","meters":[["ELS-');
  await expect(decode(LINES, '--replay-state', broken)).rejects.toThrow('not the state');
  expect(readFileSync(broken, 'utf8')).toContain('ELS-');
  const nowhere = join(folder, 'no', 'state.json');
  await expect(decode(LINES, '--replay-state', nowhere)).rejects.toThrow(UsageError);
  await expect(decode(LINES, '--replay', '--format', 'explain')).rejects.toThrow(UsageError);
});

it('a reading of a telegram that was played again is none', async () => {
  const { io, out } = memoryIo({ stdin: LINES.join('\n') });
  await run(['-', '--key', KEY, '--format', 'readings', '--replay'], io);
  expect(out().trim().split('\n').slice(1)).toEqual([
    'ELS-12345678,2026-01-15T06:00:00.000Z,7.500,m3',
    'ELS-12345678,2026-01-15T06:00:00.000Z,7.500,m3',
    'ELS-12345678,2026-01-15T06:10:00.000Z,8.500,m3',
  ]);
});
