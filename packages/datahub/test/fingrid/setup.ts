import type { MeteringPointId } from '@metergram/model';
import { createFingrid, type FingridClient, type FingridOptions } from '../../src/fingrid.ts';
import { generatedIds, startTestHub, type TestHub, type TestHubData } from '../../src/testing.ts';

const NOW = '2026-06-01T08:00:00Z';
export const CUSTOMER = '010180-9026';
export const generated = {
  first: '64300760000000001',
  count: 3,
  resolution: 'PT15M' as const,
};
export const [first, second, third] = generatedIds(generated) as [
  MeteringPointId,
  MeteringPointId,
  MeteringPointId,
];
const hubs: TestHub[] = [];

/** Ends every hub that a test started. */
export async function stopHubs(): Promise<void> {
  for (const hub of hubs.splice(0)) await hub.stop();
}

export async function startFingrid(
  data: TestHubData = { generate: [generated] },
  options = {},
  over: { readonly auto?: boolean } = {},
): Promise<TestHub> {
  const hub = await startTestHub({ hub: 'fingrid', data: { now: NOW, ...data }, options, ...over });
  hubs.push(hub);
  return hub;
}

export function client(hub: TestHub, over: Partial<FingridOptions> = {}): FingridClient {
  return createFingrid({
    origin: hub.origin,
    organisationUser: hub.credentials['organisationUser'] ?? '',
    fetch: hub.fetchAs('good'),
    customers: [CUSTOMER],
    clock: hub.clock,
    ...over,
  });
}
