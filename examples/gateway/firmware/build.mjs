// Translates the module to C with wasm2c and compiles it with the host for a machine.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFirmware } from '../../../scripts/build-firmware.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
/** wasm2c's runtime header; its output needs nothing else of wabt. */
const RUNTIME_HEADER = '/usr/include/wasm-rt.h';

/** Machines a gateway has: compiler, and what runs the result here. */
export const MACHINES = [
  { name: 'x86-64', prefix: '', run: [], only: 'x64' },
  {
    name: 'armhf',
    prefix: 'arm-linux-gnueabihf-',
    run: ['qemu-arm', '-L', '/usr/arm-linux-gnueabihf'],
  },
  {
    name: 'aarch64',
    prefix: 'aarch64-linux-gnu-',
    run: ['qemu-aarch64', '-L', '/usr/aarch64-linux-gnu'],
  },
];

/** Whether a program is on the path. */
export function has(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`));
}

/** Runs a program to its end; its output, or an error with what it said. */
export function run(program, args, options = {}) {
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(
      `${program} ${args.join(' ')}: ${signal ?? `exit ${status}`}\n${stdout}${stderr}`,
    );
  return stdout;
}

/** Compiler flags that every translation unit gets. -O2: -Os makes the module ten times slower on 32 bits. */
const FLAGS = ['-std=c11', '-O2', '-DNDEBUG', '-DWASM_RT_MEMCHECK_SIGNAL_HANDLER=0'];
const OWN = ['-Wall', '-Wextra', '-Werror'];

/** Builds the module and its C form; the folder they are in. */
export function translate() {
  const module = buildFirmware();
  const folder = dirname(module);
  run('wasm2c', ['-n', 'metergram', module, '-o', `${folder}/firmware.c`]);
  copyFileSync(RUNTIME_HEADER, `${folder}/wasm-rt.h`);
  return folder;
}

/** Compiles one source to an object file; `more` are flags, `-D…` among them. */
export function compile(folder, compiler, source, object, more = []) {
  const generated = source.startsWith(folder);
  run(compiler, [
    ...FLAGS,
    ...(generated ? ['-w'] : OWN),
    `-I${folder}`,
    `-I${here('.')}`,
    ...more,
    '-c',
    generated ? source : here(source),
    '-o',
    object,
  ]);
  return object;
}

/** Compiles the host for a machine, with more sources beside it, and flags for the module's own and for linking. */
export function hostFor(
  folder,
  { name, prefix },
  sources = [],
  { generated = [], link = [] } = {},
) {
  const compiler = `${prefix}gcc`;
  const module = `${folder}/firmware.c`;
  const objects = [module, 'host.c', 'core-wasm2c.c', 'runtime.c', ...sources].map((source) => {
    const base = source.replace(/^.*\//, '').replace('.c', '');
    const flags = source === module ? generated : [];
    return compile(folder, compiler, source, `${folder}/${base}-${name}.o`, flags);
  });
  const program = `${folder}/host-${name}`;
  run(compiler, [...objects, ...link, '-lm', '-o', program]);
  return program;
}

/** Bytes of code with constants, of initialised and of zeroed data in an object file or program. */
export function sizeOf(prefix, file) {
  const [, numbers] = run(`${prefix}size`, [file]).split('\n');
  const [text, data, bss] = numbers.trim().split(/\s+/).map(Number);
  return { text, data, bss };
}
