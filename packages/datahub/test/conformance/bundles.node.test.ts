import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

const packages = fileURLToPath(new URL('../../../', import.meta.url));

/** Packages of others, and Node's modules, that an entry takes along; with the size of the bundle in bytes. */
async function bundled(
  entry: string,
): Promise<{ readonly others: string[]; readonly bytes: number }> {
  const { metafile, outputFiles } = await build({
    entryPoints: [`${packages}datahub/src/${entry}.ts`],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'browser'],
    external: ['node:*'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'sources',
        setup(pluginBuild): void {
          pluginBuild.onResolve({ filter: /^@metergram\/model/ }, ({ path }) => {
            const name = path.split('/')[2] ?? 'index';
            return { path: `${packages}model/src/${name}.ts` };
          });
        },
      },
    ],
  });
  const names = Object.entries(metafile.inputs).flatMap(([path, { imports }]) => [
    /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? '',
    ...imports.filter(({ external }) => external === true).map((one) => one.path),
  ]);
  const others = [...new Set(names.filter(Boolean))].sort();
  return { others, bytes: outputFiles[0]?.contents.length ?? 0 };
}

describe('a bundle holds what it uses', () => {
  test.each([
    ['elhub-browser', []],
    ['fingrid-browser', []],
    ['elhub', ['jose']],
    ['fingrid', []],
  ])('%s takes %j along', async (entry, wanted) => {
    expect((await bundled(entry)).others).toEqual(wanted);
  });

  test.each(['prices', 'prices-browser', 'files'])(
    '%s takes a reader of XML along, and nothing of Node',
    async (entry) => {
      const { others } = await bundled(entry);
      expect(others).toContain('fast-xml-parser');
      for (const name of ['jose', 'undici']) expect(others).not.toContain(name);
      expect(others.filter((name) => name.startsWith('node:'))).toEqual([]);
    },
  );

  test('the browser’s entries are a part of the whole: nothing that signs or shows a certificate', async () => {
    const [whole, part] = await Promise.all([bundled('elhub'), bundled('elhub-browser')]);
    expect(part.bytes).toBeLessThan(whole.bytes / 2);
  });
});
