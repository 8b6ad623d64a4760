import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin } from './processes.ts';
import { main } from '../../src/main.ts';
import { helpOf, VERBS } from '../../src/hub/help.ts';
import { memoryIo } from '../memory-io.ts';

// What the help teaches is typed as it stands there, in a shell, with the installed command on the path.
const folder = mkdtempSync(join(tmpdir(), 'metergram-help-'));
const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` };

beforeAll(() => {
  spawnSync('mkdir', ['-p', join(folder, 'bin')]);
  const shim = join(folder, 'bin', 'metergram');
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  chmodSync(shim, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function printed(...argv: readonly string[]): Promise<string> {
  const { io, out } = memoryIo();
  expect(await main(argv, io)).toBe(0);
  return out();
}

/** Lines that are indented by four, behind a heading; a line that ends in `\` goes on. */
function block(page: string, heading: string): string[] {
  const after = page.split(`${heading}\n`)[1] ?? '';
  const lines: string[] = [];
  for (const line of after.split('\n')) {
    if (!line.startsWith('    ')) break;
    if (lines.at(-1)?.endsWith('\\') === true)
      lines[lines.length - 1] = `${lines.at(-1)}\n${line.trim()}`;
    else lines.push(line.trim());
  }
  return lines;
}

function shell(command: string, more: NodeJS.ProcessEnv = {}): ReturnType<typeof spawnSync> {
  return spawnSync('sh', ['-ec', command], {
    cwd: folder,
    env: { ...env, ...more },
    encoding: 'utf8',
    timeout: 60_000,
  });
}

describe.skipIf(process.platform === 'win32')('metergram hub VERB --help', () => {
  it.each([...VERBS])(
    '%s has an example that works as printed',
    async (verb) => {
      const page = await printed('hub', verb, '--help');
      expect(page).toBe(helpOf(verb));
      const first = block(page, 'in one terminal, a hub to try it on:');
      const second = block(page, 'in another:');
      expect(first.length).toBeGreaterThan(1);
      expect(second.some((line) => line.startsWith('metergram hub'))).toBe(true);
      for (const line of first.slice(0, -1)) expect(shell(line)).toMatchObject({ status: 0 });
      const server = spawn('sh', ['-c', `exec ${first.at(-1)}`], { cwd: folder, env });
      try {
        await once(createInterface({ input: server.stdout }), 'line');
        const { status, stdout, stderr } = shell(second.join('\n'));
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        // A header alone would teach nothing.
        expect(String(stdout).split('\n').length).toBeGreaterThan(2);
      } finally {
        const gone = once(server, 'exit');
        server.kill('SIGTERM');
        await gone;
      }
    },
    120_000,
  );

  it('has a page for all of them, whose examples ask the hub with a credential', async () => {
    const page = await printed('hub', '--help');
    for (const verb of VERBS) expect(page).toContain(`  ${verb}`);
    const lines = page.split('examples, with a credential\n')[1]!.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    writeFileSync(join(folder, 'points.csv'), 'meteringPoint,kind\n571313100000000003,x\n');
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    listener.close();
    // Nobody listens there any more: the command was understood, and went as far as the network.
    for (const line of lines) {
      const nowhere = `${line.replace(' > points.csv', '')} --origin https://127.0.0.1:${port}`;
      const { status, stderr } = shell(nowhere, { METERGRAM_ELOVERBLIK_TOKEN: 'no-token' });
      expect({ line, status }).toEqual({ line, status: 1 });
      expect(stderr).toContain('hub/network');
    }
  }, 120_000);

  it.each([undefined, ...VERBS])('fits a terminal of 80 columns: %s', (verb) => {
    for (const line of helpOf(verb).split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });
});

describe.skipIf(process.platform === 'win32')('metergram simulate --help', () => {
  it('has examples that work as printed, in order', async () => {
    const page = await printed('simulate', '--help');
    for (const line of page.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    const lines = page.split('examples\n')[1]!.split('\n\n')[0]!.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      const { status, stderr } = shell(line.trim());
      // Some telegrams of the example are damaged, which decode says with 1.
      const expected = line.includes('metergram decode') ? 1 : 0;
      expect({ line, status, stderr }).toMatchObject({ status: expected });
    }
  });
});
