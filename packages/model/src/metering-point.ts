import type { Decimal } from './decimal.ts';
import type { MeterId, MeteringPointId, RegisterId, ZoneId } from './identifier.ts';
import type { Interval, OpenInterval } from './instant.ts';
import type { Quantity } from './quantity.ts';
import type { Resolution } from './resolution.ts';
import type { FlowDirection } from './series.ts';
import type { Unit } from './unit.ts';

/** Where a grid or network hands over to a customer; outlives meters and customers. */
export interface MeteringPoint {
  readonly id: MeteringPointId;
  readonly kind: FlowDirection | 'exchange' | 'unknown';
  readonly medium: 'electricity' | 'heat' | 'cooling' | 'water' | 'gas' | 'unknown';
  readonly parent?: MeteringPointId;
  readonly resolution?: Resolution;
  readonly gridArea?: string;
  readonly priceArea?: string;
  readonly zone?: ZoneId;
  /** Meters that measured here, each with its time; half-open, not overlapping. */
  readonly meters?: readonly { readonly meter: MeterId; readonly installed: OpenInterval }[];
  /** What the source said beyond this, unchanged. */
  readonly source?: Readonly<Record<string, unknown>>;
}

/** A register of a meter. */
export interface Register {
  readonly id: RegisterId;
  readonly meter: MeterId;
  readonly quantity: Quantity;
  readonly unit: Unit;
  /** Power of ten of the last digit: −3 for three decimals of `unit`. */
  readonly scale: number;
  /** First value past the highest, in `unit`: `100000.000` for eight digits of scale −3; unknown when absent. */
  readonly capacity?: Decimal;
}

/** Who has the right to a metering point's data for which time; bounds every access. */
export interface Tenancy {
  readonly meteringPoint: MeteringPointId;
  readonly party: string;
  readonly interval: Interval | OpenInterval;
}
