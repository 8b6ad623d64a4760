import type { Decimal } from './decimal.ts';
import type { Instant } from './instant.ts';
import type { MeterId, RegisterId } from './identifier.ts';
import type { Unit } from './unit.ts';
import type { Quantity } from './quantity.ts';

/** One value of one register of a meter at one instant. A cumulative register counts up; a momentary one does not. */
export interface Reading {
  readonly meter: MeterId;
  readonly register: RegisterId;
  readonly time: Instant;
  /** In `unit`; as many decimals as the meter sent. */
  readonly value: Decimal;
  readonly unit: Unit;
  readonly quantity: Quantity;
  readonly kind: 'cumulative' | 'momentary';
  /** Status words of the meter at this reading, in the decoder's words; empty when it reports none. */
  readonly status?: readonly string[];
}
