// What the WebAssembly modules promise: no imports, at most a dozen exports, and a size of a few pages.
import { globSync, readFileSync } from 'node:fs';

const MOST_EXPORTS = 12;
let wrong = 0;
const files = globSync('packages/*/wasm/*.wasm').sort();
for (const file of files) {
  const bytes = readFileSync(file);
  const module = new WebAssembly.Module(bytes);
  const imports = WebAssembly.Module.imports(module);
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'function');
  process.stdout.write(
    `${file}: ${bytes.length} bytes, ${imports.length} imports, ${functions.length} functions exported\n`,
  );
  if (imports.length > 0 || functions.length > MOST_EXPORTS) {
    process.stderr.write(
      `${file}: a module has no imports and at most ${MOST_EXPORTS} exported functions\n` +
        `${JSON.stringify({ imports, functions: functions.map(({ name }) => name) })}\n`,
    );
    wrong++;
  }
}
if (files.length === 0) {
  process.stderr.write('no modules under packages/*/wasm; npm run build makes them\n');
  wrong++;
}
process.exitCode = wrong === 0 ? 0 : 1;
