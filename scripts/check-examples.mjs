// Runs the examples: each folder of examples/ says in its README.md what it is, and each check.mjs under it exits with
// 0 when the example does what that README says. A check that finds a system package missing says so and exits with 0.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { dirname } from 'node:path';

let failed = 0;
for (const folder of globSync('examples/*/').sort())
  if (!existsSync(`${folder}/README.md`)) {
    process.stderr.write(`${folder} has no README.md\n`);
    failed++;
  }
const checks = globSync('examples/**/check.mjs', {
  exclude: (path) => /(^|\/)node_modules$/.test(typeof path === 'string' ? path : path.name),
}).sort();
for (const check of checks) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['check.mjs'], {
    cwd: dirname(check),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status === 0) continue;
  failed++;
  process.stderr.write(`${check} (exit ${status})\n${stdout}${stderr}\n`);
}
if (failed === 0) process.stdout.write(`${checks.length} examples do what they say\n`);
process.exitCode = failed === 0 ? 0 : 1;
