import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { memoryIo } from './memory-io.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metergram-simulate-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function command(
  argv: readonly string[],
  stdin = '',
): Promise<{ code: number; out: string; err: string }> {
  const { io, out, err } = memoryIo({ stdin });
  const code = await main(argv, io);
  return { code, out: out(), err: err() };
}

describe('metergram simulate', () => {
  it('makes telegrams that metergram decode reads with the keys beside them', async () => {
    const keys = join(folder, 'keys.csv');
    const made = await command(['simulate', '--keys', keys, '--count', '400']);
    expect(made.code).toBe(0);
    expect(made.out.trimEnd().split('\n').length).toBe(400);
    const listed = await readFile(keys, 'utf8');
    for (const row of listed.trimEnd().split('\n').slice(1)) {
      expect(made.out + made.err).not.toContain(row.split(',')[2]);
    }
    expect((await stat(keys)).mode & 0o077).toBe(0);
    const read = await command(['decode', '-', '--keys', keys, '--format', 'jsonl'], made.out);
    const telegrams = read.out
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            security: { mode: number; state: string };
            issues: { severity: string }[];
          },
      );
    const faulty = telegrams.filter(({ issues }) =>
      issues.some(({ severity }) => severity === 'error'),
    );
    // Damage is a matter of one in a hundred.
    expect(faulty.length).toBeLessThan(20);
    expect(new Set(telegrams.map(({ security }) => security.state)).has('decrypted')).toBe(true);
  });

  it('gives the same again, and another fleet for another seed', async () => {
    const [a, b, c] = [
      await command(['simulate', '--count', '50']),
      await command(['simulate', '--count', '50']),
      await command(['simulate', '--count', '50', '--seed', '2']),
    ];
    expect(a.out).toBe(b.out);
    expect(c.out).not.toBe(a.out);
  });

  it('takes its own example as description, from a file or from standard input', async () => {
    const { out: example } = await command(['simulate', '--example']);
    const file = join(folder, 'fleet.json');
    await writeFile(file, example);
    const named = await command(['simulate', file, '--format', 'jsonl', '--count', '20']);
    const piped = await command(['simulate', '-', '--format', 'jsonl', '--count', '20'], example);
    expect(piped.out).toBe(named.out);
    for (const line of named.out.trimEnd().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({
        hex: expect.stringMatching(/^([0-9a-f]{2})+$/),
        time: expect.stringMatching(/Z$/),
        manufacturer: 'XMG',
      });
    }
  });

  it('tells each fault of a description with its place', async () => {
    const fleet = { start: '2026-01-01', end: 'x', meters: [{ count: 1, medium: 'tea' }] };
    const { code, out, err } = await command(['simulate', '-'], JSON.stringify(fleet));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('simulate/bad-time at /start');
    expect(err).toContain('simulate/bad-meter at /meters/0/medium');
  });

  it.each([
    [['simulate', '--count', 'many'], '--count is a whole number'],
    [['simulate', '--formt', 'hex'], 'did you mean --format?'],
    [['simulate', 'no-such-file.json'], 'cannot be read (ENOENT)'],
    [['simulate', '-'], 'is no JSON'],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await command(argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
