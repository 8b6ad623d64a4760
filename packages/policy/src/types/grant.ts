import type { EpochMs, GrantState, OpenInterval } from '@metergram/model';
import type { Detail } from './detail.ts';
import type { Basis } from './rule.ts';
import type { Term } from './term.ts';

/** How a grant was made: only an act of the giver is consent. */
export type GrantMethod =
  | 'active-act-in-portal'
  | 'signature'
  | 'electronic-signature'
  | 'paper'
  | 'court-decision'
  | 'pre-ticked'
  | 'other';

/**
 * A permission from a party to a party. The model's `ConsentGrant` is one. A `delegation` (guardian, power of attorney)
 * lets `to` act as `from`, never beyond what `from` may do.
 */
export interface Grant {
  readonly id: string;
  readonly kind?: 'consent' | 'delegation';
  /** Whose data: a person, never an object that changes hands. */
  readonly from: string;
  readonly to: string;
  /** Who gave it for `from`; needs a delegation that held when it was given. */
  readonly by?: string;
  readonly what: readonly Term[];
  readonly purposes: readonly Term[];
  readonly finest: Detail;
  /** Objects (metering points, dwellings); absent: every object that `from` holds; empty: none. */
  readonly meteringPoints?: readonly string[];
  /** The data's own period that may be seen. */
  readonly span: OpenInterval;
  /** When the grant itself holds. */
  readonly valid: OpenInterval;
  readonly state: GrantState;
  /** Purposes of `purposes` that were withdrawn one by one. */
  readonly withdrawn?: readonly Term[];
  readonly method?: GrantMethod;
  /** Legal basis that it gives; default `consent`. */
  readonly basis?: Basis;
  readonly given?: EpochMs;
  /** For one use; it is exhausted after it. */
  readonly once?: boolean;
  readonly external?: {
    readonly system: string;
    readonly id: string;
    readonly state?: { readonly scheme: string; readonly code: string };
  };
}
