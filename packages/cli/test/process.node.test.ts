import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The command as it is installed: the built file, in a process of its own. EN 13757-4 annex C.2.
const HEX = '0F44AE0C7856341201074447780B134365871E6D';
const bin = fileURLToPath(new URL('../bin/metergram.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'metergram-process-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  if (!existsSync(fileURLToPath(new URL('../dist/process.js', import.meta.url))))
    throw new Error('npm run build makes what is run here');
});

function metergram(
  args: readonly string[],
  input = '',
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the command, as a process', () => {
  it('decodes, and exits with 0', () => {
    const { code, out, err } = metergram(['decode', HEX]);
    expect(out).toMatch(/CEN 12345678 water .*876\.543 m³/);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('lets no text of a meter run as a formula where its csv is opened as a table', () => {
    // Customer (VIF FD 11) "=1+1", and a temperature below zero, which is a number and stays one.
    const input = '{"hex":"0DFD1104312B313D 0259 9CFF","layer":"records"}\n';
    const { out } = metergram(['decode', '-', '--input', 'jsonl', '--format', 'csv'], input);
    expect(out).toContain("customer,'=1+1,");
    expect(out).toContain('flow_temperature,-1.00,');
  });

  it('says on an older Node that a newer one is needed, and in a line what does not load there', () => {
    // This process's own Node, told that it is Node 20, without the decompressor that came after it.
    const older = `
      import zlib from 'node:zlib';
      import { syncBuiltinESMExports } from 'node:module';
      Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });
      delete zlib.createZstdDecompress;
      syncBuiltinESMExports();`;
    const run = (...args: string[]) =>
      spawnSync(
        process.execPath,
        ['--import', `data:text/javascript,${encodeURIComponent(older)}`, bin, ...args],
        { encoding: 'utf8' },
      );
    const needs =
      'metergram: Node 22.19 or newer is needed; this is Node 20.20.2, and nothing is promised on it';
    for (const words of [
      ['hub', '--help'],
      ['simulate', '--format', 'testhub'],
      ['simulate', '--format=testhub'],
    ]) {
      const { status, stdout, stderr } = run(...words);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr.trimEnd().split('\n')).toEqual([
        needs,
        expect.stringMatching(/^metergram: this cannot be done on it: \S/) as string,
      ]);
    }
    const decoded = run('decode', HEX);
    expect(decoded.stderr).toBe(`${needs}\n`);
    expect(decoded.stdout).toContain('876.543');
    expect(decoded.status).toBe(0);
  });

  it.skipIf(!existsSync('/dev/full'))('exits with 2 where the disk is full, and says so', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [bin, 'decode', HEX], {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect(stderr).toBe('metergram: cannot write the output: ENOSPC\n');
    expect(status).toBe(2);
  });

  it('exits with 1 for a damaged telegram, which it prints', () => {
    const { code, out } = metergram(
      ['decode', '-', '--format', 'jsonl'],
      `${HEX.slice(0, -2)}00\n`,
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ issues: [{ code: 'link/crc', severity: 'error' }] });
  });

  it('exits with 2 and prints nothing for what it cannot follow', () => {
    for (const args of [
      ['decode', '--nothing'],
      ['decode', '/none'],
      ['decode', '--key', 'no key', HEX],
      ['none'],
    ]) {
      const { code, out, err } = metergram(args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).not.toBe('');
      expect(err).not.toContain('no key"');
    }
  });

  it('ends in silence when its reader has gone', async () => {
    const child = spawn(process.execPath, [bin, 'decode', '-', '--format', 'jsonl'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdin.on('error', () => {}); // it may be gone before it has read all
    child.stdin.end(`${HEX}\n`.repeat(50_000));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('answers each line as it comes, while the input stays open', async () => {
    const child = spawn(process.execPath, [bin, 'decode', '-', '--format', 'jsonl']);
    try {
      for (const _ of [1, 2]) {
        const line = new Promise<string>((resolve) => {
          child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
        });
        child.stdin.write(`${HEX}\n`);
        expect(JSON.parse(await line)).toMatchObject({ meter: { id: '12345678' } });
      }
    } finally {
      child.stdin.end();
    }
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  });

  it('keeps to bounded memory over a long file', () => {
    const file = join(folder, 'long.hex');
    writeFileSync(file, `${HEX}\n`.repeat(200_000));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      // Holding the lines, or their telegrams (some 400 MB of objects), would not fit.
      ['--max-old-space-size=48', bin, 'decode', file, '--format', 'jsonl'],
      { encoding: 'buffer', maxBuffer: 1 << 28 },
    );
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
    let lines = 0;
    for (const byte of stdout) if (byte === 10) lines++;
    expect(lines).toBe(200_000);
  });
});
