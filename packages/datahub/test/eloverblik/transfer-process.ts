// One transfer in a process of its own, so that its memory can be bounded and measured: options as JSON in the first
// argument, what came of it as one line of JSON on standard output.
import type { MeteringPointId, Resolution } from '@metergram/model';
import { localInterval } from '../../src/core/zone.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { generatedIds, type GeneratedPoints, startTestHub } from '../../src/testing.ts';

export interface TransferOrder {
  readonly count: number;
  readonly resolution: Resolution;
  readonly concurrency?: number;
  /** Days in one request, at most. */
  readonly days?: number;
}

export interface TransferResult {
  readonly series: number;
  readonly values: number;
  readonly ordered: boolean;
  readonly states: readonly string[];
  readonly requests: number;
  readonly refused: number;
  readonly overLimit: boolean;
  /** Of the hub's clock. */
  readonly minutes: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Of the process, at its highest. */
  readonly peakMegabytes: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as TransferOrder;
const generate: GeneratedPoints = {
  first: '57131310000000000',
  count: order.count,
  resolution: order.resolution,
};
const hub = await startTestHub({
  hub: 'eloverblik',
  data: { now: '2026-01-15T10:00:00Z', generate: [generate] },
});
const client = new EloverblikCustomer({
  refreshToken: hub.credentials['customerRefreshToken'] as string,
  origin: hub.origin,
  clock: hub.clock,
  fetch: hub.fetch,
  ...(order.concurrency === undefined ? {} : { concurrency: order.concurrency }),
  ...(order.days === undefined ? {} : { days: order.days }),
});
const began = hub.clock.now();
const clock = performance.now();
const states = new Set<string>();
let series = 0;
let values = 0;
let bytes = 0;
let last = '';
let ordered = true;
for await (const chunk of client.series({
  meteringPoints: generatedIds(generate) as MeteringPointId[],
  interval: localInterval('2025-01-01', '2026-01-01', danishZone),
  resolution: order.resolution,
})) {
  for (const one of chunk.items) {
    series++;
    values += one.points.length;
    const key = `${one.meteringPoint} ${one.points[0]?.start}`;
    ordered &&= key > last;
    last = key;
  }
  for (const { state } of chunk.outcomes) states.add(state);
  ({ bytes } = chunk.progress);
}
const seconds = (performance.now() - clock) / 1000;
const { limits, exchanges } = await hub.report();
const result: TransferResult = {
  series,
  values,
  ordered,
  states: [...states],
  requests: exchanges.length,
  refused: exchanges.filter(({ status }) => status !== 200).length,
  overLimit: limits.some(({ busiest, max, refused }) => busiest > max || refused > 0),
  minutes: (hub.clock.now() - began) / 60_000,
  bytes,
  seconds,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
};
await hub.stop();
process.stdout.write(`${JSON.stringify(result)}\n`);
