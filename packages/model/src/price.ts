import type { Decimal } from './decimal.ts';
import type { Instant } from './instant.ts';
import type { Resolution } from './resolution.ts';
import type { SourceCode } from './quality.ts';

/** ISO 4217, upper case. */
export type Currency = string;

/** One validity interval of a price; `end` null means until further notice. Half-open. */
export interface PricePoint {
  readonly start: Instant;
  readonly end: Instant | null;
  /** Per `per`; exclusive of VAT unless the series says otherwise. Null: not published. */
  readonly value: Decimal | null;
}

/** A price as a list of validity intervals; changing it adds an interval and never rewrites the past. */
export interface PriceSeries {
  readonly name: string;
  readonly currency: Currency;
  /** Unit that the price is for: `kWh`, `MWh`, `kW`, `month`. */
  readonly per: string;
  readonly vat: 'exclusive' | 'inclusive';
  /** Bidding zone or price area, `NO1`, `DK2`, `SE3`, `FI`. */
  readonly area?: string;
  readonly resolution?: Resolution;
  readonly source?: SourceCode;
  readonly points: readonly PricePoint[];
}
