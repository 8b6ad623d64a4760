/**
 * `@metergram/aggregate/energy`: what series mean for people and bills. Pure functions on series of the model; exact
 * decimals, no clock, no network; what is missing stays missing.
 */
export { type BandContext, inBand, type TimeBand } from './energy/band.ts';
export { type BaseLoad, baseLoad, type BaseLoadMethod } from './energy/base-load.ts';
export { type CarbonIntensity, carbonOf } from './energy/carbon.ts';
export { comparePeriods, type PeriodComparison, type PeriodSum } from './energy/comparison.ts';
export { compareOffers, type Offer, type OfferComparison } from './energy/contract.ts';
export {
  type Cooling,
  coolingFromRegisters,
  coolingOf,
  returnCharge,
  type ReturnResult,
  type ReturnSide,
  type ReturnTariff,
} from './energy/cooling.ts';
export {
  costOf,
  type CostOptions,
  type CostPart,
  type CostReport,
  type CostSeries,
  NO_VAT,
} from './energy/cost.ts';
export {
  BASE_17,
  degreeDays,
  type DegreeDayMethod,
  FINNISH_S17,
  type HeatToNormalise,
  normaliseHeat,
  normaliseSeries,
} from './energy/degree-days.ts';
export { type Netting, netProduction } from './energy/netting.ts';
export {
  type Peak,
  type PeakCharge,
  type PeakMonth,
  peakMonths,
  type PeakOptions,
  type PeakTariff,
} from './energy/peak.ts';
export { addPrice, supportAbove, type TimeOfUse, timeOfUse } from './energy/price.ts';
export type { Rate } from './energy/rate.ts';
export { sumIntervals, sumPoints, type SeriesSum } from './energy/sum.ts';
export {
  type Finding,
  type HistoryRule,
  neverStill,
  type PeerRule,
  type PeerValue,
  unusualAmongPeers,
  unusualInHistory,
} from './energy/unusual.ts';
