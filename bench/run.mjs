// npm run bench [-- WORD ...] [--quick] [--save]
//   Runs every bench/**/*.bench.mjs, those against others apart, whose name holds one of the words. Prints medians with the middle half of the rounds, and
//   writes bench/results/NAME.json: --save over what is committed, otherwise under bench/results/local.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { circumstances } from './circumstances.mjs';
import { bytesPerUnit, measure } from './measure.mjs';

const NEEDED = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
if (!NEEDED.every((flag) => process.execArgv.includes(flag))) {
  const script = fileURLToPath(import.meta.url);
  const { status } = spawnSync(process.execPath, [...NEEDED, script, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

const given = process.argv.slice(2);
const quick = given.includes('--quick');
const save = given.includes('--save');
const words = given.filter((word) => !word.startsWith('--'));
const effort = quick ? { rounds: 3, sliceMs: 50 } : { rounds: 21, sliceMs: 100 };
const folder = new URL(save ? 'results/' : 'results/local/', import.meta.url);
mkdirSync(folder, { recursive: true });

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
for (const file of globSync(['*.bench.mjs', '!(against|results)/**/*.bench.mjs'], {
  cwd: new URL('.', import.meta.url),
}).sort()) {
  const name = basename(file, '.bench.mjs');
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const bench = (await import(pathToFileURL(fileURLToPath(new URL(file, import.meta.url))).href))
    .default;
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
  if (groups.length === 0) {
    process.stdout.write(`\n${name}: cannot be measured here\n`);
    continue;
  }
  const text = JSON.stringify({ name, ...circumstances(), effort, groups }, null, 2);
  writeFileSync(new URL(`${name}.json`, folder), `${text}\n`);
}

function describeBytes(bytes) {
  return bytes === null ? 'allocation not measured' : `${Math.round(bytes)} bytes`;
}
