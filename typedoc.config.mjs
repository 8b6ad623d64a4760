// The API reference, printed from the doc comments of everything that a package exports. Entry points are the
// packages' own `exports`, so a new subpath is documented without a word here.
import { existsSync, readFileSync } from 'node:fs';

const packages = ['model', 'decoder', 'aggregate', 'policy', 'datahub'];
const entryPoints = packages.flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'));
  return Object.values(exports)
    .map((target) => target.module ?? target.default ?? target)
    .filter((file) => typeof file === 'string' && file.endsWith('.js'))
    .map((file) => `packages/${name}/${file.replace('./dist/', 'src/').replace(/\.js$/, '.ts')}`)
    .filter((file) => existsSync(file) && !/^export \{\};\s*$/.test(readFileSync(file, 'utf8')));
});

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  name: 'Metergram',
  entryPoints,
  entryPointStrategy: 'resolve',
  tsconfig: 'tsconfig.docs.json',
  out: 'docs/api',
  readme: 'none',
  disableGit: true,
  gitRevision: 'main',
  sourceLinkTemplate: 'https://github.com/metergram/metergram/blob/{gitRevision}/{path}#L{line}',
  validation: { invalidLink: true, invalidPath: true, notExported: false, notDocumented: false },
  treatWarningsAsErrors: true,
  logLevel: 'Warn',
};
