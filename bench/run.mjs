// Runs the benches bench/**/*.bench.mjs, those against others apart, each in a process of its own: what one has made the engine
// believe of shared code would slow the next.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { circumstances } from './circumstances.mjs';
import { bytesPerUnit, measure } from './measure.mjs';

const HELP = `Measures contenders in turns, in rounds; prints medians with the middle half of
the rounds.

usage: npm run bench -- [WORD ...] [OPTION ...]

  WORD      only benches whose name holds one of the words
  --quick   few and short rounds
  --save    write bench/results/NAME.json over what is committed, in place of
            bench/results/local
  --help    this text
`;
const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
    // The one bench of this process; given by the process that was asked for several.
    file: { type: 'string' },
  },
});
const FLAGS = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

if (values.help) process.stdout.write(HELP);
else if (values.file === undefined) runAll();
else await run(values.file);

function runAll() {
  const all = globSync(['*.bench.mjs', '!(against|results)/**/*.bench.mjs'], {
    cwd: new URL('.', import.meta.url),
  }).sort();
  const chosen = all.filter(
    (file) => words.length === 0 || words.some((word) => nameOf(file).includes(word)),
  );
  if (chosen.length === 0) {
    process.stderr.write(`no such bench; there are ${all.map(nameOf).join(', ')}\n`);
    process.exitCode = 2;
  }
  const options = ['quick', 'save'].filter((name) => values[name]).map((name) => `--${name}`);
  for (const file of chosen) {
    const args = [...FLAGS, fileURLToPath(import.meta.url), '--file', file, ...options];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}

async function run(file) {
  const { default: bench } = await import(new URL(file, import.meta.url));
  const effort = values.quick ? { rounds: 3, sliceMs: 50 } : { rounds: 21, sliceMs: 100 };
  const groups = [];
  for (const { contenders, end, title, unit } of await bench()) {
    process.stdout.write(`\n${title} (${unit}/s)\n`);
    const results = await measure(contenders, effort);
    for (const [index, result] of results.entries()) {
      const { allocates } = contenders[index];
      if (allocates) result.bytesPerUnit = bytesPerUnit(contenders[index].run);
      const bytes = allocates ? `, ${describeBytes(result.bytesPerUnit)} each` : '';
      process.stdout.write(
        `  ${result.name.padEnd(36)} ${number.format(result.median).padStart(12)}  (${number.format(result.low)} to ${number.format(result.high)})${bytes}\n`,
      );
    }
    groups.push({ title, unit, results });
    await end?.();
  }
  const name = nameOf(file);
  if (groups.length === 0) {
    process.stdout.write(`\n${name}: cannot be measured here\n`);
    return;
  }
  const text = JSON.stringify({ name, ...circumstances(), effort, groups }, null, 2);
  const folder = new URL(values.save ? 'results/' : 'results/local/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.json`, folder), `${text}\n`);
}

function nameOf(file) {
  return basename(file, '.bench.mjs');
}

function describeBytes(bytes) {
  return bytes === null ? 'allocation not measured' : `${Math.round(bytes)} bytes`;
}
