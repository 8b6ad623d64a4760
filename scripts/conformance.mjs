// Prints docs/conformance.md: what the decoder finds of the values that other decoders' own tests assert. It runs the
// scorer and the telegrams where they lie, beside the repository, and needs a build; nothing of them comes into the page
// but names and counts. Without them it says so and leaves the page as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const scorer = '../shared/corpus/score.mjs';
const page = 'docs/conformance.md';
if (!existsSync(scorer)) {
  process.stdout.write('the telegrams are not beside this repository; the page stays as it is\n');
  process.exit(0);
}
const result = 'build/conformance.json';
const decode = [
  'node_modules/.bin/metergram',
  'decode',
  '--default-keys',
  '--input',
  'jsonl',
  '--format',
  'jsonl',
  '-',
];
const { status, stderr } = spawnSync(
  process.execPath,
  [scorer, '--json', result, '--', ...decode],
  {
    encoding: 'utf8',
  },
);
if (status !== 0) {
  process.stderr.write(stderr);
  process.exit(1);
}
const { groups, total, failed } = JSON.parse(readFileSync(result, 'utf8'));
rmSync(result);

/** Why a telegram's values differ, by the beginning of its name; a difference without a reason is an error. */
const REASONS = [
  [
    'wm-xmq-c5isf',
    'expects 80000000 as a number in the 13 months that the meter has not had; EN 13757-3 annex A, type B: no valid value ([0001](decisions/0001-impossible-values-are-null.md))',
  ],
  [
    'lm-test-landis+gyr_ultraheat_t230',
    'expects 2027 for year 127 of a date of type F, which means every year (EN 13757-3 annex A): a due date on 1 January, no point in time',
  ],
  [
    'wm-xmq-em24-01',
    'expects the values without VIFE 75, which is ×10⁻¹ (and one that is computed from them); the meter counts its active energy in tenths, too',
  ],
  ['wm-xmq-waterstarm-08', 'expects a time whose bit "invalid" (IV, type F) is set'],
  [
    'wm-xmq-kamwater-07',
    "an edited telegram: the full frame's CRC is wrong, so no value can be trusted",
  ],
  [
    'wm-xmq-qwaterv2-02',
    'expects month differences in litres; eight telegrams show by their sums that they are tens of litres, and 8000h is none',
  ],
  [
    'wm-xmq-qwaterv2',
    'expects the volume flow 0; VIFE 56 makes the record the hours in which a lower limit was passed. In every telegram that we know it is 0, so none can show that the meter means a flow',
  ],
  [
    'wm-cc-qwater-01',
    'expects a volume flow where VIFE 56 makes a duration, and a time beyond the length that the telegram states',
  ],
  [
    'wm-xmq-ei6500-05',
    'expects five bits of a status word as a number (the level of dust); the word is given whole',
  ],
  [
    'wm-dv-20',
    'the assertion is about a record that these bytes do not hold (DIF 04, VIF 13), left over from another telegram',
  ],
];
const reasonOf = (id) => REASONS.find(([name]) => id.startsWith(name))?.[1];
const unexplained = failed.filter(({ id }) => reasonOf(id) === undefined).map(({ id }) => id);
const percent = (found, values) => `${((100 * found) / values).toFixed(1)} %`;
const row = (name, { telegrams, passed, values, found }) =>
  `| ${name} | ${passed} of ${telegrams} | ${found} of ${values} | ${percent(found, values)} |`;
const text = `<!-- printed by scripts/conformance.mjs, do not edit -->

# Conformance

The test suites of other decoders assert values of several hundred telegrams. This is what Metergram finds of them, by value and
unit, with the keys of the tests and \`--default-keys\`. The telegrams are not part of this project.

| telegrams of | telegrams in full | values | |
| --- | --- | --- | --- |
${Object.entries(groups)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, tally]) => row(name, tally))
  .join('\n')}
${row('**all**', total)}

In "standard + vendor part" of wmbusmeters 18 values are not found. Eleven are the month differences of one water meter, in a unit
that the sums of eight telegrams refute; six are one record, read without its VIFE; one is a time behind the end of its telegram.
Giving them as expected would be giving wrong values.

## What differs, and why

| telegram | values | why |
| --- | --- | --- |
${failed.map(({ id, missing }) => `| \`${id}\` | ${missing.length} | ${reasonOf(id) ?? '**not explained**'} |`).join('\n')}
`;
writeFileSync(page, text);
process.stdout.write(`${page}: ${percent(total.found, total.values)} of ${total.values} values\n`);
if (unexplained.length > 0) {
  process.stderr.write(`not explained: ${unexplained.join(', ')}\n`);
  process.exit(1);
}
