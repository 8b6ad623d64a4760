// What the module costs: instructions a telegram under callgrind, what its loads and branches depend on, bytes on a
// microcontroller.
import { Buffer } from 'node:buffer';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { encode } from '@metergram/decoder/encode';
import { compile, hostFor, run, sizeOf } from './build.mjs';

/**
 * Instructions of decode() for each telegram in `lines`, on x86-64.
 * @returns {number[]} one a telegram
 */
export function instructions(folder, program, lines) {
  const out = `${folder}/callgrind`;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const decode = 'Z_metergramZ_decode';
  run(
    'valgrind',
    [
      '-q',
      '--tool=callgrind',
      `--callgrind-out-file=${out}/part`,
      '--collect-atstart=no',
      `--toggle-collect=${decode}`,
      `--dump-after=${decode}`,
      program,
    ],
    { input: `${lines.join('\n')}\n` },
  );
  return Array.from({ length: globSync(`${out}/part.*`).length }, (_, i) =>
    Number(/^totals: (\d+)/m.exec(readFileSync(`${out}/part.${i + 1}`, 'utf8'))[1]),
  );
}

const KEYS = [
  '00000000000000000000000000000000',
  'ffffffffffffffffffffffffffffffff',
  '000102030405060708090a0b0c0d0e0f',
  '2b7e151628aed2a6abf7158809cf4f3c',
  'a5a5a5a55a5a5a5a0123456789abcdef',
];

/** One meter's telegram in a security mode, the same plaintext under each of a few keys; mode 7 is wireless, others wired. */
export function keyLines(mode) {
  return KEYS.map((key) => {
    const result = encode({
      link:
        mode === 7
          ? { kind: 'wireless', control: 0x44 }
          : { kind: 'wired-long', control: 0x08, address: 1 },
      meter: { manufacturer: 'ELS', id: '12345678', version: 51, mediumCode: 3 },
      ...(mode === 7 ? { afl: { key, counter: 1 } } : {}),
      transport: { header: 'long', accessNumber: 42, security: { mode, key } },
      records: [
        { quantity: 'volume', value: '28504.27', unit: 'm3', coding: 'bcd8' },
        { quantity: 'datetime', value: '2008-05-31T23:50' },
      ],
    });
    if (!result.ok) throw new Error(JSON.stringify(result));
    return `with ${key} ${Buffer.from(result.bytes).toString('hex')}`;
  });
}

/**
 * For each line, what decode() touched and which way it went.
 * @returns {{ accesses: number, addresses: string, blocks: number, path: string }[]}
 */
export function traces(folder, lines) {
  const watched = ['-fsanitize=thread', '-fsanitize-coverage=trace-pc'];
  const machine = { name: 'traced', prefix: '' };
  const program = hostFor(folder, machine, ['trace.c'], {
    generated: watched,
    link: ['-Wl,--wrap=core_decode'],
  });
  return run(program, [], { input: `${lines.join('\n')}\n` })
    .split('\n')
    .filter((line) => line.startsWith('trace '))
    .map((line) => line.split(' '))
    .map(([, accesses, addresses, blocks, path]) => ({
      accesses: Number(accesses),
      addresses,
      blocks: Number(blocks),
      path,
    }));
}

/** RAM that the smallest program gives the module: what it uses of its page for one telegram of 320 bytes. */
const CORTEX_MEMORY = 24576;

/** Bytes of a whole program for a Cortex-M4 with soft floats: code and constants, RAM without its stack. */
export function cortex(folder) {
  const flags = [
    '-mcpu=cortex-m4',
    '-mthumb',
    '-ffunction-sections',
    '-fdata-sections',
    `-DMETERGRAM_MEMORY=${CORTEX_MEMORY}`,
  ];
  const sizes = {};
  for (const level of ['-O2', '-Os']) {
    const objects = [`${folder}/firmware.c`, 'cortex.c', 'core-wasm2c.c', 'runtime.c'].map(
      (source) => {
        const base = source.replace(/^.*\//, '').replace('.c', '');
        return compile(folder, 'arm-none-eabi-gcc', source, `${folder}/${base}-cortex${level}.o`, [
          ...flags,
          level,
        ]);
      },
    );
    const program = `${folder}/cortex${level}.elf`;
    run('arm-none-eabi-gcc', [
      '-mcpu=cortex-m4',
      '-mthumb',
      '--specs=nano.specs',
      '--specs=nosys.specs',
      '-nostartfiles',
      '-Wl,--gc-sections,-e,main',
      ...objects,
      '-lm',
      '-o',
      program,
    ]);
    sizes[level] = {
      module: sizeOf('arm-none-eabi-', objects[0]),
      whole: sizeOf('arm-none-eabi-', program),
    };
  }
  return sizes;
}
