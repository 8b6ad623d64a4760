import type { ZoneId } from '../identifier.ts';
import type { Instant, Interval } from '../instant.ts';
import type { TimeSeries } from '../series.ts';

/** A sender or receiver of a document. */
export interface MarketParticipant {
  readonly id: string | null;
  /** ESMP coding scheme: `A10` GS1, `A01` EIC, `NNO` national … */
  readonly scheme: string | null;
  readonly name?: string;
  /** ESMP role: `A13` consumer, `A26` metering point administrator … */
  readonly role?: string;
}

/** What a CIM/ESMP document of metered values says: its head, and series in our model. */
export interface MarketDocument {
  readonly id: string;
  readonly created: Instant;
  readonly sender: MarketParticipant;
  readonly receiver?: MarketParticipant;
  readonly period: Interval | null;
  readonly series: readonly TimeSeries[];
}

/** How to read and write CIM documents. */
export interface CimOptions {
  /**
   * Zone of the market, whose days, months and years civil intervals are. Default for `MyEnergyData_MarketDocument`:
   * `Europe/Copenhagen`; for validated historical data there is none, because the document does not say.
   */
  readonly zone?: ZoneId;
}

/** One position of a period, texts as sent. */
export interface RawPoint {
  readonly position: string;
  readonly quantity: string | null;
  readonly quality: string | null;
}

/** One period of a series, texts as sent. */
export interface RawPeriod {
  readonly resolution: string;
  readonly start: string;
  readonly end: string;
  readonly points: readonly RawPoint[];
}

/** One series of a document, texts as sent, whichever syntax it came in. */
export interface RawSeries {
  readonly id: string | null;
  readonly businessType: string | null;
  readonly direction: string | null;
  readonly unit: string;
  readonly meteringPoint: string | null;
  readonly commodity: string | null;
  readonly periods: readonly RawPeriod[];
}
