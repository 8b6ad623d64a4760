export type { Brand } from './brand.ts';
export { clockChanges, type ClockChange, zoneOffsetMs } from './clocks.ts';
export type { ReadingColumns, RegisterColumns } from './columns.ts';
export type { Converted } from './conversion.ts';
export type { Contract } from './contract.ts';
export type { Decimal, Rounding, Scaled } from './decimal.ts';
export {
  absDecimal,
  addDecimal,
  compareDecimal,
  decimal,
  decimalFromNumber,
  decimalPlaces,
  decimalToNumber,
  divideDecimal,
  divideRounded,
  formatDecimal,
  fromScaled,
  isDecimal,
  MAX_DECIMAL_DIGITS,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  signDecimal,
  subtractDecimal,
  sumDecimal,
  toScaled,
  trimDecimal,
} from './decimal.ts';
export { eicCheckCharacter, parseEic } from './eic.ts';
export type { ConsentGrant, GrantState } from './grant.ts';
export { gs1CheckDigit, parseGln, parseGsrn } from './gs1.ts';
export type {
  Eic,
  Gln,
  Gsrn,
  HouseholdId,
  MeterAddress,
  MeterId,
  MeteringPointId,
  Obis,
  RegisterId,
  ZoneId,
} from './identifier.ts';
export {
  formatMeterId,
  householdKey,
  isIdentifier,
  isKnownZone,
  MAX_IDENTIFIER_LENGTH,
  meterAddress,
  parseHouseholdKey,
  parseMeterId,
  parseMeteringPointId,
  parseRegisterId,
  parseZoneId,
} from './identifier.ts';
export type { EpochMs, Instant, Interval, OpenInterval } from './instant.ts';
export {
  compareInstant,
  daysFromCivil,
  daysInMonth,
  formatInstant,
  instant,
  intersectIntervals,
  intervalContains,
  intervalCovers,
  intervalMs,
  intervalsOverlap,
  isInstant,
  makeInterval,
  MAX_EPOCH_MS,
  MIN_EPOCH_MS,
  parseEpochMs,
  parseInstant,
  toEpochMs,
  toOpenInterval,
} from './instant.ts';
export type { Issue, Severity } from './issue.ts';
export type { Meter } from './meter.ts';
export type { MeteringPoint, Register, Tenancy } from './metering-point.ts';
export type { ObisGroups } from './obis.ts';
export { formatObis, obisGroups, parseObis } from './obis.ts';
export type { Party, PartyId } from './party.ts';
export type { Currency, PricePoint, PriceSeries } from './price.ts';
export type { LegalBasis, ProcessingActivity, ThirdCountryTransfer } from './processing.ts';
export type { Quality, SourceCode } from './quality.ts';
export { isQuality, QUALITIES, sumQuality, worseQuality } from './quality.ts';
export type { Quantity } from './quantity.ts';
export type { Reading } from './reading.ts';
export type { Granularity, Resolution } from './resolution.ts';
export {
  compareGranularity,
  GRANULARITIES,
  isGranularity,
  isResolution,
  parseResolution,
  resolutionMs,
  RESOLUTIONS,
} from './resolution.ts';
export type { PartyRole, Role } from './role.ts';
export type { FlowDirection, SeriesBasis, SeriesPoint, TimeSeries } from './series.ts';
export type { Unit } from './unit.ts';
export type { CivilTime } from './zone.ts';
export { addIntervals, civilDate, civilTime, instantOfCivil, startOfInterval } from './zone.ts';
