import type { EpochMs } from '@metergram/model';
import type { Message } from './message.ts';
import type { Term } from './term.ts';

/** Where a duty stands. */
export type DutyState = 'open' | 'overdue' | 'met' | 'met-late' | 'not-required' | 'unknown';

/** A duty that an event has called up. */
export interface DueDuty extends Message {
  readonly policy: string;
  readonly rule: string;
  readonly must: string;
  readonly who: readonly Term[];
  readonly to: readonly Term[];
  readonly cite: readonly string[];
  /** The event (or the last time, for a recurring duty). */
  readonly since: EpochMs;
  readonly about?: string;
  /** Deadline; null where it is "without undue delay" or not known. */
  readonly due: EpochMs | null;
  readonly done: EpochMs | null;
  readonly state: DutyState;
}
