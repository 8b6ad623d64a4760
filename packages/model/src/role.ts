import type { MeteringPointId } from './identifier.ts';
import type { OpenInterval } from './instant.ts';
import type { PartyId } from './party.ts';

/**
 * Part that a party plays. The first eight are the roles of Commission Implementing Regulation (EU) 2023/1162 and the
 * Nordic hubs; open, because organisations have more of their own.
 */
export type Role =
  | 'final-customer'
  | 'eligible-party'
  | 'metered-data-administrator'
  | 'metering-point-administrator'
  | 'permission-administrator'
  | 'data-access-provider'
  | 'supplier'
  | 'grid-operator'
  | 'household-member'
  | 'landlord'
  | 'guardian'
  | 'operator'
  | (string & {});

/** That a party plays a role, towards whom, where and for how long. */
export interface PartyRole {
  readonly party: PartyId;
  readonly role: Role;
  /** The party that it is played for: the company of an operator, the ward of a guardian. */
  readonly towards?: PartyId;
  /** Only there; everywhere when absent. */
  readonly meteringPoints?: readonly MeteringPointId[];
  readonly valid: OpenInterval;
}
