// Measures contenders side by side: interleaved rounds, so that a machine that slows down slows them all down.

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {() => number | Promise<number>} run does a piece of work and returns how many units it did
 */

/**
 * Units per second of processor time of each contender.
 * @param {readonly Contender[]} contenders
 * @param {{ rounds: number, sliceMs: number }} effort a slice: how long a contender runs in a round, at least
 */
export async function measure(contenders, { rounds, sliceMs }) {
  const samples = contenders.map(() => []);
  for (let round = -1; round < rounds; round++)
    for (const index of shuffledIndices(contenders.length, round)) {
      const rate = await slice(contenders[index], sliceMs);
      if (round >= 0) samples[index].push(rate); // the round before the first one warms up
    }
  return contenders.map(({ name }, index) => ({ name, ...summary(samples[index]) }));
}

/**
 * Units for each second of processor time: what others do on the machine meanwhile does not count. A contender that
 * measures itself, because it runs in a process of its own, says it with `once`.
 */
async function slice({ once, run }, sliceMs) {
  if (once) return once();
  let units = 0;
  const started = process.cpuUsage();
  let seconds = 0;
  do {
    units += await run();
    const { system, user } = process.cpuUsage(started);
    seconds = (user + system) / 1e6;
  } while (seconds * 1000 < sliceMs);
  return units / seconds;
}

/** Each round begins with another contender. */
function shuffledIndices(count, round) {
  return Array.from({ length: count }, (_, index) => (index + Math.max(0, round)) % count);
}

/** Median, and the range in which the middle half of the samples lies. */
export function summary(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round((sorted.length - 1) * share)];
  return {
    median: at(0.5),
    low: at(0.25),
    high: at(0.75),
    least: sorted[0],
    most: sorted.at(-1),
    rounds: sorted.length,
  };
}

/**
 * Bytes of heap that one unit takes, found by running without any collection in between; null where one came in
 * between each time. Needs --expose-gc, and a young generation that holds a whole run (--max-semi-space-size).
 * @param {() => number} run
 */
export function bytesPerUnit(run) {
  run();
  run();
  for (let attempt = 0; attempt < 5; attempt++) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    const units = run();
    const after = process.memoryUsage().heapUsed;
    if (after >= before) return (after - before) / units;
  }
  return null;
}
