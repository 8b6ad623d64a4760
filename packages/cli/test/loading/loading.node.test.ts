import { build as esbuild } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build as vite } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webpack from 'webpack';
import { launch, serve } from './page.ts';

// EN 13757-4 annex C.2: a water meter at 876.543 m3.
const HEX = '0F44AE0C7856341201074447780B134365871E6D';
const VALUE = '876.543';
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const NO_WASM = "default-src 'none'; script-src 'self'";

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = join(root, 'build/loading/');
const wasm = join(root, 'packages/decoder/wasm/decoder.wasm');

/** A program that decodes the telegram and hands the value to `report`; bundlers and Node take it as it is. */
const program = (report: string, options = ''): string => `
import { createDecoder } from '@metergram/decoder';
const bytes = Uint8Array.from('${HEX}'.match(/../g), (digits) => parseInt(digits, 16));
const report = ${report};
try {
  const decoder = await createDecoder(${options});
  report(decoder.decode(bytes).records[0].value);
} catch (error) {
  report('failed: ' + error.message);
}
`;
const INTO_PAGE = `(text) => { document.title = text; }`;

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function node(...args: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return stdout.trim() || stderr;
}

const page = (script: string): string =>
  `<!doctype html><title></title><script type="module" src="${script}"></script>`;

let browser: Browser;
beforeAll(async () => {
  if (!existsSync(wasm)) throw new Error('npm run build makes what is loaded here');
  rmSync(folder, { recursive: true, force: true });
  browser = await launch();
});
afterAll(() => browser?.close());

/** What the page puts into its title, under a Content-Security-Policy. */
async function titleOf(directory: string, csp: string): Promise<string> {
  const { url, server } = await serve(join(folder, directory), csp);
  const tab = await browser.newPage();
  try {
    await tab.goto(url);
    await tab.waitForFunction(() => document.title !== '', undefined, { timeout: 20_000 });
    return await tab.title();
  } finally {
    await tab.close();
    server.close();
  }
}

describe('the decoder loads in Node', () => {
  it('by import', () => {
    expect(node(write('esm.mjs', program('console.log')))).toBe(VALUE);
  });

  it('by require', () => {
    const text = `
      const { createDecoderSync } = require('@metergram/decoder');
      console.log(createDecoderSync().decode(Buffer.from('${HEX}', 'hex')).records[0].value);`;
    expect(node(write('cjs.cjs', text))).toBe(VALUE);
  });

  it('from a module compiled beforehand', () => {
    const resolved = createRequire(import.meta.url).resolve('@metergram/decoder/decoder.wasm');
    const options = `{ module: await WebAssembly.compile(readFileSync(${JSON.stringify(resolved)})) }`;
    const text = `import { readFileSync } from 'node:fs';${program('console.log', options)}`;
    expect(node(write('module.mjs', text))).toBe(VALUE);
  });

  it('in either build', () => {
    for (const simd of [true, false])
      expect(node(write(`simd-${simd}.mjs`, program('console.log', `{ simd: ${simd} }`)))).toBe(
        VALUE,
      );
  });

  it('in a worker thread', () => {
    const worker = write(
      'thread.mjs',
      `import { parentPort } from 'node:worker_threads';${program('(text) => parentPort.postMessage(text)')}`,
    );
    const text = `import { Worker } from 'node:worker_threads';
      new Worker(${JSON.stringify(worker)}).on('message', (text) => console.log(text));`;
    expect(node(write('thread-main.mjs', text))).toBe(VALUE);
  });
});

describe('the decoder loads in a page with a strict Content-Security-Policy', () => {
  it('as bundled by esbuild', async () => {
    await esbuild({
      entryPoints: [write('esbuild-src/main.js', program(INTO_PAGE))],
      bundle: true,
      minify: true,
      format: 'esm',
      outfile: join(folder, 'esbuild/main.js'),
    });
    write('esbuild/index.html', page('main.js'));
    expect(await titleOf('esbuild', STRICT)).toBe(VALUE);
  });

  it('as bundled by Vite', async () => {
    write('vite-src/main.js', program(INTO_PAGE));
    write('vite-src/index.html', page('./main.js'));
    await vite({
      root: join(folder, 'vite-src'),
      base: './',
      configFile: false,
      logLevel: 'silent',
      build: { outDir: join(folder, 'vite'), modulePreload: { polyfill: false } },
    });
    expect(await titleOf('vite', STRICT)).toBe(VALUE);
  });

  it('as bundled by webpack', async () => {
    const entry = write('webpack-src/main.js', program(INTO_PAGE));
    await new Promise<void>((resolve, reject) => {
      webpack(
        {
          mode: 'production',
          entry,
          experiments: { outputModule: true },
          output: { path: join(folder, 'webpack'), filename: 'main.js', module: true },
          performance: false,
        },
        (error, stats) => {
          if (error || stats?.hasErrors())
            reject(error ?? new Error(stats?.toString('errors-only')));
          else resolve();
        },
      );
    });
    write('webpack/index.html', page('main.js'));
    expect(await titleOf('webpack', STRICT)).toBe(VALUE);
  });

  it('in a worker', async () => {
    await esbuild({
      entryPoints: [write('worker-src/worker.js', program('(text) => postMessage(text)'))],
      bundle: true,
      format: 'esm',
      outfile: join(folder, 'worker/worker.js'),
    });
    write(
      'worker/main.js',
      `const worker = new Worker('worker.js', { type: 'module' });
       worker.onmessage = ({ data }) => { document.title = data; };`,
    );
    write('worker/index.html', page('main.js'));
    expect(await titleOf('worker', STRICT)).toBe(VALUE);
  });

  it('from a module that the page compiled while it came', async () => {
    const options = `{ module: await WebAssembly.compileStreaming(fetch('decoder.wasm')) }`;
    await esbuild({
      entryPoints: [write('streaming-src/main.js', program(INTO_PAGE, options))],
      bundle: true,
      format: 'esm',
      outfile: join(folder, 'streaming/main.js'),
    });
    copyFileSync(wasm, join(folder, 'streaming/decoder.wasm'));
    write('streaming/index.html', page('main.js'));
    expect(await titleOf('streaming', STRICT)).toBe(VALUE);
  });

  it('or says why not, where the policy forbids WebAssembly', async () => {
    await esbuild({
      entryPoints: [write('forbidden-src/main.js', program(INTO_PAGE))],
      bundle: true,
      format: 'esm',
      outfile: join(folder, 'forbidden/main.js'),
    });
    write('forbidden/index.html', page('main.js'));
    expect(await titleOf('forbidden', NO_WASM)).toMatch(/^failed: .*Content Security Policy/);
  });
});
