export { chargePrices } from './core/charge.ts';
export type {
  CallOptions,
  Charge,
  ChargesRequest,
  HubClient,
  HubFeatures,
  HubSeries,
  PriceRequest,
  PriceSource,
  SeriesRequest,
} from './core/client.ts';
export { type Clock, systemClock } from './core/clock.ts';
export {
  type AbortedFault,
  type AuthFault,
  faultCodes,
  HubError,
  type HubFault,
  type HubFaultCode,
  type HubId,
  type NoDataFault,
  type NotPermittedFault,
  type ProtocolFault,
  type RateLimitedFault,
  type RetryAdvice,
  type UnavailableFault,
  type ValidationFault,
} from './core/fault.ts';
export { type AnswerSeen, type Hook, hooks, type RequestSeen } from './core/hook.ts';
export type { FetchAnswer, FetchInit, FetchLike } from './core/http.ts';
export {
  type Lease,
  type Limit,
  Limiter,
  type LimiterState,
  type LimitKey,
  sharedLimiter,
} from './core/limiter.ts';
export { openTelemetryHook, type TracerLike } from './core/open-telemetry.ts';
export { bundles, halvePeriod, mergePeriods, type Period, splitPeriod } from './core/period.ts';
export { defaultRetry, type RetryPolicy } from './core/retry.ts';
export {
  type Correction,
  corrections,
  cutSeries,
  fillGaps,
  mergeSeries,
  modelSeries,
  orderPoints,
  revise,
} from './core/series.ts';
export {
  type Chunk,
  collect,
  itemsOf,
  type Outcome,
  type Progress,
  type ResumeToken,
  type Transfer,
} from './core/transfer.ts';
export {
  addDays,
  dateAt,
  hourAt,
  intervalEnd,
  type LocalDate,
  localInterval,
  startOfDay,
} from './core/zone.ts';
