// How much of what wmbusmeters' own tests print comes out of `--format wmbusmeters` under the same name: prints the shares. It
// reads the telegrams where they lie, beside the repository; with --list N the N commonest pairs of names that differ; with
// --synonyms as that option prints them.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    list: { type: 'string', default: '0' },
    synonyms: { type: 'boolean', default: false },
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
const decode = [
  'decode',
  ...(values.synonyms ? ['--synonyms'] : []),
  '--default-keys',
  '--input',
  'jsonl',
  '--format',
  'wmbusmeters',
  '-',
];
const { stdout } = spawnSync(process.execPath, ['node_modules/.bin/metergram', ...decode], {
  input: jobs.map(({ hex, key }) => `${JSON.stringify({ hex, key })}\n`).join(''),
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
const lines = stdout.trimEnd().split('\n');
if (lines.length !== jobs.length) throw new Error('not a line for each telegram');

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
const tally = { same: 0, other: 0, absent: 0 };
const pairs = new Map();
let telegrams = 0;
jobs.forEach(({ row }, i) => {
  if (row === undefined) return;
  const ours = JSON.parse(lines[i]);
  telegrams++;
  for (const [field, value] of Object.entries(row.expected)) {
    if (ABOUT.has(field) || field.startsWith('_')) continue;
    if (field in ours && same(ours[field], value)) {
      tally.same++;
      continue;
    }
    const found = Object.keys(ours).filter(
      (name) => !ABOUT.has(name) && value !== null && value !== '' && same(ours[name], value),
    );
    tally[found.length > 0 ? 'other' : 'absent']++;
    const pair = `${field} <- ${found.slice(0, 3).join(', ') || '-'}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
});
const all = tally.same + tally.other + tally.absent;
const share = (count) => `${Math.round((100 * count) / all)} % (${count})`;
process.stdout.write(
  `${all} fields of ${telegrams} telegrams: same name and value ${share(tally.same)}, ` +
    `value under another name ${share(tally.other)}, not found ${share(tally.absent)}\n`,
);
for (const [pair, count] of [...pairs].sort(([, a], [, b]) => b - a).slice(0, Number(values.list)))
  process.stdout.write(`${String(count).padStart(5)} ${pair}\n`);
