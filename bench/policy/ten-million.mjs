// node bench/policy/ten-million.mjs [COUNT]
// A plan over stored hours, streamed: how long it takes, and how much memory the process held at most while nothing but counts
// was kept. Prints one line of JSON.
import { compile } from '../../packages/policy/dist/index.js';
import { items, keeping, NOW } from './workload.mjs';

const count = Number(process.argv[2] ?? 10_000_000);
const engine = compile(keeping());
const run = engine.plan(items(count), engine.know([]), { now: NOW });
const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);
const before = megabytes();
const start = performance.now();
let most = before;
let seen = 0;
let step = run.next();
for (; step.done !== true; step = run.next()) {
  seen += 1;
  if (seen % 100_000 === 0) most = Math.max(most, megabytes());
}
const seconds = Math.round((performance.now() - start) / 100) / 10;
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({
    ...step.value,
    seconds,
    processorSeconds: Math.round((user + system) / 1e5) / 10,
    megabytes: { before, most },
  })}\n`,
);
