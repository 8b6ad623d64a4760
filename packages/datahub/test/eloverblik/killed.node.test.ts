import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { MeteringPointId } from '@metergram/model';
import { expect, it } from 'vitest';
import { mergeSeries } from '../../src/core/series.ts';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { generatedIds, type GeneratedPoints, startTestHub } from '../../src/testing.ts';
import { customerOf } from './setup.ts';
import type { StoredChunk, StoringOrder } from './storing-process.ts';

const generate: GeneratedPoints = {
  first: '57131310000000000',
  count: 9,
  resolution: 'PT1H',
  missing: 0.03,
};
const days = ['2025-01-01', '2025-12-01'] as const;
const script = fileURLToPath(new URL('storing-process.ts', import.meta.url));

/** Bytes of a file that may not be there yet. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Waits until the file has grown so much, or the process has ended by itself; true where it still runs. */
async function grown(child: ChildProcess, file: string, until: number): Promise<boolean> {
  while (child.exitCode === null && sizeOf(file) < until) await sleep(2);
  return child.exitCode === null;
}

it('a transfer whose process is killed again and again is, in the end, the uninterrupted one', async () => {
  const hub = await startTestHub({
    hub: 'eloverblik',
    data: { now: '2026-01-15T10:00:00Z', generate: [generate] },
  });
  const folder = mkdtempSync(join(tmpdir(), 'metergram-killed-'));
  try {
    const meteringPoints = generatedIds(generate) as MeteringPointId[];
    const interval = localInterval(...days, danishZone);
    const whole = await collect(
      customerOf(hub).series({ meteringPoints, interval, resolution: 'PT1H' }),
    );
    const order: StoringOrder = {
      origin: hub.origin,
      ca: hub.certificates.ca,
      refreshToken: hub.credentials['customerRefreshToken'] as string,
      meteringPoints,
      days,
      file: join(folder, 'chunks.jsonl'),
    };
    let killed = 0;
    for (let run = 0; ; run++) {
      // Each process counts for itself; the hub's two tokens a minute are the host's to share out.
      await hub.clock.advance(120_000);
      const before = sizeOf(order.file);
      const child = spawn(process.execPath, [script, JSON.stringify(order)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (part: Buffer) => (said += part.toString('utf8')));
      const gone = once(child, 'exit');
      // Later each time, so that a kill meets a token, a request, a body, the storing of a chunk.
      if (await grown(child, order.file, before + 1 + run * 90_000)) {
        child.kill('SIGKILL');
        killed++;
      }
      const [code, signal] = (await gone) as [number | null, string | null];
      if (signal === 'SIGKILL') continue;
      expect([code, said]).toEqual([0, '']);
      break;
    }
    expect(killed).toBeGreaterThanOrEqual(3);
    const lines = readFileSync(order.file, 'utf8').split('\n').slice(0, -1);
    const chunks = lines.map((line) => JSON.parse(line) as StoredChunk);
    // 9 metering points in bundles of 3, 334 days in parts of 40: each once, none twice, none missing.
    expect(chunks).toHaveLength(3 * 9);
    expect(mergeSeries(chunks.flatMap(({ items }) => items))).toEqual(mergeSeries(whole.items));
    expect(chunks.flatMap(({ outcomes }) => outcomes)).toEqual(whole.outcomes);
  } finally {
    rmSync(folder, { recursive: true });
    await hub.stop();
  }
}, 180_000);
