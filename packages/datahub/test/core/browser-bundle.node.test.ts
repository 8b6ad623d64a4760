import { build, type BuildResult } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultCodes } from '../../src/core/fault.ts';

interface Conditions {
  readonly browser?: { readonly default: string } | null;
  readonly default: string;
}
const folder = new URL('../../', import.meta.url);
const { exports: entries } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
  exports: Record<string, Conditions | string>;
};

/** The source behind an entry in the browser; null where it is not offered there. */
function browserSource(entry: Conditions): string | null {
  if (entry.browser === null) return null;
  const built = entry.browser?.default ?? entry.default;
  return built.replace('./dist/', './src/').replace(/\.js$/, '.ts');
}

const offered = Object.entries(entries).flatMap(([name, entry]) => {
  if (typeof entry === 'string') return [];
  const source = browserSource(entry);
  return source === null ? [] : [[name, source] as const];
});

/** What a bundler for browsers makes of an import, by the conditions of our package.json. */
function resolved(name: string): Promise<BuildResult> {
  return build({
    stdin: { contents: `export * from '${name}';`, resolveDir: fileURLToPath(folder) },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    metafile: true,
    plugins: [
      {
        name: 'only the first step',
        setup(setup): void {
          setup.onResolve({ filter: /.*/ }, ({ importer, kind }) =>
            kind !== 'entry-point' && importer !== '<stdin>' ? { external: true } : undefined,
          );
        },
      },
    ],
    logLevel: 'silent',
  });
}

describe('in the browser', () => {
  it('there is neither the node entry nor the test hubs', () => {
    const names = offered.map(([name]) => name);
    expect(names).toContain('./eloverblik');
    expect(names).not.toContain('./node');
    expect(names).not.toContain('./testing');
  });

  it.each(offered)(
    '%s bundles without Node and without anything that takes a secret',
    async (_, source) => {
      const { outputFiles, metafile } = await build({
        entryPoints: [fileURLToPath(new URL(source, folder))],
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'browser',
        metafile: true,
        external: ['fast-xml-parser', '@metergram/model', '@metergram/model/*'],
        logLevel: 'silent',
      });
      const inputs = Object.keys(metafile.inputs).join('\n');
      expect(inputs).not.toMatch(/core\/node-fetch|testing\/|undici|jose/);
      const text = outputFiles[0]?.text ?? '';
      expect(text).not.toMatch(/from\s*["']node:/);
      const exported = /export \{([^}]*)\};?\s*$/.exec(text)?.[1] ?? '';
      expect(exported).not.toBe('');
      expect(exported).not.toMatch(
        /\b(Secret|TokenCache|Redactor|HubHttp|EloverblikCustomer|EloverblikThirdParty|ElhubClient|ElhubAccess|FingridClient|EntsoeClient|tlsFetch)\b/,
      );
    },
  );

  it.each([
    ['.', ['HubError', 'Limiter']],
    ['./eloverblik', []],
    ['./elhub', []],
    ['./fingrid', []],
    ['./files', ['FileSource']],
    ['./prices', ['EnergiDataServiceClient']],
  ])('%s offers these classes and no other: none of them takes a secret', async (name, classes) => {
    const entry = entries[name] as Conditions;
    const source = new URL(browserSource(entry) ?? '', folder).href;
    const offers = (await import(/* @vite-ignore */ source)) as Record<string, unknown>;
    const found = Object.entries(offers).flatMap(([key, value]) =>
      typeof value === 'function' && /^class\b/.test(String(value)) ? [key] : [],
    );
    expect(found.toSorted()).toEqual(classes);
  });

  it.each(['eloverblik', 'elhub', 'fingrid', 'prices'])(
    'a bundler for browsers that asks for %s gets the part that is for browsers',
    async (name) => {
      const { metafile } = await resolved(`@metergram/datahub/${name}`);
      const first = Object.keys(metafile?.inputs ?? {}).find((path) => /datahub/.test(path));
      expect(first).toMatch(new RegExp(`datahub/dist/${name}-browser\\.js$`));
    },
  );

  it.each(['node', 'testing'])(
    'a bundler for browsers that asks for %s gets nothing',
    async (name) => {
      await expect(resolved(`@metergram/datahub/${name}`)).rejects.toThrow(/Could not resolve/);
    },
  );

  it('the documentation lists every code of a fault, in its words', () => {
    const page = readFileSync(new URL('../../docs/datahub.md', folder), 'utf8');
    for (const [code, words] of Object.entries(faultCodes))
      expect(page).toContain(`| \`${code}\` | ${words} |`);
  });
});
