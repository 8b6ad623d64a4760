/** What of Fingrid Datahub works without a certificate: reading answers, the authorization redirect, mapping consents. */
export { type FingridAnswer, NO_DATA_REASON, parseAnswer } from './fingrid/answer.ts';
export {
  type AuthorizationRedirect,
  type AuthorizationReturn,
  authorizationUrl,
  type FingridAuthorization,
  type FingridAuthorizationStatus,
  fingridGrant,
  type FingridLanguage,
  parseAuthorizationReturn,
} from './fingrid/authorization.ts';
export {
  type FingridAgreementView,
  type FingridPoints,
  fingridPoints,
} from './fingrid/customer.ts';
export { FINGRID_QUALITY, fingridQuality } from './fingrid/quality.ts';
export { fingridSeries, type FingridSeries, type FingridSeriesOptions } from './fingrid/series.ts';
export type {
  FingridAddress,
  FingridAgreement,
  FingridCustomer,
  FingridEventReason,
  FingridFunction,
  FingridHeader,
  FingridMeteringPoint,
  FingridObservation,
  FingridTimeSeries,
  TimeSeriesFilters,
} from './fingrid/wire.ts';
