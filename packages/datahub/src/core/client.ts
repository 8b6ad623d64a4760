import type {
  ConsentGrant,
  Currency,
  Decimal,
  Instant,
  Interval,
  MeteringPoint,
  MeteringPointId,
  PriceSeries,
  Resolution,
  SourceCode,
  TimeSeries,
  ZoneId,
} from '@metergram/model';
import type { HubId } from './fault.ts';
import type { ResumeToken, Transfer } from './transfer.ts';

/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Of the last chunk that was stored; the request must be the same as then. */
  readonly resume?: ResumeToken;
}

/** What a source can do. What it cannot, its methods refuse with `hub/not-supported`. */
export interface HubFeatures {
  readonly points: boolean;
  readonly charges: boolean;
  readonly consents: boolean;
  /** Resolutions that may be asked for. */
  readonly resolutions: readonly Resolution[];
}

export interface SeriesRequest {
  readonly meteringPoints: readonly MeteringPointId[];
  /** Half-open. A hub that counts in days is asked for the days that this touches; points outside are cut off. */
  readonly interval: Interval;
  /** Absent: as fine as the hub has it. */
  readonly resolution?: Resolution;
}

export interface ChargesRequest {
  readonly meteringPoints: readonly MeteringPointId[];
}

/** A series with the hub's own words for it, unchanged: codes of direction, unit, resolution. Only what holds for all of it. */
export interface HubSeries extends TimeSeries {
  readonly source?: Readonly<Record<string, string>>;
}

/** A tariff, subscription or fee that a metering point pays, as the hub states it. */
export interface Charge {
  readonly meteringPoint: MeteringPointId;
  readonly kind: 'tariff' | 'subscription' | 'fee' | 'unknown';
  readonly name: string;
  readonly description?: string;
  /** GLN of the party that charges. */
  readonly owner?: string;
  readonly currency: Currency;
  /** What one price is for: `kWh`, `month`, `piece`. */
  readonly per: string;
  readonly vat: PriceSeries['vat'];
  /** Half-open; `end` null means until further notice. */
  readonly start: Instant | null;
  readonly end: Instant | null;
  readonly quantity?: Decimal;
  /** `P1D`: one rate. `PT1H`: one for each hour on the wall clock, `position` 1 is 00:00 to 01:00. */
  readonly resolution: Resolution;
  readonly rates: readonly { readonly position: number; readonly value: Decimal | null }[];
  /** The hub's own words, unchanged. */
  readonly source: SourceCode;
}

/**
 * The one interface over all hubs and files. Everything comes as chunks with progress, outcome and a place to resume; small
 * answers are one chunk ({@link collect} takes them together).
 */
export interface HubClient {
  readonly hub: HubId;
  /** Whose civil days the hub's days are. */
  readonly zone: ZoneId;
  readonly features: HubFeatures;
  /** The metering points that the credential reaches. */
  points(options?: CallOptions): Transfer<MeteringPoint>;
  /**
   * Metered values. A chunk's series cover parts of the period; `mergeSeries` joins them. One metering point may have
   * several series: by direction, basis, unit.
   */
  series(request: SeriesRequest, options?: CallOptions): Transfer<HubSeries>;
  charges(request: ChargesRequest, options?: CallOptions): Transfer<Charge>;
  /** Consents that let this credential read, as the hub lists them now. */
  consents(options?: CallOptions): Transfer<ConsentGrant>;
}

export interface PriceRequest {
  /** `DK1`, `NO2`, `SE3`, `FI`. */
  readonly areas: readonly string[];
  readonly interval: Interval;
}

/** A source of day-ahead prices. */
export interface PriceSource {
  readonly hub: HubId;
  readonly areas: readonly string[];
  prices(request: PriceRequest, options?: CallOptions): Transfer<PriceSeries>;
}
