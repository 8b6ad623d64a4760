// Runs the whole test suite: builds what tests need, sees to a Chromium, then Node and browser projects.
// Arguments are handed to vitest (`npm test -- packages/model`).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const args = process.argv.slice(2);
const run = (command, parameters) =>
  spawnSync(command, parameters, { stdio: 'inherit' }).status ?? 1;

if (run('npm', ['run', '--silent', 'build']) !== 0) process.exit(1);

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const wantsBrowser = !args.includes('node') && !args.includes('--project=node');
if (wantsBrowser && !existsSync(chromium)) {
  const root = process.getuid?.() === 0;
  const apt = existsSync('/usr/bin/apt-get');
  if (root && apt) {
    process.stderr.write('Chromium is missing; installing the system package\n');
    const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];
    run('apt-get', ['update', ...quiet]);
    run('apt-get', ['install', '-y', '--no-install-recommends', ...quiet, 'chromium']);
  }
  if (!existsSync(chromium)) {
    process.stderr.write(
      `No Chromium at ${chromium}. Install one (Debian: apt-get install chromium) or name yours in CHROMIUM;\n` +
        'npm run test:node runs the tests that need none.\n',
    );
    process.exit(1);
  }
}
process.exit(run('vitest', ['run', ...args]));
