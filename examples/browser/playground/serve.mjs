// Builds the playground and serves it on this machine: npm run playground, or node examples/browser/playground/serve.mjs [PORT]
// Any other server for static files will do: the page carries its Content-Security-Policy itself.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPlayground } from './build.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** The page may not connect to anything, not even to where it came from. */
const PAGE =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; worker-src 'self'; " +
  "manifest-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The service worker fetches the page's own files, and nothing else. */
const WORKER = "default-src 'none'; connect-src 'self'";

/** @returns {Promise<import('node:http').Server>} listening on this machine only */
export async function servePlayground(port = 0) {
  const dist = await buildPlayground();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const name = pathname === '/' ? 'index.html' : pathname.slice(1);
    const file = join(dist, name);
    if (!/^[a-z]+\.[a-z]+$/.test(name) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': name === 'offline.js' ? WORKER : PAGE,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = await servePlayground(Number(process.argv[2] ?? 8081));
  process.stdout.write(`http://localhost:${server.address().port}/\n`);
}
