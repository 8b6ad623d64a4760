// What an engine loads that loads files itself: the decoder's entries with one file each and chunks for what they share, a
// few files where the package has dozens. Bundlers take the files as tsc wrote them ("module" in package.json), of which they
// leave out what is not imported.
import { build } from 'esbuild';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../packages/decoder/', import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const entries = Object.entries(exports).filter(([, entry]) => typeof entry !== 'string');
for (const [path, { module, default: bundled }] of entries)
  // Else one entry would not know the classes of another.
  if (bundled !== module?.replace('./dist/', './dist/bundle/'))
    throw new Error(
      `packages/decoder/package.json: ${path} needs "module" and, in bundle, "default"`,
    );

const { metafile } = await build({
  absWorkingDir: fileURLToPath(root),
  entryPoints: entries.map(([, { module }]) =>
    module.replace('./dist/', 'src/').replace(/\.js$/, '.ts'),
  ),
  outbase: 'src',
  outdir: 'dist/bundle',
  bundle: true,
  splitting: true,
  chunkNames: 'chunk-[hash]',
  // Chromium then compiles all functions while it loads the file, none in the middle of the first telegram.
  banner: { js: '//# allFunctionsCalledOnLoad' },
  format: 'esm',
  target: 'es2022',
  packages: 'external',
  // The sources are published beside.
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  plugins: [
    {
      name: 'modules-once',
      setup({ onResolve }) {
        onResolve({ filter: /\/generated\/wasm-bytes\.ts$/ }, () => ({
          path: '../generated/wasm-bytes.js',
          external: true,
        }));
      },
    },
  ],
});
// What an earlier build left.
for (const file of globSync('dist/bundle/**/*.{js,map}', { cwd: root }))
  if (!(file.replaceAll('\\', '/') in metafile.outputs)) rmSync(new URL(file, root));
