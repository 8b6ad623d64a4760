/** What of prices needs no secret: Energi Data Service, and reading documents of all sources. */
export { NORDIC_AREAS, PRICE_AREAS, type PriceArea, priceArea } from './prices/areas.ts';
export {
  createEnergiDataService,
  ENERGI_DATA_LIMITS,
  EnergiDataServiceClient,
  type EnergiDataServiceOptions,
  type TariffFilter,
} from './prices/energi-data-service.ts';
export {
  DAY_AHEAD_START,
  type DatasetPage,
  parseDatasetPage,
  type SpotDataset,
  type SpotPrices,
  spotPrices,
} from './prices/energi-data-rows.ts';
export {
  type AcknowledgementDocument,
  type DocumentPeriod,
  type DocumentPoint,
  type DocumentSeries,
  type EntsoeDocument,
  parseEntsoeDocument,
  type PublicationDocument,
  type UnreadableDocument,
} from './prices/entsoe-document.ts';
export {
  type EntsoeChoice,
  type EntsoePrices,
  entsoePrices,
  joinResolutions,
} from './prices/entsoe-series.ts';
export { mergePrices } from './prices/merge.ts';
export { type ChargeKind, parseTariffs, type Tariff, tariffSeries } from './prices/tariff.ts';
