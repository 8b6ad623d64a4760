import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { generatedIds, type GeneratedPoints, startTestHub } from '@metergram/datahub/testing';
import { data } from './setup.ts';

// The command, and the hub that it serves, in processes of their own, as they are installed.
const bin = fileURLToPath(new URL('../../bin/metergram.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'metergram-hub-process-'));
const at = (name: string): string => join(folder, name);

afterAll(() => rmSync(folder, { recursive: true }));

describe('metergram hub, killed', () => {
  it('goes on in another process without a gap', async () => {
    const slow = await startTestHub({ hub: 'eloverblik', data });
    try {
      await slow.clock.advance(60_000);
      writeFileSync(at('ca.pem'), slow.certificates.ca);
      writeFileSync(
        at('killed.json'),
        JSON.stringify({ eloverblik: { refreshToken: slow.credentials['customerRefreshToken'] } }),
        { mode: 0o600 },
      );
      const ids = generatedIds(data.generate[0] as GeneratedPoints);
      const words = [
        'hub',
        'series',
        '--hub',
        'eloverblik',
        '--from',
        '2026-10-01',
        '--to',
        '2026-11-01',
      ];
      const reachSlow = [
        '--origin',
        slow.origin,
        '--ca',
        at('ca.pem'),
        '--credentials',
        at('killed.json'),
      ];
      const start = () =>
        spawn(process.execPath, [bin, ...words, ...ids, ...reachSlow, '--resume', at('killed')], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
      // The second bundle's answer never comes whole: the process is killed while it waits for it.
      await slow.faults([
        {
          path: 'gettimeseries',
          body: ids[10] as string,
          times: null,
          fault: { kind: 'slow', milliseconds: 600_000 },
        },
      ]);
      const first = start();
      let out = '';
      first.stdout.on('data', (part: Buffer) => (out += part.toString()));
      while (!existsSync(at('killed'))) await new Promise((resolve) => setTimeout(resolve, 20));
      first.kill('SIGKILL');
      await new Promise((resolve) => first.once('close', resolve));
      await slow.faults([]);
      const second = start();
      second.stdout.on('data', (part: Buffer) => (out += part.toString()));
      expect(await new Promise((resolve) => second.once('close', resolve))).toBe(0);
      const rows = out.trimEnd().split('\n');
      expect(rows).toHaveLength(1 + 12 * (31 * 24 + 1));
      expect(new Set(rows).size).toBe(rows.length);
      expect(existsSync(at('killed'))).toBe(false);
    } finally {
      await slow.stop();
    }
  });
});

describe('metergram hub serve', () => {
  it('serves to the installed command, in processes of their own', async () => {
    const { generate } = data;
    writeFileSync(at('data.json'), JSON.stringify({ generate }));
    const words = ['hub', 'serve', 'eloverblik', '--data', at('data.json'), '--out', at('out')];
    const server = spawn(process.execPath, [bin, ...words, '--until-stdin-ends'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    try {
      const line = await new Promise<string>((resolve, reject) => {
        createInterface({ input: server.stdout }).once('line', resolve);
        server.once('exit', () => reject(new Error('did not start')));
      });
      const { origin } = JSON.parse(line) as { origin: string };
      for (const name of ['credentials.json', 'client-good.key'])
        expect(statSync(at(`out/${name}`)).mode & 0o077).toBe(0);
      // Address, authority and clock stand beside the credential.
      const own = ['--credentials', at('out/credentials.json')];
      const read = (
        more: readonly string[],
      ): Promise<{ code: number | null; out: string; err: string }> =>
        new Promise((resolve) => {
          const child = spawn(process.execPath, [
            bin,
            'hub',
            'points',
            '--hub',
            'eloverblik',
            ...own,
            ...more,
          ]);
          let out = '';
          let err = '';
          child.stdout.on('data', (part: Buffer) => (out += part.toString()));
          child.stderr.on('data', (part: Buffer) => (err += part.toString()));
          child.once('close', (code) => resolve({ code, out, err }));
        });
      const good = await read([]);
      expect(good).toMatchObject({ code: 0, err: '' });
      expect(good.out.trimEnd().split('\n')).toHaveLength(13);
      // Without its authority the hub is a stranger, and no token is sent to it.
      const file = JSON.parse(readFileSync(at('out/credentials.json'), 'utf8')) as {
        eloverblik: Record<string, unknown>;
      };
      expect(file.eloverblik['origin']).toBe(origin);
      delete file.eloverblik['caFile'];
      writeFileSync(at('out/credentials.json'), JSON.stringify(file));
      const stranger = await read([]);
      expect(stranger).toMatchObject({ code: 1, out: '' });
      expect(stranger.err).toContain('hub/network');
    } finally {
      const gone = new Promise((resolve) => {
        server.once('exit', resolve);
      });
      server.stdin.end();
      await gone;
    }
  });
});
