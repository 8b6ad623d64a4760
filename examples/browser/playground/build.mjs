// Bundles the playground into dist/: the page, and a service worker that knows the hash of all it keeps.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const SHARED = { bundle: true, minify: true, target: 'es2022', charset: 'utf8' };

/** @returns {Promise<string>} the folder to serve */
export async function buildPlayground() {
  const dist = here('dist');
  rmSync(dist, { recursive: true, force: true });
  cpSync(here('public'), dist, { recursive: true });
  await build({
    ...SHARED,
    entryPoints: [here('src/main.ts')],
    format: 'esm',
    loader: { '.txt': 'text', '.csv': 'text' },
    outfile: `${dist}/page.js`,
  });
  const files = readdirSync(dist).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(`${dist}/${file}`));
  await build({
    ...SHARED,
    entryPoints: [here('worker/offline.ts')],
    format: 'iife',
    define: {
      VERSION: JSON.stringify(hash.digest('hex').slice(0, 16)),
      FILES: JSON.stringify(['./', ...files.filter((file) => file !== 'index.html')]),
    },
    outfile: `${dist}/offline.js`,
  });
  return dist;
}
