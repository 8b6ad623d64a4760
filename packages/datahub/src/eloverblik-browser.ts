/** What of Eloverblik works without a secret: reading its answers, links to its portal, changes of consents. */
export { type CodeRow, eloverblikCodes } from './eloverblik/codes.ts';
export {
  authorizationLink,
  type AuthorizationLink,
  type ConsentChange,
  consentChanges,
  type ConsentTerms,
  readAuthorization,
} from './eloverblik/consents.ts';
export { readChargesExport, readMasterDataExport } from './eloverblik/masterdata-export.ts';
export { readCharges, readPoints } from './eloverblik/masterdata.ts';
export { type ReadSeriesExport, readSeriesExport } from './eloverblik/series-export.ts';
export { danishZone, type ReadDocument, readMarketDocument } from './eloverblik/timeseries.ts';
export type {
  Item,
  MarketDocument,
  Result,
  ResultItem,
  SeriesItem,
  WireAuthorization,
  WireCharge,
  WireCharges,
  WirePeriod,
  WirePoint,
  WirePointData,
  WireSeries,
  WireTariff,
} from './eloverblik/wire.ts';
