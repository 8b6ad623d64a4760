// From import to the first decoded telegram, in a process of its own each time: what a command line, a function in a cloud
// or a page pays before anything else. A unit is a start; so the figure is starts a second, and its inverse the time. The
// import of a file with one constant is the floor: what the engine takes to load anything.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { encoded } from '@metergram/decoder/encode';

/** The telegram that is decoded first. */
export const hex = Buffer.from(
  encoded({
    meter: { manufacturer: 'XMG', id: '12345678', version: 1, medium: 'water' },
    records: [{ quantity: 'volume', unit: 'm3', value: '123.456' }],
  }),
).toString('hex');

/** The floor's file. */
export const NEARLY_EMPTY = 'export const here = true;\n';

/** The package as one minified module, as applications that bundle it have it; in a file, or in memory. */
export const bundled = (options) =>
  build({
    entryPoints: [fileURLToPath(new URL('../packages/decoder/dist/index.js', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    ...options,
  });

const decoding = (create) => `
const decoder = ${create};
const { records } = decoder.decode(Uint8Array.from('${hex}'.match(/../g), (two) => parseInt(two, 16)));
if (records[0]?.value !== '123.456') throw new Error('not decoded');
`;
const program = (create, module) => `
const before = performance.now();
const { createDecoder, createDecoderSync } = await import('${module}');
const imported = performance.now();
${create ? decoding(create) : ''}
const done = performance.now();
process.stdout.write(JSON.stringify([done - before, done - imported]));
`;

/** Milliseconds from import to the first decoded telegram, and from the imported module to it. */
function startUp(create, module) {
  const code = program(create, module);
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    cwd: new URL('..', import.meta.url),
  });
  return JSON.parse(output);
}

export default async function startBench() {
  const folder = mkdtempSync(join(tmpdir(), 'metergram-start-'));
  const file = join(folder, 'decoder.mjs');
  await bundled({ outfile: file, platform: 'node' });
  const one = pathToFileURL(file).href;
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, NEARLY_EMPTY);
  const contenders = [
    ['the import of an empty file (the floor)', undefined, pathToFileURL(empty).href, 0],
    ['createDecoder, bundled, import included', 'await createDecoder()', one, 0],
    ['createDecoder, import included', 'await createDecoder()', '@metergram/decoder', 0],
    ['createDecoder, after import', 'await createDecoder()', '@metergram/decoder', 1],
    ['createDecoderSync, after import', 'createDecoderSync()', '@metergram/decoder', 1],
  ];
  return [
    {
      title: 'start-up in Node: a new process each time',
      unit: 'starts',
      contenders: contenders.map(([name, create, module, which]) => ({
        name,
        once: () => 1000 / startUp(create, module)[which],
      })),
      end: () => rmSync(folder, { recursive: true }),
    },
  ];
}
