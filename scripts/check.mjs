// Everything CI checks beside the tests; one line a step, the output of a step only where it fails.
import { spawnSync } from 'node:child_process';

const steps = [
  ['lint and format', 'npm run lint'],
  ['types', 'npm run typecheck'],
];
let failed = 0;
for (const [name, command] of steps) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: 'utf8' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
  if (status !== 0) {
    failed++;
    process.stdout.write(stdout + stderr);
  }
}
process.exit(failed === 0 ? 0 : 1);
