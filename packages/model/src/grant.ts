import type { MeteringPointId } from './identifier.ts';
import type { OpenInterval } from './instant.ts';
import type { PartyId } from './party.ts';
import type { SourceCode } from './quality.ts';
import type { Granularity } from './resolution.ts';

/**
 * State of a consent grant; the one list that Elhub, Eloverblik, EDDIE and DPV map onto (see the policy package for
 * transitions). Only `active` is a lawful ground now.
 */
export type GrantState =
  | 'draft'
  | 'requested'
  | 'lapsed-request'
  | 'refused'
  | 'active'
  | 'expired'
  | 'exhausted'
  | 'withdrawn'
  | 'terminated'
  | 'invalidated'
  | 'winding-down';

/** What a data subject, or someone on their behalf, allows a party to have. */
export interface ConsentGrant {
  readonly id: string;
  /** The data subject or customer whose data it is. */
  readonly from: PartyId;
  /** Who may receive. */
  readonly to: PartyId;
  /** Who gave it on behalf of `from`: guardian, holder of a power of attorney. */
  readonly by?: PartyId;
  /** Terms of the policy vocabulary: data categories. */
  readonly what: readonly string[];
  /** Terms of the policy vocabulary: purposes. */
  readonly purposes: readonly string[];
  readonly finest: Granularity;
  readonly meteringPoints: readonly MeteringPointId[];
  /** The data's own period that may be seen, half-open. */
  readonly span: OpenInterval;
  /** When the grant itself holds, half-open. */
  readonly valid: OpenInterval;
  readonly state: GrantState;
  /** Id and state at the hub, as sent. */
  readonly external?: { readonly system: string; readonly id: string; readonly state?: SourceCode };
}
