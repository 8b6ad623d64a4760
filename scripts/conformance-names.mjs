// How much of what wmbusmeters' own tests print comes out of `--format wmbusmeters` under the same name: prints the shares, as the
// format is by default, by rule alone (--standard-names), and so with --synonyms. It reads the telegrams where they lie, beside
// the repository. With --list N the N commonest pairs of names that differ by default; with --check it fails below what was reached.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { factorBetween } from '../packages/cli/dist/decode/wmbusmeters/factor.js';

const { values } = parseArgs({
  options: {
    list: { type: 'string', default: '0' },
    check: { type: 'boolean', default: false },
  },
});
const folder = '../shared/corpus/dev';
if (!existsSync(folder)) {
  process.stdout.write('the telegrams are not beside this repository\n');
  process.exit(0);
}
const rows = globSync(`${folder}/*.jsonl`)
  .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map(JSON.parse))
  .filter(
    ({ source, level, expected }) => source === 'wmbusmeters' && level === 'frame' && expected,
  );
const jobs = rows.flatMap((row) => {
  const key = /^[0-9a-f]{32}$/i.test(row.key ?? '') ? row.key : undefined;
  return [...(row.context ?? []).map((hex) => ({ hex, key })), { hex: row.hex, key, row }];
});

/** The line for each telegram, as options ask for it. */
function printed(...options) {
  const command = ['decode', ...options, '--default-keys', '--input', 'jsonl'];
  const { stdout } = spawnSync(
    process.execPath,
    ['node_modules/.bin/metergram', ...command, '--format', 'wmbusmeters', '-'],
    {
      input: jobs.map(({ hex, key }) => `${JSON.stringify({ hex, key })}\n`).join(''),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  const lines = stdout.trimEnd().split('\n');
  if (lines.length !== jobs.length) throw new Error('not a line for each telegram');
  return lines.map(JSON.parse);
}

const ABOUT = new Set([
  'media',
  'meter',
  'name',
  'id',
  'timestamp',
  'status',
  'device',
  'rssi_dbm',
]);
const same = (a, b) =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a))
    : String(a ?? '') === String(b ?? '');
/** The value under another name, in that name's unit. */
function sameAs(ours, name, field, value) {
  const factor = typeof ours === 'number' ? factorBetween(name, field) : undefined;
  if (factor === null) return false;
  if (factor === undefined) return same(ours, value);
  return same((ours * Number(factor.numerator)) / Number(factor.denominator), value);
}

/** What became of every field that is expected. */
function compared(lines) {
  const tally = { same: 0, other: 0, absent: 0, drivers: 0, telegrams: 0, pairs: new Map() };
  jobs.forEach(({ row }, i) => {
    if (row === undefined) return;
    const ours = lines[i];
    tally.telegrams++;
    if (ours.meter === row.expected.meter) tally.drivers++;
    for (const [field, value] of Object.entries(row.expected)) {
      if (ABOUT.has(field) || field.startsWith('_')) continue;
      if (field in ours && same(ours[field], value)) {
        tally.same++;
        continue;
      }
      const found = Object.keys(ours).filter(
        (name) =>
          !ABOUT.has(name) &&
          value !== null &&
          value !== '' &&
          sameAs(ours[name], name, field, value),
      );
      tally[found.length > 0 ? 'other' : 'absent']++;
      const pair = `${row.driver} ${field} <- ${found.slice(0, 3).join(', ') || '-'}`;
      tally.pairs.set(pair, (tally.pairs.get(pair) ?? 0) + 1);
    }
  });
  return tally;
}

const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
function reported(title, { same: alike, other, absent, drivers, telegrams }) {
  const all = alike + other + absent;
  return (
    `${title.padEnd(28)} ${all} fields of ${telegrams} telegrams: same name and value ${percent(alike, all)} (${alike}), ` +
    `value under another name ${percent(other, all)} (${other}), no such value ${percent(absent, all)} (${absent}); ` +
    `of the values that are there, the name is the same for ${percent(alike, alike + other)}; ` +
    `driver's name the same for ${drivers} telegrams\n`
  );
}

const byDefault = compared(printed());
process.stdout.write(reported('by default', byDefault));
for (const options of [['--standard-names'], ['--standard-names', '--synonyms']])
  process.stdout.write(reported(options.join(' '), compared(printed(...options))));
for (const [pair, count] of [...byDefault.pairs]
  .sort(([, a], [, b]) => b - a)
  .slice(0, Number(values.list)))
  process.stdout.write(`${String(count).padStart(5)} ${pair}\n`);
if (values.check && byDefault.same < 2000) {
  process.stderr.write(`only ${byDefault.same} of the fields have the same name and value\n`);
  process.exit(1);
}
