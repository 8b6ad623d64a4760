// Prints docs/conformance.md: what the decoder finds of the values that other decoders' own tests assert. It runs the
// scorer and the telegrams where they lie, beside the repository, and needs a build; nothing of them comes into the page
// but names and counts. Without them it says so and leaves the page as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { MISSES } from './conformance/misses.mjs';

const scorer = '../shared/corpus/score.mjs';
const page = 'docs/conformance.md';
if (!existsSync(scorer)) {
  process.stdout.write('the telegrams are not beside this repository; the page stays as it is\n');
  process.exit(0);
}

/** What the scorer says of `metergram decode` with these options. */
function score(...options) {
  const result = 'build/conformance.json';
  const decode = ['node_modules/.bin/metergram', 'decode', ...options];
  const streams = ['--input', 'jsonl', '--format', 'jsonl', '-'];
  const { status, stderr } = spawnSync(
    process.execPath,
    [scorer, '--json', result, '--', ...decode, ...streams],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    process.stderr.write(stderr);
    process.exit(1);
  }
  const scored = JSON.parse(readFileSync(result, 'utf8'));
  rmSync(result);
  return scored;
}

/** The entry of the list for a value that was not found. */
const missOf = (id, value) =>
  MISSES.find((miss) => miss.telegrams.includes(id) && miss.values.test(value));
const reasonsOf = ({ id, missing }) => missing.map((value) => missOf(id, value));

/** The tallies of each group, without the expectations that the list calls quirks of their source. */
function withoutQuirks({ groups, failed }) {
  const left = structuredClone(groups);
  for (const miss of failed) {
    const quirks = reasonsOf(miss).filter((entry) => entry?.quirk).length;
    const tally = left[miss.group];
    tally.values -= quirks;
    if (quirks === miss.missing.length) tally.passed += 1;
  }
  return left;
}

const sum = (tallies) => {
  const total = { telegrams: 0, passed: 0, values: 0, found: 0 };
  for (const tally of Object.values(tallies))
    for (const name of Object.keys(total)) total[name] += tally[name];
  return total;
};
/** Rounded down, so that nothing that is missed is hidden behind 100 %. */
const percent = ({ found, values }) => `${(Math.floor((1000 * found) / values) / 10).toFixed(1)} %`;
const cells = (tally) =>
  `${tally.passed} of ${tally.telegrams} | ${tally.found} of ${tally.values} | ${percent(tally)}`;

const printed = score('--default-keys', '--profiles');
const own = score('--profiles');
const cleared = withoutQuirks(printed);
const row = (name, tally, clear) => `| ${name} | ${cells(tally)} | ${cells(clear)} |`;
const rows = Object.keys(printed.groups)
  .sort()
  .map((name) => row(name, printed.groups[name], cleared[name]));
const keyed = Object.keys(own.groups)
  .filter((name) => own.groups[name].found !== printed.groups[name].found)
  .map((name) => `${name}: ${own.groups[name].found} of ${own.groups[name].values}`);
const misses = printed.failed.flatMap((miss) => {
  const entries = [...new Set(reasonsOf(miss))];
  return entries.map((entry) => {
    const values = reasonsOf(miss).filter((other) => other === entry).length;
    const whose = entry === undefined ? '' : entry.quirk ? 'quirk' : 'ours';
    return `| \`${miss.id}\` | ${values} | ${whose} | ${entry?.why ?? '**not explained**'} |`;
  });
});
const unexplained = printed.failed.filter((miss) => reasonsOf(miss).includes(undefined));
const text = `<!-- printed by scripts/conformance.mjs, do not edit -->

# Conformance

The test suites of other decoders assert values of several hundred telegrams. This is what Metergram finds of them, by value and
unit, with the keys of the tests, \`--default-keys\` and \`--profiles\`. The telegrams are not part of this project.

Two figures stand for each group. **As printed** takes every expectation as it is. **Without quirks** leaves out those that
contradict the standard or their own telegram, as far as they were missed: each is a line of the list below with its reason, named in
[misses.mjs](../scripts/conformance/misses.mjs), and counted by the script.

| telegrams of | in full, as printed | values | | in full, without quirks | values | |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
${row('**all**', printed.total, sum(cleared))}

Without \`--default-keys\`, which tries the makers' public factory keys, what is encrypted under one stays closed
(${keyed.join('; ')}).

## What differs, and why

| telegram | values | | why |
| --- | --- | --- | --- |
${misses.join('\n')}
`;
writeFileSync(page, text);
process.stdout.write(
  `${page}: ${percent(printed.total)} of ${printed.total.values} values as printed, ` +
    `${percent(sum(cleared))} without quirks\n`,
);
if (unexplained.length > 0) {
  process.stderr.write(`not explained: ${unexplained.map(({ id }) => id).join(', ')}\n`);
  process.exit(1);
}
