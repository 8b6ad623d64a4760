// Fuzzes the decoder, baseline and SIMD build side by side. Needs a build.
import { createDecoder } from '@metergram/decoder';
import { explain } from '@metergram/decoder/explain';
import { parseArgs } from 'node:util';
import { drawFrom } from './fuzz/draw.mjs';
import { inputs, KEY, seeds } from './fuzz/inputs.mjs';
import { broken } from './fuzz/invariants.mjs';

const HELP = `Throws random, mutated and well-made input at both builds of the decoder.

usage: npm run fuzz -- [OPTION ...]

  --minutes N   how long (default 1)
  --seed N      draw the same inputs again (default: the time; it is printed)
  --input HEX   one input alone, as a found one is printed
  --layer records
                with --input: bare records, without a frame
  --help        this text

What must hold for every input: no trap and no exception, both builds say the
same, as few records as the bytes can hold, every offset inside, values well
formed, bare records where they say that they stand, every byte explained once
(looked at for every fourth input), no input slower than a second.

Exit code 1 when something does not hold: the input is made smaller and printed.
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    input: { type: 'string' },
    layer: { type: 'string' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit();
}

/** A decoder learns formats and keeps fragments; after so many inputs a new pair begins. */
const LIFE = 2000;
const SLOW_MS = 1000;
const keys = [{ manufacturer: '*', id: '*', key: KEY }];
/** Both builds, and one more to explain with: what a decoder learns must not tell the builds apart. */
const pair = () =>
  Promise.all(
    [false, true, true].map((simd) => createDecoder({ simd, keys, experimental: [8, 9, 10] })),
  );

/** What does not hold, or null. */
function judge([baseline, simd, explaining], input) {
  const { bytes, layer } = input;
  const options = layer === undefined ? {} : { layer };
  const started = performance.now();
  try {
    const decoded = [baseline.decode(bytes, options), simd.decode(bytes, options)];
    const explained =
      bytes.length > 0 && bytes[0] % 4 === 0 ? explain(explaining, bytes, options).bytes : null;
    // A busy machine holds anybody up: what counts is the work, seen once more.
    if (performance.now() - started > SLOW_MS) {
      const worked = process.cpuUsage();
      baseline.decode(bytes, options);
      const took = process.cpuUsage(worked).user / 1000;
      if (took > SLOW_MS) return { fault: `took ${Math.round(took)} ms` };
    }
    return { fault: broken(input, decoded, explained), telegram: decoded[0] };
  } catch (error) {
    return { fault: `${error.name}: ${error.message}` };
  }
}

/** As few bytes as still show a fault in decoders that have seen nothing else. */
async function smallest(input) {
  let best = input;
  let again = (await judgeAlone(best)) !== null;
  if (!again) return { input, alone: false };
  while (again) {
    again = false;
    for (let at = best.bytes.length - 1; at >= 0; at--) {
      const bytes = Uint8Array.from([
        ...best.bytes.subarray(0, at),
        ...best.bytes.subarray(at + 1),
      ]);
      if ((await judgeAlone({ ...best, bytes })) === null) continue;
      best = { ...best, bytes };
      again = true;
    }
  }
  return { input: best, alone: true };
}

async function judgeAlone(input) {
  return judge(await pair(), input).fault;
}

const hex = (bytes) => Buffer.from(bytes).toString('hex');

async function tell(input, fault) {
  const { input: small, alone } = await smallest(input);
  const layer = small.layer === undefined ? '' : ` --layer ${small.layer}`;
  process.stdout.write(`\n${input.kind}: ${fault}\n`);
  process.stdout.write(
    alone
      ? `npm run fuzz -- --input ${hex(small.bytes)}${layer}\n`
      : `only after the inputs before it, seed ${values.seed}: ${hex(input.bytes)}${layer}\n`,
  );
}

if (values.input !== undefined) {
  const bytes = Uint8Array.from(Buffer.from(values.input, 'hex'));
  const { fault, telegram } = judge(await pair(), { bytes, layer: values.layer });
  process.stdout.write(`${JSON.stringify(telegram, null, 2)}\n${fault ?? 'holds'}\n`);
  process.exit(fault === null ? 0 : 1);
}

const seed = Number(values.seed);
const end = performance.now() + Number(values.minutes) * 60_000;
const counts = {};
const seen = new Set();
let decoders = await pair();
let total = 0;
let records = 0;
let faults = 0;
process.stdout.write(`seed ${seed}, ${values.minutes} min\n`);
for (const input of inputs(drawFrom(seed), seeds())) {
  const { fault, telegram } = judge(decoders, input);
  total++;
  counts[input.kind] = (counts[input.kind] ?? 0) + 1;
  if (fault !== null) {
    faults++;
    await tell(input, fault);
    decoders = await pair();
    if (faults === 10) break;
  } else {
    records += telegram.records.length;
    for (const { code } of telegram.issues) seen.add(code);
  }
  if (total % LIFE === 0) decoders = await pair();
  if (total % 256 === 0 && performance.now() > end) break;
}
const kinds = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
process.stdout.write(
  `${total} inputs on both builds (${kinds.join(', ')}), ${records} records, ` +
    `${seen.size} kinds of issue; ${faults} faults\n`,
);
process.exitCode = faults === 0 ? 0 : 1;
