// A host that stores each chunk with its place in one line of a file, in a process that may be killed at any moment; what
// it is to do stands as JSON in its first argument. It goes on from the last whole line of the file.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { MeteringPointId } from '@metergram/model';
import { tlsFetch } from '../../src/core/node-fetch.ts';
import type { HubSeries } from '../../src/core/client.ts';
import type { Outcome } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';

export interface StoringOrder {
  readonly origin: string;
  readonly ca: string;
  readonly refreshToken: string;
  readonly meteringPoints: readonly MeteringPointId[];
  readonly days: readonly [from: string, to: string];
  readonly file: string;
}

/** One line of the file. */
export interface StoredChunk {
  readonly items: readonly HubSeries[];
  readonly outcomes: readonly Outcome[];
  readonly resume: string;
}

const { origin, ca, refreshToken, meteringPoints, days, file } = JSON.parse(
  process.argv[2] ?? '{}',
) as StoringOrder;
const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
// A line that the kill tore is no line: its chunk comes again.
const whole = text.slice(0, text.lastIndexOf('\n') + 1);
writeFileSync(file, whole);
const last = whole.split('\n').at(-2);
const resume = last === undefined ? undefined : (JSON.parse(last) as StoredChunk).resume;
const fetch = tlsFetch({ ca });
const client = new EloverblikCustomer({ origin, refreshToken, fetch, days: 40, bundle: 3 });
const interval = localInterval(...days, danishZone);
const request = { meteringPoints, interval, resolution: 'PT1H' } as const;
for await (const chunk of client.series(request, resume === undefined ? {} : { resume })) {
  const { items, outcomes } = chunk;
  const stored: StoredChunk = { items, outcomes, resume: chunk.resume };
  appendFileSync(file, `${JSON.stringify(stored)}\n`);
}
await fetch.close();
