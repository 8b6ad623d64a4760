import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const source = new URL('../src/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
};

/** Everything that a file imports, through files of the package. */
function reached(file: URL, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
    if (path.startsWith('.')) reached(new URL(path, file), seen);
    else seen.add(path);
  }
  return seen;
}

const subpaths = Object.keys(manifest.exports).filter((path) => /^\.(?:\/[a-z-]+)?$/.test(path));

describe.each(subpaths)('%s', (subpath) => {
  const file = new URL(subpath === '.' ? 'index.ts' : `${subpath.slice(2)}.ts`, source);

  it('is there, and needs no other package unless it reads XML', () => {
    expect(existsSync(file)).toBe(true);
    const packages = [...reached(file)].filter((path) => !path.startsWith('file:'));
    expect(packages).toEqual(subpath === './xml' ? ['fast-xml-parser'] : []);
  });
});

it('has no runtime dependency, and every entry of the folder is exported', () => {
  expect(manifest.dependencies ?? {}).toEqual({});
  expect(manifest.peerDependenciesMeta).toEqual({ 'fast-xml-parser': { optional: true } });
  const folders = readdirSync(source, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { name } of folders) expect(subpaths).toContain(`./${name}`);
  expect(subpaths).toHaveLength(7);
});
