// Every package as npm would publish it: publint, are-the-types-wrong, and the licence's text beside the code.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8'));
const licence = readFileSync('LICENSE', 'utf8');
let failed = 0;
for (const folder of workspaces.filter((path) => path.startsWith('packages/'))) {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  if (!existsSync(`${folder}/LICENSE`) || licence !== readFileSync(`${folder}/LICENSE`, 'utf8')) {
    failed++;
    process.stderr.write(`${folder}/LICENSE is not the repository's\n`);
  }
  const untyped = Object.keys(manifest.exports ?? {}).filter((path) =>
    /\.(wasm|json|css)$/.test(path),
  );
  const exclude = untyped.length > 0 ? ['--exclude-entrypoints', ...untyped] : [];
  for (const [command, ...args] of [
    ['publint', folder, '--strict'],
    [
      'attw',
      '--pack',
      folder,
      '--profile',
      'esm-only',
      '--format',
      'ascii',
      '--no-color',
      ...exclude,
    ],
  ]) {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0) continue;
    failed++;
    process.stderr.write(`${command} ${manifest.name}\n${stdout}${stderr}\n`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
