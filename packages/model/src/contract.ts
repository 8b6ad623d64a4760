import type { MeteringPointId } from './identifier.ts';
import type { OpenInterval } from './instant.ts';
import type { PartyId } from './party.ts';

/**
 * An agreement between a customer and a company. Supply and grid are two contracts in the Nordic markets, and a clock of
 * retention may wait for both to end.
 */
export interface Contract {
  readonly id: string;
  /** `supply`: energy; `grid`: transport; `heat`, `water`: both in one; `service`: anything else. */
  readonly kind: 'supply' | 'grid' | 'heat' | 'cooling' | 'water' | 'gas' | 'service';
  readonly customer: PartyId;
  readonly provider: PartyId;
  readonly meteringPoints: readonly MeteringPointId[];
  /** Half-open; `end` null while no end is known. */
  readonly valid: OpenInterval;
  /** How the energy is paid: `fixed` price, `variable` as announced, `spot` by interval; absent for grid contracts. */
  readonly pricing?: 'fixed' | 'variable' | 'spot';
  /** Names of the price series that it is billed by. */
  readonly prices?: readonly string[];
}
