// publint and are-the-types-wrong for every package, as npm would publish it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8'));
let failed = 0;
for (const folder of workspaces.filter((path) => path.startsWith('packages/'))) {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
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
