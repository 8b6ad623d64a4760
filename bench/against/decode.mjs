// npm ci && npm run decode [-- --quick] [--save], in this folder; build the packages first (npm run build in the root).
// libmbus beside @metergram/decoder, on wired frames: those of bench/telegrams.mjs, and those of a corpus where one lies
// beside the project. libmbus is C; its sources come with node-mbus, whose own interface only talks to serial ports and
// sockets. It is compiled here (gcc -O3) and measures itself in a process of its own, in turns with ours.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createDecoderSync } from '../../packages/decoder/dist/index.js';
import { circumstances } from '../circumstances.mjs';
import { measure } from '../measure.mjs';
import { packed, wired } from '../telegrams.mjs';

const quick = process.argv.includes('--quick');
const effort = quick ? { rounds: 3, sliceMs: 100 } : { rounds: 11, sliceMs: 300 };
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'metergram-against-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const libmbus = join(
  dirname(createRequire(import.meta.url).resolve('node-mbus/package.json')),
  'libmbus/mbus',
);
const program = join(folder, 'libmbus');
const sources = [join(here, 'libmbus.c'), join(libmbus, 'mbus-protocol.c')];
execFileSync('gcc', ['-O3', '-w', `-I${libmbus}`, '-o', program, ...sources, '-lm']);

/** Valid long frames of the corpus, each once, over and over; none where it is absent. */
function corpus(count) {
  const of = new URL('../../../shared/corpus/dev/', import.meta.url);
  if (!existsSync(of)) return [];
  const lines = ['libmbus', 'm-bus-parser', 'pymeterbus'].flatMap((name) =>
    readFileSync(new URL(`${name}.jsonl`, of), 'utf8')
      .split('\n')
      .filter(Boolean),
  );
  const hex = new Set(lines.map((line) => JSON.parse(line).hex));
  const valid = [...hex]
    .map((digits) => Buffer.from(digits, 'hex'))
    .filter((bytes) => {
      const at = bytes.length - 2;
      const sum = bytes.subarray(4, at).reduce((total, byte) => total + byte, 0);
      return bytes[0] === 0x68 && bytes[1] === bytes.length - 6 && (sum & 255) === bytes[at];
    })
    .filter((bytes) => bytes[6] === 0x72);
  return Array.from({ length: count }, (_, index) => valid[index % valid.length]);
}

let seen = 0;
function read({ meter, records }) {
  seen += meter?.id?.length ?? 0;
  for (const { quantity, unit, value, function: kind } of records)
    seen += (quantity?.length ?? 0) + (unit?.length ?? 0) + (value?.length ?? 0) + kind.length;
}

function frames(telegrams) {
  const file = join(folder, 'frames');
  const pieces = telegrams.flatMap((bytes) => [
    Buffer.from([bytes.length & 255, bytes.length >> 8]),
    bytes,
  ]);
  writeFileSync(file, Buffer.concat(pieces));
  return file;
}

const theirs = (file, form, seconds) =>
  execFileSync(program, [file, form, String(seconds)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);

function contenders(given) {
  // What libmbus refuses is left out: refusing is quick.
  const counts = theirs(frames(given), 'count', 0);
  const telegrams = given.filter((_, index) => counts[index] >= 0);
  const file = frames(telegrams);
  const { bytes, offsets } = packed(telegrams);
  const decoder = createDecoderSync();
  const ours = decoder.decodeBatch(bytes, offsets).records.place.length;
  const records = counts.reduce((sum, count) => sum + Math.max(0, count), 0);
  process.stdout.write(
    `\n${telegrams.length} of ${given.length} telegrams, which libmbus does not refuse; records: ${ours} by us, ${records} by libmbus\n`,
  );
  return [
    { name: '@metergram/decoder, columns', run: () => decoder.decodeBatch(bytes, offsets).length },
    {
      name: '@metergram/decoder, views, every value read',
      run: () => {
        const all = decoder.decodeBatch(bytes, offsets);
        for (let index = 0; index < all.length; index++) read(all.view(index));
        return all.length;
      },
    },
    ...[
      ['records', "libmbus, each record's header and bytes"],
      ['values', 'libmbus, every value and unit as text'],
      ['xml', 'libmbus, XML'],
    ].map(([form, title]) => ({
      name: title,
      once: () => theirs(file, form, effort.sliceMs / 1000)[0],
    })),
  ];
}

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const groups = [];
for (const [title, telegrams] of [
  ['wired, 13 records', wired(2000)],
  ['wired, frames of a corpus', corpus(2000)],
]) {
  if (telegrams.length === 0) continue;
  const results = await measure(contenders(telegrams), effort);
  process.stdout.write(`${title} (telegrams/s)\n`);
  for (const { name, median, low, high } of results)
    process.stdout.write(
      `  ${name.padEnd(46)} ${number.format(median).padStart(10)}  (${number.format(low)} to ${number.format(high)})\n`,
    );
  groups.push({ title, unit: 'telegrams', results });
}

if (process.argv.includes('--save')) {
  const saved = { name: 'against libmbus', ...circumstances(), effort, groups };
  const file = new URL('../results/against/decode.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(saved, null, 2)}\n`);
}
