export type { Brand } from './brand.ts';
export type { ReadingColumns, RegisterColumns } from './columns.ts';
export type { Decimal } from './decimal.ts';
export type { ConsentGrant, GrantState } from './grant.ts';
export type {
  Eic,
  Gln,
  Gsrn,
  HouseholdId,
  MeterId,
  MeteringPointId,
  Obis,
  RegisterId,
  ZoneId,
} from './identifier.ts';
export type { EpochMs, Instant, Interval, OpenInterval } from './instant.ts';
export type { Issue, Severity } from './issue.ts';
export type { MeteringPoint, Register, Tenancy } from './metering-point.ts';
export type { Party, PartyId } from './party.ts';
export type { Currency, PricePoint, PriceSeries } from './price.ts';
export type { Quality, SourceCode } from './quality.ts';
export type { Quantity } from './quantity.ts';
export type { Reading } from './reading.ts';
export type { Granularity, Resolution } from './resolution.ts';
export type { FlowDirection, SeriesBasis, SeriesPoint, TimeSeries } from './series.ts';
export type { Unit } from './unit.ts';
