/** Elhub (Norway): Access API, open Energy Data API, third-party access, and the common interface. */
export { ElhubAccess, type ListOptions, MAX_PDF_BYTES, requestUrl } from './elhub/access.ts';
export {
  createElhub,
  createElhubEnergyData,
  ElhubClient,
  type ElhubOptions,
} from './elhub/client.ts';
export {
  ELHUB_LIMITS,
  type ElhubConnectionOptions,
  type ElhubCredentialOptions,
} from './elhub/connection.ts';
export {
  type EnergyDataRequest,
  type EnergyDataset,
  ElhubEnergyData,
} from './elhub/energy-data.ts';
export {
  ElhubExperimental,
  type MeteringValuesOptions,
  requestBodyV1,
  type RequestSubmissionV1,
} from './elhub/experimental.ts';
export {
  ASSERTION_SECONDS,
  MASKINPORTEN,
  MASKINPORTEN_TEST,
  type MaskinportenAlgorithm,
  type MaskinportenCredential,
  type MaskinportenEnvironment,
} from './elhub/maskinporten.ts';
export * from './elhub-browser.ts';
