import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TimeSeries } from '@metergram/model';
import { toCsv } from '@metergram/model/csv';
import { afterAll, expect, it } from 'vitest';
import { run } from '../../src/hub/command.ts';
import { UsageError } from '../../src/usage.ts';
import { memoryIo } from '../memory-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'metergram-file-'));
const file = join(folder, 'values.csv');
afterAll(() => rmSync(folder, { recursive: true }));

const hour = (at: number): string => `2026-01-01T0${at}:00:00Z`;
const series = {
  meteringPoint: '735999000000000004',
  quantity: 'energy',
  unit: 'kWh',
  direction: 'consumption',
  basis: 'metered',
  resolution: 'PT1H',
  points: [
    { start: hour(0), end: hour(1), value: '1.250', quality: 'measured' },
    { start: hour(1), end: hour(2), value: null, quality: 'missing' },
    { start: hour(2), end: hour(3), value: '0.750', quality: 'measured' },
  ],
} as unknown as TimeSeries;
writeFileSync(file, toCsv([series]));

it('files stand in the place of a hub, and what is missing stays so', async () => {
  const { io, out } = memoryIo();
  const code = await run(
    [
      'series',
      '--hub',
      'file',
      '--file',
      file,
      '--from',
      hour(0),
      '--to',
      hour(3),
      '735999000000000004',
    ],
    io,
  );
  expect(code).toBe(0);
  const lines = out().trim().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('1.250');
  expect(lines[2]).toContain('missing');
  expect(lines[2]).not.toMatch(/,0[.,]/);
  expect(lines[3]).toContain('0.750');
});

it('names the points of its files, and wants a file', async () => {
  const { io, out } = memoryIo();
  expect(await run(['points', '--hub', 'file', '--file', file], io)).toBe(0);
  expect(out()).toContain('735999000000000004');
  await expect(run(['points', '--hub', 'file'], memoryIo().io)).rejects.toThrow(UsageError);
});
