import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Told } from './telling-process.ts';

it('everything that Node can be told to say of a process holds no token, key or identification of a customer', async () => {
  const script = fileURLToPath(new URL('telling-process.ts', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--trace-warnings', '--trace-uncaught', script],
    { env: { ...process.env, NODE_DEBUG: '*' }, maxBuffer: 512 * 1024 * 1024 },
  );
  const { secrets, results } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
  // It said a lot, and of these very requests.
  expect(stderr).toMatch(/UNDICI|FETCH/);
  expect(stderr.length).toBeGreaterThan(10_000);
  expect(results).toEqual({ eloverblik: 'complete', elhub: 3, fingrid: 'complete' });
  expect(secrets.length).toBeGreaterThanOrEqual(5);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8);
    expect(stderr.includes(secret)).toBe(false);
  }
}, 120_000);
