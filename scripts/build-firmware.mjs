// Builds the decoder for firmware: the same sources as packages/decoder/wasm/decoder.wasm, with tables that fit one page
// of memory, and holds the module to what firmware is promised. docs/firmware.md says what that is.
//   node scripts/build-firmware.mjs      writes build/firmware/firmware.wasm
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = new URL('../', import.meta.url);
const folder = new URL('build/firmware/', root);

/** Bytes that static data may take; the compiler refuses more. Not 0, it is also what selects the small tables. */
const STATIC_BYTES = 16384;
const FLAGS = [
  ['--initialMemory', '1'],
  ['--maximumMemory', '1'],
  ['--lowMemoryLimit', String(STATIC_BYTES)],
  ['--shrinkLevel', '1'],
].flat();

/**
 * Builds the module where its sources have changed.
 * @returns {string} where it lies
 */
export function buildFirmware() {
  const hash = createHash('sha256');
  for (const file of [
    ...globSync('assembly/**/*.ts', { cwd: root }).sort(),
    'asconfig.json',
    'package-lock.json',
    'scripts/build-firmware.mjs',
  ])
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(new URL(file, root)));
  const stamp = hash.digest('hex');
  const module = fileURLToPath(new URL('firmware.wasm', folder));
  const stampFile = new URL('firmware.stamp', folder);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(module))
    return module;

  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/assemblyscript/bin/asc.js',
      'assembly/decoder.ts',
      '--target',
      'baseline',
      ...FLAGS,
      '--outFile',
      'build/firmware/firmware.wasm',
    ],
    { cwd: fileURLToPath(root), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const broken = brokenPromises(readFileSync(module));
  if (broken.length > 0) throw new Error(`firmware.wasm: ${broken.join('; ')}`);
  writeFileSync(stampFile, stamp);
  return module;
}

/** What a module for firmware must not be: sentences, none when all is well. */
export function brokenPromises(bytes) {
  const module = new WebAssembly.Module(bytes);
  const broken = [];
  const imports = WebAssembly.Module.imports(module);
  if (imports.length > 0) broken.push(`has imports: ${JSON.stringify(imports)}`);
  const { memory, signatures } = sections(bytes);
  if (memory.least !== 1 || memory.most !== 1)
    broken.push(`memory is ${memory.least} to ${memory.most} pages, not one`);
  for (const { name, types } of signatures)
    if (types.some((type) => type !== I32))
      broken.push(`${name} takes or gives more than integers`);
  return broken;
}

const I32 = 0x7f;
const TYPE = 1;
const FUNCTION = 3;
const MEMORY = 5;
const EXPORT = 7;

/** Reads what {@link brokenPromises} needs of the binary format: memory's limits, and the types of exported functions. */
function sections(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  const list = (read) => Array.from({ length: number() }, read);
  const byte = () => bytes[at++];
  let types = [];
  let functions = [];
  let memory = { least: 0, most: Infinity };
  const signatures = [];
  while (at < bytes.length) {
    const id = byte();
    const size = number();
    const end = at + size;
    if (id === TYPE)
      types = list(() => {
        at++;
        return [...list(byte), ...list(byte)];
      });
    if (id === FUNCTION) functions = list(number);
    if (id === MEMORY)
      [memory] = list(() => {
        const bounded = number();
        return { least: number(), most: bounded === 1 ? number() : Infinity };
      });
    if (id === EXPORT)
      list(() => {
        const length = number();
        const name = new TextDecoder().decode(bytes.subarray(at, at + length));
        at += length;
        const kind = byte();
        const index = number();
        if (kind === 0) signatures.push({ name, types: types[functions[index]] });
      });
    at = end;
  }
  return { memory, signatures };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = buildFirmware();
  process.stdout.write(`${file}: ${readFileSync(file).length} bytes\n`);
}
