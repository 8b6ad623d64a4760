// Holds every source against scripts/rules/layering.mjs, and each package's runtime dependencies against the promise
// that libraries have none.
import { readFileSync } from 'node:fs';
import { violations } from './rules/layering.mjs';
import { trackedFiles } from './rules/files.mjs';

const files = trackedFiles(/\.(ts|tsx|mjs|cjs|js)$/);
const found = files.flatMap((path) => violations(path, readFileSync(path, 'utf8')));

for (const name of ['model', 'decoder', 'aggregate', 'policy']) {
  const manifest = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'));
  for (const dependency of Object.keys(manifest.dependencies ?? {}))
    if (dependency !== '@metergram/model')
      found.push(
        `packages/${name}/package.json depends on ${dependency}: it has no runtime dependency`,
      );
}

if (found.length > 0) {
  process.stderr.write(`${found.join('\n')}\n`);
  process.exitCode = 1;
} else process.stdout.write(`${files.length} files keep to their layers\n`);
