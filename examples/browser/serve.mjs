// Bundles the page and serves it with a strict Content-Security-Policy: node examples/browser/serve.mjs [PORT]
import { build } from 'esbuild';
import { createReadStream, cpSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const FILES = {
  '/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.js': { name: 'page.js', type: 'text/javascript' },
  '/page.css': { name: 'page.css', type: 'text/css' },
};
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** @returns {Promise<import('node:http').Server>} listening on this machine only */
export async function servePage(port = 0) {
  cpSync(here('public'), here('dist'), { recursive: true });
  await build({
    entryPoints: [here('page.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: here('dist'),
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = Object.hasOwn(FILES, pathname) ? FILES[pathname] : undefined;
    if (file === undefined) response.writeHead(404).end();
    else {
      response.writeHead(200, {
        'content-type': file.type,
        'content-security-policy': CSP,
        'x-content-type-options': 'nosniff',
      });
      createReadStream(here(`dist/${file.name}`)).pipe(response);
    }
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = await servePage(Number(process.argv[2] ?? 8080));
  process.stdout.write(`http://localhost:${server.address().port}/\n`);
}
