import type { Telegram } from '@metergram/decoder';
import { encoded } from '@metergram/decoder/encode';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { run } from '../../src/decode/command.ts';
import { UsageError } from '../../src/usage.ts';
import { memoryIo } from '../memory-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'metergram-profile-'));
afterAll(() => rmSync(folder, { recursive: true }));
const OWN = join(folder, 'own.json');
writeFileSync(
  OWN,
  JSON.stringify([
    {
      name: 'own',
      title: 'Own',
      source: 'this test',
      match: [{ manufacturer: 'KAM' }],
      reading: { quantity: 'volume', tariff: 1 },
    },
  ]),
);

const bytes = encoded({
  meter: { manufacturer: 'KAM', id: '12345678', version: 0x1b, mediumCode: 0x16 },
  body: '02ff200400041340e2010084101301000000',
});
const LINE = `${Buffer.from(bytes).toString('hex')} # 2026-01-15T06:00:00Z`;

async function decode(...options: string[]): Promise<string> {
  const { io, out } = memoryIo({ stdin: LINE });
  await run(['-', ...options], io);
  return out();
}

it('--profiles names the bits of a record, in the table too; without it nothing is added', async () => {
  const [telegram] = JSON.parse(await decode('--profiles', '--format', 'json')) as [Telegram];
  expect(telegram.profile).toBe('kamstrup-water');
  expect(telegram.records[0]!.flags).toEqual(['leak']);
  expect(await decode('--profiles')).toMatch(/info flags.* leak/);
  expect(await decode('--format', 'json')).not.toMatch(/"profile"|"flags":\["leak"\]/);
});

it('--profile FILE comes before the profiles of the package, and chooses the reading', async () => {
  const readings = async (...options: string[]): Promise<string | undefined> =>
    (await decode('--format', 'readings', ...options)).split('\n')[1];
  expect(await readings()).toBe('KAM-12345678,2026-01-15T06:00:00.000Z,123.456,m3');
  expect(await readings('--profile', OWN)).toBe('KAM-12345678,2026-01-15T06:00:00.000Z,0.001,m3');
});

it('refuses a file of profiles that is none, with the place', async () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '[{"name":"own","title":"","source":"","match":[{"manufacturer":"kam"}]}]');
  await expect(decode('--profile', broken)).rejects.toThrow('/0/match/0/manufacturer');
  await expect(decode('--profile', join(folder, 'none.json'))).rejects.toThrow(UsageError);
});
