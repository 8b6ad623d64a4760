// Runs the whole test suite: builds what tests need, sees to a Chromium, then Node and browser projects.
// Arguments are handed to vitest (`npm test -- packages/model`). The results also go to reports/tests.json.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensurePackages } from './system-packages.mjs';

const args = process.argv.slice(2);
const run = (command, parameters) =>
  spawnSync(command, parameters, { stdio: 'inherit' }).status ?? 1;

if (run('npm', ['run', '--silent', 'build']) !== 0) process.exit(1);

const project = args.includes('--project') ? args[args.indexOf('--project') + 1] : undefined;
const wantsBrowser = project !== 'node' && !args.includes('--project=node');
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (wantsBrowser && !existsSync(chromium)) {
  if (process.env.CHROMIUM === undefined) ensurePackages(['chromium']);
  if (!existsSync(chromium)) {
    process.stderr.write(
      `No Chromium at ${chromium}. Install one (Debian: apt-get install chromium) or name yours in CHROMIUM;\n` +
        'npm run test:node runs the tests that need none.\n',
    );
    process.exit(1);
  }
}
const reporters = args.some((arg) => arg.startsWith('--reporter'))
  ? []
  : ['--reporter=default', '--reporter=json', '--outputFile.json=reports/tests.json'];
process.exit(run('vitest', ['run', ...reporters, ...args]));
