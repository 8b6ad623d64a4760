// What the capture is known to hold is what the command line and the program print: every kind of meter with a value, a
// unit and a time; each kind of damage with its reason and its byte; and nothing of the keys.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const node = (...args) =>
  spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
const decode = (...args) =>
  node(
    here('../../packages/cli/bin/metergram.js'),
    'decode',
    here('capture.txt'),
    '--keys',
    here('keys.csv'),
    ...args,
  );

const lines = readFileSync(here('capture.txt'), 'utf8').trimEnd().split('\n');
const sent = lines.filter((line) => /^[0-9a-f]/.test(line));
const keys = readFileSync(here('keys.csv'), 'utf8').trimEnd().split('\n').slice(1);

const json = decode('--format', 'jsonl');
assert.equal(json.status, 1, 'some telegrams are damaged');
const telegrams = json.stdout
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
assert.equal(telegrams.length, sent.length);

const good = telegrams.filter(({ issues }) => !issues.some(({ severity }) => severity === 'error'));
const media = new Set(good.map(({ meter }) => meter.medium));
for (const medium of ['heat', 'electricity', 'gas', 'cold_water', 'warm_water'])
  assert.ok(media.has(medium), `a ${medium} meter`);
const kinds = new Set(good.map(({ link }) => link.kind));
assert.ok(kinds.has('wireless') && kinds.has('wired-long'));
assert.ok(good.some(({ security }) => security.state === 'decrypted'));
assert.ok(good.some(({ security }) => security.state === 'none'));
for (const { received } of telegrams) assert.match(received, /^2026-01-1[45]T/);

// What the simulator damaged is found, unless a flipped bit met a telegram that nothing guards.
const damaged = sent.flatMap((line, index) => (/cut short/.test(line) ? [telegrams[index]] : []));
assert.ok(damaged.length > 0);
for (const { issues } of damaged)
  assert.ok(
    issues.some(({ code, offset, severity }) => severity === 'error' && code && offset >= 0),
  );

const table = decode('--latest').stdout;
for (const text of [/heat +energy +[\d.]+ kWh/, /cold water +volume +[\d.]+ m³/, / at byte \d+: /])
  assert.match(table, text);
const { status, stdout } = node(here('readings.mjs'));
assert.equal(status, 0);
assert.match(stdout, /volume [\d.]+ m3/);

const readings = decode('--format', 'readings').stdout;
const hours = spawnSync(
  process.execPath,
  [here('../../packages/cli/bin/metergram.js'), 'aggregate', '-', '--resolution', 'PT1H'],
  { encoding: 'utf8', input: readings },
);
assert.match(hours.stdout, /^meter,start,end,value,unit,quality,revision\r?\n/);
assert.match(
  hours.stdout,
  /^XMG-70010001,2026-01-15T05:00:00Z,2026-01-15T06:00:00Z,\d+,Wh,measured,\d+\r?$/m,
);

const day = node(here('day.mjs'));
assert.equal(day.status, 0, day.stderr);
assert.match(day.stdout, /heat +[▁-█·]{23,25} +[\d.]+ kWh/);
for (const answer of [
  /tenant.*own meters: permit$/m,
  /neighbour.*: deny$/m,
  /technician.*: permit with$/m,
  /agreed to days: permit with$/m,
  /never asked: deny$/m,
])
  assert.match(day.stdout, answer);
for (const line of day.stdout.split('\n')) assert.ok([...line].length <= 80, line);

for (const key of keys.map((line) => line.split(',')[2]))
  for (const text of [json.stdout, json.stderr, table, stdout, day.stdout])
    assert.ok(!text.toLowerCase().includes(key.toLowerCase()), 'no key is printed');
