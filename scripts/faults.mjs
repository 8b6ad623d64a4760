// Puts deliberate faults into the decoder, one at a time, and runs its tests: which share do they catch?
//
//   node scripts/faults.mjs core --count 40      the AssemblyScript core (each fault is compiled)
//   node scripts/faults.mjs host --count 40      the TypeScript host
//   --seed N      other faults; the default is 13757
//
// A fault changes one operator, one number or one condition. One that does not compile is no fault and is not counted. Runs in
// the working tree: every file is put back, also when it is interrupted. Survivors are printed, to be looked at one by one.
import { transformSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { drawFrom } from './fuzz/draw.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '40' },
    seed: { type: 'string', default: '13757' },
  },
});
const what = positionals[0] ?? 'core';

const FILES = {
  core: globSync('assembly/**/*.ts').filter((file) => !/generated|aggregat/.test(file)),
  host: globSync('packages/decoder/src/*.ts').filter((file) => !/encode|simulate/.test(file)),
}[what].sort();

/** What a fault does to a piece of a line. */
const CHANGES = [
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/ ===? /g, ' != '],
  [/ !==? /g, ' == '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \+ (?=\w)/g, ' - '],
  [/ - (?=\w)/g, ' + '],
  [/ << /g, ' >> '],
  [/ >>>? /g, ' << '],
  [/ & /g, ' | '],
  [/ \| /g, ' & '],
  [/\b0x[0-9a-f]+\b/g, (hex) => `0x${(Number(hex) ^ 1).toString(16)}`],
  [/(?<![\w.])[1-9]\d*(?![\w.])/g, (number) => String(Number(number) + 1)],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/(?<=^\s+)(?!return|const|let|export|case|default|if|for|while|}|\/|\*)\w.*;$/g, ''],
];

/** Every fault that can be put into a file: where, and the text with it. */
function faultsIn(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const faults = [];
  for (const [i, line] of lines.entries()) {
    if (/^\s*(\/\/|\/\*|\*|import|export \{|} from|[A-Z_]+,$)/.test(line)) continue;
    // A comment at the end is no code.
    const code = line.replace(/\/\/.*$/, '');
    for (const [pattern, change] of CHANGES) {
      for (const match of code.matchAll(pattern)) {
        const put = typeof change === 'string' ? change : change(match[0]);
        const wrong = line.slice(0, match.index) + put + line.slice(match.index + match[0].length);
        faults.push({
          file,
          line: i + 1,
          before: line.trim(),
          after: wrong.trim(),
          index: i,
          wrong,
        });
      }
    }
  }
  return faults;
}

const run = (command, ...args) =>
  spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 300_000 });
/** Compiles the decoder as build-wasm.mjs does, but hardly optimised: a fault is as wrong, and made in a third of the time. */
async function build() {
  const asc = await import('assemblyscript/asc');
  const { options, targets } = JSON.parse(readFileSync('asconfig.json', 'utf8'));
  let text = '';
  for (const [target, { enable = [] }] of Object.entries(targets)) {
    let bytes;
    const disable = options.disable.filter((feature) => !enable.includes(feature));
    const { error } = await asc.main(
      [
        'assembly/decoder.ts',
        '--config',
        'none',
        '--runtime',
        'stub',
        '--noAssert',
        '--use',
        'abort=',
        '-O1',
        ...disable.flatMap((feature) => ['--disable', feature]),
        ...enable.flatMap((feature) => ['--enable', feature]),
        '--outFile',
        'decoder.wasm',
      ],
      {
        baseDir: process.cwd(),
        writeFile: (name, data) => {
          if (name === 'decoder.wasm') bytes = data;
        },
      },
    );
    if (error) return false;
    text += `export const ${target.toUpperCase()}: string =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
  }
  writeFileSync('packages/decoder/src/generated/wasm-bytes.ts', text);
  return true;
}
const test = () =>
  run('npx', 'vitest', 'run', '--project', 'node', '--bail', '1', 'packages/decoder/test')
    .status === 0;

/** What runs of a source file: a fault in a type alone is none. */
function script(text) {
  try {
    return transformSync(text, { loader: 'ts' }).code;
  } catch {
    return '';
  }
}

const all = FILES.flatMap(faultsIn);
const draw = drawFrom(Number(values.seed));
let caught = 0;
let counted = 0;
const survivors = [];
let undo = () => {};
process.on('SIGINT', () => {
  undo();
  process.exit(130);
});
process.stdout.write(`${all.length} possible faults in ${FILES.length} files of the ${what}\n`);
while (counted < Number(values.count)) {
  const fault = draw.of(all);
  const good = readFileSync(fault.file, 'utf8');
  undo = () => writeFileSync(fault.file, good);
  const lines = good.split('\n');
  lines[fault.index] = fault.wrong;
  const text = lines.join('\n');
  if (what === 'host' && script(text) === script(good)) continue;
  writeFileSync(fault.file, text);
  try {
    if (what === 'core' && !(await build())) continue;
    counted++;
    if (!test()) caught++;
    else {
      survivors.push(fault);
      process.stdout.write(
        `survives ${fault.file}:${fault.line}\n  ${fault.before}\n  ${fault.after}\n`,
      );
    }
  } finally {
    undo();
  }
}
if (what === 'core') {
  // What the tests and the build take for granted again.
  rmSync('build/wasm.stamp', { force: true });
  run(process.execPath, 'scripts/build-wasm.mjs');
}
process.stdout.write(
  `${caught} of ${counted} faults caught (${Math.round((100 * caught) / counted)} %)\n`,
);
