import { localInterval } from '../../src/core/zone.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import type { TestHub } from '../../src/testing.ts';

export { faultOf as fault } from '../fault.ts';

export const customerOf = (hub: TestHub, extra: object = {}): EloverblikCustomer =>
  new EloverblikCustomer({
    refreshToken: hub.credentials['customerRefreshToken'] as string,
    origin: hub.origin,
    clock: hub.clock,
    fetch: hub.fetch,
    ...extra,
  });

export const october = localInterval('2026-10-24', '2026-10-27', danishZone);
