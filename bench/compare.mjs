// node bench/compare.mjs [--least 0.7] [--again 0]
//   Has anything become slower? Sets the last run (bench/results/local) beside what is committed (bench/results), by ratios
//   alone: what share of its group's geometric mean a contender makes. Another machine, or a busy one, moves all of a group
//   together; a contender that fell behind the others stands out. A short moment can throw a single one back: `--again N` runs a
//   bench with such a one up to N times more, and only who is behind each time is told. Exit code 1 where one makes less than
//   `--least` of its share.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { least: { type: 'string', default: '0.7' }, again: { type: 'string', default: '0' } },
});
const least = Number(values.least);
if (!(least > 0 && least <= 1)) {
  process.stderr.write('--least is a share: above 0, at most 1\n');
  process.exit(2);
}

const read = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

/** Each contender's share of the geometric mean of those that both runs have, by name. */
function shares(results, names) {
  const both = results.filter(({ name }) => names.has(name));
  const mean = both.reduce((sum, { median }) => sum + Math.log(median), 0) / both.length;
  return new Map(both.map(({ name, median }) => [name, median / Math.exp(mean)]));
}

/** What share of its share each contender of a bench makes now. */
function ratios(bench) {
  const found = new Map();
  const before = read(`results/${bench}.json`);
  for (const { results, title, unit } of read(`results/local/${bench}.json`).groups) {
    // A start is one process once, by the clock: what else the machine does moves starts apart.
    if (unit === 'starts') continue;
    const then = before.groups.find((group) => group.title === title);
    if (!then) continue;
    const now = new Set(results.map(({ name }) => name));
    const names = new Set(then.results.map(({ name }) => name).filter((name) => now.has(name)));
    if (names.size < 2) continue;
    const was = shares(then.results, names);
    for (const [name, share] of shares(results, names))
      found.set(`${title}, ${name}`, share / was.get(name));
  }
  return found;
}

let compared = 0;
let behind = 0;
const here = fileURLToPath(new URL('.', import.meta.url));
for (const path of globSync('results/local/*.json', { cwd: here }).sort()) {
  const bench = basename(path, '.json');
  if (!existsSync(new URL(`results/${bench}.json`, import.meta.url))) continue;
  const best = ratios(bench);
  const slow = () => [...best].filter(([, ratio]) => ratio < least);
  for (let again = Number(values.again); again > 0 && slow().length > 0; again--) {
    spawnSync(process.execPath, [`${here}run.mjs`, bench, '--quick'], { stdio: 'inherit' });
    for (const [name, ratio] of ratios(bench)) best.set(name, Math.max(ratio, best.get(name) ?? 0));
  }
  compared += best.size;
  behind += slow().length;
  for (const [name, ratio] of slow())
    process.stdout.write(`${name}: ${ratio.toFixed(2)} of the share that it had\n`);
}
process.stdout.write(`${compared} figures compared by ratio, ${behind} below ${least}\n`);
process.exitCode = behind > 0 || compared === 0 ? 1 : 0;
