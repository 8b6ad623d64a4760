import type { Interval } from '@metergram/model';
import { HubError, type HubFaultCode, type HubId } from './fault.ts';
import type { Transfer } from './transfer.ts';
import { epoch } from './zone.ts';

type RefusalCode = Extract<HubFaultCode, 'hub/not-supported' | 'hub/invalid-request'>;

/** A transfer that ends on its first step, before anything is sent. */
export function refused<T>(hub: HubId, code: RefusalCode, message: string): Transfer<T> {
  const error = new HubError({ code, hub, message, retry: 'never' });
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

/** Why an interval cannot be asked for; null where it can. */
export function badInterval({ start, end }: Interval): string | null {
  const from = epoch(start);
  const to = epoch(end);
  if (Number.isNaN(from) || Number.isNaN(to)) return 'the interval is not of two instants';
  return from < to ? null : 'the interval is empty: its end is not after its start';
}
