import type { ConsentGrant } from '@metergram/model';
import type { TestHubData } from '../data.ts';
import { civil, midnight, stamp } from '../european-time.ts';

/** A power of attorney as the hub keeps it; what it sends of it is `wire`. */
export interface Authorization {
  readonly meteringPoints: readonly string[];
  /** Data of this time may be read. */
  readonly from: number;
  readonly to: number;
  /** From here on the hub lists it no more. */
  readonly ends: number;
  readonly wire: Readonly<Record<string, unknown>>;
}

const day = 86_400_000;
const standing: ReadonlySet<string> = new Set(['active', 'winding-down']);

/** Those of the data that stand, by their id; one over everything where the data names none. */
export function authorizationsOf(
  data: TestHubData,
  everything: readonly string[],
  now: number,
): Map<string, Authorization> {
  const found = new Map<string, Authorization>();
  for (const grant of data.grants ?? []) {
    // What is not given yet, or no more, is not listed; the hub has no word for it.
    if (grant.state !== undefined && !standing.has(grant.state)) continue;
    const id = grant.external?.id ?? grant.id;
    found.set(id, authorization(id, grant, now));
  }
  if (data.grants === undefined)
    found.set('11111111-1111-4111-8111-111111111111', {
      meteringPoints: everything,
      from: -Infinity,
      to: Infinity,
      ends: Infinity,
      wire: wire(
        '11111111-1111-4111-8111-111111111111',
        'everything',
        now - 3650 * day,
        now + 3650 * day,
        now,
      ),
    });
  return found;
}

function authorization(id: string, grant: ConsentGrant, now: number): Authorization {
  const from = grant.span?.start ?? now - 1825 * day;
  const to = grant.span?.end ?? now + 1825 * day;
  return {
    meteringPoints: grant.meteringPoints ?? [],
    from,
    to,
    ends: grant.valid?.end ?? to,
    wire: wire(id, grant.from ?? '', from, to, grant.valid?.start ?? now),
  };
}

function wire(
  id: string,
  customerKey: string,
  from: number,
  to: number,
  given: number,
): Record<string, unknown> {
  return {
    id,
    thirdPartyName: 'Test Third Party ApS',
    validFrom: stamp(localDay(from)),
    validTo: stamp(localDay(to)),
    customerName: 'Kim Kunde',
    customerCVR: '12345674',
    customerKey,
    includeFutureMeteringPoints: false,
    timeStamp: stamp(given),
  };
}

function localDay(ms: number): number {
  const { year, month, day: of } = civil(ms, 1);
  return midnight(year, month, of, 1);
}
