// Sizes that are promised (gzip). A module of WebAssembly is weighed as the file; a host without the modules that it
// inlines, since those are weighed already. What is not built yet is not weighed.
import { existsSync } from 'node:fs';

/** Bundles without the inlined WebAssembly. */
const withoutModules = (config) => ({
  ...config,
  plugins: [
    ...(config.plugins ?? []),
    {
      name: 'no-inlined-wasm',
      setup(build) {
        build.onLoad({ filter: /generated[/\\]wasm[^/\\]*\.js$/ }, () => ({
          contents: `export const BASELINE = ''; export const SIMD = '';`,
        }));
      },
    },
  ],
});
/** Weighs a file as it is. */
const asFile = (config) => ({ ...config, loader: { ...config.loader, '.wasm': 'copy' } });
const module = { gzip: true, modifyEsbuildConfig: asFile };
const bundle = { gzip: true, modifyEsbuildConfig: withoutModules };

export default [
  {
    name: 'decoder module, baseline',
    path: 'packages/decoder/wasm/decoder.wasm',
    limit: '24 kB',
    ...module,
  },
  {
    name: 'decoder module, SIMD',
    path: 'packages/decoder/wasm/decoder.simd.wasm',
    limit: '24 kB',
    ...module,
  },
  {
    name: 'aggregator module, baseline',
    path: 'packages/aggregate/wasm/aggregator.wasm',
    limit: '13.5 kB',
    ...module,
  },
  {
    name: 'aggregator module, SIMD',
    path: 'packages/aggregate/wasm/aggregator.simd.wasm',
    limit: '13.5 kB',
    ...module,
  },
  {
    name: 'decoder host',
    path: 'packages/decoder/dist/index.js',
    import: '{ createDecoder }',
    needs: 'packages/decoder/wasm/decoder.wasm',
    limit: '10 kB',
    ...bundle,
  },
  {
    name: 'policy core: compile, decide with reasons and the nearest change, filter, plan',
    path: 'packages/policy/dist/core.js',
    import: '{ compile, filterColumns, filterRows, filterSeries }',
    limit: '15 kB',
    ...bundle,
  },
  {
    name: 'policy, with checks of policies, facts and items',
    path: 'packages/policy/dist/index.js',
    import: '{ check, compile, filterColumns, filterRows, filterSeries }',
    limit: '18.5 kB',
    ...bundle,
  },
]
  .filter(({ needs, path }) => existsSync(needs ?? path))
  .map(({ needs: _needs, ...entry }) => entry);
