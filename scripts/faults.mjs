// Puts deliberate faults into the decoder, one at a time, and runs its tests: which share do they catch?
//
//   node scripts/faults.mjs core --count 40      the AssemblyScript core (each fault is compiled)
//   node scripts/faults.mjs host --count 40      the TypeScript host
//   --seed N            other faults; the default is 13757
//   --files PART        only files whose path holds it
//   --again             the survivors of the last report, after tests were added for them
//
// A fault changes one operator, number, word or condition, or leaves out one statement (scripts/faults/mutants.mjs). One that
// does not compile is no fault and is not counted, and one that changes nothing that can be seen is counted apart, with its
// reason (scripts/faults/unseen.mjs). The tests have to pass without a fault first. Runs in the working tree: every file is put
// back, also when it is interrupted. Survivors are printed, to be looked at one by one; the report goes to
// reports/faults-core.json or -host.json.
import { transformSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mutantsOf } from './faults/mutants.mjs';
import { UNSEEN } from './faults/unseen.mjs';
import { drawFrom } from './fuzz/draw.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '40' },
    seed: { type: 'string', default: '13757' },
    files: { type: 'string', default: '' },
    again: { type: 'boolean', default: false },
  },
});
const what = positionals[0] ?? 'core';

const ROOTS = {
  core: () => globSync('assembly/**/*.ts').filter((file) => !/generated|aggregat/.test(file)),
  host: () =>
    globSync('packages/decoder/src/{*,explain/*}.ts').filter(
      (file) => !/encode|simulate/.test(file),
    ),
};
if (ROOTS[what] === undefined) {
  process.stderr.write('say core or host\n');
  process.exit(2);
}
const files = ROOTS[what]()
  .filter((file) => file.includes(values.files))
  .sort();

const run = (command, ...args) =>
  spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 300_000 });
const GENERATED = 'packages/decoder/src/generated/wasm-bytes.ts';

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
  // The same module again: the fault stands in what is never compiled, or says nothing.
  if (text === readFileSync(GENERATED, 'utf8')) return false;
  writeFileSync(GENERATED, text);
  return true;
}
/** Folders of tests: those that are quick and notice most go first. */
const TESTS = readdirSync('packages/decoder/test');
const SLOW = TESTS.filter((folder) => /^(?:properties|crypto|stream)$/.test(folder));
const QUICK = TESTS.filter((folder) => !SLOW.includes(folder));
const passes = (folders) =>
  run(
    'npx',
    'vitest',
    'run',
    '--project',
    'node',
    '--bail',
    '1',
    ...folders.map((folder) => `packages/decoder/test/${folder}/`),
  ).status === 0;
const test = () => passes(QUICK) && passes(SLOW);

/** What runs of a source file: a fault in a type alone is none. */
function script(text) {
  try {
    return transformSync(text, { loader: 'ts' }).code;
  } catch {
    return '';
  }
}

/** Whether a fault of today is one of a report, whose file may have moved on by some lines. */
function isSame(fault, { file, of, put, text }) {
  const lines = readFileSync(fault.file, 'utf8').split('\n');
  return (
    fault.file === file &&
    fault.put === put &&
    lines[fault.line - 1].trim() === text &&
    textOf(fault) === of
  );
}
const textOf = ({ file, start, end }) => readFileSync(file, 'utf8').slice(start, end);

const all = files.flatMap((file) =>
  mutantsOf(readFileSync(file, 'utf8')).map((mutant) => ({ ...mutant, file })),
);
const report = `reports/faults-${what}.json`;
if (values.again) {
  const left = JSON.parse(readFileSync(report, 'utf8')).results.filter(
    (result) => !result.caught && !result.unseen,
  );
  const survived = all.filter((fault) => left.some((result) => isSame(fault, result)));
  all.splice(0, all.length, ...survived);
}
const wanted = Math.min(Number(values.count), all.length);
const draw = drawFrom(Number(values.seed));
const results = [];
let undo = () => {};
process.on('SIGINT', () => {
  undo();
  // The module that is built now may hold the fault.
  rmSync('build/wasm.stamp', { force: true });
  process.exit(130);
});
if (!test()) {
  process.stderr.write('the tests fail without any fault: npm run build, then npm run test:node\n');
  process.exit(2);
}
/** Why nobody could see the fault; undefined where somebody could. */
const unseen = ({ file, text, before, of, put }) =>
  UNSEEN.find(
    (known) =>
      known.file === file &&
      known.text === text &&
      [undefined, before].includes(known.before) &&
      known.of === of &&
      [put, '*'].includes(known.put),
  )?.why;
process.stdout.write(`${all.length} possible faults in ${files.length} files of the ${what}\n`);
while (results.length < wanted && all.length > 0) {
  // A turn of the event loop, in which an interrupt is heard.
  await new Promise(setImmediate);
  const fault = draw.of(all);
  all.splice(all.indexOf(fault), 1);
  const good = readFileSync(fault.file, 'utf8');
  undo = () => writeFileSync(fault.file, good);
  const text = good.slice(0, fault.start) + fault.put + good.slice(fault.end);
  if (what === 'host' && ['', script(good)].includes(script(text))) continue;
  writeFileSync(fault.file, text);
  try {
    if (what === 'core' && !(await build())) continue;
    const caught = !test();
    const { file, line, put } = fault;
    const of = good.slice(fault.start, fault.end);
    const source = good.split('\n')[line - 1].trim();
    const before = good.split('\n')[line - 2]?.trim();
    const why = caught ? undefined : unseen({ file, text: source, before, of, put });
    results.push({ file, line, text: source, of, put, caught, ...(why && { unseen: why }) });
    if (!caught)
      process.stdout.write(
        `${why ? 'unseen  ' : 'survives'} ${file}:${line}  ${JSON.stringify(of)} is ${JSON.stringify(put)}\n` +
          `  ${source}\n${why ? `  ${why}\n` : ''}`,
      );
  } finally {
    undo();
  }
}
if (what === 'core') {
  // What the tests and the build take for granted again.
  rmSync('build/wasm.stamp', { force: true });
  run(process.execPath, 'scripts/build-wasm.mjs');
}
const caught = results.filter((result) => result.caught).length;
const silent = results.filter((result) => result.unseen).length;
mkdirSync('reports', { recursive: true });
writeFileSync(
  report,
  `${JSON.stringify({ seed: Number(values.seed), caught, unseen: silent, of: results.length, results }, null, 1)}\n`,
);
const seen = results.length - silent;
process.stdout.write(
  `${caught} of ${seen} faults caught (${Math.round((100 * caught) / seen)} %), ` +
    `${silent} more change nothing that can be seen\n`,
);
