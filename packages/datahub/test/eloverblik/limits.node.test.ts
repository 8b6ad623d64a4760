import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Resolution } from '@metergram/model';
import { describe, expect, it } from 'vitest';
import type { TransferOrder, TransferResult } from './transfer-process.ts';

/** Set `TRANSFER_RESOLUTION=PT1H` for the same with 87.6 million values; days show the same requests in less time. */
const resolution = (process.env['TRANSFER_RESOLUTION'] ?? 'P1D') as Resolution;
const inAYear = { PT15M: 35_040, PT1H: 8_760, P1D: 365, P1M: 12, P1Y: 1 };

/** One transfer in a process of its own, with so many megabytes of heap and no more: beyond them it dies. */
async function run(order: TransferOrder, heapMegabytes: number): Promise<TransferResult> {
  const script = fileURLToPath(new URL('transfer-process.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    `--max-old-space-size=${heapMegabytes}`,
    script,
    JSON.stringify(order),
  ]);
  return JSON.parse(stdout) as TransferResult;
}

describe('eloverblik, a year of many metering points', () => {
  it('10 000 take as few requests as there can be, run into no limit, and need the time that the limits ask', async () => {
    const result = await run({ count: 10_000, resolution, concurrency: 4 }, 128);
    const minimum = 10_000 / 10 + 1;
    process.stderr.write(
      `10 000 metering points, one year, ${resolution}: ${result.requests} requests (fewest possible: ${minimum}), ` +
        `${result.values} values, ${(result.bytes / 1e6).toFixed(0)} MB, ${result.minutes.toFixed(1)} minutes of the hub's ` +
        `clock, ${result.seconds.toFixed(0)} s, at most ${result.peakMegabytes.toFixed(0)} MB of memory\n`,
    );
    expect(result).toMatchObject({
      series: 10_000,
      values: 10_000 * inAYear[resolution],
      ordered: true,
      states: ['complete'],
      requests: minimum,
      refused: 0,
      overLimit: false,
    });
    // 1001 requests at 120 a minute: eight full minutes pass between the first and the last.
    expect(result.minutes).toBeGreaterThanOrEqual(8);
    expect(result.minutes).toBeLessThan(9);
  }, 1_200_000);

  it('holds what is under way and no more: two million hours pass through a heap of 64 megabytes', async () => {
    const result = await run({ count: 240, resolution: 'PT1H' }, 64);
    expect(result).toMatchObject({
      series: 240,
      values: 240 * inAYear.PT1H,
      states: ['complete'],
      requests: 25,
      refused: 0,
    });
    // What came is several times what there was room for.
    expect(result.bytes).toBeGreaterThan(160e6);
  });
});
