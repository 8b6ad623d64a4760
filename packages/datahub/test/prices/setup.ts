import type { PriceSeries } from '@metergram/model';
import {
  createEnergiDataService,
  createEntsoe,
  type EnergiDataServiceClient,
  type EntsoeClient,
  type EntsoeOptions,
} from '../../src/prices.ts';
import { startTestHub, type TestHub, type TestHubData } from '../../src/testing.ts';

export { between } from '../interval.ts';

const NOW = '2026-06-01T08:00:00Z';
export const data: TestHubData = {
  now: NOW,
  hub: { prices: { from: '2023-12-31T23:00:00Z', to: '2026-06-01T22:00:00Z' } },
};
export const hubs: TestHub[] = [];

/** Ends every hub that a test started. */
export async function stopHubs(): Promise<void> {
  for (const hub of hubs.splice(0)) await hub.stop();
}

export async function start(name: string, options = {}, over: TestHubData = {}): Promise<TestHub> {
  const hub = await startTestHub({ hub: name, data: { ...data, ...over }, options });
  hubs.push(hub);
  return hub;
}

export function entsoe(hub: TestHub, over: Partial<EntsoeOptions> = {}): EntsoeClient {
  return createEntsoe({
    token: hub.credentials['token'] ?? '',
    origin: hub.origin,
    clock: hub.clock,
    fetch: hub.fetch,
    ...over,
  });
}

export function energinet(hub: TestHub): EnergiDataServiceClient {
  return createEnergiDataService({ origin: hub.origin, clock: hub.clock, fetch: hub.fetch });
}

export function values(series: readonly PriceSeries[]): (string | null)[] {
  return series.flatMap((one) => one.points.map((point) => point.value));
}
