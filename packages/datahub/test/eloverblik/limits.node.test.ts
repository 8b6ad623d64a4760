import type { MeteringPointId, Resolution } from '@metergram/model';
import { describe, expect, it } from 'vitest';
import { localInterval } from '../../src/core/zone.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { generatedIds, type GeneratedPoints, startTestHub } from '../../src/testing.ts';

/** Set `TRANSFER_RESOLUTION=PT1H` for the same with 87.6 million values; days show the same requests in less time. */
const resolution = (process.env['TRANSFER_RESOLUTION'] ?? 'P1D') as Resolution;

describe('eloverblik, 10 000 metering points for a year', () => {
  it('takes as few requests as there can be and runs into no limit, in the time that the limits ask', async () => {
    const generate: GeneratedPoints = { first: '57131310000000000', count: 10_000, resolution };
    const hub = await startTestHub({
      hub: 'eloverblik',
      data: { now: '2026-01-15T10:00:00Z', generate: [generate] },
    });
    try {
      const ids = generatedIds(generate) as MeteringPointId[];
      const client = new EloverblikCustomer({
        refreshToken: hub.credentials['customerRefreshToken'] as string,
        origin: hub.origin,
        clock: hub.clock,
        fetch: hub.fetch,
        concurrency: 4,
      });
      const interval = localInterval('2025-01-01', '2026-01-01', danishZone);
      const began = hub.clock.now();
      let points = 0;
      let series = 0;
      let last = '';
      const states = new Set<string>();
      for await (const chunk of client.series({ meteringPoints: ids, interval, resolution })) {
        for (const one of chunk.items) {
          points += one.points.length;
          series++;
          expect((one.meteringPoint as string) > last).toBe(true);
          last = one.meteringPoint as string;
        }
        for (const { state } of chunk.outcomes) states.add(state);
      }
      const { limits, exchanges } = await hub.report();
      const minutes = (hub.clock.now() - began) / 60_000;
      const minimum = 10_000 / 10 + 1;
      process.stderr.write(
        `10 000 metering points, one year, ${resolution}: ${exchanges.length} requests ` +
          `(fewest possible: ${minimum}), ${points} values, ${minutes.toFixed(1)} minutes of the hub's clock\n`,
      );
      expect(series).toBe(10_000);
      expect(points).toBe(
        10_000 * { PT15M: 35_040, PT1H: 8_760, P1D: 365, P1M: 12, P1Y: 1 }[resolution],
      );
      expect([...states]).toEqual(['complete']);
      expect(exchanges).toHaveLength(minimum);
      expect(exchanges.filter(({ status }) => status !== 200)).toEqual([]);
      for (const { busiest, max, refused } of limits) {
        expect(busiest).toBeLessThanOrEqual(max);
        expect(refused).toBe(0);
      }
      // 1001 requests at 120 a minute: eight full minutes pass between the first and the last.
      expect(minutes).toBeGreaterThanOrEqual(8);
      expect(minutes).toBeLessThan(9);
    } finally {
      await hub.stop();
    }
  }, 1_200_000);
});
