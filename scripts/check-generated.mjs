// Runs the generators and fails when they change a file: what is printed from the tables must be what is committed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { trackedFiles } from './rules/files.mjs';

const snapshot = () =>
  new Map(
    trackedFiles().map((path) => [
      path,
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );

const before = snapshot();
const { status } = spawnSync('npm', ['run', '--silent', 'generate'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
const after = snapshot();
const drifted = [...after]
  .filter(([path, hash]) => before.get(path) !== hash)
  .map(([path]) => path);
if (drifted.length > 0) {
  process.stderr.write(
    `npm run generate changed what is committed:\n${drifted.map((path) => `  ${path}\n`).join('')}`,
  );
  process.exit(1);
}
process.stdout.write('generated files are what their tables say\n');
