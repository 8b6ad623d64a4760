import type { Brand } from './brand.ts';
import type { Eic, Gln } from './identifier.ts';

/** Opaque key of a party within the host's system; never a national identity number. */
export type PartyId = Brand<string, 'PartyId'>;

/** Someone who asks for, gives, or handles data. National identity numbers have no place here. */
export interface Party {
  readonly id: PartyId;
  readonly kind: 'person' | 'organization' | 'system';
  readonly name?: string;
  readonly gln?: Gln;
  readonly eic?: Eic;
  readonly organizationNumber?: string;
}
