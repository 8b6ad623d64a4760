import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The command as it is installed: the built file. */
export const bin: string = fileURLToPath(new URL('../../bin/metergram.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in a process of its own, to its end. */
export function metergram(
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv },
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    // What does not end is killed, and has no exit code.
    timeout: 60_000,
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

export interface Served {
  readonly address: { readonly origin: string; readonly now: number };
  stop(): Promise<void>;
}

/** Starts `metergram hub serve` and waits until it is there. */
export async function serveHub(
  hub: string,
  options: {
    readonly cwd: string;
    readonly data: string;
    readonly out: string;
    readonly more?: readonly string[];
  },
): Promise<Served> {
  const { cwd, data, out, more = [] } = options;
  const words = ['hub', 'serve', hub, '--data', data, '--out', out, ...more];
  const child = spawn(process.execPath, [bin, ...words, '--until-stdin-ends'], {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`did not start (${code}): ${err}`)));
  });
  return {
    address: JSON.parse(line) as Served['address'],
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}
